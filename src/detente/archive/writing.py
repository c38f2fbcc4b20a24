"""Writing an archive folder: Parquet files of the same bytes for the same rows, and a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from detente.archive.schema import EVIDENCE, SCHEMA_VERSION, TABLES

_VOTES_OF = {"rollcalls": ("votes", "vote_id"), "sc_rollcalls": ("sc_votes", "symbol")}


def new_tables() -> duckdb.DuckDBPyConnection:
    """Return a connection that holds the archive's tables, empty."""
    con = duckdb.connect(":memory:")
    con.execute("SET preserve_insertion_order = true")
    con.execute("SET enable_progress_bar = false")
    for table in TABLES.values():
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        con.execute(f"CREATE TABLE {table.name} ({columns})")
    return con


def insert_rows(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows in one statement; a list a column is far quicker than a statement a row."""
    if rows:
        places = ", ".join("unnest(?)" for _ in rows[0])
        columns = [list(column) for column in zip(*rows, strict=True)]
        con.execute(f"INSERT INTO {table} SELECT {places}", columns)


def seal_votes(con: duckdb.DuckDBPyConnection) -> None:
    """Set `votes_md5` of every roll call: the MD5 of its ``iso3:vote`` pairs in order."""
    for table, (votes, key) in _VOTES_OF.items():
        con.execute(
            f"UPDATE {table} SET votes_md5 = sealed.md5 FROM ("
            f"SELECT {key} AS key, md5(string_agg(iso3 || ':' || vote, ',' ORDER BY iso3)) AS md5 "
            f"FROM {votes} GROUP BY {key}) sealed WHERE sealed.key = {table}.{key}"
        )


def write_archive(
    con: duckdb.DuckDBPyConnection, folder: Path, about: Mapping[str, Any], level: int = 19
) -> dict[str, Any]:
    """Write every table of the connection into a folder, and the manifest; return the manifest.

    One thread writes, in the schema's total order, so the same rows give the same bytes.

    Args:
        con: a connection made by `new_tables` and filled.
        folder: made if absent; files of the same names are replaced.
        about: what else the manifest says: sources, terms, corrections.
        level: of zstd; 19 is small and slow.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seal_votes(con)
    con.execute("SET threads = 1")
    files = {}
    for table in TABLES.values():
        path = folder / f"{table.name}.parquet"
        columns = ", ".join(f"t.{column}" for column in table.columns)
        target = str(path).replace("'", "''")
        con.execute(
            f"COPY (SELECT {columns} FROM {table.name} t {table.beside} "
            f"ORDER BY {table.order}) TO '{target}' "
            f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {level}, ROW_GROUP_SIZE 1048576)"
        )
        files[table.name] = _about_file(con, table.name, path)
    con.execute("RESET threads")
    union = " UNION ALL ".join(f"SELECT date FROM {table}" for table in EVIDENCE)
    ((first, last),) = con.execute(
        f"SELECT min(date)::VARCHAR, max(date)::VARCHAR FROM ({union})"
    ).fetchall()
    manifest = {"schema": SCHEMA_VERSION, "span": [first, last], "tables": files, **about}
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def _about_file(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> dict[str, Any]:
    ((rows,),) = con.execute(f"SELECT count(*) FROM {table}").fetchall()
    about: dict[str, Any] = {"rows": rows}
    if "date" in TABLES[table].columns:
        ((first, last),) = con.execute(
            f"SELECT min(date)::VARCHAR, max(date)::VARCHAR FROM {table}"
        ).fetchall()
        about["span"] = [first, last]
    about["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return about
