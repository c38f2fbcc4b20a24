"""A package acceptable to all, sought near the linear relaxation before any proof is tried.

Many parties and a narrow zone of agreement are hard for branch and bound: it proves much before it
finds anything. Rounding the relaxation and changing one or two issues at a time, always to what
lessens the parties' shortfalls most, often finds a package at once. Finding none proves nothing.
"""

from __future__ import annotations

import numpy as np

from detente.packages.core.problem import TOLERANCE, Flags, Floats, Ints, Problem

PAIRED = 60
"""Best single changes that are tried two at a time."""

MOST_STEPS = 200
"""Most changes in a row; each lessens the shortfall, so few are needed."""


def _shortfall(problem: Problem, packages: Ints, spread: Floats) -> Floats:
    """Return the sum of squared shortfalls from no deal, each on its party's own scale."""
    short = np.maximum(problem.reservation - problem.values(packages), 0.0)
    total: Floats = ((short / spread) ** 2).sum(axis=1)
    total[~problem.permitted(packages)] = np.inf
    return total


def _changed(package: Ints, issues: Ints, options: Ints) -> Ints:
    """Return the package with each of the changes made: (n_changes, n_issues)."""
    changed = np.repeat(package[None, :], len(issues), axis=0)
    changed[np.arange(len(issues)), issues] = options
    return changed


def improve(problem: Problem, package: Ints) -> Ints | None:
    """Return a package acceptable to all that is reached from one by small changes, or None.

    Args:
        problem: whose conditions, red lines and reservation values hold.
        package: (n_issues,) to start from; it need not be permitted.
    """
    issues = np.repeat(np.arange(problem.n_issues), problem.sizes)
    options = np.concatenate([np.arange(size) for size in problem.sizes])
    spread = np.zeros(problem.n_parties)
    for table in problem.utilities:
        spread += np.ptp(table, axis=1)
    spread = np.maximum(spread, TOLERANCE)
    here = float(_shortfall(problem, package[None, :], spread)[0])
    for _ in range(MOST_STEPS):
        if problem.acceptable(package[None, :])[0]:
            return package
        singles = _changed(package, issues, options)
        after = _shortfall(problem, singles, spread)
        best = int(np.argmin(after))
        found, value = singles[best], float(after[best])
        top = np.argsort(after, kind="stable")[:PAIRED]
        first, second = (side.ravel() for side in np.meshgrid(top, top, indexing="ij"))
        apart: Flags = (first < second) & (issues[first] != issues[second])
        first, second = first[apart], second[apart]
        pairs = singles[first]
        pairs[np.arange(len(pairs)), issues[second]] = options[second]
        if len(pairs):
            after = _shortfall(problem, pairs, spread)
            best = int(np.argmin(after))
            if after[best] < value:
                found, value = pairs[best], float(after[best])
        if not value < here - TOLERANCE**2:
            return None
        package, here = found, value
    return None
