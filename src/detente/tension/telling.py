"""Tension told: sentences, rows and plain values, in English and French."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente import typography
from detente.language import Lang
from detente.tension.behind import Event, apart
from detente.tension.disagreement import OPPOSED, Disagreement, SourceNow
from detente.tension.finding import FAR, WHOLE, PairTension, Tension, Then, Turn
from detente.tension.history_arrays import Interval
from detente.tension.sources import NAMES
from detente.tension.wording import (
    TITLES,
    TRENDS,
    chance,
    say,
    season,
)

MOST_LINES = 2
"""Disagreements of a pair that are told; JSON holds all."""
MOST_EVENTS = 2
"""Events around a turning point that are told."""
SILENT = 2
"""Years after which a source that gives no value is called silent."""

COLUMNS = ("a", "b", "month", "level", "low", "high", "lowest", "highest", *NAMES)


def short(found: Tension, code: str, lang: Lang) -> str:
    """Return what a table calls a party: a state's name, a bloc's initials."""
    if lang == "fr" and code == "EU":
        return "UE"
    return found.names[code][lang == "fr"] if len(code) == 3 else code


def pair_name(found: Tension, pair: PairTension, lang: Lang) -> str:
    """Return what a pair is called."""
    if pair.a == WHOLE:
        return say(lang, "All pairs together")
    return f"{short(found, pair.a, lang)} – {short(found, pair.b, lang)}"


def trend(change: Interval | None) -> str:
    """Return ``rising``, ``falling`` or ``unclear``: whether the interval leaves out zero."""
    if change is None or change.low <= 0.0 <= change.high:
        return "unclear"
    return "rising" if change.value > 0 else "falling"


def trend_words(change: Interval | None, lang: Lang) -> str:
    """Return a trend in words, with its number."""
    if change is None:
        return "–"
    return say(
        lang,
        "{words} ({value})",
        words=say(lang, TRENDS[trend(change)]),
        value=typography.decimal(lang, change.value, 1, sign=True),
    )


def now_words(pair: PairTension, lang: Lang) -> str:
    """Return where a pair stands now in its own history."""
    assert pair.since is not None
    return say(
        lang,
        "Tension is now higher than in {share} of the months since {since} (90% interval {low} to "
        "{high}).",
        share=typography.percent(lang, pair.percentile / 100),
        since=typography.month(lang, pair.since),
        low=typography.percent(lang, pair.low / 100),
        high=typography.percent(lang, pair.high / 100),
    )


def nearest_words(pair: PairTension, lang: Lang) -> str:
    """Return which earlier moments are most like now, or that none really is."""
    if not pair.nearest:
        return say(lang, "The history is too short to name a moment like it.")
    like = [one for one in pair.nearest if one.distance <= FAR]
    if not like:
        return say(
            lang,
            "No earlier moment is really like it; the nearest is {moment}.",
            moment=_moment(pair.nearest[0], lang),
        )
    return say(lang, "Most like {moments}.", moments="; ".join(_moment(o, lang) for o in like))


def _moment(then: Then, lang: Lang) -> str:
    name = season(lang, then.month)
    if not then.events:
        return name
    return say(lang, "{moment} ({event})", moment=name, event=then.events[0].text(lang))


def crisis_words(pair: PairTension, lang: Lang) -> str:
    """Return how October 1962 compares."""
    if pair.crisis is None:
        return say(lang, "October 1962 lies before this pair’s history.")
    return say(
        lang,
        "In October 1962 tension was higher than in {share} of the months; the probability that it "
        "is higher now than then is {chance}.",
        share=typography.percent(lang, pair.crisis.percentile / 100),
        chance=chance(lang, pair.crisis.higher_now),
    )


def told_events(turn: Turn) -> list[Event]:
    """Return the two events nearest to a turning point, in order of day; JSON has more."""
    near = sorted(turn.events, key=lambda event: (apart(event.day, turn.month), event.day))
    return sorted(near[:MOST_EVENTS], key=lambda event: (event.day, event.text_en))


def turn_words(turn: Turn, lang: Lang) -> str:
    """Return a turning point with what lies behind it."""
    kind = "tension turns upward" if turn.upward else "tension turns downward"
    month = typography.month(lang, turn.month)
    said = say(lang, "{month}: {kind}", month=month[:1].upper() + month[1:], kind=say(lang, kind))
    around = []
    for event in told_events(turn):
        when = typography.day if event.precision == "day" else typography.month
        note = say(lang, " (from memory)") if event.confidence == "MEMORY" else ""
        around.append(f"{event.text(lang)}, {when(lang, event.day)}{note}")
    if turn.vetoes:
        around.append(say(lang, "vetoes by one side within a year: {n}", n=len(turn.vetoes)))
    if not around:
        return say(lang, "{turn}; the record holds no event near it.", turn=said)
    return say(lang, "{turn}. Around it: {events}.", turn=said, events="; ".join(around))


def disagreement_lines(pair: PairTension, lang: Lang) -> list[str]:
    """Return how the sources of a pair disagree, two lines at most: now first, then in history.

    Of the sources that rise and fall now the two that move most are told; of those that go opposite
    ways over the years the strongest by the evidence, the correlation times the root of the years.
    """
    lines = []
    now = {one for d in pair.disagreements if d.kind == "now" for one in (d.one, d.other)}
    if now:
        sides = {
            way: say(lang, TITLES[max((s for s in pair.sources if s.name in now and
                                       s.direction == way), key=_moved).name])
            for way in ("rising", "falling")
        }  # fmt: skip
        lines.append(say(lang, "Over five years, rising: {rising}. Falling: {falling}.", **sides))
    history = sorted((d for d in pair.disagreements if _opposed(d)), key=_evidence)
    lines += [
        say(
            lang,
            "“{one}” and “{other}” go opposite ways over {years} years (correlation {number}).",
            one=say(lang, TITLES[one.one]),
            other=say(lang, TITLES[one.other]),
            years=one.years,
            number=typography.decimal(lang, _number_of(one), 2),
        )
        for one in history[: MOST_LINES - len(lines)]
    ]
    return lines


def _moved(source: SourceNow) -> float:
    return 0.0 if source.change is None else abs(source.change)


def _number_of(one: Disagreement) -> float:
    return 1.0 if one.correlation is None else one.correlation


def _opposed(one: Disagreement) -> bool:
    return _number_of(one) <= OPPOSED


def _evidence(one: Disagreement) -> float:
    return _number_of(one) * float(np.sqrt(one.years))


def since_words(pair: PairTension, lang: Lang) -> str:
    """Return since when tension has not been so high, or nothing where that is not long ago."""
    if pair.not_since is None:
        return ""
    if pair.not_since == pair.since:
        return say(lang, "Tension has never been so high.")
    month = typography.month(lang, pair.not_since)
    return say(lang, "Tension has not been so high since {month}.", month=month)


def silent_words(found: Tension, pair: PairTension, lang: Lang) -> str:
    """Return which sources fell silent years ago, or nothing: the index is blind after them."""
    ended = [s for s in pair.sources if s.last < found.as_of.year - SILENT]
    if not ended:
        return ""
    listed = "; ".join(f"{say(lang, TITLES[s.name])} ({s.last})" for s in ended)
    return say(
        lang,
        "Silent since the year given, so that the index may miss what came after: {sources}.",
        sources=listed,
    )


def unknown_words(found: Tension, pair: PairTension, lang: Lang) -> str:
    """Return the sentence on a pair of which nothing is known."""
    return say(
        lang,
        "{pair}: no series speaks of this pair, so its tension is unknown.",
        pair=pair_name(found, pair, lang),
    )


def spread_words(found: Tension, pair: PairTension, lang: Lang) -> str:
    """Return which pairs of members stand lowest and highest in a bloc's pair."""
    assert pair.lowest_pair is not None
    assert pair.highest_pair is not None
    return say(
        lang,
        "Mean of {n} pairs of members, each with the same weight; lowest {low}, highest {high}.",
        n=pair.pairs,
        low="–".join(pair.lowest_pair),
        high="–".join(pair.highest_pair),
    )


def rows(found: Tension, first_year: int) -> list[tuple[object, ...]]:
    """Return the rows of the CSV: a pair and month each, with the index and its sources."""
    table: list[tuple[object, ...]] = []
    for pair in _all(found):
        if not pair.known:
            continue
        for t in _shown(pair, first_year):
            assert pair.months is not None
            assert pair.series is not None
            numbers = [_arrays(pair)[name][t] for name in _ARRAYS]
            table.append(
                (
                    pair.a,
                    pair.b,
                    str(pair.months[t]),
                    *(_written(x) for x in numbers),
                    *(_written(x) for x in pair.series[t]),
                )
            )
    return table


def plain(found: Tension, first_year: int) -> dict[str, Any]:
    """Return everything as plain values for JSON."""
    return {
        "case": found.stem,
        "as_of": found.as_of.isoformat(),
        "own_series": list(found.own),
        "loadings": {
            name: round(float(x), 3) for name, x in zip(NAMES, found.estimate.loading, strict=True)
        },
        "pairs": [_plain_pair(pair, first_year) for pair in found.pairs],
        "whole": None if found.whole is None else _plain_pair(found.whole, first_year),
    }


_ARRAYS = ("mean", "below", "above", "lowest", "highest")


def _arrays(pair: PairTension) -> dict[str, Any]:
    return {name: getattr(pair, name) for name in _ARRAYS}


def _all(found: Tension) -> tuple[PairTension, ...]:
    return found.pairs if found.whole is None else (*found.pairs, found.whole)


def _shown(pair: PairTension, first_year: int) -> list[int]:
    assert pair.months is not None
    assert pair.mean is not None
    after = pair.months >= np.datetime64(f"{first_year}-01")
    return np.flatnonzero(np.isfinite(pair.mean) & after).tolist()


def _written(value: float) -> str:
    return "" if not np.isfinite(value) else f"{round(float(value), 3) + 0.0:.3f}"


def _number(value: float, digits: int = 3) -> float | None:
    return round(float(value), digits) + 0.0 if np.isfinite(value) else None


def _interval(one: Interval | None) -> dict[str, float | None] | None:
    if one is None:
        return None
    return {name: _number(getattr(one, name)) for name in ("value", "low", "high")}


def _plain_pair(pair: PairTension, first_year: int) -> dict[str, Any]:
    head: dict[str, Any] = {"a": pair.a, "b": pair.b, "known": pair.known}
    if not pair.known:
        return head
    assert pair.since is not None
    assert pair.months is not None
    shown = _shown(pair, first_year)
    return head | {
        "since": pair.since.isoformat(),
        "percentile": _number(pair.percentile, 1),
        "low": _number(pair.low, 1),
        "high": _number(pair.high, 1),
        "level": _interval(pair.level),
        "trend": {
            name: None if one is None else {**(_interval(one) or {}), "word": trend(one)}
            for name, one in (
                ("month", pair.trend_month),
                ("year", pair.trend_year),
                ("five_years", pair.trend_five),
            )
        },
        "turns": [
            {
                "month": turn.month.isoformat()[:7],
                "upward": turn.upward,
                "level": _number(turn.level),
                "events": [_plain_event(event) for event in turn.events],
                "vetoes": [event.record for event in turn.vetoes],
            }
            for turn in pair.turns
        ],
        "not_since": None if pair.not_since is None else pair.not_since.isoformat()[:7],
        "nearest": [_plain_then(one) for one in pair.nearest],
        "october_1962": None if pair.crisis is None else _plain_then(pair.crisis),
        "members": None
        if pair.lowest_pair is None or pair.highest_pair is None
        else {
            "pairs": pair.pairs,
            "lowest": list(pair.lowest_pair),
            "highest": list(pair.highest_pair),
        },
        "sources": [
            {
                "name": source.name,
                "first": source.first,
                "last": source.last,
                "percentile": _number(source.percentile, 1),
                "change": None if source.change is None else _number(source.change, 2),
                "direction": source.direction,
                "current": source.current,
            }
            for source in pair.sources
        ],
        "disagreements": [
            {
                "one": one.one,
                "other": one.other,
                "kind": one.kind,
                "correlation": None if one.correlation is None else _number(one.correlation, 2),
                "years": one.years,
            }
            for one in pair.disagreements
        ],
        "months": [str(pair.months[t]) for t in shown],
        **{name: [_number(values[t]) for t in shown] for name, values in _arrays(pair).items()},
    }


def _plain_event(event: Event) -> dict[str, Any]:
    return {
        "day": event.day.isoformat() if event.precision == "day" else event.day.isoformat()[:7],
        "kind": event.kind,
        "en": event.text_en,
        "fr": event.text_fr,
        "confidence": event.confidence,
    }


def _plain_then(then: Then) -> dict[str, Any]:
    return {
        "month": then.month.isoformat()[:7],
        "percentile": _number(then.percentile, 1),
        "higher_now": _number(then.higher_now),
        "distance": _number(then.distance, 2),
        "events": [_plain_event(event) for event in then.events],
    }
