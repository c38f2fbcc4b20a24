"""Votes as matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.archive.opening import Archive


@dataclass(frozen=True)
class VoteMatrix:
    """Votes of states in roll calls.

    Attributes:
        iso3: (n_states,) alpha-3 codes, sorted.
        vote_id: (n_rollcalls,) in order of date, then id.
        date: (n_rollcalls,) datetime64[D].
        session_number: (n_rollcalls,) regular session.
        matrix: (n_states, n_rollcalls) int8: 0 missing, 1 yes, 2 abstain, 3 no.
    """

    iso3: NDArray[Any]
    vote_id: NDArray[Any]
    date: NDArray[Any]
    session_number: NDArray[Any]
    matrix: NDArray[np.int8]


def vote_matrix(archive: Archive, where: str = "kind = 'resolution'") -> VoteMatrix:
    """Return the votes of all states in the roll calls that satisfy an SQL condition."""
    calls = archive.arrays(
        f"select vote_id, date, session_number from rollcalls where {where} order by date, vote_id"
    )
    codes = archive.arrays("select iso3 from states order by iso3")["iso3"]
    cells = archive.arrays(
        "select r.i as i, s.i as j, case vote when 'yes' then 1 when 'abstain' then 2 else 3 end"
        " as v from votes join (select vote_id, row_number() over (order by date, vote_id) - 1 as i"
        f" from rollcalls where {where}) r using (vote_id) join (select iso3, row_number() over"
        " (order by iso3) - 1 as i from states) s using (iso3) where vote <> 'absent'"
    )
    matrix = np.zeros((len(codes), len(calls["vote_id"])), np.int8)
    matrix[np.asarray(cells["j"]), np.asarray(cells["i"])] = np.asarray(cells["v"])
    return VoteMatrix(
        iso3=np.asarray(codes).astype(str),
        vote_id=np.asarray(calls["vote_id"]).astype(str),
        date=np.asarray(calls["date"]).astype("datetime64[D]"),
        session_number=np.asarray(calls["session_number"]).astype(np.int64),
        matrix=matrix,
    )
