"""The level as it was known month by month: the Kalman filter with the biases in its state.

The same model as `latent_arrays`; nothing later than a month enters its row. For the statement as
of one day the smoother is enough, since its last month is the filter's; the filter serves to judge
what the index would have said in the past, and to test the smoother.
"""

from __future__ import annotations

import numpy as np

from detente.tension.latent_arrays import Floats, Parameters


def filtered(y: Floats, p: Parameters) -> tuple[Floats, Floats]:
    """Return (T, N) mean and variance of the level given observations up to each month.

    Observations of a month are taken in one by one, which is exact as their noise is independent
    (Durbin & Koopman 2012, section 6.4).

    Args:
        y: (T, S, N) observations, NaN where missing.
        p: the parameters.
    """
    T, S, N = y.shape
    state = np.zeros((N, S + 1))
    P = np.zeros((N, S + 1, S + 1))
    P[:, 0, 0] = p.p0
    P[:, np.arange(1, S + 1), np.arange(1, S + 1)] = p.tau2
    mean, variance = np.empty((T, N)), np.empty((T, N))
    for t in range(T):
        if t:
            P[:, 0, 0] += p.q
        for s in range(S):
            value = y[t, s]
            seen = np.isfinite(value)
            if not seen.any():
                continue
            Ph = p.b[s] * P[:, :, 0] + P[:, :, s + 1]
            F = p.b[s] * Ph[:, 0] + Ph[:, s + 1] + p.r[s]
            v = np.where(seen, value - p.a[s] - p.b[s] * state[:, 0] - state[:, s + 1], 0.0)
            K = np.where(seen, 1.0 / F, 0.0)[:, None] * Ph
            state += K * v[:, None]
            P -= K[:, :, None] * Ph[:, None, :]
        mean[t], variance[t] = state[:, 0], P[:, 0, 0]
    return mean, variance
