"""Scores of forecasts: pure functions on arrays of chances and outcomes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]


def cell_losses(chances: NDArray[np.floating], votes: NDArray[np.int8]) -> F64:
    """Return minus the log chance given to each vote cast, (n, s); NaN where none was."""
    given = np.take_along_axis(chances, np.maximum(votes, 0)[:, :, None].astype(np.int64), 2)
    loss = -np.log(np.clip(given[:, :, 0].astype(np.float64), 1e-6, 1))
    return np.where(votes >= 0, loss, np.nan)


def hits(chances: NDArray[np.floating], votes: NDArray[np.int8]) -> F64:
    """Return 1 where the likeliest answer was given, else 0, (n, s); NaN where none was."""
    return np.where(votes >= 0, chances.argmax(2) == votes, np.nan)


def area_under_curve(chance: NDArray[np.floating], happened: NDArray[np.bool_]) -> float:
    """Return the chance that a text where it happened is ranked above one where it did not."""
    order = np.argsort(chance, kind="stable")
    ranks = np.empty(len(chance), np.float64)
    _, inverse, counts = np.unique(chance[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks[order] = ((ends - counts + 1 + ends) / 2)[inverse]
    yes = int(happened.sum())
    no = len(happened) - yes
    if not yes or not no:
        return float("nan")
    return float((ranks[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


def brier(chance: NDArray[np.floating], happened: NDArray[np.bool_]) -> float:
    """Return the mean squared error of chances (Brier 1950)."""
    return float(np.mean((chance - happened) ** 2))


def reliability(
    chance: NDArray[np.floating], happened: NDArray[np.bool_], bins: int = 10
) -> tuple[F64, F64, NDArray[np.int64]]:
    """Return mean chance, share that happened, and count, for each tenth of the scale in use."""
    place = np.minimum((np.asarray(chance, np.float64) * bins).astype(np.int64), bins - 1)
    counts = np.bincount(place, minlength=bins)
    used = counts > 0
    mean = np.bincount(place, chance, bins)[used] / counts[used]
    share = np.bincount(place, happened, bins)[used] / counts[used]
    return mean, share, counts[used]


def calibration_error(chance: NDArray[np.floating], happened: NDArray[np.bool_]) -> float:
    """Return the mean gap between chance and share over tenths, weighted by count (ECE)."""
    mean, share, counts = reliability(chance, happened)
    return float(np.sum(np.abs(mean - share) * counts) / counts.sum())


def interval_over_groups(
    total: F64, count: F64, draws: int = 1000, seed: int = 73
) -> tuple[float, float]:
    """Return a 90 % interval of sum(total) / sum(count) when groups are drawn anew (bootstrap)."""
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(total), (draws, len(total)))
    means = total[picks].sum(1) / count[picks].sum(1)
    low, high = np.quantile(means, [0.05, 0.95])
    return float(low), float(high)
