"""The document as PDF: PDF/A-2a for the archive and PDF/UA-1 for who cannot see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import Any, Literal

from detente.dossier.blocks import Document
from detente.dossier.house import WIDTH
from detente.dossier.pictures import Picture, font_folder
from detente.dossier.render.plain import plain_document

STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")
_REGIONS = {"en": "gb", "fr": "fr"}


def pdf(document: Document, pictures: Mapping[str, Picture]) -> bytes:
    """Return the document as PDF, its figures as vectors and its date the as-of date.

    Only the fonts inside typst and the sans that ships are used, so that every machine sets the
    same lines.
    """
    import typst

    content = plain_document(document) | {
        "region": _REGIONS[document.lang],
        "full": WIDTH,
        "widths": {name: picture.width for name, picture in pictures.items()},
    }
    template = (resources.files("detente.dossier.render") / "dossier.typ").read_bytes()
    files: Any = {
        "main.typ": template,
        "document.json": json.dumps(content, ensure_ascii=False).encode(),
    }
    files |= {f"{name}.svg": picture.svg.encode() for name, picture in pictures.items()}
    day = document.as_of
    made: bytes = typst.compile(
        files,
        format="pdf",
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        pdf_standards=list(STANDARDS),
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    return made
