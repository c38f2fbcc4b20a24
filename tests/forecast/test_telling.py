from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

import detente
from detente.dossier.blocks import Section, Table
from detente.dossier.findings import Findings
from detente.dossier.sections.track_record import build
from detente.forecast.past import track_record
from detente.forecast.telling import _opening
from detente.language import LANGUAGES, Lang, catalogue

ROOT = Path(detente.__file__).parent
SPEAKERS = ("forecast/telling.py", "dossier/sections/track_record.py")


def _messages() -> set[str]:
    return {
        node.args[0].value
        for name in SPEAKERS
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_message_has_french_and_every_french_a_message() -> None:
    assert _messages() == set(catalogue("fr", "forecast"))


def test_the_track_record_of_a_day_knows_no_session_that_had_not_ended() -> None:
    known = track_record(date(2018, 11, 20))
    assert known is not None
    assert (known.first, known.last) == (60, 72)
    assert track_record(date(2006, 9, 14)) is None


def test_the_forecast_beats_the_simple_methods_in_what_is_shipped() -> None:
    known = track_record(date(2024, 10, 1))
    assert known is not None
    mine, nearest, majority = known.methods
    assert mine.loss < nearest.loss < majority.loss
    assert mine.right > nearest.right > majority.right


def _findings(as_of: date, chance: float | None) -> Findings:
    shown = [SimpleNamespace(probability=chance)]
    return SimpleNamespace(case=SimpleNamespace(as_of=as_of), denominators=shown)  # type: ignore[return-value]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section_stands_in_both_languages_or_is_left_out(lang: Lang) -> None:
    section = build(_findings(date(2018, 11, 20), 0.4), lang)
    assert isinstance(section, Section)
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    assert len(table.rows) == 6
    assert build(_findings(date(1990, 1, 1), 0.4), lang) is None
    assert build(_findings(date(2018, 11, 20), None), lang) is None


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("Russian Federation", "en", "The Russian Federation"),
        ("United States", "en", "The United States"),
        ("China", "en", "China"),
        ("Iran (Islamic Republic of)", "en", "Iran (Islamic Republic of)"),
        ("Fédération de Russie", "fr", "Fédération de Russie"),
    ],
)
def test_a_sentence_opens_with_an_article_where_the_name_takes_one(
    name: str, lang: Lang, said: str
) -> None:
    assert _opening(name, lang) == said
