"""The shipped figures of the track record, as far as a day allows to know them.

Written by `detente backtest --data`; each row is one session, forecast from the ones before it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources


@dataclass(frozen=True)
class Score:
    """A method's mean log loss and share of right answers."""

    loss: float
    right: float


@dataclass(frozen=True)
class Past:
    """The track record over some sessions.

    Attributes:
        first, last: sessions.
        texts, votes: how many were forecast.
        methods: forecast, nearest title and state majority.
        gain: by how much the squared error of “nobody objects” is below always saying its rate.
    """

    first: int
    last: int
    texts: int
    votes: int
    methods: tuple[Score, Score, Score]
    gain: float


METHODS = ("forecast", "nearest title", "state majority")


def track_record(as_of: date, newest: int | None = None) -> Past | None:
    """Return the track record of the sessions that had ended on a day, or None if there is none.

    Args:
        as_of: a session counts once the next one has opened, in mid-September.
        newest: only so many of the newest sessions.
    """
    text = (resources.files("detente") / "forecast" / "track.csv").read_text(encoding="utf-8")
    rows = [
        row
        for row in csv.DictReader(text.splitlines())
        if date(1946 + int(row["session"]), 9, 15) <= as_of
    ]
    return _together(rows[-newest:] if newest else rows)


def _together(rows: Sequence[dict[str, str]]) -> Past | None:
    if not rows:
        return None

    def total(name: str) -> float:
        return sum(float(row[name]) for row in rows)

    votes, texts = total("votes"), total("texts")
    rate = total("nobody objects") / texts
    spread = rate * (1 - rate)
    return Past(
        int(rows[0]["session"]),
        int(rows[-1]["session"]),
        int(texts),
        int(votes),
        (
            Score(total("forecast loss") / votes, total("forecast right") / votes),
            Score(total("nearest title loss") / votes, total("nearest title right") / votes),
            Score(total("state majority loss") / votes, total("state majority right") / votes),
        ),
        1 - total("squared error") / texts / spread if spread > 0 else 0.0,
    )
