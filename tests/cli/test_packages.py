"""`detente packages` from the outside: what it prints, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.packages.sheets import raw_without_cycle, read

from detente.cli.packages import command
from detente.errors import DetenteError, NotFound, OutputError, SheetError
from detente.packages.formats.toml import as_toml

ROOT = Path(__file__).parents[2]
BLOCKED = {
    "issues": [{"code": "a", "options": ["x", "y"]}, {"code": "b", "options": ["x", "y"]}],
    "stances": [
        {"party": "EU", "issue": "a", "red_lines": ["x"]},
        {"party": "RUS", "issue": "a", "red_lines": ["y"]},
        {"party": "EU", "issue": "b", "scores": {"x": 10.0, "y": 90.0}},
    ],
}


def run(*args: object) -> Result:
    return CliRunner().invoke(command, [str(arg) for arg in args], catch_exceptions=False)


@pytest.fixture
def open_sheet(tmp_path: Path) -> Path:
    raw = raw_without_cycle() | {
        "forbids": [],
        "stances": [
            {"party": "EU", "issue": "arms", "scores": {"none": 0.0, "limits": 60.0, "ban": 100.0}},
            {"party": "EU", "issue": "checks", "scores": {"reports": 20.0, "visits": 100.0}},
            {
                "party": "RUS",
                "issue": "arms",
                "scores": {"none": 100.0, "limits": 80.0, "ban": 0.0},
            },
            {"party": "RUS", "issue": "checks", "scores": {"reports": 100.0, "visits": 10.0}},
        ],
        "no_deal": [
            {"party": "EU", "value": [10.0, 30.0]},
            {"party": "RUS", "value": [20.0, 60.0]},
        ],
    }
    path = tmp_path / "open.toml"
    path.write_text(as_toml(read(raw)), encoding="utf-8")
    return path


@pytest.fixture
def blocked_sheet(tmp_path: Path) -> Path:
    path = tmp_path / "blocked.toml"
    path.write_text(as_toml(read(BLOCKED)), encoding="utf-8")
    return path


def test_a_sheet_alone_is_short_for_show(open_sheet: Path) -> None:
    said = run(open_sheet).output
    assert said == run("show", open_sheet).output
    assert "Packages exist that every party prefers to no deal" in said
    assert "nothing is known: 2 of 6" in said


def test_two_runs_say_the_same_bytes(open_sheet: Path) -> None:
    assert run(open_sheet, "--json").output == run(open_sheet, "--json").output


def test_french_is_complete(open_sheet: Path, blocked_sheet: Path) -> None:
    said = run(open_sheet, "--lang", "fr").output
    assert "Il existe des ensembles que toutes les parties préfèrent" in said
    assert "Le plus petit groupe d’exigences" in run(blocked_sheet, "--lang", "fr").output


def test_json_and_csv_hold_the_same_packages(open_sheet: Path, tmp_path: Path) -> None:
    out = tmp_path / "packages.csv"
    data = json.loads(run(open_sheet, "--json", "--csv", out).output)
    rows = [line.split(",") for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows[0][:3] == ["kind", "arms", "checks"]
    named = {row[0]: row[1:3] for row in rows[1:]}
    for one in data["solutions"]:
        assert named[one["rule"]] == one["options"]
    assert data["found"] == "yes"


def test_a_blocked_sheet_names_the_two_red_lines_and_what_would_open_it(
    blocked_sheet: Path,
) -> None:
    data = json.loads(run(blocked_sheet, "--json").output)
    assert data["found"] == "no"
    assert {(d["party"], d["issue"], d["option"]) for d in data["blocking"]} == {
        ("EU", "a", "x"),
        ("RUS", "a", "y"),
    }
    assert data["smallest"] is True
    assert len(data["openings"][0]["lifted"]) == 1


def test_steps_are_refused_where_there_is_nothing_to_agree(blocked_sheet: Path) -> None:
    with pytest.raises(NotFound, match="no package is acceptable to all"):
        run("steps", blocked_sheet)


def test_steps_order_every_issue_once(open_sheet: Path) -> None:
    data = json.loads(run("steps", open_sheet, "--json").output)
    assert sorted(step["issue"] for step in data["steps"]) == ["arms", "checks"]


def test_improvements_of_a_half_agreed_text_hurt_nobody(open_sheet: Path) -> None:
    text, *better = json.loads(run(open_sheet, "--text", "arms=none", "--json").output)
    assert text["options"][0] == "none"
    for one in better:
        changes = [b - a for a, b in zip(text["gains"], one["gains"], strict=True)]
        assert min(changes) >= -1e-6
        assert max(changes) > 0


@pytest.mark.parametrize(
    ("text", "said"), [("sea=x", "there is no issue “sea”"), ("arms=x", "no option “x”")]
)
def test_a_text_that_names_nothing_known_is_refused(open_sheet: Path, text: str, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        run(open_sheet, "--text", text)


def test_a_sheet_survives_conversion_to_a_spreadsheet_and_back(
    open_sheet: Path, tmp_path: Path
) -> None:
    book, back = tmp_path / "x.xlsx", tmp_path / "y.toml"
    run("convert", open_sheet, book)
    run("convert", book, back)
    assert back.read_text(encoding="utf-8") == open_sheet.read_text(encoding="utf-8")
    with pytest.raises(OutputError, match="exists"):
        run("convert", book, back)


def test_a_template_for_a_case_without_issues_is_an_empty_form(tmp_path: Path) -> None:
    out = tmp_path / "astana.xlsx"
    said = run("template", ROOT / "cases" / "astana.toml", "--out", out).output
    assert said.startswith("Wrote")
    with pytest.raises(SheetError, match="there are no issues"):
        run(out)


def test_a_case_without_issues_says_how_to_start() -> None:
    with pytest.raises(DetenteError, match="detente packages template"):
        run(ROOT / "cases" / "astana.toml")


def test_the_climate_case_finds_a_package_and_the_first_question() -> None:
    data = json.loads(run(ROOT / "cases" / "climate.toml", "--draws", "100", "--json").output)
    assert data["found"] == "yes"
    assert data["packages"] == 390_625
    assert len(data["offers"]) == 5
    assert data["questions"][0]["kind"] == "no deal"


def test_an_outcome_stands_beside_its_record(tmp_path: Path) -> None:
    path = tmp_path / "positions.csv"
    path.write_text(
        "actor,issue,position,salience,power\nA,x,0,0.5,1\nB,x,100,0.5,1\nC,x,40,0.9,1\n",
        encoding="utf-8",
    )
    said = run("outcome", path).output
    assert "error on the record 22.3" in said
    data = json.loads(run("outcome", path, "--json").output)
    assert data[0]["models"]["weighted mean"] == pytest.approx(86 / 1.9, abs=0.01)
    with pytest.raises(SheetError, match="has no issue “y”"):
        run("outcome", path, "--issue", "y")
