"""What binds whom to a measure on a day: treaties, documents, bodies; and who left them when.

The facts stand in ``instruments.toml``, each with its source; who belongs to a body, and when, the
archive knows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from detente.archive import Archive
from detente.language import Lang
from detente.parties import Party, members

ActKind = Literal["left", "suspended", "gave notice"]


@dataclass(frozen=True)
class Act:
    """A formal act by which a state or bloc left an agreement, suspended it or gave notice.

    Attributes:
        ends: True where it is no longer bound from that day.
        confidence: MEMORY, or SOURCE where one was read.
    """

    party: str
    day: date
    kind: ActKind
    what_en: str
    what_fr: str
    ends: bool
    confidence: str

    def what(self, lang: Lang) -> str:
        """Return what it did, in one language."""
        return self.what_fr if lang == "fr" else self.what_en


@dataclass(frozen=True)
class Instrument:
    """An agreement or body that binds to a measure.

    Attributes:
        since, until: first and last day; None while it lasts.
        joined: state or bloc -> first day it was bound, for those named one by one.
        bodies: bodies of the archive whose members are bound while they belong.
        acts: in order of their days.
    """

    code: str
    name_en: str
    name_fr: str
    since: date
    until: date | None
    binding: str
    joined: Mapping[str, date]
    bodies: tuple[str, ...]
    acts: tuple[Act, ...]
    confidence: str
    source: str

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en

    @property
    def bilateral(self) -> bool:
        """Return whether it binds two and nobody else."""
        return len(self.joined) == 2 and not self.bodies

    def lasts(self, day: date) -> bool:
        """Return whether it stands on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Standing:
    """How far a party is bound by an instrument on a day.

    Attributes:
        bound, of: members bound, and members of the party.
        left: True where it was bound and ended that by an act of its own.
    """

    instrument: Instrument
    bound: int
    of: int
    left: bool = False

    @property
    def whole(self) -> bool:
        """Return whether all of the party is bound."""
        return 0 < self.of <= self.bound


def _instrument(raw: dict[str, Any]) -> Instrument:
    since = raw["since"]
    named = [*raw.get("states", ()), *raw.get("parties", ())]
    joined = dict.fromkeys(named, since) | raw.get("joined", {})
    acts = tuple(
        Act(
            party=act["party"],
            day=act["day"],
            kind=act["kind"],
            what_en=act["what"],
            what_fr=act["what_fr"],
            ends=act.get("ends", False),
            confidence=act.get("confidence", "MEMORY"),
        )
        for act in raw.get("acts", ())
    )
    return Instrument(
        code=raw["code"],
        name_en=raw["name"],
        name_fr=raw["name_fr"],
        since=since,
        until=raw.get("until"),
        binding=raw["binding"],
        joined=joined,
        bodies=tuple(raw.get("bodies", ())),
        acts=tuple(sorted(acts, key=lambda act: (act.day, act.party))),
        confidence=raw["confidence"],
        source=raw["source"],
    )


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return every instrument by its code, in the order of the file."""
    text = (resources.files("detente.steps") / "instruments.toml").read_text(encoding="utf-8")
    return {raw["code"]: _instrument(raw) for raw in tomllib.loads(text)["instruments"]}


def bound_states(archive: Archive, instrument: Instrument, day: date) -> frozenset[str]:
    """Return the states and blocs in an instrument on a day, those that left it included.

    Terms that the archive hides do not count.
    """
    if not instrument.lasts(day):
        return frozenset()
    found = {code for code, first in instrument.joined.items() if first <= day}
    for body in instrument.bodies:
        found |= set(members(archive, body, day))
    return frozenset(found)


def standing_of(
    instrument: Instrument, bound: frozenset[str], party: Party, own: tuple[str, ...], day: date
) -> Standing:
    """Return how far a party is bound, from who is in the instrument and who makes up the party.

    Args:
        instrument: that binds.
        bound: of `bound_states`.
        party: whose standing it is; ``own`` are its members on the day.
        day: acts after it do not count.
    """
    ended = {act.party for act in instrument.acts if act.ends and act.day <= day}
    if party.kind == "bloc" and party.code in bound:
        left = party.code in ended
        return Standing(instrument, 0 if left else len(own), len(own), left)
    mine = bound & set(own)
    return Standing(instrument, len(mine - ended), len(own), bool(mine & ended))


def standing(archive: Archive, instrument: Instrument, party: Party, day: date) -> Standing:
    """Return how far a party is bound by an instrument on a day."""
    bound = bound_states(archive, instrument, day)
    return standing_of(instrument, bound, party, party.members(archive, day), day)


def last_act(archive: Archive, party: Party, day: date) -> tuple[Instrument, Act] | None:
    """Return the newest formal act of a party or one of its members against an agreement.

    Args:
        archive: opened as of the day or later.
        party: whose acts.
        day: acts after it do not count.
    """
    mine = {party.code, *party.members(archive, day)}
    found = [
        (instrument, act)
        for instrument in instruments().values()
        for act in instrument.acts
        if act.party in mine and act.day <= day
    ]
    return max(found, key=lambda pair: (pair[1].day, pair[0].code), default=None)
