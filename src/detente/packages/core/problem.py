"""A negotiation as arrays: issues with options, what each is worth to each party, and what binds.

A package names one option an issue, as a vector of option indices. Values are on any scale; only a
party's own differences matter, and its reservation value is on its own scale. Nothing here knows of
files, states or texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

TOLERANCE = 1e-9
"""Differences of value below this are none: sums of decimal scores differ in their last digits."""


@dataclass(frozen=True)
class Interaction:
    """What two issues are worth together beyond their own worth.

    Attributes:
        a, b: indices of the issues, a < b.
        values: (n_parties, n_options_a, n_options_b), added to a package's value.
    """

    a: int
    b: int
    values: Floats


@dataclass(frozen=True)
class Forbidden:
    """Option ``i`` of issue ``a`` cannot stand beside option ``j`` of issue ``b``."""

    a: int
    i: int
    b: int
    j: int


@dataclass(frozen=True)
class Requires:
    """Option ``j`` of issue ``b`` can stand only if issue ``a`` takes one of ``allowed``."""

    b: int
    j: int
    a: int
    allowed: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """Issues, options, utilities, red lines and conditions.

    Attributes:
        utilities: one array an issue, (n_parties, n_options): what the option adds to each party's
            value, weights included.
        reservation: (n_parties,) value of no deal to each party.
        red_lines: one array an issue, (n_parties, n_options): True where the party rules the
            option out. Empty means none.
        interactions, forbidden, requires: see their classes.
    """

    utilities: tuple[Floats, ...]
    reservation: Floats
    red_lines: tuple[Flags, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    requires: tuple[Requires, ...] = ()

    @property
    def n_parties(self) -> int:
        """Return the number of parties."""
        return len(self.reservation)

    @property
    def n_issues(self) -> int:
        """Return the number of issues."""
        return len(self.utilities)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the number of options of each issue."""
        return tuple(table.shape[1] for table in self.utilities)

    @property
    def n_packages(self) -> int:
        """Return the number of packages, conditions aside."""
        return prod(self.sizes)

    @cached_property
    def ruled_out(self) -> tuple[Flags, ...]:
        """Return for each issue which options any party rules out: one red line is a veto."""
        if not self.red_lines:
            return tuple(np.zeros(size, np.bool_) for size in self.sizes)
        return tuple(np.asarray(lines.any(axis=0)) for lines in self.red_lines)

    def values(self, packages: Ints) -> Floats:
        """Return what packages are worth: (n_packages, n_issues) -> (n_packages, n_parties)."""
        total = np.zeros((len(packages), self.n_parties))
        for issue, table in enumerate(self.utilities):
            total += table[:, packages[:, issue]].T
        for pair in self.interactions:
            total += pair.values[:, packages[:, pair.a], packages[:, pair.b]].T
        return total

    def possible(self, packages: Ints) -> Flags:
        """Return which packages meet the conditions, red lines aside."""
        fine = np.ones(len(packages), np.bool_)
        for bar in self.forbidden:
            fine &= ~((packages[:, bar.a] == bar.i) & (packages[:, bar.b] == bar.j))
        for need in self.requires:
            met = np.isin(packages[:, need.a], need.allowed)
            fine &= (packages[:, need.b] != need.j) | met
        return fine

    def permitted(self, packages: Ints) -> Flags:
        """Return which packages meet the conditions and cross no red line."""
        fine = self.possible(packages)
        for issue, out in enumerate(self.ruled_out):
            fine &= ~out[packages[:, issue]]
        return fine

    def acceptable(self, packages: Ints) -> Flags:
        """Return which packages are permitted and worth no less than no deal to every party."""
        fine = self.permitted(packages)
        fine &= np.all(self.values(packages) >= self.reservation - TOLERANCE, axis=1)
        return fine


def all_packages(sizes: tuple[int, ...]) -> Ints:
    """Return every package in lexicographic order: (prod(sizes), n_issues)."""
    if not sizes:
        return np.zeros((1, 0), np.int64)
    return np.stack(np.unravel_index(np.arange(prod(sizes)), sizes), axis=1).astype(np.int64)
