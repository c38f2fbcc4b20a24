from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli.dossier import command
from detente.errors import CaseError, OutsideRecord

CASE = """\
[case]
name = "Talks of 1950"
host = "FRA"
parties = ["USA", "RUS", "GBR"]
as_of = 1950-06-24
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "talks.toml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_the_command_says_where_the_files_are(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(command, [str(case), "--out", str(out), "--format", "json"])
    assert result.exit_code == 0, result.output
    written = [Path(line) for line in result.output.splitlines()]
    assert [p.name for p in written] == ["talks-1950-06-24-en.json", "talks-1950-06-24-fr.json"]
    assert all(p.is_file() for p in written)


def test_another_day_is_another_file(case: Path, tmp_path: Path) -> None:
    options = ["--out", str(tmp_path), "--format", "json", "--lang", "fr"]
    result = CliRunner().invoke(command, [str(case), *options, "--as-of", "1949-12-31"])
    assert result.exit_code == 0, result.output
    assert [p.name for p in tmp_path.glob("*.json")] == ["talks-1949-12-31-fr.json"]


@pytest.mark.parametrize("day", ["1945-01-01", "2999-01-01"])
def test_a_day_outside_the_record_is_refused_and_nothing_written(
    case: Path, tmp_path: Path, day: str
) -> None:
    result = CliRunner().invoke(command, [str(case), "--out", str(tmp_path / "o"), "--as-of", day])
    assert isinstance(result.exception, CaseError | OutsideRecord)
    assert not (tmp_path / "o").exists()
