"""The house style of figures: one palette, one theme, told apart in grey print as well.

Colours are Okabe and Ito's, which remain distinct under the common forms of colour blindness. Every
series also has a dash and a mark of its own, because ministries print in grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ACCENT = "#1f4e79"
INK = "#1c1c1c"
MUTED = "#5a5a5a"
RULE = "#c9c9c9"
SANS = "Source Sans Pro"
WIDTH = 640  # of a figure, in the pixels of its specification


@dataclass(frozen=True)
class Look:
    """How one series is drawn: colour, dash and mark."""

    colour: str
    dash: tuple[int, ...]
    shape: str


# Okabe and Ito 2008, without the yellow that vanishes on white; dark and light alternate, so that
# neighbours differ in grey too.
LOOKS: tuple[Look, ...] = (
    Look("#0072B2", (1, 0), "circle"),
    Look("#D55E00", (6, 3), "square"),
    Look("#009E73", (2, 2), "triangle-up"),
    Look("#CC79A7", (8, 3, 2, 3), "diamond"),
    Look("#E69F00", (4, 2), "triangle-down"),
    Look("#56B4E9", (10, 4), "cross"),
    Look("#3b3b3b", (1, 3), "triangle-right"),
)

TIERS: dict[str, Look] = {
    "all accept": Look("#0072B2", (1, 0), "circle"),
    "nobody objects": Look("#009E73", (1, 0), "square"),
    "one short": Look("#E69F00", (1, 0), "triangle-up"),
    "split": Look("#D55E00", (1, 0), "cross"),
    "unknown": Look("#8a8a8a", (1, 0), "diamond"),
}


def look(index: int) -> Look:
    """Return the look of the series at this place; past seven the colours come round again with
    the dash of the next one."""
    first = LOOKS[index % len(LOOKS)]
    turn = index // len(LOOKS)
    if turn == 0:
        return first
    other = LOOKS[(index + turn * 3) % len(LOOKS)]
    return Look(first.colour, other.dash, other.shape)


def theme() -> dict[str, Any]:
    """Return the Vega-Lite configuration that every figure carries."""
    return {
        "aria": False,  # the figure has its own text; Vega writes English ones
        "font": SANS,
        "background": "#ffffff",
        "view": {"stroke": None},
        "padding": 2,
        "axis": {
            "domainColor": RULE,
            "gridColor": "#e6e6e6",
            "labelColor": INK,
            "labelFontSize": 12,
            "labelPadding": 5,
            "tickColor": RULE,
            "titleColor": MUTED,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
        },
        "axisY": {"labelLimit": 260},
        "legend": {
            "labelColor": INK,
            "labelFontSize": 12,
            "labelLimit": 400,
            "orient": "top",
            "title": None,
            "symbolStrokeWidth": 2,
        },
        "text": {"color": INK, "fontSize": 12},
    }
