"""The page lists the sources as the code has them."""

from __future__ import annotations

import re

from tests.tension.conftest import ROOT

from detente.archive.building.tension_series import LAYOUTS
from detente.tension.sources import SOURCES

PAGE = (ROOT / "docs" / "tension.md").read_text(encoding="utf-8")


def test_the_page_lists_every_source_with_its_span_and_terms() -> None:
    rows = re.findall(
        r"^\| `([\w-]+)` \| ([^|]+) \| (\d+)–(\d+) \| (\w+) \| ([^|]+) \|$", PAGE, re.M
    )
    assert rows == [
        (s.name, s.title, str(s.span[0]), str(s.span[1]), s.pace, s.terms) for s in SOURCES
    ]


def test_the_page_names_every_file_that_is_read() -> None:
    assert [layout.file for layout in LAYOUTS if f"`{layout.file}`" not in PAGE] == []
