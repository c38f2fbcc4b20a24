"""The chance that the next text on a topic draws no objection: a forgetting beta-binomial.

Model. Text i of topic k, put to the vote at age a_i years, drew no objection (y_i = 1) or drew one
(y_i = 0). Old evidence decays: it counts w_i = 2^(-a_i / h). With n = sum w_i and s = sum w_i y_i,

    p_k | data  ~  Beta(m q + s, m (1 - q) + n - s)

where q is the rate of the parent (a topic's subject, a subject's party set) estimated the same way
and m is how many texts' worth of the parent is drawn in. The predictive chance of the next text is
the mean of that distribution; its 90 % interval is the interval of the rate. Half-life h and
strength m are those that forecast best, one session ahead, on the record before the as-of date.

Source: partial pooling and the beta-binomial as in Gelman et al., Bayesian Data Analysis (3rd ed.,
ch. 5); power discounting of old evidence as in West & Harrison, Bayesian Forecasting and Dynamic
Models (2nd ed., ch. 6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.denominators.beta_arrays import quantile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HALF_LIVES: tuple[float, ...] = (0.75, 1.0, 1.5, 2.5, 4.0, 6.0, 10.0, 20.0)
STRENGTHS: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0)
FIRST_GUESS = 0.5
"""Rate of a party set of which nothing is known, drawn in with the weight of one text."""


@dataclass(frozen=True)
class Settings:
    """Half-life in years, and strength of the parent in texts."""

    half_life: float
    strength: float


@dataclass(frozen=True)
class Rates:
    """Beta distributions of the rate of no objection, one a topic.

    Attributes:
        a, b: (n_topics,) parameters.
        weight: (n_topics,) sum of the weights of the topic's own texts.
    """

    a: Floats
    b: Floats
    weight: Floats

    @property
    def mean(self) -> Floats:
        """Return the predictive chance that the next text draws no objection."""
        mean: Floats = self.a / (self.a + self.b)
        return mean

    def around(self, mean: Floats) -> Rates:
        """Return as much evidence about another mean."""
        total = self.a + self.b
        held = np.clip(mean, 1e-6, 1 - 1e-6)
        return Rates(a=held * total, b=(1 - held) * total, weight=self.weight)

    def interval(self, level: float = 0.90) -> tuple[Floats, Floats]:
        """Return the lower and upper end of the central interval of the rate."""
        tail = (1 - level) / 2
        return quantile(tail, self.a, self.b), quantile(1 - tail, self.a, self.b)


def weights(age: Floats, half_life: float) -> Floats:
    """Return what a text of each age (years, not negative) counts: one when new, half at h."""
    w: Floats = np.exp2(-age / half_life)
    return w


def rates(topic: Ints, parent: Ints, y: Floats, age: Floats, settings: Settings) -> Rates:
    """Return the rate of each topic.

    Args:
        topic: (n_texts,) index of the topic of each text.
        parent: (n_topics,) index of each topic's parent among the parents 0..n_parents-1.
        y: (n_texts,) 1 where nobody objected, 0 where somebody did.
        age: (n_texts,) years before the day for which the rates hold.
        settings: half-life and strength.
    """
    w = weights(age, settings.half_life)
    n_topics = len(parent)
    n = np.bincount(topic, w, n_topics).astype(np.float64)  # no text at all counts as integers
    s = np.bincount(topic, w * y, n_topics)
    n_parents = int(parent.max(initial=-1)) + 1
    n_up = np.bincount(parent, n, n_parents)
    s_up = np.bincount(parent, s, n_parents)
    m = settings.strength
    q_all = (s.sum() + FIRST_GUESS) / (n.sum() + 1)
    q_up = (s_up + m * q_all) / (n_up + m)
    q = q_up[parent]
    return Rates(a=m * q + s, b=m * (1 - q) + n - s, weight=n)


def predictive_score(
    topic: Ints,
    parent: Ints,
    y: Floats,
    time: Floats,
    session: Ints,
    settings: Settings,
    first: int,
) -> float:
    """Return the mean log score of forecasts one session ahead; higher is better.

    Each session from ``first`` on is forecast from the texts of earlier sessions only, as of its
    first text.

    Args:
        topic, parent, y: as in `rates`.
        time: (n_texts,) in years.
        session: (n_texts,) number of the session.
        settings: to be judged.
        first: first session that is forecast.
    """
    total = 0.0
    count = 0
    for number in np.unique(session[session >= first]):
        now = session == number
        before = session < number
        if not before.any():
            continue
        age = time[now].min() - time[before]
        known = rates(topic[before], parent, y[before], np.maximum(age, 0.0), settings)
        p = known.mean[topic[now]]
        total += float(np.log(np.where(y[now] > 0, p, 1 - p)).sum())
        count += int(now.sum())
    return total / count if count else 0.0


def fit(topic: Ints, parent: Ints, y: Floats, time: Floats, session: Ints, window: int) -> Settings:
    """Return the settings that forecast best, one session ahead, over the last sessions.

    Args:
        topic, parent, y, time, session: as in `predictive_score`.
        window: how many of the last sessions are forecast.

    A tie goes to the shorter memory and then to the weaker parent, so that the answer is one.
    """
    if len(session) == 0:
        return Settings(HALF_LIVES[len(HALF_LIVES) // 2], STRENGTHS[len(STRENGTHS) // 2])
    first = int(session.max()) - window + 1
    best = Settings(HALF_LIVES[0], STRENGTHS[0])
    best_score = -np.inf
    for half_life in HALF_LIVES:
        for strength in STRENGTHS:
            settings = Settings(half_life, strength)
            score = predictive_score(topic, parent, y, time, session, settings, first)
            if score > best_score + 1e-12:
                best, best_score = settings, score
    return best


def change(recent: Rates, earlier: Rates, z: float = 1.6449) -> tuple[Floats, Floats, Floats]:
    """Return the change of the rate from earlier to recent, and its 90 % interval.

    The two are taken as independent and the difference as normal, from the beta variances.
    """

    def variance(r: Rates) -> Floats:
        n = r.a + r.b
        v: Floats = r.a * r.b / (n * n * (n + 1))
        return v

    difference = recent.mean - earlier.mean
    half = z * np.sqrt(variance(recent) + variance(earlier))
    return difference, difference - half, difference + half
