"""The challenge model: parties press one another until the median of their positions rests.

This is the expected-utility model of Bueno de Mesquita (1985, 1994) as Scholz, Calbert and Smith
2011 (J. Theoretical Politics 23) read it. The publications leave several steps open, and
replicators found that the equations of 2011 do not give that paper's own rounds while its program
does (docs/methods/outcomes.md). Each open step is therefore a named choice of `Reading`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """One way to read the published model.

    Attributes:
        probability: ``pair`` divides the votes for a side by all votes cast between the two
            positions (the printed equation); ``all`` by the votes over every pair of positions (the
            program behind the printed rounds).
        offer: ``least`` takes the offer that moves a party least, of any kind (the text of 1994);
            ``ranked`` takes a lost confrontation before a compromise before a capitulation, and of
            several compromises the one that ends lowest on the scale (the program).
        yields: whether a party that cannot win or bargain gives in to the other's position.
        status_quo: Q, how likely the status quo holds if nobody challenges.
        bent_votes: whether distances in the votes carry the risk exponent (the program does).
        risk: whether parties differ in their taste for risk at all.
    """

    probability: Literal["pair", "all"] = "all"
    offer: Literal["least", "ranked"] = "ranked"
    yields: bool = False
    status_quo: float = 1.0
    bent_votes: bool = True
    risk: bool = True


PROGRAM = Reading()
PRINTED = Reading(probability="pair", offer="least", yields=True, bent_votes=False)


@dataclass(frozen=True)
class Round:
    """The state of play after a round.

    Attributes:
        positions: of each party.
        median: the position that no other beats in weighted votes.
        mean: the weighted mean.
        moves: index of the party that moved and of the one it moved towards.
    """

    positions: Array
    median: float
    mean: float
    moves: tuple[tuple[int, int], ...] = ()


def readings() -> Iterator[Reading]:
    """Yield the readings that a careful reader could defend, 32 in all."""
    for probability, offer, yields, status_quo, bent in product(
        ("pair", "all"), ("least", "ranked"), (True, False), (1.0, 0.5), (True, False)
    ):
        yield Reading(
            probability=probability,  # type: ignore[arg-type]
            offer=offer,  # type: ignore[arg-type]
            yields=yields,
            status_quo=status_quo,
            bent_votes=bent,
        )


def median_voter(positions: Array, weights: Array) -> float:
    """Return the position that beats or ties every other in votes weighted by distance saved.

    Votes for a over b are the weighted sum of how much nearer a is than b. Among positions held by
    a party the winner is the one with the least weighted distance, so it always exists; the lower
    one is returned on a tie.
    """
    held = np.unique(positions)
    loss = np.abs(positions[None, :] - held[:, None]) @ weights
    return float(held[int(np.argmin(np.round(loss, 12)))])


def _votes(x: Array, weight: Array, risk: Array, length: float) -> Array:
    """Return votes[a, b, k]: what party k throws in for a's position against b's."""
    distance = (np.abs(x[:, None] - x[None, :]) / length) ** risk[None, :]
    saved: Array = (distance[None, :, :] - distance[:, None, :]) * weight[None, None, :]
    return saved


def _win(x: Array, weight: Array, risk: Array, length: float, reading: Reading) -> Array:
    """Return P[i, j], the chance that i prevails over j."""
    votes = _votes(x, weight, risk if reading.bent_votes else np.ones_like(risk), length)
    for_i = np.maximum(votes, 0.0).sum(axis=2)
    cast = np.abs(votes).sum(axis=2)
    total = np.full_like(cast, cast.sum()) if reading.probability == "all" else cast
    chance: Array = np.divide(for_i, total, out=np.zeros_like(for_i), where=total > 0)
    return chance


def _expected(
    x: Array,
    salience: Array,
    win: Array,
    risk: Array,
    median: float,
    length: float,
    reading: Reading,
) -> tuple[Array, Array]:
    """Return E[i, j] of i challenging j and D[i, j] of j challenging i, both as i sees them."""
    r = risk[:, None]
    apart = np.abs(x[:, None] - x[None, :]) / length

    def utility(share: Array | float) -> Array:
        return np.asarray(2.0 - 4.0 * (0.5 + np.asarray(share)) ** r)

    success, failure = utility(-0.5 * apart), utility(0.5 * apart)
    Q = reading.status_quo

    def stays(own: Array) -> Array:
        # If nobody challenges, the other may drift to the median: better for who lies beyond it.
        away = 0.25 * (np.abs(own - median) / length + apart)
        return Q * utility(0.0) + (1.0 - Q) * utility(-away)

    def challenge(chance: Array, resist: Array, own: Array) -> Array:
        met = chance * success + (1.0 - chance) * failure
        return resist * met + (1.0 - resist) * success - stays(own)

    mine = challenge(win, salience[None, :], x[:, None])
    theirs = challenge(win.T, salience[:, None], x[None, :])
    return mine, theirs


def risk_exponents(
    x: Array, salience: Array, weight: Array, length: float, reading: Reading
) -> Array:
    """Return r for each party: above 1 is averse to risk, below 1 drawn to it; within 1/2 and 2.

    A party in less danger from the others' challenges than they are is one that has given up much
    for its safety, and so is taken to shun risk. ``length`` is that of the scale in dispute.
    """
    flat = np.ones(len(x))
    if not reading.risk:
        return flat
    win = _win(x, weight, flat, length, reading)
    mine, _ = _expected(x, salience, win, flat, median_voter(x, weight), length, reading)
    np.fill_diagonal(mine, 0.0)
    danger = mine.sum(axis=0)
    spread = float(np.ptp(danger))
    if spread <= 1e-15:
        return flat
    R = (2 * danger - danger.max() - danger.min()) / spread
    exponent: Array = (1 - R / 3) / (1 + R / 3)
    return exponent


def _accepted(
    i: int, x: Array, mine: Array, theirs: Array, reading: Reading
) -> tuple[int, float] | None:
    """Return whom party i moves towards and where it lands, or None if it stays."""
    offers: list[tuple[int, float, int, float]] = []  # rank, ordering, other, landing
    for j in range(len(x)):
        if x[j] == x[i]:
            continue
        own, other = mine[i, j], theirs[i, j]
        if other > own > 0:
            rank, landing = 0, float(x[j])
        elif other > 0 > own and other > -own:
            rank, landing = 1, float(x[i] + (x[j] - x[i]) * -own / other)
        elif reading.yields and other > 0 > own:
            rank, landing = 2, float(x[j])
        else:
            continue
        move = abs(landing - x[i])
        if reading.offer == "least":
            offers.append((0, move, j, landing))
        elif rank == 1:
            # the program orders compromises by where the two meet, not by how far one moves
            meets = (abs(own) * x[i] + abs(other) * x[j]) / (abs(own) + abs(other))
            offers.append((rank, float(meets), j, landing))
        else:
            offers.append((rank, move, j, landing))
    if not offers:
        return None
    best = min(offers)
    return best[2], best[3]


def challenge(
    positions: Array,
    salience: Array,
    capability: Array,
    reading: Reading = PROGRAM,
    rounds: int = 10,
) -> tuple[Round, ...]:
    """Play the challenge model and return the state before the first round and after each.

    Play ends early when nobody moves.

    Args:
        positions: of each party, on any scale.
        salience: from 0 to 1; the chance that a party resists a challenge.
        capability: of each party, not negative.
        reading: which of the defensible readings.
        rounds: the most rounds to play.
    """
    x = np.asarray(positions, dtype=float).copy()
    salience = np.asarray(salience, dtype=float)
    weight = salience * np.asarray(capability, dtype=float)
    if weight.sum() <= 0:
        weight = np.ones_like(weight)
    length = float(np.ptp(x))  # the range in dispute stays that of the first round

    def state(moves: tuple[tuple[int, int], ...]) -> Round:
        return Round(x.copy(), median_voter(x, weight), float(x @ weight / weight.sum()), moves)

    played = [state(())]
    for _ in range(rounds):
        if np.ptp(x) == 0:
            break
        risk = risk_exponents(x, salience, weight, length, reading)
        win = _win(x, weight, risk, length, reading)
        mine, theirs = _expected(x, salience, win, risk, median_voter(x, weight), length, reading)
        moves = []
        landed = x.copy()
        for i in range(len(x)):
            accepted = _accepted(i, x, mine, theirs, reading)
            if accepted is not None and abs(accepted[1] - x[i]) > 1e-9:
                moves.append((i, accepted[0]))
                landed[i] = accepted[1]
        if not moves:
            break
        x = landed
        played.append(state(tuple(moves)))
    return tuple(played)
