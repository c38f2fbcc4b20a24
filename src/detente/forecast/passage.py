"""The chance that a text passes without a vote, from how texts with like titles passed.

Both outcomes are on record with a title only from October 2019 on; before that there is nothing to
learn from, and the answer is None.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.forecast.cache import kept
from detente.forecast.record import WHOLE_TEXTS, clean_title
from detente.forecast.wording import Wording, likeness, read_wording

SINCE = date(2019, 10, 1)
_POWER, _HALF_LIFE, _PULL = 6.0, 3.0, 0.3
_LEAST = 100  # texts


@dataclass(frozen=True, eq=False)
class Passages:
    """Texts of both outcomes in order of day.

    Attributes:
        day: (n,) datetime64[D].
        without_vote: (n,) whether it passed without a vote.
        wording: what their titles say.
    """

    day: NDArray[np.datetime64]
    without_vote: NDArray[np.bool_]
    wording: Wording


def read_passages(archive: Archive) -> Passages | None:
    """Return every titled text since October 2019 that the archive lets through, or None."""
    rows = archive.sql(
        "select date, title, true, symbol from adoptions where date >= ? and title is not null "
        "and modality = 'without a vote' union all "
        f"select date, title, false, symbol from rollcalls where {WHOLE_TEXTS} and date >= ? "
        "order by 1, 4",
        (SINCE, SINCE),
    )
    if not rows:
        return None
    titles = [clean_title(row[1]) for row in rows]
    content = hashlib.sha256("\x1f".join(titles).encode()).hexdigest()
    return Passages(
        np.array([row[0] for row in rows], "datetime64[D]"),
        np.array([row[2] for row in rows], bool),
        kept("passages", content, lambda: read_wording(titles, [""] * len(rows))),
    )


def chance_without_vote(
    passages: Passages | None, now: Wording, day: date
) -> NDArray[np.float64] | None:
    """Return (n,) chances that texts pass without a vote, or None where too little is on record.

    The share of earlier texts that did, weighted by likeness of the title to the sixth power and
    halved every three years, pooled with the share of all.
    """
    moment = np.datetime64(day, "D")
    end = 0 if passages is None else int(np.searchsorted(passages.day, moment))
    if passages is None or end < _LEAST:
        return None
    like = likeness(passages.wording.rows(0, end), now)
    age = (moment - passages.day[:end]).astype("timedelta64[D]").astype(np.int64) / 365.25
    weights = like.title.astype(np.float64) ** _POWER
    weights = weights * 0.5 ** (age / _HALF_LIFE)[None]
    usual = passages.without_vote[:end].mean()
    without = weights @ passages.without_vote[:end]
    return np.asarray((without + _PULL * usual) / (weights.sum(1) + _PULL))
