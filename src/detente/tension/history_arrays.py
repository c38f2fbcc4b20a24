"""What a level says of itself: its percentile in its own history, its changes, its turns, its like.

All functions take a level's posterior over T months: ``mean`` (T,), ``variance`` (T,) and ``last``
(T,), the covariance with the last month. NaN marks months before the history begins.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from detente.tension.latent_arrays import Floats

Z90 = 1.6448536269514722
_TINY = 1e-12


@dataclass(frozen=True)
class Interval:
    """A value with the ends of its 90 % interval."""

    value: float
    low: float
    high: float


def percentile(mean: Floats, variance: Floats, last: Floats) -> Interval:
    """Return the share of months whose level lay below that of the last month, in per cent.

    The last month is taken at its 5, 50 and 95 % points z; given it, the level of month t is normal
    with mean m + c / v (z - m_T) and variance v_t - c^2 / v, c its covariance with the last month
    and v the variance of the last. The expected share below z follows without simulation.
    """
    known = np.isfinite(mean)
    known[-1] = False
    m, V, c = mean[known], variance[known], last[known]
    if not len(m):
        return Interval(np.nan, np.nan, np.nan)
    top, v = mean[-1], max(variance[-1], _TINY)
    sd = np.sqrt(np.maximum(V - c**2 / v, _TINY))
    shares = [
        100.0 * float(ndtr((z - m - c / v * (z - top)) / sd).mean())
        for z in (top, top - Z90 * np.sqrt(v), top + Z90 * np.sqrt(v))
    ]
    return Interval(shares[0], min(shares[1], shares[0]), max(shares[2], shares[0]))


def change(mean: Floats, variance: Floats, last: Floats, months: int) -> Interval | None:
    """Return how far the level moved over so many months to the last; None before its history."""
    t = len(mean) - 1 - months
    if t < 0 or not np.isfinite(mean[t]):
        return None
    moved = float(mean[-1] - mean[t])
    sd = float(np.sqrt(max(variance[-1] + variance[t] - 2.0 * last[t], _TINY)))
    return Interval(moved, moved - Z90 * sd, moved + Z90 * sd)


def higher(mean: Floats, variance: Floats, last: Floats, t: int) -> float:
    """Return the probability that the last month's level is above that of month t."""
    sd = np.sqrt(max(variance[-1] + variance[t] - 2.0 * last[t], _TINY))
    return float(ndtr((mean[-1] - mean[t]) / sd))


def highest_since(mean: Floats, recent: int = 60) -> int | None:
    """Return the last month with a higher level than the last one's, if so many months back.

    The first known month where none is higher; None where a later one is, or the history is
    shorter.
    """
    known = np.flatnonzero(np.isfinite(mean))
    if len(known) <= recent:
        return None
    above = known[mean[known] > mean[-1]]
    t = int(above[-1]) if len(above) else int(known[0])
    return t if t < len(mean) - recent else None


def turns(mean: Floats, least: float) -> list[tuple[int, bool]]:
    """Return months at which the level turned, and whether up (a trough) or down (a peak).

    A turn counts once the level has moved ``least`` away from it (a zigzag): the last move is shown
    by the turn that began it, and small swings are not.
    """
    known = np.flatnonzero(np.isfinite(mean))
    if not len(known):
        return []
    found: list[tuple[int, bool]] = []
    first = low = high = int(known[0])
    rising: bool | None = None
    for t in known[1:].tolist():
        if rising is not False:
            high = t if mean[t] > mean[high] else high
            if mean[high] - mean[t] >= least:
                if high != first:
                    found.append((high, False))
                rising, low = False, t
                continue
        if rising is not True:
            low = t if mean[t] < mean[low] else low
            if mean[t] - mean[low] >= least:
                if low != first:
                    found.append((low, True))
                rising, high = True, t
    return found


def nearest(mean: Floats, count: int, apart: int = 36, recent: int = 60) -> list[tuple[int, float]]:
    """Return the earlier months most like the last, with how far each is from it.

    The distance is the root mean square of the differences in level (counted twice) and in its
    change over a year and over five years, each in its standard deviation over the history. Months
    of the last five years do not count, and two answers lie three years apart.
    """
    T = len(mean)
    columns = [mean, mean, mean - _shifted(mean, 12), mean - _shifted(mean, 60)]
    distance = np.zeros(T)
    used = 0
    for column in columns:
        known = column[np.isfinite(column)]
        sd = known.std() if len(known) > 1 else 0.0
        if sd > 0 and np.isfinite(column[-1]):
            distance += ((column - column[-1]) / sd) ** 2
            used += 1
    distance = np.sqrt(distance / max(used, 1))
    distance[max(T - recent, 0) :] = np.nan
    distance[~np.isfinite(mean)] = np.nan
    found: list[tuple[int, float]] = []
    while len(found) < count and np.isfinite(distance).any():
        t = int(np.nanargmin(distance))
        found.append((t, float(distance[t])))
        distance[max(t - apart, 0) : t + apart + 1] = np.nan
    return found


def _shifted(mean: Floats, months: int) -> Floats:
    back = np.full(len(mean), np.nan)
    if months < len(mean):
        back[months:] = mean[:-months]
    return back
