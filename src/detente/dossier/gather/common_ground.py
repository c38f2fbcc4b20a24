"""Denominators and agenda as findings of the dossier."""

from __future__ import annotations

from datetime import date

from detente.archive import Archive
from detente.case import Case
from detente.denominators import Denominator as Found
from detente.denominators import Denominators, Tier, agenda, denominators
from detente.denominators.agenda import Item as Placed
from detente.denominators.evidence import Break
from detente.dossier.findings import TIERS, Broken, Denominator, Item, Named, Together
from detente.topics import Topic, find_topic, topic

RECORDS = 4
MOST_BROKEN = 12
BREAK_YEARS = 10


def _named(of: Topic) -> Named:
    return Named(of.code, of.name_en, of.name_fr)


def _short(x: float) -> float:
    return round(x, 4)


def _denominator(found: Found) -> Denominator:
    unopposed = [e.key for e in found.evidence if e.tier <= Tier.NOBODY_OBJECTS]
    agreed = [*unopposed, *(e.key for e in found.agreed)]
    if found.tier == Tier.ALL_ACCEPT:
        # Under this tier the texts to show first are those that all voted for.
        accepted = [e.key for e in found.evidence if e.tier == Tier.ALL_ACCEPT]
        agreed = [*accepted, *agreed]
    opposed = [e.key for e in found.evidence if e.tier in (Tier.ONE_SHORT, Tier.SPLIT)]
    if found.tier == Tier.ONE_SHORT:
        opposed.sort(key=lambda key: key not in _of_one(found))
    known = found.probability is not None
    return Denominator(
        topic=_named(found.topic),
        subject=_named(topic(found.topic.subject)),
        tier=TIERS[int(found.tier)],
        short=found.short,
        probability=_short(found.probability) if found.probability is not None else None,
        low=_short(found.low) if known and found.low is not None else None,
        high=_short(found.high) if known and found.high is not None else None,
        cases=found.cases,
        adopted=found.adopted,
        accepted=_short(found.accepted),
        unopposed=_short(found.unopposed),
        since=found.since,
        last=found.last,
        direction=found.direction,
        weight=_short(found.weight.weight),
        objectors=found.objectors,
        agreed=tuple(dict.fromkeys(agreed))[:RECORDS],
        opposed=tuple(opposed[:RECORDS]),
    )


def _of_one(found: Found) -> set[str]:
    return {e.key for e in found.evidence if e.tier == Tier.ONE_SHORT}


def _broken(of: Topic, found: Break) -> Broken:
    return Broken(_named(of), found.agreed.key, found.broke.key, found.by)


def _item(placed: Placed) -> Item:
    found = placed.found
    return Item(
        topic=found.topic.code,
        shelf=placed.shelf,
        place=placed.place,
        reason=placed.reason,
        objectors=placed.objectors,
        rests_on=tuple(e.key for e in placed.rests_on),
        broke=None if placed.broke is None else _broken(found.topic, placed.broke),
        host_wish=placed.host_wish,
    )


def _all_broken(found: Denominators, as_of: date) -> tuple[Broken, ...]:
    since = as_of.year - BREAK_YEARS
    recent = [
        (item.broke.date, d.topic, item)
        for d in found.topics
        for item in d.breaks
        if item.broke.date.year >= since and d.topic.substantive
    ]
    recent.sort(key=lambda row: (-row[0].toordinal(), row[1].code, row[2].broke.key))
    return tuple(_broken(of, item) for _, of, item in recent[:MOST_BROKEN])


class CommonGround:
    """What the denominators of a case give to its dossier.

    Attributes:
        found: the denominators themselves.
        topics: the substantive topics, best tier first, then by chance times weight.
        broken: where agreement broke in the last ten years, newest first.
        agenda: items in order, then what to leave out.
        together: how often the parties were of one mind.
    """

    def __init__(self, archive: Archive, case: Case) -> None:
        self.found = denominators(archive, case)
        wishes = tuple(find_topic(words).code for words in case.topics)
        order = agenda(self.found, wishes)
        placed = (*order.items, *order.left_out)
        needed = {item.found.topic.code for item in placed}
        self.topics = tuple(
            _denominator(d)
            for d in self.found.topics
            if d.topic.code in needed or (d.topic.substantive and (d.cases or d.adopted))
        )
        self.broken = _all_broken(self.found, case.as_of)
        self.agenda = tuple(_item(item) for item in placed)
        self.together = Together(
            first_year=self.found.since.year,
            last_year=case.as_of.year,
            calls=self.found.recorded,
            accepted=self.found.accepted,
            unopposed=self.found.unopposed,
            adopted=self.found.adopted + sum(self.found.untitled.values()),
        )

    def keys(self) -> set[str]:
        """Return the keys of every record that the findings name."""
        named: set[str] = set()
        for d in self.topics:
            named |= {*d.agreed, *d.opposed}
        for broken in self.broken:
            named |= {broken.agreed, broken.broke}
        for item in self.agenda:
            named |= set(item.rests_on)
            if item.broke is not None:
                named |= {item.broke.agreed, item.broke.broke}
        return named

    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return the settings that the denominators chose from the record, for the annex."""
        chosen = self.found.settings
        return (
            ("denominators.half_life_years", f"{chosen.half_life:g}"),
            ("denominators.strength", f"{chosen.strength:g}"),
            ("denominators.since", self.found.since.isoformat()),
        )
