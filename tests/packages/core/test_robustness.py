from __future__ import annotations

import numpy as np
import pytest

from detente.packages.core.interruption import Interrupted
from detente.packages.core.problem import Forbidden, Interaction, Problem, all_packages
from detente.packages.core.robustness import (
    acceptability,
    most_acceptable,
    next_questions,
    rank_acceptability,
)
from detente.packages.core.sampling import (
    Profiles,
    intervals,
    ordered_simplex,
    ranked,
    red_lines,
    simplex,
)


def drawn(
    sizes: tuple[int, ...] = (3, 3, 3), samples: int = 400, parties: int = 3, tied: bool = False
) -> tuple[Problem, Profiles]:
    rng = np.random.default_rng(11)
    tables = tuple(rng.random((samples, parties, size)) for size in sizes)
    reservation = rng.uniform(1.0, 2.0, (samples, parties))
    extra = Interaction(0, 1, rng.normal(0, 0.3, (parties, sizes[0], sizes[1])))
    problem = Problem(
        tuple(table.mean(axis=0) for table in tables),
        reservation.mean(axis=0),
        interactions=(extra,) if tied else (),
        forbidden=(Forbidden(0, 0, 2, 0),),
    )
    return problem, Profiles(tables, reservation)


def test_weights_on_the_simplex_sum_to_one_and_keep_their_order() -> None:
    rng = np.random.default_rng(0)
    assert np.allclose(simplex(rng, 50, 4).sum(axis=1), 1)
    weights = ordered_simplex(rng, 500, np.array([2, 1, 3]))
    assert np.allclose(weights.sum(axis=1), 1)
    assert (weights[:, 1] >= weights[:, 0]).all()
    assert (weights[:, 0] >= weights[:, 2]).all()
    # The means of uniform ordered weights are the rank-order centroids: 11/18, 5/18, 2/18.
    assert weights.mean(axis=0) == pytest.approx([5 / 18, 11 / 18, 2 / 18], abs=0.03)


def test_equal_ranks_share_their_weight() -> None:
    weights = ordered_simplex(np.random.default_rng(0), 4000, np.array([1, 1, 2]))
    assert weights[:, 0].mean() == pytest.approx(weights[:, 1].mean(), abs=0.02)
    assert (weights[:, :2] >= weights[:, 2:]).all()


def test_scores_by_rank_run_from_one_to_nothing_in_order() -> None:
    scores = ranked(np.random.default_rng(0), 100, np.array([3, 1, 2, 2]))
    assert (scores[:, 1] == 1).all()
    assert (scores[:, 0] == 0).all()
    assert (scores[:, 2] == scores[:, 3]).all()
    assert ((scores[:, 2] > 0) & (scores[:, 2] < 1)).all()


def test_values_known_by_an_interval_stay_in_it() -> None:
    low, high = np.array([0.0, 1.0]), np.array([1.0, 1.0])
    values = intervals(np.random.default_rng(0), 100, low, high)
    assert (values >= low).all()
    assert (values <= high).all()


@pytest.mark.parametrize("tied", [False, True])
def test_shares_are_those_of_a_plain_loop(tied: bool) -> None:
    problem, profiles = drawn(samples=40, tied=tied)
    packages = all_packages(problem.sizes)
    found = acceptability(problem, profiles, packages, dominance=True)
    expected, best = np.zeros(len(packages)), np.zeros(len(packages))
    for sample in range(profiles.n_samples):
        one = profiles.one(sample, problem)
        values, fine = one.values(packages), one.acceptable(packages)
        expected += fine
        for i in np.flatnonzero(fine):
            better = (values >= values[i]).all(axis=1) & (values > values[i]).any(axis=1)
            best[i] += not better.any()
    assert found.all_accept == pytest.approx(expected / profiles.n_samples)
    assert found.undominated == pytest.approx(best / profiles.n_samples, abs=0.03)


@pytest.mark.parametrize("tied", [False, True])
def test_screening_finds_the_packages_that_a_full_count_finds(tied: bool) -> None:
    problem, profiles = drawn((4, 4, 4, 4), samples=3000, tied=tied)
    packages = all_packages(problem.sizes)
    full = acceptability(problem, profiles, packages).all_accept
    found = most_acceptable(problem, profiles, most=10)
    assert found.all_accept == pytest.approx(np.sort(full)[::-1][:10])


def test_a_forbidden_package_is_never_acceptable() -> None:
    problem, profiles = drawn()
    found = acceptability(problem, profiles, np.array([[0, 0, 0]]))
    assert found.all_accept[0] == 0


def test_more_of_something_for_one_party_never_lowers_its_acceptance() -> None:
    problem, profiles = drawn()
    raised = tuple(table.copy() for table in profiles.utilities)
    raised[0][:, 1, 2] += 0.5
    packages = all_packages(problem.sizes)
    before = acceptability(problem, profiles, packages).all_accept
    after = acceptability(problem, Profiles(raised, profiles.reservation), packages).all_accept
    assert (after >= before - 1e-12).all()


def test_the_next_question_is_about_what_is_not_known() -> None:
    # Only what the second party thinks of the first issue is unknown, and it decides all.
    samples = 300
    rng = np.random.default_rng(5)
    sure = np.tile(np.array([[0.6, 0.6], [0.0, 0.0]]), (samples, 1, 1))
    likes_first = rng.random(samples) < 0.5
    sure[:, 1, 0] = np.where(likes_first, 1.0, 0.0)
    sure[:, 1, 1] = np.where(likes_first, 0.0, 1.0)
    other = np.zeros((samples, 2, 2))
    profiles = Profiles((sure, other), np.full((samples, 2), 0.5))
    problem = Problem((sure.mean(axis=0), other.mean(axis=0)), np.array([0.5, 0.5]))
    found = acceptability(problem, profiles, all_packages(problem.sizes))
    first, *rest = next_questions(found, profiles)
    assert (first.party, first.issue, first.kind) == (1, 0, "favourite")
    assert first.worth == pytest.approx(1 - max(likes_first.mean(), 1 - likes_first.mean()))
    assert all(question.worth == 0 for question in rest)


def test_an_answer_never_lowers_what_can_be_had() -> None:
    problem, profiles = drawn()
    found = most_acceptable(problem, profiles, most=8)
    assert all(question.worth >= 0 for question in next_questions(found, profiles))


def with_red_lines(profiles: Profiles, chance: float = 0.15) -> Profiles:
    rng = np.random.default_rng(5)
    lines = tuple(
        red_lines(rng, profiles.n_samples, np.full(table.shape[1:], chance))
        for table in profiles.utilities
    )
    return Profiles(profiles.utilities, profiles.reservation, lines)


def test_red_lines_are_drawn_as_often_as_they_are_likely() -> None:
    chance = np.array([[0.0, 0.3], [1.0, 0.7]])
    drawn = red_lines(np.random.default_rng(0), 4000, chance)
    assert drawn.mean(axis=0) == pytest.approx(chance, abs=0.03)
    assert not drawn[:, 0, 0].any()
    assert drawn[:, 1, 0].all()


@pytest.mark.parametrize("tied", [False, True])
def test_a_red_line_drawn_in_a_profile_closes_the_option_in_that_profile(tied: bool) -> None:
    problem, plain = drawn(samples=60, tied=tied)
    profiles = with_red_lines(plain)
    packages = all_packages(problem.sizes)
    found = acceptability(problem, profiles, packages, dominance=True)
    each = [profiles.one(s, problem) for s in range(profiles.n_samples)]
    expected = np.array([one.acceptable(packages) for one in each]).T
    assert (found.accepted == expected).all()
    best = np.zeros(len(packages))
    for one in each:
        there = np.flatnonzero(one.permitted(packages))
        values = one.values(packages[there])
        for row, value in zip(there, values, strict=True):
            beaten = ((values >= value).all(axis=1) & (values > value).any(axis=1)).any()
            best[row] += not beaten and one.acceptable(packages[row][None, :])[0]
    assert found.undominated == pytest.approx(best / profiles.n_samples)
    assert (found.all_accept <= acceptability(problem, plain, packages).all_accept).all()


@pytest.mark.parametrize("tied", [False, True])
def test_screening_respects_drawn_red_lines(tied: bool) -> None:
    problem, plain = drawn((3, 4, 3), samples=900, tied=tied)
    profiles = with_red_lines(plain)
    full = acceptability(problem, profiles, all_packages(problem.sizes)).all_accept
    found = most_acceptable(problem, profiles, 5)
    assert found.all_accept == pytest.approx(np.sort(full)[::-1][:5])


def test_rank_indices_are_those_of_a_plain_loop() -> None:
    problem, plain = drawn(samples=50)
    profiles = with_red_lines(plain)
    packages = all_packages(problem.sizes)[[0, 5, 11, 20, 26]]
    found = rank_acceptability(problem, profiles, packages)
    expected = np.zeros((3, 5, 5))
    for sample in range(50):
        one = profiles.one(sample, problem)
        values = one.values(packages)
        for party in range(3):
            own = [
                -np.inf
                if any(one.red_lines[k][party, o] for k, o in enumerate(row))
                else round(float(values[i, party]), 5)
                for i, row in enumerate(packages)
            ]
            for i, value in enumerate(own):
                better, equal = sum(v > value for v in own), own.count(value)
                expected[party, i, better : better + equal] += 1 / equal / 50
    assert found == pytest.approx(expected)
    assert found.sum(axis=1) == pytest.approx(1)
    assert found.sum(axis=2) == pytest.approx(1)


def test_the_better_of_two_packages_is_always_first() -> None:
    problem = Problem((np.array([[0.0, 1.0], [1.0, 1.0]]),), np.zeros(2))
    profiles = Profiles((np.tile(problem.utilities[0], (7, 1, 1)),), np.zeros((7, 2)))
    found = rank_acceptability(problem, profiles, np.array([[0], [1]]))
    assert found[0].tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert found[1].tolist() == [[0.5, 0.5], [0.5, 0.5]]  # ties share their ranks


def test_out_of_time_the_best_by_the_profiles_seen_come_with_a_margin_that_holds() -> None:
    problem, profiles = drawn((4, 4, 4), samples=3000)
    full = np.sort(acceptability(problem, profiles, all_packages(problem.sizes)).all_accept)
    found = most_acceptable(problem, profiles, 5, seconds=0.0)
    assert 0 < found.margin <= 1
    assert full[-5] <= found.all_accept[-1] + found.margin
    assert most_acceptable(problem, profiles, 5).margin == 0


@pytest.mark.parametrize("after", [64, 768, 896])
def test_an_interrupted_screening_tells_the_best_by_the_profiles_seen(after: int) -> None:
    problem, profiles = drawn((4, 4, 4), samples=3000)

    def stop(seen: int, total: int) -> None:
        if seen >= after:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stopped:
        most_acceptable(problem, profiles, 5, stop)
    found = stopped.value.found
    seen = found.accepted.shape[1]
    assert after <= seen < 3000
    full = acceptability(problem, profiles.first(seen), all_packages(problem.sizes)).all_accept
    assert found.all_accept == pytest.approx(np.sort(full)[::-1][:5])
    assert next_questions(found, profiles)
