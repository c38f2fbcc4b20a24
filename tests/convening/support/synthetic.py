"""A small fitted question with known parameters, for tests that need no archive."""

from __future__ import annotations

from datetime import date

import numpy as np

from detente.convening.support.fitting import PRESENCE_FACTORS, Fitted
from detente.convening.support.mixed_arrays import Mixed
from detente.convening.support.model import Support, drawn

DAY = date(2018, 11, 20)
CODES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH", "III", "JJJ")


def mixed(features: int, factors: int, cuts: tuple[float, ...], texts: int = 6) -> Mixed:
    rng = np.random.default_rng(factors)
    return Mixed(
        beta=np.linspace(0.5, 1.0, features),
        cuts=np.array(cuts),
        variance=np.full(factors, 0.5),
        covariance=0.01 * np.eye(features + len(cuts)),
        effects=rng.normal(0, 0.8, (texts, factors)),
        roots=np.broadcast_to(0.2 * np.eye(factors), (texts, factors, factors)),
        weights=np.ones(texts),
    )


def fitted(codes: tuple[str, ...] = CODES) -> Fitted:
    """Each state's features depend on its code alone, so states can be put in any order."""
    number = {code: i for i, code in enumerate(CODES)}
    rows = np.array([number[code] for code in codes])
    rng = np.random.default_rng(5)
    many = len(PRESENCE_FACTORS) + 2
    x = rng.normal(0, 1, (len(CODES), 2))[rows]
    factors = np.concatenate(
        [np.ones((len(CODES), 1)), rng.normal(0, 0.7, (len(CODES), many - 1))], axis=1
    )[rows]
    return Fitted(
        states=codes,
        decisions=(),
        answer=mixed(2, many, (-2.0, -0.6)),
        presence=mixed(2, len(PRESENCE_FACTORS), (-1.5,)),
        answer_x=x,
        presence_x=x,
        factors=factors,
    )


def synthetic(
    host: str = "AAA",
    overrides: dict[str, float] | None = None,
    codes: tuple[str, ...] = CODES,
    outcomes: int = 2000,
) -> Support:
    return drawn(fitted(codes), host, DAY, None, overrides or {}, outcomes)
