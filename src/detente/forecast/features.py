"""What the forecast knows of a text on a day, a row a state: built from earlier days alone.

`Walk` goes through a record day by day. Everything it says of a day rests on texts dated before
it; texts of the same day are not known to each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.forecast import features_arrays as fa
from detente.forecast.features_arrays import F32
from detente.forecast.record import Record
from detente.forecast.wording import Likeness, Wording, likeness, title_likeness

LOOK_BACK = 25.0  # years of precedents
ANCHORS = ("USA", "RUS", "CHN", "FRA", "ISR", "CUB", "BRA", "IND")
POWERS = ("USA", "RUS", "CHN", "FRA")


@dataclass(frozen=True)
class Kernel:
    """One way to weigh precedents: likeness to a power, halved every so many years."""

    name: str
    likeness: str
    power: float
    half_life: float


KERNELS = (
    Kernel("wide", "title", 3, 8.0),
    Kernel("near", "title", 10, 3.0),
    Kernel("headings", "headings", 4, 5.0),
)
NEAR = 1  # the kernel whose shares are the expectation that surprises are measured from


@dataclass(frozen=True, eq=False)
class Day:
    """Features of the new texts of one day.

    Attributes:
        values: (n, s, n_features) float32; NaN where a fact is not known.
        expected: (n, s, 3) what near precedents alone say.
        likeness: to the texts of ``earlier``.
        earlier: start and end, in the record, of the texts compared with.
    """

    values: F32
    expected: F32
    likeness: Likeness
    earlier: tuple[int, int]


def feature_names() -> tuple[str, ...]:
    """Return the names of the features, in order."""
    names = [f"rate {h} {a}" for h in ("lately", "long") for a in ("no", "yes")]
    names += [f"votes like {code}" for code in ANCHORS]
    for kernel in KERNELS:
        names += [
            f"{kernel.name} {what}"
            for what in ("no", "yes", "mass", "text no", "text yes", "peers no", "peers yes")
        ]
    names += [f"near {code} {a}" for code in POWERS for a in ("no", "yes")]
    for span in ("weeks", "year"):
        names += [f"surprise {span} {a}" for a in ("no", "yes")]
        names += [f"surprise {span} peers {a}" for a in ("no", "yes")]
    names += ["surprise like texts no", "surprise like texts yes"]
    names += ["sponsor itself", "sponsors alike", "sponsors count", "silence"]
    names += ["nearest vote", "nearest likeness", "nearest age", "second vote", "second likeness"]
    return tuple(names)


@dataclass(eq=False)
class Walk:
    """A record read forward, with what has been expected of each text so far.

    Attributes:
        record, wording: the texts and what they say, the same rows.
        expected: (n_texts, n_states, 3), filled in as days are visited.
        known: which rows of it are filled in.
    """

    record: Record
    wording: Wording
    expected: F32 = field(init=False)
    known: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.expected = np.zeros((*self.record.votes.shape, 3), np.float32)
        self.known = np.zeros(len(self.record), bool)

    def span(self, day: np.datetime64) -> tuple[int, int]:
        """Return start and end of the texts that a day's texts are compared with."""
        days = self.record.day
        first = day - np.timedelta64(int(LOOK_BACK * 365.25), "D")
        return int(np.searchsorted(days, first)), int(np.searchsorted(days, day))

    def visit(
        self, day: np.datetime64, again: NDArray[np.int64] | None = None, hide: F32 | None = None
    ) -> Day:
        """Return the features of the record's own texts of one day, and remember what was expected.

        Args:
            day: a day of the record.
            again: rows of the record, texts of this day to be seen a second time, after the
                others, with precedents hidden.
            hide: their bars, see :meth:`look`.
        """
        _, start = self.span(day)
        stop = int(np.searchsorted(self.record.day, day, side="right"))
        rows, bars = np.arange(start, stop), None
        if again is not None and hide is not None and len(again):
            bars = np.concatenate([np.full(len(rows), np.inf, np.float32), hide])
            rows = np.concatenate([rows, again])
        sponsors = self.record.sponsors[rows]
        found = self.look(self.wording.pick(rows), day, bars, sponsors=sponsors)
        self.expected[start:stop] = found.expected[: stop - start]
        self.known[start:stop] = True
        return found

    def expect(self, days: NDArray[np.datetime64]) -> None:
        """Remember what near precedents said of the texts of some days, in order."""
        kernel = KERNELS[NEAR]
        for day in days:
            start, stop = self.span(day)
            end = int(np.searchsorted(self.record.day, day, side="right"))
            if self.known[stop:end].all():
                continue
            title = title_likeness(self.wording.rows(start, stop), self.wording.rows(stop, end))
            age = self._ages(day, start, stop)
            one_hot = self.record.one_hot[start:stop]
            since = age - _silence(age)
            recent = slice(int(np.searchsorted(-since, -12.0)), None)
            rates = fa.state_rates(one_hot[recent], since[recent], 4.0)
            weights = title**kernel.power * fa.decay(age, kernel.half_life)[None]
            self.expected[stop:end] = fa.own_shares(weights, one_hot, rates)[0]
            self.known[stop:end] = True

    def _ages(self, day: np.datetime64, start: int, stop: int) -> NDArray[np.float64]:
        days = (day - self.record.day[start:stop]).astype("timedelta64[D]").astype(np.int64)
        return np.asarray(days / 365.25, np.float64)

    def look(
        self,
        now: Wording,
        day: np.datetime64,
        hide: F32 | None = None,
        until: np.datetime64 | None = None,
        sponsors: NDArray[np.bool_] | None = None,
    ) -> Day:
        """Return the features of any texts as of a day.

        Args:
            now: the wording of the n texts.
            day: texts dated on or after it are not seen.
            hide: (n,) each text's precedents with a title more alike than this are hidden: how a
                recurring text would look if it were new.
            until: texts dated on or after it are not seen either: how a text would look in a
                record that had ended before.
            sponsors: (n, s) who sponsors each text, where known.
        """
        start, stop = self.span(day)
        if until is not None:
            stop = min(stop, self.span(until)[1])
        record, n = self.record, len(now.headed)
        like = likeness(self.wording.rows(start, stop), now)
        shown = np.ones(like.title.shape, np.float32)
        if hide is not None:
            shown = (like.title < hide[:, None]).astype(np.float32)
        age = self._ages(day, start, stop)
        one_hot = record.one_hot[start:stop]
        out = _Columns(n, len(record.iso3))

        # A record that ended long ago says no less of a state: its rates count from its end.
        silence = _silence(age)
        since = age - silence
        recent = slice(int(np.searchsorted(-since, -12.0)), None)
        lately = fa.state_rates(one_hot[recent], since[recent], 0.4)
        rates = fa.state_rates(one_hot[recent], since[recent], 4.0)
        for shares in (lately, rates):
            out.by_state(shares[:, 0], shares[:, 2])
        six = slice(int(np.searchsorted(-since, -6.0)), None)
        agree = fa.agreement(one_hot[six], since[six])
        place = {code: i for i, code in enumerate(record.iso3.tolist())}
        for code in ANCHORS:
            out.by_state(agree[:, place[code]] if code in place else np.zeros(len(agree)))
        peers = fa.peer_weights(agree)

        expected = np.empty((n, len(record.iso3), 3), np.float32)
        for number, kernel in enumerate(KERNELS):
            alike = getattr(like, kernel.likeness) * shown
            weights = alike**kernel.power * fa.decay(age, kernel.half_life)[None]
            own, mass, text, peer = fa.precedent_shares(weights, one_hot, rates, peers)
            if number == NEAR:
                expected = own
            out.by_cell(own[:, :, 0], own[:, :, 2], np.log(mass + 1e-4))
            out.by_text(text[:, 0], text[:, 2])
            out.by_cell(peer[:, :, 0], peer[:, :, 2])
            if kernel.likeness == "headings":
                out.forget(~now.headed, 7)
        for code in POWERS:
            for answer in (0, 2):
                out.by_text(expected[:, place[code], answer] if code in place else np.zeros(n))

        self._surprises(out, like.title * shown, age, peers, start)

        if sponsors is None:
            sponsors = np.zeros((n, len(record.iso3)), bool)
        signs = fa.sponsor_signs(sponsors, agree)
        out.by_cell(signs[:, :, 0], signs[:, :, 1], signs[:, :, 2])
        out.by_text(np.full(n, silence))

        self._nearest(out, like.title * shown, age, start)
        return Day(np.stack(out.columns, -1), expected, like, (start, stop))

    def _surprises(
        self, out: _Columns, alike: F32, age: NDArray[np.float64], peers: F32, start: int
    ) -> None:
        rows = np.flatnonzero(self.known[start : start + len(age)] & (age < 5.0))
        one_hot = self.record.one_hot[start + rows]
        seen = fa.voted(one_hot)
        gap = ((one_hot - self.expected[start + rows]) * seen[:, :, None])[:, :, ::2]
        gap = np.ascontiguousarray(gap)
        trust = peers.sum(1, keepdims=True) + 1e-3
        for half_life in (0.15, 1.0):
            own = fa.surprise(fa.decay(age[rows], half_life)[None], gap, seen, 3.0)[0]
            shared = (peers @ own) / trust
            out.by_state(own[:, 0], own[:, 1], shared[:, 0], shared[:, 1])
        weights = alike[:, rows] ** 2 * fa.decay(age[rows], 0.7)[None]
        near = fa.surprise(weights, gap, seen, 0.3)
        out.by_cell(near[:, :, 0], near[:, :, 1])

    def _nearest(self, out: _Columns, alike: F32, age: NDArray[np.float64], start: int) -> None:
        n = len(alike)
        order = nearest_order(alike, age, 2)
        for rank in (0, 1):
            rows = order[:, min(rank, order.shape[1] - 1)]
            out.by_cell(self.record.votes[start + rows].astype(np.float32))
            out.by_text(alike[np.arange(n), rows])
            if rank == 0:
                out.by_text(age[rows])


def _silence(age: NDArray[np.float64]) -> float:
    """Return the age in years of the newest text that is seen."""
    return float(age[-1]) if len(age) else 0.0


def nearest_order(alike: F32, age: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Return the nearest earlier texts, (n, count), a newer one before an older of equal likeness.

    A year costs as much as 0.002 of likeness.
    """
    value = alike - 0.002 * age[None].astype(np.float32)
    rows = np.arange(len(value))
    found = np.empty((len(value), min(count, value.shape[1])), np.int64)
    for rank in range(found.shape[1]):
        found[:, rank] = value.argmax(1)
        value[rows, found[:, rank]] = -np.inf
    return found


class _Columns:
    """Feature columns under construction, each (n, s)."""

    def __init__(self, n: int, s: int) -> None:
        self.shape = (n, s)
        self.columns: list[F32] = []

    def by_cell(self, *values: F32) -> None:
        self.columns += [np.asarray(value, np.float32) for value in values]

    def by_text(self, *values: NDArray[np.floating]) -> None:
        for value in values:
            self.columns.append(np.broadcast_to(np.asarray(value, np.float32)[:, None], self.shape))

    def by_state(self, *values: NDArray[np.floating]) -> None:
        for value in values:
            self.columns.append(np.broadcast_to(np.asarray(value, np.float32)[None, :], self.shape))

    def forget(self, rows: NDArray[np.bool_], count: int) -> None:
        """Make the last columns unknown for some texts."""
        for i in range(len(self.columns) - count, len(self.columns)):
            column = self.columns[i].copy()
            column[rows] = np.nan
            self.columns[i] = column
