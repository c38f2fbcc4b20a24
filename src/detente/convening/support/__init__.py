"""Who would support a meeting: probabilities, odds of a threshold, whom to persuade.

`support` gives every member state's probabilities and simulated outcomes, `odds` the probability of
a threshold over them, `with_reports` the same after an ambassador's report, `persuade` whom to win
and who can block; `acceptance`, `at_level` and `all_accept` are for a forum by consent.
docs/methods/support.md has the formulas and what was measured.
"""

from detente.convening.support.acceptance import Acceptance, AllAccept, acceptance, all_accept
from detente.convening.support.levels import Levels, at_level, levels
from detente.convening.support.model import Support, support, with_reports
from detente.convening.support.odds import Needs, Odds, odds
from detente.convening.support.persuade import Persuasion, ShortList, persuade

__all__ = [
    "Acceptance",
    "AllAccept",
    "Levels",
    "Needs",
    "Odds",
    "Persuasion",
    "ShortList",
    "Support",
    "acceptance",
    "all_accept",
    "at_level",
    "levels",
    "odds",
    "persuade",
    "support",
    "with_reports",
]
