"""How tense it is between states: series, one index a pair, and what the past says beside it.

`tension` reads the archive's series (and those of a user) into one level a pair, with intervals, as
of a day; docs/tension.md is for users, docs/methods/tension.md has the model and what it is worth.
"""

from detente.tension.finding import PairTension, Tension, tension

__all__ = ["PairTension", "Tension", "tension"]
