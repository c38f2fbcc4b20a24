"""One latent level a pair behind many incomplete series: the exact posterior.

The model, for pair i, month t and source s (docs/methods/tension.md)::

    x[i,t]   = x[i,t-1] + w,              w ~ N(0, q),      x[i,0] ~ N(0, p0)
    y[i,s,t] = a[s] + b[s] x[i,t] + u[i,s] + e,   u ~ N(0, tau2[s]),   e ~ N(0, r[s])

It is the local level model of Harvey 1989 (ch. 2) with several incomplete series a level, as in
dynamic factor models with missing data (Banbura & Modugno 2014, J. Applied Econometrics 29). Given
the parameters everything is Gaussian. The precision of (x, u) is a tridiagonal block bordered by S
columns, so the exact posterior costs one tridiagonal solve with S + 1 right sides (Rue & Held 2005,
ch. 2): the same numbers as a Kalman smoother with the biases in its state. A value that is missing
adds nothing; it is never filled in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Parameters:
    """Parameters of the model.

    Attributes:
        a, b: (S,) intercept and loading of each source.
        r: (S,) variance of its noise, made larger where the noise is slow (`loading_arrays`).
        tau2: (S,) variance of a pair's own bias in it.
        q: variance of the level's step from a month to the next.
        p0: variance of the level in the first month.
    """

    a: Floats
    b: Floats
    r: Floats
    tau2: Floats
    q: float
    p0: float


@dataclass(frozen=True, eq=False)
class Smoothed:
    """The posterior of N pairs over T months.

    Attributes:
        mean, variance: (T, N) of the level.
        step: (T - 1, N) covariance of the level with the next month's.
        last: (T, N) covariance of the level with the last month's.
        bias: (S, N) posterior mean of each pair's bias.
        bias_variance: (S, N) its variance.
        cross: (T, S, N) covariance of level and bias.
    """

    mean: Floats
    variance: Floats
    step: Floats
    last: Floats
    bias: Floats
    bias_variance: Floats
    cross: Floats


def smooth(y: Floats, p: Parameters) -> Smoothed:
    """Return the exact posterior of levels and biases.

    Args:
        y: (T, S, N) observations, NaN where missing.
        p: the parameters.
    """
    seen = np.isfinite(y)
    T, S, N = y.shape
    weight = (p.b / p.r)[None, :, None]
    excess = np.where(seen, y - p.a[None, :, None], 0.0)
    C = seen * weight
    diagonal = (seen * (p.b**2 / p.r)[None, :, None]).sum(1)
    right = np.concatenate([(excess * weight).sum(1)[:, None], C], axis=1)
    diagonal[0] += 1.0 / p.p0
    diagonal[:-1] += 1.0 / p.q
    diagonal[1:] += 1.0 / p.q
    # Elimination: delta are the pivots, J the gains of the smoother.
    delta = np.empty((T, N))
    J = np.empty((T, N))
    solved = right
    for t in range(T):
        delta[t] = diagonal[t]
        if t:
            delta[t] -= J[t - 1] / p.q
            solved[t] += J[t - 1] * solved[t - 1]
        J[t] = 1.0 / (p.q * delta[t])
    solved /= delta[:, None]
    variance = 1.0 / delta
    step = np.empty((max(T - 1, 0), N))
    last = np.empty((T, N))
    last[T - 1] = variance[T - 1]
    for t in range(T - 2, -1, -1):
        solved[t] += J[t] * solved[t + 1]
        step[t] = J[t] * variance[t + 1]
        variance[t] += J[t] * step[t]
        last[t] = J[t] * last[t + 1]
    z, W = solved[:, 0], solved[:, 1:]
    # The border: biases given everything.
    M = -np.einsum("tsn,tkn->nsk", C, W, optimize=True)
    M[:, np.arange(S), np.arange(S)] += 1.0 / p.tau2 + seen.sum(0).T / p.r
    g = excess.sum(0) / p.r[:, None] - np.einsum("tsn,tn->sn", C, z)
    inverse = np.linalg.inv(M)
    bias = np.einsum("nsk,kn->sn", inverse, g)
    G = np.einsum("tsn,nsk->tkn", W, inverse, optimize=True)
    return Smoothed(
        mean=z - np.einsum("tsn,sn->tn", W, bias),
        variance=variance + np.einsum("tsn,tsn->tn", G, W),
        step=step + np.einsum("tsn,tsn->tn", G[:-1], W[1:]),
        last=last + np.einsum("tsn,sn->tn", G, W[-1]),
        bias=bias,
        bias_variance=np.diagonal(inverse, axis1=1, axis2=2).T.copy(),
        cross=-G,
    )


def spans(y: Floats) -> NDArray[np.bool_]:
    """Return (T, N): whether a month lies between a pair's first and last observation."""
    some: NDArray[np.bool_] = np.asarray(np.isfinite(y).any(axis=1))
    begun = np.maximum.accumulate(some, axis=0)
    still = np.maximum.accumulate(some[::-1], axis=0)[::-1]
    return np.asarray(begun & still)
