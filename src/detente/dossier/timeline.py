"""The timeline of a plan in the house style, and as a file."""

from __future__ import annotations

from typing import Any, Literal

from detente.convening.calendar.planning import Plan
from detente.convening.calendar.timeline import Style, timeline
from detente.dossier.house import ACCENT, INK, MUTED, RULE, WIDTH, theme
from detente.dossier.pictures import draw, png
from detente.language import Lang

BAND = "#f4f6f8"


def timeline_chart(found: Plan, lang: Lang) -> dict[str, Any]:
    """Return the picture of a plan as a Vega-Lite specification.

    Raises:
        OutputError: the plan is impossible; the sentence says when the route can open.
    """
    return timeline(found, lang, Style(WIDTH, INK, MUTED, RULE, ACCENT, BAND, theme()))


def timeline_file(found: Plan, lang: Lang, ending: Literal["svg", "png"]) -> bytes:
    """Return the picture of a plan as the bytes of a file.

    Raises:
        OutputError: the plan is impossible; the sentence says when the route can open.
    """
    picture = draw(timeline_chart(found, lang), "timeline", lang)
    return picture.svg.encode() if ending == "svg" else png(picture)
