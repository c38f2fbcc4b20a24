from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli.votes import command
from detente.errors import NotFound

FOUR = ["--parties", "EU,USA,CHN,RUS"]


def _json(*words: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(command, [*words, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    rows: list[dict[str, object]] = json.loads(result.output)
    return rows


@pytest.mark.parametrize("symbol", ["A/RES/68/262", "a/res/68/262", "A/RES/68 / 262"])
def test_a_symbol_is_found_however_it_is_written(symbol: str) -> None:
    (text,) = _json(*symbol.split(" "), *FOUR)
    assert text["symbol"] == "A/RES/68/262"
    assert text["totals"] == {"yes": 100, "no": 11, "abstain": 58, "absent": 24}
    parties = text["parties"]
    assert isinstance(parties, dict)
    assert {code: list(split) for code, split in parties.items()} == {
        "EU": ["yes"],
        "USA": ["yes"],
        "CHN": ["abstain"],
        "RUS": ["no"],
    }
    assert len(parties["EU"]["yes"]) == 28


def test_a_bloc_is_split_by_its_members_of_the_day() -> None:
    (text,) = _json("A/RES/75/40", "--parties", "EU")
    parties = text["parties"]
    assert isinstance(parties, dict)
    split = parties["EU"]
    assert split["abstain"] == ["FIN", "SWE"]
    assert split["yes"] == ["AUT", "CYP", "IRL", "MLT"]
    assert len(split["no"]) == 21


def test_a_council_text_shows_only_the_members_that_sat_there() -> None:
    (text,) = _json("S/RES/2623", "--parties", "EU,RUS")
    assert text["symbol"] == "S/RES/2623(2022)"
    assert text["parties"] == {"EU": {"yes": ["FRA", "IRL"]}, "RUS": {"no": ["RUS"]}}


def test_a_veto_names_who_cast_it() -> None:
    (text,) = _json("S/2022/155", "--parties", "EU,RUS")
    assert text["outcome"] == "veto"
    assert text["parties"] == {"EU": {}, "RUS": {"veto": ["RUS"]}}


def test_a_text_adopted_without_a_vote_is_found() -> None:
    (text,) = _json("A/RES/76/262")
    assert text["outcome"] == "without a vote"
    assert text["votes"] == {}


def test_a_text_of_several_parts_shows_them_all() -> None:
    symbols = [text["symbol"] for text in _json("A/RES/217(III)")]
    assert "A/RES/217(III)[A]" in symbols


def test_search_lists_newest_first_and_within_the_dates() -> None:
    rows = _json("--search", "nuclear-test-ban treaty", "--since", "2010-01-01", *FOUR)
    days = [str(row["date"]) for row in rows]
    assert days == sorted(days, reverse=True)
    assert min(days) >= "2010-01-01"
    assert all("test-ban" in str(row["title"]).lower() for row in rows)
    earlier = _json("--search", "nuclear-test-ban treaty", "--as-of", "2018-11-20", "--limit", "3")
    assert len(earlier) == 3
    assert all(str(row["date"]) <= "2018-11-20" for row in earlier)


def test_the_terminal_shows_totals_parties_and_states() -> None:
    result = CliRunner().invoke(command, ["A/RES/75/40", *FOUR], catch_exceptions=False)
    assert "yes 130  no 42  abstain 14" in result.output
    assert "4 yes, 21 no, 2 abst." in result.output
    assert "Kazakhstan" in result.output
    listed = CliRunner().invoke(command, ["--search", "Crimea", *FOUR], catch_exceptions=False)
    assert "A/RES/" in listed.output


def test_votes_can_be_written_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    CliRunner().invoke(command, ["A/RES/73/65", "--csv", str(path)], catch_exceptions=False)
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 193
    assert sum(row["vote"] == "yes" for row in rows) == 182
    CliRunner().invoke(
        command, ["--search", "fissile", "--csv", str(path), *FOUR], catch_exceptions=False
    )
    with path.open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert found
    assert {"symbol", "EU", "USA", "CHN", "RUS"} <= set(found[0])


def test_what_is_not_there_is_named_with_its_neighbours() -> None:
    result = CliRunner().invoke(command, ["A/RES/73/9999"])
    assert isinstance(result.exception, NotFound)
    assert "did you mean A/RES/73/" in str(result.exception)
    nothing = CliRunner().invoke(command, ["--search", "zzzz"])
    assert isinstance(nothing.exception, NotFound)


def test_a_text_is_not_there_before_its_day() -> None:
    result = CliRunner().invoke(command, ["A/RES/73/65", "--as-of", "2018-11-20"])
    assert isinstance(result.exception, NotFound)
    assert "as of 2018-11-20" in str(result.exception)


@pytest.mark.parametrize("arguments", [[], ["A/RES/73/65", "--search", "x"]])
def test_one_of_symbol_and_search_is_needed(arguments: list[str]) -> None:
    assert CliRunner().invoke(command, arguments).exit_code == 2
