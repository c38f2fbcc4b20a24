"""A sheet at work: its arrays, and the way back from indices to codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.packages.core import blocking as block
from detente.packages.core.problem import Ints
from detente.packages.core.robustness import acceptability
from detente.packages.core.sampling import Profiles
from detente.packages.findings import Demand, Package
from detente.packages.known import draw, problem_of
from detente.packages.sheet import Sheet

Z = 1.959963984540054


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of ``n`` draws (Wilson 1927)."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


class Work:
    """A sheet with its arrays, and the way back from indices to codes.

    Attributes:
        sheet, problem, profiles, draws: what it rests on.
        party, issue, option: codes by index; ``option`` one tuple an issue.
    """

    def __init__(self, sheet: Sheet, draws: int) -> None:
        self.sheet = sheet
        self.problem = problem_of(sheet)
        self.profiles: Profiles = draw(sheet, draws)
        self.draws = draws
        self.party = [party.code for party in sheet.parties]
        self.issue = [issue.code for issue in sheet.issues]
        self.option = [issue.codes for issue in sheet.issues]

    def packages(self, rows: Ints) -> tuple[Package, ...]:
        """Return packages with their gains and chances, from option indices (n, n_issues)."""
        if not len(rows):
            return ()
        gains = self.problem.values(rows) - self.problem.reservation
        told = acceptability(self.problem, self.profiles, rows)
        found = []
        for row, gain, share, each in zip(rows, gains, told.all_accept, told.by_party, strict=True):
            low, high = wilson(float(share), self.draws)
            found.append(
                Package(
                    tuple(self.option[k][int(o)] for k, o in enumerate(row)),
                    tuple(float(round(g, 9)) for g in gain),
                    float(share),
                    low,
                    high,
                    tuple(float(s) for s in each),
                )
            )
        return tuple(found)

    def row(self, options: Sequence[str]) -> Ints:
        """Return option indices from option codes."""
        return np.array(
            [codes.index(code) for codes, code in zip(self.option, options, strict=True)], np.int64
        )

    def demand(self, one: block.Demand) -> Demand:
        """Return a demand with codes."""
        if not one.red_line:
            return Demand(self.party[one.party])
        return Demand(
            self.party[one.party], self.issue[one.issue], self.option[one.issue][one.option]
        )

    def stays(self) -> Ints:
        """Return the option that stands where an issue is left out: what holds without a deal where
        parties told it, else the first option of the issue."""
        out = np.zeros(len(self.issue), np.int64)
        for k, code in enumerate(self.issue):
            told = [deal.outcome[code] for deal in self.sheet.no_deals if deal.outcome]
            if told and len(set(told)) == 1:
                out[k] = self.option[k].index(told[0])
        return out
