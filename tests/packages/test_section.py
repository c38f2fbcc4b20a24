"""The dossier's section on packages, word for word in both languages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.packages.sheets import read

from detente.dossier.blocks import Figure, Heading, Section, Table, Text, runs_of
from detente.dossier.pictures import draw
from detente.dossier.sections.packages import section
from detente.language import LANGUAGES, Lang
from detente.packages.analysis import analyse
from detente.packages.findings import Analysis

GOLDEN = Path(__file__).parent / "golden"
# A host wants limits on arms and trade settled; the story is invented, the sums are by hand.
RAW = {
    "issues": [
        {
            "code": "arms",
            "name": "Arms near the border",
            "name_fr": "Armes près de la frontière",
            "options": [
                {"code": "none", "name": "No limits", "name_fr": "Aucun plafond"},
                {"code": "limits", "name": "Limits", "name_fr": "Plafonds"},
                {"code": "ban", "name": "A ban", "name_fr": "Interdiction"},
            ],
        },
        {
            "code": "trade",
            "name": "Trade",
            "name_fr": "Commerce",
            "options": [
                {"code": "closed", "name": "Closed", "name_fr": "Fermé"},
                {"code": "open", "name": "Open", "name_fr": "Ouvert"},
            ],
        },
    ],
    "stances": [
        {"party": "EU", "issue": "arms", "scores": {"none": 0.0, "limits": 60.0, "ban": 100.0}},
        {"party": "EU", "issue": "trade", "scores": {"closed": 100.0, "open": 40.0}},
        {"party": "RUS", "issue": "arms", "scores": {"none": 100.0, "limits": 70.0, "ban": 30.0}},
        {"party": "RUS", "issue": "trade", "scores": {"closed": 0.0, "open": 100.0}},
        {
            "party": "CHN",
            "issue": "trade",
            "interval": {"closed": [0.0, 40.0], "open": [60.0, 100.0]},
        },
    ],
    "weights": [
        {"party": "EU", "weights": {"arms": 70.0, "trade": 30.0}},
        {"party": "RUS", "weights": {"arms": 30.0, "trade": 70.0}},
    ],
    "no_deal": [
        {"party": "EU", "value": [30.0, 60.0]},
        {"party": "RUS", "value": 40.0},
        {"party": "CHN", "value": [20.0, 60.0]},
    ],
}


@pytest.fixture(scope="module")
def found() -> Analysis:
    return analyse(read(dict(RAW)))


def plain(part: Section) -> str:
    lines = [f"# {part.title}"]
    for one in part.blocks:
        if isinstance(one, Table | Figure):
            lines.append(f"[{one.anchor}] {one.caption}")
            lines.append(" | ".join(column.title for column in one.columns))
            for row in one.rows:
                cells = ["".join(x.text for x in cell if isinstance(x, Text)) for cell in row]
                lines.append(" | ".join(cells))
            lines.append("".join(x.text for x in one.note if isinstance(x, Text)))
        elif isinstance(one, Heading):
            lines.append(one.text)
        else:
            lines.extend(x.text for x in runs_of(one) if isinstance(x, Text))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section_reads_as_approved(found: Analysis, lang: Lang) -> None:
    path = GOLDEN / f"section.{lang}.txt"
    text = plain(section(found, lang))
    if os.environ.get("DETENTE_APPROVE"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "read the change, then DETENTE_APPROVE=1"


def test_the_solution_is_the_one_worked_out_by_hand(found: Analysis) -> None:
    # no limits and open trade: EU 12, Russia 100; a ban and open trade: EU 82, Russia 79
    chosen = found.solved("kalai-smorodinsky")
    assert chosen is not None
    assert chosen.package.options == ("ban", "open")
    assert chosen.package.gains[:2] == pytest.approx((82 - 45, 79 - 40))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_the_section_draws(found: Analysis, lang: Lang) -> None:
    figures = [one for one in section(found, lang).blocks if isinstance(one, Figure)]
    assert len(figures) == 2
    for figure in figures:
        assert "<svg" in draw(figure.chart, figure.anchor, lang).svg
        assert figure.alt
