"""The smallest set of states whose support brings a threshold within reach: search with proof.

Two problems of one kind. `Counting`: given a drawn text, states support it independently of each
other, and a count must reach a number; their own noise is integrated out exactly. `Outcomes`: any
threshold, over simulated outcomes as they fell. Both give the value of a set (the probability once
its states support) and an upper bound on the value of every set of a size: what the best states *of
each text or outcome by itself* would give, which knows more than anybody who must choose before.

Given a text, the best r states to win for a count are those least likely to support it, since each
other choice gives a count that is never larger in distribution; so the bound holds, and where it is
below the target no set of that size can do. Between bound and best set found, branch and bound
decides. Shapes: E states, J texts, U distinct outcomes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from detente.convening.support.record import YES
from detente.convening.support.requirements_arrays import Condition, sums

F32 = NDArray[np.float32]
Floats = NDArray[np.float64]

WORK = 300_000
"""Branches looked at for one size, times the square of the states, before proving is given up:
thousands for a Council, a handful for the Assembly, where a branch takes a tenth of a second."""


class Problem(Protocol):
    """A threshold, and what it becomes when some states are won."""

    @property
    def states(self) -> int:
        """E, how many states could be won."""

    def value(self, won: Collection[int]) -> float:
        """Return the probability of the threshold once these states support."""

    def bound(self, won: Collection[int], barred: Collection[int], more: int) -> float:
        """Return a number that no set reaches beyond: these, and so many more but the barred."""

    def next(self, won: Collection[int], barred: Collection[int]) -> int | None:
        """Return the state that seems to add most, or None where none is left."""


def tail(chances: F32, need: int) -> F32:
    """Return (J,) the chance that at least ``need`` of (E, J) independent events happen.

    By the recursion of the Poisson-binomial distribution, with the count held at ``need``.
    """
    texts = chances.shape[1]
    if need <= 0:
        return np.ones(texts, np.float32)
    if need > len(chances):
        return np.zeros(texts, np.float32)
    if need == len(chances):
        return np.asarray(np.prod(chances, axis=0), np.float32)
    mass = np.zeros((need + 1, texts), np.float32)
    mass[0] = 1.0
    for i, chance in enumerate(chances):
        top = min(i + 1, need)
        low = max(0, need - (len(chances) - i))  # a count below this can no longer reach it
        moved = mass[low:top] * chance
        mass[low:top] -= moved
        mass[low + 1 : top + 1] += moved
    return np.asarray(mass[need])


def _chord(chances: F32, won: Collection[int], barred: Collection[int], more: int) -> float:
    """Return a bound where all must count: one set for all texts, the product made linear.

    With h = -log chance, a set turns a text's product A into A exp(t), t the sum of h over the set.
    Between the least and the most that ``more`` free states can give, the exponential lies under
    its chord, so the value is at most a number and a sum over the set, which is largest for the
    states with the largest sums over texts.
    """
    h = -np.log(np.maximum(chances.astype(np.float64), 1e-12))
    h[sorted(won)] = 0.0
    together = np.exp(-h.sum(axis=0))
    free = np.delete(h, sorted(set(won) | set(barred)), axis=0)
    order = np.sort(free, axis=0)
    low, high = order[:more].sum(axis=0), order[len(order) - more :].sum(axis=0)
    wide = high - low > 1e-9
    slope = np.where(wide, np.exp(low) * np.expm1(high - low) / np.where(wide, high - low, 1), 0)
    slope = np.where(wide, slope, np.exp(high))
    fixed = (together * (np.exp(low) - slope * low)).mean()
    worth = np.sort((free * together * slope).mean(axis=1))[len(free) - more :].sum()
    return float(fixed + worth)


@dataclass(frozen=True, eq=False)
class Part:
    """A count of states that must reach a number.

    Attributes:
        chances: (E, J) that each state counts, given the text and the parts before this one.
        need: how many of the E must.
    """

    chances: F32
    need: int


@dataclass(frozen=True, eq=False)
class Counting:
    """Counts that must all be reached; states are independent given the text.

    A second part is given the first: that there is no objection, and then that enough of those who
    do not object vote yes. Winning a state makes it count in every part.
    """

    parts: tuple[Part, ...]

    @property
    def states(self) -> int:
        """E, how many states could be won."""
        return len(self.parts[0].chances)

    def value(self, won: Collection[int]) -> float:
        """Return the probability of the threshold once these states support."""
        at = sorted(won)
        reached = np.ones(self.parts[0].chances.shape[1], np.float64)
        for part in self.parts:
            reached *= tail(np.delete(part.chances, at, axis=0), part.need - len(at))
        return float(reached.mean())

    def bound(self, won: Collection[int], barred: Collection[int], more: int) -> float:
        """Return what the best states of each text by itself would give, part by part."""
        fixed, out = sorted(set(won) | set(barred)), sorted(barred)
        more = min(more, self.states - len(fixed))
        reached = np.ones(self.parts[0].chances.shape[1], np.float64)
        for part in self.parts:
            free = np.sort(np.delete(part.chances, fixed, axis=0), axis=0)
            left = np.concatenate([part.chances[out], free[more:]])
            reached *= tail(left, part.need - len(won) - more)
        best = float(reached.mean())
        first = self.parts[0]
        if first.need == self.states and more:  # nobody reaches more than the first part alone
            best = min(best, _chord(first.chances, won, barred, more))
        return best

    def next(self, won: Collection[int], barred: Collection[int]) -> int | None:
        """Return the state with most support to gain in the texts in which it would decide."""
        gain = self.gains(won)
        gain[sorted(set(won) | set(barred))] = -np.inf
        best = int(np.argmax(gain))
        return best if np.isfinite(gain[best]) else None

    def gains(self, won: Collection[int]) -> Floats:
        """Return (E,) about how much each state adds to a set, by a normal curve for each count."""
        at, total = sorted(won), np.zeros(self.states)
        for part in self.parts:
            held = np.maximum(part.chances.astype(np.float64), 1e-12)
            held[at] = 1.0
            if part.need == self.states:
                together = np.exp(np.log(held).sum(axis=0))
                total += (together * (1.0 / held - 1.0)).mean(axis=1)
                continue
            spread = np.sqrt((held * (1 - held)).sum(axis=0) + 0.25)
            off = (part.need - 0.5 - held.sum(axis=0)) / spread
            weight = np.exp(-0.5 * np.minimum(off**2, 1400.0)) / spread + 1e-12
            total += ((1 - held) * weight).mean(axis=1)
        return total


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Any threshold over simulated outcomes.

    Attributes:
        did: (E, U) distinct outcomes: 1 yes, 2 abstain, 3 no, 4 absent.
        weight: (U,) how often each occurred; they sum to 1.
        gains: of each condition, (E, U) what turning a state to yes adds.
        lacking: of each condition, (U,) what is lacking with nobody won; 0 or less is enough.
    """

    did: NDArray[np.int8]
    weight: Floats
    gains: tuple[NDArray[np.int16], ...]
    lacking: tuple[NDArray[np.int16], ...]

    @property
    def states(self) -> int:
        """E, how many states could be won."""
        return len(self.did)

    def _left(self, won: Collection[int]) -> list[NDArray[np.int16]]:
        at = sorted(won)
        return [
            lacking - gain[at].sum(axis=0, dtype=np.int16)
            for gain, lacking in zip(self.gains, self.lacking, strict=True)
        ]

    def value(self, won: Collection[int]) -> float:
        """Return the share of outcomes that meet the threshold once these states vote yes."""
        enough = np.ones(len(self.weight), bool)
        for left in self._left(won):
            enough &= left <= 0
        return float(self.weight[enough].sum())

    def bound(self, won: Collection[int], barred: Collection[int], more: int) -> float:
        """Return the share of outcomes that so many more states could still turn."""
        fixed = sorted(set(won) | set(barred))
        enough = np.ones(len(self.weight), bool)
        for gain, left in zip(self.gains, self._left(won), strict=True):
            free = np.delete(gain, fixed, axis=0)
            count = min(more, len(free))
            best = np.sort(free, axis=0)[len(free) - count :].sum(axis=0, dtype=np.int16)
            enough &= left <= best
        return float(self.weight[enough].sum())

    def next(self, won: Collection[int], barred: Collection[int]) -> int | None:
        """Return the state that turns most outcomes, or brings most of them nearer."""
        now = self._left(won)
        fixed = set(won) | set(barred)
        best, most = None, (-1.0, -1.0)
        for state in range(self.states):
            if state in fixed:
                continue
            enough = np.ones(len(self.weight), bool)
            nearer = np.zeros(len(self.weight))
            for gain, left in zip(self.gains, now, strict=True):
                enough &= left <= gain[state]
                nearer += np.minimum(gain[state], np.maximum(left, 0)) / np.maximum(left, 1)
            score = (float(self.weight[enough].sum()), float(self.weight @ nearer))
            if score > most:
                best, most = state, score
        return best


def outcomes(did: NDArray[np.int8], asked: Sequence[Condition]) -> Outcomes:
    """Return the problem of (E, N) outcomes as they fell."""
    distinct, counts = np.unique(did, axis=1, return_counts=True)
    gains, lacking = [], []
    for condition in asked:
        worth = condition.table()
        gain = (worth[YES] - worth[distinct]).astype(np.int16)
        if condition.of is not None:
            gain[np.setdiff1d(np.arange(len(did)), condition.of)] = 0
        gains.append(gain)
        lacking.append((condition.least - sums(distinct, condition)).astype(np.int16))
    return Outcomes(distinct, counts / counts.sum(), tuple(gains), tuple(lacking))


@dataclass(frozen=True)
class Smallest:
    """A set of states that brings the probability to a target.

    Attributes:
        won: the states, in rising order; None where even all of them do not reach it.
        value: the probability then.
        fewest: no set of fewer states reaches the target: proved.
        proved: whether ``won`` has just that many.
    """

    won: tuple[int, ...] | None
    value: float
    fewest: int
    proved: bool


def smallest(
    problem: Problem, target: float, barred: Iterable[int] = (), nodes: int | None = None
) -> Smallest:
    """Return a smallest set of states that brings the probability to a target, with its proof.

    Args:
        problem: the threshold.
        target: probability to reach.
        barred: states that cannot be asked.
        nodes: most branches looked at for one size; None for what time allows.
    """
    out = frozenset(barred)
    nodes = max(WORK // problem.states**2, 4) if nodes is None else nodes
    if problem.value(()) >= target:
        return Smallest((), problem.value(()), 0, True)
    most = problem.states - len(out)
    low, high = 1, most
    if problem.bound((), out, most) < target:
        return Smallest(
            None, problem.value([i for i in range(problem.states) if i not in out]), most + 1, True
        )
    while low < high:  # the bound never falls as the size grows
        middle = (low + high) // 2
        if problem.bound((), out, middle) >= target:
            high = middle
        else:
            low = middle + 1
    fewest, proved = low, True
    chosen: list[int] = []
    for size in range(low, most + 1):
        while len(chosen) < size and (state := problem.next(chosen, out)) is not None:
            chosen.append(state)
        value = problem.value(chosen)
        if value >= target:
            return Smallest(tuple(sorted(chosen)), value, fewest, proved)
        found, exhausted = _branch(problem, target, size, out, nodes)
        if found is not None:
            return Smallest(found, problem.value(found), fewest, proved)
        if proved and exhausted:
            fewest = size + 1
        else:
            proved = False
    everybody = tuple(i for i in range(problem.states) if i not in out)
    return Smallest(None, problem.value(everybody), fewest, proved)


def _branch(
    problem: Problem, target: float, size: int, barred: frozenset[int], nodes: int
) -> tuple[tuple[int, ...] | None, bool]:
    """Look for a set of one size, depth first; also say whether every branch was closed."""
    stack: list[tuple[tuple[int, ...], frozenset[int]]] = [((), barred)]
    seen = 0
    while stack:
        won, out = stack.pop()
        if problem.bound(won, out, size - len(won)) < target:
            continue
        if len(won) == size:
            return tuple(sorted(won)), True  # the bound of a whole set is its value
        seen += 1
        if seen > nodes:
            return None, False
        state = problem.next(won, out)
        if state is None:
            continue
        stack.append((won, out | {state}))
        stack.append(((*won, state), out))
    return None, True


def easier(
    problem: Problem, found: Smallest, target: float, moves: Floats, barred: Iterable[int] = ()
) -> tuple[int, ...]:
    """Return a set of the same size that has less far to move, where one reaches the target.

    States are ranked by what they add less a price on how far they have to move; the highest price
    whose best set still reaches the target is found by halving. Not proved to be the easiest.
    """
    if not found.won or not isinstance(problem, Counting):
        return found.won or ()
    gain = problem.gains(())
    gain = gain / max(float(gain.max()), 1e-12)
    out = sorted(barred)
    best = found.won
    low, high = 0.0, 1.0
    for _ in range(6):
        price = (low + high) / 2
        score = gain - price * moves / max(float(moves.max()), 1e-12)
        score[out] = -np.inf
        trial = tuple(sorted(np.argsort(-score, kind="stable")[: len(found.won)].tolist()))
        if moves[list(trial)].sum() < moves[list(best)].sum() and problem.value(trial) >= target:
            best, low = trial, price
        else:
            high = price
    return best
