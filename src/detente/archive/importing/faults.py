"""Finding the line of a fault: a second look at a file that has already been refused."""

from __future__ import annotations

from typing import Any

import duckdb

from detente.archive.importing.recognise import SourceFile
from detente.errors import ImportRefused, at


def refuse_where(
    con: duckdb.DuckDBPyConnection, source: SourceFile, condition: str, column: str, advice: str
) -> None:
    """Refuse a file at its first row that satisfies an SQL condition; do nothing if none does.

    Args:
        con: any connection with the cleaning macros.
        source: the file.
        condition: SQL over the file's columns; an absent column is not named in it.
        column: the column to blame, whose value is quoted.
        advice: what is wrong and what to do, after the value.

    Raises:
        ImportRefused: a row satisfies the condition.
    """
    rows: list[tuple[Any, ...]] = con.execute(
        f'SELECT line, "{column}" FROM (SELECT row_number() OVER () + 1 AS line, * '
        f"FROM {source.relation()}) WHERE {condition} ORDER BY line LIMIT 1"
    ).fetchall()
    if rows:
        line, value = rows[0]
        raise ImportRefused(
            f"{at(source.path, line)}, column {column}: “{'' if value is None else value}” {advice}"
        )
