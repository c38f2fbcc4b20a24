"""Fitted forecasts in the user's cache folder, by everything they depend on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from detente.cache import code, name
from detente.cache import kept as kept_by_name

T = TypeVar("T")


def kept(kind: str, content: str, make: Callable[[], T]) -> T:
    """Return what was made earlier from the same content, else make and keep it.

    Args:
        kind: what it is, a word.
        content: a digest of all that it depends on, besides this package's code.
        make: makes it.
    """
    import sklearn

    parts = (kind, content, code(Path(__file__).parent), sklearn.__version__)
    return kept_by_name("forecast", name(*parts), make)
