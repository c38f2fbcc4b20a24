"""The joint posterior of all positions, items integrated out, scale pinned.

The precision of the positions is what the votes say, less what they leave open about the items
(a Schur complement, one dense matrix of states a session), plus the random walk, which ties a
state to itself in the next session. So it is block tridiagonal, and its Cholesky-like elimination
gives every variance, and the covariance of any contrast, exactly. A mean-field variance would miss
that a whole session can shift or stretch against its neighbours.

Bridged items tie sessions further apart too; those blocks are left out, which makes the intervals
slightly wider, never narrower.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.positions.fit_arrays import ENTRY_VARIANCE, Fit
from detente.positions.layout_arrays import Block, Floats, Layout
from detente.positions.response_arrays import Items, cells, state_sums


@dataclass(frozen=True)
class Posterior:
    """A Gaussian over all positions, as its eliminated blocks.

    Attributes:
        pivots: (T, S, S) inverse of each session's block once all earlier ones are eliminated.
        links: (T, S) precision of each state's step into a session; 0 where there is none.
        gauge: (T, S, 2) covariance of the positions with the two pinned numbers, mean and spread.
        gauge_inverse: (2, 2) inverse covariance of those two numbers.
        variance: (T, S) marginal variances under the pins.
    """

    pivots: NDArray[np.float32]
    links: Floats
    gauge: Floats
    gauge_inverse: Floats
    variance: Floats

    def covariance(self, contrast: Floats) -> Floats:
        """Return (T, S) the covariance of every position with a weighted sum of positions.

        Args:
            contrast: (T, S) the weights.
        """
        free = _solve(self.pivots, self.links, contrast[..., None])[..., 0]
        pinned = np.einsum("tsk,ts->k", self.gauge, contrast)
        held: Floats = free - self.gauge @ (self.gauge_inverse @ pinned)
        return held

    def contrast_variance(self, contrast: Floats) -> float:
        """Return the variance of a weighted sum of positions, weights (T, S)."""
        return float((self.covariance(contrast) * contrast).sum())


def posterior(layout: Layout, state: Fit, step_variance: float) -> Posterior:
    """Return the joint posterior around a fitted model (Laplace's approximation)."""
    T, S = state.theta.shape
    with np.errstate(over="ignore"):
        _, information = state_sums(layout, state.theta, state.items)
        open_items = [
            _left_open(block, state.theta[t], state.items) for t, block in enumerate(layout.blocks)
        ]
    links = np.where(layout.stepped, 1.0 / (step_variance * layout.gaps[:, None]), 0.0)
    entry = np.arange(T)[:, None] == layout.first
    diagonal = information + links + entry / ENTRY_VARIANCE + ~layout.chained
    diagonal[:-1] += links[1:]

    pivots = np.empty((T, S, S), np.float32)
    row = np.arange(S)
    for t, block in enumerate(layout.blocks):
        P = np.zeros((S, S), np.float32)
        P[np.ix_(block.states, block.states)] = -open_items[t]
        P[row, row] += diagonal[t].astype(np.float32)
        if t:
            c = links[t].astype(np.float32)
            P -= c[:, None] * pivots[t - 1] * c
        pivots[t] = np.linalg.inv(P)

    variance = np.empty((T, S))
    Z = pivots[T - 1]
    variance[T - 1] = np.diagonal(Z)
    for t in range(T - 2, -1, -1):
        G = pivots[t] * links[t + 1].astype(np.float32)
        Z = pivots[t] + G @ Z @ G.T
        variance[t] = np.diagonal(Z)

    seen = layout.observed
    pins = np.stack([seen, seen * state.theta], axis=2) / seen.sum()
    gauge = _solve(pivots, links, pins)
    gauge_inverse = np.linalg.inv(np.einsum("tsk,tsl->kl", pins, gauge))
    variance -= np.einsum("tsk,kl,tsl->ts", gauge, gauge_inverse, gauge)
    return Posterior(pivots, links, gauge, gauge_inverse, variance)


def _left_open(block: Block, theta: Floats, items: Items) -> NDArray[np.float32]:
    """Return (n, n) the information on a session's states that goes into finding its items."""
    _, _, h1, h2 = cells(block, theta, items)
    g = block.items
    beta = items.beta[g].astype(np.float32)
    L = np.linalg.cholesky(items.covariance)[g].astype(np.float32)
    x = theta[block.states].astype(np.float32)[:, None]
    h1 *= beta
    h2 *= beta
    both = (h1 + h2) * x
    W = np.hstack(
        [both * L[:, 0, k] - (h1 * L[:, 1, k] if k < 2 else 0) - h2 * L[:, 2, k] for k in range(3)]
    )
    open_: NDArray[np.float32] = W @ W.T
    return open_


def _solve(pivots: NDArray[Any], links: Floats, right: Floats) -> Floats:
    """Solve the block-tridiagonal system for right-hand sides (T, S, K)."""
    y = np.empty(right.shape)
    T = len(pivots)
    for t in range(T):
        y[t] = pivots[t] @ (right[t] + (links[t][:, None] * y[t - 1] if t else 0.0))
    for t in range(T - 2, -1, -1):
        y[t] += pivots[t] @ (links[t + 1][:, None] * y[t + 1])
    return y
