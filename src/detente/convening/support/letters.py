"""Concurrence by letter under rule 9: whether a state writes in time, given that it agrees.

A letter is not a vote. It must be written and sent, and who sends none counts as a no. The record
knows two counts on a day: 110 of 191 on day 32 in 2005 (138 on about day 40, 150 on day 41), and
about 130 of 193 in 2020. Two proposals are too few to calibrate anything: the share below is their
mean, its spread is wide on purpose, and requests that failed in silence left no record.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from detente.convening.support.model import Support
from detente.convening.support.record import YES
from detente.convening.support.simulate_arrays import generator, noise

AT_DAY = 30
SHARE = 0.62
"""Share of all members whose letters had come by about day 30: 110/191 and 130/193, mean 0.62."""
SPREAD = 0.8
"""Standard deviation of its log odds between proposals. Assumed: 0.30 between the two cases."""
SLOPE = 3.0
"""Of the log odds on the logarithm of the day: from 110 on day 32 to 150 on day 41 is 2.9 per unit
of log after what a deadline adds; the halves before day 20 are unknown."""
_TIES = 0.5
"""How far the habit of taking part in votes carries over to letters. Assumed."""

_KEPT: WeakKeyDictionary[Support, dict[int, NDArray[np.bool_]]] = WeakKeyDictionary()


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
    """Return what all states share, (N,), and each one's habit, (S,), as log odds of writing."""
    agreeing = float((support.answers == YES).mean())
    share = np.clip(SHARE / max(agreeing, SHARE + 0.02), 0.02, 0.98)
    level = float(logit(share)) + SLOPE * float(np.log(max(days, 1) / AT_DAY))
    habit = logit(np.clip(support.present.mean(axis=1), 0.02, 0.98))
    draws = generator("letters").standard_normal(support.outcomes)
    return level + SPREAD * draws, _TIES * (habit - habit.mean())
