"""The section on steps draws, links what the dossier holds, and says all it must."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from detente.case import open_case
from detente.dossier.blocks import Cite, Figure, Mark, Section, Table, Text, runs_of
from detente.dossier.findings import Findings
from detente.dossier.pictures import draw
from detente.dossier.sections.steps import alone, section
from detente.language import LANGUAGES, Lang
from detente.steps import Ladder, ladder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found() -> Ladder:
    case, archive = open_case(ROOT / "cases" / "astana.toml")
    return ladder(archive, case)


def holding(*keys: str) -> Findings:
    """Stand in for findings that hold some records; the section asks for nothing else."""
    return cast(Findings, SimpleNamespace(records=dict.fromkeys(keys)))


def words(made: Section) -> str:
    return " ".join(
        it.text for block in made.blocks for it in runs_of(block) if isinstance(it, Text | Mark)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_draws_and_carries_its_data(found: Ladder, lang: Lang) -> None:
    (figure,) = [block for block in alone(found, lang).blocks if isinstance(block, Figure)]
    assert "<svg" in draw(figure.chart, figure.anchor, lang).svg
    assert len(figure.rows) == len(found.rungs)
    assert figure.alt


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_has_its_day_words_watch_and_answer(found: Ladder, lang: Lang) -> None:
    text = words(alone(found, lang))
    for rung in found.rungs:
        assert rung.measure.name(lang) in text
        assert rung.measure.invite(lang).split(",")[0].split(" :")[0] in text
        assert rung.measure.watch(lang).split(",")[0] in text
    tables = {
        block.anchor: block for block in alone(found, lang).blocks if isinstance(block, Table)
    }
    assert len(tables["table-rules"].rows) == 10


def test_a_text_is_a_link_only_where_the_dossier_holds_its_record(found: Ladder) -> None:
    topics = [rung.suited.topic for rung in found.rungs]
    keys = {topic.proof[0].key for topic in topics if topic is not None}
    held = sorted(keys)[0]

    def cited(made: Any) -> set[str]:
        return {it.key for block in made.blocks for it in runs_of(block) if isinstance(it, Cite)}

    assert cited(section(found)(holding(held), "en")) == {held}
    assert cited(section(found)(holding(*keys), "fr")) == keys
    assert cited(alone(found, "en")) == set()
