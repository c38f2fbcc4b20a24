"""Fitted models in the user's cache folder, by content; safe to delete, never changing a result.

A file is named after everything it depends on: the record it was made from and this package's own
code. It is written beside its place and moved there, so a reader sees all of it or nothing; what
cannot be read is made anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from platformdirs import user_cache_path

T = TypeVar("T")
_MOST_FILES = 32


def folder() -> Path:
    """Return the folder of fitted models."""
    return user_cache_path("detente") / "forecast"


@cache
def _code() -> str:
    import sklearn

    digest = hashlib.sha256(f"{np.__version__} {sklearn.__version__}".encode())
    for name in ("features", "features_arrays", "model", "record", "wording"):
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return digest.hexdigest()


def kept(kind: str, content: str, make: Callable[[], T]) -> T:
    """Return what was made earlier from the same content, else make and keep it.

    Args:
        kind: what it is, a word.
        content: a digest of all that it depends on, besides this package's code.
        make: makes it.
    """
    name = hashlib.sha256(f"{kind} {content} {_code()}".encode()).hexdigest()[:40]
    path = folder() / f"{kind}-{name}.pickle"
    try:
        with path.open("rb") as file:
            found: T = pickle.load(file)
        path.touch()
        return found
    except Exception:  # whatever is wrong with a cached file, it is made anew
        made = make()
        _save(path, made)
        return made


def _save(path: Path, made: object) -> None:
    """Keep something, and forget what was not used for longest."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump(made, file, protocol=5)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
        files = sorted(path.parent.glob("*.pickle"), key=lambda one: one.stat().st_mtime)
        for old in files[:-_MOST_FILES]:
            old.unlink(missing_ok=True)
    except OSError:
        return
