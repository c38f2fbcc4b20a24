from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.packages.core.blocking import blocking, demands, least_concession
from detente.packages.core.frontier import frontier
from detente.packages.core.mip import exists, solve_mip
from detente.packages.core.pareto_arrays import undominated
from detente.packages.core.problem import (
    Forbidden,
    Interaction,
    Problem,
    Requires,
    all_packages,
)
from detente.packages.core.solutions import (
    RULES,
    criteria,
    ideal_gains,
    lexicographic,
    solve,
)


@st.composite
def problems(draw: st.DrawFn, tied: bool = True) -> Problem:
    """Small problems with coarse values, so that ties are frequent, and every kind of condition."""
    n_parties = draw(st.integers(2, 4))
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    utilities = tuple(rng.integers(-2, 4, (n_parties, size)).astype(float) for size in sizes)
    reservation = rng.integers(-4, 4, n_parties).astype(float)
    lines: tuple[Any, ...] = ()
    if draw(st.booleans()):
        lines = tuple(rng.random((n_parties, size)) < 0.12 for size in sizes)
    interactions: list[Interaction] = []
    forbidden: list[Forbidden] = []
    requires: list[Requires] = []
    if tied and len(sizes) > 1:
        for _ in range(draw(st.integers(0, 2))):
            a, b = sorted(rng.choice(len(sizes), 2, replace=False).tolist())
            kind = draw(st.sampled_from(["interaction", "forbidden", "requires"]))
            i, j = int(rng.integers(sizes[a])), int(rng.integers(sizes[b]))
            if kind == "interaction":
                values = rng.integers(-2, 3, (n_parties, sizes[a], sizes[b])).astype(float)
                interactions.append(Interaction(a, b, values))
            elif kind == "forbidden":
                forbidden.append(Forbidden(a, i, b, j))
            else:
                requires.append(Requires(b, j, a, (i,)))
    return Problem(
        utilities, reservation, lines, tuple(interactions), tuple(forbidden), tuple(requires)
    )


def brute(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Return every undominated package acceptable to all, and its values, by listing them all."""
    packages = all_packages(problem.sizes)
    packages = packages[problem.acceptable(packages)]
    values = problem.values(packages)
    keep = [not any((w >= v).all() and (w > v).any() for w in values) for v in values]
    return packages[keep], values[keep]


@given(problems())
@settings(max_examples=150, deadline=None)
def test_the_frontier_is_that_of_a_full_listing(problem: Problem) -> None:
    packages, values = brute(problem)
    front = frontier(problem)
    assert front.counts.sum() == len(packages)
    distinct = {tuple(v) for v in np.round(values, 9).tolist()}
    assert {tuple(v) for v in np.round(front.values, 9).tolist()} == distinct
    assert np.allclose(problem.values(front.packages), front.values)
    listed = sorted(tuple(p.tolist()) for point in range(len(front)) for p in front.equal(point))
    assert listed == sorted(tuple(p) for p in packages.tolist())


@given(problems())
@settings(max_examples=150, deadline=None)
def test_every_solution_is_that_of_a_full_listing(problem: Problem) -> None:
    packages = all_packages(problem.sizes)
    packages = packages[problem.acceptable(packages)]
    front = frontier(problem)
    for rule in RULES:
        found = solve(front, problem.reservation, rule)
        if not len(packages):
            assert found is None
            continue
        assert found is not None
        gains = problem.values(packages) - problem.reservation
        compared = criteria(rule, gains, ideal_gains(gains))
        best = lexicographic(compared)
        own = criteria(rule, (found.values - problem.reservation)[None, :], ideal_gains(gains))
        assert np.allclose(own, compared[best][:1], atol=1e-7), rule


@given(problems())
@settings(max_examples=40, deadline=None)
def test_integer_programs_agree_with_the_frontier(problem: Problem) -> None:
    front = frontier(problem)
    said, package = exists(problem, 20)
    assert said == ("yes" if len(front) else "no")
    assert package is None or problem.acceptable(package[None, :])[0]
    for rule in RULES:
        exact, found = solve(front, problem.reservation, rule), solve_mip(problem, rule, 20)
        if exact is None:
            assert found is None
            continue
        assert found is not None
        assert found.proved
        assert problem.acceptable(found.package[None, :])[0]
        ideals = ideal_gains(front.values - problem.reservation)
        told, best = (
            criteria(rule, (one.values - problem.reservation)[None, :], ideals)[0]
            for one in (found, exact)
        )
        assert told == pytest.approx(best, abs=1e-4), rule


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_relabelling_the_parties_relabels_the_answers(problem: Problem, random: Any) -> None:
    order = list(range(problem.n_parties))
    random.shuffle(order)
    turned = Problem(
        tuple(table[order] for table in problem.utilities),
        problem.reservation[order],
        tuple(table[order] for table in problem.red_lines),
        tuple(Interaction(p.a, p.b, p.values[order]) for p in problem.interactions),
        problem.forbidden,
        problem.requires,
    )
    one, other = frontier(problem), frontier(turned)
    assert {tuple(v) for v in one.values[:, order].tolist()} == {
        tuple(v) for v in other.values.tolist()
    }
    for rule in RULES:
        a = solve(one, problem.reservation, rule)
        b = solve(other, turned.reservation, rule)
        assert (a is None) == (b is None)
        if a is not None and b is not None:
            assert a.score == pytest.approx(b.score)


def _met(problem: Problem, wanted: set[Any]) -> bool:
    """Return whether some package meets all of these demands, by listing."""
    packages = all_packages(problem.sizes)
    packages = packages[problem.possible(packages)]
    values = problem.values(packages)
    fine = np.ones(len(packages), bool)
    for demand in wanted:
        if demand.red_line:
            fine &= packages[:, demand.issue] != demand.option
        else:
            fine &= values[:, demand.party] >= problem.reservation[demand.party] - 1e-9
    return bool(fine.any())


@given(problems())
@settings(max_examples=60, deadline=None)
def test_the_blocking_set_blocks_and_no_smaller_one_does(problem: Problem) -> None:
    found = blocking(problem)
    everything = demands(problem)
    assert (found is None) == _met(problem, set(everything))
    if found is None:
        return
    assert found.smallest
    assert not _met(problem, set(found.demands))
    for size in range(len(found.demands)):
        for fewer in combinations(everything, size):
            assert _met(problem, set(fewer)), fewer


@given(problems())
@settings(max_examples=60, deadline=None)
def test_the_least_concession_is_least(problem: Problem) -> None:
    packages = all_packages(problem.sizes)
    scale = np.ones(problem.n_parties)
    kept = packages[problem.permitted(packages)]
    found = least_concession(problem, lift_red_lines=False, scale=scale)
    assert (found is None) == (not len(kept))
    if found is not None:
        short = np.maximum(problem.reservation - problem.values(kept), 0).sum(axis=1)
        assert found.given.sum() == pytest.approx(short.min(), abs=1e-6)
        assert found.lifted == ()
        assert problem.permitted(found.package[None, :])[0]
    possible = packages[problem.possible(packages)]
    lifted = least_concession(problem, lift_red_lines=True)
    assert (lifted is None) == (not len(possible))
    if lifted is not None:
        lines = [
            sum(
                bool(problem.red_lines[k][p, o])
                for k, o in enumerate(row)
                for p in range(problem.n_parties)
            )
            if problem.red_lines
            else 0
            for row in possible
        ]
        assert len(lifted.lifted) == min(lines)


@given(st.integers(0, 2**32 - 1), st.integers(1, 700), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_undominated_points_are_those_of_all_pairs(seed: int, n: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 12, (n, columns)).astype(float)
    expected = np.array(
        [not ((points >= p).all(axis=1) & (points > p).any(axis=1)).any() for p in points]
    )
    assert (undominated(points) == expected).all()


def test_undominated_points_of_a_large_front_are_those_of_all_pairs() -> None:
    rng = np.random.default_rng(0)
    points = rng.random((3000, 4))
    points /= np.linalg.norm(points, axis=1, keepdims=True) + rng.random((3000, 1)) * 0.05
    expected = np.array(
        [not ((points >= p).all(axis=1) & (points > p).any(axis=1)).any() for p in points]
    )
    assert expected.sum() > 1000
    assert (undominated(points) == expected).all()
