"""An ordered mixed model: fixed effects shared by all texts, random effects of each text.

For text j and state i with features x (P), factors f (K) and ordered answers 0 < 1 < … < C - 1,

    P(answer <= c) = s(cut_c - x'beta - f'b_j),   b_j ~ N(0, diag(v)),   beta ~ N(0, 1 / penalty),

s the logistic function (McCullagh 1980). The factors make states move together in a text: a
constant moves all of them, a place on a line moves opposite ends apart, a group moves its members.
Fitted by EM over the variances, with a Laplace approximation of each text's effects, and Fisher
scoring of all the rest together (Breslow & Clayton 1993). Factors of one class share a variance.
Shapes: J texts, S states, T = P + C - 1 shared parameters, beta before the cuts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SWEEPS = 25
_INNER = 2
_LEAST = 1e-3  # no variance falls below this
_PRIOR_TEXTS = 4.0  # a variance starts as if so many texts had shown the prior one
_LONGEST = 3.0  # a step is cut to this length
_GAP = 0.05  # least distance of two cuts


@dataclass(frozen=True, eq=False)
class Mixed:
    """A fitted model.

    Attributes:
        beta: (P,) fixed effects.
        cuts: (C - 1,) rising cut-points.
        variance: (K,) of the random effects.
        covariance: (T, T) of beta and cuts together, the texts' effects integrated out.
        effects: (J, K) each text's effects at their most probable.
        roots: (J, K, K) Cholesky factors of their posterior covariance.
        weights: (J,) of the texts.
    """

    beta: Floats
    cuts: Floats
    variance: Floats
    covariance: Floats
    effects: Floats
    roots: Floats
    weights: Floats


@dataclass(frozen=True, eq=False)
class Slopes:
    """Gradient and expected information of one text's log likelihood, for every text.

    Attributes:
        value: (J,) log likelihood.
        effects: (J, K) gradient in the text's effects.
        shared: (J, T) gradient in the shared parameters.
        own: (J, K, K) information of the effects; ``cross`` (J, K, T); ``common`` (J, T, T).
    """

    value: Floats
    effects: Floats
    shared: Floats
    own: Floats
    cross: Floats
    common: Floats


def chances(eta: Floats, cuts: Floats) -> Floats:
    """Return the chance of every answer, of eta's shape with an axis of C added."""
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    return np.asarray(np.diff(expit(edges - eta[..., None]), axis=-1))


def slopes(
    answer: NDArray[np.int8], x: Floats, factors: Floats, eta: Floats, cuts: Floats
) -> Slopes:
    """Return gradients and information at one point.

    Args:
        answer: (J, S) 0 … C - 1, negative where missing, which counts for nothing.
        x: (J, S, P); factors: (J, S, K); eta: (J, S), all effects in; cuts: (C - 1,).
    """
    many = len(cuts)
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    below = expit(edges - eta[..., None])
    density = below * (1 - below)
    chance = np.maximum(np.diff(below, axis=-1), 1e-12)
    by_eta = -np.diff(density, axis=-1)
    by_cut = np.zeros((*eta.shape, many + 1, many))
    for c in range(many):
        by_cut[..., c, c] = density[..., c + 1]
        by_cut[..., c + 1, c] = -density[..., c + 1]
    seen = answer >= 0
    held = np.where(seen, answer, 0)[..., None]
    given = np.take_along_axis(chance, held, -1)[..., 0]
    slope = np.where(seen, np.take_along_axis(by_eta, held, -1)[..., 0] / given, 0.0)
    at_cut = np.take_along_axis(by_cut, held[..., None], -2)[..., 0, :]
    at_cut = np.where(seen[..., None], at_cut / given[..., None], 0.0)
    share = seen[..., None] / chance
    info = (share * by_eta**2).sum(-1)
    info_cut = np.einsum("jsa,jsac->jsc", share * by_eta, by_cut)
    info_cuts = np.einsum("jsa,jsac,jsad->jcd", share, by_cut, by_cut, optimize=True)
    weighted = factors * info[..., None]
    turn = np.swapaxes(weighted, 1, 2)
    own = turn @ factors
    cross = np.concatenate([turn @ x, np.swapaxes(factors, 1, 2) @ info_cut], axis=2)
    corner = np.swapaxes(x, 1, 2) @ info_cut
    top = np.concatenate([np.swapaxes(x * info[..., None], 1, 2) @ x, corner], axis=2)
    common = np.concatenate(
        [top, np.concatenate([np.swapaxes(corner, 1, 2), info_cuts], axis=2)], axis=1
    )
    return Slopes(
        np.where(seen, np.log(given), 0.0).sum(1),
        np.einsum("js,jsk->jk", slope, factors),
        np.concatenate([np.einsum("js,jsp->jp", slope, x), at_cut.sum(1)], axis=1),
        own,
        cross,
        common,
    )


def fit_mixed(
    answer: NDArray[np.int8],
    x: Floats,
    factors: Floats,
    kinds: Ints,
    weights: Floats,
    *,
    classes: int,
    penalty: float = 1.0,
    prior_variance: float = 0.5,
) -> Mixed:
    """Fit the model.

    Args:
        answer: (J, S) 0 … C - 1, negative where missing.
        x: (J, S, P) features, no constant: the cuts hold it.
        factors: (J, S, K).
        kinds: (K,) class of each factor; factors of one class share a variance.
        weights: (J,) of texts, at most 1.
        classes: C, how many ordered answers.
        penalty: of every coefficient, the inverse of its prior variance.
        prior_variance: of the random effects before any text is seen.
    """
    texts, _, width = x.shape
    ways = factors.shape[2]
    shared = np.concatenate([np.zeros(width), _first_cuts(answer, weights, classes)])
    effects = np.zeros((texts, ways))
    variance = np.full(ways, prior_variance)
    total = float(weights.sum())
    ridge = np.concatenate([np.full(width, penalty), np.full(classes - 1, 1e-6)])
    information = np.diag(ridge)
    for _ in range(SWEEPS):
        for _ in range(_INNER):
            eta = x @ shared[:width] + np.einsum("jsk,jk->js", factors, effects)
            at = slopes(answer, x, factors, eta, shared[width:])
            inverse = np.linalg.inv(at.own + np.diag(1.0 / variance))
            pull = at.effects - effects / variance
            passed = np.swapaxes(at.cross, 1, 2) @ inverse
            information = np.diag(ridge) + np.tensordot(
                weights, at.common - passed @ at.cross, axes=1
            )
            left = at.shared - (passed @ pull[..., None])[..., 0]
            back = np.concatenate([penalty * shared[:width], np.zeros(classes - 1)])
            step = np.linalg.solve(information, weights @ left - back)
            step *= min(1.0, _LONGEST / max(float(np.linalg.norm(step)), 1e-12))
            turn = (inverse @ (pull - at.cross @ step)[..., None])[..., 0]
            length = np.linalg.norm(turn, axis=1, keepdims=True)
            shared = shared + step
            for c in range(width + 1, width + classes - 1):  # a cut may not pass the one below
                shared[c] = max(shared[c], shared[c - 1] + _GAP)
            effects = effects + turn * np.minimum(1.0, _LONGEST / np.maximum(length, 1e-12))
        spread = effects**2 + np.diagonal(inverse, axis1=1, axis2=2)
        for kind in np.unique(kinds):
            of = kinds == kind
            mean = float((weights[:, None] * spread[:, of]).sum() / of.sum())
            variance[of] = max(
                (mean + _PRIOR_TEXTS * prior_variance) / (total + _PRIOR_TEXTS), _LEAST
            )
    return Mixed(
        beta=shared[:width],
        cuts=shared[width:],
        variance=variance,
        covariance=np.asarray(np.linalg.inv(0.5 * (information + information.T))),
        effects=effects,
        roots=np.asarray(np.linalg.cholesky(inverse)),
        weights=weights,
    )


def _first_cuts(answer: NDArray[np.int8], weights: Floats, classes: int) -> Floats:
    """Return cut-points that give the weighted shares of the answers."""
    counts = np.array(
        [((answer == c) * weights[:, None]).sum() + 1.0 for c in range(classes)], np.float64
    )
    below = np.cumsum(counts)[:-1] / counts.sum()
    return np.asarray(np.log(below / (1 - below)))
