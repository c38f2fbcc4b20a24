"""Work beside: a function in another process, where the machine has a second core.

joblib's loky starts the other process without running the caller's script again, so that a script
needs no guard around its first line.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 2
"""Processes at once; each holds some 300 MiB."""


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def beside(function: Callable[..., T], *args: Any) -> Callable[[], T]:
    """Start a function in another process; return what waits for its result.

    On a machine with one core it runs when it is waited for.

    Args:
        function: of a module, by name; it and its arguments are pickled.
        args: its arguments.
    """
    if cores() < MOST:
        return lambda: function(*args)
    from joblib.externals.loky import get_reusable_executor

    pool = get_reusable_executor(max_workers=MOST)
    waiting: Callable[[], T] = pool.submit(function, *args).result
    return waiting
