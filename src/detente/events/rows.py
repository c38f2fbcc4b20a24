"""Lines of GDELT exports to checked rows: plain functions Table -> Table, for any engine.

GDELT files have no header. A row of the historical backfile (1979 to March 2013) has 57 columns, a
daily row of GDELT 1.0 has 58 (the last is the address of the source), a row of GDELT 2.0 has 61
(three more on second-order regions). The first 35 columns are the same in all.

Every line becomes one row, and a row that cannot be used says why in ``fault``: nothing is dropped
here. The tests are ordered, and the first that fails names the fault.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis
from ibis import _

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, StringValue, Table

BACKFILE, FIRST, SECOND = 57, 58, 61
"""Columns of a row: the backfile of GDELT 1.0, its daily files, GDELT 2.0."""

LAYOUTS = {
    BACKFILE: "GDELT 1.0, historical backfile",
    FIRST: "GDELT 1.0",
    SECOND: "GDELT 2.0",
}

PLACES = {
    "id": 0,
    "day": 1,
    "month": 2,
    "year": 3,
    "source": 7,
    "target": 17,
    "code": 26,
    "root": 28,
    "quad": 29,
    "score": 30,
    "mentions": 31,
    "sources": 32,
    "articles": 33,
}
"""Where the columns that are used stand, from 0, in every layout; the day of arrival moves."""

ARRIVAL = {BACKFILE: 56, FIRST: 56, SECOND: 59}

PUBLIC = {
    "id": "GLOBALEVENTID",
    "day": "SQLDATE",
    "month": "MonthYear",
    "year": "Year",
    "source": "Actor1CountryCode",
    "target": "Actor2CountryCode",
    "code": "EventCode",
    "root": "EventRootCode",
    "quad": "QuadClass",
    "score": "GoldsteinScale",
    "mentions": "NumMentions",
    "sources": "NumSources",
    "articles": "NumArticles",
    "added_first": "DATEADDED",
    "added_second": "DATEADDED",
}
"""What the columns are called in public tables of events that have names."""

FAULTS = {
    "columns": "not 57, 58 or 61 columns",
    "code": "no event code of CAMEO",
    "shifted": "columns that are not in their places",
    "date": "a date that is none",
    "future": "a day later than the row's arrival, or an arrival later than the as-of date",
    "score": "a Goldstein score that is not that of the event code",
}
"""Why a row is set aside, in the order of the tests."""


_WHOLE = "^[0-9]+$"
"""Whole numbers, one after the other."""

_SCORE = r"^(-?[0-9]+(\.[0-9]+)?)?$"
"""A score, which may be missing; engines differ in what they take for one: 1.9d, NaN."""


def from_lines(lines: Table) -> Table:
    """Part raw lines into the columns that are used, all text.

    Args:
        lines: columns ``line`` and ``file``.
    """
    lines = lines.filter(_.line != "")
    part = lines.line.split("\t")
    width = part.length()
    return lines.select(
        file=lines.file,
        width=width.cast("int32"),
        # Both are taken and one is chosen later: inside a choice, DuckDB would part the line anew.
        added_first=part[ARRIVAL[FIRST]],
        added_second=part[ARRIVAL[SECOND]],
        **{name: part[place] for name, place in PLACES.items()},
    )


def from_public(events: Table, width: int = SECOND) -> Table:
    """Take the same columns from a table of events in a warehouse, whose columns have names."""
    return events.select(
        file=ibis.literal("table"),
        width=ibis.literal(width, "int32"),
        **{name: events[column].cast("string") for name, column in PUBLIC.items()},
    )


def judge(columns: Table, cameo: Table, as_of: date) -> Table:
    """Type the columns, and say of every row whether it can be used.

    Args:
        columns: text, from `from_lines` or `from_public`.
        cameo: event codes: ``code``, ``tenths`` (of the Goldstein score), ``quad``.
        as_of: an arrival after this day is in the future.

    Returns:
        ``file, width, id, day, known, source, target, quad, weight, mentions, sources, articles,
        fault``. ``known`` is the day from which the row was there to be read: its arrival, or for
        the backfile, all of which arrived in 2013, the event's own day. ``weight`` is mentions
        times tenths. ``fault`` is a key of `FAULTS`, or empty.
    """
    text = columns.mutate(
        code=ibis.coalesce(columns.code, ""),
        source=ibis.coalesce(columns.source, ""),
        target=ibis.coalesce(columns.target, ""),
        on=_day(columns.day),
        added=ibis.ifelse(columns.width == SECOND, columns.added_second, columns.added_first),
        # Engines differ in what they take for a number: 1e3, 10.0.
        whole=(
            columns.id + columns.mentions + columns.sources + columns.articles + columns.quad
        ).re_search(_WHOLE),
    )
    # Typed before the join: what stands after it, DuckDB works out anew wherever it is used.
    numbers = text.mutate(
        # Most rows arrive on the day of their event: one text to turn into a date, not two.
        arrived=ibis.ifelse(
            text.added.startswith(text.day), text.on, _day(text.added.substr(0, 8))
        ),
        given=text.quad.try_cast("int32"),
        **{
            name: text[name].try_cast("int64") for name in ("id", "mentions", "sources", "articles")
        },
    )
    known = cameo.select(
        coded=cameo.code,
        tenths=cameo.tenths,
        class_=cameo.quad,
        usual=(cameo.tenths / 10).cast("string"),
    )
    typed = numbers.left_join(known, numbers.code == known.coded)
    # Most scores are written as usual: one text to compare, and no number to make of it.
    typed = typed.mutate(usual=ibis.coalesce(typed.score == typed.usual, False))
    return typed.select(
        "file",
        "width",
        "id",
        "source",
        "target",
        "mentions",
        "sources",
        "articles",
        day=typed.on,
        known=ibis.ifelse(typed.width == BACKFILE, typed.on, typed.arrived),
        quad=typed.class_,
        weight=typed.mentions * typed.tenths,
        fault=_fault(typed, as_of),
    )


def _fault(row: Table, as_of: date) -> StringValue:
    """Return the first fault of a row, or an empty text."""
    placed = _all(
        row.whole,
        ibis.ifelse(row.usual, True, row.score.re_search(_SCORE)),
        row.id >= 0,
        row.mentions >= 0,
        row.sources >= 0,
        row.articles >= 0,
        row.given.between(1, 4),
        row.code.startswith(row.root),
        row.source.length().isin([0, 3]),
        row.target.length().isin([0, 3]),
    )
    dated = _all(
        row.month.length() == 6,
        row.year.length() == 4,
        row.day.startswith(row.month),
        row.month.startswith(row.year),
    )
    in_time = _all(row.on <= row.arrived, row.arrived <= as_of)
    tenths = row.score.try_cast("float64") * 10
    scored = _all(ibis.ifelse(row.usual, True, (tenths - row.tenths).abs() < 0.5))
    return ibis.cases(
        (~row.width.isin(list(LAYOUTS)), "columns"),
        (row.code.isin(["", "---"]), "code"),
        (~placed, "shifted"),
        (row.on.isnull() | row.arrived.isnull(), "date"),
        (~dated, "shifted"),
        (~in_time, "future"),
        (row.tenths.isnull(), "code"),
        (~scored, "score"),
        else_="",
    )


def _all(*tests: BooleanValue) -> BooleanValue:
    """Return whether all tests hold; one that cannot be made does not hold."""
    held = tests[0]
    for test in tests[1:]:
        held = held & test
    return ibis.coalesce(held, False)


def _day(text: StringValue) -> ibis.expr.types.DateValue:
    """Return the day of eight digits, or NULL."""
    parts = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2)
    return ibis.ifelse(text.length() == 8, parts, ibis.null("string")).try_cast("date")
