"""Clocks: the windows of events that rules tie together."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.convening.clocks import Clock, Window, window, windows
from detente.convening.rulebook import rulebook
from detente.errors import RuleError

REQUEST = date(2004, 12, 10)


def clocks(*rules: str) -> list[Clock]:
    book = rulebook()
    return [clock for rule in rules for clock in book[rule].clocks]


def test_one_member_has_45_days_and_the_session_of_2005_used_them_all() -> None:
    found = window(REQUEST, clocks("ga-9a", "ga-10-members"))
    assert found.latest == date(2005, 1, 24)
    assert (found.latest - REQUEST).days == 45


def test_the_council_can_only_open_on_day_14_or_15_and_1948_took_the_last() -> None:
    after = Clock("at least after", "notice", "request", days=0)
    request = date(1948, 4, 1)
    found = window(request, [*clocks("ga-8a-council", "ga-10-council"), after])
    assert found == Window(request + timedelta(14), request + timedelta(15))
    assert found.latest == date(1948, 4, 16)


def test_twenty_four_hours_reach_into_the_next_day() -> None:
    request = date(2022, 2, 27)
    assert window(request, clocks("ga-8b-council")).latest == date(2022, 2, 28)


def test_ten_working_days_are_two_weeks() -> None:
    veto = date(2022, 5, 26)
    assert window(veto, clocks("vi-1"), begins="veto").latest == date(2022, 6, 9)


def test_planning_backwards_gives_the_last_day_of_each_deadline() -> None:
    opening = date(2019, 3, 1)
    found = windows({"opening": opening}, clocks("ga-9a", "ga-10-members", "ga-18"))
    assert found["notice"].latest == opening - timedelta(10)
    assert found["supplementary items"].latest == opening - timedelta(4)
    assert found["communication"].earliest == opening - timedelta(45)


def test_days_that_contradict_a_clock_are_refused() -> None:
    days = {"request": date(2019, 1, 1), "opening": date(2019, 1, 10)}
    after = Clock("at least after", "notice", "request", days=0)
    with pytest.raises(RuleError, match="leave no room"):
        windows(days, [*clocks("ga-10-council"), after])


bounds = st.builds(
    lambda kind, pair, days: Clock(kind, pair[0], pair[1], days=days),
    st.sampled_from(["at most after", "at least after", "at least before", "at most before"]),
    st.sampled_from([(a, b) for a, b in product("abc", repeat=2) if a != b]),
    st.integers(0, 4),
)


def _holds(clock: Clock, days: dict[str, int]) -> bool:
    gap = days[clock.sets] - days[clock.counted_from]
    assert clock.days is not None
    return {
        "at most after": gap <= clock.days,
        "at least after": gap >= clock.days,
        "at least before": -gap >= clock.days,
        "at most before": -gap <= clock.days,
    }[clock.kind]


@given(st.lists(bounds, max_size=5))
def test_windows_are_what_trying_every_day_finds(made: list[Clock]) -> None:
    reach, far = 18, 8  # two steps of at most four days; what is farther off has no bound
    span = range(-reach, reach + 1)
    fits = [
        {"a": 0, "b": b, "c": c}
        for b, c in product(span, span)
        if all(_holds(clock, {"a": 0, "b": b, "c": c}) for clock in made)
    ]
    start = date(2018, 1, 1)
    if not fits:
        with pytest.raises(RuleError):
            windows({"a": start}, made)
        return
    found = windows({"a": start}, made)
    for event in {clock.sets for clock in made} | {clock.counted_from for clock in made}:
        days = [fit[event] for fit in fits]
        low, high = min(days), max(days)
        assert found[event].earliest == (None if low < -far else start + timedelta(low))
        assert found[event].latest == (None if high > far else start + timedelta(high))
