"""Days on which a meeting is hard to hold: weekends, the general debate, the end of the year.

They are advice and bind nothing. National holidays are left out, because the record holds none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente.convening.rulebook import Confidence
from detente.convening.sessions import regular_session

ClashKind = Literal["weekend", "general debate", "end of the year"]

DEBATE = 7  # days from the opening of the regular session to its general debate
_SATURDAY = 5


@dataclass(frozen=True)
class Clash:
    """Days that are hard for a meeting.

    Attributes:
        kind: why.
        first, last: the days, inclusive.
        confidence: MEMORY where the days rest on memory.
    """

    kind: ClashKind
    first: date
    last: date
    confidence: Confidence


def is_working(day: date) -> bool:
    """Return whether a day is a Monday to Friday; holidays are not known here."""
    return day.weekday() < _SATURDAY


def clashes(first: date, last: date) -> list[Clash]:
    """Return the hard days of the calendar, other than weekends, that touch a span of days."""
    found = []
    for year in range(first.year - 1, last.year + 1):
        debate = regular_session(year) + timedelta(days=DEBATE)
        found.append(Clash("general debate", debate, debate + timedelta(days=6), "MEMORY"))
        found.append(Clash("end of the year", date(year, 12, 20), date(year + 1, 1, 7), "MEMORY"))
    return [one for one in found if one.first <= last and one.last >= first]
