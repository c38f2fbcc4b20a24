"""How sure is it: acceptability of packages over sampled utilities, and what to ask next.

For a package x and profiles s = 1..S: the chance that all accept is the share of profiles in which
every party's value is no less than its reservation value; SMAA's acceptability indices are shares
of the same kind (Lahdelma & Salminen 2001). A share of S profiles has a standard error of at most
0.5 / sqrt(S).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.packages.core.interruption import Interrupted
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
        margin: no package left out has a share above the last one's by more than this, but with
            the chance `MISSED`; 0 where all packages asked for are there, or were counted in full.
    """

    packages: Ints
    all_accept: Floats
    by_party: Floats
    undominated: Floats
    accepted: Flags
    margin: float = 0.0


def _values(problem: Problem, profiles: Profiles, packages: Ints, samples: slice) -> Singles:
    """Return values as float32: (n_samples, n_parties, n_packages)."""
    some = profiles.reservation[samples]
    total = np.zeros((len(some), problem.n_parties, len(packages)), np.float32)
    for issue, table in enumerate(profiles.utilities):
        total += table[samples].astype(np.float32)[:, :, packages[:, issue]]
    for pair in problem.interactions:
        total += pair.values[:, packages[:, pair.a], packages[:, pair.b]].astype(np.float32)
    return total


def _crossed(profiles: Profiles, packages: Ints, samples: slice) -> Flags | None:
    """Return whose drawn red lines packages cross: (n_samples, n_parties, n_packages), or None."""
    if not profiles.ruled_out:
        return None
    crossed = np.zeros(
        (len(profiles.reservation[samples]), profiles.reservation.shape[1], len(packages)), np.bool_
    )
    for issue, table in enumerate(profiles.ruled_out):
        crossed |= table[samples][:, :, packages[:, issue]]
    return crossed


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
        crossed = _crossed(profiles, packages, samples)
        if crossed is not None:
            enough &= ~crossed
        by_party += enough.sum(axis=0).T
        accepted[:, samples] = (enough.all(axis=1) & permitted).T
        if dominance:
            for row, own in enumerate(values):
                # What is ruled out in a profile is no package there, and dominates nothing.
                there = permitted.copy()
                if crossed is not None:
                    there &= ~crossed[row].any(axis=0)
                rows = np.flatnonzero(there)
                good = rows[undominated(own.T[rows].astype(np.float64))]
                best[good] += accepted[good, start + row]
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
        for issue, lines in enumerate(profiles.ruled_out):
            fine &= ~np.asarray(lines[samples].any(axis=1))[:, own[:, issue]]
        counts[start : start + CHUNK] = fine.sum(axis=0)
    return counts


def _joint(tables: list[Singles], party: int, row: int) -> Singles:
    """Return the sums of the options of some issues, in lexicographic order of the options."""
    total = np.zeros(1, np.float32)
    for table in tables:
        total = (total[:, None] + table[row, party][None, :]).reshape(-1)
    return total


def _closed(vetoes: list[Flags]) -> Flags:
    """Return which joint options of some issues hold a ruled-out option, in lexicographic order."""
    closed = np.zeros(1, np.bool_)
    for veto in vetoes:
        closed = (closed[:, None] | veto[None, :]).reshape(-1)
    return closed


def _screen_all(problem: Problem, profiles: Profiles, samples: slice) -> Ints:
    """Return in how many of the profiles all accept each package of the whole grid.

    The issues are parted in two halves: a package's value is one entry of the outer sum of the two
    halves' values, so a profile costs one addition a package and party, whatever the issues.
    """
    half = problem.n_issues // 2
    tables = [table[samples].astype(np.float32) for table in profiles.utilities]
    least = (profiles.reservation[samples] - 1e-6).astype(np.float32)
    vetoes = [np.asarray(lines[samples].any(axis=1)) for lines in profiles.ruled_out]
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
            if vetoes:
                closed = [
                    _closed([veto[row] for veto in own]) for own in (vetoes[:half], vetoes[half:])
                ]
                fine &= ~(closed[0][:, None] | closed[1][None, :])
            counts += fine
    return counts.reshape(-1)


def most_acceptable(
    problem: Problem,
    profiles: Profiles,
    most: int = 100,
    progress: Callable[[int, int], None] | None = None,
    seconds: float = np.inf,
) -> Acceptability:
    """Return the packages most likely to be accepted by all, most likely first.

    Packages are screened on growing parts of the profiles. After m profiles, one whose share lies
    more than 2 e below that of the ``most``-th best is dropped, with e from Hoeffding's inequality
    and a union over all packages, so that the chance of dropping one that belongs to the best is at
    most `MISSED`. The shares of those returned rest on all profiles.

    Past ``seconds`` the screening ends with the best by the m profiles seen, and ``margin`` 2 e.

    Raises:
        ValueError: there are more than `LISTED` packages.
        Interrupted: with the best by the profiles seen; their shares rest on these alone.
    """
    if problem.n_packages > LISTED:
        raise ValueError(f"{problem.n_packages:,} packages are too many to screen one by one")
    end = time.monotonic() + seconds
    packages = all_packages(problem.sizes)
    total = profiles.n_samples
    counts = np.zeros(len(packages), np.int64)
    whole = not problem.interactions and len(packages) > most
    permitted = problem.permitted(packages)
    seen, step = 0, 64
    interrupted = False
    try:
        while whole and seen < min(total, WHOLE_GRID) and time.monotonic() < end:
            samples = slice(seen, min(total, WHOLE_GRID, seen + step))
            counts = counts + _screen_all(problem, profiles, samples)
            seen = samples.stop
            if progress is not None:
                progress(seen, total)
        packages, counts, permitted = packages[permitted], counts[permitted], permitted[permitted]
        while len(packages) > most:
            if seen:
                share = counts / seen
                bar = np.partition(share, len(share) - most)[len(share) - most]
                keep = share >= bar - (2 * _error(problem, seen) if seen < total else 0.0)
                packages, counts, permitted = packages[keep], counts[keep], permitted[keep]
            if seen >= total or (seen and time.monotonic() >= end):
                break
            samples = slice(seen, min(total, seen + step))
            counts = counts + _screen(problem, profiles, packages, samples)
            seen = samples.stop
            step = min(2 * seen, 1024)
            if progress is not None:
                progress(seen, total)
    except KeyboardInterrupt:
        interrupted, packages, counts = True, packages[permitted], counts[permitted]
    margin = 0.0
    if len(packages) > most and seen < total:
        margin = 2 * _error(problem, seen) if seen else 1.0
        packages = packages[np.argsort(-counts, kind="stable")[:most]]
    judged = profiles.first(max(1, seen)) if interrupted else profiles
    found = acceptability(problem, judged, packages)
    order = np.argsort(-found.all_accept, kind="stable")[:most]
    best = Acceptability(
        found.packages[order],
        found.all_accept[order],
        found.by_party[order],
        found.undominated[order],
        found.accepted[order],
        margin,
    )
    if interrupted:
        raise Interrupted(best)
    return best


def _error(problem: Problem, seen: int) -> float:
    """Return how far any package's share of ``seen`` profiles lies from its chance at most, but
    with the chance `MISSED`."""
    return float(np.sqrt(np.log(2 * max(2, problem.n_packages) / MISSED) / (2 * seen)))


def rank_acceptability(problem: Problem, profiles: Profiles, packages: Ints) -> Floats:
    """Return how often each package has each rank for each party: (n_parties, n, n) shares.

    The rank acceptability index of SMAA-2 (Lahdelma & Salminen 2001): entry (p, i, r) is the share
    of the profiles in which package i is the (r+1)-th best of the list for party p. Packages that
    tie share their ranks equally; one whose drawn red line the party would see crossed comes after
    all others. Every row and every column sums to one.

    Args:
        problem: whose interactions hold; its conditions play no part.
        profiles: sampled values.
        packages: (n, n_issues), the list.
    """
    n = len(packages)
    shares = np.zeros((problem.n_parties, n, n))
    step = max(1, 2_000_000 // max(1, n * n * problem.n_parties))
    places = np.arange(n)
    for start in range(0, profiles.n_samples, step):
        samples = slice(start, start + step)
        values = np.round(_values(problem, profiles, packages, samples).astype(np.float64), 6)
        crossed = _crossed(profiles, packages, samples)
        if crossed is not None:
            values[crossed] = -np.inf
        better = (values[:, :, None, :] > values[:, :, :, None]).sum(axis=3)[..., None]
        equal = (values[:, :, None, :] == values[:, :, :, None]).sum(axis=3)[..., None]
        shares += (((places >= better) & (places < better + equal)) / equal).sum(axis=0)
    return shares / profiles.n_samples


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
    chosen now, is what the answer is worth. Never negative. Where the search for the packages was
    interrupted, only the profiles that it had seen count.
    """
    profiles = profiles.first(found.accepted.shape[1])
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
