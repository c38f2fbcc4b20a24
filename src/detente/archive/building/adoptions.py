"""Assembly texts with no roll call: official rows, and those inferred for sessions 1 to 73.

An inferred text has a symbol and no date. Numbers run in order of adoption within a session, so it
was adopted no later than the next higher-numbered text that has a date, or than any dated text
below that one (the running maximum: where the order errs, the bound errs on the late side). Where
no dated text follows, and for a part B and later, which is often adopted months after part A under
the same number, the bound is the last day of the session. `date_order` measures how often it errs.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from detente.archive.symbols import assembly
from detente.archive.writing import insert_rows


def read_inferred(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Make the temporary table `inferred`: symbol, session, number, part, evidence."""
    path = raw / "un" / "ga_adopted_without_recorded_vote_inferred.csv"
    rows = con.execute(
        f"SELECT resolution, evidence LIKE 'number gap%' FROM read_csv('{path}', header=true)"
    ).fetchall()
    con.execute(
        "CREATE TEMP TABLE inferred "
        "(symbol VARCHAR, session VARCHAR, number INTEGER, part VARCHAR, gap BOOLEAN)"
    )
    read = [(symbol, gap) for text, gap in rows if (symbol := assembly(text)) is not None]
    insert_rows(con, "inferred", [(s.text, s.session, s.number, s.part, gap) for s, gap in read])


def read_numbers(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Make the temporary table `dated`: session, number and part of every text with a date."""
    con.execute("CREATE TEMP TABLE numbers (symbol VARCHAR, number INTEGER, part VARCHAR)")
    symbols = con.execute("SELECT DISTINCT symbol FROM texts WHERE symbol IS NOT NULL").fetchall()
    read = [assembly(text) for (text,) in symbols]
    insert_rows(con, "numbers", [(s.text, s.number, s.part) for s in read if s is not None])
    con.execute(
        """
        CREATE TEMP TABLE dated AS
        SELECT t.session, n.number, n.part, d.date, t.symbol
        FROM texts t JOIN dates d USING (vote_id) JOIN numbers n USING (symbol)
        WHERE d.date IS NOT NULL
        """
    )
    con.execute(
        f"""
        CREATE TEMP TABLE ends AS
        SELECT session_number::VARCHAR AS session,
               coalesce(lead(first_day) OVER (ORDER BY session_number) - 1,
                        first_day + 364) AS last_day
        FROM fact_sessions
        UNION ALL
        SELECT CASE type WHEN 'ESS' THEN 'ES-' ELSE 'S-' END || number,
               coalesce(closed::DATE, (SELECT max(d.date) FROM dated d
                                       WHERE d.session = 'ES-' || number))
        FROM read_csv('{raw / "procedure" / "special_sessions.csv"}', header=true)
        """
    )


LATER_PART = r"part SIMILAR TO '[B-Z].*'"


def bound_dates(con: duckdb.DuckDBPyConnection, table: str, leave_out_self: bool) -> str:
    """Return SQL that bounds the date of each row of ``table`` (symbol, session, number, part)."""
    other = "AND d.symbol <> i.symbol" if leave_out_self else ""
    return f"""
        WITH firsts AS (
          SELECT session, symbol, number, date FROM dated WHERE NOT {LATER_PART}
        ), following AS (
          SELECT i.symbol, i.session, i.number, i.part, min(d.number) AS next_number
          FROM {table} i LEFT JOIN firsts d
            ON d.session = i.session AND d.number >= i.number {other}
          GROUP BY ALL
        )
        SELECT f.symbol, f.session, f.number, f.part,
               CASE WHEN f.next_number IS NULL OR f.{LATER_PART} THEN e.last_day
                    ELSE max(d.date) END AS bound
        FROM following f LEFT JOIN firsts d
          ON d.session = f.session AND d.number <= f.next_number
             {"AND d.symbol <> f.symbol" if leave_out_self else ""}
        LEFT JOIN ends e ON e.session = f.session
        GROUP BY f.symbol, f.session, f.number, f.part, f.next_number, e.last_day
    """


def fill_adoptions(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `adoptions`."""
    con.execute(
        """
        INSERT INTO adoptions
        SELECT t.symbol,
               CASE WHEN t.record_type = 'adopted without a vote' THEN 'without a vote'
                    ELSE 'vote not recorded' END,
               d.date, 'official', t.session,
               coalesce(try_cast(t.session AS SMALLINT), s.session_number),
               n.number, t.title, t.agenda, t.subjects, t.committee, 'official record', t.source
        FROM texts t JOIN dates d USING (vote_id) JOIN numbers n USING (symbol)
        ASOF JOIN fact_sessions s ON d.date >= s.first_day
        WHERE t.kind IS NULL
        """
    )
    con.execute(
        f"""
        INSERT INTO adoptions
        SELECT b.symbol, 'without a vote', b.bound, 'no later than', b.session,
               coalesce(try_cast(b.session AS SMALLINT), s.session_number), b.number,
               NULL, NULL, NULL, NULL,
               CASE WHEN i.gap THEN 'gap in the numbering'
                    ELSE 'listed as adopted, in no list of votes' END,
               'UN Digital Library'
        FROM ({bound_dates(con, "inferred", False)}) b JOIN inferred i USING (symbol)
        ASOF JOIN fact_sessions s ON b.bound >= s.first_day
        WHERE b.symbol NOT IN (SELECT symbol FROM adoptions)
          AND b.symbol NOT IN (SELECT symbol FROM texts WHERE symbol IS NOT NULL)
        """
    )


def date_order(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return how many dated texts were bounded without their own date, and how many too early.

    A bound that is too early would let a text be known before it was adopted.
    """
    ((checked, early),) = con.execute(
        f"""
        SELECT count(*), count(*) FILTER (b.bound < d.date)
        FROM ({bound_dates(con, "dated", True)}) b JOIN dated d USING (symbol)
        WHERE b.bound IS NOT NULL
        """
    ).fetchall()
    return int(checked), int(early)
