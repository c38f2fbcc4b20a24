"""A single contested issue: who wants what on a scale, and how much it matters to each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Stance:
    """One party on one issue.

    Attributes:
        party: its code.
        position: the point it wants, on the issue's scale.
        salience: how much the issue matters to it, from 0 to 1.
        capability: how much it can bring to bear, or None where nobody knows.
    """

    party: str
    position: float
    salience: float
    capability: float | None = None


@dataclass(frozen=True)
class Contested:
    """An issue on a scale.

    Attributes:
        code: what it is called.
        stances: of the parties whose position is known, in a fixed order.
        no_deal: the point that holds without a deal, or None where there is none.
        outcome: what was agreed, or None where it is not known or lies ahead.
        group: issues that were settled together; they are held out together when models are tried.
        year: when it was proposed, or None.
        low, high: the ends of the scale.
    """

    code: str
    stances: tuple[Stance, ...]
    no_deal: float | None = None
    outcome: float | None = None
    group: str = ""
    year: int | None = None
    low: float = 0.0
    high: float = 100.0

    def positions(self) -> Array:
        """Return each party's position as a share of the scale times 100."""
        raw = np.array([stance.position for stance in self.stances], dtype=float)
        return np.asarray((raw - self.low) / (self.high - self.low) * 100.0)

    def salience(self) -> Array:
        """Return each party's salience, from 0 to 1."""
        return np.array([stance.salience for stance in self.stances], dtype=float)

    def capability(self) -> Array:
        """Return each party's capability; alike for all where any is unknown."""
        known = [stance.capability for stance in self.stances]
        if any(value is None for value in known):
            return np.ones(len(known))
        return np.array(known, dtype=float)

    def on_scale(self, percent: float) -> float:
        """Turn a point of 0 to 100 into a point of the issue's own scale."""
        return self.low + percent / 100.0 * (self.high - self.low)
