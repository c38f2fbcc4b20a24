"""Cohesion of a bloc on roll calls, from counts of its members' votes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.positions.layout_arrays import Floats, Ints


def agreement_index(yes: Ints, abstain: Ints, no: Ints) -> Floats:
    """Return (R,) the agreement index: 1 united, 0 split evenly three ways, NaN where none voted.

    Hix, Noury & Roland 2005: AI = (max(Y, N, A) - (Y + N + A - max(Y, N, A)) / 2) / (Y + N + A).
    """
    Y, A, N = (np.asarray(x, np.float64) for x in (yes, abstain, no))
    total = Y + N + A
    most = np.maximum(np.maximum(Y, N), A)
    index: Floats = np.full(total.shape, np.nan)
    np.divide(most - 0.5 * (total - most), total, out=index, where=total > 0)
    return index


def stances(members: Ints, yes: Ints, abstain: Ints, no: Ints) -> NDArray[np.int8]:
    """Return (R,) a bloc's common vote, 1 yes, 2 abstain, 3 no, and 0 where it has none.

    The rule: every member that voted voted alike, and at least half of the members voted.
    """
    votes = np.stack([yes, abstain, no])
    voted = votes.sum(axis=0)
    united = (votes.max(axis=0) == voted) & (voted > 0) & (2 * voted >= members)
    return np.where(united, votes.argmax(axis=0) + 1, 0).astype(np.int8)
