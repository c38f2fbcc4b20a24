"""A frontier to within a stated error, against a full listing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.packages.core.approximate import approximate_frontier
from detente.packages.core.frontier import TooLargeError, frontier
from detente.packages.core.problem import Forbidden, Problem, all_packages


def agenda(seed: int, issues: int, parties: int, reserve: float, tied: bool = False) -> Problem:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), parties)
    tables = tuple(weights[:, k : k + 1] * rng.random((parties, 4)) for k in range(issues))
    bars = (Forbidden(0, 1, 1, 2), Forbidden(0, 0, 1, 3)) if tied else ()
    return Problem(tables, np.full(parties, reserve), forbidden=bars)


@given(
    st.integers(0, 2**32 - 1),
    st.integers(2, 5),
    st.integers(2, 4),
    st.sampled_from([0.0, 0.3, 0.45]),
    st.sampled_from([1, 3, 8, 30]),
    st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_no_acceptable_package_exceeds_what_is_found_by_more_than_the_error(
    seed: int, issues: int, parties: int, reserve: float, most: int, tied: bool
) -> None:
    problem = agenda(seed, issues, parties, reserve, tied)
    found = approximate_frontier(problem, most)
    assert len(found) <= most
    assert problem.acceptable(found.packages).all()
    assert np.allclose(problem.values(found.packages), found.values)
    packages = all_packages(problem.sizes)
    values = problem.values(packages[problem.acceptable(packages)])
    if not len(found):
        assert not len(values) or np.isinf(found.epsilon).all()
        return
    for value in values:
        assert (value - found.values <= found.epsilon + 1e-8).all(axis=1).any()


def test_more_points_lessen_the_error() -> None:
    problem = agenda(1, 8, 4, 0.3)
    few, many = approximate_frontier(problem, 30), approximate_frontier(problem, 300)
    assert 0 < len(few) < len(many)
    assert (many.epsilon < few.epsilon).all()


def test_where_the_points_are_few_the_frontier_is_exact() -> None:
    problem = agenda(3, 5, 3, 0.4)
    exact, near = frontier(problem), approximate_frontier(problem)
    assert near.epsilon == pytest.approx(0, abs=1e-9)
    assert near.values.tolist() == exact.values.tolist()
    assert near.packages.tolist() == exact.packages.tolist()


def test_a_frontier_there_is_no_time_to_list_is_told_within_an_error() -> None:
    problem = agenda(0, 20, 6, 0.55)
    with pytest.raises(TooLargeError, match="seconds"):
        frontier(problem, seconds=0.0)
    found = approximate_frontier(problem, 300)
    assert 0 < len(found) <= 300
    assert problem.acceptable(found.packages).all()
    assert (found.epsilon > 0).all()
    assert np.isfinite(found.epsilon).all()
