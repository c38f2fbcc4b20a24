"""Integer programs for agendas too large to list: each optimum proved, or its gap said (HiGHS).

Nash is solved by outer approximation: log is concave, so tangents at the
packages found so far bound it from above; the bound and the best package close on each other.
Leximin and the Kalai-Smorodinsky point follow Ogryczak & Sliwinski (2006): the sum of the k
smallest of m outcomes is max k t - sum d with d >= t - y, so the ordered sums are maximised one
after the other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import highspy
import numpy as np

from detente.packages.core.interruption import Interrupted
from detente.packages.core.near import improve
from detente.packages.core.problem import TOLERANCE, Floats, Ints, Problem
from detente.packages.core.program import Answer, Model, Terms
from detente.packages.core.solutions import Rule, Solution, log_gains, nash_criteria

SLACK = 1e-6
"""Slack given to an optimum that is held while the next one is sought."""

LAST_TRY = 1.0
"""Seconds, past the limit, in which a package is still sought near the relaxation."""

NASH_FLOOR = 1e-4
"""Share of a party's ideal gain at which the first tangents of the logarithm touch."""


def _sum(parts: Sequence[Terms]) -> Terms:
    total: Terms = {}
    for terms in parts:
        for column, weight in terms.items():
            total[column] = total.get(column, 0.0) + weight
    return total


def _values(problem: Problem, package: Ints) -> Floats:
    values: Floats = problem.values(package[None, :])[0]
    return values


def _near(problem: Problem, seconds: float) -> Ints | None:
    """Return a package acceptable to all near the best of the linear relaxation, or None.

    The best there is the greatest least gain, each party's on its own scale.
    """
    model = Model(problem, seconds)
    model._integer = [False] * len(model._integer)
    least = model.variable(-highspy.kHighsInf, highspy.kHighsInf)
    for party, v in enumerate(model.v):
        spread = sum(float(np.ptp(table[party])) for table in problem.utilities)
        model.row(float(problem.reservation[party]), v | {least: -max(spread, TOLERANCE)})
    answer = model.maximise({least: 1.0})
    if model.interrupted:
        raise Interrupted(("unknown", None))
    return None if answer.columns is None else improve(problem, model.package(answer.columns))


def exists(problem: Problem, seconds: float = 60.0) -> tuple[str, Ints | None]:
    """Return ``yes`` and a package worth no less than no deal to all, ``no``, or ``unknown``.

    A package near the linear relaxation is tried first; the integer program decides the rest.

    Raises:
        Interrupted: with the same, as far as it is known.
    """
    start = time.monotonic()
    near = _near(problem, seconds)
    if near is not None:
        return "yes", near
    model = Model(problem, seconds - (time.monotonic() - start))
    model.rational()
    answer = model.maximise({})
    found: tuple[str, Ints | None] = ("no" if answer.status == "infeasible" else "unknown"), None
    if answer.columns is not None:
        found = "yes", model.package(answer.columns)
    if model.interrupted:
        raise Interrupted(found)
    return found


def _ideals(problem: Problem, model: Model) -> tuple[Floats, Floats] | None:
    """Return the most gain found for each party, and a bound on it; equal where proved."""
    best, bound = np.zeros(problem.n_parties), np.zeros(problem.n_parties)
    for party, v in enumerate(model.v):
        answer = model.maximise(v)
        if answer.columns is None:
            return None
        least = problem.reservation[party]
        best[party] = _values(problem, model.package(answer.columns))[party] - least
        most = float(sum(table[party].max() for table in problem.utilities))
        most += float(sum(max(0.0, pair.values[party].max()) for pair in problem.interactions))
        proved = answer.status == "optimal"
        bound[party] = best[party] if proved else min(answer.bound, most) - least
    return best, bound


def ideal(problem: Problem, seconds: float = 60.0) -> tuple[Floats, bool] | None:
    """Return each party's most gain in packages worth no less than no deal to all, and if proved.

    None where there is no such package, or none was found in time.

    Raises:
        Interrupted: with the same.
    """
    model = Model(problem, seconds)
    model.rational()
    found = _ideals(problem, model)
    told = None if found is None else (found[0], bool((found[0] == found[1]).all()))
    if model.interrupted:
        raise Interrupted(told)
    return told


def solve_mip(
    problem: Problem,
    rule: Rule,
    seconds: float = 60.0,
    progress: Callable[[int, int], None] | None = None,
) -> Solution | None:
    """Return the solution by a rule without listing the frontier; None where none was found.

    ``ties`` is 1: how many packages tie is not counted. ``proved`` says whether the optimum is
    proved; otherwise ``bound`` tells how far it can be. Where the parties' ideal gains are not
    proved, shares are of their upper bounds, so that a score is never overstated.

    Raises:
        Interrupted: with the best found so far.
    """
    model = Model(problem, seconds)
    model.rational()
    try:
        found = _solve(problem, rule, model, seconds, progress)
    except KeyboardInterrupt:
        # Between two programs nothing is lost but the bound.
        model.interrupted, model.deadline, found = True, time.monotonic(), None
    if found is None:
        package = model.known
        if package is None and time.monotonic() >= model.deadline:
            # The relaxation is solved at once even where the program has not found anything.
            package = _near(problem, LAST_TRY)
        found = None if package is None else _fallback(problem, rule, package)
    if model.interrupted:
        raise Interrupted(found)
    return found


def _solve(
    problem: Problem,
    rule: Rule,
    model: Model,
    seconds: float,
    progress: Callable[[int, int], None] | None,
) -> Solution | None:
    if rule == "utilitarian":
        answer = model.maximise(_sum(model.v))
        return _told(problem, rule, model, answer, float(problem.reservation.sum()))
    if rule == "leximin":
        return _leximin(problem, rule, model, np.ones(problem.n_parties), progress)
    end = model.deadline
    model.deadline = min(end, time.monotonic() + seconds / 2)
    known = _ideals(problem, model)
    if not model.interrupted:
        model.deadline = end
    if known is None:
        return None
    best, bound = known
    proved = bool((best == bound).all())
    if not (bound > TOLERANCE).any():
        return _no_gain(problem, rule, model)
    if rule == "kalai-smorodinsky":
        # Two bounds: the score is of the greater ideals, the bound of the smaller ones.
        scale = np.where(bound > TOLERANCE, bound, np.inf)
        found = _leximin(problem, rule, model, scale, progress)
        return found if found is None or proved else _loosened(found, best, bound)
    found = _nash(problem, model, bound, progress)
    return found if found is None or proved else replace(found, proved=False)


def _fallback(problem: Problem, rule: Rule, package: Ints) -> Solution | None:
    """Return a package that was found on the way to something else, with no bound but infinity."""
    if not problem.acceptable(package[None, :])[0]:
        return None
    values = _values(problem, package)
    gains = (values - problem.reservation)[None, :]
    score = {
        "utilitarian": float(gains.sum()),
        "nash": float(log_gains(gains)[0, 1]),
        "kalai-smorodinsky": 0.0,
        "leximin": float(gains.min()),
    }[rule]
    return Solution(rule, package, values, score, 1, np.inf, False)


def _loosened(found: Solution, best: Floats, bound: Floats) -> Solution:
    """Return a Kalai-Smorodinsky solution whose ideals are only known to lie between two bounds."""
    can = best > TOLERANCE
    grown = float((bound[can] / best[can]).max()) if can.all() else np.inf
    return replace(found, bound=min(1.0, found.bound * grown), proved=False)


def _no_gain(problem: Problem, rule: Rule, model: Model) -> Solution | None:
    """Return any acceptable package where none gives any party a gain: all are equally good."""
    package = model.known
    if package is None:
        return None
    score = 1.0 if rule == "kalai-smorodinsky" else 0.0
    return Solution(rule, package, _values(problem, package), score, 1, score, True)


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
    bound = score if proved else max(score, first_bound)
    return Solution(rule, package, values, score, 1, bound, proved)


def _nash(
    problem: Problem,
    model: Model,
    best: Floats,
    progress: Callable[[int, int], None] | None,
) -> Solution | None:
    """Maximise the sum of logs of gains by tangents, over a largest set that can gain together.

    ``best`` bounds each party's gain; logs are counted from it, so that scales do not decide
    between sets of parties.
    """
    can = [p for p in range(problem.n_parties) if best[p] > TOLERANCE]
    gathered = _gain_together(problem, model, can, best)
    if gathered is None:
        return None
    flags, largest = gathered
    z: dict[int, int] = {}
    objective: Terms = {}
    for party in can:
        top = float(np.log(best[party])) + 1e-9
        column = model.variable(-highspy.kHighsInf, max(top, 0.0))
        z[party] = column
        # A party outside the set adds nothing.
        model.row(0, {flags[party]: max(top, 0.0), column: -1.0})
        objective |= {column: 1.0, flags[party]: -float(np.log(best[party]))}
        for share in (NASH_FLOOR, 0.01, 0.1, 0.3, 0.6, 1.0):
            _tangent(problem, model, party, column, flags[party], share * best[party])
    found: Ints | None = None
    score, bound, proved = -np.inf, np.inf, False
    for step in range(1, 101):
        answer = model.maximise(objective)
        if answer.columns is None:
            break
        bound = min(bound, answer.bound)
        package = model.package(answer.columns)
        gains = _values(problem, package) - problem.reservation
        own = float(nash_criteria(gains[None, :], best)[0, 1])
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
    proved &= largest
    values = _values(problem, found)
    told = float(log_gains((values - problem.reservation)[None, :])[0, 1])
    return Solution(
        "nash", found, values, told, 1, told if proved else told + bound - score, proved
    )


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
) -> tuple[dict[int, int], bool] | None:
    """Return a flag a party, 1 where it gains, held to as many as can gain in one package.

    The second is whether that number is proved.
    """
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
    return flags, answer.status == "optimal"
