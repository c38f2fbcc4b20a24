from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import multivariate_normal, norm

from detente.forecast import features_arrays as fa
from detente.forecast.bins_arrays import binned, weighted_cuts
from detente.forecast.explain import interval
from detente.forecast.features import nearest_order
from detente.forecast.joint_arrays import no_objection, none_of
from detente.forecast.nets_arrays import fit_net
from detente.forecast.scores_arrays import (
    area_under_curve,
    brier,
    calibration_error,
    cell_losses,
    interval_over_groups,
)


def _votes(m: int, s: int, seed: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).integers(-1, 3, (m, s))
    return np.stack([drawn == k for k in range(3)], -1).astype(np.float32)


def test_shares_are_proper_and_a_state_without_votes_follows_its_rates() -> None:
    votes = _votes(30, 4, 2)
    votes[:, 0] = 0
    rates = fa.state_rates(votes, np.linspace(5, 0, 30), 4.0)
    np.testing.assert_allclose(rates.sum(1), 1, atol=1e-5)
    peers = fa.peer_weights(fa.agreement(votes, np.linspace(5, 0, 30)))
    own, mass, text, peer = fa.precedent_shares(
        np.full((2, 30), 0.2, np.float32), votes, rates, peers
    )
    assert (mass[:, 0] == 0).all()
    for shares in (own, text, peer):
        np.testing.assert_allclose(shares.sum(-1), 1, atol=1e-4)


def test_sponsors_speak_for_those_that_vote_like_them_and_silence_says_nothing() -> None:
    agree = np.array([[1, 0.8, -0.5], [0.8, 1, -0.2], [-0.5, -0.2, 1]], np.float32)
    signs = fa.sponsor_signs(np.array([[True, True, False], [False, False, False]]), agree)
    np.testing.assert_allclose(signs[0, :, 0], [1, 1, 0])
    np.testing.assert_allclose(signs[0, :, 1], [0.8, 0.8, -0.35], atol=1e-6)
    np.testing.assert_allclose(signs[0, :, 2], np.log(3), atol=1e-6)
    assert np.isnan(signs[1]).all()


def test_states_that_always_part_disagree_and_those_alike_agree() -> None:
    yes, no = np.array([0, 0, 1]), np.array([1, 0, 0])
    votes = np.array([[yes, yes, no], [no, no, yes]] * 10, np.float32)
    agree = fa.agreement(votes, np.zeros(20))
    assert agree[0, 1] > 0.8
    assert agree[0, 2] < -0.8


@pytest.mark.parametrize("correlation", [0.0, 0.35, 0.85])
def test_linked_chances_match_the_bivariate_normal(correlation: float) -> None:
    chances = np.array([[0.3, 0.6]])
    exact = multivariate_normal.cdf(-norm.ppf(chances[0]), cov=[[1, correlation], [correlation, 1]])
    assert none_of(chances, correlation)[0] == pytest.approx(exact, abs=2e-3)


@given(arrays(np.float64, (3, 4), elements=st.floats(0.001, 0.999)))
def test_linking_lies_between_independence_and_the_worst_party(chances: np.ndarray) -> None:
    none = none_of(chances, 0.35)
    assert (none >= np.prod(1 - chances, 1) - 5e-3).all()
    assert (none <= 1 - chances.max(1) + 5e-3).all()


def test_a_party_keeps_its_chance_and_the_table_is_tempered_towards_even_odds() -> None:
    chances = np.array([[0.02, 0.01], [0.9, 0.8]])
    each, none = no_objection(chances, [np.array([0]), np.array([1])])
    np.testing.assert_allclose(each, chances)
    bare = none_of(chances, 0.35)
    assert bare[0] > none[0] > 0.5 > none[1] > bare[1]


def test_a_bloc_objects_at_least_as_often_as_its_keenest_member() -> None:
    each, _ = no_objection(np.array([[0.1, 0.3, 0.2]]), [np.array([0, 1, 2])])
    assert 0.3 - 1e-3 <= each[0, 0] <= 0.6


@given(st.integers(0, 10_000))
def test_area_is_the_share_of_pairs_ranked_rightly(seed: int) -> None:
    rng = np.random.default_rng(seed)
    chance, happened = rng.integers(0, 5, 12) / 5, rng.random(12) < 0.5
    happened[:2] = True, False
    pairs = [
        1.0 if a > b else 0.5 if a == b else 0.0
        for a in chance[happened]
        for b in chance[~happened]
    ]
    assert area_under_curve(chance, happened) == pytest.approx(np.mean(pairs))


def test_scores_worked_by_hand() -> None:
    chances = np.array([[[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]]], np.float32)
    loss = cell_losses(chances, np.array([[2, -1]], np.int8))
    assert loss[0, 0] == pytest.approx(np.log(2))
    assert np.isnan(loss[0, 1])
    happened = np.array([True, False])
    assert brier(np.array([0.8, 0.4]), happened) == pytest.approx(0.1)
    assert calibration_error(np.array([0.8, 0.4]), happened) == pytest.approx(0.3)
    assert interval_over_groups(np.array([1.0, 1.0]), np.array([2.0, 2.0])) == (0.5, 0.5)


@given(st.floats(0, 1), st.floats(0, 20))
def test_intervals_hold_the_chance_and_widen_without_precedents(chance: float, n: float) -> None:
    low, high = interval(chance, n)
    assert 0 <= low <= chance <= high <= 1
    bare_low, bare_high = interval(chance, 0)
    assert bare_high - bare_low >= high - low - 0.02


def test_a_network_learns_what_two_inputs_say_and_takes_the_unknown_as_the_mean() -> None:
    rng = np.random.default_rng(0)
    values = rng.uniform(size=(60_000, 3)).astype(np.float32)
    answer = np.where(values[:, 0] > 0.6, 0, np.where(values[:, 1] > 0.5, 2, 1)).astype(np.int8)
    values[rng.random(60_000) < 0.2, 2] = np.nan
    shares = np.array([True, False, False])
    net = fit_net(values, answer, np.ones(60_000), shares, 1)
    chances = net.chances(values)
    np.testing.assert_allclose(chances.sum(1), 1, atol=1e-5)
    assert (chances.argmax(1) == answer).mean() > 0.85
    unknown = values[:1].copy()
    unknown[0, 2] = np.nan
    known = np.where(np.isnan(unknown), net.mean, unknown).astype(np.float32)
    np.testing.assert_allclose(net.chances(unknown), net.chances(known), atol=1e-6)


def test_a_network_is_the_same_in_every_run_and_other_with_another_seed() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(700, 4)).astype(np.float32)
    answer = rng.integers(0, 3, 700).astype(np.int8)
    nets = [fit_net(values, answer, np.ones(700), np.zeros(4, bool), i) for i in (1, 1, 2)]
    assert nets[0].weights[0].tobytes() == nets[1].weights[0].tobytes()
    assert nets[0].weights[0].tobytes() != nets[2].weights[0].tobytes()


@given(
    arrays(
        np.float32,
        st.integers(1, 60),
        elements=st.sampled_from([np.nan, -1.0, 0.0, 0.25, 0.5, 0.75, 1.0, 2.0]),
    ),
    st.integers(2, 6),
)
def test_cuts_part_the_weight_as_its_quantiles_say(values: np.ndarray, bins: int) -> None:
    weight = np.arange(1, len(values) + 1, dtype=float)
    known = ~np.isnan(values)
    total = weight[known].sum()
    # A quantile is the least value at or below which that share of the weight lies.
    wanted = {
        min(v for v in values[known] if weight[known][values[known] <= v].sum() >= total * k / bins)
        for k in range(1, bins)
        if known.any()
    }
    cuts = weighted_cuts(values, weight, bins)
    assert cuts.tolist() == sorted(wanted)
    codes = binned(values[:, None], (cuts,))[:, 0]
    assert (np.isnan(codes) == np.isnan(values)).all()
    assert codes[known].tolist() == [(cuts < v).sum() for v in values[known]]


@given(
    st.lists(st.lists(st.floats(0, 1, width=32), min_size=5, max_size=5), min_size=1, max_size=4)
)
def test_nearest_texts_are_in_order_of_likeness_and_the_first_of_equals(rows: list) -> None:
    alike = np.array(rows, np.float32)
    age = np.array([4.0, 3.0, 2.0, 2.0, 1.0])
    value = alike - 0.002 * age[None].astype(np.float32)
    whole = np.argsort(-value, axis=1, kind="stable")
    np.testing.assert_array_equal(nearest_order(alike, age, 3), whole[:, :3])
    np.testing.assert_array_equal(nearest_order(alike, age, 9), whole)
