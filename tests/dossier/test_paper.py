from io import BytesIO

import pytest
from pypdf import PdfReader

from detente.dossier.blocks import Document
from detente.dossier.pictures import Picture
from detente.dossier.render.paper import pdf
from detente.language import LANGUAGES

Pictures = dict[str, dict[str, Picture]]


@pytest.fixture(scope="module")
def files(documents: dict[str, Document], pictures: Pictures) -> dict[str, bytes]:
    return {lang: pdf(documents[lang], pictures[lang]) for lang in LANGUAGES}


@pytest.mark.parametrize(("lang", "code"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_language_title_and_date_are_set(
    files: dict[str, bytes], documents: dict[str, Document], lang: str, code: str
) -> None:
    reader = PdfReader(BytesIO(files[lang]))
    assert str(reader.trailer["/Root"]["/Lang"]).lower() == code.lower()
    assert reader.metadata is not None
    assert reader.metadata.title == documents[lang].title
    assert str(reader.metadata["/CreationDate"]).startswith("D:20181120")


def test_it_declares_the_archive_and_the_access_standards(files: dict[str, bytes]) -> None:
    raw = files["en"]
    assert b"<pdfaid:part>2</pdfaid:part>" in raw
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in raw
    assert b"<pdfuaid:part>1</pdfuaid:part>" in raw


def test_every_page_is_numbered_and_every_section_in_the_outline(
    files: dict[str, bytes], documents: dict[str, Document]
) -> None:
    reader = PdfReader(BytesIO(files["fr"]))
    total = len(reader.pages)
    for n, page in enumerate(reader.pages, 1):
        assert f"Page {n} sur {total}" in page.extract_text().replace("\u00a0", " ")
    titles = [str(item.title) for item in reader.outline if not isinstance(item, list)]
    assert len(titles) == len(documents["fr"].sections)


def test_links_lead_inside_or_to_the_united_nations(files: dict[str, bytes]) -> None:
    inside = outside = 0
    for page in PdfReader(BytesIO(files["en"])).pages:
        for note in page.get("/Annots", []):
            action = note.get_object()
            if "/A" in action and "/URI" in action["/A"]:
                outside += 1
                assert str(action["/A"]["/URI"]).startswith(("https://undocs.org", "https://digi"))
            else:
                inside += 1
    assert inside > 20
    assert outside >= 4


def test_figures_are_vectors_in_fonts_that_travel(files: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(files["en"]))
    assert all(len(page.images) == 0 for page in reader.pages)
    fonts = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            fonts.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    assert {name.split("-")[0] for name in fonts} <= {"LibertinusSerif", "SourceSansPro"}


def test_the_same_document_gives_the_same_bytes(
    files: dict[str, bytes], documents: dict[str, Document], pictures: Pictures
) -> None:
    assert pdf(documents["en"], pictures["en"]) == files["en"]
