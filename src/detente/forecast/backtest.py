"""The track record: every session forecast from the ones before, beside simple methods.

For each session the method is fitted on earlier sessions, and each day's texts are forecast from
earlier days. The simple methods see the same past.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.forecast.asking import Forecaster
from detente.forecast.features import Walk, feature_names
from detente.forecast.features_arrays import F32, USUAL
from detente.forecast.ideal import predict_from_points
from detente.forecast.joint_arrays import no_objection
from detente.forecast.model import WINDOW, Rows, fit, gather, opening, seen, withheld
from detente.forecast.passage import PassageTrack, read_passages, track_passages
from detente.forecast.record import Record
from detente.forecast.scores_arrays import cell_losses, hits
from detente.parties import members

METHODS = ("base rate", "state majority", "nearest title", "ideal points alone", "forecast")
VARIANTS = ("title alone", "from the session's opening", "from a year before it")
PARTIES = ("USA", "CHN", "RUS", "EU")
BANDS = ((0.0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01))


@dataclass(frozen=True, eq=False)
class Track:
    """Forecasts of past texts and what happened.

    Attributes:
        record: the record they are rows of.
        text: (n,) rows of the texts forecast.
        chances: method or variant of the forecast -> (n, n_states, 3).
        nearest: (n,) likeness of the nearest earlier title.
        party_no: (n, 4) chance that USA, CHN, RUS and the EU object; none: (n,) that nobody does.
        eu: (n, n_states) membership on the day.
        passage: forecasts of passing without a vote, where both outcomes are on record.
    """

    record: Record
    text: NDArray[np.int64]
    chances: dict[str, F32]
    nearest: F32
    party_no: NDArray[np.float64]
    none: NDArray[np.float64]
    eu: NDArray[np.bool_]
    passage: PassageTrack | None

    @property
    def votes(self) -> NDArray[np.int8]:
        """Return the votes cast, (n, n_states)."""
        return self.record.votes[self.text]

    @property
    def session(self) -> NDArray[np.int64]:
        """Return each text's session."""
        return self.record.session[self.text]

    @property
    def contested(self) -> NDArray[np.bool_]:
        """Return where fewer than 90 % of those who voted said yes."""
        yes = (self.votes == 2).sum(1) / np.maximum((self.votes >= 0).sum(1), 1)
        return np.asarray(yes < 0.9)

    def objected(self) -> NDArray[np.bool_]:
        """Return (n, 4) whether each party voted no; the EU where one member did."""
        no = self.votes == 0
        states = [no[:, self.record.columns((code,))[0]] for code in PARTIES[:3]]
        return np.stack([*states, (no & self.eu).any(1)], 1)

    def nobody(self) -> NDArray[np.bool_]:
        """Return (n,) whether no party objected."""
        return np.asarray(~self.objected().any(1), bool)


def run_backtest(
    archive: Archive,
    forecaster: Forecaster,
    first: int,
    last: int,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Track:
    """Forecast the sessions first to last, each from the past alone."""
    record = forecaster.record
    walk = Walk(record, forecaster.walk.wording)
    rows = gather(walk, np.unique(record.day[_within(record, first - WINDOW, last)]))
    mine: dict[str, list[F32]] = {name: [] for name in ("forecast", *VARIANTS)}
    for session in range(first, last + 1):
        now = rows.between(record, session, session)
        fitted = fit(rows.between(record, session - WINDOW, session - 1), record)
        for name, values in _variants(walk, now, session).items():
            mine[name].append(fitted.probabilities(values))
        step(session - first + 1, last - first + 1)
    tested = rows.between(record, first, last)
    chances = simple_methods(record, tested, rows)
    chances |= {name: np.concatenate(parts) for name, parts in mine.items()}
    eu = _eu_members(archive, record, tested.text)
    party_no, none = _parties(record, chances["forecast"], eu)
    nearest = tested.values[:, 0, feature_names().index("nearest likeness")]
    passage = track_passages(read_passages(archive), opening(first), opening(last + 1))
    return Track(record, tested.text, chances, nearest, party_no, none, eu, passage)


def _variants(walk: Walk, now: Rows, session: int) -> dict[str, F32]:
    """Return a session's features as they were, and as they would be with less known."""
    day = walk.record.day[now.text[len(now.text) // 2]]
    early = {
        name: seen(walk, now.text, day, until=np.datetime64(opening(session - years), "D"))
        for years, name in enumerate(VARIANTS[1:])
    }
    return {"forecast": now.values, VARIANTS[0]: withheld(now.values)} | early


def _within(record: Record, first: int, last: int) -> NDArray[np.bool_]:
    return np.asarray((record.session >= first) & (record.session <= last))


def _eu_members(archive: Archive, record: Record, text: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.zeros((len(text), len(record.iso3)), bool)
    for day in np.unique(record.day[text]):
        codes = members(archive, "EU", date.fromisoformat(str(day)))
        found[np.ix_(record.day[text] == day, record.columns(codes))] = True
    return found


def _parties(
    record: Record, chances: F32, eu: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    each = np.empty((len(chances), len(PARTIES)))
    none = np.empty(len(chances))
    single = [record.columns((code,)) for code in PARTIES[:3]]
    patterns, group = np.unique(eu, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        here = group.ravel() == number
        each[here], none[here] = no_objection(
            chances[here, :, 0], [*single, np.flatnonzero(pattern)]
        )
    return each, none


def simple_methods(record: Record, tested: Rows, rows: Rows) -> dict[str, F32]:
    """Return the forecasts of the simple methods, each as calibrated as its own past allows.

    ``nearest title`` and ``state majority`` give their answer the share in which it was right in
    the earlier sessions, the rest to the other two by their usual shares.
    """
    names = feature_names()
    column = {name: i for i, name in enumerate(names)}
    n, s, _ = tested.values.shape
    long = tested.values[:, :, [column["rate long no"], column["rate long yes"]]]
    majority = np.stack([long[:, :, 0], 1 - long.sum(2), long[:, :, 1]], -1)
    copied = tested.values[:, :, column["nearest vote"]].astype(np.int64)
    copied = np.where(copied >= 0, copied, majority.argmax(2))
    return {
        "base rate": np.broadcast_to(USUAL, (n, s, 3)).astype(np.float32),
        "state majority": np.asarray(majority, np.float32),
        "nearest title": _smoothed(record, tested, rows, copied, column["nearest vote"]),
        "ideal points alone": predict_from_points(record, tested),
    }


def _smoothed(
    record: Record, tested: Rows, rows: Rows, answers: NDArray[np.int64], column: int
) -> F32:
    out = np.empty((*answers.shape, 3), np.float32)
    for session in np.unique(record.session[tested.text]):
        past = rows.between(record, int(session) - WINDOW, int(session) - 1)
        said, done = past.values[:, :, column].astype(np.int64), record.votes[past.text]
        both = (said >= 0) & (done >= 0)
        table = np.bincount(said[both] * 3 + done[both].astype(np.int64), minlength=9)
        table = (table.reshape(3, 3) + 1) / (table.reshape(3, 3) + 1).sum(1, keepdims=True)
        here = record.session[tested.text] == session
        out[here] = table[answers[here]]
    return out


def score_table(track: Track) -> Sequence[tuple[str, dict[str, float]]]:
    """Return the ladder: for each method its scores over all cells and the contested ones."""
    table = []
    for method in METHODS:
        loss = cell_losses(track.chances[method], track.votes)
        hit = hits(track.chances[method], track.votes)
        table.append(
            (
                method,
                {
                    "log loss": float(np.nanmean(loss)),
                    "accuracy": float(np.nanmean(hit)),
                    "contested log loss": float(np.nanmean(loss[track.contested])),
                    "contested accuracy": float(np.nanmean(hit[track.contested])),
                },
            )
        )
    return table
