"""From features to probabilities: gradient-boosted trees, fitted on how earlier sessions went.

Every training row is what was known on the eve of a vote, so the trees learn how far each kind of
evidence could be trusted then. Half of the training days appear a second time with their nearest
precedents hidden, because truly new texts are rare and matter most. Rows are drawn by a hash of
text and state, so neither order nor other rows change the draw.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.forecast.features import Walk, feature_names
from detente.forecast.features_arrays import F32
from detente.forecast.record import YES, Record
from detente.forecast.threads import one_thread

WINDOW = 10  # sessions of training
MEMBERS = 2  # fits that are averaged
_SHARE = 0.4  # of cells drawn for each member
_HIDDEN_WEIGHT = 0.3  # of a row whose near precedents are hidden
_UNANIMOUS = 0.97


@dataclass(frozen=True, eq=False)
class Rows:
    """Training rows: features of texts on their own day.

    Attributes:
        text: (n,) row of each text in the record.
        values: (n, n_states, n_features).
        hidden_text, hidden: the same with near precedents hidden, for some of the texts.
    """

    text: NDArray[np.int64]
    values: F32
    hidden_text: NDArray[np.int64]
    hidden: F32

    def between(self, record: Record, first: int, last: int) -> Rows:
        """Return the rows of sessions first to last."""
        keep = [
            (record.session[rows] >= first) & (record.session[rows] <= last)
            for rows in (self.text, self.hidden_text)
        ]
        return Rows(
            self.text[keep[0]],
            self.values[keep[0]],
            self.hidden_text[keep[1]],
            self.hidden[keep[1]],
        )


@dataclass(frozen=True, eq=False)
class Trees:
    """The fitted members, averaged."""

    members: tuple[Any, ...]

    def probabilities(self, values: F32) -> F32:
        """Return (n, n_states, 3) chances of no, abstain, yes."""
        n, s, width = values.shape
        rows = values.reshape(n * s, width)
        with one_thread():
            total = sum(member.predict_proba(rows) for member in self.members)
        mean = np.asarray(total, np.float64) / len(self.members)
        return np.asarray(mean.reshape(n, s, 3), np.float32)


def draws(codes: Iterable[str], salt: str) -> NDArray[np.float64]:
    """Return a number in [0, 1) for each code, the same in every run and company."""
    found = np.array([zlib.crc32(f"{salt} {code}".encode()) for code in codes], np.uint64)
    return _mixed(found)


def _mixed(seeds: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return uniform numbers from integers (the finaliser of SplitMix64, Steele et al. 2014)."""
    x = seeds + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray((x ^ (x >> np.uint64(31))) / 2.0**64, np.float64)


def gather(walk: Walk, days: Iterable[np.datetime64]) -> Rows:
    """Visit days in order and return their texts' features, with and without near precedents."""
    record = walk.record
    text, values, hidden_text, hidden = [], [], [], []
    for day in days:
        _, start = walk.span(day)
        with one_thread():
            found = walk.visit(day).values
        text.append(np.arange(start, start + len(found)))
        values.append(found)
        if day.astype("datetime64[D]").astype(int) % 2 == 0:
            codes = record.vote_id[start : start + len(found)]
            chosen = np.flatnonzero(draws(codes, "hide") < 0.5)
            if len(chosen):
                bar = (0.25 + 0.5 * draws(codes[chosen], "how much")).astype(np.float32)
                with one_thread():
                    hidden.append(walk.look(walk.wording.pick(start + chosen), day, bar).values)
                hidden_text.append(start + chosen)
    shape = (0, len(record.iso3), len(feature_names()))
    nothing = [np.zeros(shape, np.float32)]
    return Rows(
        np.concatenate([np.zeros(0, np.int64), *text]),
        np.concatenate(values or nothing),
        np.concatenate([np.zeros(0, np.int64), *hidden_text]),
        np.concatenate(hidden or nothing),
    )


def fit(rows: Rows, record: Record) -> Trees:
    """Fit the trees on training rows, each member on one core."""
    with ThreadPoolExecutor(MEMBERS) as pool:
        found = pool.map(lambda number: _member(rows, record, number), range(MEMBERS))
        return Trees(tuple(found))


def _member(rows: Rows, record: Record, number: int) -> Any:
    x, y, w = _sample(rows.text, rows.values, record, f"{number}")
    x2, y2, w2 = _sample(rows.hidden_text, rows.hidden, record, f"{number} hidden")
    with one_thread("openmp"):  # a limit that holds for this member's own thread
        return _trees(number).fit(
            np.concatenate([x, x2]),
            np.concatenate([y, y2]),
            sample_weight=np.concatenate([w, w2 * _HIDDEN_WEIGHT]),
        )


def _trees(seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        learning_rate=0.12,
        max_iter=60,
        max_leaf_nodes=16,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.4,
        max_bins=63,
        early_stopping=False,
        random_state=seed,
    )


def _sample(
    text: NDArray[np.int64], values: F32, record: Record, salt: str
) -> tuple[F32, NDArray[np.int8], NDArray[np.float64]]:
    """Return features, votes and weights of the cells drawn.

    Cells of nearly unanimous texts are drawn half as often and count double. Half of the texts
    lose their headings, for a draft has none.
    """
    votes = record.votes[text]
    voted = votes >= 0
    yes = (votes == YES).sum(1) / np.maximum(voted.sum(1), 1)
    keep = np.where(yes > _UNANIMOUS, _SHARE / 2, _SHARE)[:, None]
    codes = record.vote_id[text].tolist()
    by_text = np.array([zlib.crc32(f"{salt} {code}".encode()) for code in codes], np.uint64)
    by_state = np.array([zlib.crc32(code.encode()) for code in record.iso3.tolist()], np.uint64)
    lot = _mixed((by_text[:, None] << np.uint64(32)) | by_state[None, :])
    drawn = voted & (lot < keep)
    x = values[drawn].copy()
    bare = np.nonzero(drawn)[0][:, None]
    without = draws(codes, f"headings {salt}") < 0.5
    headings = np.flatnonzero([name.startswith("headings ") for name in feature_names()])
    x[np.ix_(without[bare[:, 0]], headings)] = np.nan
    weights = np.broadcast_to(1 / keep, votes.shape)[drawn]
    return x, votes[drawn], weights
