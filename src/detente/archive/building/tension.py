"""The tables of tension: derived values from raw series, and the hand-kept turning points."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from detente.archive.building.tension_series import (
    LAYOUTS,
    Observation,
    read_file,
    ships,
    state_numbers,
)
from detente.archive.writing import insert_rows

# The day of the next month, or the month of the next year, on which a value counts as known.
_DAY_KNOWN = {"risk": 10, "expert": 10}
_PEACE_KNOWN = (7, 1)
# Series whose every pair ships: their terms allow it, or they are small.
_WHOLE = ("crises", "expert", "gdelt-china", "icews-china", "phoenix-china", "risk")


def first_of(month: int) -> date:
    """Return the first day of a numbered month (`tension_series.month_number`)."""
    return date(month // 12, month % 12 + 1, 1)


def known_on(seen: Observation) -> date:
    """Return the day from which a value counts as known.

    A crisis is public when it begins; events are coded by the end of the month; risk and expert
    scores come out in the first days of the next one; the peace scale of a year counts as known
    from the middle of the next.
    """
    if seen.day:
        return first_of(seen.month).replace(day=seen.day)
    if seen.source == "peace":
        return date(seen.month // 12 + 1, *_PEACE_KNOWN)
    return first_of(seen.month + 1).replace(day=_DAY_KNOWN.get(seen.source, 1))


def fill_tension(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Fill `tension_series` and `turning_points`; `states` must stand, for their numbers."""
    numbers = state_numbers(con.execute("SELECT iso3, cow FROM states").fetchall())
    rows = []
    for layout in LAYOUTS:
        for seen in read_file(raw / "events" / layout.file, layout, numbers):
            if seen.source in _WHOLE or ships(seen.a, seen.b):
                rows.append(_row(seen))
    insert_rows(con, "tension_series", rows)
    con.execute(
        "INSERT INTO turning_points SELECT id, day, precision, string_split(parties, ' '), kind, "
        "direction, text_en, text_fr, confidence, source FROM fact_turning_points"
    )


def _row(seen: Observation) -> tuple[object, ...]:
    return (seen.source, seen.a, seen.b, first_of(seen.month), seen.value, known_on(seen))
