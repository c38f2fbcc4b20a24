"""Levels of pairs of parties: the model's parameters, and a bloc's pair made of its members'."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from detente import cache
from detente.archive import Archive
from detente.archive.building.tension_series import Observation, month_number, pair
from detente.parties import Party
from detente.tension.latent_arrays import Floats, Smoothed, smooth
from detente.tension.loading_arrays import Estimate, estimate
from detente.tension.panel import START, Panel, StatePair, build_panel, end_month
from detente.tension.sources import NAMES, YEARLY

PACE = np.array([12.0 if name in YEARLY else 1.0 for name in NAMES])
HELD = np.array([name == "council" for name in NAMES])
"""Sources whose pairs share one agenda, so that their loading is not estimated from them."""
CORE = (
    *("CHN", "DEU", "EGY", "FRA", "GBR", "IND", "IRN", "IRQ", "ISR", "JPN"),
    *("KOR", "PAK", "POL", "PRK", "RUS", "SAU", "TUR", "UKR", "USA", "VNM"),
)
"""The states whose pairs give the parameters, the same for every case."""


@dataclass(frozen=True, eq=False)
class Level:
    """The level of a pair of parties, month by month from January 1946.

    Of a bloc's pair it is the mean over pairs of members of the day, each with the same weight,
    chained: the last month has their mean, and going back a month moves by the mean move of the
    members of that day, so that an accession alone makes no step.

    Attributes:
        mean, variance, last: (T,) as `latent_arrays.Smoothed`, NaN before there is data.
        lowest, highest: (T,) of the pairs of members, moved with the chain; the mean itself for
            two states.
        lowest_pair, highest_pair: which pair of states that is in the last month.
        series: (T, S) the observations, a bloc's averaged over its members, in `sources.NAMES`.
        pairs: pairs of states behind it in the last month; 0 where nothing is known.
    """

    mean: Floats
    variance: Floats
    last: Floats
    lowest: Floats
    highest: Floats
    lowest_pair: StatePair | None
    highest_pair: StatePair | None
    series: Floats
    pairs: int

    @property
    def known(self) -> bool:
        """Whether there is any data up to the last month."""
        return bool(np.isfinite(self.mean[-1])) if len(self.mean) else False


def parameters(archive: Archive, own: Sequence[Observation] = ()) -> Estimate:
    """Return the model's parameters as of the archive's day, kept in the user's cache."""
    digest = hashlib.sha256(repr(sorted(own)).encode()).hexdigest() if own else ""
    named = cache.name(cache.code(Path(__file__).parent), archive.fingerprint, digest)

    def make() -> Estimate:
        pairs = [(a, b) for a in CORE for b in CORE if a < b]
        panel = build_panel(archive, pairs, own)
        with threadpool_limits(1):
            return estimate(panel.y, PACE, HELD)

    return cache.kept("tension", named, make)


@dataclass(frozen=True)
class Term:
    """A state's months in a party, first and last counted from January 1946, both included."""

    state: str
    first: int
    last: int


def terms(archive: Archive, party: Party, months: int) -> list[Term]:
    """Return which states make up a party when; a month counts where its first day does."""
    if party.kind == "state":
        return [Term(party.code, 0, months - 1)]
    body = party.body or "UN"
    rows = archive.sql(
        "select iso3, first_day, last_day from memberships where body = ? order by iso3, first_day",
        (body,),
    )
    found = []
    for state, first, last in rows:
        if party.body is None and state not in party.listed:
            continue
        begin = month_number(first.year, first.month) - START + (first.day > 1)
        end = months - 1 if last is None else month_number(last.year, last.month) - START
        found.append(Term(state, max(begin, 0), min(end, months - 1)))
    return found


def state_pairs(left: Iterable[Term], right: Iterable[Term]) -> set[StatePair]:
    """Return the pairs of states between two parties, a state with itself left out."""
    others = list(right)
    return {pair(x.state, z.state) for x in left for z in others if x.state != z.state}


def level(
    panel: Panel,
    post: Smoothed,
    left: Sequence[Term],
    right: Sequence[Term],
) -> Level:
    """Return the level of a pair of parties from those of pairs of states."""
    months = len(panel.y)
    column = {p: i for i, p in enumerate(panel.pairs)}
    here = np.zeros((months, len(panel.pairs)), bool)
    for x in left:
        for z in right:
            if x.state != z.state:
                first, last = max(x.first, z.first), min(x.last, z.last)
                here[first : last + 1, column[pair(x.state, z.state)]] = True
    here &= np.arange(months)[:, None] >= panel.begun[None]
    used = np.flatnonzero(here.any(0))
    here = here[:, used]
    mean = np.where(here, post.mean[:, used], np.nan)
    # Errors of members' pairs are taken to move together: they share sources and coders.
    sd = np.where(here, np.sqrt(post.variance[:, used]), np.nan)
    last_covariance = np.where(here, post.last[:, used], np.nan)
    here_now = np.flatnonzero(here[-1]) if len(used) else np.array([], np.int64)
    names = [panel.pairs[i] for i in used[here_now]]
    now = mean[-1][here_now] if len(used) else np.array([])
    series = np.where(here[:, None], panel.y[:, :, used], np.nan)
    chain = chained(mean)
    moved = chain - _mean(mean)
    return Level(
        mean=chain,
        variance=_mean(sd) ** 2,
        last=_mean(last_covariance),
        lowest=_extreme(mean, np.fmin) + moved,
        highest=_extreme(mean, np.fmax) + moved,
        lowest_pair=names[int(now.argmin())] if names else None,
        highest_pair=names[int(now.argmax())] if names else None,
        series=_mean(series),
        pairs=len(names),
    )


def chained(mean: Floats) -> Floats:
    """Return (T,) the mean of (T, N) levels over those that are known, chained back from the last.

    Where a month and the next share no member, the chain starts anew from the month's own mean.
    """
    plain = _mean(mean)
    moves = _mean(np.diff(mean, axis=0))
    chain = plain.copy()
    for t in range(len(plain) - 2, -1, -1):
        if np.isfinite(moves[t]) and np.isfinite(chain[t + 1]):
            chain[t] = chain[t + 1] - moves[t]
    return chain


def _mean(x: Floats) -> Floats:
    """Return the mean over the last axis of what is known; NaN where nothing is."""
    seen = np.isfinite(x)
    count = seen.sum(-1)
    total = np.where(seen, x, 0.0).sum(-1)
    found: Floats = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return found


def _extreme(x: Floats, of: np.ufunc) -> Floats:
    found: Floats = of.reduce(x, axis=-1, initial=np.nan)
    return found


def mean_level(levels: Sequence[Level]) -> Level | None:
    """Return the level of the whole table: the mean of its pairs while all of them are known."""
    known = [one for one in levels if one.known]
    if len(known) < 2:
        return None
    stacked = np.stack([one.mean for one in known], axis=1)
    # A pair's errors owe little to another's, so variances of a mean of pairs add up.
    n = len(known) ** 2
    return Level(
        mean=stacked.mean(1),
        variance=np.stack([one.variance for one in known]).sum(0) / n,
        last=np.stack([one.last for one in known]).sum(0) / n,
        lowest=stacked.min(1),
        highest=stacked.max(1),
        lowest_pair=None,
        highest_pair=None,
        series=np.full_like(known[0].series, np.nan),
        pairs=sum(one.pairs for one in known),
    )


def levels(
    archive: Archive,
    parties: Sequence[tuple[Party, Party]],
    own: Sequence[Observation] = (),
    events: Mapping[StatePair, Sequence[tuple[int, float]]] | None = None,
    found: Estimate | None = None,
) -> tuple[list[Level], Estimate]:
    """Return the level of every pair of parties, and the parameters behind them.

    Args:
        archive: as of a day.
        parties: the pairs, in any order; no pair's level depends on the others.
        own, events: see `panel.build_panel`.
        found: parameters; by default those of the archive's day.
    """
    found = parameters(archive, own) if found is None else found
    months = end_month(archive) - START + 1
    sides = {}
    for side in (party for both in parties for party in both):
        if side.code not in sides:
            sides[side.code] = terms(archive, side, months)
    between = {
        p for left, right in parties for p in state_pairs(sides[left.code], sides[right.code])
    }
    panel = build_panel(archive, sorted(between), own, events)
    with threadpool_limits(1):
        post = smooth(panel.y, found.parameters)
    return [level(panel, post, sides[x.code], sides[z.code]) for x, z in parties], found
