"""What past forecasts teach about the next one: outcomes weighed by how often their like came true.

Each held-out decision fell at a rank among its simulated outcomes: 0.9 where nine in ten had fewer
yes votes. Ranks spread evenly where forecasts are right; they did not, for decisions that nobody
contests got more votes than was forecast. The ranks of the decisions before a day, by fifths, give
each fifth of the next outcomes its weight (Dawid 1984, prequential; Kuleshov, Fenner & Ermon 2018,
recalibration). Nothing later than the day is used: a rank is that of a forecast of its own eve.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FIFTHS = 5
PRIOR = 1.0
"""Decisions in each fifth that an even spread counts for."""
HALF_LIFE = 10.0
"""Years in which a rank's weight halves; that of a decision's weight in the fit."""


@cache
def ranks() -> tuple[tuple[date, float], ...]:
    """Return the day of every shipped held-out decision, and its rank before recalibration."""
    path = resources.files("detente.convening.support").joinpath("track.csv")
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return tuple((date.fromisoformat(row["day"]), float(row["raw_rank"])) for row in rows)


def weights(day: date, known: Sequence[tuple[date, float]] | None = None) -> Floats:
    """Return the weight of each fifth of the outcomes, 1 in the mean, as of the end of a day.

    Args:
        day: the as-of date.
        known: day and rank of held-out decisions; those shipped if None.
    """
    count = np.full(FIFTHS, PRIOR)
    for held, rank in ranks() if known is None else known:
        if held <= day:
            fifth = min(int(rank * FIFTHS), FIFTHS - 1)
            count[fifth] += 0.5 ** ((day - held).days / 365.25 / HALF_LIFE)
    return np.asarray(count / count.mean())


def chosen(yes: NDArray[np.integer], of_fifths: Floats, blocks: int) -> NDArray[np.int64]:
    """Return (N,) which outcome stands in each place once outcomes are weighed.

    Systematic resampling within each block (Kitagawa 1996), so that blocks keep their parameters;
    an outcome stays in its place, or is replaced by another of its block.

    Args:
        yes: (N,) how many say yes in each outcome.
        of_fifths: weight of each fifth of the outcomes by that number.
        blocks: how many equal blocks the outcomes make.
    """
    outcomes = len(yes)
    place = np.empty(outcomes, np.int64)
    place[np.argsort(yes, kind="stable")] = np.arange(outcomes)
    weight = of_fifths[place * FIFTHS // outcomes].reshape(blocks, -1)
    per = outcomes // blocks
    out = np.empty((blocks, per), np.int64)
    for m in range(blocks):
        total = np.cumsum(weight[m])
        points = (np.arange(per) + 0.5) / per * total[-1]
        out[m] = m * per + np.searchsorted(total, points).clip(0, per - 1)
    return out.ravel()
