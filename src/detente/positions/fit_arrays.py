"""Fitting the dynamic ordered-response model: alternate, pin the scale, accelerate, stop.

A sweep takes one scoring step on all positions (votes summed up a session, then smoothed along the
random walk), standardises them, and takes one Newton step on all items. Positions and items are
each Gaussian around their mode and each is updated in expectation over the other: a variational EM
(Imai, Lo & Olmsted 2016) for ordered responses. Anderson mixing of the sweeps removes the slow
directions, which are the shift and the stretch of whole sessions against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from detente.positions.layout_arrays import Floats, Layout
from detente.positions.response_arrays import Items, blank_items, state_sums, update_items
from detente.positions.walk_arrays import smooth

STEP_VARIANCE = 0.04
ENTRY_VARIANCE = 1.0
TOLERANCE = 1e-5
_MOST_SWEEPS = 400
_MEMORY = 8
_PLAIN_SWEEPS = 4
_FEW_COMMON_VOTES = 20


@dataclass(frozen=True)
class Fit:
    """A fitted model.

    Attributes:
        theta: (T, S) positions; mean 0 and sd 1 over the observed state-sessions.
        variance: (T, S) their posterior variances given the items.
        items: roll-call parameters.
        sweeps: sweeps taken.
        residual: largest change of an observed position in the last sweep.
    """

    theta: Floats
    variance: Floats
    items: Items
    sweeps: int
    residual: float


def fit(
    layout: Layout,
    orient: Floats,
    *,
    step_variance: float = STEP_VARIANCE,
    tolerance: float = TOLERANCE,
    told: Callable[[int, int], None] | None = None,
) -> Fit:
    """Fit the model until a sweep moves no observed position by more than ``tolerance``.

    Args:
        layout: the votes.
        orient: (S,) weights; the mean of positions so weighted is made positive.
        step_variance: variance of a step from one session to the next, in units of the pinned sd.
        tolerance: in units of the pinned sd.
        told: told of progress, in hundredths of the way to the tolerance on a logarithmic scale.
    """
    mixer = _Mixer(layout)
    state = _pin(layout, _start(layout))
    start = 1.0
    for sweep in range(1, _MOST_SWEEPS + 1):
        before = mixer.pack(state)
        state = _sweep(layout, state, step_variance)
        after = mixer.pack(state)
        moved = float(np.abs((after - before)[mixer.watched]).max(initial=0.0))
        state = replace(state, sweeps=sweep, residual=moved)
        if moved <= tolerance:
            break
        if told is not None:
            start = max(start, moved)
            way = np.log(start / moved) / np.log(start / tolerance)
            told(min(99, int(100 * way)), 100)
        if sweep > _PLAIN_SWEEPS:
            state = mixer.unpack(mixer.mix(before, after), state)
    if told is not None:
        told(100, 100)
    seen = layout.observed
    if (state.theta * orient)[seen].sum() < 0:
        flip = np.array([-1.0, 1.0, 1.0])
        items = replace(
            state.items,
            beta=-state.items.beta,
            covariance=state.items.covariance * np.outer(flip, flip),
        )
        state = replace(state, theta=-state.theta, items=items)
    return state


def _start(layout: Layout) -> Fit:
    """Start from the leading eigenvector of how alike states vote, the same in every session."""
    n_states = layout.votes.shape[1]
    alike, common = np.zeros((n_states, n_states)), np.zeros((n_states, n_states))
    for block in layout.blocks:
        cast = np.maximum(block.below, block.above)
        centred = block.lean - cast * (block.lean.sum(axis=0) / cast.sum(axis=0))
        at = np.ix_(block.states, block.states)
        alike[at] += centred @ centred.T
        common[at] += cast @ cast.T
    alike /= np.maximum(common, 1.0)
    alike *= np.minimum(1.0, common / _FEW_COMMON_VOTES)
    _, vectors = np.linalg.eigh(alike)
    theta = np.broadcast_to(vectors[:, -1], layout.votes.shape).copy()
    return Fit(theta, np.zeros(theta.shape), blank_items(layout.n_items), 0, np.inf)


def _pin(layout: Layout, state: Fit) -> Fit:
    """Standardise positions over the observed state-sessions; no probability changes."""
    seen = state.theta[layout.observed]
    mean, sd = float(seen.mean()), float(seen.std()) or 1.0
    return replace(
        state,
        theta=(state.theta - mean) / sd,
        variance=state.variance / sd**2,
        items=state.items.shifted(mean, sd),
    )


def _sweep(layout: Layout, state: Fit, step_variance: float) -> Fit:
    if state.sweeps == 0:
        for _ in range(4):
            items = update_items(layout, state.theta, state.variance, state.items)
            state = replace(state, items=items)
    with np.errstate(over="ignore"):
        score, information = state_sums(layout, state.theta, state.items)
        reading = state.theta + score / np.maximum(information, 1e-12)
        theta, variance = smooth(
            information,
            reading,
            step_variance * layout.gaps,
            layout.first,
            layout.last,
            ENTRY_VARIANCE,
        )
        state = _pin(layout, replace(state, theta=theta, variance=variance))
        items = update_items(layout, state.theta, state.variance, state.items)
    return replace(state, items=items)


class _Mixer:
    """Anderson mixing (type II) of positions and items over the last few sweeps."""

    def __init__(self, layout: Layout) -> None:
        self.chained = layout.chained
        self.n = int(self.chained.sum())
        self.watched = np.flatnonzero(layout.observed[self.chained])
        self.points: list[Floats] = []
        self.moves: list[Floats] = []

    def pack(self, state: Fit) -> Floats:
        """Return positions and items as one vector."""
        items = state.items
        gap = np.log(items.k2 - items.k1)
        return np.concatenate([state.theta[self.chained], items.beta, items.k1, gap])

    def unpack(self, x: Floats, state: Fit) -> Fit:
        """Return the state with the positions and items of a vector."""
        theta = state.theta.copy()
        theta[self.chained] = x[: self.n]
        beta, k1, gap = x[self.n :].reshape(3, -1)
        k2 = k1 + np.exp(np.clip(gap, -12.0, 4.0))
        return replace(state, theta=theta, items=replace(state.items, beta=beta, k1=k1, k2=k2))

    def mix(self, before: Floats, after: Floats) -> Floats:
        """Return the mixture of past sweeps whose moves all but cancel."""
        move = after - before
        self.points = [*self.points, before][-_MEMORY - 1 :]
        self.moves = [*self.moves, move][-_MEMORY - 1 :]
        if len(self.moves) < 2:
            return after
        dF = np.diff(np.array(self.moves), axis=0)
        dX = np.diff(np.array(self.points), axis=0)
        gram = dF @ dF.T
        gram += 1e-10 * np.trace(gram) * np.eye(len(gram))
        weights = np.linalg.solve(gram, dF @ move)
        mixed: Floats = after - weights @ (dX + dF)
        return mixed
