"""`detente denominators`: table, JSON and CSV agree, and a fault is one sentence."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from detente.cli.denominators import command
from detente.denominators.wording import COLUMNS
from detente.errors import DetenteError, OutputError

ASTANA = str(Path(__file__).parents[2] / "cases" / "astana.toml")


def _call(*words: str, columns: int = 120) -> Result:
    return CliRunner().invoke(command, [ASTANA, *words], env={"COLUMNS": str(columns)})


def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    result = _call("--json", "--csv", str(path))
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert [row["topic"] for row in rows] == [topic["topic"] for topic in found["topics"]]
    for row, topic in zip(rows, found["topics"], strict=True):
        assert row["tier"] == topic["tier"]
        assert (float(row["probability"]) if row["probability"] else None) == topic["probability"]
    assert [p.name for p in tmp_path.iterdir()] == ["table.csv"]


def test_a_narrow_terminal_keeps_every_word_whole_that_decides() -> None:
    wide, narrow = _call(columns=120), _call(columns=80)
    assert "Trend" in wide.output
    assert "Trend" not in narrow.output
    for shown in (wide, narrow):
        line = next(line for line in shown.output.splitlines() if "A/RES/72/70" in line)
        # Another processor may round a chance the other way.
        assert re.search(r" 8\d% \(\d\d%–100%\) ", line)
        assert "…" not in shown.output
    assert all(len(line) <= 80 for line in narrow.output.splitlines())


def test_the_table_speaks_of_recorded_votes_and_of_all_texts_known() -> None:
    words = " ".join(_call().output.split())
    assert "recorded votes since 1998" in words
    assert "Of all texts known of these years, " in words
    assert "were adopted without a vote" in words


def test_a_topic_shows_its_texts_each_partys_answer_and_where_agreement_broke() -> None:
    words = " ".join(_call("--topic", "nuclear testing", columns=200).output.split())
    assert "A/RES/72/70" in words
    assert "2017-12-04" in words
    assert "28-0-0" in words
    broken = " ".join(_call("--topic", "arms race in outer space", columns=200).output.split())
    assert "Agreement broke: nobody objected to A/RES/" in broken


def test_a_subject_shows_its_own_row_in_json() -> None:
    assert json.loads(_call("--topic", "disarmament", "--json").stdout)["topic"] == "disarmament"


def test_the_agenda_numbers_what_to_take_up_and_not_what_to_leave_out() -> None:
    output = _call("--agenda").output
    kept, left = output.split("To be left out")
    assert " 1. " in kept
    assert "  – " not in kept
    assert "  – " in left
    assert output.index("Firm ground") < output.index("One short") < output.index("To be prepared")


def test_an_earlier_as_of_date_shows_nothing_later() -> None:
    found = json.loads(_call("--as-of", "2010-06-01", "--json").stdout)
    assert found["as_of"] == "2010-06-01"
    assert all(topic["last"] is None or topic["last"] <= "2010-06-01" for topic in found["topics"])


def test_french_has_no_english_left() -> None:
    words = " ".join(_call("--lang", "fr").output.split())
    assert "votes enregistrés" in words
    assert "Nobody objects" not in words
    assert "Essais nucléaires" in words


@pytest.mark.parametrize("year", ["1900", "2019"])
def test_a_first_year_outside_the_record_is_one_sentence(year: str) -> None:
    result = _call("--since", year)
    assert result.exit_code == 2
    assert f"“{year}” is outside the record: give a year from 1946 to 2018" in " ".join(
        result.output.replace("│", " ").split()
    )


def test_an_unknown_topic_or_folder_is_one_sentence(tmp_path: Path) -> None:
    unknown = _call("--topic", "zzz")
    assert isinstance(unknown.exception, (DetenteError, click.ClickException))
    lost = _call("--csv", str(tmp_path / "none" / "t.csv"))
    assert isinstance(lost.exception, OutputError)
    assert "cannot be written" in str(lost.exception)
