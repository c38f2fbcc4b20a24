"""Simulated outcomes: what every state does, drawn many times from a mixed model.

Shapes: S states, N outcomes in M blocks of equal length; each block has parameters of its own,
drawn from their posterior, so that the spread over blocks is what the parameters leave unknown.
Noise of a state depends on the seed and the state's code alone: neither the order nor the company
of states changes it. Draws are kept a state a row, which makes a count over any electorate a sum
of rows.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from detente.convening.support.mixed_arrays import Mixed

Floats = NDArray[np.float64]
F32 = NDArray[np.float32]

OUTCOMES = 100_000
BLOCKS = 50
SEED = 20181120
_QUANTILES = 1 << 16
_LOGISTIC = np.log(
    (np.arange(_QUANTILES) + 0.5) / (_QUANTILES - np.arange(_QUANTILES) - 0.5)
).astype(np.float32)
"""Quantiles of the logistic distribution at 16-bit numbers: a look-up costs a tenth of a log."""


@dataclass(frozen=True, eq=False)
class Shaken:
    """Parameters of every block and effects of every outcome.

    Attributes:
        base: (M, S) fixed part of the answer.
        cuts: (M, C - 1).
        effects: (N, K) random effects.
    """

    base: Floats
    cuts: Floats
    effects: Floats


def shake(model: Mixed, x: Floats, outcomes: int, blocks: int, salt: str) -> Shaken:
    """Draw parameters and effects: (S, P) features of the question in, blocks out.

    A simulated text has the effects of a past text, chosen by weight, with that text's own
    uncertainty: what moved states together then moves them now, and the many near-unanimous texts
    and the few contested ones keep their shares, which no normal curve does. Each block draws its
    own shared parameters from their posterior and its own weights of texts (Rubin 1981).
    """
    rng = generator(salt)
    width, texts = len(model.beta), len(model.weights)
    mean = np.concatenate([model.beta, model.cuts])
    root = np.linalg.cholesky(model.covariance + 1e-10 * np.eye(len(mean)))
    shared = mean + rng.standard_normal((blocks, len(mean))) @ root.T
    cuts = np.sort(shared[:, width:], axis=1)
    per = outcomes // blocks
    share = rng.gamma(np.maximum(model.weights, 1e-6), size=(blocks, texts)) + 1e-300
    ends = np.cumsum(share / share.sum(axis=1, keepdims=True), axis=1)
    points = (np.arange(per) + rng.random((blocks, 1))) / per
    chosen = np.concatenate(
        [np.searchsorted(ends[m], points[m]).clip(0, texts - 1) for m in range(blocks)]
    )
    effects = model.effects[chosen]
    normal = rng.standard_normal(effects.shape)
    for text in range(texts):
        rows = chosen == text
        effects[rows] += normal[rows] @ model.roots[text].T
    return Shaken(shared[:, :width] @ x.T, cuts, effects)


def generator(*parts: str) -> np.random.Generator:
    """Return the stream of numbers that belongs to these words."""
    return np.random.Generator(np.random.SFC64(zlib.crc32(" ".join(parts).encode()) + SEED))


def condition(shaken: Shaken, factors: Floats, state: int, salt: str) -> Shaken:
    """Return the outcomes given that one state answers yes: the convener backs its own proposal.

    Within each block, effects are drawn again in proportion to the chance that the state says yes
    under them (systematic resampling; Kitagawa 1996); parameters keep their weights.
    """
    blocks = len(shaken.base)
    effects = shaken.effects.reshape(blocks, -1, shaken.effects.shape[1])
    eta = shaken.base[:, state, None] + effects @ factors[state]
    chance = expit(eta - shaken.cuts[:, -1, None])
    start = generator(salt).random(blocks)
    per = effects.shape[1]
    chosen = np.empty_like(effects)
    for m in range(blocks):
        total = np.cumsum(chance[m])
        points = (np.arange(per) + start[m]) / per * total[-1]
        chosen[m] = effects[m, np.searchsorted(total, points).clip(0, per - 1)]
    return Shaken(shaken.base, shaken.cuts, chosen.reshape(shaken.effects.shape))


def noise(salt: str, code: str, outcomes: int) -> F32:
    """Return (N,) standard logistic noise of one state."""
    raw = np.frombuffer(generator(salt, code).bytes(2 * outcomes), np.uint16)
    return _LOGISTIC[raw]


def latents(shaken: Shaken, factors: Floats, states: Sequence[str], salt: str) -> F32:
    """Return (S, N) latent answers of all states, less the highest cut-point."""
    blocks, outcomes = len(shaken.base), len(shaken.effects)
    per = outcomes // blocks
    found = factors.astype(np.float32) @ shaken.effects.astype(np.float32).T
    shift = (shaken.base - shaken.cuts[:, -1:]).T.astype(np.float32)
    for row, code in enumerate(states):
        found[row].reshape(blocks, per)[...] += shift[row][:, None]
        found[row] += noise(salt, code, outcomes)
    return np.asarray(found, np.float32)


def means(shaken: Shaken, factors: Floats, outcomes: NDArray[np.int64]) -> F32:
    """Return (S, J) latent answers of some outcomes without the states' own noise."""
    per = len(shaken.effects) // len(shaken.base)
    block = outcomes // per
    fixed = shaken.base[block].T - shaken.cuts[block, -1]
    return np.asarray(fixed + factors @ shaken.effects[outcomes].T, np.float32)
