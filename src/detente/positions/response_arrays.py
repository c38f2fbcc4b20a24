"""The ordered logit of a vote, no < abstain < yes, and its sums over states and roll calls.

With eta = beta * theta and cut-points k1 < k2 of a roll call,

    P(no) = s(k1 - eta),   P(yes) = s(eta - k2),   s(x) = 1 / (1 + exp(-x)),
    P(abstain) = s(k2 - eta) - s(k1 - eta) = s(k2 - eta) s(eta - k1) (1 - exp(k1 - k2)),

so the logarithm of every probability is a sum of plain binary logits: no sees k1, yes sees k2,
abstain sees both. Score and information need one exponential a vote, and the information is never
negative.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.positions.layout_arrays import Block, Floats, Layout, Singles

DISCRIMINATION_SD = 1.0
CUT_POINT_SD = 5.0
HALF_A_VOTE = 0.5
_LONGEST_STEP = 1.5


@dataclass(frozen=True)
class Items:
    """Roll-call parameters and how sure they are.

    Attributes:
        beta: (G,) discrimination.
        k1, k2: (G,) lower and upper cut-point, k1 < k2.
        covariance: (G, 3, 3) of (beta, k1, k2).
    """

    beta: Floats
    k1: Floats
    k2: Floats
    covariance: Floats

    def shifted(self, mean: float, sd: float) -> Items:
        """Return the parameters for positions (theta - mean) / sd; no probability changes."""
        A = np.zeros((3, 3))
        A[0, 0], A[1, 0], A[2, 0], A[1, 1], A[2, 2] = sd, -mean, -mean, 1.0, 1.0
        return Items(
            beta=self.beta * sd,
            k1=self.k1 - self.beta * mean,
            k2=self.k2 - self.beta * mean,
            covariance=A @ self.covariance @ A.T,
        )


def blank_items(n_items: int) -> Items:
    """Return items that say nothing yet."""
    return Items(
        beta=np.zeros(n_items),
        k1=np.full(n_items, -1.5),
        k2=np.full(n_items, -0.5),
        covariance=np.zeros((n_items, 3, 3)),
    )


def cells(block: Block, theta: Floats, items: Items) -> tuple[Singles, ...]:
    """Return P(no) and P(yes) where their cut-point is seen, and the information of each."""
    g = block.items
    E = np.outer(theta[block.states].astype(np.float32), items.beta[g].astype(np.float32))
    E -= items.k1[g].astype(np.float32)
    np.exp(E, out=E)
    s1 = 1.0 / (1.0 + E)
    E *= np.exp(items.k1[g] - items.k2[g]).astype(np.float32)
    s2 = 1.0 / (1.0 + E)
    no = s1 * block.below
    np.subtract(1.0, s1, out=s1)
    s1 *= no
    yes = (1.0 - s2) * block.above
    s2 *= yes
    return no, yes, s1, s2


def state_sums(layout: Layout, theta: Floats, items: Items) -> tuple[Floats, Floats]:
    """Return the score and the information of every state-session, both (T, S).

    Both are expectations over what is still uncertain about the items, to second order: the
    information gains the variance of beta, and the score is pulled to where an uncertain item
    would matter less.
    """
    score, information = np.zeros(theta.shape), np.zeros(theta.shape)
    C = items.covariance.astype(np.float32)
    for t, block in enumerate(layout.blocks):
        no, yes, h1, h2 = cells(block, theta[t], items)
        g = block.items
        beta = items.beta[g].astype(np.float32)
        pull = h1 @ C[g, 0, 1] + h2 @ C[g, 0, 2]
        h1 += h2
        spread = h1 @ C[g, 0, 0]
        no -= yes
        no += block.lean
        score[t, block.states] = no @ beta + pull - spread * theta[t, block.states]
        information[t, block.states] = h1 @ (beta * beta) + spread
    return score, information


def item_sums(layout: Layout, theta: Floats, variance: Floats, items: Items) -> Floats:
    """Return (9, G) sums over the votes on each item, expectations over the positions.

    Rows: P(no); P(yes); score of beta; information of k1 times 1, theta, theta^2; of k2 likewise.
    """
    sums = np.zeros((9, len(layout.item)))
    for t, block in enumerate(layout.blocks):
        no, yes, h1, h2 = cells(block, theta[t], items)
        x = theta[t, block.states].astype(np.float32)
        v = variance[t, block.states].astype(np.float32)
        W = np.stack([np.ones_like(x), x, x * x + v])
        j = block.calls
        sums[0, j], sums[1, j] = W[0] @ no, W[0] @ yes
        sums[3:6, j], sums[6:9, j] = W @ h1, W @ h2
        no -= yes
        no += block.lean
        h1 += h2
        sums[2, j] = x @ no - (v @ h1) * items.beta[block.items]
    return np.stack([np.bincount(layout.item, row, layout.n_items) for row in sums])


def update_items(layout: Layout, theta: Floats, variance: Floats, items: Items) -> Items:
    """Return items one damped Newton step closer to their posterior mode.

    Priors: beta normal with sd 1 (Bailey, Strezhnev & Voeten 2017), cut-points normal with sd 5,
    and half an abstention an item, which keeps k1 < k2 where nobody abstained.
    """
    p_no, p_yes, s_beta, *h = item_sums(layout, theta, variance, items)
    no, abstain, yes = layout.counts.T
    gap = items.k2 - items.k1
    r = np.exp(-gap)
    u = (abstain + HALF_A_VOTE) * r / (1.0 - r)
    e = u / (1.0 - r)
    beta_precision, cut_precision = DISCRIMINATION_SD**-2, CUT_POINT_SD**-2
    H = np.empty((layout.n_items, 3, 3))
    H[:, 0, 0] = h[2] + h[5] + beta_precision
    H[:, 0, 1] = H[:, 1, 0] = -h[1]
    H[:, 0, 2] = H[:, 2, 0] = -h[4]
    H[:, 1, 1] = h[0] + e + cut_precision
    H[:, 2, 2] = h[3] + e + cut_precision
    H[:, 1, 2] = H[:, 2, 1] = -e
    gradient = np.stack(
        [
            s_beta - items.beta * beta_precision,
            no - p_no - u - items.k1 * cut_precision,
            p_yes - yes + u - items.k2 * cut_precision,
        ],
        axis=1,
    )
    covariance: Floats = np.asarray(np.linalg.inv(H), np.float64)
    step = np.einsum("gij,gj->gi", covariance, gradient)
    step /= np.maximum(1.0, np.abs(step).max(axis=1) / _LONGEST_STEP)[:, None]
    closing = step[:, 1] - step[:, 2]
    step /= np.maximum(1.0, closing / (0.7 * gap))[:, None]
    return replace(
        items,
        beta=items.beta + step[:, 0],
        k1=items.k1 + step[:, 1],
        k2=items.k2 + step[:, 2],
        covariance=covariance,
    )


def probabilities(theta: Floats, beta: Floats, k1: Floats, k2: Floats) -> Floats:
    """Return (3, ...) P(no), P(abstain), P(yes) of votes; the arguments broadcast."""
    eta = np.asarray(beta * theta)
    no = 1.0 / (1.0 + np.exp(eta - k1))
    yes = 1.0 / (1.0 + np.exp(k2 - eta))
    return np.stack([no, 1.0 - no - yes, yes])
