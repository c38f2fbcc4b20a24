"""An integer program over the packages of a problem, built once and asked repeatedly (HiGHS).

x_{k,o} = 1 where issue k takes option o. Values are linear in x; the value of a pair of issues gets
variables of its own.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import highspy
import numpy as np

from detente.packages.core.problem import Floats, Ints, Problem
from detente.packages.core.solver import solver as quiet

GAP = 1e-7
"""Relative gap at which an optimum counts as proved."""

Terms = dict[int, float]


@dataclass(frozen=True)
class Answer:
    """What the solver found.

    Attributes:
        status: ``optimal``, ``infeasible`` or ``stopped`` (time limit or interruption).
        columns: values of the variables, None where no solution is known.
        objective: of ``columns``.
        bound: on the objective of any solution.
    """

    status: str
    columns: Floats | None
    objective: float
    bound: float


class Model:
    """A maximisation over the packages of a problem, built once and asked repeatedly.

    Attributes:
        problem: whose packages it holds.
        deadline: on the monotonic clock; past it every question is answered ``stopped``.
        interrupted: True once the user has interrupted a question; the deadline is then past.
        x: for each issue the variables of its options; ``v`` for each party its value.
        known: the last package found, None before the first.
    """

    def __init__(self, problem: Problem, seconds: float = 60.0, red_lines: bool = True) -> None:
        self.problem = problem
        self.deadline = time.monotonic() + seconds
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._integer: list[bool] = []
        self._rows: list[tuple[float, float, Terms]] = []
        self.x = [[self.variable(0, 1, True) for _ in range(size)] for size in problem.sizes]
        self.v: list[Terms] = [{} for _ in range(problem.n_parties)]
        self.known: Ints | None = None
        self.interrupted = False
        self._packages(red_lines)

    def variable(self, low: float, high: float, integer: bool = False) -> int:
        """Add a variable and return its index."""
        self._lower.append(low)
        self._upper.append(high)
        self._integer.append(integer)
        return len(self._lower) - 1

    def row(self, low: float, terms: Terms, high: float = highspy.kHighsInf) -> int:
        """Add ``low <= terms <= high`` and return its index."""
        self._rows.append((low, high, dict(terms)))
        return len(self._rows) - 1

    def drop(self, row: int) -> None:
        """Take a row's bounds away."""
        _, _, terms = self._rows[row]
        self._rows[row] = (-highspy.kHighsInf, highspy.kHighsInf, terms)

    def _packages(self, red_lines: bool) -> None:
        problem = self.problem
        for issue, columns in enumerate(self.x):
            self.row(1, dict.fromkeys(columns, 1.0), 1)
            for option, column in enumerate(columns):
                if red_lines and problem.ruled_out[issue][option]:
                    self._upper[column] = 0
                for party in range(problem.n_parties):
                    worth = float(problem.utilities[issue][party, option])
                    if worth:
                        self.v[party][column] = worth
        for bar in problem.forbidden:
            if bar.a == bar.b:
                continue
            self.row(0, {self.x[bar.a][bar.i]: 1.0, self.x[bar.b][bar.j]: 1.0}, 1)
        for need in problem.requires:
            terms: Terms = {self.x[need.b][need.j]: -1.0}
            for option in need.allowed:
                column = self.x[need.a][option]
                terms[column] = terms.get(column, 0.0) + 1.0
            self.row(0, terms)
        for pair in problem.interactions:
            for i, j in np.argwhere(np.any(pair.values != 0, axis=0)):
                both = self.variable(0, 1)
                first, second = self.x[pair.a][i], self.x[pair.b][j]
                self.row(0, {first: 1.0, both: -1.0})
                self.row(0, {second: 1.0, both: -1.0})
                self.row(-1, {both: 1.0, first: -1.0, second: -1.0})
                for party in range(problem.n_parties):
                    self.v[party][both] = float(pair.values[party, i, j])

    def rational(self, floor: Floats | None = None) -> list[int]:
        """Ask of every party's value that it be no less than no deal (or than ``floor``)."""
        least = self.problem.reservation if floor is None else floor
        return [self.row(float(r), v) for r, v in zip(least, self.v, strict=True)]

    def maximise(self, objective: Terms) -> Answer:
        """Solve; never past the deadline by more than the time to give up one step."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            return Answer("stopped", None, -np.inf, np.inf)
        solver = quiet(mip_rel_gap=GAP, mip_abs_gap=GAP, time_limit=left)
        solver.passModel(self._program(objective))
        self._start(solver)
        if not self._run(solver, left):
            return Answer("stopped", None, -np.inf, np.inf)
        info, status = solver.getInfo(), solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Answer("infeasible", None, -np.inf, -np.inf)
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        columns = np.array(solver.getSolution().col_value) if feasible else None
        if columns is not None:
            self.known = self.package(columns)
        best = float(info.objective_function_value) if feasible else -np.inf
        if status == highspy.HighsModelStatus.kOptimal:
            return Answer("optimal", columns, best, best)
        bound = float(info.mip_dual_bound)
        # Before its first node the solver tells no bound, or a bound of the other sign.
        return Answer("stopped", columns, best, bound if bound >= best else np.inf)

    def _start(self, solver: highspy.Highs) -> None:
        """Let the solver start from the last package found; it drops one that no longer fits.

        Leximin with 40 conditions on 100 issues of 10 options took 15 CPU s without, 4 with.
        """
        if self.known is None:
            return
        columns = np.array([column for own in self.x for column in own], np.int32)
        taken = [own[option] for own, option in zip(self.x, self.known, strict=True)]
        solver.setSolution(len(columns), columns, np.isin(columns, taken).astype(np.float64))

    def _run(self, solver: highspy.Highs, seconds: float) -> bool:
        """Run the solver and return whether it has come to rest, so that it can be read.

        It runs in a thread, for its own time limit can be overrun by a long step. An interruption
        stops it and leaves no time for further questions.
        """
        worker = threading.Thread(target=solver.run, daemon=True)
        worker.start()
        try:
            worker.join(seconds + 0.5)
        except KeyboardInterrupt:
            self.interrupted = True
            self.deadline = time.monotonic()
        if worker.is_alive():
            solver.cancelSolve()
            worker.join(1.0)
        return not worker.is_alive()

    def _program(self, objective: Terms) -> highspy.HighsLp:
        program = highspy.HighsLp()
        program.num_col_ = len(self._lower)
        program.num_row_ = len(self._rows)
        program.sense_ = highspy.ObjSense.kMaximize
        cost = np.zeros(len(self._lower))
        for column, weight in objective.items():
            cost[column] = weight
        program.col_cost_ = cost
        program.col_lower_ = np.array(self._lower, float)
        program.col_upper_ = np.array(self._upper, float)
        program.row_lower_ = np.array([low for low, _, _ in self._rows], float)
        program.row_upper_ = np.array([high for _, high, _ in self._rows], float)
        program.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in self._integer
        ]
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        sizes = [len(terms) for _, _, terms in self._rows]
        program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        program.a_matrix_.index_ = np.array(
            [column for _, _, terms in self._rows for column in terms], np.int32
        )
        program.a_matrix_.value_ = np.array(
            [weight for _, _, terms in self._rows for weight in terms.values()], float
        )
        return program

    def package(self, columns: Floats) -> Ints:
        """Return the package of a solution."""
        return np.array([int(np.argmax(columns[own])) for own in self.x], np.int64)
