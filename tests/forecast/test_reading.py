from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from detente.archive import open_archive
from detente.errors import ImportRefused
from detente.forecast.batch import parties_path, read_batch
from detente.forecast.reading import (
    LONGEST,
    TextRefused,
    language_of,
    read_file,
    read_question,
    read_sponsors,
)

WORDS = frozenset(("nuclear", "disarmament", "situation", "human", "rights"))
TITLES = {
    "en": "Nuclear disarmament",
    "fr": "Prévention d’une course aux armements dans l’espace",
    "es": "Prevención de la carrera de armamentos en el espacio ultraterrestre",
    "ru": "Предотвращение гонки вооружений в космическом пространстве",
    "zh": "防止外层空间的军备竞赛",
    "ar": "منع سباق التسلح في الفضاء الخارجي",
}


@pytest.mark.parametrize(("code", "title"), TITLES.items())
def test_the_six_languages_are_told_apart(code: str, title: str) -> None:
    assert language_of(title, WORDS) == code
    assert read_question(title, WORDS).language == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  \n", "empty"),
        ("123 / 456", "empty"),
        ("x" * (LONGEST + 1), "at most"),
        ("Verhütung eines Wettrüstens im Weltraum und die Rolle der Staaten", "German"),
        ("宇宙空間における軍備競争の防止について", "Japanese"),
    ],
)
def test_what_cannot_be_forecast_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(TextRefused, match=said):
        read_question(text, WORDS)


def test_a_refusal_is_one_of_the_public_ones() -> None:
    assert issubclass(TextRefused, ImportRefused)


def test_word_and_text_files_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLES["en"])
    document.save(str(tmp_path / "draft.docx"))
    (tmp_path / "draft.txt").write_text(TITLES["en"], encoding="utf-8-sig")
    assert read_file(tmp_path / "draft.docx") == read_file(tmp_path / "draft.txt") == TITLES["en"]


def test_other_and_broken_files_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(b"no document")
    for name, said in (("draft.pdf", "not a .docx"), ("draft.docx", "cannot be read")):
        with pytest.raises(TextRefused, match=said):
            read_file(tmp_path / name)


def test_a_batch_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_text("id,date,title\n1,2018-11-20,Nuclear disarmament\n2,soon,Rights\n")
    with pytest.raises(TextRefused, match="line 3: “soon” is not a date"):
        read_batch(path, WORDS, open_archive())
    path.write_text("id,title\n1,Rights\n")
    with pytest.raises(TextRefused, match="no column “date”"):
        read_batch(path, WORDS, open_archive())


def test_a_batch_reads_headings_and_takes_the_body_where_there_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_text(
        "id,date,title,subjects,sponsors,body\n"
        "a,2018-11-20,,NUCLEAR WEAPONS | DISARMAMENT,USA; France,Nuclear disarmament\n"
    )
    (row,) = read_batch(path, WORDS, open_archive())
    assert row.question.title == "Nuclear disarmament"
    assert row.question.subjects == ("NUCLEAR WEAPONS", "DISARMAMENT")
    assert row.question.sponsors == ("USA", "FRA")
    assert parties_path(path).name == "titles_parties.csv"


def test_sponsors_are_states_or_bodies_of_the_day() -> None:
    archive = open_archive()
    union = read_sponsors(archive, "EU, USA | USA", date(2018, 11, 20))
    assert len(union) == 29
    assert {"GBR", "FRA", "USA"} <= set(union)
    with pytest.raises(TextRefused, match="Atlantis"):
        read_sponsors(archive, "FRA,Atlantis", date(2018, 11, 20))
