"""What lies behind a turn: dated events of the archive, vetoes, emergency sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.language import Lang

WITHIN = 18
"""Months on either side of a turn in which an event counts as behind it."""
MOST = 4
VETO = "veto"
FOLLOWS = 60
"""Days after a veto within which an emergency special session is taken to follow it."""


@dataclass(frozen=True)
class Event:
    """A dated event between parties.

    Attributes:
        day: when; only its month is sure where ``precision`` is ``month``.
        precision: ``day`` or ``month``.
        kind: ``crisis``, ``war``, ``agreement`` and the like, ``veto`` or ``emergency session``.
        direction: ``rise`` or ``fall`` of tension, or empty where the kind does not say.
        text_en, text_fr: what happened.
        confidence: ``SOURCE`` or ``MEMORY``.
        record: draft or session in the archive, empty for an event of the hand-kept table.
    """

    day: date
    precision: str
    kind: str
    direction: str
    text_en: str
    text_fr: str
    confidence: str
    record: str = ""

    def text(self, lang: Lang) -> str:
        """Return what happened, in one language."""
        return self.text_fr if lang == "fr" else self.text_en


def events_between(
    archive: Archive, left: Collection[str], right: Collection[str]
) -> tuple[Event, ...]:
    """Return the hand-kept events that touch both sides, in order of day.

    Args:
        archive: as of a day.
        left, right: the codes of each side: a state's own, or a bloc's and its members'.
    """
    rows = archive.sql(
        "select day, precision, kind, direction, text_en, text_fr, confidence from turning_points "
        "where list_has_any(parties, ?) and list_has_any(parties, ?) order by day, id",
        (sorted(left), sorted(right)),
    )
    return tuple(Event(*row) for row in rows)


def council_between(
    archive: Archive, left: Collection[str], right: Collection[str]
) -> tuple[Event, ...]:
    """Return vetoes that one side cast and the other did not, and the sessions that followed.

    An emergency special session counts where such a veto was cast within 60 days before it opened.
    """
    vetoes = archive.sql(
        "select date, draft, array_to_string(vetoed_by, ', ') from sc_failed "
        "where list_has_any(vetoed_by, ?) <> list_has_any(vetoed_by, ?) order by date, draft",
        (sorted(left), sorted(right)),
    )
    sessions = archive.sql(
        "select opened, session from special_sessions where kind = 'emergency' order by opened"
    )
    found = [
        Event(day, "day", VETO, "", f"Veto of {by}: {draft}", f"Veto de {by} : {draft}",
              "SOURCE", draft)
        for day, draft, by in vetoes
    ] + [
        Event(opened, "day", "emergency session", "", f"Emergency special session {session}",
              f"Session extraordinaire d’urgence {session}", "SOURCE", session)
        for opened, session in sessions
        if any(0 <= (opened - day).days <= FOLLOWS for day, _, _ in vetoes)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda event: (event.day, event.record)))


def behind(
    events: Collection[Event], month: date, upward: bool, within: int = WITHIN
) -> tuple[Event, ...]:
    """Return the events behind a turn, at most four, in order of day; vetoes are counted apart.

    The nearest come first, and before them those of the direction in which the level went on.
    """
    wanted = "rise" if upward else "fall"

    def rank(event: Event) -> tuple[int, date, str]:
        off = apart(event.day, month)
        return off + 6 * (event.direction != wanted), event.day, event.text_en

    close = [event for event in events if event.kind != VETO and apart(event.day, month) <= within]
    return tuple(sorted(sorted(close, key=rank)[:MOST], key=lambda e: (e.day, e.text_en)))


def vetoes_near(events: Collection[Event], month: date, within: int = 12) -> tuple[Event, ...]:
    """Return the vetoes within a year of a month, in order of day."""
    return tuple(e for e in events if e.kind == VETO and apart(e.day, month) <= within)


def apart(one: date, other: date) -> int:
    """Return the number of calendar months between two days."""
    return abs((one.year - other.year) * 12 + one.month - other.month)
