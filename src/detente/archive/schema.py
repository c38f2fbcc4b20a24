"""The tables of the archive: their columns, keys, order on disk, and what an as-of date hides.

This module is the schema; docs/archive.md explains it and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SCHEMA_VERSION = 1


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


_TERM = {"last_day": "CASE WHEN last_day <= {day} THEN last_day END"}
_TEXTS = "VARCHAR[]"

_TABLES = (
    Table(
        "state_names",
        {
            "iso3": "VARCHAR",
            "name_en": "VARCHAR",
            "name_fr": "VARCHAR",
            "first_day": "DATE",
            "last_day": "DATE",
        },
        ("iso3", "first_day"),
        "iso3, first_day",
        "first_day <= {day}",
        _TERM,
    ),
    Table(
        "states",
        {
            "iso3": "VARCHAR",
            "cow": "SMALLINT",
            "name_en": "VARCHAR",
            "name_fr": "VARCHAR",
            "first_day": "DATE",
            "last_day": "DATE",
            "continues": "VARCHAR",
            "region": "VARCHAR",
        },
        ("iso3",),
        "iso3",
        "first_day <= {day}",
        {
            **_TERM,
            "continues": "CASE WHEN last_day <= {day} THEN continues END",
            "name_en": "(SELECT arg_max(n.name_en, n.first_day) FROM state_names n "
            "WHERE n.iso3 = t.iso3)",
            "name_fr": "(SELECT arg_max(n.name_fr, n.first_day) FROM state_names n "
            "WHERE n.iso3 = t.iso3)",
        },
    ),
    Table(
        "memberships",
        {
            "iso3": "VARCHAR",
            "body": "VARCHAR",
            "first_day": "DATE",
            "last_day": "DATE",
            "confidence": "VARCHAR",
            "source": "VARCHAR",
        },
        ("iso3", "body", "first_day"),
        "body, iso3, first_day",
        "first_day <= {day}",
        _TERM,
    ),
    Table(
        "rollcalls",
        {
            "vote_id": "VARCHAR",
            "kind": "VARCHAR",
            "symbol": "VARCHAR",
            "date": "DATE",
            "session": "VARCHAR",
            "session_number": "SMALLINT",
            "title": "VARCHAR",
            "agenda": "VARCHAR",
            "subjects": _TEXTS,
            "issues": _TEXTS,
            "meeting": "VARCHAR",
            "committee": "VARCHAR",
            "sponsors": _TEXTS,
            "draft": "VARCHAR",
            "yes": "SMALLINT",
            "no": "SMALLINT",
            "abstain": "SMALLINT",
            "absent": "SMALLINT",
            "rcid": "INTEGER",
            "undl_id": "INTEGER",
            "important": "BOOLEAN",
            "source": "VARCHAR",
            "votes_md5": "VARCHAR",
        },
        ("vote_id",),
        "date, vote_id",
        "date <= {day}",
    ),
    Table(
        "votes",
        {"vote_id": "VARCHAR", "iso3": "VARCHAR", "vote": "VARCHAR"},
        ("vote_id", "iso3"),
        "r.date, t.vote_id, t.iso3",
        "vote_id IN (SELECT vote_id FROM rollcalls)",
        beside="JOIN rollcalls r USING (vote_id)",
    ),
    Table(
        "adoptions",
        {
            "symbol": "VARCHAR",
            "modality": "VARCHAR",
            "date": "DATE",
            "date_basis": "VARCHAR",
            "session": "VARCHAR",
            "session_number": "SMALLINT",
            "number": "INTEGER",
            "title": "VARCHAR",
            "agenda": "VARCHAR",
            "subjects": _TEXTS,
            "committee": "VARCHAR",
            "evidence": "VARCHAR",
            "source": "VARCHAR",
        },
        ("symbol",),
        "session_number, date, number, symbol",
        "date <= {day}",
    ),
    Table(
        "bridges",
        {"vote_id1": "VARCHAR", "vote_id2": "VARCHAR", "basis": "VARCHAR"},
        ("vote_id1", "vote_id2"),
        "vote_id1, vote_id2",
        "vote_id1 IN (SELECT vote_id FROM rollcalls) "
        "AND vote_id2 IN (SELECT vote_id FROM rollcalls)",
    ),
    Table(
        "sc_rollcalls",
        {
            "symbol": "VARCHAR",
            "number": "SMALLINT",
            "date": "DATE",
            "title": "VARCHAR",
            "agenda": "VARCHAR",
            "subjects": _TEXTS,
            "meeting": "VARCHAR",
            "draft": "VARCHAR",
            "sponsors": _TEXTS,
            "chapter_vii": "BOOLEAN",
            "yes": "SMALLINT",
            "no": "SMALLINT",
            "abstain": "SMALLINT",
            "absent": "SMALLINT",
            "undl_id": "INTEGER",
            "votes_md5": "VARCHAR",
        },
        ("symbol",),
        "number",
        "date <= {day}",
    ),
    Table(
        "sc_votes",
        {"symbol": "VARCHAR", "iso3": "VARCHAR", "vote": "VARCHAR"},
        ("symbol", "iso3"),
        "r.number, t.iso3",
        "symbol IN (SELECT symbol FROM sc_rollcalls)",
        beside="JOIN sc_rollcalls r USING (symbol)",
    ),
    Table(
        "sc_failed",
        {
            "draft": "VARCHAR",
            "date": "DATE",
            "outcome": "VARCHAR",
            "vetoed_by": _TEXTS,
            "agenda": "VARCHAR",
            "meeting": "VARCHAR",
            "source": "VARCHAR",
        },
        ("draft", "date", "agenda"),
        "date, draft, agenda",
        "date <= {day}",
    ),
)

TABLES: Mapping[str, Table] = {table.name: table for table in _TABLES}
VOTES = ("yes", "no", "abstain", "absent")
KINDS = ("resolution", "paragraph", "amendment", "other")
MODALITIES = ("without a vote", "vote not recorded")
BODIES = ("UN", "EU", "SC", "P5", "AFRICA", "ASIA-PACIFIC", "EASTERN-EUROPE", "GRULAC", "WEOG")
