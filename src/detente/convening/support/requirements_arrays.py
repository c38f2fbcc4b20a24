"""Every kind of threshold as linear conditions on what the states of an electorate do.

An outcome meets a threshold where, for each condition, the sum of its worths over the electorate
reaches its least value. A worth depends on the vote alone (yes, abstain, no, absent), so turning a
state to yes changes each sum by a known number: what `persuade` counts with.
Shapes: E states of the electorate, N outcomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.convening.support.record import ABSENT, ABSTAIN, NO, YES


@dataclass(frozen=True)
class Condition:
    """The sum of worths over some states must reach a number.

    Attributes:
        yes, abstain, no, absent: what each vote is worth, whole numbers.
        least: what the sum must reach.
        of: rows of the electorate that count; None for all.
    """

    yes: int
    abstain: int
    no: int
    absent: int
    least: int
    of: tuple[int, ...] | None = None

    def table(self) -> NDArray[np.int16]:
        """Return the worth of each vote by its code."""
        out = np.zeros(5, np.int16)
        out[[YES, ABSTAIN, NO, ABSENT]] = self.yes, self.abstain, self.no, self.absent
        return out


def conditions(
    kind: str,
    votes: int,
    of: int,
    share: str | None,
    electorate: Sequence[str],
    vetoes: Sequence[str],
) -> tuple[Condition, ...]:
    """Return what a kind of threshold asks of the votes of an electorate.

    Args:
        kind: of `detente.convening.thresholds`.
        votes: how many are needed of all.
        of: how many are in the electorate.
        share: ``majority`` or ``two-thirds`` of those present and voting.
        electorate: the states.
        vetoes: those whose no blocks, where a number of votes is needed.
    """
    if kind == "votes in favour":
        counted = (Condition(1, 0, 0, 0, votes),)
        stops = tuple(i for i, code in enumerate(electorate) if code in set(vetoes))
        return (*counted, Condition(0, 0, -1, 0, 0, stops)) if stops else counted
    if kind == "present and voting":
        if share == "two-thirds":  # yes >= 2/3 (yes + no), and somebody votes yes
            return Condition(1, 0, -2, 0, 0), Condition(1, 0, 0, 0, 1)
        return (Condition(1, 0, -1, 0, 1),)
    if kind == "no objection":
        return (Condition(0, 0, -1, 0, 0),)
    if kind == "each":
        return (Condition(0, -1, -1, -1, 0),)
    if kind == "unanimity":
        # Article 31(1) of the Treaty on European Union: no decision where a third of the states
        # abstain with a declaration. Their share of the population is not counted here.
        return Condition(0, 0, -1, 0, 0), Condition(0, -3, 0, -3, 1 - of)
    if kind == "one":
        return (Condition(1, 0, 0, 0, 1),)
    raise ValueError(f"unknown kind of threshold “{kind}”")


def sums(did: NDArray[np.int8], condition: Condition) -> NDArray[np.int16]:
    """Return (N,) the sum of a condition's worths, from (E, N) what states do."""
    rows = range(len(did)) if condition.of is None else condition.of
    worth = condition.table()
    out = np.zeros(did.shape[1], np.int16)
    for vote in np.flatnonzero(worth):
        count = np.zeros(did.shape[1], np.uint8)
        for row in rows:
            count += did[row] == vote
        out += worth[vote] * count
    return out


def met(did: NDArray[np.int8], asked: Sequence[Condition]) -> NDArray[np.bool_]:
    """Return (N,) whether each outcome meets every condition."""
    out = np.ones(did.shape[1], bool)
    for condition in asked:
        out &= sums(did, condition) >= condition.least
    return out
