"""What falls due next: stated ends and recurrences of texts, each with how often it held before.

The record holds titles and dates, not operative paragraphs. Two things can be derived from them:

* a **stated end**: the title of a Council resolution says until when, or for how long, something is
  extended. A renewal is due by then. It held before where a text of the same series followed no
  later than a week after an earlier stated end;
* a **recurrence**: a series of at least four texts that came back at even intervals comes back at
  that interval again. It held before where the next text came within a twelfth of the interval (a
  month in a year) of the day foretold in the same way from the texts before it.

Reporting dates set inside a resolution are not in the record and so not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Literal

GRACE = timedelta(days=7)
LEAST_TEXTS = 4
LOOK_BACK = 5
UNEVEN = 0.25
LONGEST = 3 * 366
"""Days beyond which an end read from a title is taken for a misprint."""

Basis = Literal["stated end", "recurrence"]

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_END = re.compile(
    r"\b(?:until|till|through|terminating on|ending on)\s+(?:the\s+)?(\d{1,2})\s+"
    r"([A-Z][a-z]{2})[a-z]*\.?\s+(\d{4})"
)
_LENGTH = re.compile(
    r"\bfor (?:a |an )?(?:further |final |additional |new )*(?:period of )?(\d{1,2})[ -]months?\b"
)
_RENEWS = re.compile(r"\b(?:re-?new|exten[dst]|prolong|continu|re-?authori)", re.IGNORECASE)
_FORMULAS = (
    "the of and in on to a an for by with from at its un united nations until extension extending "
    "extended extend extention renewal renewing renewed mandate mandates security council "
    "resolution resolutions further period final months month days additional imposed "
    "established pursuant concerning set out para paras new"
)
_PLAIN = frozenset(_FORMULAS.split(" "))
_ACRONYM = re.compile(r"\b[A-Z]{4,}\b")


@dataclass(frozen=True)
class Dated:
    """A text as a series sees it."""

    symbol: str
    day: date
    title: str


@dataclass(frozen=True)
class Due:
    """What falls due next.

    Attributes:
        day: by when, or about when.
        basis: how that is known.
        text: the newest text of the series, whose title states the end or whose date is counted
            from.
        interval: days between the last texts of the series; None where they are uneven or few.
        ends: how many earlier stated ends of the series were met in time, of how many.
        rhythm: how many texts of the series came when the earlier ones foretold, of how many.
        followed: the text that came next, where the as-of date shows one; None where not.
        held: whether that came in time; None where the as-of date does not tell yet.
    """

    day: date
    basis: Basis
    text: Dated
    interval: int | None
    ends: tuple[int, int]
    rhythm: tuple[int, int]
    followed: Dated | None
    held: bool | None


def stated_end(title: str, day: date) -> date | None:
    """Return the last day until which a title says that something is extended, or None.

    Where it gives a length instead of a day, the length is counted from the day of the text.
    """
    ends: list[date] = []
    for number, month, year in _END.findall(title):
        if month.lower() in _MONTHS:
            try:
                ends.append(date(int(year), _MONTHS[month.lower()], int(number)))
            except ValueError:
                continue
    if not ends:
        ends = [later(day, int(months)) for months in _LENGTH.findall(title)]
    ends = [end for end in ends if timedelta(0) < end - day <= timedelta(days=LONGEST)]
    return min(ends) if ends else None


def later(day: date, months: int) -> date:
    """Return the day a number of months later, or the last of that month."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


@lru_cache(maxsize=8192)
def renews(title: str) -> bool:
    """Return whether a title says that something is extended or renewed."""
    return bool(_RENEWS.search(title))


@lru_cache(maxsize=8192)
def telling(title: str) -> frozenset[str]:
    """Return the words that name what a title is about, without dates, lengths and formulas."""
    bare = _LENGTH.sub(" ", _END.sub(" ", title))
    bare = re.sub(r"\(\d{4}\)", " ", bare)
    return frozenset(re.findall(r"[\w’'-]+", bare.casefold())) - _PLAIN


@lru_cache(maxsize=8192)
def _missions(title: str) -> frozenset[str]:
    return frozenset(_ACRONYM.findall(title))


def alike(one: str, other: str) -> bool:
    """Return whether two titles of the Council belong to one series.

    Both renew and name the same mission by its acronym, or share three fifths of their telling
    words.
    """
    if renews(one) and renews(other) and _missions(one) & _missions(other):
        return True
    a, b = telling(one), telling(other)
    return bool(a | b) and len(a & b) >= 0.6 * len(a | b)


def _interval(days: Sequence[date]) -> int | None:
    """Return the even interval of the last texts, in days; None where there is none."""
    if len(days) < LEAST_TEXTS:
        return None
    recent = days[-(LOOK_BACK + 1) :]
    gaps = [(b - a).days for a, b in pairwise(recent)]
    middle = median(gaps)
    if middle < 28 or any(abs(gap - middle) > UNEVEN * middle for gap in gaps):
        return None
    return round(middle)


def foretell(days: Sequence[date]) -> date | None:
    """Return when a series comes back, from the days of its texts; None where it is uneven.

    An interval of about a year means the same day of the next year.
    """
    interval = _interval(days)
    if interval is None:
        return None
    years = round(interval / 365.25)
    if years and abs(interval - years * 365.25) <= 30 * years:
        return later(days[-1], 12 * years)
    return days[-1] + timedelta(days=interval)


def within(foretold: date, came: date, interval: int) -> bool:
    """Return whether a text came when it was foretold: within a twelfth of its interval."""
    return abs((came - foretold).days) <= max(GRACE.days, interval // 12)


def kept_ends(series: Sequence[Dated], until: date) -> tuple[int, int]:
    """Return how many stated ends of a series were followed in time, of how many past ones."""
    hits = cases = 0
    for place, text in enumerate(series):
        end = stated_end(text.title, text.day)
        if end is None or end + GRACE > until:
            continue
        cases += 1
        hits += any(after.day <= end + GRACE for after in series[place + 1 :])
    return hits, cases


def kept_rhythm(series: Sequence[Dated]) -> tuple[int, int]:
    """Return how many texts of a series came when the earlier ones foretold, of how many."""
    hits = cases = 0
    days = [text.day for text in series]
    for count in range(LEAST_TEXTS, len(days)):
        foretold, interval = foretell(days[:count]), _interval(days[:count])
        if foretold is not None and interval is not None:
            cases += 1
            hits += within(foretold, days[count], interval)
    return hits, cases


def group(texts: Sequence[Dated], same: Callable[[str, str], bool] = alike) -> list[list[Dated]]:
    """Return texts in series, each in order of date; a text joins the series it is most lately in.

    A text is compared with the newest text of each series, so that a title may drift over the
    years as long as it resembles the one before.
    """
    found: list[list[Dated]] = []
    for text in sorted(texts, key=lambda one: (one.day, one.symbol)):
        home = [series for series in found if same(series[-1].title, text.title)]
        if home:
            max(home, key=lambda series: series[-1].day).append(text)
        else:
            found.append([text])
    return found


def due(
    texts: Sequence[Dated],
    end: date,
    since: Sequence[Dated] = (),
    known_until: date | None = None,
    horizon: int = 2,
) -> tuple[Due, ...]:
    """Return what a record falls due to after a day, soonest first.

    Args:
        texts: of one topic, none later than ``end``.
        end: the day of handing over.
        since: later texts, only to say what came of it.
        known_until: how far ``since`` reaches.
        horizon: years ahead to look.
    """
    reach = known_until or end
    found: list[Due] = []
    for series in group(texts):
        last, days = series[-1], [text.day for text in series]
        stated, interval = stated_end(last.title, last.day), _interval(days)
        basis: Basis = "recurrence" if stated is None else "stated end"
        day = foretell(days) if stated is None else stated
        if day is None or not end < day <= later(end, 12 * horizon):
            continue
        room = GRACE
        if stated is None and interval is not None:
            room = timedelta(days=max(GRACE.days, interval // 12))
        followed = next((text for text in since if alike(last.title, text.title)), None)
        held: bool | None = None if reach <= day + room else False
        if followed is not None:
            held = followed.day <= day + room
            if stated is None:
                held = abs(followed.day - day) <= room
        found.append(
            Due(
                day,
                basis,
                last,
                interval,
                kept_ends(series, end),
                kept_rhythm(series),
                followed,
                held,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.day, one.text.symbol)))
