from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from detente.convening.support.mixed_arrays import chances, fit_mixed, slopes

CUTS = np.array([-2.0, -0.5])


def drawn(texts: int, states: int, seed: int = 0, sd: float = 1.0):
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 1, (texts, states, 2))
    factors = np.concatenate(
        [
            np.ones((texts, states, 1)),
            np.broadcast_to(rng.normal(0, 1, states), (texts, states))[..., None],
        ],
        axis=2,
    )
    effects = rng.normal(0, sd, (texts, 2))
    eta = x @ np.array([1.0, -0.6]) + np.einsum("jsk,jk->js", factors, effects)
    lot = rng.random((texts, states))[..., None]
    answer = (lot > np.cumsum(chances(eta, CUTS), axis=-1)).sum(-1).astype(np.int8)
    return answer, x, factors, eta


def test_the_fit_finds_the_parameters_that_votes_were_drawn_from():
    answer, x, factors, _ = drawn(60, 120)
    found = fit_mixed(answer, x, factors, np.array([0, 1]), np.ones(60), classes=3, penalty=0.01)
    error = np.sqrt(np.diag(found.covariance))
    truth = np.array([1.0, -0.6, *CUTS])
    got = np.concatenate([found.beta, found.cuts])
    assert (np.abs(got - truth) < 4 * error + 0.05).all()
    assert found.variance == pytest.approx([1.0, 1.0], rel=0.45)


def test_gradients_are_those_of_the_log_likelihood():
    answer, x, factors, eta = drawn(3, 9, seed=4)
    answer[1, :3] = -1
    at = slopes(answer, x, factors, eta, CUTS)
    step = 1e-5
    moved = slopes(answer, x, factors, eta + step * factors[..., 1], CUTS).value
    assert (moved - at.value) / step == pytest.approx(at.effects[:, 1], abs=1e-3)
    moved = slopes(answer, x, factors, eta + step * x[..., 0], CUTS).value
    assert (moved - at.value) / step == pytest.approx(at.shared[:, 0], abs=1e-3)
    moved = slopes(answer, x, factors, eta, CUTS + np.array([0, step])).value
    assert (moved - at.value) / step == pytest.approx(at.shared[:, 3], abs=1e-3)


def test_information_is_the_variance_of_the_gradient():
    _, x, factors, eta = drawn(1, 4, seed=7)
    likely = chances(eta, CUTS)[0]
    total = np.zeros((4, 4))
    for code in range(3**4):
        answer = np.array([[code // 3**i % 3 for i in range(4)]], np.int8)
        weight = np.prod([likely[i, answer[0, i]] for i in range(4)])
        gradient = slopes(answer, x, factors, eta, CUTS).shared[0]
        total += weight * np.outer(gradient, gradient)
    answer = np.zeros((1, 4), np.int8)
    assert slopes(answer, x, factors, eta, CUTS).common[0] == pytest.approx(total, abs=1e-8)


def test_with_one_cut_it_is_a_logistic_regression():
    eta = np.array([[0.3, -1.0]])
    assert chances(eta, np.array([0.5]))[..., 1] == pytest.approx(expit(eta - 0.5))


def test_a_missing_vote_is_no_vote():
    answer, x, factors, _ = drawn(12, 30, seed=2)
    kinds, weights = np.array([0, 1]), np.ones(12)
    gone = answer.copy()
    gone[:, 20:] = -1
    short = fit_mixed(gone, x, factors, kinds, weights, classes=3)
    cut = fit_mixed(answer[:, :20], x[:, :20], factors[:, :20], kinds, weights, classes=3)
    assert short.beta == pytest.approx(cut.beta, abs=1e-8)
    assert short.variance == pytest.approx(cut.variance, abs=1e-8)


def test_texts_that_move_states_together_have_a_larger_variance():
    kinds, weights = np.array([0, 1]), np.ones(40)
    quiet, loud = (
        fit_mixed(*drawn(40, 60, seed=3, sd=sd)[:3], kinds, weights, classes=3) for sd in (0.1, 2.0)
    )
    assert (loud.variance > 4 * quiet.variance).all()
