"""Telling the layout of a file by its columns, whatever its name, and reading it with DuckDB."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

import duckdb

from detente.errors import ImportRefused, at

LayoutName = Literal[
    "Assembly voting", "Assembly outcomes", "Council voting", "Voeten votes", "Voeten roll calls"
]


@dataclass(frozen=True)
class Layout:
    """A layout of files that anyone can download.

    Attributes:
        name: what it is called in reports.
        needs: columns without which the file is not of this layout.
        lacks: columns that would make it another layout.
    """

    name: LayoutName
    needs: frozenset[str]
    lacks: frozenset[str]


def _layout(name: LayoutName, needs: str, lacks: str = "") -> Layout:
    return Layout(name, frozenset(needs.split()), frozenset(lacks.split()))


LAYOUTS = (
    _layout(
        "Assembly voting",
        "undl_id ms_code ms_name ms_vote date session resolution title total_yes total_no "
        "total_abstentions",
        "permanent_member",
    ),
    _layout(
        "Council voting",
        "undl_id ms_code ms_name permanent_member ms_vote date resolution description modality "
        "total_yes total_no total_abstentions",
    ),
    _layout("Assembly outcomes", "undl_id date session resolution title modality", "ms_code"),
    _layout("Voeten votes", "rcid ccode vote"),
    _layout("Voeten roll calls", "rcid session date unres", "vote"),
)


@dataclass(frozen=True)
class SourceFile:
    """A file whose layout is known.

    Attributes:
        path: where it lies.
        layout: its layout.
        columns: its columns in order, as the header writes them.
        delimiter: what parts its cells.
    """

    path: Path
    layout: Layout
    columns: tuple[str, ...]
    delimiter: str

    def relation(self) -> str:
        """Return SQL that reads the file, every column as text; a broken line raises."""
        path = str(self.path).replace("'", "''")
        columns = ", ".join(f"'{_quoted(name)}': 'VARCHAR'" for name in self.columns)
        return (
            f"read_csv('{path}', auto_detect=false, header=true, delim='{self.delimiter}', "
            f"quote='\"', escape='\"', strict_mode=true, columns={{{columns}}})"
        )

    def column(self, name: str) -> str:
        """Return SQL for a column that may be absent: NULL where the file does not have it."""
        return f'"{name}"' if name in self.columns else "NULL::VARCHAR"


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def recognise(path: Path) -> SourceFile:
    """Tell a file's layout from its header.

    Raises:
        ImportRefused: it cannot be read, is not UTF-8, is empty, or its columns are of no layout.
    """
    try:
        with path.open("rb") as file:
            head = file.read(1 << 16)
    except OSError as error:
        raise ImportRefused(f"{path} cannot be read: check its name and place") from error
    if not head.strip():
        raise ImportRefused(f"{at(path)} is empty: download it again")
    line = re.split(rb"\r\n|\n|\r", head, maxsplit=1)[0]
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, 1) from error
    if "\0" in text:
        raise _not_utf8(path, 1)
    delimiter = max("\t,;", key=text.count)
    columns = tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter)))
    for layout in LAYOUTS:
        if layout.needs <= set(columns) and not layout.lacks & set(columns):
            if len(set(columns)) < len(columns):
                twice = next(name for name in columns if columns.count(name) > 1)
                raise ImportRefused(f"{at(path, 1)}: the column “{twice}” stands twice: remove one")
            return SourceFile(path, layout, columns, delimiter)
    shown = ", ".join(columns[:6]) + (", …" if len(columns) > 6 else "")
    raise ImportRefused(
        f"{at(path, 1)}: the columns ({shown}) are those of no file that can be imported: "
        "docs/import.md lists the layouts"
    )


def refuse_broken(source: SourceFile, error: duckdb.Error) -> NoReturn:
    """Turn DuckDB's complaint about a line into one sentence.

    Raises:
        ImportRefused: always.
    """
    message = str(error)
    found = re.search(r"Line:\s*(\d+)", message)
    line = int(found[1]) if found else None
    if "unicode" in message.lower() or "utf-8" in message.lower():
        raise _not_utf8(source.path, line) from error
    counts = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if counts:
        raise ImportRefused(
            f"{at(source.path, line)}: {counts[2]} cells where the header has {counts[1]}; "
            "the file is cut short or not of this layout: download it again"
        ) from error
    raise ImportRefused(
        f"{at(source.path, line)}: the line cannot be read, as in a file that is cut short: "
        "download it again"
    ) from error


def _not_utf8(path: Path, line: int | None) -> ImportRefused:
    return ImportRefused(
        f"{at(path, line)}: the text is not UTF-8: download the file again, or save it as CSV UTF-8"
    )
