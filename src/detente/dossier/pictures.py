"""Figures drawn: Vega-Lite to SVG and PNG, through vl-convert, the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from detente.cache import kept
from detente.cache import name as name_of
from detente.language import Lang

PNG_SCALE = 2.5  # 640 px at 16 cm become 254 dots an inch

_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True)
class Picture:
    """A drawn figure: ``svg`` text, and its size in CSS pixels."""

    svg: str
    width: float
    height: float


def font_folder() -> Path:
    """Return the folder of the sans face that ships as a dependency."""
    spec = find_spec("font_source_sans_pro")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "files"


@cache
def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
    return vl_convert


def _formats(lang: Lang) -> dict[str, Any]:
    """Return number and date formats of D3 for a language."""
    if lang == "fr":
        return {
            "number": {
                "decimal": ",",
                "thousands": "\u202f",
                "grouping": [3],
                "currency": ["", "\u00a0€"],
                "minus": "\u2212",
                "percent": "\u202f%",
            }
        }
    return {
        "number": {
            "decimal": ".",
            "thousands": ",",
            "grouping": [3],
            "currency": ["£", ""],
            "minus": "\u2212",
        }
    }


def number_format(lang: Lang) -> dict[str, Any]:
    """Return the D3 number locale that the drawings and the HTML use."""
    formats: dict[str, Any] = _formats(lang)["number"]
    return formats


def _own_ids(svg: str, prefix: str) -> str:
    """Number the ids of a drawing afresh, so that neither the process nor a neighbour changes it.

    vl-convert counts clip paths over the life of the process.
    """
    names = {name: f"{prefix}-{n}" for n, name in enumerate(dict.fromkeys(_ID.findall(svg)), 1)}
    for name, new in names.items():
        svg = svg.replace(f'id="{name}"', f'id="{new}"').replace(f"url(#{name})", f"url(#{new})")
    return svg


def draw(chart: Mapping[str, Any], name: str, lang: Lang) -> Picture:
    """Draw a Vega-Lite specification as SVG.

    Args:
        chart: the specification, with its data.
        name: prefix of the drawing's ids, unique in a document.
        lang: language of its numbers.
    """
    svg = _converter().vegalite_to_svg(
        json.dumps(chart), format_locale=_formats(lang)["number"], show_warnings=False
    )
    svg = _own_ids(svg, name)
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert size is not None
    return Picture(svg, float(size[1]), float(size[2]))


def png(picture: Picture) -> bytes:
    """Return a drawing as PNG at print resolution."""
    data: bytes = _converter().svg_to_png(picture.svg, scale=PNG_SCALE)
    return data


@cache
def browser_library() -> str:
    """Return the JavaScript of Vega, Vega-Lite and Vega-Embed in one piece, kept once bundled."""
    named = name_of(version("vl-convert-python"))
    code: str = kept("vega", named, _converter().javascript_bundle)
    return code
