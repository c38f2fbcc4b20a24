"""Why a package and what it trades: exchanges, further asks, worth of issues, order of steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from detente.packages.core.problem import TOLERANCE, Floats, Ints, Problem

Solver = Callable[[Problem], Floats | None]


@dataclass(frozen=True)
class Trade:
    """Two issues that move between two packages, and what the movement is worth.

    Attributes:
        giver, taker: parties; the giver loses on ``given`` and gains on ``taken``.
        given, taken: issues.
        cost, gain: what the giver loses on ``given`` and gains on ``taken``.
        taker_gain, taker_cost: what the taker gains on ``given`` and loses on ``taken``.
        others: (n_parties,) what the two moves together do to each party.
    """

    giver: int
    taker: int
    given: int
    taken: int
    cost: float
    gain: float
    taker_gain: float
    taker_cost: float
    others: Floats


@dataclass(frozen=True)
class Ask:
    """The best single change of a package for one party, and who would stop it.

    Attributes:
        party: who asks.
        issue, option: the change.
        gain: what it would gain.
        losers: parties that would lose by it; ``stoppers`` would be left worse than no deal, or it
            crosses their red line.
    """

    party: int
    issue: int
    option: int
    gain: float
    losers: tuple[int, ...]
    stoppers: tuple[int, ...]


def moves(problem: Problem, before: Ints, after: Ints) -> Floats:
    """Return what each issue's move adds to each party: (n_issues, n_parties).

    Interactions are shared equally between their two issues, so that the rows add up to the whole
    difference of value.
    """
    change = np.zeros((problem.n_issues, problem.n_parties))
    for issue, table in enumerate(problem.utilities):
        change[issue] = table[:, after[issue]] - table[:, before[issue]]
    for pair in problem.interactions:
        old = pair.values[:, before[pair.a], before[pair.b]]
        new = pair.values[:, after[pair.a], after[pair.b]]
        change[pair.a] += (new - old) / 2
        change[pair.b] += (new - old) / 2
    return change


def trades(problem: Problem, before: Ints, after: Ints) -> tuple[Trade, ...]:
    """Return the exchanges between two packages, the most worth to their two parties first.

    An exchange is a pair of issues on which two parties move in opposite ways, each gaining more
    on one than it loses on the other. Each pair of parties is told once, by its best exchange for
    each issue given.
    """
    change = moves(problem, before, after)
    found: list[Trade] = []
    for giver in range(problem.n_parties):
        for taker in range(problem.n_parties):
            if giver == taker:
                continue
            gives = np.flatnonzero((change[:, giver] < -TOLERANCE) & (change[:, taker] > TOLERANCE))
            takes = np.flatnonzero((change[:, giver] > TOLERANCE) & (change[:, taker] < -TOLERANCE))
            for given in gives:
                best: Trade | None = None
                for taken in takes:
                    both = change[given] + change[taken]
                    if both[giver] > TOLERANCE and both[taker] > TOLERANCE:
                        one = Trade(
                            giver,
                            taker,
                            int(given),
                            int(taken),
                            float(-change[given, giver]),
                            float(change[taken, giver]),
                            float(change[given, taker]),
                            float(-change[taken, taker]),
                            both,
                        )
                        if best is None or _worth(one) > _worth(best) + TOLERANCE:
                            best = one
                if best is not None:
                    found.append(best)
    seen: set[frozenset[tuple[int, int]]] = set()
    kept = []
    for trade in sorted(found, key=lambda t: (-round(_worth(t), 9), t.giver, t.taker, t.given)):
        name = frozenset({(trade.giver, trade.given), (trade.taker, trade.taken)})
        if name not in seen:
            seen.add(name)
            kept.append(trade)
    return tuple(kept)


def _worth(trade: Trade) -> float:
    return (trade.gain - trade.cost) + (trade.taker_gain - trade.taker_cost)


def asks(problem: Problem, package: Ints) -> tuple[Ask, ...]:
    """Return for each party the best single change it could ask for; none where it has the best."""
    found = []
    for party in range(problem.n_parties):
        best: Ask | None = None
        for issue, size in enumerate(problem.sizes):
            for option in range(size):
                if option == package[issue]:
                    continue
                other = package.copy()
                other[issue] = option
                if not problem.possible(other[None, :])[0]:
                    continue
                change = (problem.values(other[None, :]) - problem.values(package[None, :]))[0]
                if change[party] <= TOLERANCE or (
                    best is not None and change[party] <= best.gain + TOLERANCE
                ):
                    continue
                values = problem.values(other[None, :])[0]
                below = values < problem.reservation - TOLERANCE
                crossed = np.zeros(problem.n_parties, np.bool_)
                if problem.red_lines:
                    crossed = problem.red_lines[issue][:, option]
                best = Ask(
                    party,
                    issue,
                    option,
                    float(change[party]),
                    tuple(int(p) for p in np.flatnonzero(change < -TOLERANCE)),
                    tuple(int(p) for p in np.flatnonzero(below | crossed)),
                )
        if best is not None:
            found.append(best)
    return tuple(found)


def without_issue(problem: Problem, issue: int, stays: int) -> Problem:
    """Return the problem with an issue left as it stands: only option ``stays`` is open."""
    lines = list(
        problem.red_lines or [np.zeros((problem.n_parties, s), np.bool_) for s in problem.sizes]
    )
    # What stands today crosses nobody's red line by being left alone.
    lines[issue] = np.ones((problem.n_parties, problem.sizes[issue]), np.bool_)
    lines[issue][:, stays] = False
    return replace(problem, red_lines=tuple(lines))


@dataclass(frozen=True)
class IssueWorth:
    """What having an issue on the table is worth.

    Attributes:
        issue: which; left out, it stays as it is.
        deal_with, deal_without: whether some package is acceptable to all.
        least_with, least_without: the smallest gain of any party in the leximin package; 0 where
            there is none.
        arms: parties that gain by the issue being left out of the leximin package while another
            loses: with it on the table they have something to block with.
    """

    issue: int
    deal_with: bool
    deal_without: bool
    least_with: float
    least_without: float
    arms: tuple[int, ...]


def issue_worths(problem: Problem, stays: Ints, leximin: Solver) -> tuple[IssueWorth, ...]:
    """Return the worth of each issue.

    Args:
        problem: with all issues.
        stays: (n_issues,) the option that stands where an issue is left out.
        leximin: returns the values of the leximin package, or None where there is none.
    """
    whole = leximin(problem)
    found = []
    for issue in range(problem.n_issues):
        left = leximin(without_issue(problem, issue, int(stays[issue])))
        arms: tuple[int, ...] = ()
        if whole is not None and left is not None:
            better = left - whole
            if (better < -TOLERANCE).any():
                arms = tuple(int(p) for p in np.flatnonzero(better > TOLERANCE))
        found.append(
            IssueWorth(
                issue,
                whole is not None,
                left is not None,
                _least(whole, problem.reservation),
                _least(left, problem.reservation),
                arms,
            )
        )
    return tuple(found)


def _least(values: Floats | None, reservation: Floats) -> float:
    return 0.0 if values is None else float((values - reservation).min())


def fixed(problem: Problem, chosen: dict[int, int]) -> Problem:
    """Return the problem with some issues settled: only their chosen options are open."""
    for issue, option in sorted(chosen.items()):
        problem = without_issue(problem, issue, option)
    return problem


def spread_out(packages: Ints, values: Floats, scores: Floats, most: int, floor: float) -> Ints:
    """Return the indices of near-equal packages that differ most, the best-scored first.

    Args:
        packages: (n, n_issues); values: (n, n_parties), on comparable scales.
        scores: (n,) greater is better; only those of at least ``floor`` times the best are near.
        most: how many to return at most.

    Farthest first: each next package is the one that differs most, in the number of issues and then
    in value, from the nearest of those already chosen (Gonzalez 1985).
    """
    if not len(packages):
        return np.zeros(0, np.int64)
    best = float(scores.max())
    near = np.flatnonzero(scores >= best * floor - TOLERANCE if best > 0 else scores >= best)
    chosen = [int(near[np.argmax(scores[near])])]
    while len(chosen) < min(most, len(near)):
        apart = np.stack(
            [
                (packages[near] != packages[one]).sum(axis=1)
                + np.abs(values[near] - values[one]).sum(axis=1) / (1.0 + np.abs(values).sum())
                for one in chosen
            ]
        ).min(axis=0)
        apart[np.isin(near, chosen)] = -1.0
        furthest = int(near[int(np.argmax(np.round(apart, 9)))])
        if apart.max() <= 0:
            break
        chosen.append(furthest)
    return np.array(chosen, np.int64)


@dataclass(frozen=True)
class Step:
    """One issue in an order of agreement.

    Attributes:
        issue, option: what is agreed.
        kept: the smallest share of its ideal gain that any party can still reach once this and all
            before it are agreed, beside packages acceptable to all.
        lost: how much of that share this step takes, at most over the parties.
        early: True where agreeing it costs no party more than a tenth of its ideal gain.
    """

    issue: int
    option: int
    kept: float
    lost: float
    early: bool


EARLY = 0.1
"""A step that takes more than this share of any party's ideal gain is held for the end."""


def order_of_agreement(
    problem: Problem, package: Ints, reach: Callable[[Problem], Floats | None]
) -> tuple[Step, ...]:
    """Return an order in which the issues of a package can be agreed without undoing the whole.

    Greedy: of the issues left, the next is the one whose settlement leaves every party most of what
    it could still gain; what moves some party most comes last, since it holds the rest together.

    Args:
        problem: with all issues open.
        package: that is aimed at.
        reach: returns the ideal gains of each party in packages acceptable to all, or None.
    """
    start = reach(problem)
    if start is None:
        return ()
    base = np.where(start > TOLERANCE, start, 1.0)
    chosen: dict[int, int] = {}
    now = np.ones(problem.n_parties)
    steps = []
    while len(chosen) < problem.n_issues:
        options: list[tuple[float, int, Floats]] = []
        for issue in range(problem.n_issues):
            if issue in chosen:
                continue
            reached = reach(fixed(problem, chosen | {issue: int(package[issue])}))
            share = np.zeros(problem.n_parties) if reached is None else reached / base
            share = np.where(start > TOLERANCE, share, 1.0)
            options.append((round(float((now - share).max()), 9), issue, share))
        lost, issue, share = min(options, key=lambda option: (option[0], option[1]))
        chosen[issue] = int(package[issue])
        steps.append(Step(issue, int(package[issue]), float(share.min()), lost, lost <= EARLY))
        now = share
    return tuple(steps)
