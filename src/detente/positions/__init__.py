"""Where states stand over time, how alike they vote, and how united a bloc is.

`fit_positions` estimates one ideal point a state and session from the roll calls of the General
Assembly; `trend`, `distance` and `spread` read it for parties. `agreement` says how alike parties
vote beyond chance, `cohesion` how united a bloc votes and on which texts it has a position at all.
docs/positions.md is for users, docs/methods/ has the formulas.
"""

from detente.positions.agreement import agreement
from detente.positions.changes import distance, spread, trend
from detente.positions.cohesion import cohesion
from detente.positions.model import Positions, fit_positions

__all__ = [
    "Positions",
    "agreement",
    "cohesion",
    "distance",
    "fit_positions",
    "spread",
    "trend",
]
