"""Dated events of a span: turning points, acts against agreements, meetings, special sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.archive import Archive
from detente.case import Case
from detente.steps.instruments import instruments


@dataclass(frozen=True)
class Event:
    """A dated event of the span.

    Attributes:
        kind: ``act`` against an agreement, ``turn`` of a pair, ``summit``, ``session``.
        text_en, text_fr: what happened.
        parties: codes of those concerned that sit at the table.
        memory: True where it rests on memory.
    """

    day: date
    kind: Literal["act", "turn", "summit", "session"]
    text_en: str
    text_fr: str
    parties: tuple[str, ...]
    source: str
    memory: bool


def _of_table(archive: Archive, case: Case, states: set[str]) -> tuple[str, ...]:
    """Return the parties that are, or hold, one of some states or blocs."""
    return tuple(
        party.code
        for party in case.parties
        if party.code in states or states & set(party.members(archive, case.as_of))
    )


def _acts(archive: Archive, case: Case, since: date) -> list[Event]:
    found = []
    for instrument in instruments().values():
        for act in instrument.acts:
            concerned = _of_table(archive, case, {act.party})
            if since < act.day <= case.as_of and concerned:
                found.append(
                    Event(
                        day=act.day,
                        kind="act",
                        text_en=f"{instrument.name_en}: {act.party} {act.what_en}",
                        text_fr=f"{instrument.name_fr} : {act.party} {act.what_fr}",
                        parties=concerned,
                        source=instrument.source,
                        memory=act.confidence == "MEMORY",
                    )
                )
    return found


def _turns(archive: Archive, case: Case, since: date) -> list[Event]:
    found = []
    for day, states, english, french, confidence, source in archive.sql(
        "select day, parties, text_en, text_fr, confidence, source from turning_points "
        "where day > ? order by day, id",
        (since,),
    ):
        concerned = _of_table(archive, case, set(states))
        if len(concerned) >= min(2, len(states)):
            memory = confidence != "SOURCE"
            found.append(Event(day, "turn", english, french, concerned, source or "", memory))
    return found


def _meetings(archive: Archive, case: Case, since: date) -> list[Event]:
    found = []
    flags = ("EU", "USA", "CHN", "RUS")
    for name, first, place, confidence, source, *there in archive.sql(
        "select name, coalesce(first_day, proposed), coalesce(place, ''), confidence, source, "
        "eu, usa, chn, rus from summits where coalesce(first_day, proposed) > ? "
        "order by 2, id",
        (since,),
    ):
        present = {code for code, came in zip(flags, there, strict=True) if came}
        concerned = tuple(code for code in case.codes if code in present)
        if len(concerned) >= 2:
            where = f"{name}, {place}" if place and place not in name else str(name)
            memory = confidence != "SOURCE"
            found.append(Event(first, "summit", where, where, concerned, source or "", memory))
    for session, opened, topic, confidence, source in archive.sql(
        "select session, opened, topic, confidence, source from special_sessions "
        "where opened > ? order by opened, session",
        (since,),
    ):
        memory = confidence != "SOURCE"
        told = (f"{session}: {topic}", f"{session} : {topic}")
        found.append(Event(opened, "session", *told, (), source or "", memory))
    return found


def new_events(archive: Archive, case: Case, since: date) -> tuple[Event, ...]:
    """Return the events after a day; an act that is told as a turn of that day is told once."""
    turns = _turns(archive, case, since)
    told = {(event.day, code) for event in turns for code in event.parties}
    acts = [
        event
        for event in _acts(archive, case, since)
        if not {(event.day, code) for code in event.parties} <= told
    ]
    found = [*acts, *turns, *_meetings(archive, case, since)]
    return tuple(sorted(found, key=lambda event: (event.day, event.kind, event.text_en)))
