"""Clocks: what a rule says about time, and the days that follow from several of them at once.

A clock ties two events of a route: the Assembly opens *at most 15 days after* the request; the
notice goes out *at least 10 days before* the opening. Several clocks make a simple temporal problem
(Dechter, Meiri & Pearl 1991, Artificial Intelligence 49): each is a bound on the difference of two
days, shortest paths give the tightest bounds, and a circle of negative length means that the clocks
contradict one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente.errors import RuleError

ClockKind = Literal["at most after", "at least after", "at least before", "at most before"]

DAY, HOUR = "day", "hour"
_WORKING_WEEK, _WEEK = 5, 7
_HOURS = 24


@dataclass(frozen=True)
class Clock:
    """One bound on the time between two events.

    Attributes:
        kind: ``at most after``: ``sets`` falls no later than so long after ``counted_from``;
            ``at least before``: ``sets`` falls no later than so long before it; and so on.
        sets: the event whose day is bound, such as ``opening`` or ``notice``.
        counted_from: the event it is counted from, such as ``request``.
        days, hours, working_days: how long; one of them is given. Working days are counted as
            weeks of five (holidays are not known here).
        rule: the rule it comes from.
        title_en, title_fr: what falls due.
    """

    kind: ClockKind
    sets: str
    counted_from: str
    days: int | None = None
    hours: int | None = None
    working_days: int | None = None
    rule: str = ""
    title_en: str = ""
    title_fr: str = ""

    @property
    def length(self) -> int:
        """Return how long it is in whole calendar days.

        A bound from above is rounded up (24 hours may end on the next day), one from below is
        rounded down (12 hours may pass within a day).
        """
        if self.days is not None:
            return self.days
        if self.working_days is not None:
            weeks, rest = divmod(self.working_days, _WORKING_WEEK)
            return weeks * _WEEK + rest
        assert self.hours is not None
        upper = self.kind.startswith("at most")
        return -(-self.hours // _HOURS) if upper else self.hours // _HOURS

    @property
    def bound(self) -> tuple[str, str, int]:
        """Return ``(a, b, d)`` with day(b) - day(a) <= d, which says the same."""
        length = self.length
        if self.kind == "at most after":
            return self.counted_from, self.sets, length
        if self.kind == "at least after":
            return self.sets, self.counted_from, -length
        if self.kind == "at least before":
            return self.counted_from, self.sets, -length
        return self.sets, self.counted_from, length


@dataclass(frozen=True)
class Window:
    """The days on which an event can fall; None where nothing bounds it on that side."""

    earliest: date | None
    latest: date | None

    def holds(self, day: date) -> bool:
        """Return whether a day lies in the window."""
        return (self.earliest is None or day >= self.earliest) and (
            self.latest is None or day <= self.latest
        )


def windows(fixed: Mapping[str, date], clocks: Iterable[Clock]) -> dict[str, Window]:
    """Return the window of every event that the clocks name, given the days of some of them.

    Fix the request to look forward to the opening, or the opening to plan backwards.

    Raises:
        RuleError: the days given, or the clocks, contradict one another.
    """
    clocks = tuple(clocks)
    base = min(fixed.values())
    # The distance from one event to another: the least upper bound on the days between them.
    edges: list[tuple[str, str, int]] = [clock.bound for clock in clocks]
    origin = ""
    for event, day in fixed.items():
        offset = (day - base).days
        edges += [(origin, event, offset), (event, origin, -offset)]
    events = sorted({event for a, b, _ in edges for event in (a, b)})
    upper = _shortest(events, edges, origin)
    lower = _shortest(events, [(b, a, d) for a, b, d in edges], origin)
    found = {}
    for event in events:
        if event == origin:
            continue
        late, early = upper.get(event), lower.get(event)
        found[event] = Window(
            None if early is None else base - timedelta(days=early),
            None if late is None else base + timedelta(days=late),
        )
    return found


def window(
    start: date, clocks: Iterable[Clock], *, begins: str = "request", ends: str = "opening"
) -> Window:
    """Return when ``ends`` can fall if ``begins`` falls on a day.

    Raises:
        RuleError: the clocks contradict one another.
    """
    return windows({begins: start}, clocks).get(ends, Window(start, None))


def _shortest(events: list[str], edges: list[tuple[str, str, int]], origin: str) -> dict[str, int]:
    """Return the shortest distance from the origin to each event it reaches (Bellman-Ford)."""
    _relax(dict.fromkeys(events, 0), edges)  # finds a contradiction wherever it lies
    return _relax({origin: 0}, edges)


def _relax(distance: dict[str, int], edges: list[tuple[str, str, int]]) -> dict[str, int]:
    names = {name for a, b, _ in edges for name in (a, b)}
    for _ in range(len(names) + 1):
        changed = False
        for a, b, d in edges:
            if a in distance and distance[a] + d < distance.get(b, distance[a] + d + 1):
                distance[b] = distance[a] + d
                changed = True
        if not changed:
            return distance
    raise RuleError(
        "the days given leave no room for the clocks of the rules: move the opening, or send the "
        "request earlier"
    )
