"""Reported events: two spans of one length, shares and not counts, states and not blocs."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from detente.case import open_case
from detente.dossier.sections.monitor import section
from detente.events import Month
from detente.monitor import reported as module
from detente.monitor.note import Note
from detente.monitor.reported import reported

ROOT = Path(__file__).parents[2]
CASE, _ = open_case(ROOT / "cases" / "astana.toml")
SINCE = date(2018, 11, 6)


def month(first: date, days: int, events: int, conflict: float, world: int) -> Month:
    return Month(first, days, events, conflict, 0.0, None, world)


def test_a_span_stands_beside_as_many_days_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []

    def series(pair: tuple[str, str], first: date, last: date, as_of: date) -> list[Month]:
        asked.append((pair, first, last, as_of))
        if pair != ("USA", "RUS"):
            return []
        if first > SINCE:
            return [month(first, 14, 30, 0.004, 1000)]
        return [month(first, 8, 10, 0.001, 1000), month(last, 6, 5, 0.003, 3000)]

    monkeypatch.setattr(module, "dyad_series", series)
    (found,) = reported(CASE, SINCE)
    # (0.001 * 1000 + 0.003 * 3000) / 4000, by hand
    assert found.conflict_before == pytest.approx(0.0025)
    assert found.conflict_after == pytest.approx(0.004)
    assert (found.events_before, found.events_after) == (15, 30)
    assert (found.days_before, found.days_after) == (14, 14)
    assert all("EU" not in pair for pair, *_ in asked)
    day = timedelta(days=1)
    both = [rest for pair, *rest in asked if pair == ("USA", "RUS")]
    assert both == [
        [SINCE + day, CASE.as_of, CASE.as_of],
        [SINCE - (CASE.as_of - SINCE) + day, SINCE, SINCE],
    ]


def test_without_event_data_nothing_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DETENTE_DATA", str(tmp_path))
    assert reported(CASE, SINCE) == ()


def test_reported_events_alone_do_not_end_a_quiet_span() -> None:
    one = module.Reported("USA", "RUS", 1, 2, 0.001, 0.002, 14, 14)
    note = Note(CASE.codes, SINCE, CASE.as_of, (), 0, (), (), None, (one,), None, SINCE, CASE.as_of)
    assert note.quiet
    tables = [block for block in section(note, CASE, "en").blocks if hasattr(block, "rows")]
    (table,) = tables
    assert [cell[0].text for cell in table.rows[0]][-2:] == ["100.0", "200.0"]
