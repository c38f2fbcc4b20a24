"""The challenge model: the emission-standards case, and what must hold of every reading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.packages.outcomes import PRINTED, PROGRAM, challenge, readings
from detente.packages.outcomes.challenge_arrays import median_voter, risk_exponents

# Bueno de Mesquita 1994: years of delay wanted, capability and salience of ten governments.
NAMES = ["NLD", "BEL", "LUX", "DEU", "FRA", "ITA", "GBR", "IRL", "DNK", "GRC"]
WANTED = np.array([4.0, 7, 4, 4, 10, 10, 10, 7, 4, 7])
POWER = np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08])
SALIENCE = np.array([0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7])


def test_the_emission_case_starts_at_the_published_median_and_mean() -> None:
    start = challenge(WANTED, SALIENCE, POWER)[0]
    assert start.median == 7.0
    assert start.mean == pytest.approx(7.39, abs=0.005)


def test_the_program_s_rounds_follow_what_replicators_report() -> None:
    played = challenge(WANTED, SALIENCE, POWER, PROGRAM)
    said = [round(state.median, 2) for state in played[:6]]
    assert said == [7.0, 8.42, 9.61, 9.96, 9.96, 9.96]
    # in the fourth round Belgium compromises with the Netherlands and not with France
    moves = {NAMES[a]: NAMES[b] for a, b in played[4].moves}
    assert moves["BEL"] == "NLD"
    assert moves == {"BEL": "NLD", "LUX": "BEL", "IRL": "LUX"}


def test_risk_exponents_span_a_half_to_two_with_both_ends_taken() -> None:
    for reading in (PROGRAM, PRINTED):
        r = risk_exponents(WANTED, SALIENCE, SALIENCE * POWER, 6.0, reading)
        assert r.min() == pytest.approx(0.5)
        assert r.max() == pytest.approx(2.0)


def test_there_are_thirty_two_readings_and_they_differ() -> None:
    all_readings = list(readings())
    assert len(set(all_readings)) == 32
    finals = {round(challenge(WANTED, SALIENCE, POWER, one)[-1].median, 2) for one in all_readings}
    assert len(finals) > 2


def test_the_median_is_the_condorcet_winner() -> None:
    weight = SALIENCE * POWER
    winner = median_voter(WANTED, weight)
    for other in (4.0, 10.0):
        votes = (weight * (np.abs(WANTED - other) - np.abs(WANTED - winner))).sum()
        assert votes >= 0


@given(
    x=st.lists(st.integers(0, 100), min_size=2, max_size=6),
    seed=st.integers(0, 1000),
    which=st.integers(0, 31),
)
@settings(max_examples=40, deadline=None)
def test_nobody_leaves_the_range_in_dispute_and_two_runs_agree(
    x: list[int], seed: int, which: int
) -> None:
    rng = np.random.default_rng(seed)
    salience, power = rng.random(len(x)), rng.random(len(x))
    reading = list(readings())[which]
    positions = np.array(x, dtype=float)
    played = challenge(positions, salience, power, reading)
    again = challenge(positions, salience, power, reading)
    for state, same in zip(played, again, strict=True):
        assert (state.positions == same.positions).all()
        assert state.positions.min() >= positions.min() - 1e-9
        assert state.positions.max() <= positions.max() + 1e-9


def test_who_agree_from_the_start_never_move() -> None:
    assert len(challenge(np.full(3, 40.0), np.ones(3), np.ones(3))) == 1
