"""The multi-party domains of the ANAC 2015 competition, against a listing of every package."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.packages.core.approximate import approximate_frontier
from detente.packages.core.frontier import frontier
from detente.packages.core.mip import exists, solve_mip
from detente.packages.core.problem import Floats, Problem, all_packages
from detente.packages.core.solutions import RULES, criteria, ideal_gains, lexicographic, solve
from detente.packages.formats.genius import read_genius
from detente.packages.known import problem_of

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "negotiation" / "anac"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the competition's domains are not beside this checkout"
)


def domain(name: str) -> Problem:
    return problem_of(read_genius(DATA / name))


def listed(problem: Problem) -> Floats:
    """Return the values of every acceptable package."""
    packages = all_packages(problem.sizes)
    return problem.values(packages[problem.acceptable(packages)])


def test_the_frontier_of_politics_is_that_of_a_full_listing() -> None:
    problem = domain("group2-politics")
    # Values on a grid that sums of rounded scores cannot miss.
    values = np.round(listed(problem), 6)
    front = frontier(problem)
    # A point is on the frontier if nothing dominates it: told by each frontier point in turn.
    left, expected = np.unique(values, axis=0), []
    while len(left):
        top = left[np.argmax(left.sum(axis=1))]
        expected.append(tuple(top.tolist()))
        left = left[~(left <= top).all(axis=1)]
    assert problem.n_parties == 3
    assert {tuple(v) for v in np.round(front.values, 6).tolist()} == set(expected)
    same = (values[:, None, :] == np.array(expected)[None, :, :]).all(axis=2).sum()
    assert front.counts.sum() == same


@pytest.mark.parametrize("name", ["group2-politics", "group6-tram"])
def test_the_solutions_of_the_domains_are_those_of_a_full_listing(name: str) -> None:
    problem = domain(name)
    gains = listed(problem) - problem.reservation
    ideal = ideal_gains(gains)
    front = frontier(problem) if name == "group2-politics" else None
    for rule in RULES:
        found = (
            solve(front, problem.reservation, rule)
            if front is not None
            else solve_mip(problem, rule, 30)
        )
        assert found is not None
        assert found.proved, rule
        own = criteria(rule, (found.values - problem.reservation)[None, :], ideal)[0]
        compared = criteria(rule, gains, ideal)
        best = compared[lexicographic(compared)][0]
        # The programs hold each sum with a slack, so the later places may differ by as little.
        assert own[: 2 if rule == "nash" else 1] == pytest.approx(
            best[: 2 if rule == "nash" else 1], abs=2e-3
        ), rule


@pytest.mark.parametrize("name", ["group2-politics", "group6-tram"])
def test_a_few_packages_stand_for_all_of_a_domain_within_the_error_told(name: str) -> None:
    problem = domain(name)
    found = approximate_frontier(problem, 100)
    assert exists(problem, 10)[0] == "yes"
    assert 0 < len(found) <= 100
    values = listed(problem)
    for start in range(0, len(values), 2000):
        some = values[start : start + 2000]
        over = some[:, None, :] - found.values[None, :, :] - found.epsilon
        assert (over.max(axis=2).min(axis=1) <= 1e-7).all()
