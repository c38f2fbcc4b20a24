"""How far permanent members part in the Security Council: a series that the archive holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.archive.building.tension_series import FIRST_YEAR, month_number
from detente.tension.council_arrays import counts, log_odds
from detente.tension.latent_arrays import Floats

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
"""The permanent members. China's seat counts from the first vote of its present government, in
November 1971; what the seat did before is another government's (`TWN` in the archive)."""
VETOES_END = 2025
"""The last year whose vetoes are all in the record that ships."""


def council_apart(archive: Archive, states: Sequence[str]) -> Floats:
    """Return (T, S, S) log odds that two states part on a text put to the Council's vote.

    The texts are the resolutions adopted by recorded vote and the drafts vetoed in the twelve
    months to the end of each month. Two states part where one voted for a resolution and the other
    against it or abstained, or where one vetoed a draft and the other did not: a permanent member
    that votes against a draft with enough votes vetoes it, so that much is known of each of them.
    An absence is no stand. NaN for all but two permanent members, in months not yet over, and after
    the record of vetoes ends.

    Args:
        archive: as of a day.
        states: alpha-3 codes.
    """
    start = month_number(FIRST_YEAR, 1)
    day = archive.as_of or archive.last_day
    months = month_number(day.year, day.month) - start + 1
    found = np.full((months, len(states), len(states)), np.nan)
    place = {code: i for i, code in enumerate(states) if code in PERMANENT}
    if len(place) < 2:
        return found
    month, stand = _stands(archive, list(place), start)
    here = list(place.values())
    values = log_odds(*counts(month, stand, months))
    values[_told(archive, months) :] = np.nan
    values[:, range(len(here)), range(len(here))] = np.nan
    found[np.ix_(range(months), here, here)] = values
    return found


def _told(archive: Archive, months: int) -> int:
    """Return how many months are over and lie within the record of vetoes."""
    day = archive.as_of or archive.last_day
    over = months - (day.month == (day + timedelta(days=1)).month)
    ((last,),) = archive.sql("select max(year(date)) from sc_failed where outcome = 'veto'")
    return min(over, (max(last or FIRST_YEAR, VETOES_END) + 1 - FIRST_YEAR) * 12)


def _stands(
    archive: Archive, members: Sequence[str], start: int
) -> tuple[NDArray[np.int64], Floats]:
    """Return (R,) month and (R, M) stand of each member on each text put to the vote."""
    rows: dict[str, int] = {}
    month: list[int] = []
    cells: list[tuple[int, int, float]] = []
    column = {code: i for i, code in enumerate(members)}
    for symbol, number, code, vote in archive.sql(
        "select symbol, year(date) * 12 + month(date) - 1, iso3, vote from sc_votes "
        "join sc_rollcalls using (symbol) where list_contains(?, iso3) and vote <> 'absent'",
        (list(members),),
    ):
        if symbol not in rows:
            rows[symbol] = len(month)
            month.append(number - start)
        cells.append((rows[symbol], column[code], float(vote == "yes")))
    seats = dict(
        archive.sql("select iso3, min(first_day) from memberships where body = 'P5' group by iso3")
    )
    for day, vetoed_by in archive.sql(
        "select date, vetoed_by from sc_failed where outcome = 'veto' order by date, draft"
    ):
        cells += [
            (len(month), column[code], float(code not in vetoed_by))
            for code in members
            if code in seats and seats[code] <= day
        ]
        month.append(month_number(day.year, day.month) - start)
    stand = np.full((len(month), len(members)), np.nan)
    for row, member, value in cells:
        stand[row, member] = value
    return np.array(month, np.int64), stand
