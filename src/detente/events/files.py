"""The files of an import: found, told apart, unzipped where need be."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.errors import ImportRefused

_SUFFIXES = (".csv", ".tsv", ".txt", ".zip")
_LONGEST = 2**20
"""Bytes of a line that are looked at: the longest real row has some 4,000."""

_BROKEN = "the zip breaks off or is damaged: download it again"


@dataclass(frozen=True)
class Export:
    """A file of events: where, under which name it is reported, and how long its text is."""

    path: Path
    name: str
    size: int
    key: str
    """Tells a finished file again: its name, its size and, zipped, the check sums of its text."""


@dataclass(frozen=True)
class Unreadable:
    """A file that cannot be read at all, and the sentence that says so."""

    name: str
    reason: str


def find(paths: Sequence[Path]) -> tuple[list[Export], list[Unreadable]]:
    """Return the files to read, by name and so by day, and those that cannot be read.

    Args:
        paths: files, and folders, searched to any depth for .csv, .tsv, .txt and .zip files.

    Raises:
        ImportRefused: a path does not exist, or there is no such file in a folder.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file()]
            if not inside:
                raise ImportRefused(f"{path} holds no .csv, .tsv, .txt or .zip file: name another")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise ImportRefused(f"{path} does not exist: name a file or a folder of GDELT exports")
    exports: list[Export] = []
    unreadable: list[Unreadable] = []
    for path in sorted(set(found), key=lambda path: (path.name, str(path))):
        try:
            exports.append(_export(path))
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            # Cut off, packed in a way that Python cannot read, or with a damaged list of members.
            unreadable.append(Unreadable(path.name, _BROKEN))
        except OSError as error:
            unreadable.append(Unreadable(path.name, f"it cannot be read ({error.strerror})"))
    return exports, unreadable


def _export(path: Path) -> Export:
    if path.suffix.lower() != ".zip":
        about = path.stat()
        key = f"{path.name} {about.st_size} {about.st_mtime_ns}"
        return Export(path, path.name, about.st_size, key)
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    size = sum(member.file_size for member in members)
    sums = " ".join(f"{member.CRC:08x}" for member in members)
    return Export(path, path.name, size, f"{path.name} {size} {sums}")


def lay_open(export: Export, folder: Path) -> Path | Unreadable:
    """Return a file of plain text: the file itself, or a zip's text written into a folder.

    A zip is unpacked to its end, so that its check sum is tested before any row counts.
    """
    if export.path.suffix.lower() != ".zip":
        return export.path
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / export.path.stem
    try:
        with zipfile.ZipFile(export.path) as archive, path.open("wb") as text:
            for member in archive.infolist():
                if not member.is_dir():
                    with archive.open(member) as packed:
                        shutil.copyfileobj(packed, text, 1 << 20)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        # Cut off or damaged inside, under a password, or packed in a way Python cannot read.
        path.unlink(missing_ok=True)
        return Unreadable(export.name, _BROKEN)
    return path


def first_width(path: str) -> int:
    """Return how many columns the first row of a file of plain text has; 0 where it has none."""
    try:
        with Path(path).open("rb") as file:
            line = file.readline(_LONGEST)
    except OSError:
        return 0
    return line.count(b"\t") + 1 if line.strip() else 0
