"""What is known of a state on the eve of a decision to convene: pure functions on arrays.

Shapes: S states, R roll calls of the record, J decisions. Weights are zero for roll calls that are
not earlier than the decision, so nothing of the day itself or later is used.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HALF_LIFE = 2.0  # years, of how a state usually answers and attends
CONVENING_HALF_LIFE = 10.0  # years, of its answers to decisions to convene: they are few
TOPIC_HALF_LIFE = 5.0
LEVEL_HALF_LIFE = 4.0  # of how all states together answered them
_NEAR_ONE = 0.995  # shares are held off 0 and 1 before their log odds are taken


def decay(days: NDArray[np.int64], at: NDArray[np.int64], half_life: float) -> Floats:
    """Return (R, J) weights of roll calls by day before each decision; 0 from its own day on."""
    age = (at[None, :] - days[:, None]) / 365.25
    return np.where(age > 0, 0.5 ** (np.maximum(age, 0.0) / half_life), 0.0)


def pooled(
    hits: Flags, counted: Flags, weights: Floats, prior: Floats | float, worth: float
) -> Floats:
    """Return (S, J) weighted shares of ``hits`` among ``counted``, pooled with a prior share.

    Args:
        hits, counted: (S, R).
        weights: (R, J).
        prior: (S, J) or a number, the share to lean on.
        worth: how many votes the prior is worth.
    """
    w = weights.astype(np.float32)
    top = hits.astype(np.float32) @ w
    below = counted.astype(np.float32) @ w
    return np.asarray((top + worth * prior) / (below + worth), np.float64)


def log_odds(shares: Floats) -> Floats:
    """Return log odds of shares, held off 0 and 1."""
    return np.asarray(logit(np.clip(shares, 1 - _NEAR_ONE, _NEAR_ONE)))
