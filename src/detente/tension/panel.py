"""The panel of series: what is known of pairs of states, month by month, on the as-of date.

A month is numbered ``year * 12 + month - 1``. Nothing enters before the day on which it counts as
known. What is not known is NaN, except in the crisis list, which is a census: until its last year a
month of a pair without a crisis is one with none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.archive.building.tension import known_on
from detente.archive.building.tension_series import (
    FIRST_YEAR,
    LAYOUTS,
    Observation,
    month_number,
    read_file,
    state_numbers,
)
from detente.errors import ImportRefused
from detente.tension.council import PERMANENT, council_apart
from detente.tension.latent_arrays import Floats
from detente.tension.sources import CENSUS_ENDS, NAMES
from detente.tension.votes import apart

START = month_number(FIRST_YEAR, 1)
HALF_LIFE = 24
"""Months in which the trace of a crisis halves."""

GOVERNED_SINCE = {"CHN": month_number(1949, 10)}
"""The month before which series mean another government by a state's number."""

StatePair = tuple[str, str]
# Series that are about a pair; the census and the series of states say nothing without one of them.
_OWN = tuple(name for name in NAMES if name not in ("crises", "risk"))


@dataclass(frozen=True, eq=False)
class Panel:
    """What is known of N pairs over T months from January 1946.

    Attributes:
        pairs: alpha-3 codes in alphabetical order.
        y: (T, S, N) observations in the order of `sources.NAMES`, higher for more tension.
        begun: (N,) first month, counted from January 1946, with a value about the pair itself;
            T where there is none.
    """

    pairs: tuple[StatePair, ...]
    y: Floats
    begun: NDArray[np.int64]


def end_month(archive: Archive) -> int:
    """Return the month of the as-of date, or of the last record."""
    day = archive.as_of or archive.last_day
    return month_number(day.year, day.month)


def date_of(index: int) -> date:
    """Return the first day of the month at a place of the panel."""
    month = START + index
    return date(month // 12, month % 12 + 1, 1)


def read_folder(archive: Archive, folder: Path) -> list[Observation]:
    """Read the raw files that a user has in a folder; known files by name, others are left alone.

    Raises:
        ImportRefused: there is none of them, or one is damaged.
    """
    if not folder.is_dir():
        raise ImportRefused(f"there is no folder {folder}: name the one that holds the raw series")
    numbers = state_numbers(archive.sql("select iso3, cow from states"))
    rows: list[Observation] = []
    found = False
    for layout in LAYOUTS:
        for path in (folder / layout.file, folder / "events" / layout.file):
            if path.is_file():
                found = True
                rows.extend(read_file(path, layout, numbers))
                break
    if not found:
        names = ", ".join(layout.file for layout in LAYOUTS)
        raise ImportRefused(f"{folder} holds none of the files that can be read: {names}")
    day = archive.as_of or archive.last_day
    return [row for row in rows if known_on(row) <= day]


def build_panel(
    archive: Archive,
    pairs: Sequence[StatePair],
    own: Sequence[Observation] = (),
    events: Mapping[StatePair, Sequence[tuple[int, float]]] | None = None,
) -> Panel:
    """Return what is known of pairs of states.

    Args:
        archive: as of a day.
        pairs: alpha-3 codes in alphabetical order, each once.
        own: a user's observations; a series in them stands in for the one that ships.
        events: month and value of series of events that the user imported, by pair.
    """
    months = end_month(archive) - START + 1
    y = np.full((months, len(NAMES), len(pairs)), np.nan)
    place = {pair: i for i, pair in enumerate(pairs)}
    states = sorted({code for pair in pairs for code in pair})
    _votes(archive, y, place, states)
    _council(archive, y, pairs)
    replaced = {row.source for row in own}
    risk = np.full((months, len(states)), np.nan)
    column = {code: i for i, code in enumerate(states)}
    source = {name: i for i, name in enumerate(NAMES)}
    rows = [row for row in _shipped(archive, states) if row[0] not in replaced]
    rows += [(row.source, row.a, row.b, row.month, row.value) for row in own]
    for name, a, b, month, value in rows:
        t = month - START
        if not 0 <= t < months:
            continue
        if not b:
            if a in column:
                risk[t, column[a]] = value / 100.0
        elif (a, b) in place:
            y[t, source[name], place[a, b]] = value / 100.0
    for pair, seen in (events or {}).items():
        for month, score in seen:
            y[month - START, source["events"], place[pair]] = score
    left = np.array([column[a] for a, _ in pairs], np.int64)
    right = np.array([column[b] for _, b in pairs], np.int64)
    y[:, source["risk"]] = (risk[:, left] + risk[:, right]) / 2.0
    own_data = np.isfinite(y[:, [source[name] for name in _OWN]]).any(1)
    begun = np.where(own_data.any(0), own_data.argmax(0), months)
    for code, month in GOVERNED_SINCE.items():
        late = np.array([code in pair for pair in pairs], bool)
        begun[late] = np.maximum(begun[late], min(month - START, months))
    _census(y[:, source["crises"]], begun)
    early = np.arange(months)[:, None] < begun[None]
    y[np.broadcast_to(early[:, None], y.shape)] = np.nan
    return Panel(tuple(pairs), y, begun)


def _shipped(archive: Archive, states: Sequence[str]) -> list[tuple[str, str, str, int, int]]:
    return archive.sql(
        "select source, a, b, year(month) * 12 + month(month) - 1, value from tension_series "
        "where list_contains(?, a) and (b = '' or list_contains(?, b))",
        (list(states), list(states)),
    )


def _votes(
    archive: Archive, y: Floats, place: Mapping[StatePair, int], states: Sequence[str]
) -> None:
    years, found = apart(archive, states, last_full_year(archive))
    row = {code: i for i, code in enumerate(states)}
    left = [row[a] for a, _ in place]
    right = [row[b] for _, b in place]
    for year, matrix in zip(years.tolist(), found, strict=True):
        y[month_number(year, 12) - START, NAMES.index("votes")] = matrix[left, right]


def _council(archive: Archive, y: Floats, pairs: Sequence[StatePair]) -> None:
    sitting = [p for p, both in enumerate(pairs) if set(both) <= set(PERMANENT)]
    if sitting:
        found = council_apart(archive, PERMANENT)
        left, right = ([PERMANENT.index(pairs[p][side]) for p in sitting] for side in (0, 1))
        y[:, NAMES.index("council"), sitting] = found[:, left, right]


def last_full_year(archive: Archive) -> int:
    """Return the last year whose votes are all in the archive: it is over, and December voted."""
    day = archive.as_of or archive.last_day
    over = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    ((last,),) = archive.sql(
        "select max(year(date)) from rollcalls where month(date) = 12 and year(date) <= ?", (over,)
    )
    return int(last) if last is not None else over


def _census(crises: Floats, begun: NDArray[np.int64]) -> None:
    """Turn months of crisis into pressure, in place: 1 in a crisis, halving every two years after.

    Months after the census are not known; the month of the as-of date only where a crisis is on.
    """
    months, pairs = crises.shape
    census = month_number(CENSUS_ENDS, 12) - START + 1
    decay = 0.5 ** (1.0 / HALF_LIFE)
    pressure = np.zeros(pairs)
    for t in range(months):
        on = np.isfinite(crises[t])
        pressure = np.fmax(crises[t], pressure * decay)
        told = on | ((t < census) & (t < months - 1) & (t >= begun))
        crises[t] = np.where(told, pressure, np.nan)
