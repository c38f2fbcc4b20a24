"""The common denominators of a party set: a tier, a chance and the evidence for every topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.case import Case
from detente.denominators.evidence import (
    Break,
    Evidence,
    evidence_of,
    find_agreed,
    find_breaks,
)
from detente.denominators.outlook import Next, Outlook, next_texts, outlook
from detente.denominators.rates_arrays import Rates, Settings, change, fit, rates, weights
from detente.denominators.texts import CouncilTexts, Texts, read_council, read_texts
from detente.denominators.tiers_arrays import Stance, Tier, objections, tiers
from detente.topics import Topic, assign, taxonomy, weight
from detente.topics.weight import Weight

WINDOW_YEARS = 20
"""Years of evidence where the case names no first year."""

MOST = 2 / 3
"""Share of a topic's texts, each counted by its age, that decides the topic's tier."""

LEAST_WEIGHT = 0.5
"""Least weight of evidence, in new texts, for a tier: one text as old as the half-life."""

AGREED_YEARS = 10
"""A text nobody objected to that has not come back for so long is no standing agreement."""

FIT_SESSIONS = 12
RECENT_SESSIONS = 5
EVIDENCE = 8

Direction = Literal["improving", "worsening", "steady"]


@dataclass(frozen=True)
class Council:
    """What the Security Council did on a topic in the window, as far as the parties then sat."""

    adopted: int
    accepted: int
    last: date | None


@dataclass(frozen=True)
class Denominator:
    """What the record says of one topic for the parties.

    Attributes:
        topic: of the taxonomy, level 1 or 2.
        tier: the best tier that two thirds of its texts reach, each counted by its age.
        short: the parties without which two thirds would draw no objection (tier one short).
        probability, low, high: that the next text put to a recorded vote draws no objection, and
            the 90 % interval of that rate; None where no roll call is known. From the forecast of
            the topic's latest texts, put to the vote again; the forgetting model where there is
            none.
        chances: party and chance that it objects to that text; empty where no text was forecast.
        asked: latest texts of the topic that the forecast was asked about.
        cases: roll calls in the window with a known outcome; ``effective`` is their weight.
        accepted, unopposed: shares of the evidence, by weight, that all accepted, that nobody
            objected to; recorded votes and texts adopted without one.
        adopted: texts of the window adopted without a vote whose title is on record.
        since, last: year of the first text and day of the newest.
        trend, trend_low, trend_high: change of the chance between the sessions before and the
            last five, with its 90 % interval; None where either span has no text.
        direction: improving or worsening only where that interval excludes no change.
        weight: how much the topic matters (detente.topics).
        objectors: party and the number of roll calls of the window it objected to, most first.
        evidence: the newest texts.
        agreed: the newest version of each recurring text of the last `AGREED_YEARS`, where nobody
            objected to it, newest first.
        breaks: where agreement broke, newest first.
        council: what the Security Council did on it.
    """

    topic: Topic
    tier: Tier
    short: tuple[str, ...]
    probability: float | None
    low: float | None
    high: float | None
    chances: tuple[tuple[str, float], ...]
    asked: int
    cases: int
    effective: float
    accepted: float
    unopposed: float
    adopted: int
    since: int | None
    last: date | None
    trend: float | None
    trend_low: float | None
    trend_high: float | None
    direction: Direction
    weight: Weight
    objectors: tuple[tuple[str, int], ...]
    evidence: tuple[Evidence, ...]
    agreed: tuple[Evidence, ...]
    breaks: tuple[Break, ...]
    council: Council

    @property
    def proof(self) -> tuple[Evidence, ...]:
        """Return the texts that show the tier best: the agreed ones where it is agreed."""
        agreed = self.tier <= Tier.NOBODY_OBJECTS
        return self.agreed if agreed and self.agreed else self.evidence

    @property
    def merit(self) -> float:
        """Return what orders topics of one tier: the chance times the weight of the topic."""
        return (self.probability or 0.0) * self.weight.weight


@dataclass(frozen=True)
class Denominators:
    """All denominators of a case.

    Attributes:
        parties: codes, in the order of the case.
        since: first day of the evidence.
        as_of: last day of the evidence.
        settings: half-life and strength fitted on the record before the as-of date.
        texts: roll calls and texts adopted without a vote, in the window.
        recorded, accepted, unopposed: roll calls in the window in which every party took part;
            of these, all accepted; nobody objected.
        adopted: texts of the window adopted without a vote whose title is on record.
        untitled: texts of the window adopted without a vote whose title is not on record, by
            subject (level 1) where their place in the numbering shows it, else under "".
        topics: level-2 topics, best tier first, then by chance times weight.
        subjects: level-1 topics, in the same order.
    """

    parties: tuple[str, ...]
    since: date
    as_of: date
    settings: Settings
    texts: Texts
    recorded: int
    accepted: int
    unopposed: int
    adopted: int
    untitled: dict[str, int]
    topics: tuple[Denominator, ...]
    subjects: tuple[Denominator, ...]

    def of(self, code: str) -> Denominator:
        """Return what is found on a topic or subject.

        Raises:
            KeyError: no text of the window and no topic of the taxonomy has this code.
        """
        for found in (*self.topics, *self.subjects):
            if found.topic.code == code:
                return found
        raise KeyError(code)


def topic_tier(
    stances: NDArray[np.int8], counted: NDArray[np.float64]
) -> tuple[Tier, tuple[int, ...], float, float]:
    """Return the tier of a topic from its texts, the parties it is short of, and two shares.

    Args:
        stances: (n_texts, n_parties) of the texts of the topic.
        counted: (n_texts,) what each text counts for its age.

    Returns:
        The best tier that `MOST` of the weight reaches; the indices of the parties without which
        that share would draw no objection (for one short); the shares that all accepted and that
        nobody objected to. Texts whose tier is unknown are left out; with less than
        `LEAST_WEIGHT` left, the tier is unknown.
    """
    tier = tiers(stances)
    known = tier != Tier.UNKNOWN
    total = float(counted[known].sum())
    if total < LEAST_WEIGHT:
        return Tier.UNKNOWN, (), 0.0, 0.0
    share = counted[known] / total
    accepted = float(share[tier[known] == Tier.ALL_ACCEPT].sum())
    unopposed = float(share[tier[known] <= Tier.NOBODY_OBJECTS].sum())
    # The last digits of a sum of shares depend on the order of the texts; a threshold must not.
    accepted, unopposed = round(accepted, 9), round(unopposed, 9)
    if accepted >= MOST:
        return Tier.ALL_ACCEPT, (), accepted, unopposed
    if unopposed >= MOST:
        return Tier.NOBODY_OBJECTS, (), accepted, unopposed
    objected = objections(stances[known])
    others = objected.sum(axis=1)[:, None] - objected
    without = np.round((share[:, None] * (others == 0)).sum(axis=0), 9)
    if without.max() >= MOST:
        short = tuple(int(i) for i in np.flatnonzero(without == without.max()))
        return Tier.ONE_SHORT, short, accepted, unopposed
    return Tier.SPLIT, (), accepted, unopposed


def _years(days: NDArray[Any]) -> NDArray[np.float64]:
    years: NDArray[np.float64] = days.astype("datetime64[D]").astype(np.int64) / 365.25
    return years


@dataclass(frozen=True)
class _Level:
    """The rates of all topics of one level: the chance now, and the change lately."""

    rates: Rates
    next: Next
    change: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
    told: NDArray[np.bool_]


def _level(
    texts: Texts,
    index: NDArray[np.int64],
    parent: NDArray[np.int64],
    now: float,
    chosen: Settings,
    asked: Outlook,
) -> _Level:
    """Return the rates of a level from the roll calls whose outcome is known, and the forecasts."""
    used = texts.recorded & (texts.unopposed >= 0) & (index >= 0)
    topic, y = index[used], texts.unopposed[used].astype(np.float64)
    age = np.maximum(now - _years(texts.date[used]), 0.0)
    session = texts.session[used]
    last = int(session.max(initial=0))
    recent = session > last - RECENT_SESSIONS
    earlier = ~recent & (session > last - 2 * RECENT_SESSIONS)

    def span(rows: NDArray[np.bool_]) -> Rates:
        flat = Settings(half_life=1e9, strength=chosen.strength)
        return rates(topic[rows], parent, y[rows], age[rows], flat)

    after, before = span(recent), span(earlier)
    usual = rates(topic, parent, y, age, chosen)
    topic_of = dict(zip(texts.key.tolist(), index.tolist(), strict=True))
    about = np.array([topic_of.get(key, -1) for key in asked.key.tolist()], np.int64)
    following = next_texts(asked, about, usual.mean)
    return _Level(
        usual.around(following.none),
        following,
        change(after, before),
        (after.weight > 0) & (before.weight > 0),
    )


def _code_index(codes: Sequence[str], texts: Texts, level: int) -> NDArray[np.int64]:
    """Return the index of each text's topic among the codes of a level, -1 where it has none."""
    row = {code: i for i, code in enumerate(codes)}
    named = [code if level == 2 else code.split("/")[0] for code in texts.topic.tolist()]
    return np.array([row.get(code, -1) for code in named], dtype=np.int64)


def _council(council: CouncilTexts, code: str) -> Council:
    about = (council.topic == code) | np.char.startswith(council.topic, code + "/")
    about &= council.adopted
    sat = council.stances[about] != Stance.MISSING
    yes = council.stances[about] == Stance.ACCEPTS
    accepted = int(((yes | ~sat).all(axis=1) & sat.any(axis=1)).sum())
    days = council.date[about]
    last: date | None = days.max().astype(object) if len(days) else None
    return Council(int(about.sum()), accepted, last)


def _denominator(
    topic: Topic,
    rows: NDArray[np.int64],
    texts: Texts,
    parties: Sequence[str],
    counted: NDArray[np.float64],
    level: _Level,
    place: int,
    ends: tuple[NDArray[np.float64], NDArray[np.float64]],
    heft: Weight,
    council: Council,
    standing: np.datetime64,
) -> Denominator:
    own = texts.take(rows)
    tier, short, accepted, unopposed = topic_tier(own.stances, counted[rows])
    known = own.recorded & (own.unopposed >= 0)
    objected = objections(own.stances[own.recorded]).sum(axis=0)
    objectors = sorted(
        ((code, int(n)) for code, n in zip(parties, objected, strict=True) if n),
        key=lambda item: (-item[1], item[0]),
    )
    some = bool(known.any())
    told = bool(level.told[place])
    trend, trend_low, trend_high = (float(part[place]) for part in level.change)
    direction: Direction = "steady"
    if told and trend_low > 0:
        direction = "improving"
    elif told and trend_high < 0:
        direction = "worsening"
    newest = range(len(own) - 1, max(-1, len(own) - 1 - EVIDENCE), -1)
    return Denominator(
        topic=topic,
        tier=tier,
        short=tuple(parties[i] for i in short),
        probability=float(level.rates.mean[place]) if some else None,
        low=float(ends[0][place]) if some else None,
        high=float(ends[1][place]) if some else None,
        chances=tuple(
            (code, float(chance))
            for code, chance in zip(parties, level.next.objects[place], strict=False)
            if not np.isnan(chance)
        ),
        asked=int(level.next.asked[place]),
        cases=int(known.sum()),
        effective=float(counted[rows][known].sum()),
        accepted=accepted,
        unopposed=unopposed,
        adopted=int((~own.recorded).sum()),
        since=int(own.date[0].astype(object).year) if len(own) else None,
        last=own.date[-1].astype(object) if len(own) else None,
        trend=trend if told else None,
        trend_low=trend_low if told else None,
        trend_high=trend_high if told else None,
        direction=direction,
        weight=heft,
        objectors=tuple(objectors),
        evidence=tuple(evidence_of(own, row) for row in newest),
        agreed=find_agreed(own.take(own.date >= standing)),
        breaks=find_breaks(own, parties),
        council=council,
    )


def _untitled(archive: Archive, since: date) -> dict[str, int]:
    subject = assign(archive).of("adoptions")
    found: dict[str, int] = {}
    for (symbol,) in archive.sql(
        "select symbol from adoptions where title is null and modality = 'without a vote' "
        "and date >= ? order by symbol",
        (since,),
    ):
        code = subject.get(symbol, "").split("/")[0]
        found[code] = found.get(code, 0) + 1
    return dict(sorted(found.items()))


def denominators(archive: Archive, case: Case, since: int | None = None) -> Denominators:
    """Return the common denominators of the parties of a case.

    Args:
        archive: opened as of the case's date.
        case: whose parties and window to use.
        since: first year of the evidence; by default the case's, else the last twenty years.
    """
    first_year = since or case.since or case.as_of.year - WINDOW_YEARS
    first_day = max(date(first_year, 1, 1), archive.first_day)
    texts = read_texts(archive, case.parties, first_day)
    council = read_council(archive, case.parties, first_day)
    parties = case.codes
    now = float(_years(np.array([case.as_of], dtype="datetime64[D]"))[0])
    subjects = [topic for topic in taxonomy() if topic.level == 1]
    below = [topic for topic in taxonomy() if topic.level == 2]
    codes = [topic.code for topic in below]
    upper = [topic.code for topic in subjects]
    parent = np.array([upper.index(code.split("/")[0]) for code in codes], dtype=np.int64)
    index = _code_index(codes, texts, 2)
    used = texts.recorded & (texts.unopposed >= 0) & (index >= 0)
    chosen = fit(
        index[used],
        parent,
        texts.unopposed[used].astype(np.float64),
        _years(texts.date[used]),
        texts.session[used],
        FIT_SESSIONS,
    )
    counted = weights(np.maximum(now - _years(texts.date), 0.0), chosen.half_life)
    heft = weight(archive)
    asked = outlook(archive, case.parties, case.as_of)
    standing = np.datetime64(case.as_of, "D") - np.timedelta64(round(AGREED_YEARS * 365.25), "D")

    def all_of(
        topics: Sequence[Topic], index: NDArray[np.int64], parent: NDArray[np.int64]
    ) -> tuple[Denominator, ...]:
        level = _level(texts, index, parent, now, chosen, asked)
        ends = level.rates.interval()
        found = [
            _denominator(
                topic,
                np.flatnonzero(index == place),
                texts,
                parties,
                counted,
                level,
                place,
                ends,
                heft[topic.code],
                _council(council, topic.code),
                standing,
            )
            for place, topic in enumerate(topics)
        ]
        return tuple(sorted(found, key=lambda d: (d.tier, -round(d.merit, 9), d.topic.code)))

    at_top = _code_index(upper, texts, 1)
    full = texts.recorded & (texts.stances != Stance.MISSING).all(axis=1)
    return Denominators(
        parties=parties,
        since=first_day,
        as_of=case.as_of,
        settings=chosen,
        texts=texts,
        recorded=int(full.sum()),
        accepted=int((full & (texts.tier == Tier.ALL_ACCEPT)).sum()),
        unopposed=int((full & (texts.unopposed == 1)).sum()),
        adopted=int((~texts.recorded).sum()),
        untitled=_untitled(archive, first_day),
        topics=all_of(below, index, parent),
        subjects=all_of(subjects, at_top, np.zeros(len(upper), np.int64)),
    )
