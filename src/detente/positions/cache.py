"""Fitted models in the user's cache folder, by content; safe to delete, never changing a result.

A file is named after everything a fit depends on: what the archive lets through, which roll calls,
the settings, and this package's own code. It is written beside its place and moved there, so a
reader sees all of it or nothing; what cannot be read or written is as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

_MOST_FILES = 24


def folder() -> Path:
    """Return the folder of fitted models."""
    return user_cache_path("detente") / "positions"


@cache
def _code() -> str:
    digest = hashlib.sha256(np.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def key(
    fingerprint: str, vote_ids: Collection[str] | None, step_variance: float, tolerance: float
) -> str:
    """Return the name of a fit: 40 hexadecimal digits over everything it depends on."""
    calls = "all" if vote_ids is None else "\n".join(sorted(vote_ids))
    parts = (_code(), fingerprint, calls, repr(step_variance), repr(tolerance))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


def load(name: str) -> dict[str, NDArray[Any]] | None:
    """Return the arrays kept under a name, or None."""
    path = folder() / f"{name}.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            arrays = {field: kept[field] for field in kept.files}
        path.touch()
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return arrays


def save(name: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Keep arrays under a name, and forget the fits that were not used for longest."""
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
            Path(temporary).replace(place / f"{name}.npz")
        finally:
            Path(temporary).unlink(missing_ok=True)
        kept = sorted(place.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[_MOST_FILES:]:
            path.unlink(missing_ok=True)
    except OSError:
        return
