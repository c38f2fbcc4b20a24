"""How tense it is between the parties of a case: the values that commands and dossiers show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.case import Case
from detente.errors import NotFound
from detente.parties import Party, find_party
from detente.tension.behind import (
    Event,
    apart,
    behind,
    council_between,
    events_between,
    vetoes_near,
)
from detente.tension.disagreement import Disagreement, SourceNow, disagreements, sources_now
from detente.tension.history_arrays import (
    Z90,
    Interval,
    change,
    higher,
    highest_since,
    nearest,
    percentile,
    turns,
)
from detente.tension.latent_arrays import Floats
from detente.tension.levels import Level, levels, mean_level, state_pairs, terms
from detente.tension.loading_arrays import Estimate
from detente.tension.panel import START, StatePair, date_of, end_month, read_folder
from detente.tension.user_events import series_of

CRISIS = (1962, 10)
"""The month that the present is compared with: the Cuban missile crisis."""
SWING = 0.5
"""Units of the level that a swing must have to make a turning point."""
NEAREST = 3
FAR = 0.75
"""A distance above which no month is called like now."""
WHOLE = "whole"


@dataclass(frozen=True)
class Turn:
    """A month in which the level turned.

    Attributes:
        month: its first day.
        upward: True for a trough, after which tension rose.
        level: the level then.
        events: what lies behind it.
        vetoes: cast by one side only, in the Security Council, within a year.
    """

    month: date
    upward: bool
    level: float
    events: tuple[Event, ...]
    vetoes: tuple[Event, ...]


@dataclass(frozen=True)
class Then:
    """An earlier month beside the present.

    Attributes:
        month: its first day.
        percentile: the share of all months of the history whose level lay below its own.
        higher_now: probability that the level now is above the level then.
        distance: how unlike now it is, as `history_arrays.nearest` counts; above `FAR` it is not
            really like now.
        events: the pair's events within six months of it.
    """

    month: date
    percentile: float
    higher_now: float
    distance: float
    events: tuple[Event, ...]


@dataclass(frozen=True, eq=False)
class PairTension:
    """How tense it is between two parties, or at the whole table.

    Attributes:
        a, b: the parties' codes in the order of the case; both `WHOLE` for the table.
        known: whether there is any data; if not, everything below is empty.
        since: first month of the history.
        level: where it stands, in the index's units: 0 is the mean and 1 the standard deviation
            of a pair within its own history.
        percentile, low, high: share of the pair's own months since then with a lower level, in per
            cent, and its 90 % interval.
        trend_month, trend_year, trend_five: change of the level over that time.
        turns: turning points, in order.
        nearest: the earlier months most like now, nearest first.
        not_since: the last month with a higher level, where it lies at least five years back;
            ``since`` where there is none at all; else None.
        crisis: October 1962 beside now; None where the history is shorter.
        sources: what each source says; disagreements: where two of them disagree.
        months: (T,) first day of each month, as datetime64[M].
        mean, below, above: (T,) the level with its 90 % interval.
        lowest, highest: (T,) of a bloc's members; the mean for two states.
        lowest_pair, highest_pair: whose those are now; None without a bloc.
        series: (T, S) the sources' values in the order of `sources.SOURCES`.
        pairs: pairs of states behind it now.
    """

    a: str
    b: str
    known: bool
    since: date | None = None
    level: Interval | None = None
    percentile: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    trend_month: Interval | None = None
    trend_year: Interval | None = None
    trend_five: Interval | None = None
    turns: tuple[Turn, ...] = ()
    nearest: tuple[Then, ...] = ()
    not_since: date | None = None
    crisis: Then | None = None
    sources: tuple[SourceNow, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    months: NDArray[np.datetime64] | None = None
    mean: Floats | None = None
    below: Floats | None = None
    above: Floats | None = None
    lowest: Floats | None = None
    highest: Floats | None = None
    lowest_pair: StatePair | None = None
    highest_pair: StatePair | None = None
    series: Floats | None = None
    pairs: int = 0


@dataclass(frozen=True, eq=False)
class Tension:
    """How tense it is between the parties of a case.

    Attributes:
        stem: of the case.
        as_of: nothing later is used.
        pairs: one for every two parties, in the order of the case.
        whole: of the table; None with fewer than two known pairs.
        estimate: the parameters behind it.
        names: party code -> name in English and in French.
        own: names of the series that came from the user.
    """

    stem: str
    as_of: date
    pairs: tuple[PairTension, ...]
    whole: PairTension | None
    estimate: Estimate
    names: Mapping[str, tuple[str, str]]
    own: tuple[str, ...]

    def of(self, one: str, other: str) -> PairTension:
        """Return the pair of two parties, in any order.

        Raises:
            KeyError: they are not two parties of the case.
        """
        for found in self.pairs:
            if {found.a, found.b} == {one, other}:
                return found
        raise KeyError((one, other))

    @property
    def percentiles(self) -> dict[tuple[str, str], float]:
        """Return the percentile of each known pair, under its codes in both orders."""
        known = [found for found in self.pairs if found.known]
        straight = {(found.a, found.b): found.percentile for found in known}
        return straight | {(found.b, found.a): found.percentile for found in known}


def tension(
    archive: Archive,
    case: Case,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    sources: Path | None = None,
    use_events: bool = True,
) -> Tension:
    """Return how tense it is between the parties of a case, on the archive's as-of date.

    Args:
        archive: as of a day.
        case: its parties are paired, unless ``pairs`` names others.
        pairs: codes of parties, states or bodies.
        sources: a folder of raw series that stand in for those that ship.
        use_events: use the events that the user imported, if there are any.

    Raises:
        NotFound: no pair has any data, or a party is paired with itself.
        ImportRefused: the folder holds no series, or a damaged one.
    """
    wanted = _wanted(archive, case, pairs)
    own = read_folder(archive, sources) if sources is not None else []
    months = end_month(archive) - START + 1
    sides = {p.code: terms(archive, p, months) for both in wanted for p in both}
    between = sorted({p for x, z in wanted for p in state_pairs(sides[x.code], sides[z.code])})
    events = series_of(archive, between) if use_events else {}
    found, estimate = levels(archive, wanted, own, events)
    if not any(one.known for one in found):
        named = ", ".join(f"{x.code}-{z.code}" for x, z in wanted)
        raise NotFound(
            f"no series speaks of {named}: choose other pairs, or give series of your own with "
            "`--sources FOLDER` or `detente events import`"
        )
    told = tuple(
        _pair(archive, x, z, one, _codes(archive, x), _codes(archive, z))
        for (x, z), one in zip(wanted, found, strict=True)
    )
    table = mean_level(found)
    whole = None
    if table is not None:
        everyone = {code for both in wanted for p in both for code in _codes(archive, p)}
        whole = _told(archive, WHOLE, WHOLE, table, _all_events(archive, everyone))
    names = {p.code: (p.name_en, p.name_fr) for both in wanted for p in both}
    used = sorted({row.source for row in own} | ({"events"} if events else set()))
    return Tension(
        case.stem, archive.as_of or archive.last_day, told, whole, estimate, names, tuple(used)
    )


def _wanted(
    archive: Archive, case: Case, pairs: Sequence[tuple[str, str]] | None
) -> list[tuple[Party, Party]]:
    if pairs is None:
        return [
            (one, other) for i, one in enumerate(case.parties) for other in case.parties[i + 1 :]
        ]
    blocs = [party for party in case.parties if party.kind == "bloc"]
    found = []
    for one, other in pairs:
        if one == other:
            raise NotFound(f"{one} cannot be paired with itself: name two parties")
        found.append((find_party(archive, one, blocs), find_party(archive, other, blocs)))
    return found


def _codes(archive: Archive, party: Party) -> set[str]:
    """Return the codes under which an event names a party: its own, and of a bloc its members'."""
    return {party.code, *party.members(archive, archive.as_of or archive.last_day)}


def _pair(
    archive: Archive, x: Party, z: Party, one: Level, left: set[str], right: set[str]
) -> PairTension:
    if not one.known:
        return PairTension(x.code, z.code, False)
    events = events_between(archive, left, right) + council_between(archive, left, right)
    bloc = "bloc" in (x.kind, z.kind)
    return _told(archive, x.code, z.code, one, events, bloc)


def _all_events(archive: Archive, codes: set[str]) -> tuple[Event, ...]:
    return events_between(archive, codes, codes)


def _told(
    archive: Archive,
    a: str,
    b: str,
    one: Level,
    events: tuple[Event, ...],
    bloc: bool = False,
) -> PairTension:
    mean, variance, last = one.mean, one.variance, one.last
    first = int(np.flatnonzero(np.isfinite(mean))[0])
    share = percentile(mean, variance, last)
    half = Z90 * np.sqrt(variance)
    month = (CRISIS[0] * 12 + CRISIS[1] - 1) - START
    now = sources_now(one.series, START // 12)

    def then(t: int, distance: float) -> Then:
        day = date_of(t)
        near = [event for event in events if not event.record and apart(event.day, day) <= 6]
        near.sort(key=lambda event: (apart(event.day, day), event.day))
        known = mean[np.isfinite(mean)]
        below = 100.0 * float((known < mean[t]).mean())
        return Then(day, below, higher(mean, variance, last, t), distance, tuple(near[:2]))

    def interval(months: int) -> Interval | None:
        return change(mean, variance, last, months)

    return PairTension(
        a=a,
        b=b,
        known=True,
        since=date_of(first),
        level=Interval(float(mean[-1]), float(mean[-1] - half[-1]), float(mean[-1] + half[-1])),
        percentile=share.value,
        low=share.low,
        high=share.high,
        trend_month=interval(1),
        trend_year=interval(12),
        trend_five=interval(60),
        turns=tuple(
            Turn(
                date_of(t),
                up,
                float(mean[t]),
                behind(events, date_of(t), up),
                vetoes_near(events, date_of(t)),
            )
            for t, up in turns(mean, SWING)
        ),
        not_since=None if (t := highest_since(mean)) is None else date_of(t),
        nearest=tuple(then(t, off) for t, off in nearest(mean, NEAREST)),
        crisis=then(month, float("nan")) if first <= month < len(mean) - 1 else None,
        sources=now,
        disagreements=disagreements(one.series, now),
        months=np.datetime64("1946-01") + np.arange(len(mean)),
        mean=mean,
        below=mean - half,
        above=mean + half,
        lowest=one.lowest,
        highest=one.highest,
        lowest_pair=one.lowest_pair if bloc else None,
        highest_pair=one.highest_pair if bloc else None,
        series=one.series,
        pairs=one.pairs,
    )
