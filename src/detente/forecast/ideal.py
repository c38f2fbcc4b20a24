"""Ideal points alone, as a rung of the ladder: states on one line, cut-points from near texts.

A state's point is its place on the first singular direction of the votes of the five sessions
before. A state is expected to answer as those near it on the line answered the nearest earlier
texts, a Gaussian kernel on the ranks of the points standing for ordered cut-points.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.forecast.features import feature_names
from detente.forecast.features_arrays import F32, USUAL
from detente.forecast.model import Rows
from detente.forecast.record import Record

_SESSIONS = 5
_WIDTH = 0.06  # of the line from the first state to the last


def points(record: Record, session: int) -> NDArray[np.float64]:
    """Return each state's rank on the line, (n_states,) from 0 to 1, before a session begins."""
    rows = (record.session >= session - _SESSIONS) & (record.session < session)
    votes = record.votes[rows].astype(np.float64)
    seen = votes >= 0
    score = np.where(seen, votes - 1, 0)
    score = np.where(
        seen, score - score.sum(1, keepdims=True) / np.maximum(seen.sum(1), 1)[:, None], 0
    )
    _, _, right = np.linalg.svd(score, full_matrices=False)
    line = right[0] / np.sqrt(np.maximum(seen.sum(0), 1))
    return np.argsort(np.argsort(line, kind="stable"), kind="stable") / max(len(line) - 1, 1)


def predict_from_points(record: Record, tested: Rows) -> F32:
    """Return (n, n_states, 3) chances from points and near texts."""
    names = feature_names()
    no, yes, mass = (names.index(f"wide {what}") for what in ("no", "yes", "mass"))
    out = np.empty((*tested.values.shape[:2], 3), np.float32)
    for session in np.unique(record.session[tested.text]):
        here = record.session[tested.text] == session
        place = points(record, int(session))
        kernel = np.exp(-0.5 * ((place[:, None] - place[None, :]) / _WIDTH) ** 2)
        values = tested.values[here]
        heard = np.exp(values[:, :, mass])[:, :, None]
        shares = np.stack(
            [values[:, :, no], 1 - values[:, :, no] - values[:, :, yes], values[:, :, yes]], -1
        )
        near = np.matmul(kernel, shares * heard) + 1e-3 * USUAL
        out[here] = near / near.sum(2, keepdims=True)
    return out
