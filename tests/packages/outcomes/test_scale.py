"""The plain models of a contested scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.packages.outcomes import nash_point, weighted_mean, weighted_median

points = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), min_size=1, max_size=8)


def test_the_mean_and_median_by_hand() -> None:
    x, w = np.array([0.0, 50.0, 100.0]), np.array([1.0, 1.0, 2.0])
    assert weighted_mean(x, w) == 62.5
    assert weighted_median(x, w) == 50.0  # half of the weight lies at or below it
    assert weighted_mean(x, np.zeros(3)) == 50.0


@given(raw=points)
@settings(max_examples=60)
def test_the_median_has_half_the_weight_on_either_side(raw: list[tuple[int, int]]) -> None:
    x = np.array([p for p, _ in raw], dtype=float)
    w = np.array([s for _, s in raw], dtype=float)
    m = weighted_median(x, w)
    assert w[x <= m].sum() >= w.sum() / 2 - 1e-9
    assert w[x >= m].sum() >= w.sum() / 2 - 1e-9


def test_nash_of_two_equals_is_the_middle_and_leans_to_the_weightier() -> None:
    x = np.array([20.0, 80.0])
    assert nash_point(x, np.ones(2)) == pytest.approx(50.0)
    assert nash_point(x, np.array([1.0, 3.0])) > 55.0


def test_nash_leaves_nobody_below_the_status_quo() -> None:
    x, quo = np.array([60.0, 100.0]), 40.0
    found = nash_point(x, np.ones(2), quo)
    assert (np.abs(found - x) < np.abs(quo - x)).all()


def test_nash_falls_back_on_costly_disagreement_where_no_point_beats_the_status_quo() -> None:
    x = np.array([0.0, 100.0])
    assert nash_point(x, np.ones(2), 50.0) == nash_point(x, np.ones(2))


@given(raw=points)
@settings(max_examples=40)
def test_turning_the_scale_round_turns_the_outcome(raw: list[tuple[int, int]]) -> None:
    x = np.array([p for p, _ in raw], dtype=float)
    w = np.array([s for _, s in raw], dtype=float)
    assert weighted_mean(100 - x, w) == pytest.approx(100 - weighted_mean(x, w))
    assert nash_point(100 - x, w) == pytest.approx(100 - nash_point(x, w), abs=0.11)
