"""Importing official files into the user's own archive (``detente archive import``)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from detente.archive.cleaning import install
from detente.archive.folders import default, shipped
from detente.archive.importing import generation, official, voeten
from detente.archive.importing.merging import Change, load_tables, merge
from detente.archive.importing.recognise import SourceFile, recognise
from detente.archive.opening import damaged, read_manifest
from detente.archive.sources import SOURCES
from detente.archive.verifying import verify
from detente.archive.writing import new_tables, write_archive
from detente.errors import ImportRefused

__all__ = ["Change", "Imported", "Report", "import_files"]

# Where the days of a file's records are once it was read.
_STAGED = {
    "Assembly voting": "in_texts",
    "Council voting": "in_council",
    "Assembly outcomes": "in_adoptions",
    "Voeten votes": "in_rcids",
    "Voeten roll calls": "in_rcids",
}
_LEVEL = 6  # of zstd: a third larger than what ships, and five times quicker to write


@dataclass(frozen=True)
class Imported:
    """A file that was read: its name, layout, rows, days of its first and last record, SHA-256."""

    file: str
    layout: str
    rows: int
    first: str
    last: str
    sha256: str


@dataclass(frozen=True)
class Report:
    """What an import did, or would do.

    Attributes:
        files: what was read.
        changes: texts added and replaced, by table.
        folder: the new generation; None after a dry run.
    """

    files: tuple[Imported, ...]
    changes: tuple[Change, ...]
    folder: Path | None


def import_files(
    paths: Sequence[Path],
    replace: bool = False,
    dry_run: bool = False,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Read files in an official layout into a new generation of the user's archive.

    A text with the symbol of one that is there replaces it; a new one extends the record. The
    generation is written beside the old one, verified, flushed to disk and swapped in one step.

    Args:
        paths: the files; their layout is told by their columns.
        replace: start from nothing but the files (states, terms and procedure stay).
        dry_run: do everything but the swap.
        step: told of progress, in stages.

    Raises:
        ArchiveError: the archive to add to is damaged.
        ImportRefused: a file cannot be read, or the archive it would make fails a check; the
            archive in use is untouched.
    """
    sources = [recognise(path) for path in paths]
    if not sources:
        raise ImportRefused("no file was named: name one or more files to import")
    stages = len(sources) + 4
    place = shipped() if replace else default()
    before = read_manifest(place)
    con = new_tables()
    install(con)
    try:
        load_tables(con, place, record=not replace)
    except duckdb.Error as error:
        raise damaged(place, "a table cannot be read") from error
    official.prepare(con)
    voeten.prepare(con)
    step(1, stages)
    files = []
    for done, source in enumerate(sources, start=2):
        files.append(_read(con, source))
        step(done, stages)
    voeten.check_described(con)
    changes = merge(con)
    step(stages - 2, stages)
    imports = [] if replace else list(before.get("imports", []))
    about: dict[str, Any] = {
        "sources": [asdict(source) for source in SOURCES],
        "corrections": [] if replace else before["corrections"],
        "imports": [*imports, *(asdict(file) for file in files)],
    }
    with generation.incoming() as folder:
        write_archive(con, folder, about, level=_LEVEL)
        con.close()
        step(stages - 1, stages)
        failed = [check for check in verify(folder) if not check.passed]
        if failed:
            raise ImportRefused(
                f"the archive that {_named(paths)} would make fails the check “{failed[0].name}” "
                f"({failed[0].faults[0]}): correct the file"
            )
        target = None if dry_run else generation.swap(folder)
    step(stages, stages)
    return Report(tuple(files), tuple(changes), target)


def _named(paths: Sequence[Path]) -> str:
    return " and ".join(path.name for path in paths)


def _read(con: duckdb.DuckDBPyConnection, source: SourceFile) -> Imported:
    match source.layout.name:
        case "Assembly voting":
            rows = official.read_voting(con, source, council=False)
        case "Council voting":
            rows = official.read_voting(con, source, council=True)
        case "Assembly outcomes":
            rows = official.read_outcomes(con, source)
        case "Voeten votes":
            rows = voeten.read_votes(con, source)
        case "Voeten roll calls":
            rows = voeten.read_rollcalls(con, source)
    if rows == 0:
        raise ImportRefused(f"{source.path.name} has a header and no rows: download it again")
    staged = _STAGED[source.layout.name]
    ((first, last),) = con.execute(
        f"SELECT min(date)::VARCHAR, max(date)::VARCHAR FROM {staged}"
    ).fetchall()
    with source.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Imported(source.path.name, source.layout.name, rows, first or "", last or "", digest)
