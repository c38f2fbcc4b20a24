"""What took long to work out, in the user's cache folder; safe to delete, never changing a result.

A file is named after everything it depends on: what the archive lets through, the settings, and the
code that made it. It is written beside its place and moved there, so a reader sees all of it or
nothing; what cannot be read or written is as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")

MOST_FILES = 32
"""Files kept of one kind; those not used for longest are forgotten."""


def folder(kind: str) -> Path:
    """Return the folder of one kind of thing."""
    return user_cache_path("detente") / kind


@cache
def code(package: Path) -> str:
    """Return a digest of the source and data files of a package, and of NumPy's version."""
    import numpy as np

    digest = hashlib.sha256(np.__version__.encode())
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".toml", ".json"):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def name(*parts: str) -> str:
    """Return the name of a file that depends on these parts: 40 hexadecimal digits."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


def load_arrays(kind: str, named: str) -> dict[str, NDArray[Any]] | None:
    """Return the arrays kept under a name, or None."""
    import numpy as np

    path = folder(kind) / f"{named}.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept_arrays:
            arrays = {field: kept_arrays[field] for field in kept_arrays.files}
        path.touch()
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return arrays


def save_arrays(kind: str, named: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Keep arrays under a name."""
    import numpy as np

    _save(kind, f"{named}.npz", lambda file: np.savez(file, allow_pickle=False, **arrays))


def kept(kind: str, named: str, make: Callable[[], T]) -> T:
    """Return what was made earlier under a name, else make and keep it."""
    path = folder(kind) / f"{named}.pickle"
    try:
        with path.open("rb") as file:
            found: T = pickle.load(file)
        path.touch()
    except Exception:  # whatever is wrong with a kept file, it is made anew
        made = make()
        _save(kind, path.name, lambda file: pickle.dump(made, file, protocol=5))
        return made
    return found


def _save(kind: str, file_name: str, write: Callable[[IO[bytes]], object]) -> None:
    place = folder(kind)
    try:
        place.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
            Path(temporary).replace(place / file_name)
        finally:
            Path(temporary).unlink(missing_ok=True)
        files = [path for path in place.iterdir() if path.suffix != ".part"]
        files.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[MOST_FILES:]:
            path.unlink(missing_ok=True)
    except OSError:
        return
