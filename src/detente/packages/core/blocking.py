"""Where no package is acceptable to all: what blocks, and the least concession that opens one.

A demand is a party's reservation value or one of its red lines. The smallest blocking set is a
minimum-cardinality unsatisfiable subset, found by implicit hitting sets (Ignatiev, Previti,
Liffiton & Marques-Silva 2015): a candidate set that hits every known correction set either blocks,
and then none smaller does, or extends to a largest satisfiable set whose complement is a new
correction set.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np

from detente.packages.core.interruption import Interrupted
from detente.packages.core.problem import TOLERANCE, Floats, Ints, Problem
from detente.packages.core.program import Model, Terms
from detente.packages.core.solver import solver as quiet


@dataclass(frozen=True, order=True)
class Demand:
    """A party's reservation value (``issue`` is -1), or its red line on an option of an issue."""

    party: int
    issue: int = -1
    option: int = -1

    @property
    def red_line(self) -> bool:
        """Return whether this is a red line."""
        return self.issue >= 0


@dataclass(frozen=True)
class Blocking:
    """Demands that cannot all be met.

    Attributes:
        demands: sorted; empty where the conditions alone leave no package.
        smallest: True where no smaller set blocks, proved.
        blocks: True where it is proved that they cannot all be met; False where there was no time
            to show it even of all demands together, which are then what is returned.
        least: True where it is proved that no demand of the set can be left out of it.
    """

    demands: tuple[Demand, ...]
    smallest: bool
    blocks: bool = True
    least: bool = False

    @property
    def status(self) -> Literal["smallest", "irreducible", "blocks", "unknown"]:
        """Return how much is proved, the most that is."""
        if not self.blocks:
            return "unknown"
        if self.smallest:
            return "smallest"
        return "irreducible" if self.least else "blocks"


@dataclass(frozen=True)
class Concession:
    """The least that must give for a package to become acceptable.

    Attributes:
        package: that becomes acceptable.
        lifted: red lines that it crosses, sorted.
        given: (n_parties,) how far below its reservation value each party is left; 0 for none.
        least: True where proved least.
    """

    package: Ints
    lifted: tuple[Demand, ...]
    given: Floats
    least: bool


def demands(problem: Problem) -> tuple[Demand, ...]:
    """Return every demand of a problem, sorted."""
    lines = [
        Demand(int(party), issue, int(option))
        for issue, table in enumerate(problem.red_lines)
        for party, option in np.argwhere(table)
    ]
    return tuple(sorted([*(Demand(party) for party in range(problem.n_parties)), *lines]))


class _Softened:
    """The problem with a switch on every demand: 1 where it is met."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self.all = demands(problem)
        self.model = Model(problem, seconds, red_lines=False)
        self.switch: dict[Demand, int] = {}
        for demand in self.all:
            column = self.model.variable(0, 1, True)
            self.switch[demand] = column
            if demand.red_line:
                x = self.model.x[demand.issue][demand.option]
                self.model.row(-np.inf, {x: 1.0, column: 1.0}, 1)
            else:
                least = float(problem.reservation[demand.party])
                lowest = _lowest(problem, demand.party)
                # v >= lowest + (least - lowest) * switch
                terms: Terms = dict(self.model.v[demand.party])
                terms[column] = -(least - lowest)
                self.model.row(lowest, terms)

    def largest(self, held: tuple[Demand, ...]) -> tuple[set[Demand], bool, bool] | None:
        """Return a largest set of demands met together with ``held``, and if that is proved.

        None where ``held`` cannot be met; the last flag says whether the time was enough.
        """
        rows = [self.model.row(1, {self.switch[demand]: 1.0}) for demand in held]
        answer = self.model.maximise(dict.fromkeys(self.switch.values(), 1.0))
        for row in rows:
            self.model.drop(row)
        if answer.columns is None:
            return None if answer.status == "infeasible" else (set(), False, False)
        met = {d for d, column in self.switch.items() if answer.columns[column] > 0.5}
        return met, answer.status == "optimal", True

    def meets(self, held: tuple[Demand, ...]) -> bool | None:
        """Return whether some package meets all of ``held``; None where time ran out."""
        rows = [self.model.row(1, {self.switch[demand]: 1.0}) for demand in held]
        answer = self.model.maximise({})
        for row in rows:
            self.model.drop(row)
        if answer.columns is not None:
            return True
        return False if answer.status == "infeasible" else None


def _lowest(problem: Problem, party: int) -> float:
    """Return a value that no package leaves the party below."""
    low = sum(float(table[party].min()) for table in problem.utilities)
    low += sum(float(min(0.0, pair.values[party].min())) for pair in problem.interactions)
    return min(low, float(problem.reservation[party]))


def _hitting_set(sets: list[frozenset[Demand]], universe: tuple[Demand, ...]) -> tuple[Demand, ...]:
    """Return a smallest set that meets every set, the first in order of the demands' list."""
    place = {demand: i for i, demand in enumerate(universe)}
    solver = quiet()
    # A tiny preference for earlier demands makes the answer one; it never outweighs a demand.
    n = len(universe)
    for i in range(n):
        solver.addVar(0, 1)
        solver.changeColIntegrality(i, highspy.HighsVarType.kInteger)
        solver.changeColCost(i, 1.0 + (i + 1) * 1e-3 / (n * n + 1))
    for own in sets:
        columns = np.array(sorted(place[d] for d in own), np.int32)
        solver.addRow(1, highspy.kHighsInf, len(columns), columns, np.ones(len(columns)))
    solver.run()
    chosen = np.array(solver.getSolution().col_value) > 0.5
    return tuple(demand for demand, keep in zip(universe, chosen, strict=True) if keep)


SOUGHT = 0.6
"""Share of the time in which the smallest set is sought, before any smaller one will do."""


def blocking(problem: Problem, seconds: float = 30.0) -> Blocking | None:
    """Return the smallest set of demands that blocks; None where some package meets all.

    Where time runs out, a set that blocks but need not be smallest is returned: all demands, less
    those that were found one by one not to be needed. `Blocking.status` says how much is proved.

    Raises:
        Interrupted: with what is proved so far.
    """
    end = time.monotonic() + seconds
    soft = _Softened(problem, seconds)
    whole = soft.meets(soft.all)
    if whole is not False:
        found = None if whole else Blocking(soft.all, False, False)
        if soft.model.interrupted:
            raise Interrupted(found)
        return found
    # Once proved, a set is told whatever happens; what follows only makes it smaller.
    held = Blocking(soft.all, False)
    try:
        soft.model.deadline -= (1 - SOUGHT) * max(0.0, end - time.monotonic())
        smallest = _smallest(soft)
        if smallest is not None:
            return Blocking(smallest, True, True, True)
        if not soft.model.interrupted:
            soft.model.deadline = end
        for smaller in _deletions(soft):
            held = smaller
    except KeyboardInterrupt:
        raise Interrupted(held) from None
    if soft.model.interrupted:
        raise Interrupted(held)
    return held


def _smallest(soft: _Softened) -> tuple[Demand, ...] | None:
    """Return the smallest set of demands that blocks, by hitting sets; None where time ran out."""
    corrections: list[frozenset[Demand]] = []
    while True:
        candidate = _hitting_set(corrections, soft.all) if corrections else ()
        found = soft.largest(candidate)
        if found is None:
            return candidate
        met, _, in_time = found
        if not in_time:
            return None
        corrections.append(frozenset(set(soft.all) - met))


def _deletions(soft: _Softened) -> Iterator[Blocking]:
    """Yield ever smaller sets that block, each proved, by leaving demands out.

    Large groups are left out first. The last set is ``least`` if time was enough: a demand that is
    kept was needed beside a larger set, so it is needed beside a smaller one.
    """
    held, size = soft.all, max(1, len(soft.all) // 2)
    while True:
        start = 0
        while start < len(held):
            fewer = held[:start] + held[start + size :]
            meets = soft.meets(fewer)
            if meets is None:
                return
            if meets:
                start += size
            else:
                held = fewer
                yield Blocking(held, False)
        if size == 1:
            yield Blocking(held, False, True, True)
            return
        size = max(1, size // 2)


def least_concession(
    problem: Problem, lift_red_lines: bool, scale: Floats | None = None, seconds: float = 30.0
) -> Concession | None:
    """Return the least concession that opens a package.

    Args:
        problem: without an acceptable package.
        lift_red_lines: True to lift the fewest red lines, and only then to give way on reservation
            values; False to keep every red line.
        scale: (n_parties,) what one unit of giving way counts for each party; by default one over
            the spread of its values, so that scales do not decide.
        seconds: time limit.

    Returns:
        None where nothing helps, for the conditions alone leave no package, or where no package
        was found in time.

    Raises:
        Interrupted: with the best concession found so far, not proved least.
    """
    if scale is None:
        spread = np.array(
            [
                sum(float(np.ptp(table[party])) for table in problem.utilities)
                for party in range(problem.n_parties)
            ]
        )
        scale = 1.0 / np.maximum(spread, TOLERANCE)
    model = Model(problem, seconds, red_lines=not lift_red_lines)
    objective: Terms = {}
    for party in range(problem.n_parties):
        given = model.variable(0, np.inf)
        objective[given] = -float(scale[party])
        model.row(float(problem.reservation[party]), model.v[party] | {given: 1.0})
    if lift_red_lines:
        # Lifting one line must cost more than all the giving way there can be.
        cost = 10.0 * problem.n_parties
        for demand in demands(problem):
            if demand.red_line:
                column = model.x[demand.issue][demand.option]
                objective[column] = objective.get(column, 0.0) - cost
    answer = model.maximise(objective)
    found = None
    if answer.columns is not None:
        package = model.package(answer.columns)
        found = _concession(problem, package, answer.status == "optimal")
    if model.interrupted:
        raise Interrupted(found)
    return found


def _concession(problem: Problem, package: Ints, least: bool) -> Concession:
    """Return what must give for a package."""
    values = problem.values(package[None, :])[0]
    short = np.maximum(problem.reservation - values, 0.0)
    short[short < TOLERANCE] = 0.0
    lifted = tuple(d for d in demands(problem) if d.red_line and package[d.issue] == d.option)
    return Concession(package, lifted, short, least)
