"""The handover on paper: both languages complete, the same bytes, every format."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import detente
from detente.archive import open_archive
from detente.cli import root
from detente.cli.document import content
from detente.cli.handover import handover_paper
from detente.dossier.blocks import Heading, Section, Table, runs_of
from detente.dossier.sections.handover import section, written
from detente.handover import Handover, handover
from detente.language import LANGUAGES, Lang, catalogue

ROOT = Path(detente.__file__).parent
SPEAKS = [*(ROOT / "dossier/sections").glob("handover*.py"), ROOT / "cli/handover.py"]


@pytest.fixture(scope="module")
def found() -> Handover:
    return handover(open_archive(), "KAZ", "BEL", "Syria")


def _messages() -> set[str]:
    said: set[str] = set()
    for path in SPEAKS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                name = node.func.id if isinstance(node.func, ast.Name) else name
                if name in ("say", "runs"):
                    for argument in node.args[:1]:
                        said |= {
                            part.value
                            for part in ast.walk(argument)
                            if isinstance(part, ast.Constant) and isinstance(part.value, str)
                        }
    said |= {"{symbol} on {day}, in time", "{symbol} on {day}, not in time"}
    return said | {"Summits", "Security Council", "General Assembly"}


def test_every_message_has_french_and_every_french_a_message() -> None:
    assert len(_messages()) > 60
    assert _messages() == set(catalogue("fr", "handover"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section_says_who_followed_whom_and_who_abstained(found: Handover, lang: Lang) -> None:
    made = written(found, lang)
    said = " ".join(getattr(it, "text", "") for block in made.blocks for it in runs_of(block))
    heir, abstained = {"en": ("Indonesia", "China and Russian"), "fr": ("Indonésie", "Chine et")}[
        lang
    ]
    assert heir in said
    assert abstained in said
    assert "S/2018/321" in said
    assert sum(isinstance(block, Heading) for block in made.blocks) == 5
    assert sum(isinstance(block, Table) for block in made.blocks) == 5


def test_the_section_of_a_dossier_is_the_written_one(found: Handover) -> None:
    made = section(found)(None, "en")  # type: ignore[arg-type]
    assert isinstance(made, Section)
    assert made == written(found, "en")


@pytest.mark.parametrize("ending", [".html", ".docx", ".md", ".pdf"])
def test_a_paper_has_the_same_bytes_each_time(found: Handover, ending: str) -> None:
    made = [content(handover_paper(found, "fr"), ending) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) > 2000


def test_a_paper_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "passation.md"
    call = ["handover", "--from", "KAZ", "--to", "BEL", "--topic", "Afghanistan", "--lang", "fr"]
    result = CliRunner().invoke(root, [*call, "--out", str(path)])
    assert result.exit_code == 0, result.output
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Passation (Kazakhstan, puis Belgique)")
    assert "| Kazakhstan | 2017–2018 |" in text


def test_json_and_csv_carry_the_findings(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    call = ["handover", "--from", "KAZ", "--to", "BEL", "--topic", "Afghanistan", "--json"]
    result = CliRunner().invoke(root, [*call, "--csv", str(path)])
    data = json.loads(result.output)
    assert data["seat"]["passed_to"]["entered"] == ["IDN"]
    assert data["due"][0]["followed_by"] == "S/RES/2460(2019)"
    assert data["seat"]["presided_derived"] == ["2018-01-01"]
    rows = path.read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("what,date,symbol")
    assert [row.split(",")[0] for row in rows[1:]] == ["text", "text", "due"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_shows_the_same_findings(lang: Lang) -> None:
    call = ["handover", "--from", "KAZ", "--to", "BEL", "--topic", "Afghanistan", "--lang", lang]
    result = CliRunner().invoke(root, call)
    assert result.exit_code == 0
    assert "S/RES/2405(2018)" in result.output
    assert ("Indonesia" if lang == "en" else "Indonésie") in result.output


def test_a_file_of_no_known_format_is_refused_before_any_work(tmp_path: Path) -> None:
    call = ["handover", "--from", "KAZ", "--to", "BEL", "--topic", "Syria"]
    result = CliRunner().invoke(root, [*call, "--out", str(tmp_path / "x.txt")])
    assert "no ending of a known format" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("years", ["18", "2017-18", "x", "0000"])
def test_years_are_written_with_four_digits(years: str) -> None:
    call = ["handover", "--from", "KAZ", "--to", "BEL", "--topic", "Syria", "--years", years]
    result = CliRunner().invoke(root, call)
    assert result.exit_code == 2
    assert "write it as 2017-2018" in result.output
