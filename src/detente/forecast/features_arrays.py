"""What a day's texts look like to the forecast: pure functions on arrays.

Shapes: m earlier texts, n new ones, s states; the last axis of a vote array is no, abstain, yes.
Ages are in years before the day of the new texts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]

USUAL = np.array([0.07, 0.13, 0.80], np.float32)  # the long-run shares of no, abstain, yes


def decay(age: NDArray[np.floating], half_life: float) -> F32:
    """Return weights that halve every ``half_life`` years."""
    return np.asarray(0.5 ** (age / half_life), np.float32)


def weighted_counts(weights: F32, one_hot: F32) -> F32:
    """Return weighted counts of votes, (n, s, 3), from weights (n, m) and votes (m, s, 3)."""
    m, s, _ = one_hot.shape
    return (weights @ one_hot.reshape(m, s * 3)).reshape(len(weights), s, 3)


def voted(one_hot: F32) -> F32:
    """Return 1 where a vote was cast, (m, s); adding planes is faster than a sum over them."""
    return np.asarray(one_hot[:, :, 0] + one_hot[:, :, 1] + one_hot[:, :, 2], np.float32)


def state_rates(one_hot: F32, age: NDArray[np.floating], half_life: float) -> F32:
    """Return each state's shares of no, abstain, yes, (s, 3), pooled with everybody's.

    Five votes' worth of the common shares keep a state with few votes near them.
    """
    counts = weighted_counts(decay(age, half_life)[None], one_hot)[0]
    total = counts.sum()
    common = counts.sum(0) / total if total > 0 else USUAL
    return np.asarray((counts + 5 * common) / (counts.sum(1, keepdims=True) + 5), np.float32)


def agreement(one_hot: F32, age: NDArray[np.floating], half_life: float = 1.5) -> F32:
    """Return how alike states vote beyond what each text attracts, (s, s), from -1 to 1.

    A vote is +1, 0 or -1 less the mean of its text; the result is the weighted correlation about
    zero, shrunk by three votes' worth towards none.
    """
    seen = voted(one_hot)
    score = one_hot[:, :, 2] - one_hot[:, :, 0]
    mean = score.sum(1, keepdims=True) / np.maximum(seen.sum(1, keepdims=True), 1)
    z = (score - mean) * seen
    weights = decay(age, half_life)[:, None]
    both = (z * weights).T @ z
    spread = (z * z * weights).T @ seen
    mass = (seen * weights).T @ seen
    found = both / np.sqrt(np.maximum(spread * spread.T, 1e-6)) * mass / (mass + 3)
    return np.asarray(found, np.float32)


def peer_weights(agree: F32) -> F32:
    """Return how much each state's votes tell of another's, (s, s), zero for itself."""
    weights = np.exp(12 * (agree - 1))
    np.fill_diagonal(weights, 0)
    return np.asarray(weights, np.float32)


def own_shares(weights: F32, one_hot: F32, rates: F32) -> tuple[F32, F32, F32, F32]:
    """Return ``own``, ``mass`` and ``text`` of :func:`precedent_shares`, and what ``own`` is pooled
    with: each state's rates moved by the text's general standing, (n, s, 3).
    """
    counts = weighted_counts(weights, one_hot)
    mass = voted(counts)
    total = counts.sum(1)
    text = (total + 1e-4 * USUAL) / (total.sum(1, keepdims=True) + 1e-4)
    base = rates[None] * (text / USUAL)[:, None, :]
    base /= base.sum(2, keepdims=True)
    own = (counts + 0.05 * base) / (mass + 0.05)[:, :, None]
    return own, mass, text, base


def precedent_shares(
    weights: F32, one_hot: F32, rates: F32, peers: F32
) -> tuple[F32, F32, F32, F32]:
    """Return what weighted precedents say of new texts.

    Returns:
        own: (n, s, 3) shares of each state's votes on them, pooled with what its own rates and the
            text's general standing make likely.
        mass: (n, s) weight of the precedents it voted on.
        text: (n, 3) shares of all votes on them.
        peer: (n, s, 3) the shares of the states that usually vote alike.
    """
    own, mass, text, base = own_shares(weights, one_hot, rates)
    heard = np.minimum(mass, 1)
    peer = np.matmul(peers, own * heard[:, :, None])
    peer_mass = heard @ peers.T
    peer = (peer + 1e-3 * base) / (peer_mass + 1e-3)[:, :, None]
    return own, mass, text, peer


def surprise(weights: F32, gap: F32, seen: F32, pull: float) -> F32:
    """Return by how much states lately voted otherwise than their precedents said, (n, s, 2).

    Args:
        weights: (n, m) of the earlier texts.
        gap: (m, s, 2) vote less expectation, of no and of yes; zero where no vote was cast.
        seen: (m, s) 1 where a vote was cast.
        pull: weight of “no surprise”.
    """
    m, s, _ = gap.shape
    total = (weights @ gap.reshape(m, s * 2)).reshape(len(weights), s, 2)
    return np.asarray(total / (weights @ seen + pull)[:, :, None], np.float32)


def sponsor_signs(sponsors: NDArray[np.bool_], agree: F32) -> F32:
    """Return what the sponsors of new texts tell of each state, (n, s, 3); NaN where unknown.

    The columns: whether it is one of them; how alike it votes to them, a mean of ``agree`` over
    the others among them; how many they are (log).

    Args:
        sponsors: (n, s); a row without any is not known.
        agree: (s, s) from :func:`agreement`.
    """
    these = sponsors.astype(np.float32)
    count = these.sum(1, keepdims=True)
    others = count - these
    alike = (these @ agree - these * np.diag(agree)) / np.maximum(others, 1)
    found = np.stack([these, alike, np.broadcast_to(np.log1p(count), these.shape)], -1)
    found[count[:, 0] == 0] = np.nan
    return np.asarray(found, np.float32)
