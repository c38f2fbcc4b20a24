"""The picture of the replay: days from request to opening against the window of the rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.convening.replay import Replayed
from detente.dossier.house import INK, MUTED, RULE, WIDTH, look, theme
from detente.dossier.sections.replay_words import SHORT, ReplayWords
from detente.language import Lang

ROW = 15
"""Height of a session in the picture, in pixels."""

TICKS = (0, 1, 4, 10, 15, 45, 100, 365, 1000)


def picture(sessions: Sequence[Replayed], lang: Lang) -> dict[str, Any]:
    """Draw request to opening for every session against the window of its rule."""
    import altair

    alt: Any = altair  # its functions carry no types

    w = ReplayWords(lang)
    order = list(SHORT)
    ranked = sorted(sessions, key=lambda one: (order.index(one.route.id), one.opened))
    names = [f"{one.session} ({one.opened.year})" for one in ranked]
    routes = [w.say(SHORT[route]) for route in order]
    rows = [
        {
            "name": name,
            "route": w.route(one),
            "lead": one.lead,
            "low": one.earliest or 0,
            "high": one.latest,
            "topic": w.say(one.topic),
        }
        for name, one in zip(names, ranked, strict=True)
    ]
    title = w.say("Days from request or decision to opening")
    scale = alt.Scale(type="symlog", constant=4, domain=[0, 2000], nice=False)
    x = alt.X(
        "lead:Q",
        title=title,
        scale=scale,
        axis=alt.Axis(values=list(TICKS), format=",d", grid=True, gridColor=RULE),
    )
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(ticks=False, labelPadding=6))
    colour = alt.Color(
        "route:N",
        title=None,
        scale=alt.Scale(domain=routes, range=[look(n).colour for n in range(len(routes))]),
        legend=alt.Legend(orient="top", columns=3),
    )
    shape = alt.Shape(
        "route:N",
        title=None,
        scale=alt.Scale(domain=routes, range=[look(n).shape for n in range(len(routes))]),
    )
    tips = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("topic:N", title=" "),
        alt.Tooltip("lead:Q", title=title),
    ]

    def data(keep: list[dict[str, Any]]) -> Any:
        return alt.Chart(alt.Data(values=keep))

    layers = [
        data([row for row in rows if row["high"] is not None])
        .mark_bar(color=MUTED, opacity=0.28, height=ROW - 5)
        .encode(x=alt.X("low:Q", title=title, scale=scale), x2="high:Q", y=y),
        data([row for row in rows if row["lead"] is not None])
        .mark_point(size=55, filled=True, opacity=1)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=tips),
        data([{**row, "said": w.say("day not on record")} for row in rows if row["lead"] is None])
        .mark_text(align="left", dx=4, color=INK, fontStyle="italic", fontSize=10)
        .encode(x=alt.value(0), y=y, text="said:N"),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=ROW * len(rows))
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["config"] = theme()
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec
