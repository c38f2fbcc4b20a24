"""The Astana case, 20 November 2018, from the record that ships: golden text in both languages.

Refresh the golden files after a change that is meant, and read the difference before committing:

    DETENTE_GOLDEN=write .venv/bin/python -m pytest tests/dossier/test_astana.py
"""

from __future__ import annotations

import os
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from detente.case import open_case
from detente.dossier import Document, Findings, compose, gather
from detente.dossier.blocks import Cite, Figure, Records, Table, runs_of
from detente.dossier.render.text import section_text
from detente.language import LANGUAGES, Lang

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
NUMBER = re.compile(r"[\u2212+]?\d+(?:[.,\u202f]\d+)*")

# Numbers are printed to two decimals or whole per cents; another processor may round the other way.
LEAST_SLACK, SHARE_SLACK = 0.03, 0.02


@pytest.fixture(scope="module")
def real() -> Findings:
    case, archive = open_case(ROOT / "cases" / "astana.toml")
    return gather(archive, case)


@pytest.fixture(scope="module")
def dossiers(real: Findings) -> dict[str, Document]:
    return {lang: compose(real, lang) for lang in LANGUAGES}


def _text(document: Document) -> str:
    """Return the dossier's text without the data of its figures and its annex of records."""
    parts = [section_text(document, s) for s in document.sections if s.anchor != "annex-records"]
    text = "\n\n".join(parts) + "\n"
    captions = [f.caption for f in document.figures()]
    for caption in captions:
        text = re.sub(re.escape(caption) + r"\n\n(\|.*\n)+", caption + "\n", text)
    text = text.replace(version("detente"), "<version>")
    return re.sub(r"\b[0-9a-f]{32}\b", "<fingerprint>", text)


def _numbers(text: str) -> list[float]:
    return [
        float(n.replace("\u202f", "").replace("\u2212", "-").replace(",", "."))
        for n in NUMBER.findall(re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_is_the_golden_one(dossiers: dict[str, Document], lang: Lang) -> None:
    text = _text(dossiers[lang])
    path = GOLDEN / f"astana-{lang}.md"
    if os.environ.get("DETENTE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    golden = path.read_text(encoding="utf-8")
    assert NUMBER.sub("#", text) == NUMBER.sub("#", golden)
    for ours, theirs in zip(_numbers(text), _numbers(golden), strict=True):
        assert ours == pytest.approx(theirs, abs=LEAST_SLACK, rel=SHARE_SLACK)


def test_the_dossier_has_its_sections_in_order(dossiers: dict[str, Document]) -> None:
    assert [s.anchor for s in dossiers["en"].sections] == [
        "first-page",
        "tension",
        "positions",
        "distances",
        "splits",
        "common-ground",
        "agenda",
        "convening",
        "replay",
        "steps",
        "track-record",
        "unknown",
        "annex-records",
        "annex-method",
        "annex-reproducibility",
    ]


def test_the_case_is_named_as_its_file_names_it(dossiers: dict[str, Document]) -> None:
    facts = dict(dossiers["fr"].facts)
    assert facts["Pays hôte"] == "Kazakhstan"
    assert facts["Parties"] == "UE, États-Unis d’Amérique, Chine, Fédération de Russie"


def test_known_votes_stand_in_the_annex_as_they_were_cast(real: Findings) -> None:
    by_symbol = {fact.symbol: fact for fact in real.records.values()}
    embargo = by_symbol["A/RES/73/8"]
    assert embargo.totals is not None
    assert embargo.totals[:3] == (189, 2, 0)
    assert embargo.votes["USA"] == (0, 1, 0, 0)
    assert embargo.votes["EU"] == (28, 0, 0, 0)


def test_the_order_of_positions_is_the_known_one(real: Findings) -> None:
    last = {track.party: track.moments[-1].position for track in real.tracks}
    assert last["USA"] > last["EU"] > last["RUS"] > last["CHN"]
    assert real.track("CHN").moments[0].year >= 1971  # type: ignore[union-attr]


def test_the_share_that_all_four_accept_is_small(real: Findings) -> None:
    together = real.together
    assert 0.05 < together.accepted / together.calls < 0.10


def test_every_topic_of_the_tables_has_its_records(dossiers: dict[str, Document]) -> None:
    section = next(s for s in dossiers["en"].sections if s.anchor == "common-ground")
    for block in section.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                assert any(isinstance(it, Cite) for cell in row for it in cell), row[0]


def test_nothing_is_later_than_the_case(real: Findings, dossiers: dict[str, Document]) -> None:
    assert max(fact.day for fact in real.records.values()) <= real.case.as_of
    planned = "convening"
    # A title of 2018 may name the next year.
    told = [one for one in dossiers["en"].sections if one.anchor != "annex-records"]
    for section in told:
        years = re.findall(r"\b(20[0-9]{2})\b", section_text(dossiers["en"], section))
        # Only what is planned lies ahead. The 2030 Agenda is a name.
        latest = 2019 if section.anchor == planned else 2018
        assert max({int(year) for year in years} - {2030}, default=0) <= latest, section.anchor


def test_every_record_has_an_address_or_says_where_it_is_from(
    dossiers: dict[str, Document],
) -> None:
    for document in dossiers.values():
        (annex,) = [b for b in document.blocks() if isinstance(b, Records)]
        assert len(annex.records) > 80
        assert all(r.address or r.memory or r.source for r in annex.records)
        assert all(r.votes for r in annex.records if r.address and "library" in r.address)


def test_alternative_texts_tell_the_main_finding(dossiers: dict[str, Document]) -> None:
    for document in dossiers.values():
        for block in document.blocks():
            if isinstance(block, Figure):
                assert re.search(r"\d", block.alt)
                assert list(runs_of(block))
