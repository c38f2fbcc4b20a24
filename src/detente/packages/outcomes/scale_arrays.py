"""Where a contested scale would settle, by the plain models: arrays in, one number out.

Every function takes positions on the scale and the weight of each party (salience times capability,
or salience alone where no capability is known). Ties and units are the caller's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def weighted_mean(positions: Array, weights: Array) -> float:
    """Return the compromise model's outcome: the mean position, each weighted.

    Achen 2006 (in Thomson et al., The European Union Decides) shows that it approximates the Nash
    bargaining solution where no deal is much worse for all than any deal. Positions count alike
    where all weights are zero.
    """
    total = float(weights.sum())
    if total <= 0:
        return float(positions.mean())
    return float(positions @ weights / total)


def weighted_median(positions: Array, weights: Array) -> float:
    """Return the lowest position with at least half of the weight at or below it (Black 1948)."""
    order = np.argsort(positions, kind="stable")
    ranked = weights[order] if weights.sum() > 0 else np.ones(len(weights))
    share = np.cumsum(ranked) / ranked.sum()
    return float(positions[order][int(np.searchsorted(share, 0.5 - 1e-12))])


def nash_point(
    positions: Array,
    weights: Array,
    no_deal: float | None = None,
    low: float = 0.0,
    high: float = 100.0,
    step: float = 0.1,
) -> float:
    """Return the Nash bargaining outcome on the scale, to the nearest ``step``.

    Utility falls with the square of the distance from a party's position, as a share of the scale's
    length. No deal leaves the status quo at ``no_deal``; where that is unknown, or where no point
    is better than it for everybody, no deal is worth the far end of the scale to each party (the
    costly disagreement of Achen 2006). The weight is the exponent of a party's gain.

    Args:
        positions: of each party, on the scale.
        weights: of each party, not negative.
        no_deal: the point that holds without a deal, or None.
        low, high: the ends of the scale.
        step: how finely the scale is searched.
    """
    length = high - low
    points = np.linspace(low, high, round(length / step) + 1)
    utility = 1.0 - ((points[:, None] - positions[None, :]) / length) ** 2
    bases = [np.zeros(len(positions))]
    if no_deal is not None:
        bases.insert(0, 1.0 - ((no_deal - positions) / length) ** 2)
    power = weights if weights.sum() > 0 else np.ones(len(weights))
    for base in bases:
        gain = (utility - base)[:, power > 0]
        open_to_all = (gain > 1e-12).all(axis=1)
        if open_to_all.any():
            with np.errstate(divide="ignore", invalid="ignore"):
                value = np.where(open_to_all, np.log(gain) @ power[power > 0], -np.inf)
            return float(points[int(np.argmax(value))])
    return weighted_mean(positions, weights)  # two parties sit at the two ends of a one-step scale
