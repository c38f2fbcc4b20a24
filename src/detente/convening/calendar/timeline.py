"""A plan as a picture: a lane for each of those who act, a row for each milestone.

Places are worked out here, in pixels, so that a test can hold that no two labels touch. The look is
the caller's (the dossier's house style), for this part lies below the dossier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

from detente.convening.calendar.milestones import LANES, Lane
from detente.convening.calendar.planning import OPENING, Plan, Planned
from detente.convening.calendar.wording import (
    basis_text,
    dates_text,
    lane_text,
    month_text,
    sayer,
    short_day,
    slack_text,
    verdict,
)
from detente.errors import OutputError
from detente.language import Lang

LABELS, LEFT, RIGHT = 232, 246, 84  # pixels: the column of labels; where the days begin; after them
HEAD, LINE, ROOM, BAND = (
    34,
    14,
    8,
    22,
)  # pixels: months; a line of text; around a row; a lane's name
LETTERS = 42  # that fit in a line of the column of labels, at 12 pixels
LETTER = 5.4  # pixels, the mean width of a letter at that size
LEGEND = 58


@dataclass(frozen=True)
class Style:
    """How the picture looks.

    Attributes:
        width: of the whole, in pixels.
        ink, muted, rule, accent, band: colours of text, lesser text, lines, marks, lanes.
        config: the Vega-Lite configuration.
    """

    width: int
    ink: str
    muted: str
    rule: str
    accent: str
    band: str
    config: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A milestone with its place.

    Attributes:
        lines: its label.
        top, height: in pixels.
        start, end, slip: pixels of the days planned, and of the day to which it may slip.
    """

    item: Planned
    lines: tuple[str, ...]
    top: int
    height: int
    start: float
    end: float
    slip: float

    @property
    def middle(self) -> float:
        """Return the height of its mark."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class Layout:
    """All places of a picture.

    Attributes:
        lanes: name, top and height of each lane.
        months: pixel, month and year of each that is labelled; the year is empty where it goes on.
        height: of the whole without its legend.
    """

    rows: tuple[Row, ...]
    lanes: tuple[tuple[Lane, int, int], ...]
    months: tuple[tuple[float, str, str], ...]
    today: float
    opening: float
    height: int


def _months(first: date, last: date, lang: Lang) -> list[tuple[date, str, str]]:
    """Return the months to label, evenly spaced and eight at most; the year with its first."""
    starts = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            starts.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = next(n for n in (1, 2, 3, 6, 12, 24, 48, 120) if len(starts) / n <= 8)
    kept = starts[::step]
    years = [str(one.year) for one in kept]
    return [
        (one, month_text(one, lang), "" if n and years[n - 1] == years[n] else years[n])
        for n, one in enumerate(kept)
    ]


def layout(found: Plan, lang: Lang, width: int) -> Layout:
    """Work out the places of a plan's picture."""
    last = max(one.last for one in found.milestones)
    days = max((last - found.day).days, 1)

    def at(day: date) -> float:
        return round(LEFT + (width - RIGHT - LEFT) * (day - found.day).days / days, 1)

    rows, lanes = [], []
    top = HEAD
    for lane in LANES:
        mine = [one for one in found.milestones if one.milestone.lane == lane]
        if not mine:
            continue
        start = top
        top += BAND
        for one in mine:
            lines = tuple(wrap(one.milestone.title(lang), LETTERS))
            height = len(lines) * LINE + ROOM
            slip = at(min(one.latest, last)) if one.timed else at(one.first)
            rows.append(Row(one, lines, top, height, at(one.first), at(one.last), slip))
            top += height
        lanes.append((lane, start, top - start))
    return Layout(
        tuple(rows),
        tuple(lanes),
        tuple((at(day), month, year) for day, month, year in _months(found.day, last, lang)),
        at(found.day),
        at(found.opening),
        top,
    )


def _kind(one: Planned) -> str:
    if one.milestone.event == OPENING:
        return OPENING
    return f"{'rule' if one.by_rule else 'practice'} {one.confidence}"


def _marks(style: Style) -> dict[str, dict[str, Any]]:
    """Return how each kind of milestone is marked: shape by kind, hollow where from memory."""
    rule = {"shape": "circle", "stroke": style.accent, "size": 75}
    practice = {"shape": "diamond", "stroke": style.muted, "size": 75}
    return {
        "rule SOURCE": rule | {"fill": style.accent},
        "rule MEMORY": rule | {"fill": "#ffffff"},
        "practice SOURCE": practice | {"fill": style.muted},
        "practice MEMORY": practice | {"fill": "#ffffff"},
        OPENING: rule | {"shape": "square", "fill": style.accent},
    }


def timeline(found: Plan, lang: Lang, style: Style) -> dict[str, Any]:
    """Return the picture of a plan as a Vega-Lite specification with its own data.

    Raises:
        OutputError: the plan is impossible and has no days to draw.
    """
    if not found.possible:
        raise OutputError(verdict(found, lang))
    say = sayer(lang)
    place = layout(found, lang, style.width)
    total = place.height + LEGEND

    def x(field: str) -> dict[str, Any]:
        scale = {"domain": [0, style.width], "range": [0, style.width], "nice": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def y(field: str) -> dict[str, Any]:
        scale = {"domain": [0, total], "range": [0, total], "nice": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def layer(mark: dict[str, Any], rows: list[dict[str, Any]], **encoding: Any) -> dict[str, Any]:
        return {
            "data": {"values": rows},
            "mark": {"tooltip": None, "clip": False, **mark},
            "encoding": encoding,
        }

    def words(rows: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
        base = {"type": "text", "align": "left", "baseline": "middle", "color": style.ink}
        return layer(
            {**base, "fontSize": 12, "lineBreak": "\n", "lineHeight": LINE, **mark},
            rows,
            x=x("x"),
            y=y("y"),
            text={"field": "text", "type": "nominal"},
        )

    def upright(rows: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
        return layer({"type": "rule", **mark}, rows, x=x("x"), y=y("y"), y2={"field": "y2"})

    lanes = [
        {"x": 0, "x2": style.width, "y": top, "y2": top + height}
        for n, (_, top, height) in enumerate(place.lanes)
        if n % 2 == 0
    ]
    grid = [{"x": px, "y": HEAD - 4, "y2": place.height} for px, _, _ in place.months]
    layers = [
        layer(
            {"type": "rect", "color": style.band},
            lanes,
            x=x("x"),
            x2={"field": "x2"},
            y=y("y"),
            y2={"field": "y2"},
        ),
        upright(grid, color=style.rule, strokeWidth=0.7),
        upright(
            [{"x": place.today, "y": HEAD - 4, "y2": place.height}],
            color=style.muted,
            strokeDash=[3, 3],
        ),
        upright(
            [{"x": place.opening, "y": HEAD - 4, "y2": place.height}],
            color=style.accent,
            strokeWidth=1.4,
        ),
        words(
            [
                {"x": px, "y": high, "text": text}
                for px, *texts in place.months
                for text, high in zip(texts, (HEAD - 12, HEAD - 26), strict=True)
                if text
            ],
            color=style.muted,
        ),
        words(
            [
                {"x": 4, "y": top + BAND / 2 + 2, "text": lane_text(lane, lang)}
                for lane, top, _ in place.lanes
            ],
            fontWeight=600,
            color=style.accent,
        ),
        words(
            [
                {
                    "x": 12,
                    "y": row.middle - (len(row.lines) - 1) * LINE / 2,
                    "text": "\n".join(row.lines),
                }
                for row in place.rows
            ]
        ),
        layer(
            {"type": "rule", "color": style.accent, "strokeWidth": 5, "opacity": 0.22},
            [
                {"x": row.start, "x2": row.slip, "y": row.middle}
                for row in place.rows
                if row.slip > row.start
            ],
            x=x("x"),
            x2={"field": "x2"},
            y=y("y"),
        ),
    ]
    for kind, mark in _marks(style).items():
        here = [row for row in place.rows if _kind(row.item) == kind]
        layers.append(
            layer(
                {"type": "point", "opacity": 1, "strokeWidth": 1.8, **mark, "tooltip": True},
                [
                    {
                        "x": row.start,
                        "y": row.middle,
                        "what": row.item.milestone.title(lang),
                        "when": dates_text(row.item, lang),
                        "basis": basis_text(row.item, lang),
                        "slack": slack_text(row.item, lang),
                    }
                    for row in here
                ],
                x=x("x"),
                y=y("y"),
                tooltip=[
                    {"field": "what", "title": " "},
                    {"field": "when", "title": say("When")},
                    {"field": "basis", "title": say("Basis")},
                    {"field": "slack", "title": say("Slack")},
                ],
            )
        )
    layers.append(
        words(
            [
                {
                    "x": style.width - RIGHT + 12,
                    "y": row.middle,
                    "text": short_day(row.item.first, lang),
                }
                for row in place.rows
            ],
            fontSize=11,
        )
    )
    layers += _legend(place.height + 18, lang, style, layer, words, x, y)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": style.width,
        "height": total,
        "config": dict(style.config),
        "layer": layers,
    }


def _legend(
    top: float, lang: Lang, style: Style, layer: Any, words: Any, x: Any, y: Any
) -> list[dict[str, Any]]:
    say = sayer(lang)
    texts = {
        "rule SOURCE": say("a rule, source read"),
        "rule MEMORY": say("a rule, from memory, to be checked"),
        "practice SOURCE": say("practice, with a sourced precedent"),
        "practice MEMORY": say("practice, from memory, to be checked"),
    }
    column = style.width / 2
    layers = []
    marks = [(kind, mark) for kind, mark in _marks(style).items() if kind in texts]
    for n, (kind, mark) in enumerate(marks):
        left, high = 8 + column * (n // 2), top + 17 * (n % 2)
        layers.append(
            layer(
                {"type": "point", "opacity": 1, "strokeWidth": 1.8, **mark},
                [{"x": left, "y": high}],
                x=x("x"),
                y=y("y"),
            )
        )
        layers.append(
            words(
                [{"x": left + 11, "y": high, "text": texts[kind]}], fontSize=11, color=style.muted
            )
        )
    high = top + 34
    layers.append(
        layer(
            {"type": "rule", "color": style.accent, "strokeWidth": 5, "opacity": 0.22},
            [{"x": 2, "x2": 26, "y": high}],
            x=x("x"),
            x2={"field": "x2"},
            y=y("y"),
        )
    )
    layers.append(
        words(
            [{"x": 32, "y": high, "text": say("the days by which it may slip under the rules")}],
            fontSize=11,
            color=style.muted,
        )
    )
    return layers


__all__ = ["OPENING", "Layout", "Row", "Style", "layout", "timeline"]
