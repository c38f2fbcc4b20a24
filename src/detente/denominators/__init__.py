"""Common denominators: what all parties accept, what nobody objects to, who is one short.

`denominators` reads the record of a case and gives every topic a tier, a chance and its evidence;
`agenda` orders what it found. The rules of the tiers are a truth table in `tiers_arrays`.
"""

from detente.denominators.agenda import Agenda, agenda
from detente.denominators.evidence import Evidence
from detente.denominators.finding import Denominator, Denominators, denominators
from detente.denominators.tiers_arrays import Stance, Tier

__all__ = [
    "Agenda",
    "Denominator",
    "Denominators",
    "Evidence",
    "Stance",
    "Tier",
    "agenda",
    "denominators",
]
