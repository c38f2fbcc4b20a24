"""Which points no other point dominates.

A point dominates another if it is no smaller in any column and greater in one. Points are gathered
into small boxes near each other; a box can only dominate points below its upper corner, so most
pairs are never compared. The answer is exact and does not depend on the boxes.
"""

from __future__ import annotations

import numpy as np

from detente.packages.core.problem import Flags, Floats, Ints

LEAF = 128
"""Most points in a box."""

STRONG = 256
"""Points of the greatest sum, tried first: they remove most of what is dominated."""

SMALL = 512
"""Up to so many points, comparing all pairs is quickest."""


def distinct_rows(values: Floats) -> tuple[Floats, Ints]:
    """Return the distinct rows in lexicographic order, and which of them each row is."""
    n = len(values)
    if n == 0:
        return values, np.zeros(0, np.int64)
    order = np.lexsort(values.T[::-1])
    ranked = values[order]
    fresh = np.ones(n, np.bool_)
    fresh[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
    inverse = np.empty(n, np.int64)
    inverse[order] = np.cumsum(fresh) - 1
    return ranked[fresh], inverse


def _beaten(points: Floats, by: Floats, same: Flags | None = None) -> Flags:
    """Return which points some row of ``by`` matches or exceeds in every column.

    ``same`` is True where a row of ``by`` is the very point; among distinct rows any other row
    that is no smaller everywhere is greater somewhere.
    """
    no_worse = by[:, 0][:, None] >= points[:, 0]
    for column in range(1, points.shape[1]):
        no_worse &= by[:, column][:, None] >= points[:, column]
    if same is not None:
        no_worse &= ~same
    return np.asarray(np.any(no_worse, axis=0))


def _boxes(points: Floats, rows: Ints) -> list[Ints]:
    """Split rows at the median of their widest column until each box holds at most `LEAF`."""
    boxes: list[Ints] = []
    todo = [rows]
    while todo:
        own = todo.pop()
        if len(own) <= LEAF:
            boxes.append(own)
            continue
        spread = np.ptp(points[own], axis=0)
        column = int(np.argmax(spread))
        half = len(own) // 2
        split = np.argpartition(points[own, column], half)
        todo += [own[split[half:]], own[split[:half]]]
    return boxes


def _alive(points: Floats) -> Flags:
    """Return which of the distinct points are undominated."""
    n = len(points)
    alive = np.ones(n, np.bool_)
    if n <= SMALL:
        return ~_beaten(points, points, np.eye(n, dtype=np.bool_))
    order = np.argsort(-points.sum(axis=1), kind="stable")
    strong, rest = order[:STRONG], order[STRONG:]
    step = 1 << 15
    for start in range(0, len(rest), step):
        part = rest[start : start + step]
        alive[part] = ~_beaten(points[part], points[strong])
    # Boxes of the strongest points first: what they remove need not be tried again.
    boxes = _boxes(points, np.flatnonzero(alive))
    boxes.sort(key=lambda box: -float(points[box].max(axis=0).sum()))
    for box in boxes:
        box = box[alive[box]]
        if not len(box):
            continue
        corner = points[box].max(axis=0)
        below = points[:, 0] <= corner[0]
        below &= alive
        near = np.flatnonzero(below)
        near = near[(points[near, 1:] <= corner[1:]).all(axis=1)]
        if len(near):
            same = box[:, None] == near[None, :]
            alive[near] &= ~_beaten(points[near], points[box], same)
    return alive


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
