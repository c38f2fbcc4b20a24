"""The random walk of ideal points: a Kalman filter and a Rauch-Tung-Striebel smoother.

All states at once; a row is a session, a column a state, and a chain runs from a state's first to
its last vote. Outside its chain a state keeps the prior.
"""

from __future__ import annotations

import numpy as np

from detente.positions.layout_arrays import Floats, Ints


def smooth(
    precision: Floats,
    reading: Floats,
    step: Floats,
    first: Ints,
    last: Ints,
    entry_variance: float,
) -> tuple[Floats, Floats]:
    """Return the posterior means and variances of a Gaussian random walk.

    Args:
        precision: (T, S) information that a session's votes carry on a state; 0 where none.
        reading: (T, S) what they say; its value does not matter where the precision is 0.
        step: (T,) variance of the step into each session.
        first, last: (S,) the rows between which a state's chain runs.
        entry_variance: variance of a state's first position around 0.

    Returns:
        means and variances, both (T, S).

    Rauch, Tung & Striebel 1965; in Imai, Lo & Olmsted 2016, appendix.
    """
    T, S = precision.shape
    m_f, C_f, O_f = np.zeros((T, S)), np.zeros((T, S)), np.zeros((T, S))
    m, C = np.zeros(S), np.full(S, entry_variance)
    for t in range(T):
        outside = (t <= first) | (t > last)
        O = np.where(outside, entry_variance, C + step[t])  # noqa: E741 - Omega of the paper
        a = np.where(outside, 0.0, m)
        C = O / (1.0 + O * precision[t])
        m = a + C * precision[t] * (reading[t] - a)
        m_f[t], C_f[t], O_f[t] = m, C, O
    for t in range(T - 2, -1, -1):
        inside = (t >= first) & (t < last)
        J = np.where(inside, C_f[t] / O_f[t + 1], 0.0)
        ahead = np.where(inside, m_f[t], 0.0)
        m_f[t] += J * (m_f[t + 1] - ahead)
        C_f[t] += J * J * (C_f[t + 1] - O_f[t + 1])
    return m_f, C_f
