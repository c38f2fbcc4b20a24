"""How sure an assignment is: the share of its kind that labels set by hand found right.

The shares are measured by ``python -m bench topics`` on samples B and C of
tests/topics/labels.csv and copied here; a test compares the two.
"""

from __future__ import annotations

from detente.topics.reading import FIELDS, Reading

MEASURED: dict[str, float] = {
    "title": 0.97,
    "title, weak": 0.71,
    "heading": 0.78,
    "agenda": 0.89,
    "agenda, weak": 0.78,
    "issue code": 0.27,
    "numbered block": 0.94,
}
"""Kind of assignment -> share of main topics that were right, (right + 1) / (checked + 2)."""


def kind(basis: str, telling: bool) -> str:
    """Return the kind of an assignment: its basis, and whether the phrase that decided was weak."""
    return f"{basis}, weak" if basis in FIELDS and not telling else basis


def confidence(reading: Reading) -> float:
    """Return the measured share of assignments of this kind that were right; 0 where unknown.

    A kind that no text of the record had when it was measured counts as the least sure one.
    """
    if reading.main is None:
        return 0.0
    return MEASURED.get(kind(reading.basis, reading.tier > 0), min(MEASURED.values()))
