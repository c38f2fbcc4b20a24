"""`detente events`: what a user sees, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.events import made

from detente.cli import root
from detente.errors import DetenteError


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_DATA", str(tmp_path / "data"))


def call(*args: str) -> Result:
    return CliRunner().invoke(root, ["events", *args])


def code(result: Result) -> int:
    """Return the exit code that the command line gives."""
    error = result.exception
    return error.exit_code if isinstance(error, DetenteError) else result.exit_code


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    lines = [made.line(id=number, target=("RUS", "CHN")[number % 2]) for number in range(6)]
    path = made.write(tmp_path / "20180102.export.CSV", lines)
    result = call("import", str(path), "--as-of", "2018-11-20")
    assert result.exit_code == 0, result.output
    assert "1 file read, 6 rows: 6 counted, 0 counted already, 0 set aside." in result.output
    return path


def test_dyads_come_as_a_table_as_csv_and_as_json(imported: Path, tmp_path: Path) -> None:
    shown = call("dyads", "--pairs", "Russian Federation-USA")
    assert "2018-01-02" in shown.output
    assert "CHN" not in shown.output
    out = tmp_path / "out.csv"
    assert call("dyads", "--csv", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8").splitlines() == [
        "day,a,b,events,verbal_cooperation,material_cooperation,verbal_conflict,"
        "material_conflict,mentions,sources,articles,goldstein,day_events,day_mentions,per_million",
        "2018-01-02,CHN,USA,3,3,0,0,0,30,6,15,1.9000,6,60,500000.0000",
        "2018-01-02,RUS,USA,3,3,0,0,0,30,6,15,1.9000,6,60,500000.0000",
    ]
    told = json.loads(call("dyads", "--json", "--pairs", "USA-RUS").output)
    assert [(row["a"], row["b"], row["events"]) for row in told] == [("RUS", "USA", 3)]


def test_raw_files_need_no_store_and_say_what_was_set_aside(imported: Path) -> None:
    with imported.open("a", encoding="utf-8") as file:
        file.write(made.line(id=77, score="9.9") + "\n")
    result = call("dyads", "--raw", str(imported), "--json")
    assert "a Goldstein score that is not that of the event code: 1 rows" in result.stderr
    assert len(json.loads(result.stdout)) == 2


def test_an_import_tells_everything_as_json(imported: Path) -> None:
    told = json.loads(call("import", str(imported), "--json").output)
    assert (told["files"], told["skipped"]) == ([], 1)


def test_a_bad_file_among_good_ones_ends_with_5_and_the_good_are_imported(
    imported: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04broken")
    good = made.write(tmp_path / "20180103.export.CSV", [made.line(id=50, day="20180103")])
    result = call("import", str(tmp_path / "broken.zip"), str(good))
    assert code(result) == 5
    assert "broken.zip was not read: the zip breaks off or is damaged" in result.output
    assert "1 of 2 files could not be read: broken.zip" in str(result.exception)
    assert "2018-01-03" in call("dyads").output


@pytest.mark.parametrize(
    ("args", "expected", "words"),
    [
        (["dyads", "--pairs", "USA"], 2, "write it as USA-RUS"),
        (["dyads", "--pairs", "USA-USA"], 2, "name two"),
        (["dyads", "--pairs", "USA-Atlantis"], 3, "no state is called “Atlantis”"),
        (["dyads", "--engine", "hadoop"], 2, "there is no engine “hadoop”"),
        (["dyads", "--from", "2020-01-01"], 6, "nothing of these days"),
        (["dyads", "--from", "2018"], 2, "write it as 2018-11-20"),
        (["import", "nowhere.csv"], 5, "does not exist"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_a_sentence(
    imported: Path, args: list[str], expected: int, words: str
) -> None:
    result = call(*args)
    assert code(result) == expected
    assert words in f"{result.output} {result.exception}"


def test_nothing_imported_yet_is_said() -> None:
    result = call("dyads")
    assert code(result) == 6
    assert "no event was imported" in str(result.exception)


def test_the_query_for_a_warehouse_is_printed() -> None:
    result = call("sql", "--pairs", "USA-RUS")
    assert "`gdelt-bq`.`gdeltv2`.`events`" in result.output
