"""How states would vote on a text: the record, what was fitted for a session, and a question.

It is fitted on the sessions that ended before the session of the question's day; what is
known of the states and of precedents reaches up to the eve of that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.errors import OutsideRecord
from detente.forecast.cache import kept
from detente.forecast.features import Day, Walk
from detente.forecast.features_arrays import F32
from detente.forecast.model import WINDOW, Fitted, fit, gather
from detente.forecast.record import Record, joined_headings, read_record
from detente.forecast.threads import one_thread
from detente.forecast.wording import Wording, learn_vectors, read_wording

FIRST_FORECAST = date(1975, 9, 15)
_SURPRISES_FROM = 5  # years whose expectations a forecast needs


@dataclass(frozen=True)
class Question:
    """A text to be asked about.

    Attributes:
        title: its title, or a paragraph of it.
        subjects: UNBIS headings, where known.
        language: ISO 639-1 of the title; one of the six languages of the United Nations.
        sponsors: alpha-3 codes of the states that sponsor it, empty where not known.
    """

    title: str
    subjects: tuple[str, ...] = ()
    language: str = "en"
    sponsors: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Answer:
    """Forecasts for some texts on one day.

    Attributes:
        iso3: (n_states,).
        chances: (n, n_states, 3) of no, abstain, yes.
        day: the features behind them, with likeness to earlier texts.
    """

    iso3: NDArray[np.str_]
    chances: F32
    day: Day


def session_start(day: date) -> date:
    """Return the first day of the regular session in whose period a day falls (about)."""
    start = date(day.year, 9, 15)
    return start if day >= start else date(day.year - 1, 9, 15)


def check_day(day: date) -> None:
    """Raise OutsideRecord where a day lies before there is a record to learn from."""
    if day < FIRST_FORECAST:
        raise OutsideRecord(
            f"a forecast needs {WINDOW} sessions of titled roll calls to learn from and the "
            f"record has too few before {day}: choose a date from {FIRST_FORECAST} on"
        )


@dataclass(eq=False)
class Forecaster:
    """Answers questions from one archive; nothing later than the archive's as-of date is used."""

    record: Record
    walk: Walk
    fitted: dict[str, Fitted] = field(default_factory=dict)

    def ask(self, questions: Sequence[Question], day: date) -> Answer:
        """Return forecasts as of the eve of a day.

        Raises:
            OutsideRecord: the day lies before there is a record to learn from.
        """
        check_day(day)
        fitted = self._fit_for(session_start(day))
        now = wording_of(questions)
        if now.foreign.any():
            learn_vectors(self.record.title.tolist())
        with one_thread():
            found = self.walk.look(now, np.datetime64(day, "D"), sponsors=self._sponsors(questions))
        return Answer(self.record.iso3, fitted.probabilities(found.values), found)

    def _sponsors(self, questions: Sequence[Question]) -> NDArray[np.bool_]:
        found = np.zeros((len(questions), len(self.record.iso3)), bool)
        for row, question in enumerate(questions):
            found[row, self.record.columns(question.sponsors)] = True
        return found

    def _fit_for(self, start: date) -> Fitted:
        record = self.record.before(start)
        if record.digest not in self.fitted:
            self.fitted[record.digest] = kept(
                "fitted", record.digest, lambda: fit_before(record, self.walk.wording)
            )
        return self.fitted[record.digest]


def fit_before(record: Record, wording: Wording, window: int = WINDOW) -> Fitted:
    """Return what is fitted on a record's last sessions, ``window`` of them."""
    walk = Walk(record, wording.rows(0, len(record)))
    last = int(record.session[-1])
    days = np.unique(record.day[record.session > last - window])
    return fit(gather(walk, days), record)


def wording_of(questions: Sequence[Question]) -> Wording:
    """Return the wording of questions; a foreign one is compared by sentence vectors."""
    now = read_wording(
        [one.title for one in questions],
        [joined_headings(one.subjects, None) for one in questions],
    )
    now.foreign[:] = [one.language != "en" for one in questions]
    return now


def open_forecaster(archive: Archive) -> Forecaster:
    """Return what answers questions from an archive."""
    record = read_record(archive)

    def make() -> tuple[Wording, F32, NDArray[np.bool_]]:
        walk = Walk(record, read_wording(record.title.tolist(), record.headings.tolist()))
        since = record.day[-1] - np.timedelta64(_SURPRISES_FROM * 366 + 30, "D")
        with one_thread():
            walk.expect(np.unique(record.day[record.day >= since]))
        return walk.wording, walk.expected[walk.known], walk.known

    wording, expected, known = kept("read", record.digest, make)
    walk = Walk(record, wording)
    walk.expected[known] = expected
    walk.known[:] = known
    return Forecaster(record, walk)
