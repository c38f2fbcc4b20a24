"""How often permanent members stand apart in the Security Council: counts and log odds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.tension.latent_arrays import Floats

WINDOW = 12
"""Months whose texts a month's value counts, its own the last."""
FEWEST_TEXTS = 10
"""Texts in the window below which nothing is said."""


def counts(month: NDArray[np.int64], stand: Floats, months: int) -> tuple[Floats, Floats]:
    """Return (T, M, M) texts on which two members parted, and on which both took a stand.

    Args:
        month: (R,) in which each text was put to the vote, from 0 to ``months`` - 1.
        stand: (R, M) 1 for a text, 0 not for it, NaN where a member took no stand on it.
        months: T.
    """
    for_it = (stand == 1.0).astype(np.float64)
    not_for = (stand == 0.0).astype(np.float64)
    told = for_it + not_for
    apart, common = (np.zeros((months, stand.shape[1], stand.shape[1])) for _ in range(2))
    np.add.at(apart, month, for_it[:, :, None] * not_for[:, None])
    np.add.at(common, month, told[:, :, None] * told[:, None])
    return apart + apart.transpose(0, 2, 1), common


def log_odds(apart: Floats, common: Floats) -> Floats:
    """Return (T, ...) log odds that two members part on a text of the last twelve months.

    ln((d + 1) / (n - d + 1)): d texts apart of n, one added to either side, so that no month is
    infinite and few texts say little. NaN where n is below ten.

    Args:
        apart, common: (T, ...) as `counts` gives them, month by month.
    """
    d, n = trailing(apart), trailing(common)
    found: Floats = np.where(n >= FEWEST_TEXTS, np.log((d + 1.0) / (n - d + 1.0)), np.nan)
    return found


def trailing(monthly: Floats) -> Floats:
    """Return (T, ...) sums over each month and the eleven before it, as far as there are any."""
    total = monthly.cumsum(0)
    found = total.copy()
    found[WINDOW:] -= total[:-WINDOW]
    return found
