from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from detente.dossier.blocks import Document, Figure, Table
from detente.dossier.pictures import Picture
from detente.dossier.render.word import docx

Pictures = dict[str, dict[str, Picture]]


@pytest.fixture(scope="module")
def raw(documents: dict[str, Document], pictures: Pictures) -> bytes:
    return docx(documents["fr"], pictures["fr"])


@pytest.fixture(scope="module")
def word(raw: bytes) -> Any:
    return python_docx.Document(BytesIO(raw))


def test_headings_are_word_styles(word: Any, documents: dict[str, Document]) -> None:
    def titles(style: str) -> list[str]:
        return [p.text for p in word.paragraphs if p.style.name == style]

    sections = documents["fr"].sections
    assert titles("Heading 1") == [s.title for s in sections if s.kind == "section"]
    assert titles("Annex Heading") == [s.title for s in sections if s.kind == "annex"]
    assert titles("Title") == [documents["fr"].title]


def test_captions_carry_the_number_that_word_would_compute(
    word: Any, documents: dict[str, Document]
) -> None:
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    blocks = [b for b in documents["fr"].blocks() if isinstance(b, Figure | Table)]
    assert len(captions) == len(blocks)
    for caption, block in zip(captions, blocks, strict=True):
        assert caption.startswith(documents["fr"].numbers[block.anchor])


def test_heads_of_tables_repeat_and_rows_stay_whole(word: Any) -> None:
    tables = [t for t in word.tables if t._tbl.tblPr.find(qn("w:tblCaption")) is not None]
    assert len(tables) > 8
    for table in tables:
        first = table.rows[0]._tr
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_pictures_have_their_text(word: Any, documents: dict[str, Document]) -> None:
    described = [e.get("descr") for e in word.element.body.iter("{*}docPr")]
    assert described == [f.alt for f in documents["fr"].figures()]


def test_language_and_dates_are_set(word: Any) -> None:
    lang = word.styles.element.find(".//" + qn("w:lang"))
    assert lang.get(qn("w:val")) == "fr-FR"
    assert word.core_properties.created.date().isoformat() == "2018-11-20"
    assert word.core_properties.author != "python-docx"


def test_inner_links_lead_to_bookmarks(word: Any) -> None:
    names = [e.get(qn("w:name")) for e in word.element.body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    targets = {e.get(qn("w:anchor")) for e in word.element.body.iter(qn("w:hyperlink"))} - {None}
    assert targets
    assert targets <= set(names)


def test_the_page_is_a4_and_numbered(word: Any) -> None:
    section = word.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    codes = [e.text.strip() for e in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_every_field_is_closed(word: Any) -> None:
    kinds = [e.get(qn("w:fldCharType")) for e in word.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_the_same_document_gives_the_same_bytes(
    raw: bytes, documents: dict[str, Document], pictures: Pictures
) -> None:
    assert docx(documents["fr"], pictures["fr"]) == raw
    times = {info.date_time for info in ZipFile(BytesIO(raw)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}
