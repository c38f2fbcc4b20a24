"""The model recovers what it was drawn from, and does not care how states are called."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from tests.positions.simulated import world

from detente.positions.fit_arrays import STEP_VARIANCE, fit
from detente.positions.layout_arrays import lay_out, link
from detente.positions.posterior_arrays import posterior
from detente.positions.response_arrays import (
    blank_items,
    item_sums,
    probabilities,
    state_sums,
    update_items,
)
from detente.positions.walk_arrays import smooth


def test_positions_are_recovered_and_intervals_cover_them() -> None:
    inside, errors = [], []
    for seed in range(6):
        drawn = world(seed)
        layout = lay_out(drawn.matrix, drawn.session, drawn.pairs)
        orient = drawn.theta.mean(axis=0)
        state = fit(layout, orient)
        sd = np.sqrt(posterior(layout, state, STEP_VARIANCE).variance)
        seen = layout.observed
        error = (state.theta - drawn.theta)[seen]
        inside.append(np.abs(error) <= 1.645 * sd[seen])
        errors.append(np.corrcoef(state.theta[seen], drawn.theta[seen])[0, 1])
    assert min(errors) > 0.97
    assert 0.85 <= np.concatenate(inside).mean() <= 0.97


def test_relabelling_states_only_moves_the_labels() -> None:
    drawn = world(3)
    order = np.random.default_rng(1).permutation(len(drawn.matrix))
    orient = drawn.theta.mean(axis=0)
    plain = fit(lay_out(drawn.matrix, drawn.session, drawn.pairs), orient, tolerance=1e-5)
    moved = fit(
        lay_out(drawn.matrix[order], drawn.session, drawn.pairs), orient[order], tolerance=1e-5
    )
    assert np.abs(moved.theta - plain.theta[:, order]).max() < 1e-3


def test_scale_is_pinned_and_the_sign_follows_the_anchor() -> None:
    drawn = world(4)
    layout = lay_out(drawn.matrix, drawn.session, drawn.pairs)
    orient = drawn.theta.mean(axis=0)
    right, left = fit(layout, orient), fit(layout, -orient)
    seen = layout.observed
    assert right.theta[seen].mean() == pytest.approx(0, abs=1e-3)
    assert right.theta[seen].std() == pytest.approx(1, abs=1e-3)
    assert np.array_equal(left.theta, -right.theta)
    assert np.array_equal(left.items.beta, -right.items.beta)


def test_a_stricter_tolerance_moves_no_position_visibly() -> None:
    drawn = world(5)
    layout = lay_out(drawn.matrix, drawn.session, drawn.pairs)
    orient = drawn.theta.mean(axis=0)
    loose, strict = fit(layout, orient), fit(layout, orient, tolerance=1e-6)
    assert strict.sweeps > loose.sweeps
    assert np.abs(strict.theta - loose.theta).max() < 5e-4


def test_an_absent_vote_is_missing_and_a_unanimous_call_says_nothing() -> None:
    drawn = world(6)
    extra = np.where(drawn.matrix[:, :1] > 0, 1, 0).astype(np.int8)
    longer = np.hstack([drawn.matrix, extra])
    sessions = np.append(drawn.session, 1)
    a = lay_out(drawn.matrix, drawn.session, drawn.pairs)
    b = lay_out(longer, sessions, drawn.pairs)
    assert np.array_equal(a.kept, b.kept)
    assert np.array_equal(a.votes, b.votes)


def test_progress_ends_at_the_end() -> None:
    drawn = world(0)
    told: list[tuple[int, int]] = []
    fit(
        lay_out(drawn.matrix, drawn.session, drawn.pairs),
        drawn.theta.mean(axis=0),
        told=lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (100, 100)
    assert all(0 <= done <= total for done, total in told)


@given(
    st.integers(1, 30).flatmap(
        lambda n: st.tuples(
            st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)))
        )
    )
)
def test_linked_calls_are_the_connected_components(case: tuple[int, list[tuple[int, int]]]) -> None:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n, pairs = case
    array = np.array(pairs, np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(pairs)), (array[:, 0], array[:, 1])), shape=(n, n))
    _, oracle = connected_components(graph, directed=False)
    found = link(n, array)
    assert len(set(zip(found, oracle, strict=True))) == len(set(found)) == len(set(oracle))


@settings(max_examples=40)
@given(st.floats(-4, 4), st.floats(-3, 3), st.floats(-3, 3), st.floats(0.01, 4))
def test_the_three_probabilities_are_one_in_all(
    x: float, beta: float, k: float, gap: float
) -> None:
    p = probabilities(np.float64(x), np.float64(beta), np.float64(k), np.float64(k + gap))
    assert p.sum() == pytest.approx(1)
    assert (p > 0).all()


def _log_posterior(x: np.ndarray, theta: np.ndarray, votes: np.ndarray) -> float:
    """Written out: one item, prior and half an abstention included (oracle)."""
    beta, k1, k2 = x
    p = probabilities(theta, beta, k1, k2)
    seen = votes > 0
    value = np.log(p[3 - votes[seen], np.flatnonzero(seen)]).sum()
    value += 0.5 * np.log(-np.expm1(k1 - k2))
    return float(value - 0.5 * beta**2 - 0.5 * (k1**2 + k2**2) / 25)


def test_an_item_comes_to_the_mode_of_its_written_out_posterior() -> None:
    drawn = world(7, sessions=1, calls=5)
    layout = lay_out(drawn.matrix, drawn.session, drawn.pairs)
    theta = drawn.theta
    items = blank_items(layout.n_items)
    for _ in range(60):
        items = update_items(layout, theta, np.zeros(theta.shape), items)
    for j, call in enumerate(layout.kept):
        votes = drawn.matrix[:, call]
        x = np.array([items.beta[j], items.k1[j], items.k2[j]])
        best = minimize(
            lambda y, v=votes: -_log_posterior(y, theta[0], v),
            x,
            method="Nelder-Mead",
            options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 4000},
        )
        assert np.abs(best.x - x).max() < 5e-3


def test_state_sums_are_the_derivatives_of_the_log_likelihood() -> None:
    drawn = world(8, sessions=1, calls=30)
    layout = lay_out(drawn.matrix, drawn.session, drawn.pairs)
    items = blank_items(layout.n_items)
    for _ in range(20):
        items = update_items(layout, drawn.theta, np.zeros(drawn.theta.shape), items)
    sure = type(items)(items.beta, items.k1, items.k2, np.zeros_like(items.covariance))

    def log_likelihood(x: np.ndarray) -> np.ndarray:
        total = np.zeros(len(x))
        for j, call in enumerate(layout.kept):
            votes = drawn.matrix[:, call]
            p = probabilities(x, sure.beta[j], sure.k1[j], sure.k2[j])
            seen = np.flatnonzero(votes)
            total[seen] += np.log(p[3 - votes[seen], seen])
        return total

    x, h = drawn.theta[0], 1e-4
    up, at, down = log_likelihood(x + h), log_likelihood(x), log_likelihood(x - h)
    score, information = state_sums(layout, drawn.theta, sure)
    assert np.allclose(score[0], (up - down) / (2 * h), atol=2e-3)
    assert np.allclose(information[0], -(up - 2 * at + down) / h**2, atol=2e-2)
    assert item_sums(layout, drawn.theta, np.zeros((1, len(x))), sure).shape == (9, len(sure.beta))


def _dense_walk(first: np.ndarray, last: np.ndarray, step: np.ndarray, entry: float) -> list:
    """Prior precision of each state's chain, written out."""
    T = len(step)
    out = []
    for a, b in zip(first, last, strict=True):
        P = np.zeros((T, T))
        P[a, a] += 1 / entry
        for t in range(a + 1, b + 1):
            P[np.ix_([t - 1, t], [t - 1, t])] += np.array([[1, -1], [-1, 1]]) / step[t]
        out.append(P)
    return out


def test_the_smoother_is_the_exact_gaussian_posterior() -> None:
    rng = np.random.default_rng(0)
    T, S = 9, 6
    first, last = np.array([0, 0, 2, 3, 8, 1]), np.array([8, 5, 8, 6, 8, 2])
    row = np.arange(T)[:, None]
    inside = (row >= first) & (row <= last)
    precision = rng.gamma(1, 3, (T, S)) * inside * (rng.random((T, S)) < 0.6)
    reading = rng.normal(0, 1, (T, S))
    step = rng.uniform(0.05, 0.3, T)
    mean, variance = smooth(precision, reading, step, first, last, 1.5)
    for s, P in enumerate(_dense_walk(first, last, step, 1.5)):
        at = np.flatnonzero(inside[:, s])
        full = (P + np.diag(precision[:, s]))[np.ix_(at, at)]
        V = np.linalg.inv(full)
        assert np.allclose(variance[at, s], np.diagonal(V))
        assert np.allclose(mean[at, s], V @ (precision * reading)[at, s])
