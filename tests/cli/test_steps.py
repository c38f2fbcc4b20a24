"""The steps command: a ladder, a plan, a check of it, and refusals of one sentence."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from detente.cli import root
from detente.denominators.outlook import Outlook
from detente.errors import DetenteError

ROOT = Path(__file__).parents[2]
ASTANA = str(ROOT / "cases" / "astana.toml")
EXAMPLE = ROOT / "cases" / "astana-steps.toml"


def run(*args: str) -> Result:
    return CliRunner().invoke(root, ["steps", *args])


@pytest.fixture(autouse=True)
def no_series(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave tension and forecast out: they have tests of their own, and take long to fit."""
    monkeypatch.setattr("detente.steps.tense.percentiles", lambda *_: None)
    monkeypatch.setattr(
        "detente.denominators.finding.outlook",
        lambda _, parties, day: Outlook(
            np.zeros(0, str), np.zeros(0), np.zeros(0), np.zeros((0, len(parties)))
        ),
    )


def test_a_ladder_is_printed_and_written_in_every_form(tmp_path: Path) -> None:
    plan, table = tmp_path / "plan.toml", tmp_path / "steps.csv"
    args = ("--pair", "USA-RUS", "--meeting", "2019-07-01", "--out", str(plan))
    done = run(ASTANA, *args, "--csv", str(table), "--json")
    assert done.exit_code == 0
    told: dict[str, Any] = json.loads(done.output)
    assert told["parties"] == ["USA", "RUS"]
    assert told["rules_met"] == [10, 10]
    assert told["meeting"] == "2019-07-01"
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["measure"] for row in rows] == [step["measure"] for step in told["steps"]]
    checked = run("check", str(plan), "--case", ASTANA)
    assert checked.exit_code == 0
    assert "10 of 10 met" in checked.output


def test_a_broken_rule_is_told_and_ends_with_three(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("demand = false", "demand = true", 1)
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    done = run("check", str(path))
    assert done.exit_code == 3
    assert "9 of 10 met" in done.output
    assert "Invite, never demand: not met" in done.output
    done = run("check", str(path), "--json", "--lang", "fr")
    assert [one["rule"] for one in json.loads(done.output) if one["verdict"] == "not met"] == [3]


def test_steps_due_by_a_day_must_be_done(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    path = tmp_path / "plan.toml"
    path.write_text(
        text.replace("as_of = 2018-11-20", "as_of = 2018-11-20\nmeeting = 2019-07-01"),
        encoding="utf-8",
    )
    assert run("check", str(path)).exit_code == 0
    late = run("check", str(path), "--on", "2019-03-01")
    assert late.exit_code == 3
    assert "due by 2019-03-01" in " ".join(late.output.split())


@pytest.mark.parametrize("pair", ["USA", "USA-FRA", "USA-USA", "USA-RUS-CHN"])
def test_what_is_no_pair_of_the_case_is_refused(pair: str) -> None:
    done = run(ASTANA, "--pair", pair)
    assert isinstance(done.exception, DetenteError)
    assert "is no pair of this case" in str(done.exception)


def test_a_plan_for_others_than_the_parties_is_refused(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace('"CHN"', '"IND"')
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    done = run("check", str(path), "--case", ASTANA)
    assert isinstance(done.exception, DetenteError)
    assert "IND is no party of astana.toml" in str(done.exception)


def test_the_catalogue_is_listed_in_both_languages() -> None:
    english, french = run("measures"), run("measures", "--lang", "fr")
    assert len(english.output.splitlines()) == len(french.output.splitlines()) == 54
    listed = json.loads(run("measures", "--json").output)
    assert {one["id"] for one in listed} >= {"CBM01", "CBM54"}
