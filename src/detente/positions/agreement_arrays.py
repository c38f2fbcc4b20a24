"""Agreement of voters beyond chance, on votes ordered no < abstain < yes.

Disagreement between two votes is 0 when alike, 1/2 between an abstention and either side, 1
between yes and no. Agreement is 1 - D / E: D is the mean disagreement over the roll calls where
both voted, E what it would be if both drew at random from the pool of their votes (Scott's pi with
weights; Hage 2011). 1 is always alike, 0 what chance gives, below 0 opposition.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.positions.layout_arrays import Floats

_SEED = 2011
_REPLICATES = 400
_FEWEST_PARTS = 1e-12


@dataclass(frozen=True)
class Pairwise:
    """Agreement of every pair of voters.

    Attributes:
        pi: (P, P) chance-corrected agreement; NaN where undefined, 1 on the diagonal.
        alike: (P, P) share of common roll calls on which both voted the same.
        common: (P, P) roll calls on which both voted.
    """

    pi: Floats
    alike: Floats
    common: Floats


def _corrected(disagreement: Floats, pool: tuple[Floats, Floats, Floats]) -> Floats:
    """Return 1 - D / E from sums; NaN where E is 0 (a pool of one kind of vote only)."""
    yes, abstain, no = pool
    n = np.maximum(yes + abstain + no, _FEWEST_PARTS)
    # Two random draws from the pool differ by a half step or a whole one.
    E = (abstain * (yes + no) + 2.0 * yes * no) / n**2
    D = disagreement / (n / 2.0)
    ratio: Floats = np.divide(D, E, out=np.full(D.shape, np.nan), where=E > _FEWEST_PARTS)
    return 1.0 - ratio


def pairwise(matrix: NDArray[np.int8]) -> Pairwise:
    """Return the agreement of all pairs at once, by matrix products of one-hot votes.

    Args:
        matrix: (P, R) votes: 0 missing, 1 yes, 2 abstain, 3 no.
    """
    Y, A, N = ((matrix == vote).astype(np.float32) for vote in (1, 2, 3))
    V = Y + A + N
    common = (V @ V.T).astype(np.float64)
    same = (Y @ Y.T + A @ A.T + N @ N.T).astype(np.float64)
    yes_no = Y @ N.T
    opposed = (yes_no + yes_no.T).astype(np.float64)
    disagreement = opposed + 0.5 * (common - same - opposed)
    sums = [(x @ V.T).astype(np.float64) for x in (Y, A, N)]
    pi = _corrected(disagreement, (sums[0] + sums[0].T, sums[1] + sums[1].T, sums[2] + sums[2].T))
    np.fill_diagonal(pi, 1.0)
    alike = np.divide(same, common, out=np.full(same.shape, np.nan), where=common > 0)
    return Pairwise(pi, alike, common)


@dataclass(frozen=True)
class Interval:
    """Agreement of a party set with 90 % bootstrap intervals.

    Attributes:
        low, high: (P, P) of each pair; NaN where undefined.
        group, group_low, group_high: of the whole set: one pool of votes, all pairs together.
    """

    low: Floats
    high: Floats
    group: float
    group_low: float
    group_high: float


def intervals(matrix: NDArray[np.int8]) -> Interval:
    """Return bootstrap intervals over roll calls, 400 replicates with a fixed seed.

    The whole set is one pool: D is the mean disagreement over all pairs and roll calls where both
    voted, E that of two random draws from all votes so paired.

    Args:
        matrix: (P, R) votes: 0 missing, 1 yes, 2 abstain, 3 no.
    """
    P, R = matrix.shape
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(R, np.full(R, 1.0 / R), size=_REPLICATES) if R else np.zeros((1, 0))
    weights = np.vstack([np.ones((1, R)), drawn]).astype(np.float32)
    low, high = np.full((P, P), np.nan), np.full((P, P), np.nan)
    np.fill_diagonal(low, 1.0)
    np.fill_diagonal(high, 1.0)
    whole = np.zeros((4, len(weights)))
    for i in range(P):
        for j in range(i + 1, P):
            a, b = matrix[i], matrix[j]
            both = (a > 0) & (b > 0)
            gap = np.where(both, np.abs(a.astype(np.int16) - b) * 0.5, 0.0)
            columns = [gap, *(((a == v).astype(int) + (b == v)) * both for v in (1, 2, 3))]
            sums = weights @ np.stack(columns, axis=1).astype(np.float32)
            d, *pool = sums.T.astype(np.float64)
            whole += np.stack([d, *pool])
            draws = _corrected(d, (pool[0], pool[1], pool[2]))[1:]
            low[i, j], high[i, j] = low[j, i], high[j, i] = _span(draws)
    group = _corrected(whole[0], (whole[1], whole[2], whole[3]))
    return Interval(low, high, float(group[0]), *_span(group[1:]))


def _span(draws: Floats) -> tuple[float, float]:
    known = draws[np.isfinite(draws)]
    if len(known) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(known, (0.05, 0.95))
    return float(low), float(high)
