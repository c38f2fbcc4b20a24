"""The exact posterior, against direct conditioning of the joint normal, and its calibration."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.tension.filter_arrays import filtered
from detente.tension.latent_arrays import Floats, Parameters, smooth, spans
from detente.tension.loading_arrays import HIGH, LOW, MIDDLE, estimate, minres

PARAMETERS = Parameters(
    a=np.array([0.3, -1.0, 2.0]),
    b=np.array([0.8, 1.5, 0.4]),
    r=np.array([0.5, 2.0, 0.7]),
    tau2=np.array([0.6, 0.2, 1.1]),
    q=0.05,
    p0=1.5,
)


def simulate(T: int, N: int, seed: int, p: Parameters = PARAMETERS) -> tuple[Floats, Floats]:
    """Return levels (T, N) and observations (T, S, N) of the model, with gaps."""
    rng = np.random.default_rng(seed)
    S = len(p.a)
    steps = rng.normal(0, np.sqrt(p.q), (T, N))
    steps[0] = rng.normal(0, np.sqrt(p.p0), N)
    x = steps.cumsum(0)
    u = rng.normal(0, np.sqrt(p.tau2)[:, None], (S, N))
    noise = rng.normal(0, np.sqrt(p.r)[None, :, None], (T, S, N))
    y = p.a[None, :, None] + p.b[None, :, None] * x[:, None] + u[None] + noise
    y[rng.random(y.shape) < 0.4] = np.nan
    return x, y


def conditioned(y: Floats, p: Parameters) -> tuple[Floats, Floats]:
    """Return mean and covariance of one pair's levels and biases by brute force: the oracle."""
    T, S = y.shape
    prior = np.zeros((T + S, T + S))
    t = np.arange(T)
    prior[:T, :T] = p.p0 + p.q * np.minimum.outer(t, t)
    prior[T:, T:] = np.diag(p.tau2)
    rows, value, noise = [], [], []
    for i in range(T):
        for s in range(S):
            if np.isfinite(y[i, s]):
                row = np.zeros(T + S)
                row[i], row[T + s] = p.b[s], 1.0
                rows.append(row)
                value.append(y[i, s] - p.a[s])
                noise.append(p.r[s])
    if not rows:
        return np.zeros(T + S), prior
    H = np.array(rows)
    gain = prior @ H.T @ np.linalg.inv(H @ prior @ H.T + np.diag(noise))
    return gain @ np.array(value), prior - gain @ H @ prior


@given(st.integers(1, 8), st.integers(0, 10_000))
def test_smoothing_is_conditioning_of_the_joint_normal(T: int, seed: int) -> None:
    _, y = simulate(T, 2, seed)
    post = smooth(y, PARAMETERS)
    for n in range(2):
        mean, cov = conditioned(y[:, :, n], PARAMETERS)
        np.testing.assert_allclose(post.mean[:, n], mean[:T], atol=1e-9)
        np.testing.assert_allclose(post.bias[:, n], mean[T:], atol=1e-9)
        np.testing.assert_allclose(post.variance[:, n], np.diag(cov)[:T], atol=1e-9)
        np.testing.assert_allclose(post.bias_variance[:, n], np.diag(cov)[T:], atol=1e-9)
        np.testing.assert_allclose(post.last[:, n], cov[:T, T - 1], atol=1e-9)
        np.testing.assert_allclose(post.step[:, n], np.diag(cov, 1)[: T - 1], atol=1e-9)
        np.testing.assert_allclose(post.cross[:, :, n], cov[:T, T:], atol=1e-9)


@given(st.integers(2, 30), st.integers(0, 10_000))
def test_the_filter_is_the_smoother_of_what_was_known(T: int, seed: int) -> None:
    _, y = simulate(T, 3, seed)
    mean, variance = filtered(y, PARAMETERS)
    for t in (T // 2, T - 1):
        known = smooth(y[: t + 1], PARAMETERS)
        np.testing.assert_allclose(mean[t], known.mean[-1], atol=1e-9)
        np.testing.assert_allclose(variance[t], known.variance[-1], atol=1e-9)


def test_a_simulated_level_lies_in_its_interval_as_often_as_it_says() -> None:
    x, y = simulate(120, 400, 7)
    post = smooth(y, PARAMETERS)
    inside = np.abs(x - post.mean) <= 1.6448536 * np.sqrt(post.variance)
    assert inside.mean() == pytest.approx(0.9, abs=0.015)
    assert np.corrcoef(x.ravel(), post.mean.ravel())[0, 1] > 0.85


def test_pairs_do_not_touch_each_other() -> None:
    _, y = simulate(40, 5, 3)
    whole = smooth(y, PARAMETERS)
    order = np.array([3, 0, 4, 1, 2])
    moved = smooth(y[:, :, order], PARAMETERS)
    np.testing.assert_allclose(moved.mean, whole.mean[:, order], atol=1e-12)
    alone = smooth(y[:, :, :1], PARAMETERS)
    np.testing.assert_allclose(alone.mean[:, 0], whole.mean[:, 0], atol=1e-12)


def test_without_a_source_nothing_changes_where_it_had_no_value() -> None:
    """A source's reach: pairs in which it is seen; what was known before its first value stays."""
    _, y = simulate(60, 4, 11)
    y[:, 1, :2] = np.nan
    y[:30, 1, 2:] = np.nan
    without = y.copy()
    without[:, 1] = np.nan
    np.testing.assert_array_equal(
        smooth(without, PARAMETERS).mean[:, :2], smooth(y, PARAMETERS).mean[:, :2]
    )
    with_, less = filtered(y, PARAMETERS)[0], filtered(without, PARAMETERS)[0]
    np.testing.assert_array_equal(less[:30], with_[:30])
    assert np.abs(less[30:, 2:] - with_[30:, 2:]).max() > 0.01


def test_more_evidence_never_widens_an_interval() -> None:
    _, y = simulate(50, 3, 5)
    fewer = y.copy()
    fewer[::2] = np.nan
    more, less = smooth(y, PARAMETERS).variance, smooth(fewer, PARAMETERS).variance
    assert (more <= less + 1e-12).all()


def test_a_span_runs_from_first_to_last_value() -> None:
    y = np.full((5, 2, 1), np.nan)
    y[1, 0, 0] = y[3, 1, 0] = 1.0
    assert spans(y)[:, 0].tolist() == [False, True, True, True, False]


def test_one_factor_gives_back_the_loadings_that_made_the_correlations() -> None:
    loading = np.array([0.8, 0.6, 0.5, 0.3])
    R = np.outer(loading, loading)
    np.fill_diagonal(R, 1.0)
    assert minres(R, np.full((4, 4), 1e9)) == pytest.approx(loading, abs=0.06)


def test_sources_never_seen_together_are_taken_for_half_level() -> None:
    assert minres(np.full((3, 3), np.nan), np.zeros((3, 3))).tolist() == [MIDDLE] * 3


def test_loadings_stay_within_their_bounds() -> None:
    R = np.array([[1.0, 0.99, -0.9], [0.99, 1.0, -0.9], [-0.9, -0.9, 1.0]])
    found = minres(R, np.full((3, 3), 1e6))
    assert (found >= LOW).all()
    assert (found <= HIGH).all()


def test_the_parameters_tell_a_good_source_from_a_poor_one() -> None:
    rng = np.random.default_rng(1)
    x = np.cumsum(rng.normal(0, 0.1, (600, 60)), axis=0)
    sizes = np.array([1.0, 2.0, 6.0])
    y = x[:, None] + rng.normal(0, 1, (600, 3, 60)) * sizes[None, :, None]
    # Noise of a year: it does not average out within one.
    y = np.repeat(y[::12], 12, axis=0)
    found = estimate(y, np.array([1.0, 1.0, 1.0]))
    assert found.loading[0] > found.loading[1] > found.loading[2]


def test_a_held_source_is_half_level_and_moves_no_other() -> None:
    _, y = simulate(240, 30, 2)
    held = np.array([False, False, True])
    found = estimate(y, np.ones(3), held)
    without = y.copy()
    without[:, 2] = np.nan
    assert found.loading[2] == MIDDLE
    np.testing.assert_array_equal(
        found.loading[:2], estimate(without, np.ones(3), held).loading[:2]
    )
