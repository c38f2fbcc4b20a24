"""Opening the archive: DuckDB in memory, one view a table, nothing later than the as-of date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy.typing as npt

from detente.archive.folders import default
from detente.archive.schema import EVIDENCE, SCHEMA_VERSION, TABLES
from detente.archive.table import Table
from detente.errors import ArchiveError, OutsideRecord

# `votes_md5` stands for the votes of a roll call, so the two long tables need not be read.
_NOT_HASHED = ("votes", "sc_votes")


class Archive:
    """The public record, as it stood on its as-of date.

    Every table of `detente.archive.schema` is a view that holds nothing later than ``as_of``.
    A file that cannot be read is an `ArchiveError`, whenever it shows.

    Attributes:
        as_of: the as-of date; None where everything is let through.
        folder: where the Parquet files lie.
        manifest: what is in the folder: tables, spans, sources, terms, corrections.
    """

    def __init__(self, folder: Path, as_of: date | None, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.as_of = as_of
        self.manifest = manifest
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("SET enable_progress_bar = false")
        for table in TABLES.values():
            try:
                self._connection.execute(_view(table, folder, as_of))
            except duckdb.Error as error:
                raise self._damaged(f"{table.name}.parquet cannot be read") from error

    def sql(self, query: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; ``?`` in it stand for ``params``."""
        return self._run(query, params).fetchall()

    def arrays(self, query: str, params: Sequence[object] = ()) -> dict[str, npt.NDArray[Any]]:
        """Return the columns of a query, each an array, masked where a value is NULL."""
        columns: dict[str, npt.NDArray[Any]] = self._run(query, params).fetchnumpy()
        return columns

    def _run(self, query: str, params: Sequence[object]) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(query, list(params))
        except duckdb.Error as error:
            if not _of_a_file(error):
                raise
            raise self._damaged("a table cannot be read") from error

    def _damaged(self, what: str) -> ArchiveError:
        return damaged(self.folder, what)

    @cached_property
    def _span(self) -> tuple[date, date]:
        union = " UNION ALL ".join(f"SELECT date FROM {table}" for table in EVIDENCE)
        ((first, last),) = self.sql(f"SELECT min(date), max(date) FROM ({union})")
        return first, last

    @property
    def first_day(self) -> date:
        """The day of the first record."""
        return self._span[0]

    @property
    def last_day(self) -> date:
        """The day of the last record that the as-of date lets through."""
        return self._span[1]

    @cached_property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that name what the as-of date lets through.

        Later records never change it: it is the MD5 of the visible rows of every table, in order,
        where a roll call's `votes_md5` stands for its votes.
        """
        digest = hashlib.md5(usedforsecurity=False)
        for table in TABLES.values():
            if table.name in _NOT_HASHED:
                continue
            order = ", ".join(table.key)
            query = (
                f"SELECT md5(string_agg(r::VARCHAR, chr(10) ORDER BY {order})) "
                f"FROM (SELECT t AS r, {order} FROM {table.name} t)"
            )
            digest.update(f"{table.name} {self.sql(query)[0][0]}\n".encode())
        return digest.hexdigest()


def damaged(folder: Path, what: str) -> ArchiveError:
    """Return the refusal of an archive whose files are there and cannot be read."""
    return ArchiveError(
        f"the archive in {folder} is damaged ({what}): go back to what ships with `detente archive "
        "reset`, then import your files again"
    )


def _of_a_file(error: duckdb.Error) -> bool:
    # DuckDB gives the bare class for a Parquet page whose header makes no sense.
    if type(error) is duckdb.Error:
        return True
    of_files = (duckdb.IOException, duckdb.InvalidInputException)
    return isinstance(error, of_files) and "file" in str(error)


def open_archive(as_of: date | None = None, folder: Path | str | None = None) -> Archive:
    """Open the archive as it stood on a day.

    Args:
        as_of: hide every record later than this day; None lets everything through.
        folder: an archive folder; by default the user's own if there is one, else what ships.

    Raises:
        ArchiveError: there is no archive there.
        OutsideRecord: it does not reach that day.
    """
    place = default() if folder is None else Path(folder)
    manifest = read_manifest(place)
    if as_of is not None:
        first, last = (date.fromisoformat(str(day)) for day in manifest["span"])
        if as_of < first:
            raise OutsideRecord(
                f"the archive begins on {first} and cannot be read as of {as_of}: "
                "choose a later date"
            )
        if as_of > last:
            raise OutsideRecord(
                f"the archive ends on {last} and cannot be read as of {as_of}: choose an earlier "
                "date, or add newer records with `detente archive import`"
            )
    return Archive(place, as_of, manifest)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an archive folder.

    Raises:
        ArchiveError: the folder holds no archive, or one of another schema.
    """
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArchiveError(
            f"there is no archive in {folder}: build one with `detente archive build`, or go back "
            "to what ships with `detente archive reset`"
        ) from error
    if manifest.get("schema") != SCHEMA_VERSION:
        raise ArchiveError(
            f"the archive in {folder} has schema {manifest.get('schema')} and this Détente reads "
            f"schema {SCHEMA_VERSION}: import the files again, or call `detente archive reset`"
        )
    missing = sorted(name for name in TABLES if not (folder / f"{name}.parquet").is_file())
    if missing:
        raise ArchiveError(
            f"the archive in {folder} lacks {missing[0]}.parquet: import the files again, or go "
            "back to what ships with `detente archive reset`"
        )
    return manifest


def _view(table: Table, folder: Path, as_of: date | None) -> str:
    path = str(folder / f"{table.name}.parquet").replace("'", "''")
    source = f"read_parquet('{path}')"
    if as_of is None:
        return f"CREATE VIEW {table.name} AS SELECT * FROM {source}"
    day = f"DATE '{as_of.isoformat()}'"
    columns = ", ".join(
        f"{table.known[column].format(day=day)} AS {column}" if column in table.known else column
        for column in table.columns
    )
    visible = table.visible.format(day=day)
    return f"CREATE VIEW {table.name} AS SELECT {columns} FROM {source} t WHERE {visible}"
