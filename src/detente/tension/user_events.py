"""The events that a user imported (`detente.events`), as one more series of a pair."""

from __future__ import annotations

from collections.abc import Sequence

from detente.archive import Archive
from detente.archive.building.tension_series import month_number
from detente.events import Store, dyad_series, users
from detente.tension.panel import START, StatePair, end_month

FEWEST_DAYS = 15
FEWEST_EVENTS = 5


def series_of(
    archive: Archive, pairs: Sequence[StatePair], store: Store | None = None
) -> dict[StatePair, list[tuple[int, float]]]:
    """Return the mean score of each month and pair, its sign turned; empty without an import.

    A month counts with fifteen days of files and five events between the two.

    Args:
        archive: nothing that was known later than its as-of date is used.
        pairs: alpha-3 codes in alphabetical order.
        store: a store of events; by default the user's.
    """
    chosen = store or users()
    if not chosen.batches:
        return {}
    found = {}
    end = end_month(archive)
    for pair in pairs:
        months = [
            (number, -one.goldstein)
            for one in dyad_series(pair, as_of=archive.as_of, store=chosen)
            if one.goldstein is not None
            and one.days >= FEWEST_DAYS
            and one.events >= FEWEST_EVENTS
            and START <= (number := month_number(one.first_day.year, one.first_day.month)) < end
        ]
        if months:
            found[pair] = months
    return found
