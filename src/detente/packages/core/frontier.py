"""The Pareto frontier, exactly: issue by issue, keeping only what can still matter.

With additive values the frontier of all issues is the frontier of the sums of the frontiers of the
parts (a Minkowski sum): prune(prune(A) + B). A partial package whose best completion leaves a party
below its reservation value is dropped at once. Issues that conditions or interactions tie together
are first joined into one issue by listing their joint options, so the sum runs over independent
parts and stays exact. Packages of equal value are never lost: they are counted and can be listed.

Source of the sum: the idea is that of De Jonge et al.'s MOBANOS for two parties; here for n.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod

import numpy as np

from detente.packages.core.pareto_arrays import distinct_front, undominated
from detente.packages.core.problem import TOLERANCE, Floats, Ints, Problem, all_packages

LISTED = 2_000_000
"""Most joint options of issues tied together that are listed one by one."""

MOST_POINTS = 60_000
"""Most points of a partial frontier; past it, a frontier is no list that anybody can use."""

DECIMALS = 10
"""Values are summed on a grid of 1e-10, so that equal packages are equal in every order."""


class TooLargeError(Exception):
    """The frontier cannot be listed within bounds; single solutions still can be found."""


@dataclass(frozen=True)
class Part:
    """Issues that belong together: their joint options and what these are worth.

    Attributes:
        issues: indices of the issues.
        options: (n_joint, n_issues_of_part).
        values: (n_joint, n_parties).
    """

    issues: tuple[int, ...]
    options: Ints
    values: Floats


@dataclass(frozen=True)
class Stage:
    """One step of the sum: which part's option and which earlier point make each point.

    ``point[i]`` is made of ``parent[i]`` and ``option[i]``; several rows may make one point.
    """

    point: Ints
    parent: Ints
    option: Ints


@dataclass(frozen=True)
class Frontier:
    """The undominated packages that every party prefers to no deal, one a point.

    Attributes:
        values: (n_points, n_parties), in order of the representative package.
        packages: (n_points, n_issues), the lexicographically first found of each value.
        counts: (n_points,) number of packages that have exactly this value.
    """

    values: Floats
    packages: Ints
    counts: Ints
    _parts: tuple[Part, ...]
    _stages: tuple[Stage, ...]
    _order: Ints

    def __len__(self) -> int:
        return len(self.values)

    def equal(self, point: int) -> Iterator[Ints]:
        """Yield every package whose value is that of a point."""
        n_issues = self.packages.shape[1]

        def walk(stage: int, node: int) -> Iterator[dict[int, int]]:
            if stage < 0:
                yield {}
                return
            step, part = self._stages[stage], self._parts[stage]
            for row in np.flatnonzero(step.point == node):
                for rest in walk(stage - 1, int(step.parent[row])):
                    own = part.options[int(step.option[row])]
                    yield rest | dict(zip(part.issues, own.tolist(), strict=True))

        for found in walk(len(self._stages) - 1, int(self._order[point])):
            yield np.array([found[issue] for issue in range(n_issues)], np.int64)


def components(problem: Problem) -> list[tuple[int, ...]]:
    """Return the groups of issues that conditions and interactions tie together, in order."""
    root = list(range(problem.n_issues))

    def find(issue: int) -> int:
        while root[issue] != issue:
            issue = root[issue]
        return issue

    ties = [(pair.a, pair.b) for pair in problem.interactions]
    ties += [(bar.a, bar.b) for bar in problem.forbidden]
    ties += [(need.a, need.b) for need in problem.requires]
    for a, b in ties:
        low, high = sorted((find(a), find(b)))
        root[high] = low
    groups: dict[int, list[int]] = {}
    for issue in range(problem.n_issues):
        groups.setdefault(find(issue), []).append(issue)
    return [tuple(group) for group in groups.values()]


def _part(problem: Problem, issues: tuple[int, ...]) -> Part:
    sizes = tuple(problem.sizes[issue] for issue in issues)
    if prod(sizes) > LISTED:
        raise TooLargeError(
            f"{len(issues)} issues that depend on each other have {prod(sizes):,} joint options"
        )
    joint = all_packages(sizes)
    whole = np.zeros((len(joint), problem.n_issues), np.int64)
    whole[:, issues] = joint
    place = {issue: column for column, issue in enumerate(issues)}
    fine = np.ones(len(joint), np.bool_)
    for issue in issues:
        fine &= ~problem.ruled_out[issue][whole[:, issue]]
    own = Problem(
        problem.utilities,
        problem.reservation,
        forbidden=tuple(f for f in problem.forbidden if f.a in place),
        requires=tuple(r for r in problem.requires if r.a in place),
    )
    fine &= own.possible(whole)
    values = np.zeros((len(joint), problem.n_parties))
    for issue in issues:
        values += problem.utilities[issue][:, whole[:, issue]].T
    for pair in problem.interactions:
        if pair.a in place:
            values += pair.values[:, whole[:, pair.a], whole[:, pair.b]].T
    return Part(issues, joint[fine], np.round(values[fine], DECIMALS))


def _weights(parts: list[Part]) -> Floats:
    """Return how much depends on each part, summed over parties, each on its own scale."""
    spread = np.array(
        [np.ptp(p.values, axis=0) if len(p.values) else p.values.sum(0) for p in parts]
    )
    share = spread / np.maximum(spread.sum(axis=0), TOLERANCE)
    return np.asarray(share.sum(axis=1).round(6))


def ordered_parts(problem: Problem) -> list[Part]:
    """Return the independent parts of a problem, those on which most depends first.

    What leaves a party too little is then seen and dropped early.
    """
    parts = [_part(problem, issues) for issues in components(problem)]
    weights = dict(zip((part.issues for part in parts), _weights(parts), strict=True))
    return sorted(parts, key=lambda part: (-weights[part.issues], part.issues))


def best_rests(parts: list[Part], n_parties: int) -> Floats:
    """Return the most that the parts from each one on can add: (n_parts + 1, n_parties)."""
    rest = np.zeros((len(parts) + 1, n_parties))
    for index in range(len(parts) - 1, -1, -1):
        best = parts[index].values.max(axis=0, initial=-np.inf)
        rest[index] = rest[index + 1] + best
    return rest


def frontier(
    problem: Problem,
    rational: bool = True,
    floor: Floats | None = None,
    progress: Callable[[int, int], None] | None = None,
    seconds: float = np.inf,
) -> Frontier:
    """Return the exact Pareto frontier.

    Args:
        problem: additive but for interactions and conditions.
        rational: keep only packages worth no less than no deal to every party.
        floor: (n_parties,) least values instead of the reservation values.
        progress: told (parts done, parts) as it goes.
        seconds: time limit, looked at between parts.

    Raises:
        TooLargeError: more than `LISTED` joint options of issues tied together, more than
            `MOST_POINTS` points on a partial frontier, or more time than ``seconds``. Then
            `detente.packages.core.approximate` still gives a frontier with a stated error.
    """
    end = time.monotonic() + seconds
    parts = ordered_parts(problem)
    least = problem.reservation if floor is None else floor
    rest = best_rests(parts, problem.n_parties)
    values = np.zeros((1, problem.n_parties))
    counts = np.ones(1, np.int64)
    stages: list[Stage] = []
    for index, part in enumerate(parts):
        if time.monotonic() > end:
            raise TooLargeError(f"the frontier cannot be listed in {seconds:g} seconds")
        # A part's own dominated options never help, but equal ones must all be kept.
        own = np.flatnonzero(undominated(part.values))
        total = np.round(values[:, None, :] + part.values[own][None, :, :], DECIMALS)
        total = total.reshape(-1, problem.n_parties)
        keep = np.ones(len(total), np.bool_)
        if rational or floor is not None:
            keep &= (total + rest[index + 1] >= least - TOLERANCE).all(axis=1)
        alive = np.flatnonzero(keep)
        distinct, rows, point = distinct_front(total[alive])
        alive = alive[rows]
        if len(distinct) > MOST_POINTS:
            raise TooLargeError(
                f"the frontier has more than {MOST_POINTS:,} points after {index + 1} of "
                f"{len(parts)} parts"
            )
        parent, option = alive // max(len(own), 1), own[alive % max(len(own), 1)]
        counts = np.bincount(point, counts[parent], len(distinct)).astype(np.int64)
        stages.append(Stage(point, parent.astype(np.int64), option.astype(np.int64)))
        values = distinct
        if progress is not None:
            progress(index + 1, len(parts))
    packages = representatives(problem.n_issues, parts, stages, len(values))
    order = np.lexsort(packages.T[::-1]) if problem.n_issues else np.arange(len(values))
    return Frontier(
        values[order],
        packages[order],
        counts[order],
        tuple(parts),
        tuple(stages),
        order.astype(np.int64),
    )


def representatives(n_issues: int, parts: list[Part], stages: list[Stage], n_points: int) -> Ints:
    """Return for each final point the package that its first rows trace back to."""
    packages = np.zeros((n_points, n_issues), np.int64)
    node = np.arange(n_points)
    for part, step in zip(reversed(parts), reversed(stages), strict=True):
        first = np.full(int(step.point.max(initial=-1)) + 1, -1, np.int64)
        first[step.point[::-1]] = np.arange(len(step.point))[::-1]
        row = first[node]
        packages[:, part.issues] = part.options[step.option[row]]
        node = step.parent[row]
    return packages
