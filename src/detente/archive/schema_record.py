"""The tables of states and of votes: the record itself."""

from __future__ import annotations

from detente.archive.table import Table, columns, known_after

_TERM = known_after("last_day", "last_day")
_TOTALS = "yes SMALLINT, no SMALLINT, abstain SMALLINT, absent SMALLINT"
# A state is called by the last name that was known on the day.
_NAMES = {
    name: f"(SELECT arg_max(n.{name}, n.first_day) FROM state_names n WHERE n.iso3 = t.iso3)"
    for name in ("name_en", "name_fr")
}

RECORD = (
    Table(
        "state_names",
        columns("iso3, name_en, name_fr, first_day DATE, last_day DATE"),
        ("iso3", "first_day"),
        "iso3, first_day",
        "first_day <= {day}",
        _TERM,
    ),
    Table(
        "states",
        columns(
            "iso3, cow SMALLINT, name_en, name_fr, first_day DATE, last_day DATE, continues, region"
        ),
        ("iso3",),
        "iso3",
        "first_day <= {day}",
        {**_TERM, **known_after("last_day", "continues"), **_NAMES},
    ),
    Table(
        "memberships",
        columns("iso3, body, first_day DATE, last_day DATE, confidence, source"),
        ("iso3", "body", "first_day"),
        "body, iso3, first_day",
        "first_day <= {day}",
        _TERM,
    ),
    Table(
        "rollcalls",
        columns(
            "vote_id, kind, symbol, date DATE, session, session_number SMALLINT, title, agenda, "
            "subjects VARCHAR[], issues VARCHAR[], meeting, committee, sponsors VARCHAR[], draft, "
            f"{_TOTALS}, rcid INTEGER, undl_id INTEGER, important BOOLEAN, source, votes_md5"
        ),
        ("vote_id",),
        "date, vote_id",
        "date <= {day}",
    ),
    Table(
        "votes",
        columns("vote_id, iso3, vote"),
        ("vote_id", "iso3"),
        "r.date, t.vote_id, t.iso3",
        "vote_id IN (SELECT vote_id FROM rollcalls)",
        beside="JOIN rollcalls r USING (vote_id)",
    ),
    Table(
        "adoptions",
        columns(
            "symbol, modality, date DATE, date_basis, session, session_number SMALLINT, "
            "number INTEGER, title, agenda, subjects VARCHAR[], committee, evidence, source"
        ),
        ("symbol",),
        "session_number, date, number, symbol",
        "date <= {day}",
    ),
    Table(
        "bridges",
        columns("vote_id1, vote_id2, basis"),
        ("vote_id1", "vote_id2"),
        "vote_id1, vote_id2",
        "vote_id1 IN (SELECT vote_id FROM rollcalls) "
        "AND vote_id2 IN (SELECT vote_id FROM rollcalls)",
    ),
    Table(
        "sc_rollcalls",
        columns(
            "symbol, number SMALLINT, date DATE, title, agenda, subjects VARCHAR[], meeting, "
            f"draft, sponsors VARCHAR[], chapter_vii BOOLEAN, modality, {_TOTALS}, "
            "undl_id INTEGER, votes_md5"
        ),
        ("symbol",),
        "number",
        "date <= {day}",
    ),
    Table(
        "sc_votes",
        columns("symbol, iso3, vote"),
        ("symbol", "iso3"),
        "r.number, t.iso3",
        "symbol IN (SELECT symbol FROM sc_rollcalls)",
        beside="JOIN sc_rollcalls r USING (symbol)",
    ),
    Table(
        "sc_failed",
        columns("draft, date DATE, outcome, vetoed_by VARCHAR[], agenda, meeting, source"),
        ("draft", "date", "agenda"),
        "date, draft, agenda",
        "date <= {day}",
    ),
)
