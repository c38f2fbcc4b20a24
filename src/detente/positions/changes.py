"""Positions of parties: how far apart, where to, and how spread a bloc is.

A party that is a bloc stands at no single point. Where one number is asked for, it is the mean of
its members that voted in the session; `spread` shows what the mean hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import NotFound
from detente.positions.layout_arrays import Floats
from detente.positions.model import Z90, Positions


@dataclass(frozen=True)
class Estimate:
    """A quantity in units of the positions' standard deviation, with its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """How the members of a party stood in one session.

    Attributes:
        session: number of the regular session.
        members: codes of the members with a position, from lowest to highest.
        positions: their positions in the same order.
        median, lowest, highest: of the members.
        quartiles: first and third.
    """

    session: int
    members: tuple[str, ...]
    positions: tuple[float, ...]
    median: float
    lowest: float
    highest: float
    quartiles: tuple[float, float]


def _weights(positions: Positions, members: Sequence[str], session: int) -> Floats:
    """Return (T, S) weights that take the mean of the members with a position in a session."""
    cells = [positions.cell[m, session] for m in members if (m, session) in positions.cell]
    if not cells:
        raise NotFound(
            f"{', '.join(members) or 'the party'} cast no vote in session {session} and has no "
            "position there: choose another session"
        )
    weights = np.zeros(positions.theta.shape)
    for cell in cells:
        weights[cell] = 1.0 / len(cells)
    return weights


def _estimate(positions: Positions, contrast: Floats) -> Estimate:
    value = float((contrast * positions.theta).sum())
    half = Z90 * max(positions.joint.contrast_variance(contrast), 0.0) ** 0.5
    return Estimate(value, value - half, value + half)


def distance(
    positions: Positions, members_a: Sequence[str], members_b: Sequence[str], session: int
) -> Estimate:
    """Return how far apart two parties stood in a session, never negative.

    The interval comes from the joint posterior of all their members. Where it reaches across 0 its
    low end is 0: the two may stand at the same point.

    Raises:
        NotFound: one of them has no position in that session.
    """
    a, b = (_weights(positions, members, session) for members in (members_a, members_b))
    signed = _estimate(positions, a - b)
    low, high = sorted((abs(signed.low), abs(signed.high)))
    return Estimate(abs(signed.value), 0.0 if signed.low <= 0.0 <= signed.high else low, high)


def trend(
    positions: Positions, members: Sequence[str], over: int = 5, until: int | None = None
) -> Estimate:
    """Return how a party moved over the last ``over`` sessions; positive is towards the USA's side.

    The change between the position in session ``until`` (the last by default) and the one ``over``
    sessions before, or the nearest later session with a position, with the interval from the joint
    posterior. A bloc is compared by the members that have a position in both, so that entry and
    exit do not look like movement.

    Raises:
        NotFound: there is no member with positions in two sessions of the span.
    """
    end = int(positions.sessions[-1]) if until is None else until
    held = {
        session: {m for m in members if (m, session) in positions.cell}
        for session in range(end - over, end + 1)
    }
    stay = held[end]
    begin = next((s for s in range(end - over, end) if held[s] & stay), None)
    if begin is None:
        raise NotFound(
            f"{', '.join(members)} has no two positions in sessions {end - over} to {end}: "
            "choose a longer span"
        )
    both = sorted(held[begin] & stay)
    return _estimate(positions, _weights(positions, both, end) - _weights(positions, both, begin))


def spread(positions: Positions, members: Sequence[str], session: int) -> Spread:
    """Return how the members of a party stood in a session.

    Raises:
        NotFound: none has a position in that session.
    """
    _weights(positions, members, session)
    found = sorted(
        (float(positions.position[positions.row[m, session]]), m)
        for m in members
        if (m, session) in positions.row
    )
    values = np.array([value for value, _ in found])
    first, third = np.quantile(values, (0.25, 0.75))
    return Spread(
        session=session,
        members=tuple(code for _, code in found),
        positions=tuple(value for value, _ in found),
        median=float(np.median(values)),
        lowest=float(values[0]),
        highest=float(values[-1]),
        quartiles=(float(first), float(third)),
    )
