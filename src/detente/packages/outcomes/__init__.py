"""Where a single contested issue on a scale would settle: plain models, and a fitted predictor."""

from detente.packages.outcomes.challenge_arrays import (
    PRINTED,
    PROGRAM,
    Reading,
    Round,
    challenge,
    readings,
)
from detente.packages.outcomes.issue import Contested, Stance
from detente.packages.outcomes.predictor import Forecast, Predictor, Record, forecast, shipped
from detente.packages.outcomes.scale_arrays import nash_point, weighted_mean, weighted_median

__all__ = [
    "PRINTED",
    "PROGRAM",
    "Contested",
    "Forecast",
    "Predictor",
    "Reading",
    "Record",
    "Round",
    "Stance",
    "challenge",
    "forecast",
    "nash_point",
    "readings",
    "shipped",
    "weighted_mean",
    "weighted_median",
]
