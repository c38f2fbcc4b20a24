"""The months of a pair: shares of what was recorded, and what is not covered is absent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.events import made

from detente.events import Month, Store, dyad_series
from detente.events.importing import import_files


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """January: a visit and a threat between two of four events; March: none between them.

    In January another old event of February arrives, of which no day is covered.
    """
    lines = [
        made.line(id=1),
        made.line(id=2, source="RUS", target="USA", code="138", score="-7", quad="3", mentions=30),
        made.line(id=3, target="CHN"),
        made.line(id=4, day="20180103", target=""),
        made.line(id=5, day="20180302", target="CHN"),
        made.line(id=6, day="20180214", added="20180601000000"),
    ]
    import_files([made.write(tmp_path / "x.csv", lines)], store)
    return store


def test_shares_are_of_all_events_and_an_uncovered_month_is_absent(filled: Store) -> None:
    assert dyad_series(("USA", "RUS"), store=filled) == [
        Month(date(2018, 1, 1), 2, 2, 0.25, 0.25, -4.775, 4),
        Month(date(2018, 3, 1), 1, 0, 0.0, 0.0, None, 1),
    ]


def test_a_pair_has_no_order(filled: Store) -> None:
    assert dyad_series(("USA", "RUS"), store=filled) == dyad_series(("RUS", "USA"), store=filled)


def test_days_and_the_as_of_date_bound_the_months(filled: Store) -> None:
    (january,) = dyad_series(("USA", "RUS"), last=date(2018, 1, 2), store=filled)
    assert (january.days, january.world_events) == (1, 3)
    assert len(dyad_series(("USA", "RUS"), as_of=date(2018, 2, 1), store=filled)) == 1
    assert dyad_series(("USA", "RUS"), first=date(2019, 1, 1), store=filled) == []


def test_an_empty_store_has_no_months(store: Store) -> None:
    assert dyad_series(("USA", "RUS"), store=store) == []
