"""States, the names they bore, and who belonged to what when, from the hand-kept facts.

Only the Council's terms come from raw material (a table by year); everything else is in
``archive/facts``. Corrections are listed in docs/archive.md.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

# The four present regional groups and the Western one were set by A/RES/1991(XVIII).
_GROUPS_SINCE = "DATE '1963-12-17'"


def build_states(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Fill `states`, `state_names` and `memberships`."""
    con.execute(
        "INSERT INTO states SELECT iso3, cow, name_en, name_fr, first_day, last_day, continues, "
        "region FROM fact_states"
    )
    _names(con)
    _united_nations_and_groups(con)
    _council(con, raw / "un" / "sc_membership_1946-2026.csv")


def _names(con: duckdb.DuckDBPyConnection) -> None:
    """Historic names as they are listed; today's name fills every day that none of them covers."""
    con.execute(
        """
        INSERT INTO state_names
        WITH listed AS (
          SELECT iso3, name_en, name_fr, first_day, last_day FROM fact_state_names
        ), breaks AS (
          SELECT iso3, first_day AS gap_first, NULL::DATE AS name_first FROM fact_states
          UNION ALL SELECT iso3, last_day + 1, NULL FROM listed
        ), gaps AS (
          SELECT b.iso3, b.gap_first,
                 (SELECT min(l.first_day) FROM listed l
                  WHERE l.iso3 = b.iso3 AND l.first_day >= b.gap_first) - 1 AS gap_last
          FROM breaks b
        )
        FROM listed
        UNION ALL
        SELECT g.iso3, s.name_en, s.name_fr, g.gap_first, coalesce(g.gap_last, s.last_day)
        FROM gaps g JOIN fact_states s USING (iso3)
        WHERE g.gap_first <= coalesce(g.gap_last, s.last_day, DATE '9999-12-31')
        """
    )


def _united_nations_and_groups(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        f"""
        INSERT INTO memberships
        SELECT iso3, body, first_day, last_day, confidence, source FROM fact_terms
        UNION ALL
        SELECT iso3, 'UN', first_day, last_day, 'SOURCE', 'Roster of Member States'
        FROM fact_states WHERE iso3 NOT IN (SELECT iso3 FROM fact_terms WHERE body = 'UN')
        UNION ALL
        SELECT iso3, region, greatest(first_day, {_GROUPS_SINCE}), last_day, 'SOURCE',
               'Regional groups of Member States; groups of A/RES/1991(XVIII)'
        FROM fact_states s
        WHERE NOT EXISTS (FROM fact_terms t WHERE t.iso3 = s.iso3 AND t.body = s.region)
        """
    )


def _council(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Terms on the Council: years of the raw table joined where they follow one another.

    The seat of China changes hands on 25 October 1971, that of Yemen on 22 May 1990; years after
    the last full one belong to members whose term has begun.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE seats AS
        WITH years AS (
          SELECT DISTINCT year, CASE iso3 WHEN 'SUN' THEN 'RUS' ELSE iso3 END AS iso3, permanent
          FROM read_csv('{path}', header=true)
        ), full_years AS (
          SELECT max(year) AS last FROM (
            SELECT year FROM years GROUP BY year HAVING count(*) >= 15)
        ), runs AS (
          SELECT iso3, year, year - row_number() OVER (PARTITION BY iso3 ORDER BY year) AS run
          FROM years
        ), terms AS (
          SELECT iso3, min(year) AS first_year, max(year) AS last_year
          FROM runs GROUP BY iso3, run
        )
        SELECT iso3, make_date(first_year, 1, 1) AS first_day,
               CASE WHEN iso3 IN ('CHN', 'FRA', 'GBR', 'RUS', 'USA') THEN NULL
                    ELSE make_date(last_year, 12, 31) END AS last_day
        FROM terms, full_years WHERE first_year <= last
        """
    )
    con.execute(
        """
        INSERT INTO memberships
        SELECT iso3, 'SC',
               CASE WHEN iso3 = 'CHN' THEN DATE '1971-10-25'
                    WHEN iso3 = 'YEM' AND first_day = DATE '1990-01-01' THEN DATE '1990-05-22'
                    ELSE first_day END,
               CASE WHEN iso3 = 'TWN' THEN DATE '1971-10-24' ELSE last_day END,
               'SOURCE', 'Members of the Security Council by year'
        FROM seats
        UNION ALL
        SELECT 'YMD', 'SC', DATE '1990-01-01', DATE '1990-05-21', 'SOURCE',
               'Members of the Security Council by year; union of Yemen on 22 May 1990'
        """
    )
