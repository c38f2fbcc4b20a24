"""From features to chances: small networks and boosted trees, fitted on how earlier sessions went.

Every training row is what was known on the eve of a vote, so the fits learn how far each kind of
evidence could be trusted then. Texts appear a second time with their nearest precedents hidden,
because truly new texts are rare and matter most, and a third time as they looked at the opening of
their session or a year earlier, because a record may have ended before the day that is asked
about. Rows are drawn by a hash of text and state, so neither order nor other rows change the draw.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.forecast.bins_arrays import binned, weighted_cuts
from detente.forecast.features import Walk, feature_names
from detente.forecast.features_arrays import F32
from detente.forecast.nets_arrays import Net, fit_net
from detente.forecast.record import YES, Record
from detente.forecast.threads import one_thread

WINDOW = 12  # sessions of training
NETS = 4  # networks that are averaged
_SHARE = 0.4  # of cells drawn for each network
_TREE_SHARE = 0.25  # of cells drawn for the trees
_VARIED_WEIGHT = 0.3  # of a row seen otherwise than on the eve of its vote
_BINS = 31  # values of a feature that the trees tell apart
_EVERY = 8  # one row in so many says where a feature is cut
_UNANIMOUS = 0.97
_HEEDED = ("USA", "RUS", "CHN", "GBR", "FRA")
_HEED = 7.5  # what a cell of theirs counts; all of them are drawn
_WITHHELD = ("headings ", "sponsor")  # features that half of the texts lose, each kind by itself


@dataclass(frozen=True, eq=False)
class Rows:
    """Training rows: features of texts on their own day.

    Attributes:
        text: (n,) row of each text in the record.
        values: (n, n_states, n_features).
        varied_text, varied: texts seen otherwise: with near precedents hidden, or from earlier.
    """

    text: NDArray[np.int64]
    values: F32
    varied_text: NDArray[np.int64]
    varied: F32

    def between(self, record: Record, first: int, last: int) -> Rows:
        """Return the rows of sessions first to last."""
        keep = [
            (record.session[rows] >= first) & (record.session[rows] <= last)
            for rows in (self.text, self.varied_text)
        ]
        return Rows(
            self.text[keep[0]],
            self.values[keep[0]],
            self.varied_text[keep[1]],
            self.varied[keep[1]],
        )


@dataclass(frozen=True, eq=False)
class Trees:
    """Boosted trees (scikit-learn's), the columns that they were fitted on and where these are cut.

    Attributes:
        columns: features that are known somewhere.
        cuts: of each column, rising; what lies between two cuts is the same to the trees.
        trees: fitted on the columns so cut.
    """

    columns: NDArray[np.int64]
    cuts: tuple[F32, ...]
    trees: Any

    def chances(self, values: F32) -> NDArray[np.float64]:
        """Return (n, 3) chances from (n, n_features) inputs."""
        coded = binned(values[:, self.columns], self.cuts)
        return np.asarray(self.trees.predict_proba(coded), np.float64)


@dataclass(frozen=True, eq=False)
class Fitted:
    """The fitted networks and trees: the mean of the networks and the trees count the same."""

    nets: tuple[Net, ...]
    trees: Trees

    def probabilities(self, values: F32) -> F32:
        """Return (n, n_states, 3) chances of no, abstain, yes."""
        n, s, width = values.shape
        rows = np.ascontiguousarray(values).reshape(n * s, width)
        with one_thread():
            total = sum(net.chances(rows).astype(np.float64) for net in self.nets) / len(self.nets)
            total = (total + self.trees.chances(rows)) / 2
        return np.asarray(np.reshape(total, (n, s, 3)), np.float32)


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
    """Visit days in order and return their texts' features, as they were and seen otherwise."""
    record = walk.record
    days = list(days)
    text: list[NDArray[np.int64]] = []
    varied_text: list[NDArray[np.int64]] = []
    values: list[F32] = []
    varied: list[F32] = []
    session = -1
    for day in days:
        _, start = walk.span(day)
        if record.session[start] != session:
            session = int(record.session[start])
            for rows, looked in _from_earlier(walk, session, start, days[-1]):
                varied_text.append(rows)
                varied.append(looked)
        stop = int(np.searchsorted(record.day, day, side="right"))
        again = _hidden(record, start, stop) if _is_even(day) else np.zeros(0, np.int64)
        bar = (0.25 + 0.5 * draws(record.vote_id[again], "how much")).astype(np.float32)
        with one_thread():
            found = walk.visit(day, again, bar).values
        text.append(np.arange(start, stop))
        values.append(found[: stop - start])
        varied_text.append(again)
        varied.append(found[stop - start :])
    nothing = [np.zeros((0, len(record.iso3), len(feature_names())), np.float32)]
    return Rows(
        np.concatenate([np.zeros(0, np.int64), *text]),
        np.concatenate(values or nothing),
        np.concatenate([np.zeros(0, np.int64), *varied_text]),
        np.concatenate(varied or nothing),
    )


def _is_even(day: np.datetime64) -> bool:
    return int(day.astype("datetime64[D]").astype(int)) % 2 == 0


def _hidden(record: Record, start: int, stop: int) -> NDArray[np.int64]:
    """Return the half of some rows that are seen again with near precedents hidden."""
    return start + np.flatnonzero(draws(record.vote_id[start:stop], "hide") < 0.5)


def _from_earlier(
    walk: Walk, session: int, start: int, last: np.datetime64
) -> Iterator[tuple[NDArray[np.int64], F32]]:
    """Yield a session's texts as they looked at its opening, and others a year before that."""
    record = walk.record
    rows = np.arange(start, len(record))
    rows = rows[(record.session[rows] == session) & (record.day[rows] <= last)]
    early = draws(record.vote_id[rows], "how early") < 0.5
    for years, chosen in ((0, rows[~early]), (1, rows[early])):
        until = np.datetime64(opening(session - years), "D")
        if len(chosen) and record.day[0] < until:
            yield chosen, seen(walk, chosen, record.day[chosen[len(chosen) // 2]], until=until)


def opening(session: int) -> date:
    """Return about the day on which a regular session opens."""
    return date(1945 + session, 9, 15)


def seen(walk: Walk, rows: NDArray[np.int64], day: np.datetime64, **how: Any) -> F32:
    """Return features of the record's own texts seen otherwise; ``how`` is of :meth:`Walk.look`."""
    with one_thread():
        sponsors = walk.record.sponsors[rows]
        return walk.look(walk.wording.pick(rows), day, sponsors=sponsors, **how).values


def fit(rows: Rows, record: Record) -> Fitted:
    """Fit networks and trees on training rows, on two cores."""
    with ThreadPoolExecutor(2) as pool:
        trees = pool.submit(_trees_on, rows, record)
        nets = pool.submit(lambda: tuple(_net_on(rows, record, i) for i in range(NETS)))
        return Fitted(nets.result(), trees.result())


def withheld(values: F32, kinds: Sequence[str] = _WITHHELD) -> F32:
    """Return features without those that only some drafts have: headings and sponsors."""
    found = values.copy()
    found[:, :, [name.startswith(tuple(kinds)) for name in feature_names()]] = np.nan
    return found


def _net_on(rows: Rows, record: Record, number: int) -> Net:
    with one_thread("blas"):
        return fit_net(*_sample(rows, record, f"{number}", _SHARE), _shares(), number)


def _trees_on(rows: Rows, record: Record) -> Trees:
    values, answer, weight = _sample(rows, record, "trees", _TREE_SHARE)
    # What is known nowhere, as sponsors are before October 2019, cannot be cut in two.
    columns = np.flatnonzero(np.fmax.reduce(values) > np.fmin.reduce(values))
    values = values[:, columns]
    cuts = tuple(
        weighted_cuts(values[::_EVERY, i], weight[::_EVERY], _BINS) for i in range(len(columns))
    )
    with one_thread("openmp"):  # a limit that holds for this member's own thread
        fitted = _trees().fit(binned(values, cuts), answer, sample_weight=weight)
    return Trees(columns, cuts, fitted)


def _shares() -> NDArray[np.bool_]:
    """Return which features are shares from 0 to 1."""
    return np.array(
        [
            name.endswith((" no", " yes")) and not name.startswith("surprise")
            for name in feature_names()
        ]
    )


def _trees() -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        learning_rate=0.18,
        max_iter=32,
        max_leaf_nodes=12,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.4,
        max_bins=_BINS,
        early_stopping=False,
        random_state=0,
    )


def _sample(
    rows: Rows, record: Record, salt: str, share: float
) -> tuple[F32, NDArray[np.int8], NDArray[np.float64]]:
    """Return features, votes and weights of the cells drawn."""
    parts = (
        _drawn(rows.text, rows.values, record, salt, share),
        _drawn(rows.varied_text, rows.varied, record, f"{salt} varied", share / 2),
    )
    return (
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([parts[0][2], _VARIED_WEIGHT * parts[1][2]]),
    )


def _drawn(
    text: NDArray[np.int64], values: F32, record: Record, salt: str, share: float
) -> tuple[F32, NDArray[np.int8], NDArray[np.float64]]:
    """Draw cells of some texts.

    Cells of nearly unanimous texts are drawn half as often and count double. Those of the permanent
    members of the Security Council are all drawn and count more: each votes as no other state does.
    Half of the texts lose their headings and half their sponsors, for a draft may have none.
    """
    votes = record.votes[text]
    voted = votes >= 0
    yes = (votes == YES).sum(1) / np.maximum(voted.sum(1), 1)
    keep = np.repeat(np.where(yes > _UNANIMOUS, share / 2, share)[:, None], votes.shape[1], 1)
    weight = 1 / keep
    heeded = record.columns(_HEEDED)
    keep[:, heeded], weight[:, heeded] = 1, _HEED
    codes = record.vote_id[text].tolist()
    by_text = np.array([zlib.crc32(f"{salt} {code}".encode()) for code in codes], np.uint64)
    by_state = np.array([zlib.crc32(code.encode()) for code in record.iso3.tolist()], np.uint64)
    lot = _mixed((by_text[:, None] << np.uint64(32)) | by_state[None, :])
    drawn = voted & (lot < keep)
    found = values[drawn].copy()
    place = np.nonzero(drawn)[0]
    for kind in _WITHHELD:
        without = draws(codes, f"{kind}{salt}") < 0.5
        columns = np.flatnonzero([name.startswith(kind) for name in feature_names()])
        found[np.ix_(without[place], columns)] = np.nan
    return found, votes[drawn], weight[drawn]
