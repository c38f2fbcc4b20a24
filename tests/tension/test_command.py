"""`detente tension`: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.tension.conftest import ROOT

from detente.cli import root
from detente.errors import DetenteError

CASE = str(ROOT / "cases" / "astana.toml")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(root, ["tension", CASE, *arguments])


def _refused(*arguments: str) -> str:
    result = _run(*arguments)
    assert isinstance(result.exception, DetenteError)
    return str(result.exception)


def test_it_says_how_now_compares_with_1962() -> None:
    result = _run("--pairs", "USA-RUS,CHN-RUS")
    assert result.exit_code == 0
    assert "In October 1962 tension was higher than in " in result.output
    assert "“Expert scores of China’s relations” and “Machine-coded events" in result.output
    assert "All pairs together" in result.output


def test_it_speaks_french() -> None:
    result = _run("--pairs", "USA-RUS", "--lang", "fr")
    assert "En octobre 1962, la tension était plus forte que dans" in result.output
    assert "crise des missiles de cuba" in result.output.casefold()


def test_json_and_csv_hold_the_index_and_its_sources(tmp_path: Path) -> None:
    result = _run("--pairs", "USA-RUS", "--json", "--from", "2000")
    (pair,) = json.loads(result.output)["pairs"]
    assert len(pair["months"]) == len(pair["mean"])
    assert pair["months"][0] == "2000-01"
    assert pair["october_1962"]["events"][0]["en"] == "Cuban missile crisis"
    path = tmp_path / "tension.csv"
    _run("--pairs", "USA-RUS", "--csv", str(path), "--from", "2000")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["month"] for row in rows] == pair["months"]
    assert [float(row["level"]) for row in rows] == pytest.approx(pair["mean"], abs=2e-3)


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_a_picture_is_written_in_the_format_of_its_name(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"tension{ending}"
    assert _run("--pairs", "USA-RUS", "--picture", str(path)).exit_code == 0
    head = path.read_bytes()[:8]
    assert head.startswith(b"<svg") if ending == ".svg" else head == b"\x89PNG\r\n\x1a\n"


def test_an_earlier_as_of_date_knows_nothing_of_what_came_later() -> None:
    result = _run("--pairs", "USA-RUS", "--as-of", "1979-06-01", "--json")
    (pair,) = json.loads(result.output)["pairs"]
    assert pair["months"][-1] == "1979-06"
    used = {source["name"] for source in pair["sources"]}
    assert used == {"votes", "council", "crises", "peace", "risk"}
    assert all(turn["month"] < "1979-06" for turn in pair["turns"])
    assert "1983" not in json.dumps(pair["turns"])


def test_a_pair_has_two_lines_on_disagreement_at_most_and_json_has_all() -> None:
    said = _run("--pairs", "CHN-RUS").output.splitlines()
    lines = [line for line in said if "opposite ways" in line or "Over five years, rising" in line]
    assert len(lines) == 2
    (pair,) = json.loads(_run("--pairs", "CHN-RUS", "--json").output)["pairs"]
    assert len(pair["disagreements"]) > 2


def test_it_says_since_when_tension_has_not_been_so_high() -> None:
    assert "Tension has not been so high since December 1988." in _run("--pairs", "USA-RUS").output
    french = _run("--pairs", "USA-RUS", "--lang", "fr").output
    assert "La tension n’avait pas été aussi forte depuis décembre 1988." in french


def test_sources_that_fell_silent_are_named() -> None:
    """After the crisis list ends the index may miss a war: it must say so."""
    late = _run("--pairs", "USA-RUS", "--as-of", "2022-03-31").output
    assert "Silent since the year given" in late
    assert "International crises in which the two are opposed (2019)" in late
    assert "Silent since" not in _run("--pairs", "USA-RUS").output


def test_bad_input_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "cannot be read as of 2030-01-01" in _refused("--as-of", "2030-01-01")
    assert "no series speaks of TWN-DDR" in _refused("--pairs", "TWN-DDR")
    assert "no state is called" in _refused("--pairs", "USA-XXX")
    assert "give --from a year between 1946 and 2018" in _refused("--from", "2030")
    assert "holds none of the files" in _refused("--sources", str(tmp_path))
    (tmp_path / "icbdy_v15.csv").write_text("a,b\n1,2\n")
    assert "lacks the column crisno" in _refused("--sources", str(tmp_path))


def test_misspelt_options_name_their_form(tmp_path: Path) -> None:
    result = _run("--pairs", "USA")
    assert result.exit_code == 2
    assert "is not a pair: write it as USA-RUS" in result.output
    assert ".svg or .png" in _run("--picture", "x.gif").output
