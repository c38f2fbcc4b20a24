"""A sheet written in any format and read back is the same sheet."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.packages.sheets import raw_without_cycle, read, sheets

from detente.errors import SheetError
from detente.language import LANGUAGES, Lang
from detente.packages.formats.genius import genius_files, is_genius, read_genius
from detente.packages.formats.scenario import read_scenario, scenario_files
from detente.packages.formats.toml import as_toml, read_toml
from detente.packages.formats.xlsx_read import read_workbook
from detente.packages.formats.xlsx_write import workbook_bytes
from detente.packages.raw import raw_tables
from detente.packages.sheet import Sheet

DATA = Path(__file__).parents[4] / "shared" / "data" / "negotiation"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the raw scenarios are not here")


def close(a: Sheet, b: Sheet) -> bool:
    """Say whether two sheets of exact utilities agree but for the last binary digits."""
    pairs = [
        (x, y) for s, t in zip(a.stances, b.stances, strict=True)
        for x, y in zip(s.low, t.low, strict=True)
    ]  # fmt: skip
    pairs += [
        (s.numbers[k], t.numbers[k])
        for s, t in zip(a.weights, b.weights, strict=True)
        for k in s.numbers
    ]
    pairs += [(s.low, t.low) for s, t in zip(a.no_deals, b.no_deals, strict=True)]
    return a.issues == b.issues and all(abs(x - y) < 1e-6 for x, y in pairs)


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_raw_tables_are_the_inverse_of_reading(sheet: Sheet) -> None:
    assert read(raw_tables(sheet), sheet.parties) == sheet


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_toml_gives_back_the_same_sheet(sheet: Sheet) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.toml"
        path.write_text(as_toml(sheet), encoding="utf-8")
        assert read_toml(path) == sheet


@given(sheet=sheets())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_spreadsheet_gives_back_the_same_sheet(sheet: Sheet) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(workbook_bytes(sheet))
        assert read_workbook(path) == sheet


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_spreadsheet_is_the_same_bytes_each_time_and_reads_back(
    lang: Lang, tmp_path: Path
) -> None:
    sheet = read(raw_without_cycle())
    data = workbook_bytes(sheet, lang)
    assert data == workbook_bytes(sheet, lang)
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(data)
    assert read_workbook(path) == sheet


@needs_data
@pytest.mark.parametrize("name", ["group2-politics", "group6-tram"])
def test_a_genius_domain_survives_the_round_trip(name: str, tmp_path: Path) -> None:
    sheet = read_genius(DATA / "anac" / name)
    for file, text in genius_files(sheet).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    assert is_genius(tmp_path)
    assert close(sheet, read_genius(tmp_path))


@needs_data
def test_the_politics_domain_is_read_as_its_file_says() -> None:
    sheet = read_genius(DATA / "anac" / "group2-politics")
    assert (len(sheet.parties), sheet.packages) == (3, 23040)
    first = sheet.stance(sheet.parties[0].code, sheet.issues[0].code)
    assert first.low == (0.0, 25.0, 25.0, 100.0)  # evaluations 0, 1, 1, 4 of the file


@needs_data
def test_every_json_scenario_survives_the_round_trip(tmp_path: Path) -> None:
    folders = sorted((DATA / "negolog").iterdir())
    assert len(folders) == 33
    for folder in folders:
        sheet = read_scenario(folder)
        out = tmp_path / folder.name
        out.mkdir()
        for file, text in scenario_files(sheet).items():
            (out / file).write_text(text, encoding="utf-8")
        assert close(sheet, read_scenario(out)), folder.name


def test_a_genius_file_keeps_preferences_where_the_best_option_is_below_a_hundred(
    tmp_path: Path,
) -> None:
    raw = {
        "issues": [{"code": "a", "options": ["x", "y"]}, {"code": "b", "options": ["x", "y"]}],
        "stances": [
            {"party": "EU", "issue": "a", "scores": {"x": 50.0, "y": 0.0}},
            {"party": "EU", "issue": "b", "scores": {"x": 0.0, "y": 100.0}},
        ],
        "weights": [{"party": "EU", "weights": {"a": 50.0, "b": 50.0}}],
        "no_deal": [{"party": "EU", "value": 30.0}],
    }
    sheet = read(raw, sheet_parties := read(raw).parties[:1])
    for file, text in genius_files(sheet).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    back = read_genius(tmp_path)
    assert len(sheet_parties) == 1
    # totals 25, 0, 75, 50 of 75 at most become thirds: 1/3, 0, 1, 2/3; no deal 30/75
    weights = back.weights[0].numbers
    assert weights["a"] == pytest.approx(100 / 3)
    assert back.no_deals[0].low == pytest.approx(40.0)


@pytest.mark.parametrize("writer", [genius_files, scenario_files])
def test_what_a_format_cannot_hold_is_refused_and_not_lost(writer: object) -> None:
    sheet = read(raw_without_cycle())
    with pytest.raises(SheetError, match="which this format cannot hold"):
        writer(sheet)  # type: ignore[operator]
