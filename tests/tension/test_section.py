"""The dossier's section on tension: complete in both languages, with pictures that can be drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.dossier.blocks import Figure, Section, Table, runs_of
from detente.dossier.pictures import draw
from detente.dossier.sections.tension import section
from detente.language import LANGUAGES, Lang
from detente.tension import PairTension, Tension


def _made(found: Tension, lang: Lang) -> Section:
    made = section(found)(None, lang)  # type: ignore[arg-type]
    assert made is not None
    return made


def _words(made: Section) -> str:
    return " ".join(getattr(it, "text", "") for block in made.blocks for it in runs_of(block))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_answers_with_numbers_pictures_and_limits(found: Tension, lang: Lang) -> None:
    made = _made(found, lang)
    figures = [block for block in made.blocks if isinstance(block, Figure)]
    assert [figure.anchor for figure in figures] == ["figure-tension", "figure-tension-sources"]
    assert sum(isinstance(block, Table) for block in made.blocks) == 2
    assert "1962" in _words(made)
    assert "Cuba" in _words(made)
    for figure in figures:
        picture = draw(figure.chart, figure.anchor, lang)
        assert picture.svg == draw(figure.chart, figure.anchor, lang).svg
        assert 600 < picture.width < 720


def test_every_pair_has_its_small_picture(found: Tension) -> None:
    chart = next(b for b in _made(found, "en").blocks if isinstance(b, Figure)).chart
    values = chart["data"]["values"]
    assert len({row["pair"] for row in values}) == 7
    marked = {(row["pair"], row["shape"]) for row in values if "shape" in row}
    assert ("United States – Russian Federation", "down") in marked


def test_a_pair_without_data_is_named_as_unknown(found: Tension) -> None:
    gone = PairTension("EU", "USA", False)
    less = replace(found, pairs=(gone, *found.pairs[1:]), whole=None)
    assert "No series speaks of: EU – United States." in _words(_made(less, "en"))
