"""Parameters of the latent level by moments: how much of a source is level, how slow its rest.

Maximum likelihood was tried and refused (docs/methods/tension.md): it makes the level follow one
source alone, the Heywood case of factor analysis. Instead:

* deviations from a pair's own mean are averaged by year, and the correlations R of sources over
  pairs and years are explained by one factor, minres (Harman & Jones 1966), drawn to 1/2 where two
  sources share few pair-years;
* the variance of a source's yearly means is parted into level and noise by that loading; a month of
  a monthly source has twelve times the yearly noise, so that a year counts alike at any pace;
* noise that is slow counts for less: its variance is multiplied by (1 + rho) / (1 - rho), the
  factor by which the autocorrelation rho from year to year enlarges the variance of a mean
  (Bartlett 1946), and by 3 at most;
* a source whose few pairs share one record (the Security Council's agenda) is taken for half level
  and moves no other source: its pair-years are far fewer than they seem;
* the level's step is four times that of a walk which over a pair's history has variance 1 about its
  own mean, to which the loadings refer (E var = q T / 6): a level with that step alone is too slow
  to follow its sources, the more so as noise is made larger where it is slow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.tension.latent_arrays import Floats, Parameters, smooth, spans

LOW, HIGH, MIDDLE = 0.1, 0.85, 0.5
BIAS = 0.25
"""The part of a source's differences between pairs, beyond its level, that is a lasting bias."""
UNSEEN = 25.0
"""Variance of the bias of a source that the panel does not hold: only its movements count. The
variance of its yearly means is taken to be 1, a quarter of it level."""
SPREAD = 3.0
"""Variance of the level between pairs in the first month, in variances within pairs."""
QUICK = 4.0
"""How many times the step's variance is that of a walk with variance 1 over a history."""
_DRAWN = 0.1
_HALF_WEIGHT = 200.0
_SLOWEST = 0.5
_SWEEPS = 3
_FEWEST = 3
_LEAST = 1e-6


@dataclass(frozen=True, eq=False)
class Estimate:
    """Parameters, and what they were made from.

    Attributes:
        parameters: with noise already made larger where it is slow.
        loading: (S,) correlation of each source with the level, within pairs; `MIDDLE` where the
            source is not seen, or is held.
        slowness: (S,) the factor on the noise variance.
        correlation, count: (S, S) of pair-years within pairs; NaN and 0 where never seen together.
    """

    parameters: Parameters
    loading: Floats
    slowness: Floats
    correlation: Floats
    count: Floats


def estimate(y: Floats, pace: Floats, held: NDArray[np.bool_] | None = None) -> Estimate:
    """Return the parameters of the model from a panel of pairs.

    Args:
        y: (T, S, N) observations, NaN where missing; T months from a January.
        pace: (S,) months from one observation of a source to the next, 1 or 12.
        held: (S,) sources whose loading is `MIDDLE` and counts for no other; by default none.
    """
    free = np.ones(len(pace), bool) if held is None else ~held
    yearly = by_year(y)
    known = np.isfinite(yearly)
    years = known.sum(0)
    mean = np.where(known, yearly, 0.0).sum(0) / np.maximum(years, 1)
    rest = np.where(known, yearly - mean, 0.0)
    long = years >= _FEWEST
    total = np.where(long, years, 0).sum(1)
    variance = ((rest**2).sum(0) * long).sum(1) / np.maximum(total - long.sum(1), 1)
    variance = np.where(total > 0, np.maximum(variance, _LEAST), 1.0)
    R, n = correlations(yearly)
    loading = np.full(len(pace), MIDDLE)
    loading[free] = minres(R[np.ix_(free, free)], n[np.ix_(free, free)])
    loading[total == 0] = MIDDLE
    has = years > 0
    a = np.where(has, mean, 0.0).sum(1) / np.maximum(has.sum(1), 1)
    between = (np.where(has, mean - a[:, None], 0.0) ** 2).sum(1) / np.maximum(has.sum(1), 1)
    length = float(spans(y).sum(0).mean()) if has.any() else float(len(y))
    # Of a monthly source a year's mean has the yearly noise, so a month has twelve times as much.
    noise = (1.0 - loading**2) * variance
    monthly = 12.0 / pace
    p = Parameters(
        a=a,
        b=loading * np.sqrt(variance),
        r=noise * monthly,
        tau2=np.where(total > 0, BIAS * np.maximum((1.0 - loading**2) * between, noise), UNSEEN),
        q=QUICK * 6.0 / max(length, 12.0),
        p0=SPREAD,
    )
    slowness = np.ones(len(pace))
    for _ in range(_SWEEPS):
        slowness = _slowness(y, replace(p, r=p.r * slowness))
    return Estimate(replace(p, r=p.r * slowness), loading, slowness, R, n)


def by_year(y: Floats) -> Floats:
    """Return (Y, S, N) means over whole years of what is known; NaN where nothing is."""
    T, S, N = y.shape
    cut = y[: T // 12 * 12].reshape(T // 12, 12, S, N)
    seen = np.isfinite(cut)
    number = seen.sum(1)
    found: Floats = np.where(
        number > 0, np.where(seen, cut, 0.0).sum(1) / np.maximum(number, 1), np.nan
    )
    return found


def correlations(yearly: Floats) -> tuple[Floats, Floats]:
    """Return (S, S) correlations of sources over pair-years within pairs, and how many pair-years.

    Both sources are taken about their mean over the years in which a pair has both.

    Args:
        yearly: (Y, S, N) yearly means, NaN where missing.
    """
    S = yearly.shape[1]
    known = np.isfinite(yearly)
    R, n = np.full((S, S), np.nan), np.zeros((S, S))
    for s in range(S):
        for k in range(s, S):
            both = known[:, s] & known[:, k]
            count = np.maximum(both.sum(0), 1)
            left, right = (
                np.where(both, x - np.where(both, x, 0.0).sum(0) / count, 0.0)
                for x in (yearly[:, s], yearly[:, k])
            )
            scale = np.sqrt((left**2).sum() * (right**2).sum())
            n[s, k] = n[k, s] = both.sum()
            if scale > 0:
                R[s, k] = R[k, s] = (left * right).sum() / scale
    return R, n


def minres(R: Floats, n: Floats, sweeps: int = 500) -> Floats:
    """Return (S,) loadings of one factor: the least squares of what lies off the diagonal.

    Each correlation weighs n / (n + 200) and each loading is drawn to 1/2 with a weight of 0.1, so
    that little evidence moves it little; loadings stay within 0.1 and 0.85. Solved by coordinate
    descent, whose every step is exact.
    """
    weight = np.where(np.isfinite(R), n / (n + _HALF_WEIGHT), 0.0)
    np.fill_diagonal(weight, 0.0)
    target = np.nan_to_num(R)
    loading = np.full(len(R), MIDDLE)
    for _ in range(sweeps):
        before = loading.copy()
        for s in range(len(R)):
            top = (weight[s] * target[s] * loading).sum() + _DRAWN * MIDDLE
            below = (weight[s] * loading**2).sum() + _DRAWN
            loading[s] = min(max(top / below, LOW), HIGH)
        if np.abs(loading - before).max() < 1e-10:
            break
    return loading


def _slowness(y: Floats, p: Parameters) -> Floats:
    """Return (S,) (1 + rho) / (1 - rho) of what the level leaves, rho from year to year."""
    post = smooth(y, p)
    fitted = p.a[None, :, None] + post.bias[None] + p.b[None, :, None] * post.mean[:, None]
    rest = by_year(y - fitted)
    found = np.ones(y.shape[1])
    for s in range(y.shape[1]):
        now, then = rest[1:, s], rest[:-1, s]
        both = np.isfinite(now) & np.isfinite(then)
        scale = np.sqrt((now[both] ** 2).sum() * (then[both] ** 2).sum())
        rho = float((now[both] * then[both]).sum() / scale) if scale > 0 else 0.0
        rho = min(max(rho, 0.0), _SLOWEST)
        found[s] = (1.0 + rho) / (1.0 - rho)
    return found
