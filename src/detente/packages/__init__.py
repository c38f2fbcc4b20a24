"""Packages: the deals that every party prefers to no deal.

`analyse` says what a sheet has to say; `steps` orders an agreement, `improvements` betters a text.
`detente.packages.formats` reads and writes sheets, `detente.packages.outcomes` forecasts a single
contested issue, `detente.packages.core` is the arithmetic.
"""

from detente.packages.analysis import analyse, improvements, steps
from detente.packages.findings import Analysis, Package
from detente.packages.known import draw, problem_of
from detente.packages.reading import read_sheet
from detente.packages.record import Support, start_from_record
from detente.packages.sheet import Sheet

__all__ = [
    "Analysis",
    "Package",
    "Sheet",
    "Support",
    "analyse",
    "draw",
    "improvements",
    "problem_of",
    "read_sheet",
    "start_from_record",
    "steps",
]
