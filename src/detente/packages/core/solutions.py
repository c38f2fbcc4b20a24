"""Solutions of a bargaining problem: utilitarian, Nash, Kalai-Smorodinsky, leximin.

All are chosen among packages worth no less than no deal to every party; on a frontier the choice is
exact. Let g_p = v_p - r_p be a party's gain over no deal and I_p its ideal gain, the most it gains
in any such package.

* utilitarian: max sum g. Depends on the scales of the parties.
* Nash (1950): max of the product of the g_p. Where no package gives every party a gain, the largest
  set of parties that can gain together comes first, then the product over those. Where several
  sets are as large, each gain counts as a share of its ideal, so that scales do not decide.
* Kalai-Smorodinsky (1975): the discrete form of Conley & Wilkie: max min g_p / I_p, the next
  smallest ratio deciding between packages that tie, and so on (lexicographic maximin of ratios). A
  party that cannot gain anything has ratio 1.
* leximin (Imai 1983): max of the smallest gain, then of the next smallest, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.packages.core.frontier import Frontier
from detente.packages.core.problem import TOLERANCE, Flags, Floats, Ints

Rule = Literal["utilitarian", "nash", "kalai-smorodinsky", "leximin"]
RULES: tuple[Rule, ...] = ("utilitarian", "nash", "kalai-smorodinsky", "leximin")


@dataclass(frozen=True)
class Solution:
    """A package chosen by a rule.

    Attributes:
        rule: which.
        package: (n_issues,) option indices, the lexicographically first of those that tie.
        values: (n_parties,) what it is worth.
        score: the value of what the rule maximises first: sum of gains, sum of log gains, least
            ratio, least gain.
        ties: packages that the rule cannot tell apart, this one included.
        bound: no package has a greater score than this; equal to ``score`` where proved. Nash:
            no package that gives as many parties a gain, each party's log counted from its ideal.
        proved: True where the optimum is proved.
    """

    rule: Rule
    package: Ints
    values: Floats
    score: float
    ties: int
    bound: float
    proved: bool


def lexicographic(columns: Floats) -> Flags:
    """Return which rows are best by the first column, then the second, and so on.

    Values within `TOLERANCE` of the best tie.
    """
    best = np.ones(len(columns), np.bool_)
    for column in columns.T:
        if best.any():
            best &= column >= column[best].max() - TOLERANCE
    return best


def ideal_gains(gains: Floats) -> Floats:
    """Return the most each party gains in any of the packages: (n, n_parties) -> (n_parties,)."""
    ideal: Floats = gains.max(axis=0)
    return ideal


def ratios(gains: Floats, ideal: Floats) -> Floats:
    """Return each party's share of its ideal gain; 1 for a party that cannot gain."""
    can = ideal > TOLERANCE
    out = np.ones_like(gains)
    out[..., can] = gains[..., can] / ideal[can]
    return out


def log_gains(gains: Floats) -> Floats:
    """Return (n, 2): the number of parties that gain, and the sum of the logs of their gains."""
    positive = gains > TOLERANCE
    logs = np.where(positive, np.log(np.where(positive, gains, 1.0)), 0.0)
    return np.stack([positive.sum(axis=1).astype(np.float64), logs.sum(axis=1)], axis=1)


def nash_criteria(gains: Floats, ideal: Floats) -> Floats:
    """Return (n, 2): how many parties gain, and the sum of the logs of their shares of ideal gain.

    Among packages that give the same parties a gain this is the order of the product of gains.
    """
    positive = gains > TOLERANCE
    share = np.where(positive, gains, 1.0) / np.where(positive & (ideal > TOLERANCE), ideal, 1.0)
    return np.stack([positive.sum(axis=1).astype(np.float64), np.log(share).sum(axis=1)], axis=1)


def criteria(rule: Rule, gains: Floats, ideal: Floats) -> Floats:
    """Return what a rule compares, most important first: (n, n_criteria)."""
    if rule == "utilitarian":
        total: Floats = gains.sum(axis=1)[:, None]
        return total
    if rule == "nash":
        return nash_criteria(gains, ideal)
    if rule == "leximin":
        return np.sort(gains, axis=1)
    return np.sort(ratios(gains, ideal), axis=1)


def solve(front: Frontier, reservation: Floats, rule: Rule) -> Solution | None:
    """Return the solution by a rule on an exact frontier; None where the frontier is empty."""
    if not len(front):
        return None
    gains = front.values - reservation
    compared = criteria(rule, gains, ideal_gains(gains))
    best = np.flatnonzero(lexicographic(compared))
    first = int(best[0])  # points stand in the order of their packages
    score = float(log_gains(gains)[first, 1] if rule == "nash" else compared[first, 0])
    return Solution(
        rule,
        front.packages[first],
        front.values[first],
        score,
        int(front.counts[best].sum()),
        score,
        True,
    )
