"""Every refusal Détente can make, each one sentence that says what to do, with its exit code.

The exit codes are public: docs/exit-codes.md lists them and a test compares the two.
"""

from __future__ import annotations

from pathlib import Path


class DetenteError(Exception):
    """A refusal. The message is one sentence: what is wrong, where, and what to do."""

    exit_code = 1


class CaseError(DetenteError):
    """A case file that cannot be used."""

    exit_code = 3


class ArchiveError(DetenteError):
    """An archive that is missing, damaged or failed its checks."""

    exit_code = 4


class OutsideRecord(ArchiveError):  # noqa: N818 - the day is outside, nothing is broken
    """A day before the record begins or after it ends."""


class ImportRefused(DetenteError):  # noqa: N818 - the name says what happened to the user's file
    """A file that was offered for import and cannot be read; the archive is untouched."""

    exit_code = 5


class NotFound(DetenteError):  # noqa: N818
    """Nothing in the record answers the question."""

    exit_code = 6


class SheetError(DetenteError):
    """A sheet of issues, options and utilities that cannot be used."""

    exit_code = 7


class OutputError(DetenteError):
    """An output that cannot be written."""

    exit_code = 8


class RuleError(DetenteError):
    """A rule or a route of convening that cannot be used, or facts that contradict it."""

    exit_code = 9


def at(path: Path | str, line: int | None = None) -> str:
    """Name a place in a user's file the same way everywhere: ``astana.toml, line 7``."""
    name = Path(path).name
    return name if line is None else f"{name}, line {line}"
