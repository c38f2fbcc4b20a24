"""Measure every model on real negotiations, each proposal forecast from the others only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.packages.outcomes.challenge_arrays import PRINTED, PROGRAM, Reading, challenge
from detente.packages.outcomes.issue import Contested
from detente.packages.outcomes.predictor import (
    INTERVAL,
    Later,
    Predictor,
    Record,
    Score,
    chances,
    fit,
    forecast,
)
from detente.packages.outcomes.predictor_arrays import quantile
from detente.packages.outcomes.scale_arrays import nash_point, weighted_mean, weighted_median

Array = NDArray[np.float64]

BASE = "weighted mean"
OWN = "predictor"
PART = "scale model alone"
FOLDS = 10
REPEATS = 5
RESAMPLES = 2000
CUTS = (1998, 1999)
TAILS = (0.1, 0.125, 0.15, 0.175, 0.2, 0.225, 0.25)


def _challenged(issue: Contested, reading: Reading) -> float:
    played = challenge(issue.positions(), issue.salience(), issue.capability(), reading)
    return played[-1].median


PLAIN: dict[str, Callable[[Contested], float]] = {
    BASE: lambda i: weighted_mean(i.positions(), i.salience() * i.capability()),
    "mean": lambda i: float(i.positions().mean()),
    "weighted median": lambda i: weighted_median(i.positions(), i.salience() * i.capability()),
    "Nash": lambda i: nash_point(i.positions(), i.salience() * i.capability(), i.no_deal),
    "challenge, as programmed": lambda i: _challenged(i, PROGRAM),
    "challenge, as printed": lambda i: _challenged(i, PRINTED),
    "always the middle": lambda i: 50.0,
}
"""The models that need no fitting: name to outcome on 0 to 100."""


def folds(issues: Sequence[Contested], seed: int) -> list[NDArray[np.bool_]]:
    """Part issues into ten, whole proposals together; True marks those held out."""
    groups = sorted({issue.group for issue in issues})
    shuffled = np.random.default_rng(seed).permutation(len(groups))
    part = {groups[place]: number % FOLDS for number, place in enumerate(shuffled)}
    held = np.array([part[issue.group] for issue in issues])
    return [held == number for number in range(FOLDS)]


def held_out(issues: Sequence[Contested], seed: int) -> tuple[Array, Array, Array]:
    """Forecast each issue with a predictor that was fitted without its proposal.

    Returns:
        the forecasts and those of the scale model alone, shape ``(issues,)``, and whether the
        interval held the outcome for each of `TAILS`, shape ``(tails, issues)``.
    """
    points, part_points = np.zeros(len(issues)), np.zeros(len(issues))
    inside = np.zeros((len(TAILS), len(issues)))
    for held in folds(issues, seed):
        model = fit([issue for issue, out in zip(issues, held, strict=True) if not out])
        places = np.flatnonzero(held)
        part = [issues[int(place)] for place in places]
        outcomes = np.array([issue.outcome for issue in part], dtype=float)
        part_points[places] = quantile(chances(model, part), 0.5)
        for row, tail in enumerate(TAILS):
            found = forecast(replace(model, tail=tail), part)
            points[places] = [said.point for said in found]
            low = np.array([said.low for said in found])
            high = np.array([said.high for said in found])
            inside[row, places] = (low <= outcomes) & (outcomes <= high)
    return points, part_points, inside


def _later(issues: Sequence[Contested], until: int) -> Later:
    """Fit on proposals up to a year and try the predictor on those after it."""
    before = [issue for issue in issues if issue.year is not None and issue.year <= until]
    after = [issue for issue in issues if issue.year is not None and issue.year > until]
    outcomes = np.array([issue.outcome for issue in after], dtype=float)
    said = np.array([found.point for found in forecast(fit(before), after)])
    base = np.array([PLAIN[BASE](issue) for issue in after])
    return Later(
        until,
        len(after),
        float(np.abs(said - outcomes).mean()),
        float(np.abs(base - outcomes).mean()),
    )


def _interval(values: Array, groups: Array, rng: np.random.Generator) -> tuple[float, float]:
    """Return the 95 % interval of a mean, resampling groups."""
    names, member = np.unique(groups, return_inverse=True)
    totals = np.bincount(member, weights=values)
    counts = np.bincount(member)
    drawn = rng.integers(0, len(names), size=(RESAMPLES, len(names)))
    means = totals[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def measure(issues: Sequence[Contested], source: str) -> tuple[Predictor, Record]:
    """Fit the predictor on all issues and measure every model on them.

    The predictor's error of an issue is the mean over five partitions of the proposals.
    """
    outcomes = np.array([issue.outcome for issue in issues], dtype=float)
    groups = np.array([issue.group for issue in issues])
    errors = {
        name: np.abs(np.array([model(issue) for issue in issues]) - outcomes)
        for name, model in PLAIN.items()
    }
    runs = [held_out(issues, seed) for seed in range(REPEATS)]
    errors[OWN] = np.mean([np.abs(points - outcomes) for points, _, _ in runs], axis=0)
    errors[PART] = np.mean([np.abs(points - outcomes) for _, points, _ in runs], axis=0)
    covered = np.mean([inside.mean(axis=1) for _, _, inside in runs], axis=0)
    enough = max((row for row in range(len(TAILS)) if covered[row] >= INTERVAL), default=0)
    scores = []
    for name, error in errors.items():
        rng = np.random.default_rng(0)  # the same draws of proposals for each model
        low, high = _interval(error, groups, rng)
        rng = np.random.default_rng(0)
        gain_low, gain_high = _interval(errors[BASE] - error, groups, rng)
        scores.append(
            Score(
                name,
                float(error.mean()),
                low,
                high,
                float((errors[BASE] - error).mean()),
                gain_low,
                gain_high,
            )
        )
    scores.sort(key=lambda score: (score.error, score.model))
    record = Record(
        source,
        len(issues),
        len(set(groups)),
        tuple(scores),
        float(covered[enough]),
        tuple(_later(issues, year) for year in CUTS),
    )
    return fit(issues, TAILS[enough]), record
