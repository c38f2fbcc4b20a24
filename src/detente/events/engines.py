"""Where the expressions run: DuckDB in this process, or Spark on this machine or a cluster."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from detente.errors import DetenteError, ImportRefused
from detente.events.facts import actors, codes
from detente.events.files import first_width
from detente.events.rows import ARRIVAL, LAYOUTS, PLACES, SECOND, from_lines, judge

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table
    from pyspark.sql import DataFrame, SparkSession

MEMORY = "1200MB"
"""What DuckDB may take before it writes to disk."""


class EngineError(DetenteError):
    """An engine that there is not, that is not installed, or that does not start."""

    exit_code = 2


class Engine(Protocol):
    """What an expression needs of the place where it runs."""

    cameo: Table
    actors: Table

    def lines(self, paths: Sequence[str]) -> Table:
        """Return the raw lines of text files: ``line``, ``file``."""

    def judged(self, paths: Sequence[str], as_of: date) -> Table:
        """Return the checked rows of text files, worked out once."""

    def parquet(self, paths: Sequence[str]) -> Table:
        """Return the rows of Parquet files of one layout."""

    def keep(self, table: Table, name: str) -> Table:
        """Work a table out once, for several uses."""

    def arrow(self, table: Table) -> pa.Table:
        """Return the rows of an expression."""


def open_engine(name: str, scratch: Path | None = None) -> Engine:
    """Return the engine of a name: ``duckdb``, ``local[N]``, ``spark://HOST:PORT``, ``yarn``, ….

    Args:
        name: DuckDB, or the master of a Spark cluster.
        scratch: where DuckDB may put what does not fit into memory.

    Raises:
        EngineError: there is no such engine, or it cannot be started here.
    """
    if name == "duckdb":
        return Duck(scratch)
    if re.fullmatch(r"local(\[(\*|\d+)\])?|spark://.+|yarn|k8s://.+", name):
        return Spark(_session(name))
    raise EngineError(
        f"there is no engine “{name}”: choose duckdb, or a Spark master such as local[2], "
        "spark://host:7077, yarn or k8s://host"
    )


class Duck:
    """DuckDB in this process."""

    def __init__(self, scratch: Path | None = None, threads: int | None = None) -> None:
        import ibis

        self.con = ibis.duckdb.connect()
        settings: dict[str, Any] = {
            "memory_limit": MEMORY,
            "threads": threads or os.cpu_count() or 1,
            "preserve_insertion_order": False,
            "enable_progress_bar": False,
            # A join is written with its small side on the right; DuckDB, which cannot know how many
            # lines a file has, would else build its table of the lines.
            "disabled_optimizers": "join_order,build_side_probe_side",
        }
        if scratch is not None:
            settings["temp_directory"] = str(scratch)
        for key, value in settings.items():
            self.con.con.execute(f"SET {key} = {literal(value)}")
        self.cameo, self.actors = (self.con.create_table(*fact) for fact in _facts())

    def lines(self, paths: Sequence[str], encoding: str = "utf-8") -> Table:
        """Return the raw lines of text files, each as one column that nothing parts."""
        self.con.con.execute(
            "CREATE OR REPLACE TEMP VIEW lines AS "
            "SELECT line, filename AS file FROM read_csv("
            f"[{', '.join(literal(path) for path in paths)}], columns = {{'line': 'VARCHAR'}}, "
            "delim = '', quote = '', escape = '', header = false, auto_detect = false, "
            f"filename = true, encoding = '{encoding}')"
        )
        return self.con.table("lines")

    def parted(self, paths: Sequence[str]) -> Table:
        """Return the columns that `from_lines` returns, parted by DuckDB's own reader.

        It is quicker, and fails at a row whose width is not that of its file's first row. Files
        whose first row is of no known width are read line by line.

        Returns:
            A table that is read when it is used.
        """
        by_width: dict[int, list[str]] = {}
        for path in paths:
            by_width.setdefault(first_width(path), []).append(path)
        odd = [path for width in set(by_width) - set(LAYOUTS) for path in by_width.pop(width)]
        tables = [from_lines(self.lines(odd))] if odd else []
        if by_width:
            reads = " UNION ALL ".join(_parted(of, width) for width, of in by_width.items())
            self.con.con.execute(f"CREATE OR REPLACE TEMP VIEW parted AS {reads}")
            tables.append(self.con.table("parted"))
        if len(tables) == 1:
            return tables[0]
        one, other = tables
        return one.union(other.select(*one.columns))

    def judged(self, paths: Sequence[str], as_of: date) -> Table:
        """Return the checked rows of text files; bytes that are not UTF-8 are read as Latin-1.

        Only names of places can hold them, which are not used. Files are parted by DuckDB's reader;
        where that finds a row of another width, all are read again, line by line.

        Raises:
            ImportRefused: a path is not there, or a file is no text of lines.
        """
        import duckdb

        reason = ""
        ways: tuple[Callable[[], Table], ...] = (
            lambda: self.parted(paths),
            lambda: from_lines(self.lines(paths)),
            lambda: from_lines(self.lines(paths, "latin-1")),
        )
        for columns in ways:
            try:
                return self.keep(judge(columns(), self.cameo, as_of), "judged")
            except duckdb.Error as error:
                reason = str(error).strip().splitlines()[0]
        raise _unreadable(paths, reason)

    def parquet(self, paths: Sequence[str]) -> Table:
        """Return the rows of Parquet files."""
        return self.con.read_parquet(list(paths))

    def keep(self, table: Table, name: str) -> Table:
        """Work a table out into a temporary table."""
        return self.con.create_table(name, table, temp=True, overwrite=True)

    def arrow(self, table: Table) -> pa.Table:
        """Return the rows of an expression."""
        return self.con.to_pyarrow(table)


class Spark:
    """A Spark session; files are read by Spark, so that every worker reads its own part."""

    def __init__(self, session: SparkSession) -> None:
        import ibis

        self.session = session
        # A line that is too short has no column 57: NULL, as on the other engines, and no failure.
        session.conf.set("spark.sql.ansi.enabled", "false")
        session.conf.set("spark.sql.session.timeZone", "UTC")
        self.con = ibis.pyspark.connect(session)
        self.cameo, self.actors = (
            self._named(session.createDataFrame(table.to_pylist()), name)
            for name, table in _facts()
        )

    def lines(self, paths: Sequence[str]) -> Table:
        """Return the raw lines of text files, zipped by gzip or bzip2 or not, at any address."""
        from pyspark.sql.functions import col

        frame = self.session.read.text(list(paths))
        named = frame.select(col("value").alias("line"), col("_metadata.file_path").alias("file"))
        return self._named(named, "lines")

    def judged(self, paths: Sequence[str], as_of: date) -> Table:
        """Return the checked rows of text files.

        Raises:
            ImportRefused: a path is not there.
        """
        from pyspark.errors import AnalysisException

        try:
            lines = self.lines(paths)
        except AnalysisException as error:
            raise _unreadable(paths, str(error).strip().splitlines()[0]) from None
        return self.keep(judge(from_lines(lines), self.cameo, as_of), "judged")

    def parquet(self, paths: Sequence[str]) -> Table:
        """Return the rows of Parquet files."""
        return self._named(self.session.read.parquet(*paths), "stored")

    def keep(self, table: Table, name: str) -> Table:
        """Work a table out once and hold it in the workers' memory or on their disks."""
        return self._named(self.session.sql(self.con.compile(table)).persist(), name)

    def arrow(self, table: Table) -> pa.Table:
        """Return the rows of an expression."""
        found: pa.Table = self.session.sql(self.con.compile(table)).toArrow()
        return found

    def _named(self, frame: DataFrame, name: str) -> Table:
        frame.createOrReplaceTempView(name)
        return self.con.table(name)


def _parted(paths: Sequence[str], width: int) -> str:
    """Return the query that reads files of one width into the columns of `from_lines`."""
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    wanted = {name: f"c{place}" for name, place in PLACES.items()}
    arrival = f"c{ARRIVAL[width]}"
    wanted["added_first"] = "NULL::VARCHAR" if width == SECOND else arrival
    wanted["added_second"] = arrival if width == SECOND else "NULL::VARCHAR"
    columns = ", ".join(f"{column} AS {name}" for name, column in wanted.items())
    # An empty cell is an empty text, as in a parted line: what stands for NULL never occurs.
    return (
        f"SELECT filename AS file, {width}::INTEGER AS width, {columns} FROM read_csv("
        f"[{', '.join(literal(path) for path in paths)}], columns = {{{names}}}, delim = '\t', "
        "quote = '', escape = '', nullstr = '\x00NULL\x00', header = false, auto_detect = false, "
        "filename = true)"
    )


def _unreadable(paths: Sequence[str], reason: str) -> ImportRefused:
    """Return the refusal of files that an engine cannot read as lines of text."""
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return ImportRefused(f"{paths[0]}{more} cannot be read as lines of text ({reason.rstrip('.')})")


def _facts() -> tuple[tuple[str, pa.Table], tuple[str, pa.Table]]:
    """Return the facts about CAMEO as Arrow tables, each with its name."""
    import pyarrow as pa

    return (
        (
            "cameo",
            pa.table(
                {
                    "code": [row.code for row in codes()],
                    "tenths": pa.array([row.tenths for row in codes()], pa.int64()),
                    "quad": pa.array([row.quad for row in codes()], pa.int64()),
                }
            ),
        ),
        (
            "actors",
            pa.table(
                {"code": [row.code for row in actors()], "iso3": [row.iso3 for row in actors()]}
            ),
        ),
    )


def _session(master: str) -> SparkSession:
    """Start Spark, or take the session that runs."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError(
            "Spark is not installed: install detente[spark], or leave out --engine"
        ) from None
    builder = SparkSession.builder.master(master).appName("detente")
    if master.startswith("local"):
        local = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": str(_cores(master)),
        }
        for key, value in local.items():
            builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError) as error:
        first = str(error).strip().splitlines()[0]
        raise EngineError(
            f"Spark at {master} does not start ({first}): it needs Java 17, and a master that runs"
        ) from None


def _cores(master: str) -> int:
    """Return how many threads a local master such as ``local[2]`` has."""
    found = re.search(r"\d+", master)
    return int(found[0]) if found else os.cpu_count() or 1


def literal(value: object) -> str:
    """Return a value as it stands in SQL."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
