"""The same table from a public table of events in a warehouse: the query, not its execution."""

from __future__ import annotations

from datetime import date

import ibis

from detente.events.asking import Question
from detente.events.dyads import dyads, once, sums
from detente.events.rows import PUBLIC, from_public, judge

_TEXT = {"source", "target", "code", "root"}


def query(
    question: Question,
    dialect: str = "bigquery",
    table: str = "gdelt-bq.gdeltv2.events",
    today: date | None = None,
) -> str:
    """Return the query for dyad-days in a warehouse's dialect.

    It reads ``table``, whose columns have GDELT's names (GDELT 2.0, or the table of 1.0, in which
    the backfile counts as known since it arrived, in 2013), and two tables loaded beside it from
    this package's facts: ``cameo`` (code STRING, tenths INT64, quad INT64: tenths are the Goldstein
    score times ten) and ``actors`` (code STRING, iso3 STRING).

    Args:
        question: which dyad-days.
        dialect: as Ibis calls it: bigquery, trino, snowflake, clickhouse, ….
        table: its name, parts parted by full stops.
        today: an arrival after this day is a fault; by default the as-of date, else today.
    """
    *above, name = table.split(".")
    schema = {
        column: "string" if key in _TEXT else "float64" if key == "score" else "int64"
        for key, column in PUBLIC.items()
    }
    database = above.pop() if above else None
    catalog = ".".join(above) or None
    events = ibis.table(schema, name=name, catalog=catalog, database=database)
    cameo = ibis.table({"code": "string", "tenths": "int64", "quad": "int64"}, name="cameo")
    actors = ibis.table({"code": "string", "iso3": "string"}, name="actors")
    until = today or question.as_of or date.today()
    judged = judge(from_public(events), cameo, until)
    counted = sums(once(judged.filter(judged.fault == "")), actors)
    wanted = dyads(counted, question.first, question.last, question.as_of, question.pairs)
    return str(ibis.to_sql(wanted, dialect=dialect))
