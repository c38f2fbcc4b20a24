"""Small neural networks on the evidence: pure functions on arrays.

One hidden layer of rectified units and three outputs, fitted by Adam with decoupled weight decay
(Kingma & Ba 2015; Loshchilov & Hutter 2019), the step rising for a tenth of the way and falling to
nothing. A session brings some eighty texts and not some ten thousand independent votes, so the
networks are kept small: more units or more rounds fit the texts and not the states.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]

UNITS = 16
ROUNDS = 4
BATCH = 512
STEP = 3e-3
DECAY = 0.3
_FAR = 4.0  # standard deviations beyond which an input counts no more
_LEAST = 0.004  # share below which the log odds of an input share fall no further
_MOMENTS = (0.9, 0.99)


@dataclass(frozen=True, eq=False)
class Net:
    """A fitted network.

    Attributes:
        shares: (n_features,) which inputs are shares, read as half their log odds.
        mean, scale: (n_features,) of the inputs so read.
        weights, offsets: of the hidden layer and of the outputs.
    """

    shares: NDArray[np.bool_]
    mean: F32
    scale: F32
    weights: tuple[F32, F32]
    offsets: tuple[F32, F32]

    def chances(self, values: F32) -> F32:
        """Return (n, 3) chances from (n, n_features) inputs; NaN counts as the mean."""
        x = standard(odds(values, self.shares), self.mean, self.scale)
        hidden = np.maximum(x @ self.weights[0] + self.offsets[0], 0)
        return softmax(hidden @ self.weights[1] + self.offsets[1])


def odds(values: F32, shares: NDArray[np.bool_]) -> F32:
    """Return inputs with shares made half log odds."""
    out = np.array(values, np.float32)
    held = np.clip(out[:, shares], _LEAST, 1 - _LEAST)
    out[:, shares] = 0.5 * np.log(held / (1 - held))
    return out


def standard(values: F32, mean: F32, scale: F32) -> F32:
    """Return inputs in standard deviations from their mean, held to four; NaN is the mean."""
    out = np.clip((values - mean) / scale, -_FAR, _FAR)
    out[np.isnan(out)] = 0
    return np.asarray(out, np.float32)


def softmax(scores: F32) -> F32:
    """Return chances in proportion to the exponential of scores, along the last axis."""
    found = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(found / found.sum(-1, keepdims=True), np.float32)


def _moments(values: F32) -> tuple[F32, F32]:
    """Return mean and standard deviation of each column; 0 and 1 where nothing is known."""
    known = ~np.isnan(values)
    count = np.maximum(known.sum(0), 1)
    mean = np.where(known, values, 0).sum(0, dtype=np.float64) / count
    spread = np.where(known, values - mean, 0)
    scale = np.sqrt((spread * spread).sum(0) / count)
    return np.asarray(mean, np.float32), np.asarray(np.where(scale > 1e-6, scale, 1), np.float32)


def fit_net(
    values: F32,
    answer: NDArray[np.int8],
    weight: NDArray[np.float64],
    shares: NDArray[np.bool_],
    seed: int,
) -> Net:
    """Fit a network by minimising the weighted log loss.

    Args:
        values: (n, n_features); NaN where not known.
        answer: (n,) 0, 1 or 2.
        weight: (n,) what each row counts.
        shares: (n_features,) which inputs are shares from 0 to 1.
        seed: of the first weights and of the order of rows.
    """
    read = odds(values, shares)
    mean, scale = _moments(read)
    x = standard(read, mean, scale)
    target = np.eye(3, dtype=np.float32)[answer]
    heft = (weight / weight.mean()).astype(np.float32)[:, None] / min(BATCH, len(x))
    rng = np.random.default_rng(seed)
    first = rng.normal(size=(x.shape[1], UNITS)) * np.sqrt(2 / x.shape[1])
    second = rng.normal(size=(UNITS, 3)) * 0.1 * np.sqrt(2 / UNITS)
    now = [
        first.astype(np.float32),
        second.astype(np.float32),
        np.zeros(UNITS, np.float32),
        np.zeros(3, np.float32),
    ]
    means = [np.zeros_like(part) for part in now]
    squares = [np.zeros_like(part) for part in now]
    batches = max(len(x) // BATCH, 1)
    total = ROUNDS * batches
    for number in range(total):
        if number % batches == 0:
            order = rng.permutation(len(x))
        rows = order[number % batches * BATCH :][:BATCH]
        part = x[rows]
        hidden = np.maximum(part @ now[0] + now[2], 0)
        error = (softmax(hidden @ now[1] + now[3]) - target[rows]) * heft[rows]
        back = (error @ now[1].T) * (hidden > 0)
        slopes = (part.T @ back, hidden.T @ error, back.sum(0), error.sum(0))
        done = (number + 1) / total
        step = STEP * min(1.0, 10 * done) * (1 - done)
        for i, slope in enumerate(slopes):
            means[i] += (1 - _MOMENTS[0]) * (slope - means[i])
            squares[i] += (1 - _MOMENTS[1]) * (slope * slope - squares[i])
            size = means[i] / (1 - _MOMENTS[0] ** (number + 1))
            size /= np.sqrt(squares[i] / (1 - _MOMENTS[1] ** (number + 1))) + 1e-8
            now[i] -= np.float32(step) * (size + DECAY * now[i] if i < 2 else size)
    return Net(shares, mean, scale, (now[0], now[1]), (now[2], now[3]))
