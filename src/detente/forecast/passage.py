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
from detente.forecast.wording import Wording, likeness, read_wording, title_likeness

SINCE = date(2019, 10, 1)
_POWER, _HALF_LIFE, _PULL = 4.0, 3.0, 0.1
_NEW = 0.5  # likeness of the nearest earlier text below which a text is new
_FEW = 20  # texts' worth of the share of all, in the share of new texts
_FIRST_MONTHS = np.timedelta64(300, "D")
_LEAST = 100  # texts


@dataclass(frozen=True, eq=False)
class Passages:
    """Texts of both outcomes in order of day.

    Attributes:
        day: (n,) datetime64[D].
        without_vote: (n,) whether it passed without a vote.
        wording: what their titles say.
        nearest: (n,) likeness of the most alike text of an earlier day, 0 where there is none.
    """

    day: NDArray[np.datetime64]
    without_vote: NDArray[np.bool_]
    wording: Wording
    nearest: NDArray[np.float32]


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
    day = np.array([row[0] for row in rows], "datetime64[D]")
    content = hashlib.sha256("\x1f".join([*titles, *map(str, day)]).encode()).hexdigest()

    def make() -> tuple[Wording, NDArray[np.float32]]:
        wording = read_wording(titles, [""] * len(rows))
        return wording, _nearest(wording, day)

    wording, nearest = kept("passages", content, make)
    return Passages(day, np.array([row[2] for row in rows], bool), wording, nearest)


def _nearest(wording: Wording, day: NDArray[np.datetime64]) -> NDArray[np.float32]:
    found = np.zeros(len(day), np.float32)
    for moment in np.unique(day)[1:]:
        start, stop = np.searchsorted(day, [moment, moment + 1])
        like = title_likeness(wording.rows(0, int(start)), wording.rows(int(start), int(stop)))
        found[start:stop] = like.max(1)
    return found


def chance_without_vote(
    passages: Passages | None, now: Wording, day: date
) -> NDArray[np.float64] | None:
    """Return (n,) chances that texts pass without a vote, or None where too little is on record.

    The share of earlier texts that did, weighted by likeness of the title to the fourth power and
    halved every three years, pooled with the share of the earlier texts that were themselves new.
    """
    moment = np.datetime64(day, "D")
    end = 0 if passages is None else int(np.searchsorted(passages.day, moment))
    if passages is None or end < _LEAST:
        return None
    like = likeness(passages.wording.rows(0, end), now)
    age = (moment - passages.day[:end]).astype("timedelta64[D]").astype(np.int64) / 365.25
    weights = like.title.astype(np.float64) ** _POWER
    weights = weights * 0.5 ** (age / _HALF_LIFE)[None]
    # In the record's first months every text looks new.
    known = passages.day[:end] >= np.datetime64(SINCE, "D") + _FIRST_MONTHS
    new = known & (passages.nearest[:end] < _NEW)
    everywhere = passages.without_vote[:end].mean()
    usual = (passages.without_vote[:end][new].sum() + _FEW * everywhere) / (new.sum() + _FEW)
    without = weights @ passages.without_vote[:end]
    return np.asarray((without + _PULL * usual) / (weights.sum(1) + _PULL))


@dataclass(frozen=True, eq=False)
class PassageTrack:
    """Forecasts of past passages, each from earlier days, and what happened.

    Attributes:
        chance, base: (n,) chance of the method, and share of all earlier texts.
        happened: (n,) whether the text passed without a vote.
    """

    chance: NDArray[np.float64]
    base: NDArray[np.float64]
    happened: NDArray[np.bool_]


def track_passages(passages: Passages | None, since: date, until: date) -> PassageTrack | None:
    """Forecast the texts on record from one day to the eve of another; None if there is none."""
    found: list[tuple[NDArray[np.float64], float, NDArray[np.bool_]]] = []
    days = passages.day if passages is not None else np.zeros(0, "datetime64[D]")
    for day in np.unique(days[(days >= np.datetime64(since)) & (days < np.datetime64(until))]):
        assert passages is not None
        start, stop = (int(i) for i in np.searchsorted(days, [day, day + 1]))
        now = passages.wording.rows(start, stop)
        chance = chance_without_vote(passages, now, date.fromisoformat(str(day)))
        if chance is not None:
            before = float(passages.without_vote[:start].mean())
            found.append((chance, before, passages.without_vote[start:stop]))
    if not found:
        return None
    return PassageTrack(
        np.concatenate([one[0] for one in found]),
        np.concatenate([np.full(len(one[0]), one[1]) for one in found]),
        np.concatenate([one[2] for one in found]),
    )
