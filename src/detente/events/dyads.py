"""Checked rows to dyad-days: plain functions Table -> Table, for any engine.

Everything that is kept is a sum of whole numbers, so that days, files and batches can be added up
in any order, on any number of machines, to the same table. Means and shares come last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import ibis
from ibis import _

if TYPE_CHECKING:
    from ibis.expr.types import NumericValue, Table

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
COUNTS = (*QUADS, "mentions", "sources", "articles", "weight")
"""What is summed; ``weight`` is mentions times tenths of the Goldstein score."""

KEYS = ("known", "day", "source", "target")
SUMS = (*KEYS, "events", *COUNTS)
"""The columns of a table of sums. An actor that is no state is an empty text."""

DYADS = (
    "day",
    "a",
    "b",
    "events",
    *QUADS,
    "mentions",
    "sources",
    "articles",
    "goldstein",
    "day_events",
    "day_mentions",
    "per_million",
)
"""The columns of the table of dyad-days."""

_FIELDS = ("known", "day", "source", "target", "quad", "weight", *COUNTS[4:7], "file")
"""What decides between rows of one event: all that counts, then the file."""


def repeated(rows: Table) -> Table:
    """Return the ids that stand more than once, with how often (``n``)."""
    return rows.group_by("id").agg(n=_.count()).filter(_.n > 1)


def once(rows: Table, twice: Table | None = None) -> Table:
    """Keep every event once; of rows that differ, the one that was known first.

    Args:
        rows: sound rows.
        twice: what `repeated` returns of them, where that was worked out before.
    """
    twice = repeated(rows) if twice is None else twice
    single = rows.anti_join(twice, "id")
    several = rows.semi_join(twice, "id")
    order = [several[name] for name in _FIELDS]
    ranked = several.mutate(nth=ibis.row_number().over(group_by=several.id, order_by=order))
    return single.union(ranked.filter(_.nth == 0).drop("nth"))


def sums(rows: Table, actors: Table) -> Table:
    """Add up rows by day of knowledge, day of the event, source and target.

    Args:
        rows: sound rows, each event once, from `rows.judge`.
        actors: ``code``, ``iso3``: the state or territory of a country code.

    Returns:
        The columns `SUMS`. Codes of regions, unknown codes and missing ones are empty texts: they
        belong to the volume of the day and to no dyad.
    """
    by_code = rows.group_by(*KEYS).agg(
        events=_.count(),
        **{
            name: ibis.ifelse(rows.quad == number, 1, 0).sum().cast("int64")
            for number, name in enumerate(QUADS, start=1)
        },
        **{name: rows[name].sum().cast("int64") for name in COUNTS[len(QUADS) :]},
    )
    sources = actors.select(from_code=actors.code, from_=actors.iso3)
    targets = actors.select(to_code=actors.code, to=actors.iso3)
    named = by_code.left_join(sources, by_code.source == sources.from_code)
    named = named.left_join(targets, named.target == targets.to_code)
    renamed = named.mutate(
        source=ibis.coalesce(named.from_, ""), target=ibis.coalesce(named.to, "")
    )
    return added_up(renamed, KEYS)


def added_up(table: Table, keys: Iterable[str]) -> Table:
    """Add up sums by fewer keys."""
    by = tuple(keys)
    summed = {name: table[name].sum().cast("int64") for name in ("events", *COUNTS)}
    return table.group_by(*by).agg(**summed).select(*by, *summed)


def within(
    table: Table, first: date | None = None, last: date | None = None, as_of: date | None = None
) -> Table:
    """Leave out events of days outside a span, and what was known later than a day."""
    for test in (
        None if first is None else _.day >= first,
        None if last is None else _.day <= last,
        None if as_of is None else _.known <= as_of,
    ):
        if test is not None:
            table = table.filter(test)
    return table


def dyads(
    table: Table,
    first: date | None = None,
    last: date | None = None,
    as_of: date | None = None,
    pairs: Iterable[tuple[str, str]] = (),
) -> Table:
    """Return the dyad-days: who with whom on which day, beside the volume of that day.

    Args:
        table: sums.
        first: the first day of events, inclusive.
        last: the last day of events, inclusive.
        as_of: what was known later is left out, of a dyad and of the volume alike.
        pairs: only these, in any order; by default all.

    Returns:
        The columns `DYADS`, in order of day, a, b. A dyad has no direction: ``a`` comes before
        ``b`` in the alphabet. ``goldstein`` is the mean score (-10 to 10) weighted by mentions,
        to four decimals, NULL without mentions. ``day_events`` and ``day_mentions`` count all
        events of the day, of whatever actors; ``per_million`` is the dyad's share of the day's
        events, so that growing coverage does not look like anything.
    """
    table = within(table, first, last, as_of)
    volume = table.group_by("day").agg(
        day_events=table.events.sum().cast("int64"),
        day_mentions=table.mentions.sum().cast("int64"),
    )
    states = table.filter(
        (table.source != "") & (table.target != "") & (table.source != table.target)
    )
    turned = states.mutate(
        a=ibis.least(states.source, states.target), b=ibis.greatest(states.source, states.target)
    )
    wanted = sorted({"-".join(sorted(pair)) for pair in pairs})
    if wanted:
        turned = turned.filter((turned.a + "-" + turned.b).isin(wanted))
    daily = added_up(turned, ("day", "a", "b")).inner_join(volume, "day")
    return daily.select(
        *DYADS[:11],
        goldstein=mean(daily.weight, daily.mentions),
        day_events=daily.day_events,
        day_mentions=daily.day_mentions,
        per_million=_rounded(daily.events * 1_000_000 / daily.day_events),
    ).order_by("day", "a", "b")


def mean(weight: NumericValue, mentions: NumericValue) -> NumericValue:
    """Return the weighted mean score; NULL where nothing was mentioned."""
    return _rounded(weight / ibis.ifelse(mentions > 0, mentions * 10, ibis.null("int64")))


def _rounded(number: NumericValue) -> NumericValue:
    """Round to four decimals by the same four operations on every engine.

    The engines' own ROUND differ: one rounds the number, another the number as it is written.
    """
    return (number * 10_000 + 0.5).floor().cast("int64") / 10_000
