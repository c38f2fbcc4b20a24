from __future__ import annotations

import numpy as np
import pytest

from detente.denominators.rates_arrays import Rates, Settings, change, fit, rates, weights


def one(y: list[float], age: list[float], half_life: float = 2.0, strength: float = 1.0) -> Rates:
    topic = np.zeros(len(y), np.int64)
    return rates(
        topic,
        np.array([0]),
        np.array(y, float),
        np.array(age, float),
        Settings(half_life, strength),
    )


def test_a_text_counts_half_after_the_half_life() -> None:
    assert weights(np.array([0.0, 2.0, 4.0]), 2.0) == pytest.approx([1.0, 0.5, 0.25])


def test_the_rate_is_that_worked_by_hand() -> None:
    # One new text without an objection and one of the half-life with one: n = 1.5, s = 1.
    # Overall (1 + 0.5) / (1.5 + 1) = 0.6; parent (1 + 0.6) / (1.5 + 1) = 0.64.
    found = one([1.0, 0.0], [0.0, 2.0])
    assert found.a[0] == pytest.approx(0.64 + 1.0)
    assert found.b[0] == pytest.approx(0.36 + 0.5)


def test_a_topic_without_texts_has_the_rate_of_its_parent_and_a_wide_interval() -> None:
    y = np.array([1.0, 1.0, 1.0, 0.0] * 5)
    known = rates(np.zeros(20, np.int64), np.array([0, 0]), y, np.zeros(20), Settings(5, 1))
    assert known.weight[1] == 0
    assert known.mean[1] == pytest.approx(0.75, abs=0.02)
    low, high = known.interval()
    assert high[1] - low[1] > high[0] - low[0]


def test_more_evidence_narrows_the_interval() -> None:
    few = one([1.0, 0.0], [0.0, 0.0])
    many = one([1.0, 0.0] * 20, [0.0] * 40)
    assert np.ptp(np.concatenate(many.interval())) < np.ptp(np.concatenate(few.interval()))


def test_evidence_that_ages_widens_the_interval() -> None:
    new = one([1.0] * 6, [0.0] * 6)
    old = one([1.0] * 6, [8.0] * 6)
    assert np.ptp(np.concatenate(old.interval())) > np.ptp(np.concatenate(new.interval()))


def test_an_objection_never_raises_the_chance() -> None:
    rng = np.random.default_rng(1)
    topic = rng.integers(0, 4, 60)
    parent = np.array([0, 0, 1, 1])
    y = rng.integers(0, 2, 60).astype(float)
    age = rng.uniform(0, 9, 60)
    before = rates(topic, parent, y, age, Settings(3, 2)).mean
    for row in np.flatnonzero(y == 1)[:10]:
        worse = y.copy()
        worse[row] = 0
        assert (rates(topic, parent, worse, age, Settings(3, 2)).mean <= before + 1e-12).all()


def simulated(jump: bool) -> tuple[np.ndarray, ...]:
    """Texts of thirty sessions on two topics whose rates stand, or turn about each six sessions."""
    rng = np.random.default_rng(7)
    session = np.repeat(np.arange(30), 40)
    topic = np.tile(np.arange(2), 600)
    turned = (session // 6) % 2 if jump else np.zeros(1200)
    p = np.where((topic + turned) % 2 == 0, 0.9, 0.1)
    y = (rng.random(1200) < p).astype(float)
    return topic, np.array([0, 0]), y, session.astype(float), session


def test_the_memory_is_long_where_nothing_changes_and_short_where_it_does() -> None:
    steady = fit(*simulated(False), 12)
    turning = fit(*simulated(True), 12)
    assert steady.half_life > turning.half_life


def test_the_fit_sees_nothing_after_the_texts_it_is_given() -> None:
    topic, parent, y, time, session = simulated(True)
    before = session < 20
    full = fit(topic[before], parent, y[before], time[before], session[before], 8)
    shuffled = y.copy()
    shuffled[~before] = 1 - shuffled[~before]
    again = fit(topic[before], parent, shuffled[before], time[before], session[before], 8)
    assert full == again


def test_a_change_is_told_with_its_interval() -> None:
    difference, low, high = change(one([1.0] * 30, [0.0] * 30), one([0.0] * 30, [0.0] * 30))
    assert difference[0] > 0.8
    assert low[0] > 0 > -high[0]
