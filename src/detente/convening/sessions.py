"""When the Assembly's regular session opens, by its rule 1."""

from __future__ import annotations

from datetime import date, timedelta

_TUESDAY, _SATURDAY = 1, 5
_AMENDED = 2003  # A/RES/57/301 of 13 March 2003


def regular_session(year: int) -> date:
    """Return the day on which the regular session of a year opens by the rule.

    Since 2003 the Tuesday of the third week of September, counted from the first week with a
    working day; before that the third Tuesday of September (from memory). The Assembly may decide
    otherwise, as it did in 2023 and 2024.
    """
    first = date(year, 9, 1)
    if year < _AMENDED:
        return first + timedelta(days=(_TUESDAY - first.weekday()) % 7 + 14)
    while first.weekday() >= _SATURDAY:
        first += timedelta(days=1)
    return first - timedelta(days=first.weekday()) + timedelta(days=14 + _TUESDAY)


def next_session(day: date) -> date:
    """Return the first opening of a regular session on a day or after it."""
    here = regular_session(day.year)
    return here if here >= day else regular_session(day.year + 1)
