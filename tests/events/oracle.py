"""The table of dyad-days in plain Python, a row at a time: slow, and written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from detente.events.facts import actors, codes

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def dyad_days(lines: Iterable[str]) -> list[dict[str, Any]]:
    """Return what `detente.events.dyads.dyads` must return of sound rows."""
    scores = {code.code: code for code in codes()}
    state = {actor.code: actor.iso3 for actor in actors()}
    seen: set[int] = set()
    volume: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    counts: dict[tuple[date, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        cells = line.split("\t")
        if int(cells[0]) in seen:
            continue
        seen.add(int(cells[0]))
        text = cells[1]
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        mentions = int(cells[31])
        volume[day][0] += 1
        volume[day][1] += mentions
        ends = sorted((state.get(cells[7], ""), state.get(cells[17], "")))
        if not ends[0] or ends[0] == ends[1]:
            continue
        found = counts[day, ends[0], ends[1]]
        found["events"] += 1
        found[QUADS[scores[cells[26]].quad - 1]] += 1
        found["mentions"] += mentions
        found["sources"] += int(cells[32])
        found["articles"] += int(cells[33])
        found["weight"] += mentions * scores[cells[26]].tenths
    return [
        {
            "day": day,
            "a": a,
            "b": b,
            "events": found["events"],
            **{name: found[name] for name in QUADS},
            "mentions": found["mentions"],
            "sources": found["sources"],
            "articles": found["articles"],
            "goldstein": _four(Fraction(found["weight"], 10 * found["mentions"])),
            "day_events": volume[day][0],
            "day_mentions": volume[day][1],
            "per_million": _four(Fraction(found["events"] * 1_000_000, volume[day][0])),
        }
        for (day, a, b), found in sorted(counts.items())
    ]


def _four(number: Fraction) -> float:
    return floor(number * 10_000 + Fraction(1, 2)) / 10_000
