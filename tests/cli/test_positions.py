"""`detente positions`: the CSV's form, the table, and one sentence for every wrong question."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente import cache
from detente.cli.positions import COLUMNS, command
from detente.errors import CaseError, NotFound, OutputError

EARLY = ["--as-of", "1952-12-31"]
LATER = ["--as-of", "1969-12-31"]


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.getbasetemp() / "fits"
    monkeypatch.setattr(cache, "folder", lambda kind: place / kind)


def _call(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def test_the_csv_has_its_columns_sorted_and_rounded(tmp_path: Path) -> None:
    path = tmp_path / "positions.csv"
    assert _call(*EARLY, "--csv", str(path)).exit_code == 0
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "iso3,session,year,position,low,high" == ",".join(COLUMNS)
    rows = list(csv.DictReader(lines))
    keys = [(row["iso3"], int(row["session"])) for row in rows]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert int(row["year"]) == 1945 + int(row["session"])
        assert float(row["low"]) < float(row["position"]) < float(row["high"])
        assert all(len(row[name].split(".")[1]) == 4 for name in ("position", "low", "high"))
    again = tmp_path / "again.csv"
    _call(*EARLY, "--csv", str(again))
    assert again.read_bytes() == path.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["again.csv", "positions.csv"]


def test_json_and_csv_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    words = ("--states", "United States, RUS", "--from", "3", "--to", "5", "--json")
    result = _call(*EARLY, *words, "--csv", str(path))
    records = json.loads(result.stdout)
    assert {(r["iso3"], r["session"]) for r in records} == {
        (code, s) for code in ("USA", "RUS") for s in (3, 4, 5)
    }
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [float(row["position"]) for row in rows] == [r["position"] for r in records]


def test_the_table_shows_chosen_states_or_all_in_the_last_session() -> None:
    chosen = _call(*EARLY, "--states", "USA,RUS")
    assert chosen.output.count("USA") == 7
    everyone = _call(*EARLY)
    assert everyone.output.index("USA") < everyone.output.index("RUS")
    assert "IND" in everyone.output


@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        (("--states", "Narnia"), CaseError, "Narnia"),
        (("--states", "IDN", "--to", "3"), NotFound, "IDN"),
        (("--from", "40"), NotFound, "between 1 and 7"),
        (("--from", "5", "--to", "2"), NotFound, "the earlier first"),
    ],
)
def test_a_wrong_question_gets_one_sentence(
    words: tuple[str, ...], kind: type[Exception], part: str
) -> None:
    result = _call(*EARLY, *words)
    assert isinstance(result.exception, kind)
    assert part in str(result.exception)
    assert result.stdout == ""


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = _call(*EARLY, "--csv", str(tmp_path / "no" / "p.csv"))
    assert isinstance(result.exception, OutputError)


def test_positions_on_a_topic_use_its_roll_calls_only() -> None:
    whole = json.loads(_call(*LATER, "--states", "USA", "--json").stdout)
    topic = _call(*LATER, "--topic", "disarmament", "--states", "USA", "--json")
    assert topic.exit_code == 0, topic.output
    part = {r["session"]: r for r in json.loads(topic.stdout)}
    assert part
    wider = [
        part[r["session"]]["high"] - part[r["session"]]["low"] > r["high"] - r["low"]
        for r in whole
        if r["session"] in part
    ]
    assert sum(wider) > 0.9 * len(wider)
