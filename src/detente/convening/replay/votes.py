"""How a session was decided, as the archive's own roll calls tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.archive import Archive

How = Literal["Council vote", "roll call", "without a vote", "vote not recorded", "concurrences"]

_DECISION = re.compile(
    r"(?P<old>\d+)(?: (?P<part>[A-Z]))? \((?P<roman>[IVXL]+)\)|"
    r"(?P<session>\d+)/(?P<number>\d+)(?: (?P<letter>[A-Z])\b)?"
)


@dataclass(frozen=True)
class Decision:
    """The vote, or the concurrences, by which a session was called.

    Attributes:
        symbol: of the text; empty for concurrences.
        day: of the decision; ``bound`` where the record only says no later than.
        yes, no, abstain: counts; None without a recorded vote. Concurrences count as yes.
        opposed: permanent members that voted no.
        memory: True where a count rests on memory.
    """

    how: How
    symbol: str
    day: date | None
    bound: bool
    yes: int | None
    no: int | None
    abstain: int | None
    opposed: tuple[str, ...] = ()
    memory: bool = False


def council_decision(archive: Archive, request: str) -> Decision | None:
    """Return the Council's vote on the resolution that a request names, from its roll call."""
    rows = archive.sql(
        "SELECT symbol, date, yes, no, abstain FROM sc_rollcalls "
        "WHERE number = try_cast(regexp_extract(?, 'S/RES/(\\d+)', 1) AS INTEGER) "
        "AND modality = 'recorded vote'",
        (request,),
    )
    if not rows:
        return None
    symbol, day, yes, no, abstain = rows[0]
    opposed = archive.sql(
        "SELECT v.iso3 FROM sc_votes v JOIN memberships m ON m.iso3 = v.iso3 AND m.body = 'P5' "
        "AND m.first_day <= ? AND (m.last_day IS NULL OR m.last_day >= ?) "
        "WHERE v.symbol = ? AND v.vote = 'no' ORDER BY v.iso3",
        (day, day, symbol),
    )
    return Decision(
        "Council vote",
        symbol,
        day,
        False,
        yes,
        no,
        abstain,
        tuple(str(code) for (code,) in opposed),
    )


def assembly_decision(archive: Archive, request: str) -> Decision | None:
    """Return the first decision of the Assembly that a request names and the archive holds."""
    for match in _DECISION.finditer(request):
        if match["old"]:
            bare, part = f"A/RES/{match['old']}({match['roman']})", match["part"] or ""
        else:
            bare, part = f"A/RES/{match['session']}/{match['number']}", match["letter"] or ""
        # A part is written 97F where it was adopted by itself and 9[H] where with others.
        spelt = [bare + part, f"{bare}[{part}]"] if part else [bare]
        found = _roll_call(archive, spelt) or _adoption(archive, spelt)
        if found is not None:
            return found
    return None


def _roll_call(archive: Archive, symbols: list[str]) -> Decision | None:
    rows = archive.sql(
        "SELECT symbol, date, yes, no, abstain FROM rollcalls WHERE kind = 'resolution' "
        "AND list_contains(?, symbol) ORDER BY date, vote_id LIMIT 1",
        (symbols,),
    )
    return next((Decision("roll call", row[0], row[1], False, *row[2:]) for row in rows), None)


def _adoption(archive: Archive, symbols: list[str]) -> Decision | None:
    rows = archive.sql(
        "SELECT symbol, date, date_basis, modality FROM adoptions WHERE list_contains(?, symbol) "
        "ORDER BY date, symbol LIMIT 1",
        (symbols,),
    )
    for symbol, day, basis, modality in rows:
        how: How = "without a vote" if modality == "without a vote" else "vote not recorded"
        return Decision(how, symbol, day, basis == "no later than", None, None, None)
    return None
