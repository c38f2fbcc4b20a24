"""The joint posterior against its dense inverse, and what intervals must do."""

from __future__ import annotations

import numpy as np
import pytest
from tests.positions.simulated import world

from detente.positions.fit_arrays import ENTRY_VARIANCE, STEP_VARIANCE, fit
from detente.positions.layout_arrays import lay_out
from detente.positions.posterior_arrays import posterior
from detente.positions.response_arrays import probabilities, state_sums


def test_variances_and_contrasts_are_those_of_the_dense_inverse() -> None:
    drawn = world(2, states=7, sessions=4, calls=12)
    none = np.zeros((0, 2), np.int64)
    layout = lay_out(drawn.matrix, drawn.session, none)
    state = fit(layout, drawn.theta.mean(axis=0))
    joint = posterior(layout, state, STEP_VARIANCE)
    T, S = state.theta.shape
    items = state.items
    _, information = state_sums(layout, state.theta, items)

    P = np.diag(information.ravel())
    for t, block in enumerate(layout.blocks):
        for j in block.items:
            U = np.zeros((S, 3))
            for row, i in enumerate(block.states):
                seen_low = block.below[row, j - block.items[0]]
                seen_high = block.above[row, j - block.items[0]]
                no, _, yes = probabilities(
                    state.theta[t, i], items.beta[j], items.k1[j], items.k2[j]
                )
                h1, h2 = no * (1 - no) * seen_low, yes * (1 - yes) * seen_high
                U[i] = items.beta[j] * np.array([(h1 + h2) * state.theta[t, i], -h1, -h2])
            block_at = slice(t * S, (t + 1) * S)
            P[block_at, block_at] -= U @ items.covariance[j] @ U.T
    for s in range(S):
        for t in range(T):
            here = t * S + s
            if t == layout.first[s]:
                P[here, here] += 1 / ENTRY_VARIANCE
            if layout.first[s] < t <= layout.last[s]:
                back = here - S
                P[np.ix_([back, here], [back, here])] += (
                    np.array([[1, -1], [-1, 1]]) / STEP_VARIANCE
                )
            elif not layout.first[s] <= t <= layout.last[s]:
                P[here, here] += 1
    V = np.linalg.inv(P)
    seen = layout.observed.ravel()
    pins = np.stack([seen, seen * state.theta.ravel()]) / seen.sum()
    V -= V @ pins.T @ np.linalg.inv(pins @ V @ pins.T) @ pins @ V
    assert np.allclose(joint.variance.ravel()[seen], np.diagonal(V)[seen], rtol=1e-3, atol=1e-5)

    rng = np.random.default_rng(0)
    contrast = rng.normal(size=(T, S)) * layout.observed
    exact = contrast.ravel() @ V @ contrast.ravel()
    assert joint.contrast_variance(contrast) == pytest.approx(exact, rel=2e-3)
    assert joint.contrast_variance(pins[0].reshape(T, S)) == pytest.approx(0, abs=1e-6)


def test_intervals_grow_in_gaps_and_shrink_with_votes() -> None:
    drawn = world(9, sessions=9)
    matrix = drawn.matrix.copy()
    gap = (drawn.session >= 3) & (drawn.session <= 7)
    matrix[0, gap] = 0
    few = np.flatnonzero(drawn.session == 9)[5:]
    matrix[1, few] = 0
    orient = drawn.theta.mean(axis=0)
    sds = []
    for cells in (drawn.matrix, matrix):
        layout = lay_out(cells, drawn.session, drawn.pairs)
        variance = posterior(layout, fit(layout, orient), STEP_VARIANCE).variance
        sds.append(np.sqrt(variance))
    full, holed = sds
    assert (holed[2:7, 0] > 1.3 * full[2:7, 0]).all()
    assert holed[4, 0] > holed[2, 0]
    assert holed[4, 0] > holed[6, 0]
    assert holed[8, 1] > 1.2 * full[8, 1]
    assert np.median(np.abs(holed[:, 5:] / full[:, 5:] - 1)) < 0.05
