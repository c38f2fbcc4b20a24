"""How united a party votes, and on which roll calls it has a position at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.parties import Party
from detente.positions.cohesion_arrays import agreement_index, stances
from detente.positions.layout_arrays import Flags, Floats, Ints

CORE = "kind = 'resolution'"
LATE, EARLY = date(9999, 12, 31), date(1, 1, 1)


@dataclass(frozen=True, eq=False)
class Cohesion:
    """A party's votes on R roll calls, counted over its members on each day.

    Attributes:
        vote_id: (R,) in order of date, then id.
        date: (R,) datetime64[D].
        members: (R,) members of the party that day.
        yes, abstain, no: (R,) how many of them voted so; the rest were absent.
        index: (R,) agreement index of Hix, Noury & Roland, NaN where nobody voted.
        stance: (R,) int8: 1 yes, 2 abstain, 3 no where the party has cohesion, else 0.
    """

    vote_id: NDArray[Any]
    date: NDArray[Any]
    members: Ints
    yes: Ints
    abstain: Ints
    no: Ints
    index: Floats
    stance: NDArray[np.int8]

    @property
    def voted(self) -> Ints:
        """(R,) members that voted."""
        return self.yes + self.abstain + self.no

    @property
    def split(self) -> Flags:
        """(R,) whether members that voted voted differently."""
        return np.asarray(np.maximum(np.maximum(self.yes, self.abstain), self.no) < self.voted)

    @property
    def mean_index(self) -> float:
        """Mean agreement index over the roll calls where at least two members voted, else NaN."""
        counted = self.voted >= 2
        return float(self.index[counted].mean()) if counted.any() else float("nan")


def cohesion(
    archive: Archive,
    party: Party,
    *,
    since: date | None = None,
    until: date | None = None,
    vote_ids: Collection[str] | None = None,
    where: str = CORE,
) -> Cohesion:
    """Count a party's votes on every roll call by its members on that day.

    Args:
        archive: as of a day.
        party: a state, a body with dated membership, or a listed bloc.
        since, until: first and last day, both included.
        vote_ids: only these roll calls; None takes all.
        where: which roll calls, an SQL condition on ``rollcalls``; resolutions by default.
    """
    body = party.body or "UN"
    listed = "" if party.body else " and m.iso3 in (select unnest(?))"
    params: list[object] = [since or EARLY, until or LATE, body]
    if not party.body:
        params.append(list(party.listed))
    found = archive.arrays(
        "with c as (select vote_id, date from rollcalls"
        f" where ({where}) and date between ? and ?), "
        "k as (select distinct c.vote_id, m.iso3 from c join memberships m on m.body = ?"
        " and m.first_day <= c.date and (m.last_day is null or m.last_day >= c.date)"
        f"{listed}) "
        "select c.vote_id, c.date, count(k.iso3) as members,"
        " count(*) filter (v.vote = 'yes') as yes,"
        " count(*) filter (v.vote = 'abstain') as abstain,"
        " count(*) filter (v.vote = 'no') as no"
        " from c left join k on k.vote_id = c.vote_id"
        " left join votes v on v.vote_id = c.vote_id and v.iso3 = k.iso3"
        " group by c.vote_id, c.date order by c.date, c.vote_id",
        params,
    )
    names = np.asarray(found["vote_id"]).astype(str)
    keep = np.ones(len(names), bool)
    if vote_ids is not None:
        keep = np.isin(names, np.array(sorted(vote_ids), dtype=str))
    members, yes, abstain, no = (
        np.asarray(found[name]).astype(np.int64)[keep]
        for name in ("members", "yes", "abstain", "no")
    )
    return Cohesion(
        vote_id=names[keep],
        date=np.asarray(found["date"]).astype("datetime64[D]")[keep],
        members=members,
        yes=yes,
        abstain=abstain,
        no=no,
        index=agreement_index(yes, abstain, no),
        stance=stances(members, yes, abstain, no),
    )
