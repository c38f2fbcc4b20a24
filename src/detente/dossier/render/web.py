"""The document as one HTML file: no address is loaded, and the page's own policy forbids it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from detente.dossier.blocks import Document
from detente.dossier.house import SANS
from detente.dossier.pictures import Picture, browser_library, font_folder, number_format
from detente.dossier.render.plain import plain_document


def _part(name: str) -> str:
    return (resources.files("detente.dossier.render") / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    return environment.from_string(_part("dossier.html.j2"))


@cache
def _faces() -> str:
    """Return the sans face of the figures and tables, inside the page: no two screens differ."""
    rules = []
    for weight, name in ((400, "Regular"), (600, "Semibold")):
        data = b64encode((font_folder() / f"SourceSansPro-{name}.otf").read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"{SANS}";font-weight:{weight};'
            f"src:url(data:font/otf;base64,{data})}}"
        )
    return "\n".join(rules)


@cache
def _library() -> str:
    # The bundle is text inside <script>; only these two would end or hide it.
    return browser_library().replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _hash(script: str) -> str:
    return "'sha256-" + b64encode(sha256(script.encode()).digest()).decode() + "'"


def _inside_script(value: object) -> str:
    """Return JSON that cannot end the script element that holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def html(document: Document, pictures: Mapping[str, Picture]) -> bytes:
    """Return the document as one HTML file.

    Args:
        document: the dossier in one language.
        pictures: the drawn figures, by anchor; each stands in the page as SVG and is replaced by
            its interactive form where scripts run.
    """
    from markupsafe import Markup

    charts = {figure.anchor: figure.chart for figure in document.figures()}
    script = _part("dossier.js").replace(
        "SETTINGS;", _inside_script({"numbers": number_format(document.lang)}) + ";"
    )
    library = _library()
    text: str = _template().render(
        **plain_document(document),
        first=document.sections[0].anchor,
        svg={name: Markup(picture.svg) for name, picture in pictures.items()},
        charts={name: Markup(_inside_script(chart)) for name, chart in charts.items()},
        css=Markup(_faces() + "\n" + _part("dossier.css")),
        library=Markup(library),
        script=Markup(script),
        script_hashes=Markup(f"{_hash(library)} {_hash(script)}"),
    )
    return text.encode("utf-8")
