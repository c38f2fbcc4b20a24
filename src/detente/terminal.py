"""What a person sees in the terminal: tables, progress, one-sentence errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Step(Protocol):
    """Told of progress: ``step(done, total)``, both counts of the same unit."""

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is."""


@contextmanager
def progress(label: str) -> Iterator[Step]:
    """Show a progress bar on standard error while a long task runs; silent off a terminal."""
    import sys

    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
