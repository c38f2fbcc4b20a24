"""A pair's months: how much of the world's recorded events was conflict or cooperation between two.

Shares are of all events of the month, so that growing coverage does not look like conflict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from detente.events.store import Store, users

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from detente.events.engines import Engine


@dataclass(frozen=True)
class Month:
    """A month of a pair. Shares are parts of all events of the days covered, 0 to 1."""

    first_day: date
    days: int
    """Days of the month of which files were imported that arrived on the day or the next."""
    events: int
    """Events between the two, both directions, on the days covered."""
    conflict: float
    """Share of verbal and material conflict between the two."""
    cooperation: float
    """Share of verbal and material cooperation between the two."""
    goldstein: float | None
    """Mean Goldstein score weighted by mentions, -10 to 10; None without events."""
    world_events: int
    """All events of the days covered, of whatever actors."""


def dyad_series(
    pair: tuple[str, str],
    first: date | None = None,
    last: date | None = None,
    as_of: date | None = None,
    store: Store | None = None,
) -> list[Month]:
    """Return the months of a pair from the user's own store of events.

    A month in which no day is covered is absent, never zero; a covered month without an event
    between the two has zeros. Days that only late arrivals mention are not covered.

    Args:
        pair: two states, ISO 3166 alpha-3, in any order.
        first: the first day, inclusive; by default the first there is.
        last: the last day, inclusive; by default the last there is.
        as_of: leave out what became known later.
        store: a store of events; by default the user's, which may be empty: then no months.

    Returns:
        Months in order. A part of a month at an end has its ``days`` counted as they are.
    """
    chosen = store or users()
    files = chosen.sums(first, as_of)
    if not files:
        return []
    engine = _reader()
    table = months(engine.parquet(files), pair, first, last, as_of)
    return [Month(**row) for row in engine.arrow(table).to_pylist()]


@cache
def _reader() -> Engine:
    """Return the engine that reads series: one for all calls, for it takes long to open."""
    from detente.events.engines import open_engine

    return open_engine("duckdb")


def months(
    sums: Table,
    pair: tuple[str, str],
    first: date | None = None,
    last: date | None = None,
    as_of: date | None = None,
) -> Table:
    """Return the months of a pair as a table with the fields of `Month`, in order."""
    import ibis

    from detente.events.dyads import COUNTS, mean, within

    known = within(sums, first, last, as_of)
    on_time = known.filter(known.known.delta(known.day, unit="day") <= 1)
    covered = known.semi_join(on_time.select("day").distinct(), "day")
    monthly = covered.mutate(first_day=covered.day.truncate("month"))
    volume = monthly.group_by("first_day").agg(
        days=monthly.day.nunique(), world_events=monthly.events.sum().cast("int64")
    )
    a, b = pair
    between = monthly.filter(
        ((monthly.source == a) & (monthly.target == b))
        | ((monthly.source == b) & (monthly.target == a))
    )
    counts = between.group_by("first_day").agg(
        **{name: between[name].sum().cast("int64") for name in ("events", *COUNTS)}
    )
    joined = volume.left_join(counts, "first_day")

    def share(*names: str) -> ibis.expr.types.FloatingValue:
        parts = [ibis.coalesce(joined[name], 0) for name in names]
        return (parts[0] + parts[1]) / joined.world_events

    return joined.select(
        first_day=joined.first_day,
        days=joined.days,
        events=ibis.coalesce(joined.events, 0),
        conflict=share("verbal_conflict", "material_conflict"),
        cooperation=share("verbal_cooperation", "material_cooperation"),
        goldstein=mean(joined.weight, joined.mentions),
        world_events=joined.world_events,
    ).order_by("first_day")
