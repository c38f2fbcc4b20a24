"""Who can take a measure at all, and who is the more capable: dated facts from memory."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from detente.archive import Archive
from detente.parties import Party, members
from detente.steps.catalogue import Need


@cache
def _facts() -> dict[str, Any]:
    text = (resources.files("detente.steps") / "facts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _some_member(archive: Archive, party: Party, day: date, fact: str) -> bool:
    dates = _facts()[fact]
    return any(dates.get(iso3, date.max) <= day for iso3 in party.members(archive, day))


def _all_members(archive: Archive, party: Party, day: date, fact: str) -> bool:
    dates = _facts()[fact]
    own = party.members(archive, day)
    return bool(own) and all(dates.get(iso3, date.max) <= day for iso3 in own)


def _border(archive: Archive, one: Party, other: Party, day: date) -> bool | None:
    """Return whether two parties share a land frontier; None where the facts do not say."""
    borders = _facts()["borders"]
    known = True
    for a in one.members(archive, day):
        for b in other.members(archive, day):
            if b in borders.get(a, ()) or a in borders.get(b, ()):
                return True
            known = known and (a in borders or b in borders)
    return False if known else None


def _theatre(archive: Archive, parties: Sequence[Party], day: date) -> bool:
    return any(
        place["since"] <= day
        and all(set(place["states"]) & set(p.members(archive, day)) for p in parties)
        for place in _facts()["theatre"]
    )


def has(archive: Archive, need: Need, parties: Sequence[Party], day: date) -> bool | None:
    """Return whether all parties have what a measure needs; None where the facts do not say.

    A bloc has nuclear weapons for this purpose where all its members do, for it has no say over
    those of one; it has launchers, and a seat in the Council, where a member does. Two parties or
    more have a frontier where each has one with another of them.
    """
    if need == "nuclear":
        return all(_all_members(archive, party, day, need) for party in parties)
    if need == "launch":
        return all(_some_member(archive, party, day, need) for party in parties)
    if need == "council":
        seated = set(members(archive, "SC", day)) | set(members(archive, "P5", day))
        return all(seated & set(party.members(archive, day)) for party in parties)
    if need == "theatre":
        return _theatre(archive, parties, day)
    if need == "guarantor":
        from detente.steps.instruments import instruments, standing

        process = instruments()["astana-process"]
        return all(standing(archive, process, party, day).whole for party in parties)
    told = []
    for one in parties:
        found = [_border(archive, one, other, day) for other in parties if other is not one]
        told.append(True if True in found else None if None in found else False)
    return False if False in told else None if None in told else True


def spending(archive: Archive, party: Party, day: date) -> tuple[int, str] | None:
    """Return a party's military spending as last published by a day, and the source.

    In billions of US dollars; the sum of the members that the table names, which is a
    lower bound for a bloc. None where nothing was published or no member is named.
    """
    tables = [table for table in _facts()["spending"] if table["published"] <= day]
    if not tables:
        return None
    newest = max(tables, key=lambda table: table["published"])
    known = [newest[iso3] for iso3 in party.members(archive, day) if iso3 in newest]
    return (sum(known), newest["source"]) if known else None
