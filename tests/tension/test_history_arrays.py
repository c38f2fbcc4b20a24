"""Percentiles, changes, turns and likeness of a level."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tension.test_latent_arrays import PARAMETERS, simulate

from detente.tension.history_arrays import (
    change,
    higher,
    highest_since,
    nearest,
    percentile,
    turns,
)
from detente.tension.latent_arrays import smooth


def _sure(levels: list[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    mean = np.array(levels)
    return mean, np.full(len(mean), 1e-10), np.zeros(len(mean))


def test_a_level_known_for_sure_has_the_plain_percentile() -> None:
    found = percentile(*_sure([1.0, 2.0, 3.0, 4.0, 2.5]))
    assert found.value == pytest.approx(50.0)
    assert found.low == pytest.approx(50.0)


def test_months_before_the_history_do_not_count() -> None:
    assert percentile(*_sure([np.nan, np.nan, 3.0, 4.0, 3.5])).value == pytest.approx(50.0)


def test_a_percentile_is_that_of_draws_from_the_posterior() -> None:
    """The oracle: draws of the joint normal of all levels, by brute force."""
    from tests.tension.test_latent_arrays import conditioned

    _, y = simulate(30, 1, 4)
    post = smooth(y, PARAMETERS)
    mean, cov = conditioned(y[:, :, 0], PARAMETERS)
    draws = np.random.default_rng(0).multivariate_normal(mean[:30], cov[:30, :30], 20_000)
    share = 100 * (draws[:, :-1] < draws[:, -1:]).mean(1)
    found = percentile(post.mean[:, 0], post.variance[:, 0], post.last[:, 0])
    assert found.value == pytest.approx(share.mean(), abs=4.0)
    assert found.low < share.mean() < found.high


def test_a_change_counts_the_error_that_both_months_share_once() -> None:
    mean, variance, last = np.array([0.0, 1.0]), np.array([2.0, 2.0]), np.array([1.5, 2.0])
    found = change(mean, variance, last, 1)
    assert found is not None
    assert found.value == 1.0
    assert found.high - found.value == pytest.approx(1.6448536, rel=1e-6)
    assert change(mean, variance, last, 2) is None


def test_higher_is_one_half_for_the_same_level() -> None:
    assert higher(np.zeros(3), np.ones(3), np.zeros(3), 0) == pytest.approx(0.5)


def test_turns_are_the_peaks_and_troughs_of_large_swings() -> None:
    mean = np.array([0.0, 1.0, 0.9, 2.0, 1.0, 0.2, 0.3, 0.25, 1.5])
    assert turns(mean, 0.5) == [(3, False), (5, True)]


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=60), st.floats(0.2, 3))
def test_turns_alternate_and_lie_at_least_a_swing_apart(levels: list[float], least: float) -> None:
    mean = np.array(levels)
    found = turns(mean, least)
    for (t, up), (later, other) in itertools.pairwise(found):
        assert up is not other
        assert t < later
        assert abs(mean[later] - mean[t]) >= least


def test_no_level_has_no_turn() -> None:
    assert turns(np.full(4, np.nan), 0.5) == []


def test_the_nearest_month_has_the_same_level_and_movement() -> None:
    rng = np.random.default_rng(2)
    mean = rng.normal(0, 0.02, 400) + 5.0
    shape = np.linspace(0, 1, 80)
    mean[100:180] = shape
    mean[320:400] = shape
    assert nearest(mean, 1)[0] == (179, pytest.approx(0.0, abs=0.05))


def test_the_last_five_years_are_not_called_earlier() -> None:
    mean = np.sin(np.arange(300) / 20.0)
    assert all(t < 240 for t, _ in nearest(mean, 3))


def test_a_short_history_is_like_nothing() -> None:
    assert nearest(np.zeros(30), 3) == []


def test_the_highest_since_is_the_last_month_above_now_if_long_ago() -> None:
    level = np.full(200, 1.0)
    level[:20] = np.nan
    level[-1] = 2.0
    assert highest_since(level) == 20
    level[70] = 3.0
    assert highest_since(level) == 70
    level[170] = 3.0
    assert highest_since(level) is None
    assert highest_since(level[-60:]) is None
