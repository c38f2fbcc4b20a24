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


def ridge_votes(
    now: F32,
    earlier: F32,
    one_hot: F32,
    weights: F32,
    rates: F32,
    hidden: NDArray[np.bool_] | None = None,
    penalty: float = 0.5,
) -> F32:
    """Return votes predicted from sentence vectors alone, (n, s, 2): shares of no and yes.

    A weighted ridge regression of every state's votes (less its own rate) on the vectors. A state
    that did not vote is filled in with its rate moved by the text's standing, so that one system
    of equations serves all states. Texts ``hidden`` from a new one, (n, m), are taken out of the
    solution for it (Sherman-Morrison-Woodbury), which is the same as never having had them.
    """
    target = np.ascontiguousarray(one_hot[:, :, ::2])
    seen = voted(one_hot)[:, :, None]
    text = target.sum(1, keepdims=True) / np.maximum(seen.sum(1, keepdims=True), 1)
    usual = rates[None, :, ::2]
    filled = np.clip(text + usual - usual.mean(1, keepdims=True), 0, 1)
    m, s, _ = target.shape
    left = (np.where(seen > 0, target, filled) - usual).reshape(m, s * 2)
    root = np.sqrt(weights)[:, None]
    A = np.concatenate([earlier, np.ones((m, 1), np.float32)], 1) * root
    T = left * root
    gram = A.T @ A + penalty * np.eye(A.shape[1], dtype=np.float32)
    B = np.concatenate([now, np.ones((len(now), 1), np.float32)], 1)
    right = A.T @ T
    if hidden is None or not hidden.any():
        found = B @ np.linalg.solve(gram, right)
    else:
        inverse = np.linalg.inv(gram.astype(np.float64))
        found = np.empty((len(now), s * 2), np.float32)
        for i, b in enumerate(B.astype(np.float64)):
            v = b @ inverse
            U = A[hidden[i]].astype(np.float64)
            if len(U):
                UG = U @ inverse
                v = v + np.linalg.solve(np.eye(len(U)) - UG @ U.T, UG @ b) @ UG
            found[i] = v @ right - (v @ U.T) @ T[hidden[i]]
    return np.asarray(found.reshape(len(now), s, 2) + usual, np.float32)
