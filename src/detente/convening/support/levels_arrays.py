"""How much more readily a lower level meets: an ordered logistic model of proposals, on a grid.

Of the proposals at level l a share expit(base + s_l) was held, with s = 0 for leaders, s = d1 for
ministers and s = d1 + d2 for experts; d1 and d2 are half-normal, so the order holds whatever the
record says. Everything is summed over a grid, without draws.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEP = 0.5
"""Scale of the half-normal prior of a step between levels, in log odds: 0.4 in the mean. A
judgement."""
BASE, BASE_SPREAD = 1.0, 1.5
"""Normal prior of the log odds that a proposal of leaders is held: 24% to 97%."""
QUANTILES = 25
"""Values that stand for the distribution of a shift, of equal weight."""

_CELLS = 400
_BASES = BASE + BASE_SPREAD * np.linspace(-3.5, 3.5, 57)
_STEPS = np.linspace(0.0, 3.5 * STEP, 57)


def shifts(held: Sequence[int], failed: Sequence[int]) -> Floats:
    """Return (3, QUANTILES) shifts of the log odds of leaders, ministers and experts.

    Args:
        held, failed: proposals at each of the three levels that led to a meeting, and that did not
            or collapsed.
    """
    base = _BASES[:, None, None]
    first, second = _STEPS[None, :, None], _STEPS[None, None, :]
    moved = (np.zeros_like(first), first, first + second)
    log = -0.5 * (((base - BASE) / BASE_SPREAD) ** 2 + (first / STEP) ** 2 + (second / STEP) ** 2)
    for yes, no, shift in zip(held, failed, moved, strict=True):
        x = base + shift
        log = log - yes * np.logaddexp(0.0, -x) - no * np.logaddexp(0.0, x)
    weight = np.exp(log - log.max())
    weight[:, 0, :] /= 2  # the trapezoid rule at the bound of the half-normal
    weight[:, :, 0] /= 2
    flat = weight.sum(axis=0)
    ranks = (np.arange(QUANTILES) + 0.5) / QUANTILES
    ministers = _quantiles(_STEPS, flat.sum(axis=1), ranks)
    both = (_STEPS[:, None] + _STEPS[None, :]).ravel()
    order = np.argsort(both, kind="stable")
    experts = _quantiles(both[order], flat.ravel()[order], ranks)
    return np.stack([np.zeros(QUANTILES), ministers, experts])


def _quantiles(values: Floats, weights: Floats, ranks: Floats) -> Floats:
    below = np.cumsum(weights) - weights / 2
    return np.asarray(np.interp(ranks, below / weights.sum(), values), np.float64)


def shifted(chances: Floats, shift: Floats) -> Floats:
    """Return (n, k) chances with their log odds moved by each shift; 0 and 1 stay as they are."""
    p, e = chances[:, None], np.exp(shift)[None, :]
    return np.asarray(p * e / (1 - p + p * e), np.float64)


def eased(successes: float, failures: float, shift: Floats) -> tuple[float, float, float]:
    """Return mean and 90% interval of a Beta(successes, failures) whose log odds are moved.

    Args:
        successes, failures: of the beta distribution, both at least 1.
        shift: (k,) values of equal weight.
    """
    x = (np.arange(_CELLS) + 0.5) / _CELLS
    log = (successes - 1) * np.log(x) + (failures - 1) * np.log1p(-x)
    weight = np.exp(log - log.max())
    values = shifted(x, shift)
    weights = np.broadcast_to(weight[:, None], values.shape).ravel()
    order = np.argsort(values, axis=None, kind="stable")
    ends = _quantiles(values.ravel()[order], weights[order], np.array([0.05, 0.95]))
    return (
        float((values.mean(axis=1) * weight).sum() / weight.sum()),
        float(ends[0]),
        float(ends[1]),
    )
