"""Who would support a meeting: probabilities, odds of a threshold, whom to persuade."""

from detente.convening.support.model import Support, support
from detente.convening.support.odds import Odds, odds

__all__ = ["Odds", "Support", "odds", "support"]
