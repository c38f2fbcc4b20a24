"""Cases and synthetic series for the tests of tension."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.archive import Archive
from detente.case import Case, open_case
from detente.tension import Tension, tension

ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "data" / "events"


@pytest.fixture(scope="session")
def astana() -> tuple[Case, Archive]:
    return open_case(ROOT / "cases" / "astana.toml")


@pytest.fixture(scope="session")
def found(astana: tuple[Case, Archive]) -> Tension:
    case, archive = astana
    return tension(archive, case, use_events=False)
