"""How sure is it: acceptability of packages over sampled utilities, and what to ask next.

For a package x and profiles s = 1..S: the chance that all accept is the share of profiles in which
every party's value is no less than its reservation value; SMAA's acceptability indices are shares
of the same kind (Lahdelma & Salminen 2001). A share of S profiles has a standard error of at most
0.5 / sqrt(S).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.packages.core.pareto_arrays import undominated
from detente.packages.core.problem import TOLERANCE, Flags, Floats, Ints, Problem, all_packages
from detente.packages.core.sampling import Profiles

LISTED = 5_000_000
"""Most packages that are screened one by one."""

MISSED = 1e-6
"""Chance that screening on part of the profiles drops a package that belongs to the best."""

CHUNK = 1 << 14

WHOLE_GRID = 768
"""Profiles on which the whole grid of packages is screened at once, before any is dropped."""

Singles = NDArray[np.float32]


@dataclass(frozen=True)
class Acceptability:
    """Shares of the profiles, one row a package.

    Attributes:
        packages: (n, n_issues).
        all_accept: (n,) every party is no worse off than with no deal.
        by_party: (n, n_parties) the party is.
        undominated: (n,) all accept and no other of these packages dominates it; NaN where not
            asked for.
        accepted: (n, n_samples) in which profiles all accept.
    """

    packages: Ints
    all_accept: Floats
    by_party: Floats
    undominated: Floats
    accepted: Flags


def _values(problem: Problem, profiles: Profiles, packages: Ints, samples: slice) -> Singles:
    """Return values as float32: (n_samples, n_parties, n_packages)."""
    some = profiles.reservation[samples]
    total = np.zeros((len(some), problem.n_parties, len(packages)), np.float32)
    for issue, table in enumerate(profiles.utilities):
        total += table[samples].astype(np.float32)[:, :, packages[:, issue]]
    for pair in problem.interactions:
        total += pair.values[:, packages[:, pair.a], packages[:, pair.b]].astype(np.float32)
    return total


def acceptability(
    problem: Problem, profiles: Profiles, packages: Ints, dominance: bool = False
) -> Acceptability:
    """Return how often packages are accepted over the profiles.

    Args:
        problem: whose conditions and interactions hold.
        profiles: sampled values.
        packages: (n, n_issues) to be judged; those not permitted are accepted in no profile.
        dominance: also how often each is accepted and undominated among these packages.
    """
    n, permitted = len(packages), problem.permitted(packages)
    accepted = np.zeros((n, profiles.n_samples), np.bool_)
    by_party = np.zeros((n, problem.n_parties))
    best = np.zeros(n)
    step = max(1, 4_000_000 // max(1, n * problem.n_parties))
    for start in range(0, profiles.n_samples, step):
        samples = slice(start, start + step)
        values = _values(problem, profiles, packages, samples)
        enough = values >= (profiles.reservation[samples] - 1e-6).astype(np.float32)[:, :, None]
        by_party += enough.sum(axis=0).T
        accepted[:, samples] = (enough.all(axis=1) & permitted).T
        if dominance:
            for row, own in enumerate(values):
                good = undominated(own.T.astype(np.float64))
                best += good & accepted[:, start + row]
    size = profiles.n_samples
    return Acceptability(
        packages,
        accepted.mean(axis=1),
        by_party / size,
        best / size if dominance else np.full(n, np.nan),
        accepted,
    )


def _screen(problem: Problem, profiles: Profiles, packages: Ints, samples: slice) -> Ints:
    """Return in how many of the profiles all accept each package, by one product a party."""
    counts = np.zeros(len(packages), np.int64)
    tables = [table[samples].astype(np.float32) for table in profiles.utilities]
    least = (profiles.reservation[samples] - 1e-6).astype(np.float32)
    for start in range(0, len(packages), CHUNK):
        own = packages[start : start + CHUNK]
        fine = np.ones((len(least), len(own)), np.bool_)
        for party in range(problem.n_parties):
            total = np.zeros((len(least), len(own)), np.float32)
            for issue, table in enumerate(tables):
                total += table[:, party][:, own[:, issue]]
            for pair in problem.interactions:
                total += pair.values[party][own[:, pair.a], own[:, pair.b]].astype(np.float32)
            fine &= total >= least[:, party][:, None]
        counts[start : start + CHUNK] = fine.sum(axis=0)
    return counts


def _joint(tables: list[Singles], party: int, row: int) -> Singles:
    """Return the sums of the options of some issues, in lexicographic order of the options."""
    total = np.zeros(1, np.float32)
    for table in tables:
        total = (total[:, None] + table[row, party][None, :]).reshape(-1)
    return total


def _screen_all(problem: Problem, profiles: Profiles, samples: slice) -> Ints:
    """Return in how many of the profiles all accept each package of the whole grid.

    The issues are parted in two halves: a package's value is one entry of the outer sum of the two
    halves' values, so a profile costs one addition a package and party, whatever the issues.
    """
    half = problem.n_issues // 2
    tables = [table[samples].astype(np.float32) for table in profiles.utilities]
    least = (profiles.reservation[samples] - 1e-6).astype(np.float32)
    first, second = tables[:half], tables[half:]
    rows, columns = int(np.prod(problem.sizes[:half])), int(np.prod(problem.sizes[half:]))
    counts = np.zeros((rows, columns), np.int64)
    for row in range(len(least)):
        fine: Flags | None = None
        for party in range(problem.n_parties):
            needed = least[row, party] - _joint(first, party, row)
            enough = _joint(second, party, row)[None, :] >= needed[:, None]
            fine = enough if fine is None else fine & enough
        if fine is not None:
            counts += fine
    return counts.reshape(-1)


def most_acceptable(
    problem: Problem,
    profiles: Profiles,
    most: int = 100,
    progress: Callable[[int, int], None] | None = None,
) -> Acceptability:
    """Return the packages most likely to be accepted by all, most likely first.

    Packages are screened on growing parts of the profiles. After m profiles, one whose share lies
    more than 2 e below that of the ``most``-th best is dropped, with e from Hoeffding's inequality
    and a union over all packages, so that the chance of dropping one that belongs to the best is at
    most `MISSED`. The shares of those returned rest on all profiles.

    Raises:
        ValueError: there are more than `LISTED` packages.
    """
    if problem.n_packages > LISTED:
        raise ValueError(f"{problem.n_packages:,} packages are too many to screen one by one")
    packages = all_packages(problem.sizes)
    total = profiles.n_samples
    counts = np.zeros(len(packages), np.int64)
    seen = 0
    if not problem.interactions and len(packages) > most:
        seen = min(total, WHOLE_GRID)
        counts = _screen_all(problem, profiles, slice(0, seen))
    permitted = problem.permitted(packages)
    packages, counts = packages[permitted], counts[permitted]
    step = 64
    while len(packages) > most:
        if seen:
            share = counts / seen
            e = np.sqrt(np.log(2 * max(2, problem.n_packages) / MISSED) / (2 * seen))
            bar = np.partition(share, len(share) - most)[len(share) - most]
            keep = share >= bar - (2 * e if seen < total else 0.0)
            packages, counts = packages[keep], counts[keep]
        if seen >= total:
            break
        samples = slice(seen, min(total, seen + step))
        counts += _screen(problem, profiles, packages, samples)
        seen = samples.stop
        step = min(2 * seen, 1024)
        if progress is not None:
            progress(seen, total)
    found = acceptability(problem, profiles, packages)
    order = np.argsort(-found.all_accept, kind="stable")[:most]
    return Acceptability(
        found.packages[order],
        found.all_accept[order],
        found.by_party[order],
        found.undominated[order],
        found.accepted[order],
    )


@dataclass(frozen=True)
class Question:
    """What to ask one party about one issue, and what knowing the answer would be worth.

    Attributes:
        party, issue: whom, about what; issue -1 asks what no deal is worth to it.
        kind: ``importance`` (how much the issue matters to it), ``favourite`` (which option it
            likes best), or ``no deal``.
        worth: expected rise of the chance that the package then chosen is accepted by all.
        switch: chance that another package would then be chosen.
    """

    party: int
    issue: int
    kind: str
    worth: float
    switch: float


GROUPS = 3
"""An answer is taken to tell low, middle or high."""


def _thirds(values: Floats) -> Ints:
    edges = np.quantile(values, [1 / 3, 2 / 3])
    third: Ints = np.searchsorted(edges, values, side="left").astype(np.int64)
    return third


def next_questions(found: Acceptability, profiles: Profiles) -> tuple[Question, ...]:
    """Return the questions in order of what their answers are worth.

    The expected value of the answer (Howard 1966): profiles are parted by the answer; in each part
    the package accepted most often is chosen; the mean of its shares, less the share of the package
    chosen now, is what the answer is worth. Never negative.
    """
    accepted = found.accepted.astype(np.float64)
    now = accepted.mean(axis=1)
    chosen, size = int(np.argmax(now)), accepted.shape[1]
    questions = []

    def ask(party: int, issue: int, kind: str, answer: Ints) -> None:
        worth, switch = 0.0, 0.0
        for group in np.unique(answer):
            own = answer == group
            sums = accepted[:, own].sum(axis=1)
            best = int(np.argmax(sums))
            worth += float(sums[best] - sums[chosen]) / size
            if sums[best] > sums[chosen] + TOLERANCE:
                switch += float(own.sum()) / size
        questions.append(Question(party, issue, kind, max(0.0, worth), switch))

    for party in range(found.by_party.shape[1]):
        if np.ptp(profiles.reservation[:, party]) > TOLERANCE:
            ask(party, -1, "no deal", _thirds(profiles.reservation[:, party]))
        for issue, table in enumerate(profiles.utilities):
            own = table[:, party]
            spread = np.ptp(own, axis=1)
            if np.ptp(spread) > TOLERANCE:
                ask(party, issue, "importance", _thirds(spread))
            favourite = np.argmax(own, axis=1).astype(np.int64)
            if len(np.unique(favourite)) > 1:
                ask(party, issue, "favourite", favourite)
    questions.sort(key=lambda q: (-round(q.worth, 9), q.party, q.issue, q.kind))
    return tuple(questions)
