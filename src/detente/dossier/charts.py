"""The figures as Vega-Lite specifications, made with Altair; each carries its own data.

Every function takes plain rows and words and knows no finding. Names of parameters are fixed, for
Altair would count them over the life of the process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from detente.dossier.house import ACCENT, INK, MUTED, WIDTH, Look, look, theme

Row = Mapping[str, Any]


@cache
def _altair() -> Any:
    import altair

    return altair


def _finish(chart: Any, height: int | None) -> dict[str, Any]:
    """Return the specification: house theme, width of the text, free to narrow on a phone."""
    sized = chart.properties(width=WIDTH, **({} if height is None else {"height": height}))
    # The schema is checked by the tests: here it would take a second.
    spec: dict[str, Any] = sized.to_dict(validate=False)
    spec["config"] = theme()
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Return values moved as little as needed to lie at least ``gap`` apart, in the same order.

    Used for labels at the ends of lines. Runs of touching labels are centred on their own mean
    (pool adjacent violators on the values less their slots), which is the least-squares answer.
    """
    order = sorted(range(len(values)), key=lambda i: (values[i], i))
    pools: list[tuple[float, int]] = []
    for rank, i in enumerate(order):
        mean, size = values[i] - rank * gap, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean = (before * count + mean * size) / (count + size)
            size += count
        pools.append((mean, size))
    moved = [0.0] * len(values)
    rank = 0
    for mean, size in pools:
        for _ in range(size):
            moved[order[rank]] = mean + rank * gap
            rank += 1
    return moved


@dataclass(frozen=True)
class Line:
    """A line of a chart over years.

    Attributes:
        name: what its end is labelled.
        rows: year, value, low, high of each point, oldest first; a year that is missing breaks it.
        look: how it is drawn.
        outlined: True where the band is a range and not an interval, and so has an edge.
    """

    name: str
    rows: tuple[tuple[int, float, float, float], ...]
    look: Look
    outlined: bool = False


def _stretches(line: Line) -> list[list[tuple[int, float, float, float]]]:
    """Return the runs of years without a gap of more than two."""
    runs: list[list[tuple[int, float, float, float]]] = []
    for row in line.rows:
        if runs and row[0] - runs[-1][-1][0] <= 2:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def over_time(
    lines: Sequence[Line],
    axis: str,
    words: Mapping[str, str],
    height: int = 340,
    span: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Lines over years with bands, each labelled at its end.

    Args:
        lines: what to draw; a later one lies on top.
        axis: title of the value axis.
        words: ``year``, ``value``, ``low`` and ``high`` as the pointer's box names them.
        height: of the plot in pixels.
        span: of the value axis; by default what the bands need.
    """
    alt = _altair()
    lows = [row[2] for line in lines for row in line.rows]
    highs = [row[3] for line in lines for row in line.rows]
    years = [row[0] for line in lines for row in line.rows]
    bottom, top = span or (min(lows), max(highs))
    if span is None:
        room = (top - bottom) * 0.04 or 0.5
        bottom, top = round(bottom - room, 3), round(top + room, 3)
    first, last = min(years), max(years)
    if first == last:
        first, last = first - 1, last + 1
    x = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(format="d", grid=False, tickMinStep=1),
    )
    # One scale for every layer: a layer without it would draw the axis down to zero.
    scale = alt.Scale(domain=[bottom, top], nice=False, zero=False)
    y = alt.Y("value:Q", title=axis, scale=scale)
    layers = []
    for line in lines:
        for run in _stretches(line):
            rows = [
                {"name": line.name, "year": a, "value": b, "low": c, "high": d}
                for a, b, c, d in run
            ]
            base = alt.Chart(alt.Data(values=rows))
            band = base.encode(x=x, y=alt.Y("low:Q", title=axis, scale=scale), y2="high:Q")
            layers.append(
                band.mark_area(
                    color=line.look.colour,
                    opacity=0.16,
                    line=False,
                    **(
                        {"stroke": line.look.colour, "strokeWidth": 0.8, "strokeOpacity": 0.9}
                        if line.outlined
                        else {}
                    ),
                )
            )
            layers.append(
                base.mark_line(
                    color=line.look.colour, strokeWidth=2, strokeDash=list(line.look.dash)
                ).encode(x=x, y=y)
            )
            tips = [
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("year:Q", title=words["year"], format="d"),
                alt.Tooltip("value:Q", title=words["value"], format=".2f"),
                alt.Tooltip("low:Q", title=words["low"], format=".2f"),
                alt.Tooltip("high:Q", title=words["high"], format=".2f"),
            ]
            layers.append(
                base.mark_point(size=90, filled=True, opacity=0).encode(x=x, y=y, tooltip=tips)
            )
    ends = [(line.rows[-1][1], line) for line in lines if line.rows]
    gap = (top - bottom) * 15 / height
    for at, (value, line) in zip(apart([end for end, _ in ends], gap), ends, strict=True):
        mark = [{"year": line.rows[-1][0], "value": value, "label": at, "name": line.name}]
        base = alt.Chart(alt.Data(values=mark))
        where = alt.Y("label:Q", title=axis, scale=scale)
        layers.append(
            base.mark_point(
                shape=line.look.shape, size=45, filled=True, color=line.look.colour, opacity=1
            ).encode(x=x, y=y)
        )
        layers.append(
            base.mark_text(
                align="left", dx=9, color=line.look.colour, fontWeight=600, clip=False
            ).encode(x=x, y=where, text="name:N")
        )
    return _finish(alt.layer(*layers), height)


@dataclass(frozen=True)
class Dot:
    """A row of a dot chart: a value with its interval, and, where known, an earlier one."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    earlier: float | None = None
    group: str = ""
    look: Look | None = None


def dots(
    rows: Sequence[Dot],
    axis: str,
    words: Mapping[str, str],
    domain: tuple[float, float],
    number: str = ".2f",
    groups: Sequence[tuple[str, Look]] = (),
    break_at: str = "",
) -> dict[str, Any]:
    """Values with intervals, a row each, in the order given.

    Args:
        rows: what to draw.
        axis: title of the value axis.
        words: ``value``, ``low``, ``high`` and ``earlier`` as the pointer's box names them.
        domain: of the value axis.
        number: D3 format of the values.
        groups: names and looks of the groups; without them all rows look alike, filled now and
            hollow earlier.
        break_at: where the names go over to a second line; empty keeps them on one.
    """
    alt = _altair()
    lines: dict[str, Any] = {}
    if break_at:
        lines = {"labelExpr": f"split(datum.label, '{break_at}')", "labelLineHeight": 13}
    data = [
        {
            "name": row.name,
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "earlier": row.earlier,
            "group": row.group,
        }
        for row in rows
    ]
    y = alt.Y(
        "name:N",
        sort=[row.name for row in rows],
        title=None,
        axis=alt.Axis(grid=True, domain=False, ticks=False, labelPadding=8, **lines),
    )
    scale = alt.Scale(domain=list(domain), nice=False, clamp=True)
    x = alt.X("value:Q", title=axis, scale=scale, axis=alt.Axis(format=number, labelOverlap=True))
    tips = [
        alt.Tooltip("name:N", title=" "),
        *([alt.Tooltip("group:N", title=words["group"])] if groups else []),
        alt.Tooltip("value:Q", title=words["value"], format=number),
        alt.Tooltip("low:Q", title=words["low"], format=number),
        alt.Tooltip("high:Q", title=words["high"], format=number),
    ]
    if any(row.earlier is not None for row in rows):
        tips.append(alt.Tooltip("earlier:Q", title=words["earlier"], format=number))
    known = alt.Chart(alt.Data(values=[row for row in data if row["value"] is not None]))
    if groups:
        names = [name for name, _ in groups]
        colour: Any = alt.Color(
            "group:N",
            scale=alt.Scale(domain=names, range=[g.colour for _, g in groups]),
            legend=alt.Legend(title=None),
        )
        shape: Any = alt.Shape(
            "group:N",
            scale=alt.Scale(domain=names, range=[g.shape for _, g in groups]),
            legend=alt.Legend(title=None),
        )
    else:
        colour, shape = alt.value(ACCENT), alt.value("circle")
    layers = [
        known.mark_rule(strokeWidth=2, opacity=0.55).encode(
            x=alt.X("low:Q", title=axis, scale=scale), x2="high:Q", y=y, color=colour
        ),
        known.mark_point(size=70, filled=True, opacity=1).encode(
            x=x, y=y, color=colour, shape=shape, tooltip=tips
        ),
    ]
    earlier = [row for row in data if row["earlier"] is not None]
    if earlier:
        layers.insert(
            1,
            alt.Chart(alt.Data(values=earlier))
            .mark_point(size=70, filled=False, strokeWidth=1.6, color=MUTED, opacity=1)
            .encode(x=alt.X("earlier:Q", title=axis, scale=scale), y=y, tooltip=tips),
        )
    if domain[0] < 0 < domain[1]:
        zero = alt.Chart(alt.Data(values=[{"zero": 0}]))
        layers.insert(0, zero.mark_rule(color=INK, strokeWidth=0.8).encode(x="zero:Q"))
    return _finish(alt.layer(*layers), height=max(60, (40 if break_at else 18) * len(rows)))


def heat(
    names: Sequence[str], cells: Sequence[tuple[str, str, float | None]], words: Mapping[str, str]
) -> dict[str, Any]:
    """A square of agreements for tables with many parties; the number stands in each cell.

    Args:
        names: in order, down and across.
        cells: row, column and agreement, −1 to 1.
        words: ``value`` as the pointer's box names it.
    """
    alt = _altair()
    data = [{"a": a, "b": b, "value": value} for a, b, value in cells if value is not None]
    axis = {"title": None, "sort": list(names)}
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("b:N", axis=alt.Axis(labelAngle=-40, orient="top"), **axis),
        y=alt.Y("a:N", **axis),
        tooltip=[
            alt.Tooltip("a:N", title=" "),
            alt.Tooltip("b:N", title=" "),
            alt.Tooltip("value:Q", title=words["value"], format=".2f"),
        ],
    )
    fill = alt.Color(
        "value:Q",
        scale=alt.Scale(domain=[-0.2, 1], range=["#ffffff", ACCENT], clamp=True),
        legend=None,
    )
    ink = alt.condition("datum.value > 0.55", alt.value("#ffffff"), alt.value(INK))
    small = 10 if len(names) > 12 else 11
    square = base.mark_rect(stroke="#ffffff").encode(color=fill)
    number = base.mark_text(fontSize=small).encode(
        text=alt.Text("value:Q", format=".2f"), color=ink
    )
    return _finish(alt.layer(square, number), height=max(120, 26 * len(names)))


def series_looks(count: int) -> tuple[Look, ...]:
    """Return the looks of the first ``count`` series."""
    return tuple(look(i) for i in range(count))
