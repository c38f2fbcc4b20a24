"""Agreement within and between given groups on many statements: the maths of tiers at scale.

People (rows) of given groups vote agree, disagree or pass on statements (columns). A group is a
party: its stance is the majority of those who took a side, and one group that objects blocks.
Polis's group-informed consensus is computed beside it for comparison: a product of smoothed shares,
which can be high although a whole group objects (notes in docs/methods/denominators.md).
Source of the comparison: Small et al. 2021, Polis, Recerca 26(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.denominators.tiers_arrays import Stance, tiers


@dataclass(frozen=True)
class GroupCounts:
    """Votes of each group on each statement: (n_groups, n_statements) integers."""

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    passed: NDArray[np.int64]


def group_counts(
    person: NDArray[np.int64],
    statement: NDArray[np.int64],
    vote: NDArray[np.int8],
    group: NDArray[np.int64],
    n_statements: int,
) -> GroupCounts:
    """Count votes by group.

    Args:
        person, statement, vote: (n_votes,) who, on what, and +1 agree, -1 disagree, 0 pass; at
            most one vote for each person and statement.
        group: (n_people,) index of each person's group.
        n_statements: how many statements there are.
    """
    n_groups = int(group.max(initial=-1)) + 1
    cell = group[person] * n_statements + statement
    size = n_groups * n_statements

    def count(value: int) -> NDArray[np.int64]:
        return np.bincount(cell[vote == value], minlength=size).reshape(n_groups, n_statements)

    return GroupCounts(agree=count(1), disagree=count(-1), passed=count(0))


def group_stances(counts: GroupCounts) -> NDArray[np.int8]:
    """Return what each group did with each statement: (n_statements, n_groups) of `Stance`.

    More agree than disagree: accepts. More disagree: objects. As many: abstains. Nobody: missing.
    """
    voted = counts.agree + counts.disagree + counts.passed
    return np.select(
        [voted == 0, counts.agree > counts.disagree, counts.disagree > counts.agree],
        [Stance.MISSING, Stance.ACCEPTS, Stance.OBJECTS],
        Stance.ABSTAINS,
    ).T.astype(np.int8)


def group_tiers(counts: GroupCounts) -> NDArray[np.int8]:
    """Return the tier of each statement: (n_statements,) of `Tier`."""
    return tiers(group_stances(counts))


def group_informed_consensus(counts: GroupCounts) -> NDArray[np.float64]:
    """Return Polis's group-informed consensus: the product over groups of (A + 1) / (S + 2).

    A is the group's agreements and S its votes on the statement, passes included.
    """
    voted = counts.agree + counts.disagree + counts.passed
    product: NDArray[np.float64] = np.prod((counts.agree + 1) / (voted + 2), axis=0)
    return product
