"""Pairs of roll calls on one text: the published ones, and later ones found by title and votes.

A text that comes back unchanged ties two sessions to one scale (Bailey, Strezhnev & Voeten 2017).
Their pairs end in 2019. Later pairs are found here: titles that say nearly the same, one session
apart (two, where the text skips a year), whose common voters nearly all voted alike. The finder is
measured on the years that the published pairs cover (`measure`; docs/archive.md has the figures).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from detente.archive.writing import insert_rows

TITLE_LIKENESS = 0.8
VOTES_ALIKE = 0.95
COMMON_VOTERS = 30
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a an and at by for from in its of on or that the their to under un united nations with",
    )
)


@dataclass(frozen=True)
class RollCalls:
    """Roll calls to be paired: one entry each, in order of date.

    Attributes:
        vote_id: (n,) names.
        session: (n,) regular session of each.
        words: (n,) the telling words of each title.
        votes: (n, states) int8: 0 missing, 1 yes, 2 abstain, 3 no.
    """

    vote_id: Sequence[str]
    session: npt.NDArray[np.int64]
    words: Sequence[frozenset[str]]
    votes: npt.NDArray[np.int8]


def title_words(title: str | None) -> frozenset[str]:
    """Return the words of a title that tell it from others: no years, ordinals or fillers."""
    plain = re.sub(r"[^a-z0-9]+", " ", (title or "").lower())
    return frozenset(
        word for word in plain.split() if not word[0].isdigit() and word not in _FILLERS
    )


def alike(
    first: npt.NDArray[np.int8], second: npt.NDArray[np.int8]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return common voters and the share of them that voted the same, for every pair of rows.

    Args:
        first, second: (n, states) and (m, states), coded as `RollCalls.votes`.

    Returns:
        Two arrays of shape (n, m); the share is 0 where there is no common voter.
    """
    same = sum(_shared(first == code, second == code) for code in (1, 2, 3))
    common = _shared(first > 0, second > 0)
    share = np.divide(same, common, out=np.zeros(common.shape), where=common > 0)
    return common, share


def _shared(first: npt.NDArray[np.bool_], second: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Count the states that two sets share, for every pair of rows.

    Bits in words of 64, not a matrix product: for a hundred rows a threaded product spends far more
    on waking its threads than on counting.
    """
    words = [
        np.packbits(np.pad(rows, ((0, 0), (0, -rows.shape[1] % 64))), axis=1).view(np.uint64)
        for rows in (first, second)
    ]
    both = words[0][:, None, :] & words[1][None, :, :]
    counts: npt.NDArray[np.int64] = np.bitwise_count(both).sum(axis=2, dtype=np.int64)
    return counts


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    if not first or not second:
        return 0.0
    shared = len(first & second)
    jaccard = shared / len(first | second)
    # 'UNRWA : Palestine refugees in the Gaza Strip' is 'Palestine refugees in the Gaza Strip'.
    contained = shared / min(len(first), len(second)) if min(len(first), len(second)) >= 3 else 0.0
    return max(jaccard, TITLE_LIKENESS * contained)


def find_pairs(calls: RollCalls) -> list[tuple[int, int]]:
    """Return pairs (earlier, later) of positions in ``calls``, each roll call at most once a side.

    Roll calls are taken in order of date, so that a pair never depends on a later record: each
    takes, of the free texts of the session before, the one with the most alike votes, then the
    most alike title; of the session before that, only where it finds none.
    """
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    for session in np.unique(calls.session).tolist():
        later = np.flatnonzero(calls.session == session).tolist()
        earlier = [np.flatnonzero(calls.session == session - gap).tolist() for gap in (1, 2)]
        shares = [alike(calls.votes[rows], calls.votes[later]) for rows in earlier]
        for b, j in enumerate(later):
            for rows, (common, share) in zip(earlier, shares, strict=True):
                candidates = [
                    (share[a, b], likeness, -i)
                    for a, i in enumerate(rows)
                    if i not in taken
                    and common[a, b] >= COMMON_VOTERS
                    and share[a, b] >= VOTES_ALIKE
                    and (likeness := _likeness(calls.words[i], calls.words[j])) >= TITLE_LIKENESS
                ]
                if candidates:
                    i = -max(candidates)[2]
                    taken.add(i)
                    pairs.append((i, j))
                    break
    return pairs


def read_rollcalls(con: duckdb.DuckDBPyConnection, since: int = 0) -> RollCalls:
    """Return the roll calls on whole resolutions from session ``since`` on, of a built archive."""
    rows = con.execute(
        "SELECT vote_id, session_number, title FROM rollcalls WHERE kind = 'resolution' "
        "AND session_number >= ? ORDER BY date, vote_id",
        [since],
    ).fetchall()
    cells = con.execute(
        """
        SELECT c.i, s.j, CASE v.vote WHEN 'yes' THEN 1 WHEN 'abstain' THEN 2 ELSE 3 END AS code
        FROM votes v
        JOIN (SELECT vote_id, row_number() OVER (ORDER BY date, vote_id) - 1 AS i
              FROM rollcalls WHERE kind = 'resolution' AND session_number >= ?) c USING (vote_id)
        JOIN (SELECT iso3, row_number() OVER (ORDER BY iso3) - 1 AS j FROM states) s USING (iso3)
        WHERE v.vote <> 'absent'
        """,
        [since],
    ).fetchnumpy()
    ((states,),) = con.execute("SELECT count(*) FROM states").fetchall()
    votes = np.zeros((len(rows), states), np.int8)
    votes[np.asarray(cells["i"]), np.asarray(cells["j"])] = np.asarray(cells["code"])
    return RollCalls(
        [row[0] for row in rows],
        np.array([row[1] for row in rows], np.int64),
        [title_words(row[2]) for row in rows],
        votes,
    )


def fill_bridges(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Fill `bridges`: the published pairs, then those found whose later text is newer than them."""
    path = raw / "un" / "repeated_votes_bridges.csv"
    con.execute(
        f"""
        INSERT INTO bridges
        SELECT a.vote_id, b.vote_id, 'published'
        FROM read_csv('{path}', header=true) p
        JOIN rollcalls a ON a.rcid = p.rcid1 JOIN rollcalls b ON b.rcid = p.rcid2
        """
    )
    add_found(con)


def add_found(con: duckdb.DuckDBPyConnection) -> None:
    """Add to `bridges` the pairs found whose later roll call is newer than every published pair.

    The search begins three sessions before that day; without published pairs, at the beginning.
    """
    ((day, session),) = con.execute(
        "SELECT max(r.date), max(r.session_number) FROM bridges b "
        "JOIN rollcalls r ON r.vote_id = b.vote_id2 WHERE b.basis = 'published'"
    ).fetchall()
    calls = read_rollcalls(con, since=0 if session is None else session - 3)
    found = [(calls.vote_id[i], calls.vote_id[j]) for i, j in find_pairs(calls)]
    con.execute("CREATE OR REPLACE TEMP TABLE found_pairs (vote_id1 VARCHAR, vote_id2 VARCHAR)")
    insert_rows(con, "found_pairs", found)
    con.execute(
        "INSERT INTO bridges SELECT f.vote_id1, f.vote_id2, 'title and votes' FROM found_pairs f "
        "JOIN rollcalls r ON r.vote_id = f.vote_id2 WHERE ?::DATE IS NULL OR r.date > ?::DATE",
        [day, day],
    )


@dataclass(frozen=True)
class Measure:
    """How the finder does on the years that the published pairs cover.

    Attributes:
        published: published pairs of whole resolutions one or two sessions apart.
        found: pairs found in the same years.
        both: pairs in both.
        same_first: found pairs whose earlier text the published list pairs with another one.
    """

    published: int
    found: int
    both: int
    same_first: int

    @property
    def recall(self) -> float:
        """The share of published pairs that were found."""
        return self.both / self.published

    @property
    def precision(self) -> float:
        """Of found pairs whose earlier text is in a published pair, the share that is that pair."""
        return self.both / (self.both + self.same_first)


def measure(con: duckdb.DuckDBPyConnection) -> Measure:
    """Compare the finder with the published pairs of a built archive."""
    calls = read_rollcalls(con)
    known = set(calls.vote_id)
    published = {
        (first, second)
        for first, second in con.execute(
            "SELECT vote_id1, vote_id2 FROM bridges WHERE basis = 'published'"
        ).fetchall()
        if first in known and second in known
    }
    last = max(calls.vote_id.index(second) for _, second in published)
    found = {(calls.vote_id[i], calls.vote_id[j]) for i, j in find_pairs(calls) if j <= last}
    both = found & published
    firsts = {first for first, _ in published}
    return Measure(
        len(published),
        len(found),
        len(both),
        sum(first in firsts for first, _ in found - both),
    )
