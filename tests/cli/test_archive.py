from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.archive import exporting, open_archive
from detente.cli.archive import command
from detente.errors import ArchiveError, ImportRefused


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_info_says_what_there_is_from_where_and_on_what_terms() -> None:
    text = _run("info")
    for word in ("rollcalls", "what ships", "2024-09-06", "CC0", "attribution"):
        assert word in text
    about = json.loads(_run("info", "--json"))
    assert about["tables"]["votes"]["rows"] > 1_000_000
    assert all(source["terms"] for source in about["sources"])


def test_verify_prints_every_check() -> None:
    assert "known facts" in _run("verify")


def test_a_failed_check_is_named_and_exits_4(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    for path in open_archive().folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "rules.parquet").write_bytes(b"broken")
    result = CliRunner().invoke(command, ["verify", "--folder", str(folder)])
    assert isinstance(result.exception, ArchiveError)
    assert result.exception.exit_code == 4
    assert "files are those of the manifest" in str(result.exception)


def test_import_info_and_reset_follow_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2024_sc_voting.csv"
    exporting.write_csv(open_archive(), exporting.council_voting(date(2026, 1, 1)), path)
    monkeypatch.setenv("DETENTE_DATA", str(tmp_path / "data"))
    assert "dry run" in _run("import", "--replace", "--dry-run", str(path))
    text = _run("import", "--replace", str(path))
    assert "2024_sc_voting.csv: Council voting" in text
    assert "sc_rollcalls: 14 added, 0 replaced" in text
    assert "your own" in _run("info")
    assert "Imported: 2024_sc_voting.csv" in _run("info")
    assert "Back to what ships" in _run("reset")
    assert "imported nothing" in _run("reset")


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    result = CliRunner().invoke(command, ["import", str(path)])
    assert isinstance(result.exception, ImportRefused)
    assert result.exception.exit_code == 5
    assert "x.csv, line 1" in str(result.exception)


def test_build_without_raw_material_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["build", "--raw", str(tmp_path)])
    assert isinstance(result.exception, ArchiveError)
