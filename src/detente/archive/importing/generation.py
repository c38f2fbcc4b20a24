"""Generations of the user's archive: written beside, flushed to disk, swapped in one step.

The pointer file ``current`` names the generation in use. It is replaced by one rename, so that a
reader, or an import that is cut off at any moment, sees the old archive or the new one and nothing
between.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from detente.archive.folders import CURRENT, data_home, users
from detente.errors import ImportRefused

_NAME = re.compile(r"generation-(\d{6})$")


def home() -> Path:
    """Return the folder that holds the user's generations."""
    return data_home() / "archive"


@contextmanager
def incoming() -> Iterator[Path]:
    """Give a folder to write a generation into; it is removed on the way out unless taken.

    Raises:
        ImportRefused: the data folder cannot be written, or another import is under way.
    """
    place = home()
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = os.open(place / "lock", os.O_CREAT | os.O_RDWR)
    except OSError as error:
        raise ImportRefused(
            f"{place} cannot be written: name another folder in DETENTE_DATA"
        ) from error
    try:
        _take(lock)
        for stale in place.glob("incoming-*"):
            shutil.rmtree(stale, ignore_errors=True)
        folder = place / f"incoming-{os.getpid()}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _take(lock: int) -> None:
    """Lock out other imports; the system frees the lock of an import that was killed."""
    try:
        import fcntl
    except ImportError:  # a system without POSIX locks: the swap itself is still one step
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise ImportRefused("another import is under way: wait until it has ended") from error


def swap(folder: Path) -> Path:
    """Make a written folder the current generation; return where it lies now.

    The generation before it stays until the next import: a reader may still have it open.
    """
    place = home()
    before = users()
    for path in sorted(folder.iterdir()):
        _flush(path)
    _flush(folder)
    numbers = [int(found[1]) for path in place.iterdir() if (found := _NAME.search(path.name))]
    target = place / f"generation-{max(numbers, default=0) + 1:06d}"
    folder.rename(target)
    _flush(place)
    pointer = place / f"{CURRENT}.new"
    pointer.write_text(target.name + "\n", encoding="utf-8")
    _flush(pointer)
    pointer.replace(place / CURRENT)
    _flush(place)
    for path in place.glob("generation-*"):
        if path not in (target, before):
            shutil.rmtree(path, ignore_errors=True)
    return target


def reset() -> bool:
    """Go back to what ships; return whether there was anything of the user's."""
    place = home()
    pointer = place / CURRENT
    if not pointer.is_file():
        return False
    pointer.unlink()
    for path in place.glob("generation-*"):
        shutil.rmtree(path, ignore_errors=True)
    return True


def _flush(path: Path) -> None:
    # A folder cannot be opened for flushing everywhere; its files then stand on their own.
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
