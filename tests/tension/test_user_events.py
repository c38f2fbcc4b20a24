"""The events that a user imported, as one more series."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.archive import open_archive
from detente.events import Month, Store
from detente.tension import user_events
from detente.tension.user_events import series_of


def _month(day: date, days: int = 30, events: int = 50, score: float | None = -2.5) -> Month:
    return Month(day, days, events, 0.1, 0.1, score, 10_000)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "batches" / "000001").mkdir(parents=True)
    return Store(tmp_path)


def test_without_an_import_there_is_no_series(tmp_path: Path) -> None:
    assert series_of(open_archive(), [("RUS", "USA")], Store(tmp_path)) == {}


def test_a_score_is_turned_and_thin_or_unfinished_months_are_left_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date | None] = []

    def months(pair: tuple[str, str], as_of: date | None, store: Store) -> list[Month]:
        asked.append(as_of)
        return [
            _month(date(2018, 8, 1)),
            _month(date(2018, 9, 1), days=14),
            _month(date(2018, 9, 1), events=4),
            _month(date(2018, 9, 1), score=None),
            _month(date(2018, 11, 1)),  # the month of the as-of date is not over
        ]

    monkeypatch.setattr(user_events, "dyad_series", months)
    day = date(2018, 11, 20)
    found = series_of(open_archive(day), [("RUS", "USA")], store)
    assert found == {("RUS", "USA"): [(2018 * 12 + 7, 2.5)]}
    assert asked == [day]
