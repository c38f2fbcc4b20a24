"""The dossier as JSON: the findings, every figure's data, the records and the text.

The schema has a version, raised whenever a field changes its meaning or goes.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from detente.dossier.blocks import Document
from detente.dossier.findings import Findings
from detente.dossier.parts import Parts
from detente.dossier.render.text import cell_text, section_text

SCHEMA = "detente.dossier/1"


def plain(value: object) -> Any:
    """Return a finding as JSON values: dataclasses by field, dates as 2018-11-20."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 6)
    return value


YEARS = 10
"""Of the tension's months that the JSON holds; `detente tension --json` gives all."""


def parts(found: Parts, document: Document) -> dict[str, Any]:
    """Return what the parts found, each as its own command gives it in JSON."""
    from detente.convening import values as convening
    from detente.convening.replay import values as replay
    from detente.convening.wording import Wording
    from detente.steps import values as steps
    from detente.tension import telling as tension

    lang = document.lang
    made: dict[str, Any] = {}
    if found.tension is not None:
        made["tension"] = tension.plain(found.tension, document.as_of.year - YEARS)
    if found.convening is not None:
        told = found.convening
        made["convening"] = convening.whole(told.comparison, Wording(told.archive, told.case, lang))
    if found.replay is not None:
        made["replay"] = replay.values(found.replay, found.replay.sessions)
    if found.steps is not None:
        made["steps"] = steps.values(found.steps, document.title, lang)
    return made


def data(document: Document, findings: Findings) -> dict[str, Any]:
    """Return the dossier as JSON values."""
    return {
        "schema": SCHEMA,
        "language": document.lang,
        "title": document.title,
        "as_of": document.as_of.isoformat(),
        "findings": {
            field.name: plain(getattr(findings, field.name))
            for field in fields(findings)
            if field.name != "parts"
        },
        "parts": parts(findings.parts, document),
        "figures": [
            {
                "id": figure.anchor,
                "number": figure.number,
                "caption": figure.caption,
                "alt": figure.alt,
                "columns": [column.title for column in figure.columns],
                "rows": [[cell_text(document, cell) for cell in row] for row in figure.rows],
                "vega_lite": figure.chart,
            }
            for figure in document.figures()
        ],
        "records": [plain(record) for record in document.records.values()],
        "sections": [
            {
                "id": section.anchor,
                "number": section.number,
                "title": section.title,
                "text": section_text(document, section),
            }
            for section in document.sections
        ],
    }


def json_bytes(document: Document, findings: Findings) -> bytes:
    """Return the dossier as a JSON file."""
    text = json.dumps(data(document, findings), ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8")
