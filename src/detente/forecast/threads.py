"""One thread for small matrices and trees.

The arrays of a day are too small to share out, and threads that wait for each other waste the
cores of a busy machine: measured, one thread is as fast on an idle machine and ten times faster on
a loaded one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@cache
def _controller() -> Any:
    import sklearn.ensemble  # noqa: F401 - loads the libraries that are to be held back
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_thread(kind: str | None = None) -> Iterator[None]:
    """Hold numerical libraries to one thread: ``blas``, ``openmp``, or both."""
    with _controller().limit(limits=1, user_api=kind):
        yield
