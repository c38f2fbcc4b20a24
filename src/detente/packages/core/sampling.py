"""Drawing profiles of utilities from what is only partly known; every draw from a fixed seed.

A profile is one full set of values. Weights that are unknown are uniform on the simplex; weights of
which only the order is known are uniform on the simplex in that order; scores known by an interval
are uniform in it; scores known by rank are uniform in that order between 0 and 1 (Lahdelma &
Salminen 2001, stochastic multicriteria acceptability analysis).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.packages.core.problem import Flags, Floats, Ints, Problem


@dataclass(frozen=True)
class Profiles:
    """Sampled utilities.

    Attributes:
        utilities: one array an issue, (n_samples, n_parties, n_options).
        reservation: (n_samples, n_parties).
        ruled_out: one array an issue, (n_samples, n_parties, n_options): True where the party rules
            the option out in that profile. Empty where red lines are none but the problem's own,
            which hold in every profile.
    """

    utilities: tuple[Floats, ...]
    reservation: Floats
    ruled_out: tuple[Flags, ...] = ()

    @property
    def n_samples(self) -> int:
        """Return the number of profiles."""
        return len(self.reservation)

    def one(self, sample: int, problem: Problem) -> Problem:
        """Return the problem with the values of one profile."""
        lines = problem.red_lines
        if self.ruled_out:
            drawn = tuple(table[sample] for table in self.ruled_out)
            lines = tuple(a | b for a, b in zip(lines, drawn, strict=True)) if lines else drawn
        return replace(
            problem,
            utilities=tuple(table[sample] for table in self.utilities),
            reservation=self.reservation[sample],
            red_lines=lines,
        )

    def first(self, n_samples: int) -> Profiles:
        """Return the first of the profiles."""
        return Profiles(
            tuple(table[:n_samples] for table in self.utilities),
            self.reservation[:n_samples],
            tuple(table[:n_samples] for table in self.ruled_out),
        )


def simplex(rng: np.random.Generator, n_samples: int, n: int) -> Floats:
    """Return weights uniform on the simplex: (n_samples, n), rows that sum to one."""
    drawn: Floats = rng.dirichlet(np.ones(n), n_samples)
    return drawn


def ordered_simplex(rng: np.random.Generator, n_samples: int, ranks: Ints) -> Floats:
    """Return weights uniform among those in a given order: (n_samples, n).

    Args:
        rng: source of the draws.
        n_samples: how many.
        ranks: (n,) 1 for the greatest weight; equal ranks are in no order among themselves.
    """
    drawn = -np.sort(-simplex(rng, n_samples, len(ranks)), axis=1)
    # Ties share their places at random, the same for all rows of one draw.
    places = np.lexsort((rng.random((n_samples, len(ranks))), np.tile(ranks, (n_samples, 1))))
    weights = np.empty_like(drawn)
    np.put_along_axis(weights, places, drawn, axis=1)
    return weights


def intervals(rng: np.random.Generator, n_samples: int, low: Floats, high: Floats) -> Floats:
    """Return values uniform in their intervals: (n_samples, *low.shape)."""
    drawn: Floats = rng.uniform(low, high, (n_samples, *low.shape))
    return drawn


def red_lines(rng: np.random.Generator, n_samples: int, chance: Floats) -> Flags:
    """Return red lines, each drawn by itself: (n_samples, *chance.shape).

    Args:
        rng: source of the draws.
        n_samples: how many.
        chance: chance that an option is ruled out, 0 to 1.
    """
    drawn: Flags = rng.random((n_samples, *chance.shape)) < chance
    return drawn


def ranked(rng: np.random.Generator, n_samples: int, ranks: Ints) -> Floats:
    """Return scores in a given order, best 1 and worst 0, the rest uniform between: (n_samples, n).

    Args:
        rng: source of the draws.
        n_samples: how many.
        ranks: (n,) 1 for the best option; equal ranks get equal scores.
    """
    levels = np.unique(ranks)
    scores = np.zeros((n_samples, len(levels)))
    scores[:, 0] = 1.0
    if len(levels) > 2:
        inner = -np.sort(-rng.random((n_samples, len(levels) - 2)), axis=1)
        scores[:, 1:-1] = inner
    return scores[:, np.searchsorted(levels, ranks)]
