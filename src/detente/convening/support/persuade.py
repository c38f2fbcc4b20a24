"""Whom to persuade, and who can block alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.convening.support.letters import letter_chances
from detente.convening.support.model import Support
from detente.convening.support.odds import ASSEMBLY, Needs, Odds, asked, deeds, odds
from detente.convening.support.persuade_arrays import (
    Counting,
    Floats,
    Part,
    Problem,
    Smallest,
    easier,
    outcomes,
    smallest,
)
from detente.convening.support.record import NO, YES
from detente.convening.support.requirements_arrays import Condition, met, sums

TARGETS = (0.5, 0.8, 0.9)
WON = 0.95
"""A state counts as won at this chance; how far it has to move is measured to there."""
CALM = 0.999
"""The same where an objection blocks: a state has to be as good as sure."""
FALLEN = 5_000
"""Outcomes looked at where votes cast decide, for which there is no exact count."""

_NEAR = 0.1  # a state at or beyond WON is taken to be this far, so that no division is by 0
_SHOWN = 15
_CONSENSUS = ("no objection", "each", "unanimity")


@dataclass(frozen=True)
class Candidate:
    """A state that could be persuaded.

    Attributes:
        iso3: the state.
        chance: that it supports as things are.
        move: how far it has to move, in log odds from there to a chance of 95%, or of 99.9%
            where all must agree.
        adds: what the odds gain if it alone is won.
    """

    iso3: str
    chance: float
    move: float
    adds: float


@dataclass(frozen=True)
class ShortList:
    """A shortest list of states whose support brings the odds to a target.

    Attributes:
        target: the probability aimed at.
        states: in the order of what each adds for how far it has to move; empty where the odds are
            there already, None where even all states together do not bring them there.
        reached: the probability once they support.
        fewest: no list of fewer states reaches the target; proved.
        proved: whether this list is as short as that.
    """

    target: float
    states: tuple[Candidate, ...] | None
    reached: float
    fewest: int
    proved: bool


@dataclass(frozen=True)
class Persuasion:
    """Whom to persuade for a threshold.

    Attributes:
        now: the odds as they are.
        lists: one shortest list for each target.
        candidates: the states that add most for how far they have to move.
        alone: those who can block alone, with their chance of doing so, the likeliest first.
        block: how many states together can always block; 0 where nobody can.
        blockers: the set of that size that is least likely to support.
        by_noes: whether they have to vote no, as where only yes and no are counted; else it is
            enough that they withhold a yes.
    """

    now: Odds
    lists: tuple[ShortList, ...]
    candidates: tuple[Candidate, ...]
    alone: tuple[tuple[str, float], ...]
    block: int
    blockers: tuple[str, ...]
    by_noes: bool = False


def persuade(
    support: Support,
    electorate: Sequence[str],
    needed: Needs,
    *,
    targets: Sequence[float] = TARGETS,
    letter_days: int | None = None,
    without: Collection[str] = (),
) -> Persuasion:
    """Return the shortest lists of states whose support turns the odds, and who can block.

    Args:
        support: the outcomes.
        electorate: alpha-3 codes of those who vote or consent.
        needed: what the threshold needs on the day.
        targets: probabilities to reach.
        letter_days: count letters of concurrence received within so many days instead of votes.
        without: states that nobody would ask.

    Raises:
        NotFound: a code of the electorate is not a member of the United Nations on the day.
    """
    did = deeds(support, electorate, letter_days)
    conditions = asked(electorate, needed)
    problem = _problem(support, electorate, needed, did, conditions, letter_days)
    chances = _chances(did, needed)
    sure = CALM if needed.kind in _CONSENSUS else WON
    held = np.clip(chances, 0.002, sure)
    moves = np.maximum(np.log(sure / (1 - sure)) - np.log(held / (1 - held)), _NEAR)
    adds = _alone(did, conditions)
    known = [
        Candidate(code, round(float(c), 5), round(float(m), 3), round(float(a), 5))
        for code, c, m, a in zip(electorate, chances, moves, adds, strict=True)
    ]
    barred = [i for i, code in enumerate(electorate) if code in without or code == support.host]
    lists = []
    for target in targets:
        found = smallest(problem, target, barred)
        lists.append(_listed(problem, found, target, moves, barred, known))
    ranked = sorted(
        (one for i, one in enumerate(known) if i not in barred and one.adds > 0), key=_worth
    )
    block, blockers = _block(needed, conditions, electorate, chances)
    return Persuasion(
        odds(support, electorate, needed, letter_days=letter_days),
        tuple(lists),
        tuple(ranked[:_SHOWN]),
        _blocking_alone(needed, electorate, did),
        block,
        blockers,
        needed.kind == "present and voting",
    )


def _worth(one: Candidate) -> tuple[float, str]:
    return (-one.adds / one.move, one.iso3)


def _problem(
    support: Support,
    electorate: Sequence[str],
    needed: Needs,
    did: NDArray[np.int8],
    conditions: Sequence[Condition],
    letter_days: int | None,
) -> Problem:
    """Return the exact count where one count decides, else the outcomes as they fell."""
    rows = support.rows(electorate)
    yes, no = support.given.yes[rows], support.given.no[rows]
    calm = np.asarray(1 - no, np.float32)
    stops = [i for i, code in enumerate(electorate) if code in set(needed.vetoes)]
    if needed.kind == "votes in favour" and letter_days is not None:
        return Counting((Part(letter_chances(support, letter_days)[rows], needed.votes),))
    if needed.kind == "votes in favour" and len(rows) > ASSEMBLY:
        return Counting((Part(yes * support.given.present[rows], needed.votes),))
    if needed.kind == "votes in favour":
        still = np.ones_like(calm)
        still[stops] = calm[stops]
        then = np.asarray(yes / np.maximum(still, 1e-6), np.float32).clip(0, 1)
        counted = Part(then, needed.votes)
        return Counting((Part(still, len(rows)), counted) if stops else (counted,))
    if needed.kind == "each" and len(rows) <= ASSEMBLY:
        return Counting((Part(yes, len(rows)),))
    if needed.kind in ("no objection", "unanimity") and len(rows) <= ASSEMBLY:
        first = Part(calm, len(rows))
        if needed.kind == "no objection":
            return Counting((first,))
        then = np.asarray(yes / np.maximum(calm, 1e-6), np.float32).clip(0, 1)
        abstaining = (needed.of - 1) // 3  # the most that may, short of a third
        return Counting((first, Part(then, len(rows) - abstaining)))
    return outcomes(did[:, :: max(did.shape[1] // FALLEN, 1)], conditions)


def _chances(did: NDArray[np.int8], needed: Needs) -> Floats:
    """Return (E,) the chance that each state does what the threshold asks of it."""
    if needed.kind in ("no objection", "unanimity"):
        return np.asarray((did != NO).mean(axis=1))
    return np.asarray((did == YES).mean(axis=1))


def _alone(did: NDArray[np.int8], conditions: Sequence[Condition]) -> Floats:
    """Return (E,) by how much the odds rise if each state alone is won."""
    open_now = np.flatnonzero(~met(did, conditions))
    part = did[:, open_now]
    turned = np.ones(part.shape, bool)
    for condition in conditions:
        worth = condition.table()
        gain = (worth[YES] - worth)[part]
        if condition.of is not None:
            gain[np.setdiff1d(np.arange(len(did)), condition.of)] = 0
        turned &= gain >= condition.least - sums(part, condition)
    return np.asarray(turned.sum(axis=1) / did.shape[1])


def _listed(
    problem: Problem,
    found: Smallest,
    target: float,
    moves: Floats,
    barred: Collection[int],
    known: Sequence[Candidate],
) -> ShortList:
    if found.won is None:
        return ShortList(target, None, round(found.value, 5), found.fewest, found.proved)
    won = easier(problem, found, target, moves, barred)
    return ShortList(
        target,
        tuple(sorted((known[i] for i in won), key=_worth)),
        round(problem.value(won), 5),
        found.fewest,
        found.proved,
    )


def _blocking_alone(
    needed: Needs, electorate: Sequence[str], did: NDArray[np.int8]
) -> tuple[tuple[str, float], ...]:
    """Return who can block alone, the likeliest first."""
    able = set(needed.vetoes) | (set(electorate) if needed.kind in _CONSENSUS else set())
    found = [
        (code, round(float((row != YES if needed.kind == "each" else row == NO).mean()), 5))
        for code, row in zip(electorate, did, strict=True)
        if code in able
    ]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


def _block(
    needed: Needs, conditions: Sequence[Condition], electorate: Sequence[str], chances: Floats
) -> tuple[int, tuple[str, ...]]:
    """Return the size of the smallest sets that can always block, and the likeliest of them."""
    size = len(electorate)
    order = sorted(range(size), key=lambda i: (chances[i], electorate[i]))
    vetoes = [i for i in order if electorate[i] in needed.vetoes]
    if needed.kind in _CONSENSUS or vetoes:
        count, able = 1, vetoes or order
    elif needed.kind == "votes in favour":
        count, able = size - needed.votes + 1, order
    elif needed.kind == "present and voting":
        count = -(-size // 2) if needed.share != "two-thirds" else size // 3 + 1
        able = order
    else:
        count, able = 1, order
    return (count, tuple(electorate[i] for i in able[:count])) if count > 0 else (0, ())
