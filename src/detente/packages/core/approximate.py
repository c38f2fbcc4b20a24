"""A frontier too large to list, to within an error that is stated and holds.

The sum of parts is that of `detente.packages.core.frontier`, but partial packages that lie in one
cell of a grid are stood for by one of them (the idea of epsilon-approximate Pareto sets:
Papadimitriou & Yannakakis 2000). Each that is kept carries a ceiling, no less for any party than
all that it stands for. A ceiling below another is dropped, as is one that the rest cannot lift to
what no deal is worth. In the end every acceptable package lies below some ceiling, so the error is
found by comparing the ceilings with the acceptable packages that were kept: for every acceptable x
some y of these has v_p(y) >= v_p(x) - epsilon_p for every party p.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.packages.core.frontier import (
    DECIMALS,
    Stage,
    best_rests,
    ordered_parts,
    representatives,
)
from detente.packages.core.pareto_arrays import distinct_front, distinct_rows, undominated
from detente.packages.core.problem import TOLERANCE, Floats, Ints, Problem

MOST_KEPT = 2_000
"""Points kept after each part."""

COARSER = 1.3
"""Growth of the grid's side until few enough cells hold points."""


@dataclass(frozen=True)
class ApproximateFrontier:
    """Acceptable packages one of which comes near every acceptable package; see the module.

    Attributes:
        values: (n_points, n_parties), none dominated by another.
        packages: (n_points, n_issues), in lexicographic order.
        epsilon: (n_parties,) the error, in each party's units, the same share of each one's spread
            of values; infinite where no acceptable package was kept though there may be some.
    """

    values: Floats
    packages: Ints
    epsilon: Floats

    def __len__(self) -> int:
        return len(self.values)


def approximate_frontier(problem: Problem, most: int = MOST_KEPT) -> ApproximateFrontier:
    """Return acceptable packages near the frontier, with an error that holds.

    Args:
        problem: additive but for interactions and conditions.
        most: points kept after each part; more take longer and lessen the error.

    Raises:
        TooLargeError: more joint options of issues tied together than can be listed.
    """
    parts = ordered_parts(problem)
    rest = best_rests(parts, problem.n_parties)
    spread = np.zeros(problem.n_parties)
    for part in parts:
        spread += np.ptp(part.values, axis=0) if len(part.values) else 0.0
    spread = np.maximum(spread, TOLERANCE)
    values = np.zeros((1, problem.n_parties))
    ceilings = values
    side = 1e-4
    stages: list[Stage] = []
    for index, part in enumerate(parts):
        own = np.flatnonzero(undominated(part.values))
        added = part.values[own][None, :, :]
        total, above = (
            np.round(old[:, None, :] + added, DECIMALS).reshape(-1, problem.n_parties)
            for old in (values, ceilings)
        )
        reach = (above + rest[index + 1] >= problem.reservation - TOLERANCE).all(axis=1)
        rows = np.flatnonzero(reach)
        rows = rows[_front(above[rows])] if len(rows) <= 8 * most else rows
        if len(rows) > most:
            rows, highest, side = _thinned(total, above, rows, spread, most, side / COARSER**4)
        else:
            highest = above[rows]
        parent, option = rows // max(len(own), 1), own[rows % max(len(own), 1)]
        stages.append(Stage(np.arange(len(rows)), parent, option))
        values, ceilings = total[rows], highest
    fine = np.flatnonzero((values >= problem.reservation - TOLERANCE).all(axis=1))
    kept = fine[_front(values[fine])]
    error = _error(ceilings / spread, values[kept] / spread)
    packages = representatives(problem.n_issues, parts, stages, len(values))[kept]
    order = np.lexsort(packages.T[::-1]) if problem.n_issues else np.arange(len(kept))
    return ApproximateFrontier(values[kept][order], packages[order], error * spread)


def _front(values: Floats) -> Ints:
    """Return one row for each undominated value, ascending."""
    _, rows, point = distinct_front(values)
    _, first = np.unique(point, return_index=True)
    return np.sort(rows[first])


def _thinned(
    total: Floats, above: Floats, rows: Ints, spread: Floats, most: int, side: float
) -> tuple[Ints, Floats, float]:
    """Return at most so many rows, their ceilings, and the side of the grid that this took.

    In each cell the row that falls least short of the cell's ceiling for any party stands for all.
    """
    while True:
        _, cell = distinct_rows(np.floor(above[rows] / (side * spread)))
        if int(cell.max()) < most:
            break
        side *= COARSER
    ceiling = np.full((int(cell.max()) + 1, above.shape[1]), -np.inf)
    np.maximum.at(ceiling, cell, above[rows])
    short = ((ceiling[cell] - total[rows]) / spread).max(axis=1)
    order = np.lexsort((short, cell))
    first = order[np.append(True, cell[order[1:]] != cell[order[:-1]])]
    standing = _front(ceiling)
    return rows[first[standing]], ceiling[standing], side


def _error(ceilings: Floats, values: Floats) -> float:
    """Return the least error by which every ceiling lies below some value, all on one scale."""
    if not len(ceilings):
        return 0.0
    if not len(values):
        return float(np.inf)
    worst, step = 0.0, max(1, 2_000_000 // len(values))
    for start in range(0, len(ceilings), step):
        some = ceilings[start : start + step]
        short = some[:, :1] - values[:, 0]
        for party in range(1, values.shape[1]):
            np.maximum(short, some[:, party, None] - values[:, party], out=short)
        worst = max(worst, float(short.min(axis=1).max()))
    return worst
