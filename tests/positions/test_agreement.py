"""Agreement beyond chance and cohesion, against hand-worked numbers and a written-out oracle."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detente.archive import Archive
from detente.parties import find_party
from detente.positions import agreement, cohesion
from detente.positions.agreement_arrays import intervals, pairwise
from detente.positions.cohesion_arrays import agreement_index, stances

YES, ABSTAIN, NO = 1, 2, 3
VOTES = arrays(
    np.int8, st.tuples(st.integers(2, 5), st.integers(1, 12)), elements=st.integers(0, 3)
)


def _pi(a: np.ndarray, b: np.ndarray) -> float:
    """Weighted pi, vote by vote (oracle)."""
    both = [(int(x), int(y)) for x, y in zip(a, b, strict=True) if x and y]
    if not both:
        return float("nan")
    observed = np.mean([abs(x - y) / 2 for x, y in both])
    pool = [v for pair in both for v in pair]
    expected = np.mean([abs(x - y) / 2 for x in pool for y in pool])
    return float("nan") if expected == 0 else float(1 - observed / expected)


@given(VOTES)
def test_every_pair_is_the_written_out_formula(matrix: np.ndarray) -> None:
    found = pairwise(matrix)
    for i, j in combinations(range(len(matrix)), 2):
        expected = _pi(matrix[i], matrix[j])
        assert found.pi[i, j] == pytest.approx(expected, nan_ok=True, abs=1e-5)
        assert found.pi[j, i] == pytest.approx(expected, nan_ok=True, abs=1e-5)
        both = (matrix[i] > 0) & (matrix[j] > 0)
        assert found.common[i, j] == both.sum()
        same = (matrix[i] == matrix[j])[both]
        share = same.mean() if both.any() else float("nan")
        assert found.alike[i, j] == pytest.approx(share, nan_ok=True)


def test_a_hand_worked_pair() -> None:
    # Pool of 8 votes: 6 yes, 1 abstain, 1 no. D = (0 + 0 + 1/2 + 1) / 4 = 24/64.
    # E = (1 * (6 + 1) + 2 * 6 * 1) / 64 = 19/64. pi = 1 - 24/19 = -5/19.
    a = np.array([[YES, YES, ABSTAIN, NO], [YES, YES, YES, YES]], np.int8)
    assert pairwise(a).pi[0, 1] == pytest.approx(-5 / 19)


def test_alike_is_one_chance_is_nought_and_opposition_is_below() -> None:
    rng = np.random.default_rng(0)
    vote = rng.choice([YES, ABSTAIN, NO], size=20_000).astype(np.int8)
    other = rng.permutation(vote)
    pi = pairwise(np.stack([vote, vote, other, 4 - vote])).pi
    assert pi[0, 1] == 1
    assert pi[0, 2] == pytest.approx(0, abs=0.02)
    assert pi[0, 3] < -0.4


def test_intervals_hold_the_estimate_and_are_the_same_every_time() -> None:
    rng = np.random.default_rng(2)
    base = rng.choice([YES, ABSTAIN, NO], size=300, p=[0.6, 0.2, 0.2])
    rows = [np.where(rng.random(300) < 0.3, rng.integers(1, 4, 300), base) for _ in range(3)]
    matrix = np.array(rows, np.int8)
    first, second = intervals(matrix), intervals(matrix)
    pi = pairwise(matrix).pi
    assert np.array_equal(first.low, second.low)
    assert ((first.low <= pi) & (pi <= first.high)).all()
    assert first.group_low < first.group < first.group_high
    wide, narrow = intervals(matrix[:, :60]), first
    assert wide.high[0, 1] - wide.low[0, 1] > narrow.high[0, 1] - narrow.low[0, 1]


@given(VOTES)
def test_renaming_parties_only_moves_the_numbers(matrix: np.ndarray) -> None:
    order = np.arange(len(matrix))[::-1]
    plain, moved = pairwise(matrix).pi, pairwise(matrix[order]).pi
    assert np.array_equal(moved, plain[np.ix_(order, order)], equal_nan=True)


@pytest.mark.parametrize(
    ("yes", "abstain", "no", "expected"),
    [
        (28, 0, 0, 1.0),
        (10, 10, 10, 0.0),
        (14, 14, 0, 0.25),
        (20, 8, 0, 20 / 28 - 4 / 28),
        (1, 0, 0, 1),
    ],
)
def test_agreement_index_by_hand(yes: int, abstain: int, no: int, expected: float) -> None:
    found = agreement_index(np.array([yes]), np.array([abstain]), np.array([no]))
    assert found[0] == pytest.approx(expected)


def test_where_nobody_voted_there_is_no_index() -> None:
    zero = np.zeros(1, np.int64)
    assert np.isnan(agreement_index(zero, zero, zero)[0])


@pytest.mark.parametrize(
    ("members", "yes", "abstain", "no", "stance"),
    [
        (28, 28, 0, 0, YES),
        (28, 0, 14, 0, ABSTAIN),
        (28, 0, 0, 13, 0),
        (28, 27, 1, 0, 0),
        (28, 27, 0, 1, 0),
        (28, 0, 0, 0, 0),
        (27, 0, 0, 14, NO),
        (27, 0, 0, 13, 0),
        (1, 0, 0, 1, NO),
        (0, 0, 0, 0, 0),
    ],
)
def test_truth_table_of_a_common_position(
    members: int, yes: int, abstain: int, no: int, stance: int
) -> None:
    counts = [np.array([x]) for x in (members, yes, abstain, no)]
    assert stances(*counts).tolist() == [stance]


def test_the_union_counts_its_members_of_the_day(archive: Archive) -> None:
    union = cohesion(archive, find_party(archive, "EU"))
    before = union.members[union.date < np.datetime64("2004-05-01")][-1]
    after = union.members[union.date >= np.datetime64("2004-05-01")][0]
    assert (before, after) == (15, 25)
    assert union.members[union.date >= np.datetime64("2020-02-01")].max() == 27
    assert (union.voted <= union.members).all()
    assert (union.split == ((union.stance == 0) & (union.index < 1))).all()
    since = union.date >= np.datetime64("2010-01-01")
    assert 0.8 < union.index[since].mean() < 1


def test_a_state_always_agrees_with_itself(archive: Archive) -> None:
    kazakhstan = cohesion(archive, find_party(archive, "KAZ"), since=date(2015, 1, 1))
    cast = kazakhstan.voted > 0
    assert (kazakhstan.index[cast] == 1).all()
    assert (kazakhstan.stance[cast] > 0).all()
    assert not kazakhstan.split.any()
    assert np.isnan(kazakhstan.mean_index)


def test_the_four_of_astana_in_their_known_order(archive: Archive) -> None:
    parties = [find_party(archive, code) for code in ("EU", "USA", "CHN", "RUS")]
    found = agreement(archive, parties, since=date(2003, 1, 1), until=date(2018, 11, 20))
    pi = found.pi
    assert found.parties == ("EU", "USA", "CHN", "RUS")
    assert pi[2, 3] > pi[0, 3] > pi[0, 2] > pi[1, 2]
    assert pi[0, 1] > pi[1, 3]
    off = ~np.eye(4, dtype=bool)
    assert ((found.low <= pi) & (pi <= found.high))[off].all()
    assert found.group_low < found.group < found.group_high
    fewer = agreement(archive, parties[1:], vote_ids=[], since=date(2003, 1, 1))
    assert fewer.rollcalls == 0
    assert np.isnan(fewer.group)
