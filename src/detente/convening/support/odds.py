"""The probability that an electorate gives what a threshold needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from detente.convening.support.letters import letters
from detente.convening.support.model import Support
from detente.convening.support.record import ABSENT, NO, YES
from detente.convening.support.requirements_arrays import Condition, conditions, met

ASSEMBLY = 60
"""Electorates larger than this vote as the Assembly does, where some are always away. In a smaller
body everybody takes part: an absence from the Council or a consensus is rare and not modelled."""


class Needs(Protocol):
    """What a threshold needs on a day (`detente.convening.thresholds.Needed`)."""

    @property
    def kind(self) -> str:
        """The kind of threshold."""

    @property
    def votes(self) -> int:
        """How many votes of all in the electorate."""

    @property
    def of(self) -> int:
        """How many are in the electorate."""

    @property
    def share(self) -> str | None:
        """``majority`` or ``two-thirds``, of those present and voting."""

    @property
    def vetoes(self) -> tuple[str, ...]:
        """Those who can block alone."""


@dataclass(frozen=True)
class Odds:
    """How a threshold would fare; intervals of 90%.

    Attributes:
        expected: mean number of states in favour.
        low, high: interval of that number over all outcomes.
        probability: share of the outcomes that reach the threshold.
        probability_low, probability_high: what the parameters leave unknown about it: the same
            share in outcomes of one set of parameters, over all sets.
        of: how many states are in the electorate.
    """

    expected: float
    low: int
    high: int
    probability: float
    probability_low: float
    probability_high: float
    of: int


def deeds(
    support: Support, electorate: Sequence[str], letter_days: int | None = None
) -> NDArray[np.int8]:
    """Return (E, N) what each state of an electorate does: 1 yes, 2 abstain, 3 no, 4 absent.

    Args:
        support: the outcomes.
        electorate: alpha-3 codes.
        letter_days: count letters of concurrence received within so many days instead of votes;
            a state that writes none is absent.
    """
    rows = support.rows(electorate)
    if letter_days is not None:
        return np.where(letters(support, letter_days)[rows], YES, ABSENT).astype(np.int8)
    if len(rows) > ASSEMBLY:
        whole = len(rows) == len(support.states) and (np.diff(rows) == 1).all()
        return support.did if whole else support.did[rows]
    return support.answers[rows]


def asked(electorate: Sequence[str], needed: Needs) -> tuple[Condition, ...]:
    """Return the conditions of a threshold on the votes of an electorate."""
    return conditions(needed.kind, needed.votes, needed.of, needed.share, electorate, needed.vetoes)


def odds(
    support: Support,
    electorate: Sequence[str],
    needed: Needs,
    *,
    letter_days: int | None = None,
) -> Odds:
    """Return the probability of reaching a threshold, and how many states would be in favour.

    Args:
        support: the outcomes.
        electorate: alpha-3 codes of those who vote or consent.
        needed: what the threshold needs on the day.
        letter_days: for a concurrence by letter (rule 9): days within which letters count.

    Raises:
        NotFound: a code of the electorate is not a member of the United Nations on the day.
    """
    did = deeds(support, electorate, letter_days)
    count = np.zeros(support.outcomes, np.uint8)
    for row in did:
        count += row != NO if needed.kind == "no objection" else row == YES
    reached = met(did, asked(electorate, needed))
    shares = reached.reshape(support.blocks, -1).mean(axis=1)
    low, high = np.quantile(shares, [0.05, 0.95])
    ends = np.quantile(count, [0.05, 0.95])
    chance = float(reached.mean())
    return Odds(
        round(float(count.mean()), 4),
        int(ends[0]),
        int(np.ceil(ends[1])),
        round(chance, 5),
        round(min(float(low), chance), 5),
        round(max(float(high), chance), 5),
        len(electorate),
    )
