"""The user's store of events: one folder a batch of files, each a complete, unchanging whole.

``events/batches/000007/`` holds ``manifest.json`` and, for every month in which something became
known, ``month=2018-03/sums.parquet`` (sums by day and actors, never events) and ``ids.parquet``
(the numbers of the events counted, so that none counts twice). A batch is written beside its place
and moved there by one rename: an import that is killed leaves every finished batch, and no part of
another.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.archive.folders import data_home
from detente.errors import ArchiveError, ImportRefused, NotFound

_MONTH = "month="


@dataclass(frozen=True)
class Store:
    """A store of events in a folder."""

    folder: Path

    @property
    def batches(self) -> list[Path]:
        """Return the finished batches, oldest first."""
        place = self.folder / "batches"
        return sorted(place.glob("[0-9]*")) if place.is_dir() else []

    def manifests(self) -> list[dict[str, Any]]:
        """Return what each batch says of itself: ``finished`` files by key, ``files`` as reported.

        Raises:
            ArchiveError: a batch has been damaged.
        """
        found = []
        for path in self.batches:
            try:
                found.append(json.loads((path / "manifest.json").read_text("utf-8")))
            except (OSError, ValueError):
                raise ArchiveError(
                    f"{path} is damaged: remove this folder, and import its files again"
                ) from None
        return found

    def sums(self, first: date | None = None, as_of: date | None = None) -> list[str]:
        """Return the files of sums that can hold events from a day on, known by a day.

        An event is never known before its day, so months of knowledge before ``first`` are left
        out, and months after ``as_of``.
        """
        return self._files("sums.parquet", first, as_of)

    def ids(self, months: set[str]) -> list[str]:
        """Return the files of the numbers of events of some months of knowledge."""
        found = (
            path / f"{_MONTH}{month}" / "ids.parquet" for path in self.batches for month in months
        )
        return sorted(str(path) for path in found if path.is_file())

    def _files(self, name: str, first: date | None, as_of: date | None) -> list[str]:
        low = "" if first is None else f"{first:%Y-%m}"
        high = "9999-99" if as_of is None else f"{as_of:%Y-%m}"
        return [
            str(path)
            for batch in self.batches
            for path in sorted(batch.glob(f"{_MONTH}*/{name}"))
            if low <= path.parent.name.removeprefix(_MONTH) <= high
        ]

    def must_hold(self, first: date | None = None, as_of: date | None = None) -> list[str]:
        """Return the files of sums, or refuse where there are none.

        Raises:
            NotFound: nothing was imported, or nothing of these days.
        """
        files = self.sums(first, as_of)
        if not files:
            what = "nothing of these days was imported" if self.batches else "no event was imported"
            raise NotFound(f"{what}: read GDELT exports with `detente events import FILES…`")
        return files

    @contextmanager
    def incoming(self) -> Iterator[Path]:
        """Give a folder to write batches into, and keep other imports out meanwhile.

        Raises:
            ImportRefused: the folder cannot be written, or another import is under way.
        """
        try:
            (self.folder / "batches").mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / "lock", os.O_CREAT | os.O_RDWR)
        except OSError as error:
            raise ImportRefused(
                f"{self.folder} cannot be written: name another folder in DETENTE_DATA"
            ) from error
        try:
            _take(lock)
            for stale in self.folder.glob("incoming-*"):
                shutil.rmtree(stale, ignore_errors=True)
            folder = self.folder / f"incoming-{os.getpid()}"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)

    def take(self, written: Path, manifest: dict[str, Any]) -> Path:
        """Make a written folder the next batch, in one step; return where it lies."""
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        (written / "manifest.json").write_text(text, encoding="utf-8")
        for path in sorted(written.rglob("*")):
            _flush(path)
        last = int(self.batches[-1].name) if self.batches else 0
        target = self.folder / "batches" / f"{last + 1:06d}"
        written.rename(target)
        _flush(target.parent)
        return target


def users() -> Store:
    """Return the user's store; it may be empty."""
    return Store(data_home() / "events")


def _take(lock: int) -> None:
    try:
        import fcntl
    except ImportError:  # a system without POSIX locks: a batch is still one step
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise ImportRefused("another import is under way: wait until it has ended") from error


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
