"""The replay on paper and in the terminal: both languages complete, the same bytes, a picture."""

from __future__ import annotations

import ast
import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import detente
from detente.archive import open_archive
from detente.cli import root
from detente.convening.replay import Record, record
from detente.convening.replay.reading import KINDS
from detente.dossier.blocks import Figure, Note, Section, Table
from detente.dossier.sections.replay import section, written
from detente.dossier.sections.replay_chart import picture
from detente.dossier.sections.replay_words import SHORT
from detente.language import LANGUAGES, Lang, catalogue

ROOT = Path(detente.__file__).parent
SPEAKS = [*(ROOT / "dossier/sections").glob("replay*.py"), ROOT / "cli/replay.py"]


@pytest.fixture(scope="module")
def found() -> Record:
    return record(open_archive())


def _messages(found: Record) -> set[str]:
    said: set[str] = set()
    for path in SPEAKS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                name = node.func.id if isinstance(node.func, ast.Name) else name
                if name in ("say", "runs"):
                    said |= _strings(node.args[0])
    said |= set(KINDS) | set(SHORT.values())
    said |= {one.topic for one in found.sessions} | {one.proposal for one in found.attempts}
    return said


def _strings(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _strings(node.body) | _strings(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    return set()


def test_every_message_has_french_and_every_french_a_message(found: Record) -> None:
    assert len(_messages(found)) > 120
    assert _messages(found) == set(catalogue("fr", "replay"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section_of_a_dossier_is_short_and_says_what_rests_on_memory(
    found: Record, lang: Lang
) -> None:
    made = section(found)(None, lang)  # type: ignore[arg-type]
    assert isinstance(made, Section)
    assert made == written(found, lang)
    kinds = [type(block) for block in made.blocks]
    assert kinds.count(Table) == 1
    assert kinds.count(Figure) == 1
    (note,) = [block for block in made.blocks if isinstance(block, Note)]
    assert note.kind == "memory"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_shows_every_session_and_the_windows_that_there_are(
    found: Record, lang: Lang
) -> None:
    spec = picture(found.sessions, lang)
    bars, points, words = (layer["data"]["values"] for layer in spec["layer"])
    assert len(points) + len(words) == 43
    assert {(row["low"], row["high"]) for row in bars} == {(0, 1), (0, 45), (10, 45), (14, 15)}
    assert max(row["lead"] for row in points) < 2000


def test_the_picture_is_valid_vega_lite(found: Record) -> None:
    import altair

    altair.Chart.from_dict(picture(found.sessions, "en"), validate=True)


def test_a_picture_is_drawn_with_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.svg"
        result = CliRunner().invoke(root, ["replay", "--picture", str(path)])
        assert result.exit_code == 0, result.output
        made.append(path.read_bytes())
    assert made[0] == made[1]
    assert b"S-28 (2005)" in made[0]


def test_a_picture_of_another_kind_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(root, ["replay", "--picture", str(tmp_path / "x.gif")])
    assert "no ending of a picture" in str(result.exception)


def test_a_paper_has_every_session(tmp_path: Path, found: Record) -> None:
    path = tmp_path / "replay.md"
    result = CliRunner().invoke(root, ["replay", "--lang", "fr", "--out", str(path)])
    assert result.exit_code == 0, result.output
    text = path.read_text(encoding="utf-8")
    assert all(f"{one.session}\u202f: " in text for one in found.sessions)
    assert "57-43-20" in text


def test_json_and_csv_have_a_row_a_session(tmp_path: Path) -> None:
    path = tmp_path / "replay.csv"
    result = CliRunner().invoke(root, ["replay", "--json", "--csv", str(path)])
    data = json.loads(result.output)
    assert len(data["sessions"]) == 43
    assert len(data["attempts"]) == 11
    assert len(data["two_thirds"]) == 58
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 43
    (one,) = [row for row in rows if row["session"] == "ES-1"]
    assert (one["yes"], one["no"], one["abstain"], one["opposed"]) == ("7", "2", "2", "FRA GBR")
    assert one["differences"] == "no of a permanent member"


def test_one_session_is_shown_with_its_facts_and_reasons() -> None:
    result = CliRunner().invoke(root, ["replay", "--session", "SS-6"])
    assert result.exit_code == 0
    assert "68 of 135" in result.output
    assert "opened late" in result.output
    only = CliRunner().invoke(root, ["replay", "--session", "SS-6", "--json"])
    assert [row["session"] for row in json.loads(only.output)["sessions"]] == ["S-6"]
