"""Where the sources of one pair disagree: shown with both directions, never averaged away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.tension.latent_arrays import Floats
from detente.tension.sources import SOURCES

YEARS = 5
CLEAR = 0.5
"""A series moves where its five-year change is this much of its own standard deviation."""
OPPOSED = -0.3
"""Yearly means of two series that correlate below this point in opposite directions."""
FEWEST_YEARS = 8
_STILL = 1e-6
_TRACE = "crises"
STALE = 48
"""Months after which a series has nothing to say about now."""

Direction = Literal["rising", "falling", "steady"]


@dataclass(frozen=True)
class SourceNow:
    """One source of a pair, on the as-of date.

    Attributes:
        name: of `sources.SOURCES`.
        first, last: years of its first and last value.
        percentile: the share of its own earlier values below the last, in per cent.
        change: of the last five years, in its own standard deviations; None where it does not
            reach back so far.
        direction: what the change amounts to; None where it is not known.
        current: whether it says anything of the last four years.
    """

    name: str
    first: int
    last: int
    percentile: float
    change: float | None
    direction: Direction | None
    current: bool


@dataclass(frozen=True)
class Disagreement:
    """Two sources that disagree.

    Attributes:
        one, other: their names, in the order of the list.
        kind: ``now`` where one rises and the other falls, ``history`` where their yearly means go
            in opposite directions over their common years.
        correlation: of their yearly means over the common years, or None below eight.
        years: how many those are.
    """

    one: str
    other: str
    kind: Literal["now", "history"]
    correlation: float | None
    years: int


def sources_now(series: Floats, first_year: int) -> tuple[SourceNow, ...]:
    """Return what each source says; a source without two values is left out.

    Args:
        series: (T, S) observations in the order of `sources.SOURCES`, from a January.
        first_year: the year of the first row.
    """
    found = []
    T = len(series)
    for s, source in enumerate(SOURCES):
        values = series[:, s]
        known = np.flatnonzero(np.isfinite(values))
        if len(known) < 2:
            continue
        last = int(known[-1])
        sd = float(values[known].std())
        moved = _moved(values, last, source.pace == "year")
        change = None if moved is None else (moved / sd if sd > 0 else 0.0)
        direction: Direction | None = None
        if change is not None:
            direction = "rising" if change >= CLEAR else "falling" if change <= -CLEAR else "steady"
        found.append(
            SourceNow(
                source.name,
                first_year + int(known[0]) // 12,
                first_year + last // 12,
                100.0 * float((values[known[:-1]] < values[last]).mean()),
                change,
                direction,
                T - 1 - last <= STALE,
            )
        )
    return tuple(found)


def _moved(values: Floats, last: int, yearly: bool) -> float | None:
    """Return the change over five years: of a yearly value, or of twelve-month means."""
    then = last - 12 * YEARS
    if yearly:
        return (
            float(values[last] - values[then]) if then >= 0 and np.isfinite(values[then]) else None
        )
    now = values[max(last - 11, 0) : last + 1]
    before = values[max(then - 11, 0) : then + 1] if then >= 0 else values[:0]
    if np.isfinite(now).sum() < 6 or np.isfinite(before).sum() < 6:
        return None
    return float(np.nanmean(now) - np.nanmean(before))


def disagreements(series: Floats, now: tuple[SourceNow, ...]) -> tuple[Disagreement, ...]:
    """Return every two sources of a pair that disagree, now or over their history."""
    yearly = _yearly(series)
    place = {source.name: s for s, source in enumerate(SOURCES)}
    found = []
    for i, one in enumerate(now):
        for other in now[i + 1 :]:
            columns = yearly[:, place[one.name]], yearly[:, place[other.name]]
            r, years = _correlation(*columns)
            if _TRACE in (one.name, other.name) and not _crisis_within(yearly, place, other, one):
                r = None
            directions = {one.direction, other.direction}
            if one.current and other.current and directions == {"rising", "falling"}:
                found.append(Disagreement(one.name, other.name, "now", r, years))
            elif r is not None and r <= OPPOSED:
                found.append(Disagreement(one.name, other.name, "history", r, years))
    return tuple(found)


def _crisis_within(yearly: Floats, place: dict[str, int], one: SourceNow, other: SourceNow) -> bool:
    """Return whether a crisis falls within the common years; else its trace fades by rule alone."""
    both = np.isfinite(yearly[:, place[one.name]]) & np.isfinite(yearly[:, place[other.name]])
    trace = yearly[both, place[_TRACE]]
    return bool((np.diff(trace) > 0).any())


def _yearly(series: Floats) -> Floats:
    years = -(-len(series) // 12)
    padded = np.full((years * 12, series.shape[1]), np.nan)
    padded[: len(series)] = series
    cut = padded.reshape(years, 12, -1)
    seen = np.isfinite(cut)
    number = seen.sum(1)
    found: Floats = np.where(
        number > 0, np.where(seen, cut, 0.0).sum(1) / np.maximum(number, 1), np.nan
    )
    return found


def _correlation(one: Floats, other: Floats) -> tuple[float | None, int]:
    both = np.isfinite(one) & np.isfinite(other)
    years = int(both.sum())
    if years < FEWEST_YEARS or one[both].std() < _STILL or other[both].std() < _STILL:
        return None, years
    return float(np.corrcoef(one[both], other[both])[0, 1]), years
