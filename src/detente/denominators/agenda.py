"""An order of items for the table, built from the denominators.

Firm ground first, then what is one short, then what needs preparation; and what to leave out, with
the reason. The rule is the whole of it (docs/methods/agenda.md); nothing is placed by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from detente.denominators.evidence import Break, Evidence
from detente.denominators.finding import Denominator, Denominators
from detente.denominators.tiers_arrays import Stance, Tier

Shelf = Literal["firm", "one short", "prepare", "leave out"]
Reason = Literal[
    "all accept",
    "nobody objects",
    "one short",
    "little evidence",
    "some versions agreed",
    "improving",
    "one always objects",
    "split",
    "too little evidence",
    "not substantive",
    "outweighed",
]

FIRM, SHORT, PREPARE, LEAVE_OUT = 6, 4, 4, 8
"""Most items on each shelf: more than a meeting of ministers can take up is no agenda."""

FIRM_CHANCE = 0.5
"""Least chance of no objection for firm ground: more likely than not."""

FIRM_EVIDENCE = 1.0
"""Least weight of the evidence for firm ground: that of one text adopted on the as-of date."""

PREPARE_CHANCE = 0.1
"""Least chance for an item worth preparing: one text in ten draws no objection."""

MOST_RECORDS = 3

BREAK_YEARS = 10
"""A break of agreement older than this is history and not told beside an item."""


@dataclass(frozen=True)
class Item:
    """One item of the agenda.

    Attributes:
        found: the denominator it stands on.
        shelf: where it stands; ``place`` is its number among the items to take up, from 1; 0 for
            what is left out.
        reason: why it stands there.
        objectors: parties expected to object: those it is short of, else those that objected in
            the newest texts.
        rests_on: the newest agreed texts, else the newest texts.
        broke: the newest break of agreement, if there is one.
        host_wish: True where the host itself wishes to raise it.
    """

    found: Denominator
    shelf: Shelf
    place: int
    reason: Reason
    objectors: tuple[str, ...]
    rests_on: tuple[Evidence, ...]
    broke: Break | None
    host_wish: bool = False


@dataclass(frozen=True)
class Agenda:
    """Items to take up in order, and what to leave out."""

    items: tuple[Item, ...]
    left_out: tuple[Item, ...]

    def shelf(self, name: Shelf) -> tuple[Item, ...]:
        """Return the items of one shelf, in order."""
        return tuple(item for item in (*self.items, *self.left_out) if item.shelf == name)


def place(found: Denominator) -> tuple[Shelf, Reason]:
    """Return the shelf of a topic and why, before the shelves are cut to length."""
    chance = found.probability
    if not found.topic.substantive:
        return "leave out", "not substantive"
    if found.tier == Tier.UNKNOWN or chance is None:
        return "leave out", "too little evidence"
    if found.tier in (Tier.ALL_ACCEPT, Tier.NOBODY_OBJECTS):
        reason: Reason = "all accept" if found.tier == Tier.ALL_ACCEPT else "nobody objects"
        if found.effective < FIRM_EVIDENCE:
            return "prepare", "little evidence"
        return ("firm" if chance >= FIRM_CHANCE else "prepare"), reason
    if found.tier == Tier.ONE_SHORT and chance >= PREPARE_CHANCE:
        return "one short", "one short"
    if found.direction == "improving":
        return "prepare", "improving"
    if chance >= PREPARE_CHANCE:
        return "prepare", "some versions agreed"
    return "leave out", ("one always objects" if found.tier == Tier.ONE_SHORT else "split")


def _objectors(found: Denominator, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return who objected to at least half of the newest texts that drew an objection."""
    if found.tier in (Tier.ALL_ACCEPT, Tier.NOBODY_OBJECTS):
        return ()
    if found.short:
        return found.short
    opposed = [e for e in found.evidence if e.tier in (Tier.ONE_SHORT, Tier.SPLIT)]
    counts = {
        code: sum(_objects(item, index) for item in opposed) for index, code in enumerate(parties)
    }
    return tuple(code for code in parties if counts[code] and 2 * counts[code] >= len(opposed))


def _recent_break(found: Denominator, as_of: date) -> Break | None:
    newest = found.breaks[0] if found.breaks else None
    if newest is None or as_of.year - newest.broke.date.year > BREAK_YEARS:
        return None
    return newest


def _objects(item: Evidence, index: int) -> bool:
    return item.stances[index] in (Stance.OBJECTS, Stance.IN_PART, Stance.DISSOCIATED)


def agenda(found: Denominators, host_topics: tuple[str, ...] = ()) -> Agenda:
    """Return the agenda.

    Args:
        found: the denominators of the case.
        host_topics: codes of the topics that the host wishes to raise; they are marked, and kept
            in their order even where their shelf is full, but never moved to a better shelf.

    Within a shelf, items go by the chance of no objection times the weight of the topic.
    """
    shelves: dict[Shelf, list[Item]] = {"firm": [], "one short": [], "prepare": [], "leave out": []}
    length: dict[Shelf, int] = {"firm": FIRM, "one short": SHORT, "prepare": PREPARE}
    for denominator in sorted(found.topics, key=lambda d: (-round(d.merit, 9), d.topic.code)):
        wish = any(
            denominator.topic.code == code or denominator.topic.code.startswith(code + "/")
            for code in host_topics
        )
        shelf, reason = place(denominator)
        if shelf != "leave out" and len(shelves[shelf]) >= length[shelf] and not wish:
            shelf, reason = "leave out", "outweighed"
        shelves[shelf].append(
            Item(
                found=denominator,
                shelf=shelf,
                place=0,
                reason=reason,
                objectors=_objectors(denominator, found.parties),
                rests_on=(denominator.agreed or denominator.evidence)[:MOST_RECORDS],
                broke=_recent_break(denominator, found.as_of),
                host_wish=wish,
            )
        )
    ordered = [*shelves["firm"], *shelves["one short"], *shelves["prepare"]]
    numbered = tuple(replace(item, place=number) for number, item in enumerate(ordered, 1))
    # What is left out is told by its weight: a minister asks first why the weighty is missing.
    heavy = sorted(
        shelves["leave out"],
        key=lambda item: (-item.found.weight.weight, item.found.topic.code),
    )
    kept = [item for item in heavy if item.host_wish]
    others = [item for item in heavy if not item.host_wish]
    return Agenda(items=numbered, left_out=(*kept, *others[: max(0, LEAVE_OUT - len(kept))]))
