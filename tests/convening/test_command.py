"""`detente convene`: what it prints for Astana, and what it refuses.

The golden texts are what a terminal of 100 columns shows; see them anew after a change with
``COLUMNS=100 detente convene cases/astana.toml --lang en > tests/convening/golden/astana.en.txt``
and read the difference before it is kept.
"""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli.convene import command
from detente.convening import comparing
from detente.errors import RuleError
from detente.language import LANGUAGES

ROOT = Path(__file__).parents[2]
ASTANA = str(ROOT / "cases" / "astana.toml")
GOLDEN = Path(__file__).parent / "golden"


def shown(*arguments: str) -> str:
    done = CliRunner().invoke(command, [ASTANA, *arguments], env={"COLUMNS": "100"})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_comparison_for_astana_is_as_kept(lang: str) -> None:
    assert shown("--lang", lang) == (GOLDEN / f"astana.{lang}.txt").read_text(encoding="utf-8")


def test_one_route_for_astana_is_as_kept() -> None:
    kept = (GOLDEN / "astana-member.fr.txt").read_text(encoding="utf-8")
    assert shown("--lang", "fr", "--route", "special-member", "--opening", "2019-03-01") == kept


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw few outcomes where no figure is looked at."""
    monkeypatch.setattr(comparing, "compare", partial(comparing.compare, outcomes=2000))


@pytest.mark.usefixtures("quick")
def test_json_and_csv_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "routes.csv"
    told = json.loads(shown("--json", "--csv", str(path)))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["route"] for row in rows] == [route["route"] for route in told["routes"]]
    for row, route in zip(rows, told["routes"], strict=True):
        assert row["needs"] == route["needs"]
        assert (float(row["chance"]) if row["chance"] else None) == route["chance"]
    first = told["routes"][0]["steps"][0]
    assert first["confidence"] in ("SOURCE", "MEMORY")
    assert first["provision"]


@pytest.mark.usefixtures("quick")
def test_what_is_from_memory_says_so_wherever_it_shows() -> None:
    told = json.loads(shown("--route", "special-member", "--json"))
    text = shown("--route", "special-member")
    for step in told["routes"][0]["steps"]:
        # The mark may stand on the next line.
        place = text.replace("\n", " ").split(f"[{step['rule']}]")[1].lstrip()
        assert place.startswith("[from memory]") is (step["confidence"] == "MEMORY"), step["rule"]


@pytest.mark.usefixtures("quick")
def test_a_belief_shows_what_it_changes() -> None:
    text = shown("--believe", "USA=0.99", "--believe", "EU=0.99")
    assert "What your own probabilities change" in text
    assert "forum" in text.split("What your own probabilities change")[1]


@pytest.mark.usefixtures("quick")
def test_persuade_names_states_and_who_can_block() -> None:
    text = shown("--persuade", "--route", "special-council", "--open-question", "veto=yes")
    assert "Who can block alone" in text
    for name in ("China", "France", "United Kingdom", "Russian Federation", "United States"):
        assert name in text


@pytest.mark.usefixtures("quick")
def test_a_route_with_an_opening_shows_the_milestones_of_its_plan() -> None:
    wish = ("--route", "special-member", "--opening", "2019-03-01")
    told = json.loads(shown(*wish, "--json"))["plan"]
    page = " ".join(shown(*wish).split("Plan towards the opening")[1].split())
    assert told["possible"]
    assert len(told["milestones"]) > 10
    for one in told["milestones"]:
        assert one["title"] in page
    assert told["milestones"][-1]["first"] == "2019-03-01"
    assert "plan" not in json.loads(shown("--route", "special-member", "--json"))


@pytest.mark.usefixtures("quick")
def test_noes_block_where_yes_and_no_count_and_silence_where_all_do() -> None:
    voting = " ".join(shown("--persuade", "--route", "special-assembly").split())
    assert "nobody; 97 that vote no always block, and fewer do where not all vote" in voting
    letters = " ".join(shown("--persuade", "--route", "special-member").split())
    assert "nobody; 97 that withhold their yes always block" in letters


@pytest.mark.usefixtures("quick")
def test_calendar_and_picture_are_written(tmp_path: Path) -> None:
    calendar, picture = tmp_path / "plan.ics", tmp_path / "plan.svg"
    wish = ("--route", "forum", "--opening", "2019-06-18")
    shown(*wish, "--calendar", str(calendar), "--timeline", str(picture))
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert b"<svg" in picture.read_bytes()[:200]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--persuade",),
        ("--believe", "USA=0.9", "--fact", "threat", "--fact", "deadlock"),
        ("--route", "emergency-council", "--fact", "threat", "--fact", "deadlock"),
        ("--route", "veto-debate", "--fact", "deadlock", "--as-of", "2023-06-01"),
        ("--route", "forum", "--opening", "2018-12-20"),
        ("--route", "regular-item", "--opening", "2018-12-20"),
        ("--as-of", "1993-06-01"),
    ],
)
def test_everything_can_be_said_in_french(arguments: tuple[str, ...]) -> None:
    text = shown("--lang", "fr", *arguments)
    assert "{" not in text
    assert text.startswith("Réunion d’Astana")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--calendar", "plan.ics"), "need --route and --opening"),
        (("--believe", "USA"), "“USA” is not KEY=VALUE"),
        (("--believe", "USA=likely"), "“likely” for USA is no number"),
        (("--open-question", "veto=perhaps"), "“perhaps” is neither yes nor no"),
        (
            ("--route", "forum", "--opening", "2019-06-18", "--timeline", "plan.gif"),
            "“plan.gif” is no picture",
        ),
    ],
)
def test_a_wrong_call_is_refused(arguments: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(command, [ASTANA, *arguments])
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())


def test_contradictory_facts_are_named_with_the_file_and_the_way_out() -> None:
    with pytest.raises(RuleError, match=r"rules/ufp-facts.toml.*--fact threat"):
        shown("--route", "emergency-council")
