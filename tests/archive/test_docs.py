from __future__ import annotations

import re
from pathlib import Path

from detente.archive import Archive
from detente.archive.building.corrections import CORRECTIONS
from detente.archive.schema import TABLES
from detente.archive.sources import SOURCES

ROOT = Path(__file__).parents[2]


def test_the_page_lists_every_table_with_its_columns() -> None:
    text = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", text, re.MULTILINE)
    documented = {name: re.findall(r"`(\w+)`", columns) for name, columns in rows}
    assert documented == {table.name: list(table.columns) for table in TABLES.values()}


def test_the_contract_between_parts_names_the_same_columns() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name, columns in re.findall(r"^\| `(\w+)` \| [^|]+ \| `([^`]+)` \|$", text, re.MULTILINE):
        assert columns.split(", ") == list(TABLES[name].columns), name


def test_every_correction_is_on_the_page_and_in_the_manifest(whole: Archive) -> None:
    text = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
    assert len(whole.manifest["corrections"]) == len(CORRECTIONS)
    for correction in CORRECTIONS:
        assert correction.value in text


def test_the_notice_gives_the_terms_of_every_source(whole: Archive) -> None:
    text = (ROOT / "NOTICE.md").read_text(encoding="utf-8")
    assert [source["name"] for source in whole.manifest["sources"]] == [s.name for s in SOURCES]
    for source in SOURCES:
        assert source.terms in text, source.name


def test_every_row_names_a_source_of_the_list(whole: Archive) -> None:
    known = {source.name for source in SOURCES}
    for table in ("rollcalls", "adoptions"):
        assert {s for (s,) in whole.sql(f"SELECT DISTINCT source FROM {table}")} <= known
