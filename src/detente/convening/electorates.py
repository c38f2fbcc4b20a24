"""Who may act or consent on a day: members of a body from the archive, and those not states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from pydantic import BaseModel, ConfigDict, Field

from detente.archive import Archive
from detente.case import Case
from detente.convening.rulebook import Confidence, read_toml, shipped
from detente.errors import RuleError
from detente.language import Lang
from detente.parties import Party

Term = tuple[str, date, date | None, Confidence]

# Read once an archive: a comparison asks for memberships hundreds of times.
_read: WeakKeyDictionary[Archive, dict[str, list[Term]]] = WeakKeyDictionary()

OFFICES = ("Secretary-General", "presidency")
"""Electorates of one, who are no state."""


@dataclass(frozen=True)
class Other:
    """A member of a body, or one who sits in it, that the archive does not hold as a state of it.

    Attributes:
        code: a bloc's code (``EU``), a state's alpha-3, or a code of its own (``ASEAN``).
        seat: ``member`` or ``observer``.
    """

    code: str
    name_en: str
    name_fr: str
    seat: str
    since: date
    until: date | None
    confidence: Confidence

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en

    def sits(self, day: date) -> bool:
        """Return whether it sits there on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Body:
    """A body that can meet.

    Attributes:
        id: its name in the archive's `memberships`.
        founded: its first day; no route through it is open before.
        others: members and observers that are no states of it.
    """

    id: str
    name_en: str
    name_fr: str
    founded: date
    others: tuple[Other, ...]
    confidence: Confidence
    source: str

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Names(_Strict):
    en: Annotated[str, Field(min_length=1)]
    fr: Annotated[str, Field(min_length=1)]


class _Other(_Strict):
    code: str
    name: _Names
    seat: str
    since: date
    until: date | None = None
    confidence: Confidence


class _Body(_Strict):
    name: _Names
    founded: date
    confidence: Confidence
    source: Annotated[str, Field(min_length=1)]
    others: list[_Other] = []


class _Bodies(_Strict):
    bodies: dict[str, _Body]


@cache
def bodies() -> dict[str, Body]:
    """Return the bodies that can meet, by id (``bodies.toml``)."""
    raw: Any = read_toml(shipped("bodies.toml"), _Bodies, "bodies")
    return {
        key: Body(
            key,
            body.name.en,
            body.name.fr,
            body.founded,
            tuple(
                Other(o.code, o.name.en, o.name.fr, o.seat, o.since, o.until, o.confidence)
                for o in body.others
            ),
            body.confidence,
            body.source,
        )
        for key, body in raw.bodies.items()
    }


def _terms(archive: Archive) -> dict[str, list[Term]]:
    if archive not in _read:
        terms: dict[str, list[Term]] = {}
        for body, *term in archive.sql(
            "SELECT body, iso3, first_day, last_day, confidence FROM memberships ORDER BY ALL"
        ):
            terms.setdefault(body, []).append((term[0], term[1], term[2], term[3]))
        _read[archive] = terms
    return _read[archive]


def belong(archive: Archive, body: str, day: date) -> tuple[str, ...]:
    """Return the members of a body on a day, as `detente.parties.members` does, sorted."""
    return tuple(
        iso3
        for iso3, first, last, _ in _terms(archive).get(body, [])
        if first <= day and (last is None or last >= day)
    )


def of_party(archive: Archive, party: Party, day: date) -> tuple[str, ...]:
    """Return the states that make up a party on a day, as `Party.members` does, sorted."""
    if party.body is not None:
        return belong(archive, party.body, day)
    if party.kind == "state":
        return party.listed
    return tuple(sorted(set(party.listed) & set(belong(archive, "UN", day))))


def surety(archive: Archive, body: str, code: str, day: date) -> Confidence:
    """Return MEMORY where the seat of a state or bloc in a body on a day is from memory."""
    marks = {
        mark
        for iso3, first, last, mark in _terms(archive).get(body, [])
        if iso3 == code and first <= day and (last is None or last >= day)
    }
    known = bodies()[body]
    marks |= {other.confidence for other in known.others if other.code == code and other.sits(day)}
    return "MEMORY" if "MEMORY" in (marks or {known.confidence}) else "SOURCE"


def electorate(archive: Archive, name: str, day: date, case: Case | None = None) -> tuple[str, ...]:
    """Return the alpha-3 codes of those who vote or consent on a day, sorted.

    ``parties`` gives the parties' codes (a bloc's own code) and ``host`` the host's, from the case;
    an office (``Secretary-General``) gives its own name.

    Raises:
        RuleError: ``parties`` or ``host`` is asked for without a case.
    """
    if name in OFFICES:
        return (name,)
    if name in ("parties", "host"):
        if case is None:
            raise RuleError(f"the electorate “{name}” is a case's own: name the case")
        return case.codes if name == "parties" else (case.host.iso3,)
    return belong(archive, name, day)


def size(archive: Archive, name: str, day: date, case: Case | None = None) -> int:
    """Return how many vote or consent on a day, with the members that are no states."""
    count = len(electorate(archive, name, day, case))
    body = bodies().get(name)
    if body is None:
        return count
    return count + sum(other.seat == "member" and other.sits(day) for other in body.others)


def seat(archive: Archive, body: str, party: Party | str, day: date) -> str:
    """Return how a party sits in a body on a day.

    ``member``; ``observer``; ``through members`` for a bloc that has no seat while members of it
    have; ``none``.
    """
    code = party if isinstance(party, str) else party.code
    states = set(belong(archive, body, day))
    if code in states:
        return "member"
    for other in bodies()[body].others if body in bodies() else ():
        if other.code == code and other.sits(day):
            return other.seat
    if not isinstance(party, str) and party.kind == "bloc":
        inside = states & set(of_party(archive, party, day))
        return "through members" if inside else "none"
    return "none"
