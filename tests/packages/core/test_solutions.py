"""Axioms, and the cases in which peers err (notes on negotiation engines, findings 2 and 3)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.packages.core.frontier import TooLargeError, frontier
from detente.packages.core.problem import Floats, Interaction, Problem
from detente.packages.core.solutions import RULES, Rule, Solution, solve


def listed(values: list[list[float]], reservation: list[float]) -> Problem:
    """Return a problem of one issue whose options are worth these values."""
    return Problem((np.array(values, float).T,), np.array(reservation, float))


def chosen(problem: Problem, rule: Rule) -> Solution:
    found = solve(frontier(problem), problem.reservation, rule)
    assert found is not None
    return found


def test_kalai_smorodinsky_raises_the_worst_off_and_does_not_even_out() -> None:
    # Gains of 0.5 and 0.5 are more even; 0.6 and 0.9 leave nobody worse. The ideal is 1 for each.
    problem = listed([[0.5, 0.5], [0.6, 0.9], [1.0, 0.1], [0.1, 1.0]], [0, 0])
    assert chosen(problem, "kalai-smorodinsky").package.tolist() == [1]


def test_the_ideal_is_what_is_acceptable_to_all_and_not_what_one_dreams_of() -> None:
    # The first party's 10 is worthless to the second, so it does not count towards its ideal.
    problem = listed([[10, -1], [2, 1], [1, 2]], [0, 0])
    found = chosen(problem, "kalai-smorodinsky")
    assert found.score == pytest.approx(0.5)


def test_nash_never_rewards_two_losses() -> None:
    # (-3)(-3) = 9 exceeds 2 x 2; both lose by it, so it is no deal at all.
    problem = listed([[-3, -3], [2, 2]], [0, 0])
    assert chosen(problem, "nash").package.tolist() == [1]


def test_nash_still_chooses_where_one_party_can_gain_nothing() -> None:
    # The first party's reserve is its best outcome: a plain product is 0 everywhere.
    problem = listed([[1, 1, 4], [1, 2, 2], [1, 3, 1]], [1, 0, 0])
    found = chosen(problem, "nash")
    assert found.package.tolist() == [0]
    assert found.score == pytest.approx(np.log(4))


def test_packages_of_equal_value_are_all_kept() -> None:
    utilities = (np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [2.0, 2.0]]))
    front = frontier(Problem(utilities, np.zeros(2)))
    assert len(front) == 1
    assert front.counts.tolist() == [4]
    assert len(list(front.equal(0))) == 4


def test_decimal_scores_that_are_equal_on_paper_are_equal_here() -> None:
    utilities = tuple(np.array([[0.1, 0.2], [0.2, 0.1]]) for _ in range(3))
    front = frontier(Problem(utilities, np.zeros(2)))
    assert len(front) == 4
    assert front.counts.sum() == 8


POINTS = st.lists(
    st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=12
).map(lambda rows: [[float(x) for x in row] for row in rows])


@given(POINTS)
@settings(max_examples=80, deadline=None)
def test_no_party_can_gain_without_a_loss_to_another(points: list[list[float]]) -> None:
    problem = listed(points, [0, 0, 0])
    for rule in RULES:
        found = chosen(problem, rule)
        better = (np.array(points) >= found.values).all(axis=1) & (
            np.array(points) > found.values
        ).any(axis=1)
        assert not better.any(), rule


@given(POINTS, st.lists(st.sampled_from([0.5, 2.0, 4.0]), min_size=3, max_size=3))
@settings(max_examples=80, deadline=None)
def test_nash_and_kalai_smorodinsky_do_not_depend_on_the_scale_of_a_party(
    points: list[list[float]], scale: list[float]
) -> None:
    plain = listed(points, [0, 0, 0])
    scaled = listed((np.array(points) * scale + 1).tolist(), [1, 1, 1])
    for rule in ("nash", "kalai-smorodinsky"):
        one, other = chosen(plain, rule), chosen(scaled, rule)
        assert np.allclose(one.values * scale + 1, other.values) or one.ties > 1


@given(POINTS)
@settings(max_examples=80, deadline=None)
def test_dropping_what_was_not_chosen_changes_neither_nash_nor_leximin(
    points: list[list[float]],
) -> None:
    problem = listed(points, [0, 0, 0])
    for rule in ("nash", "leximin"):
        found = chosen(problem, rule)
        kept = [p for i, p in enumerate(points) if i % 2 == 0 or i == int(found.package[0])]
        if rule == "nash" and not (found.values > 0).all():
            # Between sets of parties as large, shares of the ideal decide, and these can change.
            continue
        again = chosen(listed(kept, [0, 0, 0]), rule)
        assert again.score == pytest.approx(found.score)


@given(POINTS)
@settings(max_examples=80, deadline=None)
def test_a_symmetric_set_gives_equal_shares_where_it_holds_them(
    points: list[list[float]],
) -> None:
    from itertools import permutations

    rows = {tuple(p[i] for i in order) for p in points for order in permutations(range(3))}
    level = max(max(p) for p in points) + 1
    problem = listed([*map(list, sorted(rows)), [level] * 3], [0, 0, 0])
    for rule in RULES:
        assert chosen(problem, rule).values.tolist() == [level] * 3


@given(POINTS, st.lists(st.integers(0, 12), min_size=3, max_size=3))
@settings(max_examples=80, deadline=None)
def test_leximin_never_leaves_the_worst_off_poorer_when_options_are_added(
    points: list[list[float]], extra: list[int]
) -> None:
    before = chosen(listed(points, [0, 0, 0]), "leximin")
    after = chosen(listed([*points, [float(x) for x in extra]], [0, 0, 0]), "leximin")
    assert after.values.min() >= before.values.min()


def test_a_dominated_option_changes_no_solution() -> None:
    rng = np.random.default_rng(2)
    points: Floats = rng.random((30, 3))
    worse = points.min(axis=0, keepdims=True) - 0.01
    for rule in RULES:
        one = chosen(listed(points.tolist(), [-1, -1, -1]), rule)
        other = chosen(listed([*points.tolist(), *worse.tolist()], [-1, -1, -1]), rule)
        assert one.package.tolist() == other.package.tolist()


def test_an_agenda_whose_ties_are_too_many_to_list_is_refused_and_not_run_for_ever() -> None:
    ring = tuple(Interaction(k, k + 1, np.ones((2, 5, 5))) for k in range(11))
    problem = Problem(tuple(np.zeros((2, 5)) for _ in range(12)), np.zeros(2), (), ring)
    with pytest.raises(TooLargeError, match="joint options"):
        frontier(problem)


@given(POINTS, st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_party_with_the_least_share_of_its_ideal_never_gets_less_when_packages_are_added(
    points: list[list[float]], extra: list[list[int]]
) -> None:
    # Individual monotonicity: the ideals of the others stay; that of the party may grow.
    before = chosen(listed(points, [0, 0, 0]), "kalai-smorodinsky")
    ideal = np.array(points).max(axis=0)
    share = np.divide(before.values, ideal, out=np.ones(3), where=ideal > 0)
    party = int(np.argmin(share))
    others = [p for p in range(3) if p != party]
    added = [[float(x) for x in row] for row in extra if all(row[p] <= ideal[p] for p in others)]
    after = chosen(listed([*points, *added], [0, 0, 0]), "kalai-smorodinsky")
    assert after.values[party] >= before.values[party] - 1e-9


def test_a_party_with_the_greater_share_can_lose_by_a_package_added() -> None:
    # Where packages are few, Kalai-Smorodinsky is not individually monotone for every party: the
    # ideals stay 1 and 1, yet the second party falls from 0.9 to 0.6 as the first's 0.5 is raised.
    few = [[1.0, 0.0], [0.0, 1.0], [0.5, 0.9]]
    assert chosen(listed(few, [0, 0]), "kalai-smorodinsky").values.tolist() == [0.5, 0.9]
    more = [*few, [0.6, 0.6]]
    assert chosen(listed(more, [0, 0]), "kalai-smorodinsky").values.tolist() == [0.6, 0.6]


def test_nash_does_not_weigh_scales_where_different_parties_can_gain() -> None:
    # Only one party can gain at a time. 2 is more than 1, but each is the whole of an ideal.
    for scale in ([1, 1], [4, 0.5]):
        problem = listed((np.array([[0.0, 1.0], [2.0, 0.0]]) * scale).tolist(), [0, 0])
        found = chosen(problem, "nash")
        assert found.package.tolist() == [0]
        assert found.ties == 2
