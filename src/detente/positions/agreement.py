"""How alike the parties at a table vote, beyond chance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from detente.archive import Archive
from detente.parties import Party
from detente.positions.agreement_arrays import intervals, pairwise
from detente.positions.cohesion import CORE, cohesion
from detente.positions.layout_arrays import Floats


@dataclass(frozen=True, eq=False)
class Agreement:
    """Agreement of P parties over one period.

    A bloc counts only on roll calls where it has cohesion. All of (P, P) is symmetric.

    Attributes:
        parties: codes, in the order given.
        pi: chance-corrected agreement of each pair: 1 always alike, 0 chance, NaN undefined.
        low, high: its 90 % interval, by bootstrap over roll calls.
        alike: share of the common roll calls on which both voted the same.
        common: roll calls on which both voted.
        group, group_low, group_high: agreement of the whole set with its 90 % interval.
        rollcalls: roll calls in the period.
    """

    parties: tuple[str, ...]
    pi: Floats
    low: Floats
    high: Floats
    alike: Floats
    common: Floats
    group: float
    group_low: float
    group_high: float
    rollcalls: int


def agreement(
    archive: Archive,
    parties: Sequence[Party],
    *,
    since: date | None = None,
    until: date | None = None,
    vote_ids: Collection[str] | None = None,
    where: str = CORE,
) -> Agreement:
    """Return how alike parties voted, corrected for chance, with intervals.

    Args:
        archive: as of a day.
        parties: states and blocs.
        since, until: first and last day of the period, both included.
        vote_ids: only these roll calls (those of a topic, say); None takes all.
        where: which roll calls, an SQL condition on ``rollcalls``; resolutions by default.
    """
    rows = [
        cohesion(archive, party, since=since, until=until, vote_ids=vote_ids, where=where).stance
        for party in parties
    ]
    matrix = np.stack(rows) if rows else np.zeros((0, 0), np.int8)
    pairs, spans = pairwise(matrix), intervals(matrix)
    return Agreement(
        parties=tuple(party.code for party in parties),
        pi=pairs.pi,
        low=spans.low,
        high=spans.high,
        alike=pairs.alike,
        common=pairs.common,
        group=spans.group,
        group_low=spans.group_low,
        group_high=spans.group_high,
        rollcalls=matrix.shape[1],
    )
