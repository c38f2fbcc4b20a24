"""Tiers: what a set of parties made of a text, as a truth table over their stances.

A veto is a veto: parties are given, not clustered, and one objection blocks. Missing is unknown.
Pure functions on arrays; nothing here knows of states, symbols or dates.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Stance(IntEnum):
    """What one party did with one text.

    MISSING: no vote of it is on record (absent, not entitled, or a bloc of which fewer than half
    voted and none objected). ACCEPTS: it voted yes. ABSTAINS: it abstained. OBJECTS: it voted no.
    PARTED: a bloc whose members parted between yes and abstention, so that it has no common
    position and none of them objects. IN_PART: a bloc of which at least one member voted no and
    others did not; a bloc that acts by consensus is blocked by one member, so it objects.
    CONSENSUS: the text was adopted without a vote, so it did not ask for one. DISSOCIATED: it was
    adopted without a vote and the party declared that it does not join, which is an objection.
    """

    MISSING = 0
    ACCEPTS = 1
    ABSTAINS = 2
    OBJECTS = 3
    PARTED = 4
    IN_PART = 5
    CONSENSUS = 6
    DISSOCIATED = 7


class Tier(IntEnum):
    """What a party set made of a text, best first; a higher number is never a better tier.

    ALL_ACCEPT: every party voted yes. NOBODY_OBJECTS: none objected, though some abstained or
    parted, or nobody asked for a vote. ONE_SHORT: exactly one objected. SPLIT: two or more
    objected. UNKNOWN: too little is on record to say.
    """

    ALL_ACCEPT = 0
    NOBODY_OBJECTS = 1
    ONE_SHORT = 2
    SPLIT = 3
    UNKNOWN = 4


_OBJECTIONS = (Stance.OBJECTS, Stance.IN_PART, Stance.DISSOCIATED)


def objections(stances: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Return which stances object: no, no in part, or dissociation; same shape."""
    return np.isin(stances, _OBJECTIONS)


def tiers(stances: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the tier of each text.

    Args:
        stances: (n_texts, n_parties) codes of `Stance`.

    Returns:
        (n_texts,) codes of `Tier`. Two objections make a split whatever the missing parties would
        have said. With one objection or none, a missing party leaves the tier unknown.
    """
    objecting = objections(stances).sum(axis=1)
    missing = (stances == Stance.MISSING).any(axis=1)
    all_yes = (stances == Stance.ACCEPTS).all(axis=1)
    return np.select(
        [objecting >= 2, missing, objecting == 1, all_yes],
        [Tier.SPLIT, Tier.UNKNOWN, Tier.ONE_SHORT, Tier.ALL_ACCEPT],
        Tier.NOBODY_OBJECTS,
    ).astype(np.int8)


def unopposed(stances: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return whether each text drew no objection: 1 none, 0 at least one, -1 unknown.

    (n_texts, n_parties) -> (n_texts,). One objection settles it; without one, a missing party
    leaves it unknown.
    """
    objected = objections(stances).any(axis=1)
    missing = (stances == Stance.MISSING).any(axis=1)
    return np.where(objected, 0, np.where(missing, -1, 1)).astype(np.int8)


def bloc_stances(
    yes: NDArray[np.int64],
    abstain: NDArray[np.int64],
    no: NDArray[np.int64],
    members: NDArray[np.int64],
) -> NDArray[np.int8]:
    """Return the stance of a bloc in each text from the counts of its members' votes.

    Args:
        yes, abstain, no: (n_texts,) members that voted so.
        members: (n_texts,) members on the day, whether they voted or not.

    Returns:
        (n_texts,) codes of `Stance`. One member's no makes the bloc object, wholly or in part.
        Otherwise a bloc of which fewer than half of the members voted is missing. It accepts or
        abstains only where all who voted did the same, and is parted where they did not.
    """
    voted = yes + abstain + no
    present = (2 * voted >= members) & (voted > 0)
    return np.select(
        [(no > 0) & (no == voted), no > 0, ~present, yes == voted, abstain == voted],
        [Stance.OBJECTS, Stance.IN_PART, Stance.MISSING, Stance.ACCEPTS, Stance.ABSTAINS],
        Stance.PARTED,
    ).astype(np.int8)
