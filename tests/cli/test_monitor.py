"""The monitor command: a note as text, page and JSON, and refusals of one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from detente.cli import root
from detente.denominators.outlook import Outlook
from detente.errors import DetenteError

ROOT = Path(__file__).parents[2]
ASTANA = str(ROOT / "cases" / "astana.toml")
EXAMPLE = ROOT / "cases" / "astana-steps.toml"


def run(*args: str) -> Result:
    return CliRunner().invoke(root, ["monitor", ASTANA, *args])


@pytest.fixture(autouse=True)
def no_series(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave tension and forecast out: they have tests of their own, and take long to fit."""
    monkeypatch.setattr("detente.steps.tense.percentiles", lambda *_: None)
    monkeypatch.setattr(
        "detente.denominators.finding.outlook",
        lambda _, parties, day: Outlook(
            np.zeros(0, str), np.zeros(0), np.zeros(0), np.zeros((0, len(parties)))
        ),
    )


def test_the_note_is_printed_as_json_and_written_as_a_page(tmp_path: Path) -> None:
    page = tmp_path / "note.html"
    args = ("--since", "2018-11-13", "--plan", str(EXAMPLE), "--out", str(page))
    done = run(*args, "--json", "--lang", "fr")
    assert done.exit_code == 0
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["since"] == "2018-11-13"
    assert told["as_of"] == "2018-11-20"
    assert [text["symbol"] for text in told["texts"] if text["body"] == "Council"] == [
        "S/RES/2444(2018)",
        "S/RES/2445(2018)",
        "S/RES/2446(2018)",
    ]
    # A plan whose meeting has no day is told, and the rest goes on.
    assert told["steps"] is None
    assert "the meeting has no day" in done.stderr
    text = page.read_text(encoding="utf-8")
    assert "Ce qui a changé du" in text
    assert "S/RES/2444(2018)" in text
    # The page loads nothing and says so to the browser.
    assert "default-src 'none'" in text
    assert 'src="http' not in text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--since", "2018-11-20"), "is not before the as-of date"),
        (("--since", "1900-01-01"), "the archive begins on"),
        (("--since", "2018-11-01", "--out", "note.odt"), "has no ending of a known format"),
        (("--since", "2018-11-01", "--plan", "none.toml"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(args: tuple[str, ...], said: str) -> None:
    done = run(*args)
    assert isinstance(done.exception, DetenteError)
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)
