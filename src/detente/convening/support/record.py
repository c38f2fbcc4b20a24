"""Past decisions to convene a meeting: which roll calls they are, by rules, and who voted how.

A roll call is a decision to convene when the procedure record lists it as a vote on a session, when
its title names a meeting that is to be held, or when ``decisions.csv`` names it, for the few whose
title does not say. The same list takes out titles that mislead. docs/methods/support.md prints what
the rules find.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.archive.queries import VoteMatrix, vote_matrix
from detente.forecast.record import clean_title

# What a state did in a roll call; 0 where it was not a member or is not listed.
NOT_LISTED, YES, ABSTAIN, NO, ABSENT = 0, 1, 2, 3, 4

_MEETING = re.compile(
    r"special session|high-level meeting|summit|congress|conference(?! on disarmament)",
    re.IGNORECASE,
)
# A text on what a meeting produced, on a treaty, on a standing organ that bears the name, or on
# seats and buildings is not a decision to hold a meeting.
_NOT_CONVENING = re.compile(
    r"\bimplement|\bfollow-?up|\boutcomes?\b|question considered|\bconclusions?\b|\bresults\b"
    r"|\breports?\b|\bcredentials\b|\bstatus\b|draft convention|\bfacilities\b|meeting rooms"
    r"|accommodation|conference servic|conferences services|pattern of conferences|\breview of"
    r"|place of meeting|\btravel\b|\brevised estimate|\baccreditation\b|conference on trade"
    r"|organization$|\badjourn|\bdecade for women$|\bobligations\b|\bdeclaration\b|\bsummary\b"
    r"|code of conduct|\bsustainable\b",
    re.IGNORECASE,
)
_LONGEST = 300  # longer titles are a debate's protocol, not a name
_KINDS = ("resolution", "other")


@dataclass(frozen=True)
class Decision:
    """A past roll call on convening a meeting.

    Attributes:
        vote_id, symbol, day, title: of the text; the symbol is empty where there was none.
        yes, abstain, no, absent: how many.
        basis: ``procedure record``, ``title`` or ``named``: why it counts.
        confidence: ``SOURCE`` or ``MEMORY``, of the reason.
    """

    vote_id: str
    symbol: str
    day: date
    title: str
    yes: int
    abstain: int
    no: int
    absent: int
    basis: str
    confidence: str


@cache
def _named() -> dict[str, tuple[bool, str]]:
    text = resources.files("detente.convening.support").joinpath("decisions.csv")
    rows = csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    return {row["symbol"]: (row["counts"] == "yes", row["confidence"]) for row in rows}


def names_a_meeting(title: str) -> bool:
    """Return whether a title names a meeting to be held rather than what one produced."""
    words = clean_title(title)
    return (
        0 < len(words) <= _LONGEST
        and _MEETING.search(words) is not None
        and _NOT_CONVENING.search(words) is None
    )


def decisions(archive: Archive) -> tuple[Decision, ...]:
    """Return the past decisions to convene that the archive lets through, by day."""
    listed = {
        str(vote_id)
        for (vote_id,) in archive.sql(
            "select vote_id from session_attempts where vote_id is not null"
        )
    }
    found = []
    for vote_id, symbol, day, kind, title, yes, abstain, no, absent in archive.sql(
        "select vote_id, symbol, date, kind, title, yes, abstain, no, absent from rollcalls "
        "order by date, vote_id"
    ):
        named = _named().get(symbol or "")
        if named is not None and not named[0]:
            continue
        if vote_id in listed:
            basis, confidence = "procedure record", "SOURCE"
        elif named is not None:
            basis, confidence = "named", named[1]
        elif kind in _KINDS and names_a_meeting(title or ""):
            basis, confidence = "title", "SOURCE"
        else:
            continue
        found.append(
            Decision(
                vote_id,
                symbol or "",
                day,
                clean_title(title),
                yes,
                abstain,
                no,
                absent,
                basis,
                confidence,
            )
        )
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Answers:
    """What every state did in every roll call of the archive.

    Attributes:
        votes: the roll calls and states, as `detente.archive.queries` orders them.
        did: (n_states, n_rollcalls) int8: 0 not listed, 1 yes, 2 abstain, 3 no, 4 absent.
    """

    votes: VoteMatrix
    did: NDArray[np.int8]


def read_answers(archive: Archive, rows: Sequence[Decision]) -> Answers:
    """Return the votes and absences of all states in whole texts and in decisions to convene."""
    ids = sorted(decision.vote_id for decision in rows)
    quoted = ", ".join("'" + vote_id.replace("'", "''") + "'" for vote_id in ids)
    where = "kind = 'resolution'" + (f" or vote_id in ({quoted})" if ids else "")
    votes = vote_matrix(archive, where)
    away = archive.arrays(
        "select r.i as i, s.i as j from votes join (select vote_id, row_number() over (order by "
        f"date, vote_id) - 1 as i from rollcalls where {where}) r using (vote_id) join (select "
        "iso3, row_number() over (order by iso3) - 1 as i from states) s using (iso3) "
        "where vote = 'absent'"
    )
    did = votes.matrix.copy()
    did[np.asarray(away["j"]), np.asarray(away["i"])] = ABSENT
    return Answers(votes, did)
