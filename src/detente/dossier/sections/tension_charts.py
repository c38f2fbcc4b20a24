"""The pictures of tension: pairs over time in small pictures, and a pair beside its sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from detente.dossier.house import ACCENT, MUTED, WIDTH, look, theme
from detente.language import Lang
from detente.tension import PairTension, Tension
from detente.tension.finding import CRISIS
from detente.tension.sources import NAMES
from detente.tension.telling import pair_name
from detente.typography import french_spaces

ACROSS = 3
FIRST = 1946


def half_years(pair: PairTension, first: int) -> list[int]:
    """Return the places of January and July of each year shown, and of the last month."""
    assert pair.mean is not None
    known = np.flatnonzero(np.isfinite(pair.mean))
    begin = (first - FIRST) * 12
    shown = [int(t) for t in known if t >= begin and t % 6 == 0]
    last = len(pair.mean) - 1
    return shown if shown and shown[-1] == last else [*shown, last]


def pairs_chart(found: Tension, lang: Lang, first: int = FIRST) -> dict[str, Any]:
    """Draw the level of every known pair and of the whole as small pictures on one scale.

    Args:
        found: the tension of a case.
        lang: of the words.
        first: the first year shown.
    """
    everything = found.pairs if found.whole is None else (*found.pairs, found.whole)
    known = [pair for pair in everything if pair.known]
    lows, highs = [], []
    rows, turns = [], []
    for pair in known:
        name = _name(found, pair, lang)
        assert pair.mean is not None
        assert pair.below is not None
        assert pair.above is not None
        for t in half_years(pair, first):
            rows.append(
                {
                    "pair": name,
                    "year": round(FIRST + t / 12, 3),
                    "value": rounded(pair.mean[t]),
                    "low": rounded(pair.below[t]),
                    "high": rounded(pair.above[t]),
                }
            )
            lows.append(float(pair.below[t]))
            highs.append(float(pair.above[t]))
        turns += [
            {
                "pair": name,
                "year": round(turn.month.year + (turn.month.month - 1) / 12, 3),
                "value": rounded(turn.level),
                "shape": "up" if turn.upward else "down",
            }
            for turn in pair.turns
            if turn.month.year >= first
        ]
    last = round(found.as_of.year + found.as_of.month / 12, 3)
    x = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first, last], "nice": False},
        "axis": {"format": "d", "grid": False, "tickCount": 4, "labelFontSize": 11},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [rounded(min(lows)), rounded(max(highs))], "nice": True, "zero": False},
        "axis": {"tickCount": 5, "labelFontSize": 11},
    }
    crisis = CRISIS[0] + (CRISIS[1] - 1) / 12
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "area", "color": ACCENT, "opacity": 0.18},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "line", "color": ACCENT, "strokeWidth": 1.8},
            "encoding": {"x": x, "y": y},
        },
        {
            "transform": [{"filter": "isValid(datum.shape)"}],
            "mark": {"type": "point", "filled": True, "size": 46, "opacity": 1},
            "encoding": {
                "x": x,
                "y": y,
                "color": {"value": "#D55E00"},
                "shape": {
                    "field": "shape",
                    "type": "nominal",
                    "scale": {
                        "domain": ["up", "down"],
                        "range": ["triangle-up", "triangle-down"],
                    },
                    "legend": None,
                },
            },
        },
    ]
    if first <= CRISIS[0]:
        marks = [{"pair": _name(found, pair, lang), "at": crisis} for pair in known]
        rule = {
            "transform": [{"filter": "isValid(datum.at)"}],
            "mark": {"type": "rule", "color": MUTED, "strokeDash": [3, 3], "strokeWidth": 1},
            "encoding": {"x": {**x, "field": "at"}},
        }
        layers.insert(0, rule)
    else:
        marks = []
    names = [_name(found, pair, lang) for pair in known]
    across = min(ACROSS, len(known))
    return {
        "data": {"values": [*rows, *turns, *marks]},
        "facet": {
            "field": "pair",
            "type": "nominal",
            "sort": names,
            "title": None,
            "header": {"labelFontSize": 12, "labelFontWeight": 600, "labelAnchor": "start"},
        },
        "columns": across,
        "spacing": {"column": 14, "row": 16},
        "spec": {
            "width": round((WIDTH - 44 - 14 * (across - 1)) / across),
            "height": 118,
            "layer": layers,
        },
        "config": theme(),
    }


def rounded(value: float) -> float:
    """Return a number of a picture, to three decimals."""
    return round(float(value), 3) + 0.0


def _name(found: Tension, pair: PairTension, lang: Lang) -> str:
    name = pair_name(found, pair, lang)
    return french_spaces(name) if lang == "fr" else name


def sources_rows(pair: PairTension) -> list[tuple[str, int, float]]:
    """Return series, year and yearly mean in the series' own deviations; the index has no name."""
    assert pair.mean is not None
    assert pair.series is not None
    shown = {one for d in pair.disagreements for one in (d.one, d.other)}
    columns = [("", pair.mean)] + [
        (name, pair.series[:, s]) for s, name in enumerate(NAMES) if name in shown
    ]
    found = []
    for name, values in columns:
        known = np.isfinite(values)
        centre, sd = values[known].mean(), values[known].std() or 1.0
        for year in range(FIRST, FIRST + -(-len(values) // 12)):
            part = values[(year - FIRST) * 12 : (year - FIRST) * 12 + 12]
            part = part[np.isfinite(part)]
            if len(part):
                found.append((name, year, rounded((part.mean() - centre) / sd)))
    return found


def sources_chart(
    rows: list[tuple[str, int, float]], title: Mapping[str, str], axis: str
) -> dict[str, Any]:
    """Draw the index of a pair, thick, and its sources by year.

    Args:
        rows: of `sources_rows`.
        title: what each series is called; the index stands under the empty name.
        axis: title of the value axis.
    """
    index = title[""]
    names = list(dict.fromkeys(title[name] for name, _, _ in rows))
    looks = [look(i) for i in range(len(names))]
    colour = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": [one.colour for one in looks]},
        "legend": {"columns": 1, "labelLimit": WIDTH},
    }
    dash = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": [list(one.dash) for one in looks]},
        "legend": {"columns": 1, "labelLimit": WIDTH},
    }
    return {
        "data": {
            "values": [
                {"series": title[name], "year": year, "value": value, "run": run}
                for (name, year, value), run in zip(rows, _runs(rows), strict=True)
            ]
        },
        "mark": {"type": "line", "point": {"size": 14}},
        "encoding": {
            "x": {
                "field": "year",
                "type": "quantitative",
                "title": None,
                "scale": {"nice": False, "zero": False},
                "axis": {"format": "d", "grid": False, "tickMinStep": 1},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": axis,
            },
            "color": colour,
            "strokeDash": dash,
            "detail": {"field": "run", "type": "nominal"},
            "strokeWidth": {
                "condition": {"test": f"datum.series == '{index}'", "value": 3},
                "value": 1.4,
            },
        },
        "width": WIDTH,
        "height": 250,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": theme(),
    }


def _runs(rows: list[tuple[str, int, float]]) -> list[int]:
    """Return a number for each row that changes where a series or a run of years ends."""
    runs: list[int] = []
    for n, (name, year, _) in enumerate(rows):
        if not n:
            runs.append(0)
        else:
            before, then, _ = rows[n - 1]
            runs.append(runs[-1] + (before != name or year - then > 2))
    return runs
