"""The record of summits as what was proposed to whom, at which level, and whether it was held."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive

PENDING = 365
"""Days after which a proposal that led to no meeting counts as not taken up."""

COLUMNS = {"EU": "eu", "USA": "usa", "CHN": "chn", "RUS": "rus"}
_CALLED = {
    "EU": r"\bEU\b|European Union",
    "USA": r"\bUS\b|\bUSA\b|United States|Trump|Biden",
    "CHN": r"China|\bP5\b",
    "RUS": r"Russia|USSR|Putin",
}


@dataclass(frozen=True)
class Meeting:
    """A meeting of the record, held or proposed and not taken up.

    Attributes:
        id, name, level: as in the archive.
        day: its first day, or of the proposal.
        held: whether it took place; ``collapsed`` if without its purpose.
        seats: party on record -> whether it was there; None where that is not known.
        named: who took part or was meant to.
        agreed: whether a text was agreed.
        confidence: ``SOURCE`` or ``MEMORY``.
    """

    id: str
    name: str
    level: str
    day: date
    held: bool
    seats: Mapping[str, bool | None]
    named: str
    agreed: bool
    collapsed: bool
    confidence: str


def meetings(archive: Archive, day: date) -> list[Meeting]:
    """Return the meetings on record by a day, and the proposals that by then had led to none."""
    rows = archive.sql(
        "select id, name, level, coalesce(first_day, proposed), first_day is not null, eu, usa, "
        "chn, rus, participants, agreed_text, status, confidence from summits "
        "where coalesce(first_day, proposed) <= ? order by id",
        (day,),
    )
    found = []
    for key, title, level, when, held, *flags, participants, agreed, status, confidence in rows:
        if "statement" in (level or ""):  # a text without a meeting
            continue
        if not held and (day - when).days < PENDING:
            continue
        found.append(
            Meeting(
                id=key,
                name=title,
                level=level or "",
                day=when,
                held=held,
                seats=dict(zip(COLUMNS, flags, strict=True)),
                named=participants or "",
                agreed=bool(agreed),
                collapsed=status == "collapsed",
                confidence=confidence,
            )
        )
    return found


def names(meeting: Meeting, code: str) -> bool:
    """Return whether a party on record is named among those who took part or were meant to."""
    return code in _CALLED and re.search(_CALLED[code], meeting.named) is not None
