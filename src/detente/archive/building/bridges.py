"""Pairs of roll calls on one text: the published ones."""

from __future__ import annotations

from pathlib import Path

import duckdb


def fill_bridges(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Fill `bridges` from the published pairs."""
    path = raw / "un" / "repeated_votes_bridges.csv"
    con.execute(
        f"""
        INSERT INTO bridges
        SELECT a.vote_id, b.vote_id, 'published'
        FROM read_csv('{path}', header=true) p
        JOIN rollcalls a ON a.rcid = p.rcid1 JOIN rollcalls b ON b.rcid = p.rcid2
        """
    )
