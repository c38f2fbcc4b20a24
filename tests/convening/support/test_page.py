from __future__ import annotations

import re
from pathlib import Path

from detente.archive import open_archive
from detente.convening.support.record import decisions

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "support.md"


def test_the_method_page_lists_every_decision_to_convene_with_its_votes():
    words = re.sub(r"\s+", " ", PAGE.read_text(encoding="utf-8"))
    for row in decisions(open_archive()):
        assert f"{row.symbol or row.vote_id} {row.yes}-{row.no}-{row.abstain}" in words
