"""What a table of the archive is: columns, key, order on disk, and what an as-of date hides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        name: its name in SQL, and of its Parquet file.
        columns: column -> DuckDB type, in order.
        key: the columns that name a row.
        order: the SQL order of the rows on disk, chosen for size and always total.
        visible: SQL condition under which a row shows; ``{day}`` is the as-of date.
        known: column -> SQL for what was known of it on ``{day}``, where that is not the value.
        beside: SQL join that `order` needs, where it looks into another table.
    """

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    order: str
    visible: str
    known: Mapping[str, str] = field(default_factory=dict)
    beside: str = ""


def columns(spec: str) -> dict[str, str]:
    """Read ``"iso3, cow SMALLINT"`` as column -> type; a column without a type is text."""
    pairs = (part.split() for part in spec.split(","))
    return {pair[0]: pair[1] if len(pair) > 1 else "VARCHAR" for pair in pairs}


def known_after(day: str, *names: str) -> dict[str, str]:
    """Return the masks of columns whose value is known once the day ``day`` (SQL) has come."""
    return {name: f"CASE WHEN {day} <= {{day}} THEN {name} END" for name in names}
