"""The chance that nobody objects, when those who might object do so for common reasons.

A one-factor Gaussian copula (Li 2000; Vasicek 1987): each party's chance of a no stays as it is,
and what the title does not tell (how hard the text turned out) moves all of them together. Members
of a bloc share a second factor, which holds most of what moves them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr, ndtri

F64 = NDArray[np.float64]

# Chosen on the forecasts of sessions 60 to 69; docs/methods/forecast.md has the figures.
AMONG_PARTIES = 0.35
WITHIN_BLOC = 0.92
TEMPER = 0.85
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


def none_of(chances: NDArray[np.floating], correlation: float) -> F64:
    """Return the chance that none of several linked events happens.

    Args:
        chances: (n, k) of each event.
        correlation: of the latent causes, from 0 (independent) to below 1.

    Returns:
        (n,) chances; 1 where k is 0.
    """
    bar = ndtri(np.clip(np.asarray(chances, np.float64), 1e-6, 1 - 1e-6))
    moved = bar[:, :, None] + np.sqrt(correlation) * _NODES
    given = 1 - ndtr(moved / np.sqrt(1 - correlation))
    return np.asarray(np.prod(given, axis=1) @ _WEIGHTS)


def tempered(chances: NDArray[np.floating], slope: float = TEMPER) -> F64:
    """Return chances with their log odds multiplied by a slope (Platt 1999, without intercept)."""
    held = np.clip(np.asarray(chances, np.float64), 1e-6, 1 - 1e-6)
    return np.asarray(expit(slope * logit(held)))


def no_objection(
    p_no: NDArray[np.floating],
    parties: Sequence[NDArray[np.int64]],
    among: float = AMONG_PARTIES,
    within: float = WITHIN_BLOC,
) -> tuple[F64, F64]:
    """Return the chance that each party, and that any party, objects to each text.

    Args:
        p_no: (n, n_states) chance of each state's no.
        parties: each party's columns; a party of several objects when any of them votes no.
        among, within: correlations between parties and between a bloc's members.

    Returns:
        (n, n_parties) chance that a party objects, and (n,) chance that none does.
    """
    each = np.stack(
        [
            p_no[:, columns[0]] if len(columns) == 1 else 1 - none_of(p_no[:, columns], within)
            for columns in parties
        ],
        axis=1,
    ).astype(np.float64)
    return each, tempered(none_of(each, among))
