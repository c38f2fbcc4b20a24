"""Integer programs for agendas too large to list: each optimum proved, or its gap said (HiGHS).

x_{k,o} = 1 where issue k takes option o. Values are linear in x; the value of a pair of issues gets
variables of its own. Nash is solved by outer approximation: log is concave, so tangents at the
packages found so far bound it from above; the bound and the best package close on each other.
Leximin and the Kalai-Smorodinsky point follow Ogryczak & Sliwinski (2006): the sum of the k
smallest of m outcomes is max k t - sum d with d >= t - y, so the ordered sums are maximised one
after the other.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from detente.packages.core.near import improve
from detente.packages.core.problem import TOLERANCE, Floats, Ints, Problem
from detente.packages.core.solutions import Rule, Solution, log_gains
from detente.packages.core.solver import solver as quiet

GAP = 1e-7
"""Relative gap at which an optimum counts as proved."""

SLACK = 1e-6
"""Slack given to an optimum that is held while the next one is sought."""

NASH_FLOOR = 1e-4
"""Share of a party's ideal gain at which the first tangents of the logarithm touch."""

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
    """A maximisation over the packages of a problem, built once and asked repeatedly."""

    def __init__(self, problem: Problem, seconds: float = 60.0, red_lines: bool = True) -> None:
        self.problem = problem
        self.deadline = time.monotonic() + seconds
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._integer: list[bool] = []
        self._rows: list[tuple[float, float, Terms]] = []
        self.x = [[self.variable(0, 1, True) for _ in range(size)] for size in problem.sizes]
        self.v: list[Terms] = [{} for _ in range(problem.n_parties)]
        self._known: Ints | None = None
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
        self._run(solver, left)
        info, status = solver.getInfo(), solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Answer("infeasible", None, -np.inf, -np.inf)
        known = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        columns = np.array(solver.getSolution().col_value) if known else None
        if columns is not None:
            self._known = self.package(columns)
        best = float(info.objective_function_value) if known else -np.inf
        if status == highspy.HighsModelStatus.kOptimal:
            return Answer("optimal", columns, best, best)
        return Answer("stopped", columns, best, float(info.mip_dual_bound))

    def _start(self, solver: highspy.Highs) -> None:
        """Let the solver start from the last package found; it drops one that no longer fits.

        Leximin with 40 conditions on 100 issues of 10 options took 15 CPU s without, 4 with.
        """
        if self._known is None:
            return
        columns = np.array([column for own in self.x for column in own], np.int32)
        taken = [own[option] for own, option in zip(self.x, self._known, strict=True)]
        solver.setSolution(len(columns), columns, np.isin(columns, taken).astype(np.float64))

    def _run(self, solver: highspy.Highs, seconds: float) -> None:
        """Run the solver in a thread, for its own time limit can be overrun by a long step."""
        worker = threading.Thread(target=solver.run, daemon=True)
        worker.start()
        try:
            worker.join(seconds + 0.5)
        except KeyboardInterrupt:
            solver.cancelSolve()
            worker.join(1.0)
            raise
        if worker.is_alive():
            solver.cancelSolve()
            worker.join(1.0)

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


def _sum(parts: Sequence[Terms]) -> Terms:
    total: Terms = {}
    for terms in parts:
        for column, weight in terms.items():
            total[column] = total.get(column, 0.0) + weight
    return total


def _values(problem: Problem, package: Ints) -> Floats:
    values: Floats = problem.values(package[None, :])[0]
    return values


def _relaxed(problem: Problem, seconds: float) -> Answer:
    """Return the best of the linear relaxation: the greatest least gain, each on its own scale."""
    model = Model(problem, seconds)
    model._integer = [False] * len(model._integer)
    least = model.variable(-highspy.kHighsInf, highspy.kHighsInf)
    for party, v in enumerate(model.v):
        spread = sum(float(np.ptp(table[party])) for table in problem.utilities)
        model.row(float(problem.reservation[party]), v | {least: -max(spread, TOLERANCE)})
    return model.maximise({least: 1.0})


def exists(problem: Problem, seconds: float = 60.0) -> tuple[str, Ints | None]:
    """Return ``yes`` and a package worth no less than no deal to all, ``no``, or ``unknown``.

    A package near the linear relaxation is tried first; the integer program decides the rest.
    """
    relaxed = _relaxed(problem, seconds)
    model = Model(problem, seconds)
    if relaxed.columns is not None:
        near = improve(problem, model.package(relaxed.columns))
        if near is not None:
            return "yes", near
    model.rational()
    answer = model.maximise({})
    if answer.columns is not None:
        return "yes", model.package(answer.columns)
    return ("no" if answer.status == "infeasible" else "unknown"), None


def ideal(problem: Problem, seconds: float = 60.0) -> tuple[Floats, bool] | None:
    """Return each party's most gain in packages worth no less than no deal to all, and if proved.

    None where there is no such package, or none was found in time.
    """
    model = Model(problem, seconds)
    model.rational()
    best, proved = np.zeros(problem.n_parties), True
    for party, v in enumerate(model.v):
        answer = model.maximise(v)
        if answer.columns is None:
            return None
        own = _values(problem, model.package(answer.columns))[party]
        best[party] = own - problem.reservation[party]
        proved &= answer.status == "optimal"
    return best, proved


def solve_mip(
    problem: Problem,
    rule: Rule,
    seconds: float = 60.0,
    progress: Callable[[int, int], None] | None = None,
) -> Solution | None:
    """Return the solution by a rule without listing the frontier; None where none was found.

    ``ties`` is 1: how many packages tie is not counted. ``proved`` says whether the optimum is
    proved; otherwise ``bound`` tells how far it can be.
    """
    model = Model(problem, seconds)
    model.rational()
    if rule == "utilitarian":
        answer = model.maximise(_sum(model.v))
        return _told(problem, rule, model, answer, float(problem.reservation.sum()))
    if rule == "leximin":
        return _leximin(problem, rule, model, np.ones(problem.n_parties), progress)
    known = ideal(problem, seconds / 2)
    if known is None:
        return None
    best, proved = known
    if not (best > TOLERANCE).any():
        return _no_gain(problem, rule, model)
    if rule == "kalai-smorodinsky":
        scale = np.where(best > TOLERANCE, best, np.inf)
        found = _leximin(problem, rule, model, scale, progress)
        return found if found is None or proved else _unproved(found)
    return _nash(problem, model, best, progress)


def _no_gain(problem: Problem, rule: Rule, model: Model) -> Solution | None:
    """Return any acceptable package where none gives any party a gain: all are equally good."""
    answer = model.maximise({})
    if answer.columns is None:
        return None
    package = model.package(answer.columns)
    score = 1.0 if rule == "kalai-smorodinsky" else 0.0
    return Solution(rule, package, _values(problem, package), score, 1, score, True)


def _unproved(found: Solution) -> Solution:
    return Solution(
        found.rule, found.package, found.values, found.score, found.ties, found.bound, False
    )


def _told(
    problem: Problem, rule: Rule, model: Model, answer: Answer, shift: float
) -> Solution | None:
    if answer.columns is None:
        return None
    package = model.package(answer.columns)
    values = _values(problem, package)
    score = float(values.sum()) - shift
    proved = answer.status == "optimal"
    bound = score if proved else answer.bound - shift
    return Solution(rule, package, values, score, 1, bound, proved)


def _leximin(
    problem: Problem,
    rule: Rule,
    model: Model,
    scale: Floats,
    progress: Callable[[int, int], None] | None,
) -> Solution | None:
    """Maximise the ordered sums of the outcomes y_p = (v_p - r_p) / scale_p one after the other.

    A party of infinite scale cannot gain and has no outcome to compare.
    """
    outcomes = [p for p in range(problem.n_parties) if np.isfinite(scale[p])]
    package: Ints | None = None
    proved, first_bound = True, np.inf
    for k in range(1, len(outcomes) + 1):
        t = model.variable(-highspy.kHighsInf, highspy.kHighsInf)
        terms: Terms = {t: float(k)}
        for party in outcomes:
            d = model.variable(0, highspy.kHighsInf)
            terms[d] = -1.0
            # d >= t - y   <=>   d - t + v / s >= r / s
            bind = {d: 1.0, t: -1.0}
            for column, weight in model.v[party].items():
                bind[column] = weight / scale[party]
            model.row(float(problem.reservation[party] / scale[party]), bind)
        answer = model.maximise(terms)
        if answer.columns is None:
            proved = False
            break
        package = model.package(answer.columns)
        proved &= answer.status == "optimal"
        if k == 1:
            first_bound = answer.bound
        model.row(answer.objective - SLACK * max(1.0, abs(answer.objective)), terms)
        if progress is not None:
            progress(k, len(outcomes))
    if package is None:
        return None
    values = _values(problem, package)
    gains = (values - problem.reservation)[outcomes] / scale[outcomes]
    score = float(gains.min()) if len(gains) else 1.0
    return Solution(rule, package, values, score, 1, score if proved else first_bound, proved)


def _nash(
    problem: Problem,
    model: Model,
    best: Floats,
    progress: Callable[[int, int], None] | None,
) -> Solution | None:
    """Maximise the sum of logs of gains by tangents, over a largest set that can gain together."""
    can = [p for p in range(problem.n_parties) if best[p] > TOLERANCE]
    flags = _gain_together(problem, model, can, best)
    if flags is None:
        return None
    z: dict[int, int] = {}
    for party in can:
        top = float(np.log(best[party])) + 1e-9
        column = model.variable(-highspy.kHighsInf, max(top, 0.0))
        z[party] = column
        # A party outside the set adds nothing.
        model.row(0, {flags[party]: max(top, 0.0), column: -1.0})
        for share in (NASH_FLOOR, 0.01, 0.1, 0.3, 0.6, 1.0):
            _tangent(problem, model, party, column, flags[party], share * best[party])
    objective: Terms = dict.fromkeys(z.values(), 1.0)
    found: Ints | None = None
    score, bound, proved = -np.inf, np.inf, False
    for step in range(1, 101):
        answer = model.maximise(objective)
        if answer.columns is None:
            break
        bound = min(bound, answer.bound)
        package = model.package(answer.columns)
        gains = _values(problem, package) - problem.reservation
        own = float(log_gains(gains[None, :])[0, 1])
        if own > score:
            found, score = package, own
        if bound - score <= 1e-6 * max(1.0, abs(bound)):
            proved = answer.status == "optimal"
            break
        if answer.status != "optimal":
            break
        for party, column in z.items():
            at = max(gains[party], NASH_FLOOR * best[party])
            _tangent(problem, model, party, column, flags[party], at)
        if progress is not None:
            progress(step, 100)
    if found is None:
        return None
    values = _values(problem, found)
    return Solution("nash", found, values, score, 1, score if proved else bound, proved)


def _tangent(problem: Problem, model: Model, party: int, z: int, flag: int, at: float) -> None:
    """Add z <= log(at) + (g - at) / at, with g the party's gain, where the party is in the set."""
    # Outside the set z is 0 and g may be 0: the row then needs this much room.
    room = max(0.0, 1.0 - float(np.log(at)))
    terms: Terms = {z: -1.0, flag: -room}
    for column, weight in model.v[party].items():
        terms[column] = weight / at
    least = 1.0 - float(np.log(at)) + float(problem.reservation[party]) / at
    model.row(least - room, terms)


def _gain_together(
    problem: Problem, model: Model, can: list[int], best: Floats
) -> dict[int, int] | None:
    """Return a flag a party, 1 where it gains, held to as many as can gain in one package."""
    flags = {party: model.variable(0, 1, True) for party in can}
    for party, flag in flags.items():
        # v - r >= least * flag
        least = NASH_FLOOR * float(best[party])
        model.row(float(problem.reservation[party]), model.v[party] | {flag: -least})
    terms: Terms = dict.fromkeys(flags.values(), 1.0)
    answer = model.maximise(terms)
    if answer.columns is None:
        return None
    model.row(float(round(answer.objective)), terms)
    return flags
