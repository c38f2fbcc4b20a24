"""What was changed in the raw material, record by record, and why; docs/archive.md lists them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """One change of one record.

    Attributes:
        record: its symbol as the raw material writes it.
        column: the column that is changed.
        value: what it becomes.
        why: one sentence.
    """

    record: str
    column: str
    value: str
    why: str


CORRECTIONS = (
    Correction("A/RES/36//235IX", "symbol", "A/RES/36/235IX", "a slash too many"),
    Correction(
        "A/RES/996(ES-IANDII)", "symbol", "A/RES/996(ES-I)", "one text of two emergency sessions"
    ),
    Correction(
        "A/RES/37/84",
        "date",
        "1982-12-09",
        "dated before its session opened; the other texts of the meeting A/37/PV.98 say when",
    ),
)
