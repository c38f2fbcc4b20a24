"""What the host of summits leaves to the next: what was agreed, what was not, what comes round.

From the archive's record of summits and conferences, which is a selection and no census: what it
does not hold may all the same have taken place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive, open_archive
from detente.errors import CaseError, NotFound
from detente.handover.recurring import later
from detente.parties import State, find_state

CYCLES: Mapping[str, int] = {"annual": 1, "biennial": 2, "triennial": 3}
"""A cycle that the record states for a meeting -> years between meetings."""

EARLY = LATE = 6
"""Months by which a meeting of a cycle may come early or late and still have kept it."""

_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Meeting:
    """A summit or conference that a state hosted, or offered to.

    Attributes:
        day: its first day; of a proposal, the day it was made.
        agreed: whether a text was agreed; None where that is not on record.
        held: False for a proposal that was not taken up; None where that is not yet known.
        memory: True where a part of its record rests on memory.
    """

    id: str
    name: str
    day: date
    place: str
    mechanism: str
    outcome: str
    agreed: bool | None
    held: bool | None
    memory: bool
    source: str


@dataclass(frozen=True)
class Round:
    """A meeting that comes round by its stated cycle.

    Attributes:
        day: about when.
        meeting: the last of the series that the giver hosted.
        years: of the cycle.
        followed: the next of the series on record, as far as the as-of date shows one.
        held: whether that came within six months of the day; None where the record, which is a
            selection, has no later meeting of the series, or by its number not the next one.
    """

    day: date
    meeting: Meeting
    years: int
    followed: Meeting | None
    held: bool | None


@dataclass(frozen=True)
class Hosting:
    """What one host leaves to the next.

    Attributes:
        first, end: the years handed over, ``end`` no later than ``as_of``.
        meetings: that the giver hosted or offered in those years, oldest first.
        agreed: of these, those at which a text was agreed; ``open`` the others.
        rounds: what comes round by a stated cycle, soonest first.
        since: meetings that the receiver hosted after the end.
    """

    giver: State
    receiver: State
    words: str
    first: date
    end: date
    as_of: date
    meetings: tuple[Meeting, ...]
    rounds: tuple[Round, ...]
    since: tuple[Meeting, ...]

    @property
    def agreed(self) -> tuple[Meeting, ...]:
        """The meetings at which a text was agreed."""
        return tuple(one for one in self.meetings if one.agreed)

    @property
    def open(self) -> tuple[Meeting, ...]:
        """The meetings at which none was, and the proposals."""
        return tuple(one for one in self.meetings if not one.agreed)


def series(name: str) -> str:
    """Return what the meetings of a cycle have in common: the name without its ordinal."""
    words = _ORDINAL.sub(" ", name.casefold())
    return " ".join(word for word in re.findall(r"\w+", words) if word not in ("of", "the", "1st"))


def _number(name: str, more: int = 0) -> int | None:
    """Return the number that a meeting bears, and so many more; None where it bears none."""
    match = _ORDINAL.search(name)
    return int(match[0][:-2]) + more if match else None


def _meetings(archive: Archive, host: State | None) -> list[Meeting]:
    rows = archive.sql(
        "SELECT id, name, coalesce(first_day, proposed), coalesce(place, ''), "
        "coalesce(mechanism, ''), coalesce(outcome, ''), agreed_text, status, first_day IS NULL, "
        "confidence, source FROM summits WHERE ?::VARCHAR IS NULL OR host = ? "
        "ORDER BY coalesce(first_day, proposed), id",
        (host.name_en if host else None, host.name_en if host else None),
    )
    return [
        Meeting(
            key,
            name,
            day,
            place,
            mechanism,
            outcome,
            agreed,
            _held(status, proposal),
            confidence == "MEMORY",
            source,
        )
        for key, name, day, place, mechanism, outcome, agreed, status, proposal, *rest in rows
        for confidence, source in (rest,)
        if day is not None
    ]


def _held(status: str | None, proposal: bool) -> bool | None:
    if status is None:
        return None
    return not proposal and status != "not held"


def hosting(
    archive: Archive,
    giver: str,
    receiver: str,
    words: str = "",
    years: tuple[int, int] | None = None,
) -> Hosting:
    """Return what a host of summits leaves to the next.

    Args:
        archive: opened as of the day whose knowledge may be used.
        giver, receiver: codes or names of states.
        words: words of the meetings' names, places or outcomes; all meetings without them.
        years: first and last year; by default from the first meeting to the as-of date.

    Raises:
        CaseError: an unknown state, or the same state twice, or years out of order.
        NotFound: the giver hosted nothing on record in those years, or nothing with these words.
    """
    one, other = find_state(archive, giver), find_state(archive, receiver)
    if one == other:
        raise CaseError(
            f"{one.name_en} cannot hand over to itself: name two different states with --from and "
            "--to"
        )
    if years is not None and years[0] > years[1]:
        raise CaseError(
            f"--years {years[0]}-{years[1]} ends before it begins: write the earlier year first"
        )
    as_of = archive.as_of or archive.last_day
    hosted = _meetings(archive, one)
    if not hosted:
        raise NotFound(
            f"the record has no summit that {one.name_en} hosted: name a state that has, or "
            "--body SC or GA"
        )
    first = date(years[0], 1, 1) if years else hosted[0].day
    end = min(date(years[1], 12, 31), as_of) if years else as_of
    then = open_archive(as_of=max(end, archive.first_day), folder=archive.folder)
    terms = words.casefold().split()
    meetings = tuple(
        meeting
        for meeting in _meetings(then, one)
        if first <= meeting.day <= end
        and all(
            term in f"{meeting.name} {meeting.place} {meeting.outcome}".casefold() for term in terms
        )
    )
    if not meetings:
        about = f" on “{words.strip()}”" if terms else ""
        raise NotFound(
            f"the record has no summit{about} that {one.name_en} hosted from {first} to {end}: its "
            f"meetings run from {hosted[0].day.year} to {hosted[-1].day.year}; choose other --years"
            + (" or other words" if terms else "")
        )
    return Hosting(
        giver=one,
        receiver=other,
        words=words.strip(),
        first=first,
        end=end,
        as_of=as_of,
        meetings=meetings,
        rounds=_rounds(meetings, _meetings(archive, None), end),
        since=tuple(meeting for meeting in _meetings(archive, other) if meeting.day > end),
    )


def _rounds(
    meetings: tuple[Meeting, ...], everything: list[Meeting], end: date
) -> tuple[Round, ...]:
    newest: dict[str, Meeting] = {series(meeting.name): meeting for meeting in meetings}
    found = []
    for name, meeting in newest.items():
        years = next((n for word, n in CYCLES.items() if f"{word} cycle" in meeting.mechanism), 0)
        if not years:
            continue
        day = later(meeting.day, 12 * years)
        if day <= end:
            continue
        after = [one for one in everything if one.day > end and series(one.name) == name]
        followed = after[0] if after else None
        held = None
        if followed is not None and _number(followed.name) in (None, _number(meeting.name, 1)):
            held = later(day, -EARLY) <= followed.day <= later(day, LATE)
        found.append(Round(day, meeting, years, followed, held))
    return tuple(sorted(found, key=lambda one: (one.day, one.meeting.id)))
