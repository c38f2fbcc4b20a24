"""How the forecast of support fared on past decisions to convene, each held out.

Each decision is forecast from the archive as it stood on the day before, so no later record and no
vote of its own day is used; who proposed it is rarely on record and is not used either. The figures
ship as ``track.csv`` (`python -m bench support --data` writes it), and `calibration` reads as much
of it as a day allows to know.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive, open_archive
from detente.convening.support.fitting import Fitted, fit_support
from detente.convening.support.mixed_arrays import Floats
from detente.convening.support.model import simulate
from detente.convening.support.record import ABSTAIN, NO, NOT_LISTED, YES, Decision
from detente.topics import assign

SHARES = (0.5, 2 / 3, 0.8, 0.9)
"""Thresholds that are checked, as shares of all members voting yes."""
_LIKE = 4.0  # votes that the common shares count for in a state's own


@dataclass(frozen=True)
class Held:
    """One decision, forecast as of the day before.

    Attributes:
        day, symbol: of the decision.
        members, yes: how many could vote, and voted yes.
        expected, low, high: forecast of the yes votes, with its 90% interval.
        rank: share of simulated outcomes with fewer yes votes, ties counted half.
        alone_low, alone_high, alone_rank: the same with the errors of states independent.
        loss, base_loss, state_loss: mean log loss of the votes cast: the forecast; the shares of
            all earlier answers to decisions to convene; each state's own shares of them.
        brier, base_brier, state_brier: mean squared error of the chance that a member votes yes.
        chance_50, chance_67, chance_80, chance_90: forecast that so large a share of members votes
            yes; alone_50 … alone_90 with independent errors.
    """

    day: date
    symbol: str
    members: int
    yes: int
    expected: float
    low: float
    high: float
    rank: float
    alone_low: float
    alone_high: float
    alone_rank: float
    loss: float
    base_loss: float
    state_loss: float
    brier: float
    base_brier: float
    state_brier: float
    chance_50: float
    chance_67: float
    chance_80: float
    chance_90: float
    alone_50: float
    alone_67: float
    alone_80: float
    alone_90: float


def hold_out(whole: Archive, decision: Decision, folder: Path | None = None) -> Held:
    """Forecast one past decision from the day before, and compare with what happened.

    Args:
        whole: an archive that holds the decision.
        decision: the decision.
        folder: where the archive lies; None for the user's.

    Raises:
        NotFound: too few decisions to convene before it.
    """
    before = decision.day - timedelta(days=1)
    archive = open_archive(as_of=before, folder=folder)
    item = assign(whole).of("rollcalls").get(decision.vote_id)
    fitted = fit_support(archive, before, item)
    voted = dict(whole.sql("select iso3, vote from votes where vote_id = ?", (decision.vote_id,)))
    codes = {"yes": YES, "abstain": ABSTAIN, "no": NO, "absent": 4}
    truth = np.array([codes[voted[s]] if s in voted else NOT_LISTED for s in fitted.states])
    return _scored(decision, fitted, truth, _shares(archive, fitted))


def _shares(archive: Archive, fitted: Fitted) -> tuple[Floats, Floats]:
    """Return the shares of yes, abstain, no and absent so far: of all, and of each state."""
    ids = ", ".join("'" + row.vote_id.replace("'", "''") + "'" for row in fitted.decisions)
    place = {code: i for i, code in enumerate(fitted.states)}
    counts = np.zeros((len(fitted.states), 4))
    order = ("yes", "abstain", "no", "absent")
    for iso3, vote, number in archive.sql(
        f"select iso3, vote, count(*) from votes where vote_id in ({ids}) group by 1, 2 order by 1"
    ):
        if iso3 in place:
            counts[place[iso3], order.index(vote)] = number
    base = (counts.sum(0) + 1.0) / (counts.sum() + 4.0)
    own = (counts + _LIKE * base) / (counts.sum(1, keepdims=True) + _LIKE)
    return np.broadcast_to(base, own.shape), own


def _scored(
    decision: Decision, fitted: Fitted, truth: NDArray[np.int64], usual: tuple[Floats, Floats]
) -> Held:
    lots = simulate(fitted, "")
    listed = truth != NOT_LISTED
    cast = listed & (truth <= NO)
    yes = lots.answer > 0
    no = lots.answer < -lots.gap
    deeds = np.stack([yes.mean(1), (~yes & ~no).mean(1), no.mean(1)], axis=1)
    there = lots.presence > 0
    joined = (yes & there)[listed]
    chance = joined.mean(1)
    count = joined.sum(0)
    rng = np.random.default_rng(decision.day.toordinal())
    alone = sum((rng.random(len(count), np.float32) < p).astype(np.int16) for p in chance)
    got, members = int((truth == YES).sum()), int(listed.sum())
    base, own = usual
    said = truth[listed] == YES

    def loss(shares: Floats) -> float:
        held = np.clip(shares[cast, :3] / shares[cast, :3].sum(1, keepdims=True), 1e-4, 1)
        return float(-np.log(held[np.arange(cast.sum()), truth[cast] - 1]).mean())

    def brier(chances: Floats) -> float:
        return float(((chances - said) ** 2).mean())

    def rank(counts: NDArray[np.integer]) -> float:
        return float(((counts < got).mean() + (counts <= got).mean()) / 2)

    def reach(counts: NDArray[np.integer]) -> list[float]:
        return [float((counts >= np.ceil(share * members)).mean()) for share in SHARES]

    low, high = (float(q) for q in np.quantile(count, [0.05, 0.95]))
    alone_low, alone_high = (float(q) for q in np.quantile(alone, [0.05, 0.95]))
    shared, single = reach(count), reach(alone)
    return Held(
        day=decision.day,
        symbol=decision.symbol or decision.vote_id,
        members=members,
        yes=got,
        expected=float(count.mean()),
        low=low,
        high=high,
        rank=rank(count),
        alone_low=alone_low,
        alone_high=alone_high,
        alone_rank=rank(alone),
        loss=loss(deeds),
        base_loss=loss(base),
        state_loss=loss(own),
        brier=brier(chance),
        base_brier=brier(base[listed, 0]),
        state_brier=brier(own[listed, 0]),
        chance_50=shared[0],
        chance_67=shared[1],
        chance_80=shared[2],
        chance_90=shared[3],
        alone_50=single[0],
        alone_67=single[1],
        alone_80=single[2],
        alone_90=single[3],
    )


@dataclass(frozen=True)
class Calibration:
    """How the forecast fared over some held-out decisions.

    Attributes:
        decisions: how many; first and last day.
        loss, base_loss, state_loss: mean log loss of votes cast.
        brier, base_brier, state_brier: mean squared error of a member's yes.
        coverage, alone_coverage: share of the 90% intervals that held the count of yes votes;
            with shared and with independent errors.
        width, alone_width: mean width of these intervals, in states.
        error: mean absolute error of the expected count, in states.
        bias: mean of expected less actual.
        thresholds: share of members -> mean forecast, share reached, mean squared error with
            shared errors, the same with independent errors.
    """

    decisions: int
    first: date
    last: date
    loss: float
    base_loss: float
    state_loss: float
    brier: float
    base_brier: float
    state_brier: float
    coverage: float
    alone_coverage: float
    width: float
    alone_width: float
    error: float
    bias: float
    thresholds: Mapping[float, tuple[float, float, float, float]]


@cache
def track() -> tuple[Held, ...]:
    """Return the shipped figures of all held-out decisions, by day."""
    path = resources.files("detente.convening.support").joinpath("track.csv")
    text = path.read_text(encoding="utf-8")
    return tuple(_row(row) for row in csv.DictReader(text.splitlines()))


def _row(row: Mapping[str, str]) -> Held:
    """Return a line of the shipped file as values."""
    values: dict[str, Any] = dict(row)
    for field in fields(Held):
        if field.type in ("int", "float"):
            values[field.name] = (int if field.type == "int" else float)(row[field.name])
    return Held(**values | {"day": date.fromisoformat(row["day"])})


def calibration(as_of: date, rows: tuple[Held, ...] | None = None) -> Calibration | None:
    """Return how the forecast fared on the decisions up to a day; None where there are none."""
    held = [row for row in (track() if rows is None else rows) if row.day <= as_of]
    if not held:
        return None

    def mean(name: str) -> float:
        return float(np.mean([getattr(row, name) for row in held]))

    thresholds = {}
    for share, name in zip(SHARES, ("50", "67", "80", "90"), strict=True):
        reached = np.array([row.yes >= np.ceil(share * row.members) for row in held], float)
        said = np.array([getattr(row, f"chance_{name}") for row in held])
        alone = np.array([getattr(row, f"alone_{name}") for row in held])
        thresholds[share] = (
            float(said.mean()),
            float(reached.mean()),
            float(((said - reached) ** 2).mean()),
            float(((alone - reached) ** 2).mean()),
        )
    return Calibration(
        decisions=len(held),
        first=held[0].day,
        last=held[-1].day,
        loss=mean("loss"),
        base_loss=mean("base_loss"),
        state_loss=mean("state_loss"),
        brier=mean("brier"),
        base_brier=mean("base_brier"),
        state_brier=mean("state_brier"),
        coverage=float(np.mean([row.low <= row.yes <= row.high for row in held])),
        alone_coverage=float(np.mean([row.alone_low <= row.yes <= row.alone_high for row in held])),
        width=float(np.mean([row.high - row.low for row in held])),
        alone_width=float(np.mean([row.alone_high - row.alone_low for row in held])),
        error=float(np.mean([abs(row.expected - row.yes) for row in held])),
        bias=float(np.mean([row.expected - row.yes for row in held])),
        thresholds=thresholds,
    )
