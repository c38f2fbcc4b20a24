"""Golden forecasts with their stories, from the record that ships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from detente.archive import Archive, open_archive
from detente.forecast import Forecast, Forecaster, Question, forecast, open_forecaster
from detente.forecast.batch import known_words, parties_path, read_batch, write_batch
from detente.forecast.telling import tell
from detente.parties import Party, find_party

PARTIES = ("EU", "USA", "CHN", "RUS")
FISSILE = (
    "Treaty banning the production of fissile material for nuclear weapons or other nuclear "
    "explosive devices"
)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return open_archive(date(2018, 11, 20))


@pytest.fixture(scope="module")
def parties(archive: Archive) -> tuple[Party, ...]:
    return tuple(find_party(archive, code) for code in PARTIES)


@pytest.fixture(scope="module")
def forecaster(archive: Archive) -> Forecaster:
    """Fitted once and kept: the denominators of the same day rest on the same fit."""
    return open_forecaster(archive)


def _ask(
    archive: Archive, forecaster: Forecaster, parties: tuple[Party, ...], title: str
) -> Forecast:
    return forecast(archive, forecaster, Question(title), parties, date(2018, 11, 21))


def test_fissile_material_2018(
    archive: Archive, forecaster: Forecaster, parties: tuple[Party, ...]
) -> None:
    """A cut-off treaty: Pakistan objects; two years before, one member of the EU did."""
    found = _ask(archive, forecaster, parties, FISSILE)
    chance = {one.code: one for one in found.states}
    assert chance["PAK"].no > 0.5
    assert found.has_precedent
    assert found.hard.since == date(2016, 12, 23)
    assert PARTIES[found.hard.place] == "EU"
    assert found.precedents[0].votes[0] == (27, 0, 1, 0)
    assert max(one.objects for one in found.parties[1:]) < 0.4
    assert found.precedents[0].title.lower() == FISSILE.lower()
    assert found.without_vote is None


def test_a_space_weapons_text(
    archive: Archive, forecaster: Forecaster, parties: tuple[Party, ...]
) -> None:
    """No first placement of weapons in outer space: Russia's and China's text, the USA says no."""
    found = _ask(archive, forecaster, parties, "No first placement of weapons in outer space")
    assert PARTIES[found.hard.place] == "USA"
    assert found.hard.since is not None
    assert found.parties[PARTIES.index("CHN")].chances.yes > 0.9
    assert found.nobody_objects < 0.3


def test_a_syria_text(archive: Archive, forecaster: Forecaster, parties: tuple[Party, ...]) -> None:
    """Human rights in Syria: Russia and China say no, the EU and the United States yes."""
    found = _ask(
        archive, forecaster, parties, "Situation of human rights in the Syrian Arab Republic"
    )
    by_code = dict(zip(PARTIES, found.parties, strict=True))
    assert by_code["RUS"].chances.no > 0.8
    assert by_code["CHN"].chances.no > 0.7
    assert by_code["EU"].chances.yes > 0.9
    assert by_code["USA"].chances.yes > 0.9


def test_a_pandemic_has_no_precedent_in_2018_and_says_so(
    archive: Archive, forecaster: Forecaster, parties: tuple[Party, ...]
) -> None:
    """The COVID session: nothing like it had been voted on, so the intervals are wide."""
    known = _ask(archive, forecaster, parties, FISSILE)
    found = _ask(
        archive,
        forecaster,
        parties,
        "Comprehensive and coordinated response to the coronavirus disease (COVID-19) pandemic",
    )
    assert not found.has_precedent
    widths = [sum(one.high - one.low for one in each.parties) for each in (known, found)]
    assert widths[1] > widths[0]
    assert "No precedent" in tell(archive, found, parties, "en", False)
    assert "Aucun précédent" in tell(archive, found, parties, "fr", True)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Situation des droits de l’homme en République arabe syrienne"),
        ("ru", "Положение в области прав человека в Сирийской Арабской Республике"),
        ("zh", "阿拉伯叙利亚共和国的人权状况"),
        ("es", "Situación de los derechos humanos en la República Árabe Siria"),
        ("ar", "حالة حقوق الإنسان في الجمهورية العربية السورية"),
    ],
)
def test_a_translated_title_finds_the_same_precedent(
    archive: Archive,
    forecaster: Forecaster,
    parties: tuple[Party, ...],
    language: str,
    title: str,
) -> None:
    question = Question(title, (), language)
    found = forecast(archive, forecaster, question, parties, date(2018, 11, 21))
    assert any("human rights" in one.title for one in found.precedents)
    assert found.parties[PARTIES.index("EU")].chances.yes > 0.6


def test_a_batch_answers_for_every_member_and_for_the_table(
    archive: Archive, forecaster: Forecaster, parties: tuple[Party, ...], tmp_path: Path
) -> None:
    path = tmp_path / "titles.csv"
    path.write_text(f"id,date,title\nb,2018-11-10,{FISSILE}\na,2018-11-20,Right to food\n")
    rows = read_batch(path, known_words(forecaster), archive)
    out = tmp_path / "out.csv"
    assert write_batch(archive, forecaster, rows, parties, out) == 2
    lines = [line.split(",") for line in out.read_text().splitlines()]
    assert lines[0] == ["id", "iso3", "p_yes", "p_abstain", "p_no"]
    assert [line[0] for line in lines[1:]] == ["b"] * 193 + ["a"] * 193
    np.testing.assert_allclose([sum(map(float, line[2:])) for line in lines[1:]], 1, atol=1e-5)
    table = parties_path(out).read_text().splitlines()
    assert table[0] == "id,p_no_objection"
    assert len(table) == 3
