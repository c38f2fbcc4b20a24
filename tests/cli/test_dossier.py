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


SHEET = """
[[issues]]
code = "a"
name = "Inspections"
options = [{ code = "x", name = "none" }, { code = "y", name = "yearly" }]

[[stances]]
party = "USA"
issue = "a"
scores = { x = 0, y = 100 }
source = "an ambassador"
USE
"""


def sections(case: Path, out: Path, use: str, *options: str) -> tuple[str, str]:
    """Write the dossier of a case with one confided position; return its text and the output."""
    case.write_text(CASE + SHEET.replace("USE", use), encoding="utf-8")
    wanted = ["--out", str(out), "--format", "json", "--lang", "en", *options]
    result = CliRunner().invoke(command, [str(case), *wanted])
    assert result.exit_code == 0, result.output
    (path,) = out.rglob("*.json")
    return path.read_text(encoding="utf-8"), result.output


def test_what_was_confided_to_the_convenor_stays_out_of_the_dossier(
    case: Path, tmp_path: Path
) -> None:
    text, said = sections(case, tmp_path / "o", "")
    assert "Inspections" not in text
    assert "1 positions are for the convenor only" in said


def test_the_team_gets_it_in_files_of_its_own(case: Path, tmp_path: Path) -> None:
    text, _ = sections(case, tmp_path / "o", "", "--team")
    assert "Inspections" in text
    assert [p.parent.name for p in (tmp_path / "o").rglob("*.json")] == ["team"]


def test_what_may_be_attributed_stands_in_the_dossier(case: Path, tmp_path: Path) -> None:
    text, _ = sections(case, tmp_path / "o", 'use = "attribute"')
    assert "Inspections" in text
