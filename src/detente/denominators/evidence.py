"""Texts as evidence: what each party did, which versions stand agreed, where agreement broke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.denominators.texts import Texts, series
from detente.denominators.tiers_arrays import Stance, Tier, objections


@dataclass(frozen=True)
class Evidence:
    """One text and what each party did with it.

    Attributes:
        key: vote_id of a roll call, else the symbol.
        recorded: False where it was adopted without a vote.
        stances: one a party, in the order of the case.
        counts: members that voted yes, abstained, voted no, and members on the day; one a party.
    """

    key: str
    symbol: str
    title: str
    date: date
    recorded: bool
    tier: Tier
    stances: tuple[Stance, ...]
    counts: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True)
class Break:
    """Where agreement broke: the last version nobody objected to, the first one somebody did."""

    agreed: Evidence
    broke: Evidence
    by: tuple[str, ...]


def evidence_of(texts: Texts, row: int) -> Evidence:
    """Return one text as evidence."""
    day: date = texts.date[row].astype(object)
    return Evidence(
        key=str(texts.key[row]),
        symbol=str(texts.symbol[row]),
        title=str(texts.title[row]),
        date=day,
        recorded=bool(texts.recorded[row]),
        tier=Tier(int(texts.tier[row])),
        stances=tuple(Stance(int(code)) for code in texts.stances[row]),
        counts=tuple((int(y), int(a), int(n), int(m)) for y, a, n, m in texts.counts[row]),
    )


def find_breaks(texts: Texts, parties: Sequence[str]) -> tuple[Break, ...]:
    """Return where the yearly versions of a text went from no objection to an objection."""
    last_agreed: dict[str, int] = {}
    found: list[tuple[int, Break]] = []
    for row in range(len(texts)):
        name = series(str(texts.title[row]))
        if texts.unopposed[row] == 1:
            last_agreed[name] = row
        elif texts.unopposed[row] == 0 and name in last_agreed:
            before = last_agreed.pop(name)
            by = tuple(p for p, o in zip(parties, objections(texts.stances[row]), strict=True) if o)
            found.append((row, Break(evidence_of(texts, before), evidence_of(texts, row), by)))
    return tuple(item for _, item in reversed(found))


def find_agreed(texts: Texts) -> tuple[Evidence, ...]:
    """Return the newest version of each recurring text, where nobody objected to it."""
    newest: dict[str, int] = {}
    for row in range(len(texts)):
        if texts.unopposed[row] >= 0:
            newest[series(str(texts.title[row]))] = row
    rows = sorted((row for row in newest.values() if texts.unopposed[row] == 1), reverse=True)
    return tuple(evidence_of(texts, row) for row in rows)
