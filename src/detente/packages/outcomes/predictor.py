"""Forecast a contested issue with the fitted predictor, beside the plain models and their record.

The few fitted coefficients and the measured record of every model stand in ``fitted.json``, written
by ``python -m bench.outcomes --write`` from the raw data and by nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.packages.outcomes import predictor_arrays as arrays
from detente.packages.outcomes.issue import Contested

Array = NDArray[np.float64]
INTERVAL = 0.8  # share of outcomes that the stated interval is meant to hold
RARE = 20  # a party seen on fewer issues than this gets the influence of all


@dataclass(frozen=True)
class Predictor:
    """Both fitted models.

    Attributes:
        scale: the six coefficients of the scale model.
        influence: influence of each known party; one that is not known has 1.
        bend: exponent of salience.
        stretch: how far the influence model's outcome leans out from the middle.
        tail: share of the scale model's distribution that the interval leaves out at each end, set
            so that four held-out outcomes in five fall inside.
    """

    scale: tuple[float, ...]
    influence: Mapping[str, float]
    bend: float
    stretch: float
    tail: float = 0.1


@dataclass(frozen=True)
class Forecast:
    """Where an issue would settle, on its own scale.

    Attributes:
        point: the forecast of least expected error.
        low, high: an interval meant to hold four outcomes in five.
    """

    point: float
    low: float
    high: float


@dataclass(frozen=True)
class Score:
    """A model's record on real negotiations, each issue forecast from the other proposals only.

    Attributes:
        model: its name.
        error: mean absolute error, in points of a scale of 100.
        low, high: 95 % interval of the error, resampling proposals.
        gain: how much smaller its error is than the weighted mean's.
        gain_low, gain_high: 95 % interval of the gain.
    """

    model: str
    error: float
    low: float
    high: float
    gain: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True)
class Later:
    """A test forwards in time: fitted up to a year, tried on the issues after it.

    Attributes:
        until: last year of the proposals that the predictor was fitted on.
        issues: how many it was tried on.
        error, base: mean absolute error of the predictor and of the weighted mean on them.
    """

    until: int
    issues: int
    error: float
    base: float


@dataclass(frozen=True)
class Record:
    """The measured record.

    Attributes:
        source: the negotiations it rests on.
        issues, proposals: how many.
        scores: a score a model, best first.
        covered: share of held-out outcomes inside the predictor's interval.
        later: the tests forwards in time.
    """

    source: str
    issues: int
    proposals: int
    scores: tuple[Score, ...]
    covered: float
    later: tuple[Later, ...]


def _table(issues: Sequence[Contested]) -> Array:
    return np.array([arrays.features(issue.positions(), issue.salience()) for issue in issues])


def _matrix(
    issues: Sequence[Contested], parties: Sequence[str]
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Spread issues over a common list of parties; the last column gathers nobody."""
    place = {party: k for k, party in enumerate(parties)}
    shape = (len(issues), len(parties))
    positions, salience = np.zeros(shape), np.zeros(shape)
    known = np.zeros(shape, dtype=bool)
    for row, issue in enumerate(issues):
        for stance, position in zip(issue.stances, issue.positions(), strict=True):
            column = place[stance.party]
            positions[row, column] = position
            salience[row, column] = stance.salience
            known[row, column] = True
    return positions, salience, known


def _parties(issues: Iterable[Contested]) -> list[str]:
    return sorted({stance.party for issue in issues for stance in issue.stances})


def fit(issues: Sequence[Contested], tail: float = 0.1) -> Predictor:
    """Fit both models on issues whose outcome is known."""
    outcomes = np.array([_percent(issue, issue.outcome) for issue in issues])
    parties = _parties(issues)
    positions, salience, known = _matrix(issues, parties)
    often = known.sum(axis=0) >= RARE
    theta = np.zeros(len(parties))
    if often.any():
        rest = known & ~often[None, :]
        # The rarely seen share one more column, so that their weight is not lost.
        merged = known[:, often], positions[:, often], salience[:, often]
        has = rest.any(axis=1, keepdims=True)
        count = np.maximum(rest.sum(axis=1, keepdims=True), 1)
        mean = (positions * rest).sum(axis=1, keepdims=True) / count
        weight = (salience * rest).sum(axis=1, keepdims=True)
        fitted, bend, stretch = arrays.fit_influence(
            np.hstack([merged[1], mean]),
            np.hstack([merged[2], weight]),
            np.hstack([merged[0], has]),
            outcomes,
        )
        theta[often] = fitted[:-1]
    else:
        _, bend, stretch = arrays.fit_influence(positions, salience, known, outcomes, ridge=1e6)
    scale = arrays.fit_scale(_table(issues), arrays.on_grid(outcomes))
    return Predictor(
        tuple(float(value) for value in scale),
        {party: float(np.exp(value)) for party, value in zip(parties, theta, strict=True) if value},
        bend,
        stretch,
        tail,
    )


def _percent(issue: Contested, value: float | None) -> float:
    assert value is not None, f"issue {issue.code} has no outcome"
    return (value - issue.low) / (issue.high - issue.low) * 100.0


def chances(predictor: Predictor, issues: Sequence[Contested]) -> Array:
    """Return the scale model's chance of each grid point, shape ``(issues, 21)``."""
    return arrays.distribution(_table(issues), np.array(predictor.scale))


def forecast(predictor: Predictor, issues: Sequence[Contested]) -> list[Forecast]:
    """Forecast each issue: halfway between the scale model's median and the influence model."""
    if not issues:
        return []
    spread = chances(predictor, issues)
    parties = _parties(issues)
    positions, salience, known = _matrix(issues, parties)
    theta = np.log([predictor.influence.get(party, 1.0) for party in parties])
    pulled = arrays.influence_mean(
        positions, salience, known, theta, predictor.bend, predictor.stretch
    )
    points = (arrays.quantile(spread, 0.5) + pulled) / 2.0
    low = np.minimum(arrays.quantile(spread, predictor.tail), points)
    high = np.maximum(arrays.quantile(spread, 1.0 - predictor.tail), points)
    return [
        Forecast(
            issue.on_scale(float(p)),
            issue.on_scale(float(a)),
            issue.on_scale(float(b)),
        )
        for issue, p, a, b in zip(issues, points, low, high, strict=True)
    ]


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def dump(predictor: Predictor, record: Record) -> str:
    """Return the text of ``fitted.json``."""
    data = {"predictor": asdict(predictor), "record": asdict(record)}
    return json.dumps(_rounded(data), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


@cache
def shipped() -> tuple[Predictor, Record]:
    """Return the predictor and the record that ship with the program."""
    text = (resources.files(__package__) / "fitted.json").read_text(encoding="utf-8")
    data = json.loads(text)
    predictor = data["predictor"]
    record = data["record"]
    return (
        Predictor(**{**predictor, "scale": tuple(predictor["scale"])}),
        Record(
            **{
                **record,
                "scores": tuple(Score(**score) for score in record["scores"]),
                "later": tuple(Later(**test) for test in record["later"]),
            }
        ),
    )
