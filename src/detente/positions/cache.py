"""Fitted positions in the user's cache folder, by everything a fit depends on."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from detente.cache import code, name

KIND = "positions"


def key(
    fingerprint: str, vote_ids: Collection[str] | None, step_variance: float, tolerance: float
) -> str:
    """Return the name of a fit: 40 hexadecimal digits over everything it depends on."""
    calls = "all" if vote_ids is None else "\n".join(sorted(vote_ids))
    return name(
        code(Path(__file__).parent), fingerprint, calls, repr(step_variance), repr(tolerance)
    )
