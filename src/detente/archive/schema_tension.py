"""The tables of tension between states: derived series, and dated turning points."""

from __future__ import annotations

from detente.archive.table import Table, columns

TENSION = (
    Table(
        "tension_series",
        columns("source, a, b, month DATE, value SMALLINT, known DATE"),
        ("source", "a", "b", "month"),
        "source, a, b, month",
        "known <= {day}",
    ),
    Table(
        "turning_points",
        columns(
            "id, day DATE, precision, parties VARCHAR[], kind, direction, text_en, text_fr, "
            "confidence, source"
        ),
        ("id",),
        "day, id",
        "day <= {day}",
    ),
)
