"""Who should move first, from reasons that the record gives.

Three reasons, each of which names a party or says that it cannot be known. Most reasons decide;
on a tie the first of them that names a party does (docs/methods/steps.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from detente.archive import Archive
from detente.denominators import Denominators
from detente.parties import Party
from detente.steps.facts import spending
from detente.steps.instruments import last_act

Kind = Literal["more capable", "last act", "last break"]


@dataclass(frozen=True)
class Reason:
    """A reason for who moves first.

    Attributes:
        kind: ``more capable``: an initiative of the stronger is not read as weakness (Lindskold
            1978); ``last act``: who last left or suspended an agreement has a word to restore;
            ``last break``: so has who last objected to a text that nobody had objected to.
        party: whom it names; None where it cannot be known.
        values: what it rests on: figures, days, symbols.
        memory: True where it rests on memory.
    """

    kind: Kind
    party: str | None
    values: dict[str, object] = field(default_factory=dict)
    memory: bool = False


@dataclass(frozen=True)
class FirstMover:
    """Who moves first, the reasons for and against, and whether they agree."""

    party: str
    reasons: tuple[Reason, ...]

    @property
    def votes(self) -> int:
        """Return how many reasons name the first mover."""
        return sum(reason.party == self.party for reason in self.reasons)

    @property
    def known(self) -> int:
        """Return how many reasons name a party at all."""
        return sum(reason.party is not None for reason in self.reasons)


def _capable(archive: Archive, parties: Sequence[Party], day: date) -> Reason:
    known = [(party.code, spending(archive, party, day)) for party in parties]
    figures = [(told[0], code, told[1]) for code, told in known if told is not None]
    if len(figures) < len(parties):
        return Reason("more capable", None)
    ranked = sorted(figures, key=lambda item: -item[0])
    if ranked[0][0] == ranked[1][0]:
        return Reason("more capable", None)
    return Reason(
        "more capable",
        ranked[0][1],
        {"most": ranked[0][0], "next": ranked[1][0], "other": ranked[1][1], "source": ranked[0][2]},
        memory=True,
    )


def _left(archive: Archive, parties: Sequence[Party], day: date) -> Reason:
    found = [
        (told[1].day, -place, party.code, told)
        for place, party in enumerate(parties)
        if (told := last_act(archive, party, day)) is not None
    ]
    if not found:
        return Reason("last act", None)
    newest, _, code, (instrument, act) = max(found, key=lambda item: item[:3])
    if sum(item[0] == newest for item in found) > 1:
        return Reason("last act", None)
    return Reason(
        "last act",
        code,
        {"instrument": instrument.code, "day": act.day, "by": act.party, "kind": act.kind},
        memory=act.confidence == "MEMORY",
    )


def _broke(found: Denominators | None) -> Reason:
    breaks = [one for topic in found.topics for one in topic.breaks] if found is not None else []
    if not breaks:
        return Reason("last break", None)
    newest = max(breaks, key=lambda one: (one.broke.date, one.broke.key))
    same_day = [one for one in breaks if one.broke.date == newest.broke.date]
    parties = {code for one in same_day for code in one.by}
    values: dict[str, object] = {
        "agreed": newest.agreed.symbol,
        "broke": newest.broke.symbol,
        "day": newest.broke.date,
    }
    return Reason("last break", parties.pop() if len(parties) == 1 else None, values)


def first_mover(
    archive: Archive, parties: Sequence[Party], day: date, found: Denominators | None = None
) -> FirstMover:
    """Return who should move first, and why.

    Args:
        archive: opened as of the day.
        parties: who would take part, in the order of the case; the order decides where no reason
            names anybody.
        day: what is known by it counts.
        found: denominators of these parties.
    """
    reasons = (_capable(archive, parties, day), _left(archive, parties, day), _broke(found))
    named = [reason.party for reason in reasons if reason.party is not None]
    if not named:
        return FirstMover(parties[0].code, reasons)
    most = max(named.count(code) for code in named)
    return FirstMover(next(code for code in named if named.count(code) == most), reasons)
