"""Which points no other point dominates.

A point dominates another if it is no smaller in any column and greater in one. Points are gathered
into small boxes near each other; a box can only dominate points below its upper corner, so most
pairs are never compared. The answer is exact and does not depend on the boxes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.packages.core.problem import Flags, Floats, Ints

Ranks = NDArray[np.uint16] | NDArray[np.uint32]

LEAF = 128
"""Most points in a box."""

STRONG = 32
"""Points of the greatest sum, tried first on all others: few are enough, for boxes do the rest."""

SMALL = 512
"""Up to so many points, comparing all pairs is quickest."""


def distinct_rows(values: Floats) -> tuple[Floats, Ints]:
    """Return the distinct rows in lexicographic order, and which of them each row is."""
    n = len(values)
    if n == 0:
        return values, np.zeros(0, np.int64)
    order = np.argsort(values[:, 0], kind="stable")
    if (values[order[1:], 0] == values[order[:-1], 0]).any():
        order = np.lexsort(values.T[::-1])
    ranked = values[order]
    fresh = np.ones(n, np.bool_)
    fresh[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
    inverse = np.empty(n, np.int64)
    inverse[order] = np.cumsum(fresh) - 1
    return ranked[fresh], inverse


def _ranks(points: Floats) -> Ranks:
    """Return each value's place among the distinct values of its column: (n_columns, n_points).

    Comparing places gives the same answers as comparing values; two bytes a value instead of
    eight, and a column's values side by side, make it several times quicker.
    """
    n, columns = points.shape
    ranks = np.empty((columns, n), np.uint16 if n <= 1 << 16 else np.uint32)
    for column in range(columns):
        order = np.argsort(points[:, column], kind="stable")
        ranked = points[order, column]
        ranks[column, order] = np.cumsum(np.append(False, ranked[1:] != ranked[:-1]))
    return ranks


def _beaten(points: Ranks | Floats, by: Ranks | Floats, same: Flags | None = None) -> Flags:
    """Return which points some column of ``by`` matches or exceeds in every row.

    ``same`` is True where one of ``by`` is the very point; among distinct points any other one
    that is no smaller everywhere is greater somewhere.
    """
    no_worse = by[0][:, None] >= points[0]
    more = np.empty_like(no_worse)
    for row in range(1, len(points)):
        np.greater_equal(by[row][:, None], points[row], out=more)
        no_worse &= more
    if same is not None:
        no_worse &= ~same
    return np.asarray(np.any(no_worse, axis=0))


def _boxes(ranks: Ranks) -> list[Ints]:
    """Split points at the median of their widest row until each box holds at most `LEAF`."""
    boxes: list[Ints] = []
    todo = [np.arange(ranks.shape[1])]
    while todo:
        own = todo.pop()
        if len(own) <= LEAF:
            boxes.append(own)
            continue
        widest = int(np.argmax(np.ptp(ranks[:, own], axis=1)))
        half = len(own) // 2
        split = np.argpartition(ranks[widest, own], half)
        todo += [own[split[half:]], own[split[:half]]]
    return boxes


def _strong(points: Floats) -> Flags:
    """Return which points the points of the greatest sum leave standing."""
    alive = np.ones(len(points), np.bool_)
    order = np.argsort(-points.sum(axis=1), kind="stable")
    columns = np.ascontiguousarray(points.T)
    strong, rest = columns[:, order[:STRONG]], order[STRONG:]
    step = 1 << 12
    for start in range(0, len(rest), step):
        part = rest[start : start + step]
        alive[part] = ~_beaten(columns[:, part], strong)
    return alive


def _alive(points: Floats) -> Flags:
    """Return which of the distinct points, in lexicographic order, are undominated."""
    n = len(points)
    if n <= SMALL:
        ranks = _ranks(points)
        return ~_beaten(ranks, ranks, np.eye(n, dtype=np.bool_))
    flags = _strong(points)
    left = np.flatnonzero(flags)
    ranks = _ranks(points[left])
    alive = np.ones(len(left), np.bool_)
    # Boxes of the strongest points first: what they remove need not be tried again.
    boxes = _boxes(ranks)
    boxes.sort(key=lambda box: -float(points[left[box]].max(axis=0).sum()))
    for box in boxes:
        box = box[alive[box]]
        if not len(box):
            continue
        corner = ranks[:, box].max(axis=1)
        # The points stand in the order of their first value.
        reach = int(np.searchsorted(ranks[0], corner[0], side="right"))
        near = alive[:reach].copy()
        for row in range(1, len(ranks)):
            near &= ranks[row, :reach] <= corner[row]
        below = np.flatnonzero(near)
        if len(below):
            same = box[:, None] == below[None, :]
            alive[below] &= ~_beaten(ranks[:, below], ranks[:, box], same)
    flags[left] = alive
    return flags


def distinct_front(values: Floats) -> tuple[Floats, Ints, Ints]:
    """Return the undominated values once each, which rows have them, and which one each row has.

    Args:
        values: (n_points, n_columns), every column better when greater.

    Returns:
        The distinct undominated values in lexicographic order; the indices of the undominated rows
        in order; for each of these the index of its value.
    """
    distinct, inverse = distinct_rows(values)
    good = _alive(distinct) if values.size else np.ones(len(distinct), np.bool_)
    rows = np.flatnonzero(good[inverse])
    return distinct[good], rows, (np.cumsum(good) - 1)[inverse[rows]]


def undominated(values: Floats) -> Flags:
    """Return which rows no other row dominates; equal rows do not dominate each other.

    Args:
        values: (n_points, n_columns), every column better when greater.
    """
    if values.shape[0] == 0 or values.shape[1] == 0:
        return np.ones(len(values), np.bool_)
    points, inverse = distinct_rows(values)
    flags: Flags = _alive(points)[inverse]
    return flags
