from dataclasses import replace

import pytest

from detente.dossier.blocks import Cite, Document, Figure, Paragraph, Section, See, Table, runs_of
from detente.dossier.compose import address, compose
from detente.dossier.findings import Findings
from detente.dossier.render.text import markdown
from detente.language import LANGUAGES, Lang


def test_numbers_run_through_the_document(documents: dict[str, Document]) -> None:
    document = documents["en"]
    for kind in (Figure, Table):
        numbers = [b.number for b in document.blocks() if isinstance(b, kind)]
        assert numbers == list(range(1, len(numbers) + 1))
    sections = [s.number for s in document.sections if s.kind == "section"]
    assert sections == [str(n) for n in range(1, len(sections) + 1)]
    assert [s.number for s in document.sections if s.kind == "annex"] == ["A", "B", "C"]


def test_both_languages_have_the_same_build(documents: dict[str, Document]) -> None:
    def shape(document: Document) -> list[tuple[str, list[str]]]:
        return [(s.anchor, [type(b).__name__ for b in s.blocks]) for s in document.sections]

    assert shape(documents["en"]) == shape(documents["fr"])


def test_every_cited_record_stands_once_in_the_annex_in_order_of_citation(
    documents: dict[str, Document],
) -> None:
    document = documents["en"]
    cited = [it.key for b in document.blocks() for it in runs_of(b) if isinstance(it, Cite)]
    assert list(document.records) == list(dict.fromkeys(cited))
    assert [r.number for r in document.records.values()] == list(
        range(1, len(document.records) + 1)
    )


def test_every_figure_leads_to_records_or_to_their_list(documents: dict[str, Document]) -> None:
    for figure in documents["en"].figures():
        links = [it for it in runs_of(figure) if isinstance(it, Cite | See)]
        lists = "tables below" in "".join(getattr(it, "text", "") for it in figure.note)
        assert links or lists, figure.anchor


def test_what_rests_on_memory_says_so(documents: dict[str, Document]) -> None:
    assert "from memory, to be checked" in markdown(documents["en"])
    assert "de mémoire, à vérifier" in markdown(documents["fr"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_case_of_which_little_is_known_says_so(little_known: Findings, lang: Lang) -> None:
    document = compose(little_known, lang)
    assert [s.anchor for s in document.sections if s.kind != "annex"] == ["first-page", "unknown"]
    assert document.figures() == ()


def _added(findings: Findings, lang: Lang) -> Section:
    return Section("packages", "Packages", (Paragraph((Cite("helsinki"), See("agenda"))),))


def test_a_section_is_added_without_touching_another(findings: Findings) -> None:
    plain = compose(findings, "en")
    more = compose(findings, "en", (_added,))
    assert more.numbers["packages"] == "section\u00a06"
    assert more.numbers["track-record"] == "section\u00a07"
    assert [s.blocks for s in more.sections[:3]] == [s.blocks for s in plain.sections[:3]]


def test_a_link_to_nowhere_is_refused(findings: Findings) -> None:
    def lost(_: Findings, __: Lang) -> Section:
        return Section("lost", "Lost", (Paragraph((See("nowhere"),)),))

    with pytest.raises(KeyError, match="nowhere"):
        compose(findings, "en", (lost,))


def test_a_record_without_evidence_is_refused(findings: Findings) -> None:
    def unheard(_: Findings, __: Lang) -> Section:
        return Section("unheard", "Unheard", (Paragraph((Cite("A/RES/0/0"),)),))

    with pytest.raises(KeyError):
        compose(findings, "en", (unheard,))


def test_addresses_are_the_official_ones(findings: Findings) -> None:
    records = findings.records
    assert address(records["r72-70"]) == "https://digitallibrary.un.org/record/1467890"
    assert address(records["A/RES/72/123"]) == "https://undocs.org/A/RES/72/123"
    assert address(records["helsinki"]) is None
    old = replace(records["A/RES/72/123"], symbol="A/RES/217(III) A")
    assert address(old) == "https://undocs.org/A/RES/217(III)%20A"


def test_a_minister_reads_the_first_page_in_ten_lines(documents: dict[str, Document]) -> None:
    for document in documents.values():
        first = document.sections[0]
        assert first.kind == "first"
        answers = first.blocks[0]
        assert 4 <= len(list(getattr(answers, "items", ()))) <= 7
