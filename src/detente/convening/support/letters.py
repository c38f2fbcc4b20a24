"""Concurrence by letter under rule 9: whether a state writes in time, given that it agrees.

A letter is not a vote. It must be written and sent, and who sends none counts as a no. The counts
on record are dated facts of ``letters.csv``; only those known on the day of the question are used,
laid over a wide prior that stands alone before 2005. That is no calibration: there are two
proposals at most, and requests that failed in silence left no record.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import groupby
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

from detente.convening.support.model import Support
from detente.convening.support.record import YES
from detente.convening.support.simulate_arrays import generator, noise

AT_DAY = 30
PRIOR_SHARE, PRIOR_SPREAD = 0.5, 1.2
"""Share of all members whose letters come by day 30 where nothing is on record, and the standard
deviation of its log odds: 12% to 88% with a chance of nine in ten. Judgements."""
SPREAD = 0.8
"""Standard deviation of the log odds between proposals. A judgement."""
PRIOR_SLOPE, SLOPE_SPREAD = 2.0, 1.0
"""Of the log odds on the logarithm of the day, and what is unknown of it, before a proposal was
counted on two days and in each such proposal. Judgements."""
_TIES = 0.5
"""How far the habit of taking part in votes carries over to letters. A judgement."""

_KEPT: WeakKeyDictionary[Support, dict[int, NDArray[np.bool_]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Counted:
    """How many letters for a proposal had come by a day.

    Attributes:
        proposal: the year by which it is known.
        known: the day of the count.
        days: since the letter that asked.
        letters, members: how many had come, of how many.
        confidence: ``SOURCE`` or ``MEMORY``.
    """

    proposal: str
    known: date
    days: int
    letters: int
    members: int
    confidence: str

    @property
    def odds(self) -> float:
        """Return the log odds of a letter by that day."""
        return float(logit(self.letters / self.members))


@dataclass(frozen=True)
class Course:
    """How letters come in, as far as a day allows to know.

    Attributes:
        level, error: log odds of a letter by day 30, of all members, and what is unknown of it.
        slope: of the log odds on the logarithm of the day.
    """

    level: float
    error: float
    slope: float


@cache
def counts() -> tuple[Counted, ...]:
    """Return all counts on file, by proposal and day."""
    text = resources.files("detente.convening.support").joinpath("letters.csv")
    return tuple(
        Counted(
            row["proposal"],
            date.fromisoformat(row["known"]),
            int(row["days"]),
            int(row["letters"]),
            int(row["members"]),
            row["confidence"],
        )
        for row in csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    )


def counted(day: date) -> tuple[Counted, ...]:
    """Return the counts that were known on a day."""
    return tuple(one for one in counts() if one.known <= day)


def course(known: tuple[Counted, ...]) -> Course:
    """Return what counts teach: normal priors and one normal observation a proposal.

    A proposal counted on two days teaches the slope; its first count teaches the level.
    """
    by_proposal = [list(rows) for _, rows in groupby(known, lambda one: one.proposal)]
    slopes = [
        (rows[-1].odds - rows[0].odds) / float(np.log(rows[-1].days / rows[0].days))
        for rows in by_proposal
        if len(rows) > 1
    ]
    slope = (PRIOR_SLOPE + sum(slopes)) / (1 + len(slopes))
    levels = [rows[0].odds - slope * float(np.log(rows[0].days / AT_DAY)) for rows in by_proposal]
    prior, each = PRIOR_SPREAD**-2, SPREAD**-2
    weight = prior + each * len(levels)
    return Course(
        (prior * float(logit(PRIOR_SHARE)) + each * sum(levels)) / weight, weight**-0.5, slope
    )


def letters(support: Support, days: int) -> NDArray[np.bool_]:
    """Return (S, N) whether each state's letter of concurrence comes within so many days.

    A state whose probability the user set joins by letter with that probability.
    """
    kept = _KEPT.setdefault(support, {})
    if days not in kept:
        kept[days] = _written(support, days)
    return kept[days]


def _written(support: Support, days: int) -> NDArray[np.bool_]:
    common, habit = _willing(support, days)
    out = np.empty(support.answers.shape, bool)
    set_by_user = set(support.overrides) | {support.host}
    for row, code in enumerate(support.states):
        agrees = support.answers[row] == YES
        if code in set_by_user:
            out[row] = agrees & support.present[row]
        else:
            own = noise("letters", code, support.outcomes)
            out[row] = agrees & (common + habit[row] + own > 0)
    return out


def letter_chances(support: Support, days: int) -> NDArray[np.float32]:
    """Return (S, J) chances of a letter given the drawn texts of `Support.given`."""
    common, habit = _willing(support, days)
    writes = expit(common[support.given.outcome] + habit[:, None])
    fixed = [row for row, code in enumerate(support.states) if code in support.overrides]
    if support.host in support.states:
        fixed.append(support.states.index(support.host))
    writes[fixed] = 1.0
    return np.asarray(support.given.yes * writes, np.float32)


def _willing(support: Support, days: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what all states share, (N,), and each one's habit, (S,), as log odds of writing.

    The level is drawn once a block, for it is a parameter; the blocks' quantiles are spread evenly
    and shuffled, so that the interval of a chance does not hang on the luck of fifty draws.
    """
    rng, known = generator("letters"), course(counted(support.day))
    ranks = (np.arange(support.blocks) + 0.5) / support.blocks
    level = known.level + known.error * rng.permutation(ndtri(ranks))
    agreeing = float((support.answers == YES).mean())
    asked = np.clip(expit(level) / max(agreeing, 0.02), 0.02, 0.98)  # of those who agree
    own = np.repeat(logit(asked), support.outcomes // support.blocks)
    later = known.slope * float(np.log(max(days, 1) / AT_DAY))
    habit = logit(np.clip(support.present.mean(axis=1), 0.02, 0.98))
    shock = SPREAD * rng.standard_normal(support.outcomes)
    return own + later + shock, _TIES * (habit - habit.mean())
