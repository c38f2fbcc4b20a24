"""A package sought near the linear relaxation: never a false one, and found where proof is slow."""

from __future__ import annotations

import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.packages.core.mip import exists
from detente.packages.core.near import improve
from detente.packages.core.problem import Forbidden, Problem, all_packages


def agenda(n_issues: int, n_parties: int, least: float) -> Problem:
    rng = np.random.default_rng(0)
    weights = rng.dirichlet(np.ones(n_issues), n_parties)
    tables = tuple(weights[:, [k]] * rng.random((n_parties, 5)) for k in range(n_issues))
    return Problem(tables, np.full(n_parties, least))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_what_is_reached_by_small_changes_is_acceptable_to_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tables = tuple(rng.random((3, 3)) for _ in range(3))
    lines = tuple(rng.random((3, 3)) < 0.1 for _ in range(3))
    bar = (Forbidden(0, 0, 2, 1),)
    problem = Problem(tables, rng.uniform(1.0, 2.0, 3), lines, (), bar)
    found = improve(problem, rng.integers(0, 3, 3))
    if found is not None:
        assert problem.acceptable(found[None, :])[0]
    any_at_all = bool(problem.acceptable(all_packages(problem.sizes)).any())
    assert exists(problem, 20)[0] == ("yes" if any_at_all else "no")


def test_an_acceptable_start_is_kept_as_it_is() -> None:
    problem = Problem((np.array([[1.0, 2.0], [1.0, 2.0]]),), np.ones(2))
    found = improve(problem, np.array([0]))
    assert found is not None
    assert found.tolist() == [0]


def test_a_narrow_zone_among_fifteen_parties_is_found_at_once() -> None:
    # The integer program alone found nothing here in a minute.
    began = time.process_time()
    said, package = exists(agenda(60, 15, 0.6), 20)
    assert said == "yes"
    assert package is not None
    assert agenda(60, 15, 0.6).acceptable(package[None, :])[0]
    assert time.process_time() - began < 5
