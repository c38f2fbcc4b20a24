"""The project's own forecast of a contested scale: two small models, fitted on arrays.

The *scale model* is a conditional logit over 21 points of the scale: a point is likelier the nearer
it lies to the weighted mean, where parties stand on it, where somebody holds it between the
extremes (a compromise already has a name), at the scale's ends and its middle. It has six
coefficients, turns with the scale (0 for 100), and gives a whole distribution. The *influence
model* is the compromise model with a fitted influence for each known party, drawn towards that of
all, and a stretch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

GRID: Array = np.arange(0.0, 101.0, 5.0)
REACH = 5.0  # how near a position must lie to a grid point to count there
FEATURES = ("near the weighted mean", "held", "held inside", "an end", "the middle", "outside")
LEAST_SALIENCE = 0.05  # an issue of no salience at all to a party is a coding floor, not a zero


def weights(salience: Array) -> Array:
    """Return each party's share of the salience."""
    floor = np.maximum(salience, LEAST_SALIENCE)
    return np.asarray(floor / floor.sum())


def features(positions: Array, salience: Array) -> Array:
    """Return the six features of each grid point, shape ``(6, 21)``, in the order of `FEATURES`.

    Args:
        positions: 0 to 100, shape ``(parties,)``.
        salience: 0 to 1, shape ``(parties,)``.
    """
    w = weights(salience)
    mean = w @ positions
    low, high = positions.min(), positions.max()
    touch = np.maximum(0.0, 1.0 - np.abs(GRID[:, None] - positions[None, :]) / REACH)
    inside = (positions > low + REACH) & (positions < high - REACH)
    return np.array(
        [
            -(((GRID - mean) / 50.0) ** 2),
            np.sqrt(touch @ w),
            (touch @ inside > 0).astype(float),
            ((GRID == 0) | (GRID == 100)).astype(float),
            (GRID == 50).astype(float),
            -np.where((low > GRID) | (high < GRID), 1.0, 0.0),
        ]
    )


def on_grid(outcomes: Array) -> Array:
    """Share each outcome between the two grid points around it, shape ``(issues, 21)``."""
    shares = np.maximum(0.0, 1.0 - np.abs(GRID[None, :] - outcomes[:, None]) / REACH)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def distribution(table: Array, coefficients: Array) -> Array:
    """Return the chance of each grid point, shape ``(issues, 21)``.

    Args:
        table: features, shape ``(issues, 6, 21)``.
        coefficients: shape ``(6,)``.
    """
    u = np.einsum("nkg,k->ng", table, coefficients)
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def fit_scale(table: Array, shares: Array, ridge: float = 0.003) -> Array:
    """Return the six coefficients of greatest penalised likelihood.

    Args:
        table: features, shape ``(issues, 6, 21)``.
        shares: outcomes as `on_grid` gives them.
        ridge: weight of the squared coefficients beside the mean log-likelihood.
    """
    n, k, _ = table.shape

    def loss(b: Array) -> tuple[float, Array]:
        p = distribution(table, b)
        gap = np.einsum("nkg,ng->k", table, p - shares) / n
        value = -(shares * np.log(p)).sum() / n + ridge * (b @ b)
        return float(value), gap + 2 * ridge * b

    return np.asarray(minimize(loss, np.zeros(k), jac=True, method="L-BFGS-B").x)


def quantile(chances: Array, share: float) -> Array:
    """Return the first grid point at which the summed chance reaches ``share``, per issue."""
    reached = np.cumsum(chances, axis=1) >= share - 1e-12
    return np.asarray(GRID[np.argmax(reached, axis=1)])


def influence_mean(
    positions: Array,
    salience: Array,
    known: Mask,
    log_influence: Array,
    bend: float,
    stretch: float,
) -> Array:
    """Return the outcome of the influence model for each issue, 0 to 100.

    ``50 + stretch * (Σ w p / Σ w - 50)`` with ``w = salience ** bend * exp(log_influence)``.

    Args:
        positions: shape ``(issues, parties)``; any value where not known.
        salience: 0 to 1, same shape.
        known: where a position is known, same shape.
        log_influence: shape ``(parties,)``.
    """
    w = np.where(known, np.maximum(salience, LEAST_SALIENCE) ** bend * np.exp(log_influence), 0.0)
    mean = (w * np.where(known, positions, 0.0)).sum(axis=1) / w.sum(axis=1)
    return np.asarray(np.clip(50.0 + stretch * (mean - 50.0), 0.0, 100.0))


def fit_influence(
    positions: Array, salience: Array, known: Mask, outcomes: Array, ridge: float = 0.05
) -> tuple[Array, float, float]:
    """Return log influence per party, bend and stretch of least absolute error.

    The error is smoothed below one point of the scale; ``ridge`` draws each log influence to 0 (all
    alike), and the bend is drawn to 1.
    """
    n, k = positions.shape
    s = np.maximum(salience, LEAST_SALIENCE)
    p = np.where(known, positions - 50.0, 0.0)
    y = outcomes - 50.0
    log_s = np.log(s)

    def loss(v: Array) -> tuple[float, Array]:
        theta, bend, stretch = v[:k], v[k], v[k + 1]
        w = np.where(known, np.exp(bend * log_s + theta), 0.0)
        total = w.sum(axis=1)
        mean = (w * p).sum(axis=1) / total
        r = y - stretch * mean
        size = np.sqrt(r * r + 1.0)
        pull = -(r / size) / n
        share = w * (p - mean[:, None]) / total[:, None]  # d mean / d theta
        gradient = np.concatenate(
            [
                stretch * (pull @ share) + 2 * ridge * theta,
                [stretch * (pull @ (share * log_s).sum(axis=1)) + 0.6 * (bend - 1.0)],
                [pull @ mean],
            ]
        )
        value = size.mean() + ridge * (theta @ theta) + 0.3 * (bend - 1.0) ** 2
        return float(value), gradient

    start = np.concatenate([np.zeros(k), [1.0, 1.0]])
    v = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return np.asarray(v[:k]), float(v[k]), float(v[k + 1])
