"""Votes drawn from known positions, for tests that recover them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.positions.response_arrays import probabilities


@dataclass(frozen=True)
class World:
    """Votes and the positions they were drawn from, standardised over the cells seen."""

    matrix: Any
    session: Any
    pairs: Any
    theta: Any
    present: Any


def world(
    seed: int = 0, states: int = 40, sessions: int = 8, calls: int = 40, step: float = 0.2
) -> World:
    """Draw a world: a fifth of the calls repeat one of the session before, a tenth are absent."""
    rng = np.random.default_rng(seed)
    walk = rng.normal(0, step, (sessions, states)).cumsum(axis=0) + rng.normal(0, 1, states)
    present = rng.random((sessions, states)) < 0.95
    walk = (walk - walk[present].mean()) / walk[present].std()
    matrix, session, pairs, items = [], [], [], []
    for t in range(sessions):
        for j in range(calls):
            if t and j < calls // 5:
                pairs.append((len(items) - calls, len(items)))
                items.append(items[-calls])
            else:
                beta, middle = rng.normal(0, 1.5), rng.normal(-1, 1)
                items.append((beta, middle - 0.5, middle + 0.5))
            p = probabilities(walk[t], *items[-1])
            draw = rng.random(states)
            vote = np.where(draw < p[0], 3, np.where(draw < p[0] + p[1], 2, 1))
            absent = (rng.random(states) < 0.1) | ~present[t]
            matrix.append(np.where(absent, 0, vote))
            session.append(t + 1)
    return World(
        np.array(matrix, np.int8).T,
        np.array(session),
        np.array(pairs).reshape(-1, 2),
        walk,
        present,
    )
