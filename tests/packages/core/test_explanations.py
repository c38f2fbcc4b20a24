from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from detente.packages.core.explanations import (
    asks,
    issue_worths,
    moves,
    order_of_agreement,
    spread_out,
    trades,
    without_issue,
)
from detente.packages.core.frontier import frontier
from detente.packages.core.problem import Floats, Problem, all_packages
from detente.packages.core.solutions import ideal_gains, solve

from .test_exactness import problems


def leximin(problem: Problem) -> Floats | None:
    found = solve(frontier(problem), problem.reservation, "leximin")
    return None if found is None else found.values


def reach(problem: Problem) -> Floats | None:
    front = frontier(problem)
    return ideal_gains(front.values - problem.reservation) if len(front) else None


# Two issues that matter to opposite parties, and a third that hurts nobody.
SWAP = Problem(
    (
        np.array([[0.0, -1.0], [0.0, 3.0]]),
        np.array([[0.0, 3.0], [0.0, -1.0]]),
        np.array([[0.0, 0.5], [0.0, 0.5]]),
    ),
    np.zeros(2),
)
STATUS_QUO = np.zeros(3, np.int64)
DEAL = np.ones(3, np.int64)


def test_a_trade_is_told_with_what_each_gives_and_gets() -> None:
    (trade,) = trades(SWAP, STATUS_QUO, DEAL)
    assert {(trade.giver, trade.given), (trade.taker, trade.taken)} == {(0, 0), (1, 1)}
    assert (trade.cost, trade.gain) == (1.0, 3.0)
    assert (trade.taker_gain, trade.taker_cost) == (3.0, 1.0)
    assert trade.others.tolist() == [2.0, 2.0]


def test_the_worst_stopper_of_a_further_ask_is_named() -> None:
    # Without giving anything for the second issue, the first party leaves the other below no deal.
    found = {ask.party: ask for ask in asks(SWAP, DEAL)}
    assert (found[0].issue, found[0].option, found[0].gain) == (0, 0, 1.0)
    assert found[0].losers == (1,)
    assert found[0].stoppers == (1,)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_moves_add_up_to_the_whole_difference(problem: Problem) -> None:
    packages = all_packages(problem.sizes)
    one, other = packages[0], packages[-1]
    difference = problem.values(packages[-1:])[0] - problem.values(packages[:1])[0]
    assert np.allclose(moves(problem, one, other).sum(axis=0), difference)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_both_sides_of_a_trade_gain_by_it(problem: Problem) -> None:
    packages = all_packages(problem.sizes)
    change = moves(problem, packages[0], packages[-1])
    for trade in trades(problem, packages[0], packages[-1]):
        both = change[trade.given] + change[trade.taken]
        assert both[trade.giver] > 0
        assert both[trade.taker] > 0
        assert np.allclose(both, trade.others)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_an_ask_is_the_best_single_change(problem: Problem) -> None:
    package = all_packages(problem.sizes)[0]
    best = np.zeros(problem.n_parties)
    for issue, size in enumerate(problem.sizes):
        for option in range(size):
            other = package.copy()
            other[issue] = option
            if problem.possible(other[None, :])[0]:
                change = problem.values(other[None, :]) - problem.values(package[None, :])
                best = np.maximum(best, change[0])
    found = {ask.party: ask.gain for ask in asks(problem, package)}
    assert [found.get(p, 0.0) for p in range(problem.n_parties)] == pytest.approx(best.tolist())


def test_an_issue_that_makes_the_deal_is_worth_the_deal() -> None:
    # Without the second issue the first party only loses by the first.
    problem = Problem(SWAP.utilities[:2], np.array([0.5, 0.5]))
    worth = issue_worths(problem, STATUS_QUO[:2], leximin)
    assert [w.deal_with for w in worth] == [True, True]
    assert [w.deal_without for w in worth] == [False, False]


def test_an_issue_left_out_stays_as_it_is() -> None:
    left = without_issue(SWAP, 0, 0)
    assert (frontier(left).packages[:, 0] == 0).all()


def test_packages_to_offer_together_are_near_the_best_and_apart() -> None:
    packages = all_packages((2, 2, 2))
    values = np.tile(np.arange(8.0)[:, None], (1, 2))
    scores = np.array([1.0, 0.95, 0.2, 0.9, 0.99, 0.1, 0.92, 0.91])
    chosen = spread_out(packages, values, scores, 3, 0.9)
    assert chosen[0] == 0
    assert set(chosen.tolist()) <= {0, 1, 3, 4, 6, 7}
    assert chosen[1] == 7  # the furthest from 000 among the near


def test_what_hurts_nobody_is_agreed_first_and_what_binds_is_held_back() -> None:
    # With less to lose, each could still hope to get its issue for nothing.
    steps = order_of_agreement(Problem(SWAP.utilities, np.array([-1.0, -1.0])), DEAL, reach)
    assert next(step.issue for step in steps) == 2
    assert not steps[1].early
    assert steps[0].early
    assert sorted(step.issue for step in steps) == [0, 1, 2]
    assert steps[-1].kept <= steps[0].kept


def test_no_order_is_told_where_there_is_no_deal() -> None:
    assert order_of_agreement(Problem(SWAP.utilities, np.array([9.0, 9.0])), DEAL, reach) == ()
