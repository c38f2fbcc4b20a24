"""What the user's own event data report of the span, beside as many days before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from detente.case import Case
from detente.events import Month, dyad_series


@dataclass(frozen=True)
class Reported:
    """Events reported between two states in the span and in as many days before it.

    Attributes:
        events_before, events_after: how many.
        conflict_before, conflict_after: share of conflict between the two in all events of the
            world, 0 to 1, so that growing coverage does not look like conflict.
        days_before, days_after: days of which files were imported.
    """

    a: str
    b: str
    events_before: int
    events_after: int
    conflict_before: float
    conflict_after: float
    days_before: int
    days_after: int


def _sum(months: Sequence[Month]) -> tuple[int, float, int]:
    """Return events, share of conflict and days covered of some months taken together."""
    world = sum(month.world_events for month in months)
    conflict = sum(month.conflict * month.world_events for month in months)
    return (
        sum(month.events for month in months),
        conflict / world if world else 0.0,
        sum(month.days for month in months),
    )


def reported(case: Case, since: date) -> tuple[Reported, ...]:
    """Return what the user's event data report of each pair of states after a day.

    Args:
        case: whose parties are paired; a bloc is left out, for event data know states.
        since: the span runs from the day after to the case's date.

    Returns:
        Pairs with data on both sides of ``since``, those first whose share of conflict grew most;
        empty where nothing was imported.
    """
    length = case.as_of - since
    states = [party.code for party in case.parties if party.kind == "state"]
    found = []
    for pair in combinations(states, 2):
        after = dyad_series(pair, since + timedelta(days=1), case.as_of, case.as_of)
        if not after:
            continue
        before = dyad_series(pair, since - length + timedelta(days=1), since, since)
        if not before:
            continue
        events_before, conflict_before, days_before = _sum(before)
        events_after, conflict_after, days_after = _sum(after)
        found.append(
            Reported(
                *pair,
                events_before=events_before,
                events_after=events_after,
                conflict_before=conflict_before,
                conflict_after=conflict_after,
                days_before=days_before,
                days_after=days_after,
            )
        )
    return tuple(
        sorted(found, key=lambda r: (-round(r.conflict_after - r.conflict_before, 12), r.a, r.b))
    )
