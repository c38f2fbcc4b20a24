"""The fitted predictor: what it ships, what it must not depend on, and its record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import check_grad

from detente.errors import SheetError
from detente.packages.outcomes import Contested, Stance, forecast, shipped
from detente.packages.outcomes import predictor_arrays as arrays
from detente.packages.outcomes.predictor import dump, fit
from detente.packages.outcomes.readers import read_deu, read_scales, read_summit
from detente.packages.outcomes.record import BASE, OWN, PART, PLAIN, folds, held_out

DATA = Path(__file__).parents[4] / "shared" / "data" / "negotiation"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the raw negotiations are not here")
PREDICTOR, RECORD = shipped()


def issue(*stances: tuple[str, float, float], **more: float) -> Contested:
    return Contested("x", tuple(Stance(p, x, s) for p, x, s in stances), **more)  # type: ignore[arg-type]


def test_turning_the_scale_round_turns_the_forecast() -> None:
    given = issue(("com", 70, 0.5), ("uk", 0, 0.9), ("fr", 100, 0.4))
    turned = issue(("com", 30, 0.5), ("uk", 100, 0.9), ("fr", 0, 0.4))
    a, b = forecast(PREDICTOR, [given, turned])
    # the median of a distribution on a grid may differ by one step of five, halved
    assert a.point == pytest.approx(100 - b.point, abs=2.51)


def test_the_order_of_parties_and_other_issues_change_nothing() -> None:
    stances = (("com", 70.0, 0.5), ("uk", 0.0, 0.9), ("fr", 100.0, 0.4))
    alone = forecast(PREDICTOR, [issue(*stances)])[0]
    among = forecast(PREDICTOR, [issue(("xx", 5, 1)), issue(*stances[::-1])])[1]
    assert alone.point == pytest.approx(among.point)
    assert (alone.low, alone.high) == (among.low, among.high)


def test_a_party_that_is_not_known_has_the_influence_of_all() -> None:
    named = replace(PREDICTOR, influence={})
    given = issue(("A", 0, 0.5), ("B", 100, 0.5), ("C", 40, 0.5))
    assert forecast(PREDICTOR, [given]) == forecast(named, [given])


def test_a_forecast_stands_on_the_issue_s_own_scale() -> None:
    small = Contested("x", (Stance("A", 4, 0.5), Stance("B", 10, 0.5)), low=4.0, high=10.0)
    large = issue(("A", 0, 0.5), ("B", 100, 0.5))
    a, b = forecast(PREDICTOR, [small])[0], forecast(PREDICTOR, [large])[0]
    assert a.point == pytest.approx(4 + b.point * 0.06)
    assert a.low <= a.point <= a.high


def test_the_gradient_of_the_influence_fit_is_right() -> None:
    rng = np.random.default_rng(0)
    x, s = rng.random((30, 4)) * 100, rng.random((30, 4))
    known, y = rng.random((30, 4)) < 0.8, rng.random(30) * 100
    known[:, 0] = True
    theta, bend, stretch = arrays.fit_influence(x, s, known, y)

    def error(v: np.ndarray) -> float:  # the loss of the docstring, written again
        r = y - np.clip(
            50 + v[5] * (arrays.influence_mean(x, s, known, v[:4], v[4], 1.0) - 50), -1e9, 1e9
        )
        return float(np.sqrt(r * r + 1).mean() + 0.05 * (v[:4] ** 2).sum() + 0.3 * (v[4] - 1) ** 2)

    best = np.concatenate([theta, [bend, stretch]])
    for k in range(6):
        for step in (-0.02, 0.02):
            moved = best.copy()
            moved[k] += step
            assert error(moved) >= error(best) - 1e-6


def test_the_scale_model_is_fitted_where_its_gradient_is_zero() -> None:
    rng = np.random.default_rng(1)
    table = rng.normal(size=(40, 6, 21))
    shares = arrays.on_grid(rng.random(40) * 100)
    b = arrays.fit_scale(table, shares, ridge=0.01)

    def loss(v: np.ndarray) -> float:
        p = arrays.distribution(table, v)
        return float(-(shares * np.log(p)).sum() / 40 + 0.01 * (v @ v))

    assert check_grad(loss, lambda v: np.zeros(6), b) < 1e-3


def test_outcomes_between_grid_points_are_shared() -> None:
    shares = arrays.on_grid(np.array([52.0]))
    assert shares[0, 10] == pytest.approx(0.6)
    assert shares[0, 11] == pytest.approx(0.4)
    assert shares.sum() == pytest.approx(1.0)


def test_the_record_says_what_the_documentation_promises() -> None:
    score = {one.model: one for one in RECORD.scores}
    assert score[OWN].gain >= 1.0
    assert score[OWN].gain_low > 0
    assert RECORD.covered >= 0.8
    assert {*PLAIN, OWN, PART} == set(score)


def test_a_dump_reads_back() -> None:
    data = json.loads(dump(PREDICTOR, RECORD))
    assert data["predictor"]["tail"] == PREDICTOR.tail
    assert len(data["record"]["scores"]) == len(RECORD.scores)


@needs_data
def test_refitting_gives_what_ships() -> None:
    again = fit(read_deu(DATA / "deu_issues_1996_2003.csv"), PREDICTOR.tail)
    assert again.scale == pytest.approx(PREDICTOR.scale, abs=0.02)
    assert again.influence == pytest.approx(dict(PREDICTOR.influence), abs=0.05)
    assert again.stretch == pytest.approx(PREDICTOR.stretch, abs=0.01)


@needs_data
def test_the_predictor_beats_the_weighted_mean_on_proposals_it_never_saw() -> None:
    issues = read_deu(DATA / "deu_issues_1996_2003.csv")
    assert (len(issues), len({one.group for one in issues})) == (180, 71)
    outcomes = np.array([one.outcome for one in issues])
    said, _, _ = held_out(issues, seed=11)  # a partition that the record does not use
    base = np.array([PLAIN[BASE](one) for one in issues])
    error = np.abs(said - outcomes).mean()
    assert np.abs(base - outcomes).mean() == pytest.approx(23.76, abs=0.01)
    assert np.abs(base - outcomes).mean() - error > 1.0


@needs_data
def test_a_proposal_is_never_on_both_sides_of_a_fold() -> None:
    issues = read_deu(DATA / "deu_issues_1996_2003.csv")
    for held in folds(issues, 3):
        inside = {one.group for one, out in zip(issues, held, strict=True) if out}
        outside = {one.group for one, out in zip(issues, held, strict=True) if not out}
        assert not inside & outside


@needs_data
def test_the_summit_file_has_thirteen_issues() -> None:
    issues = read_summit(DATA / "cop21_tidy.csv")
    assert len(issues) == 13
    assert sum(len(one.stances) for one in issues) == 181


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "has neither the columns"),
        ("actor,issue,position,salience,power\nA,x,many,0.5,1\n", "“many” under position"),
        ("actor,issue,position,salience,power\nA,x,130,0.5,1\n", "outside the scale of 0 to 100"),
        ("actor,issue,position,salience,power\nA,x,30,50,1\n", "a salience outside 0 to 1"),
    ],
)
def test_a_table_of_positions_that_cannot_be_used_is_refused(
    text: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "positions.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SheetError, match=said):
        read_scales(path)
