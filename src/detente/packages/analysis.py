"""What a sheet has to say: whether a package exists, which ones, how sure, and what to do next.

The numbers come from `detente.packages.core`; here they get their parties, issues and options back.
Nothing in here speaks a language: `detente.packages.sentences` does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from detente.packages.core import blocking as block
from detente.packages.core import explanations as explain
from detente.packages.core.approximate import approximate_frontier
from detente.packages.core.frontier import Frontier, TooLargeError, frontier
from detente.packages.core.interruption import Interrupted
from detente.packages.core.mip import exists, ideal, solve_mip
from detente.packages.core.problem import TOLERANCE, Floats, Ints, Problem, all_packages
from detente.packages.core.robustness import (
    Acceptability,
    acceptability,
    most_acceptable,
    next_questions,
)
from detente.packages.core.solutions import RULES, Solution, solve
from detente.packages.findings import (
    DRAWS,
    Analysis,
    Ask,
    IssueWorth,
    Opening,
    Package,
    Question,
    Solved,
    Step,
    Trade,
)
from detente.packages.known import centre_values
from detente.packages.sheet import Sheet
from detente.packages.working import Work

Progress = Callable[[int, int], None]

SCREENED = 50_000
"""Most packages whose chance is worked out one by one; beyond, only those of the frontier."""
CANDIDATES = 1500
OFFERED = 5
HURRY = 3.0
"""Seconds a question still gets once the user has interrupted."""
MOST_WORTHS = 20
"""Most issues for which it is worked out what each is worth: one integer program an issue."""
NEAR = 0.9
"""A package belongs to the offers if its chance is at least this share of the best one's."""


def _settled(work: Work) -> Ints:
    """Settle each issue by itself: of the options nobody refuses, the one whose worst value to any
    party is greatest, then the one of the greatest sum."""
    out = []
    for k, issue in enumerate(work.sheet.issues):
        values = np.array(
            [centre_values(work.sheet.stance(party, issue.code), issue) for party in work.party]
        )
        order = np.lexsort((-values.sum(axis=0), -values.min(axis=0), work.problem.ruled_out[k]))
        out.append(int(order[0]))
    return np.array(out, np.int64)


def _reach(problem: Problem) -> Floats | None:
    """Return each party's greatest gain in packages acceptable to all."""
    found = ideal(problem, 10.0)
    return None if found is None else found[0]


def _leximin(problem: Problem) -> Floats | None:
    found = solve_mip(problem, "leximin", 10.0)
    return None if found is None else found.values


def _solutions(
    problem: Problem, front: Frontier | None, seconds: float
) -> tuple[list[Solution], bool]:
    """Return the solutions by all rules, and whether the user cut the search short."""
    found: list[Solution] = []
    for rule in RULES:
        try:
            one = (
                solve(front, problem.reservation, rule)
                if front is not None
                else solve_mip(problem, rule, seconds)
            )
        except Interrupted as stop:
            return [*found, *([stop.found] if stop.found is not None else [])], True
        if one is not None:
            found.append(one)
    return found, False


def _offers(work: Work, rows: Ints, chances: Floats, scale: Floats) -> Ints:
    values = work.problem.values(rows) / np.maximum(scale, TOLERANCE)
    chosen = explain.spread_out(rows, values, chances, OFFERED, NEAR)
    return np.asarray(rows[chosen])


def _candidates(work: Work, front: Frontier | None, solutions: list[Solution]) -> Ints:
    """Return the packages worth judging where there are too many to judge all."""
    rows = [np.array([one.package for one in solutions], np.int64).reshape(-1, len(work.issue))]
    if front is not None:
        gains = front.values - work.problem.reservation
        ideals = np.maximum(gains.max(axis=0), TOLERANCE)
        order = np.argsort(-(gains / ideals).min(axis=1), kind="stable")
        rows.append(front.packages[order[:CANDIDATES]])
    return np.unique(np.concatenate(rows), axis=0)


def analyse(
    sheet: Sheet, draws: int = DRAWS, seconds: float = 60.0, progress: Progress | None = None
) -> Analysis:
    """Find what a sheet has to say.

    Args:
        sheet: what is known.
        draws: utility profiles to draw.
        seconds: most time for each question to the integer solver.
        progress: told (steps done, steps).

    An interruption is no loss: the frontier gives way to solutions found one by one, each with its
    bound, and what has not begun is left out.
    """
    work = Work(sheet, draws)
    problem = work.problem
    steps = 6

    def told(done: int) -> None:
        if progress is not None:
            progress(done, steps)

    unknown = tuple(
        (stance.party, stance.issue)
        for stance in sheet.stances
        if stance.kind == "unknown" and not stance.red
    )
    told(0)
    front: Frontier | None = None
    interrupted = False
    try:
        front = frontier(problem)
        found: Literal["yes", "no", "unknown"] = "yes" if len(front) else "no"
    except TooLargeError:
        found = exists(problem, seconds)[0]  # type: ignore[assignment]
    except KeyboardInterrupt:
        interrupted, seconds = True, HURRY
        found = exists(problem, seconds)[0]  # type: ignore[assignment]
    told(1)
    if found != "yes":
        told_no = _blocked(work, found, seconds, unknown)
        return replace(told_no, interrupted=interrupted or told_no.interrupted)
    solutions, cut = _solutions(problem, front, seconds)
    interrupted |= cut
    told(2)
    solved = tuple(
        Solved(
            one.rule,
            work.packages(one.package[None, :])[0],
            one.ties,
            one.proved,
            one.score,
            one.bound,
        )
        for one in solutions
    )
    partial = Analysis(
        sheet,
        problem.n_packages,
        found,
        len(front) if front is not None else None,
        solutions=solved,
        unknown=unknown,
        draws=draws,
        interrupted=interrupted,
    )
    if interrupted or not solutions:
        return partial
    try:
        return _in_full(work, front, solutions, partial, told)
    except KeyboardInterrupt:
        return replace(partial, interrupted=True)


def _in_full(
    work: Work,
    front: Frontier | None,
    solutions: list[Solution],
    partial: Analysis,
    told: Callable[[int], None],
) -> Analysis:
    """Add to the solutions how sure they are, what they trade and what to do next."""
    problem = work.problem
    screened = problem.n_packages <= SCREENED
    if screened:
        judged = most_acceptable(problem, work.profiles, CANDIDATES)
    else:
        judged = acceptability(problem, work.profiles, _candidates(work, front, solutions))
    order = np.argsort(-judged.all_accept, kind="stable")
    rows, chances = judged.packages[order], judged.all_accept[order]
    told(3)
    points = front.packages if front is not None else rows
    if len(points) > CANDIDATES:
        points = _candidates(work, front, solutions)
    kept = work.packages(points)
    aim = next((s for s in solutions if s.rule == "kalai-smorodinsky"), solutions[0]).package
    settled = _settled(work)
    told(4)
    worths = (
        explain.issue_worths(problem, work.stays(), _leximin)
        if problem.n_issues <= MOST_WORTHS
        else ()
    )
    told(5)
    # Packages that the centre itself rules out are no offer, however the draws fall.
    good = problem.acceptable(rows)
    reach = _reach(problem)
    scale = np.ones(len(work.party)) if reach is None else reach
    offers = _offers(work, rows[good], chances[good], scale) if good.any() else aim[None, :]
    result = replace(
        partial,
        points=tuple(sorted(kept, key=lambda one: (-one.chance, one.options))),
        best=work.packages(rows[:1])[0],
        screened=screened,
        offers=work.packages(offers),
        settled=work.packages(settled[None, :])[0],
        trades=_trades(work, settled, aim),
        asks=_asks(work, aim),
        worths=_worths(work, worths),
        questions=_questions(work, judged),
    )
    told(6)
    return result


def _blocked(
    work: Work,
    found: Literal["no", "unknown", "yes"],
    seconds: float,
    unknown: tuple[tuple[str, str], ...],
) -> Analysis:
    problem = work.problem
    interrupted = False
    blocked = None
    openings = []
    try:
        blocked = block.blocking(problem, seconds) if found == "no" else None
    except Interrupted as stop:
        blocked, interrupted = stop.found, True
    # Demands that were not shown to block are no finding.
    blocked = blocked if blocked is not None and blocked.blocks else None
    for lift in () if interrupted else (True, False):
        try:
            least = block.least_concession(problem, lift, seconds=seconds)
        except Interrupted as stop:
            least, interrupted = stop.found, True
        if least is not None:
            openings.append(
                Opening(
                    work.packages(least.package[None, :])[0],
                    tuple(work.demand(one) for one in least.lifted),
                    tuple(float(round(g, 9)) for g in least.given),
                )
            )
    if len(openings) == 2 and openings[0] == openings[1]:
        openings.pop()
    questions: tuple[Question, ...] = ()
    best: Package | None = None
    if problem.n_packages <= SCREENED and not interrupted:
        judged = most_acceptable(problem, work.profiles, CANDIDATES)
        if len(judged.packages):
            best = work.packages(judged.packages[:1])[0]
            questions = _questions(work, judged)
    return Analysis(
        work.sheet,
        problem.n_packages,
        found,
        frontier=0 if found == "no" else None,
        best=best,
        screened=problem.n_packages <= SCREENED,
        interrupted=interrupted,
        blocking=tuple(work.demand(one) for one in blocked.demands) if blocked else (),
        smallest=blocked.smallest if blocked else False,
        openings=tuple(openings),
        questions=questions,
        unknown=unknown,
        draws=work.draws,
    )


def _trades(work: Work, before: Ints, after: Ints) -> tuple[Trade, ...]:
    found = [
        Trade(
            work.party[one.giver],
            work.party[one.taker],
            work.issue[one.given],
            work.option[one.given][int(after[one.given])],
            work.issue[one.taken],
            work.option[one.taken][int(after[one.taken])],
            one.gain - one.cost,
            one.taker_gain - one.taker_cost,
            tuple(work.party[int(p)] for p in np.flatnonzero(one.others < -TOLERANCE)),
        )
        for one in explain.trades(work.problem, before, after)
    ]
    # What hurts no third party comes first, then what both gain most by.
    found.sort(key=lambda t: (len(t.worse), -round(min(t.giver_net, t.taker_net), 9)))
    return tuple(found)


def _asks(work: Work, package: Ints) -> tuple[Ask, ...]:
    return tuple(
        Ask(
            work.party[one.party],
            work.issue[one.issue],
            work.option[one.issue][one.option],
            one.gain,
            tuple(work.party[p] for p in one.losers),
            tuple(work.party[p] for p in one.stoppers),
        )
        for one in explain.asks(work.problem, package)
    )


def _worths(work: Work, found: Sequence[explain.IssueWorth]) -> tuple[IssueWorth, ...]:
    stays = work.stays()
    return tuple(
        IssueWorth(
            work.issue[one.issue],
            work.option[one.issue][int(stays[one.issue])],
            one.deal_with,
            one.deal_without,
            one.least_with,
            one.least_without,
            tuple(work.party[p] for p in one.arms),
        )
        for one in found
    )


def _questions(work: Work, judged: Acceptability) -> tuple[Question, ...]:
    return tuple(
        Question(
            work.party[one.party],
            work.issue[one.issue] if one.issue >= 0 else "",
            one.kind,  # type: ignore[arg-type]
            one.worth,
            one.switch,
        )
        for one in next_questions(judged, work.profiles)
    )


def steps(sheet: Sheet, package: Sequence[str] | None = None) -> tuple[Package, tuple[Step, ...]]:
    """Return a package and an order in which its issues can be agreed.

    Args:
        sheet: what is known.
        package: option codes; by default the Kalai-Smorodinsky package.

    Raises:
        LookupError: no package is acceptable to all.
    """
    work = Work(sheet, DRAWS)
    if package is None:
        try:
            found = solve(frontier(work.problem), work.problem.reservation, "kalai-smorodinsky")
        except TooLargeError:
            found = solve_mip(work.problem, "kalai-smorodinsky")
        if found is None:
            raise LookupError("no package is acceptable to all")
        aim = found.package
    else:
        aim = work.row(package)
    order = explain.order_of_agreement(work.problem, aim, _reach)
    return work.packages(aim[None, :])[0], tuple(
        Step(work.issue[s.issue], work.option[s.issue][s.option], s.kept, s.lost, s.early)
        for s in order
    )


def improvements(sheet: Sheet, text: Sequence[str], most: int = OFFERED) -> tuple[Package, ...]:
    """Return the packages that hurt nobody beside a half-agreed text and help somebody.

    Args:
        sheet: what is known.
        text: option codes of the text on the table; an empty code where an issue is still open.
        most: how many, the ones that raise the least-helped party most first.
    """
    work = Work(sheet, DRAWS)
    problem = work.problem
    settled = _settled(work)
    base = np.array(
        [
            codes.index(code) if code else int(settled[k])
            for k, (codes, code) in enumerate(zip(work.option, text, strict=True))
        ],
        np.int64,
    )
    values = problem.values(base[None, :])[0]
    if problem.n_packages <= SCREENED:
        rows = all_packages(problem.sizes)
        rows = rows[problem.permitted(rows)]
    else:
        try:
            rows = frontier(problem, floor=values).packages
        except TooLargeError:
            # Real packages, each as good for all as the text; some better one may be missing.
            floored = replace(problem, reservation=values)
            rows = approximate_frontier(floored).packages
    change = problem.values(rows) - values
    better = (change >= -TOLERANCE).all(axis=1) & (change > TOLERANCE).any(axis=1)
    rows, change = rows[better], change[better]
    differ = (rows != base).sum(axis=1)
    order = np.lexsort((differ, -change.sum(axis=1), -change.min(axis=1).round(9)))
    return work.packages(np.concatenate([base[None, :], rows[order[:most]]]))
