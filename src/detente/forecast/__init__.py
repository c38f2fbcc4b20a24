"""How states would vote on a text, with a track record."""

from detente.forecast.asking import Answer, Forecaster, Question, open_forecaster
from detente.forecast.forecasting import Forecast, forecast

__all__ = ["Answer", "Forecast", "Forecaster", "Question", "forecast", "open_forecaster"]
