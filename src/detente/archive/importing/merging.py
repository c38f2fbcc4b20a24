"""Bringing staged records into the archive: the same symbol replaces, a new one extends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from detente.archive.bridges import add_found
from detente.archive.schema import TABLES

# What a file of votes cannot bring and every archive needs: states, terms, procedure.
_GIVEN = (
    "states",
    "state_names",
    "memberships",
    "special_sessions",
    "session_attempts",
    "summits",
    "measures",
    "agreements",
    "rules",
)


@dataclass(frozen=True)
class Change:
    """What a merge did to one table: texts that are new, and texts that replaced another."""

    table: str
    added: int
    replaced: int


def load_tables(con: duckdb.DuckDBPyConnection, folder: Path, record: bool) -> None:
    """Load an archive folder into the tables of a connection.

    Args:
        con: a connection made by `new_tables`.
        folder: the archive folder.
        record: also load votes and texts, and not only states, terms and procedure.
    """
    for table in TABLES.values():
        if record or table.name in _GIVEN:
            path = str(folder / f"{table.name}.parquet").replace("'", "''")
            columns = ", ".join(table.columns)
            con.execute(f"INSERT INTO {table.name} SELECT {columns} FROM read_parquet('{path}')")
    if not record:
        # An attempt names its roll call only where that roll call stands.
        con.execute("UPDATE session_attempts SET vote_id = NULL")


def merge(con: duckdb.DuckDBPyConnection) -> list[Change]:
    """Merge every staged table; return what changed."""
    changes = [_assembly(con), _council(con), _adoptions(con)]
    changes.append(_voeten(con))
    _drop_absences_of_outsiders(con)
    _count_absences(con)
    con.execute("DELETE FROM bridges WHERE basis <> 'published'")
    con.execute(
        "DELETE FROM bridges WHERE vote_id1 NOT IN (SELECT vote_id FROM rollcalls) "
        "OR vote_id2 NOT IN (SELECT vote_id FROM rollcalls)"
    )
    add_found(con)
    return changes


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {query}").fetchall()[0][0])


_SESSION_NUMBER = (
    "coalesce(try_cast(n.session AS SMALLINT), (SELECT max(s.session_number) FROM fact_sessions s "
    "WHERE s.first_day <= n.date), 1)"
)


def _assembly(con: duckdb.DuckDBPyConnection) -> Change:
    # A text keeps the name it had, so that bridges still hold, and what no official file brings.
    con.execute(
        """
        CREATE TEMP TABLE kept AS
        SELECT n.vote_id AS new_id, n.symbol, any_value(r.vote_id) AS old_id,
               any_value(r.rcid) AS rcid, any_value(r.important) AS important,
               any_value(r.issues) AS issues, any_value(r.committee) AS committee,
               any_value(r.sponsors) AS sponsors, any_value(r.draft) AS draft,
               any_value(r.subjects) AS subjects, any_value(r.agenda) AS agenda
        FROM in_texts n JOIN (
          SELECT n.vote_id AS new_id, r.* FROM in_texts n JOIN rollcalls r USING (symbol)
          UNION SELECT n.vote_id, r.* FROM in_texts n JOIN rollcalls r USING (vote_id)
        ) r ON r.new_id = n.vote_id
        GROUP BY ALL
        """
    )
    replaced = _count(con, "kept")
    con.execute("DELETE FROM votes WHERE vote_id IN (SELECT old_id FROM kept)")
    con.execute("DELETE FROM rollcalls WHERE vote_id IN (SELECT old_id FROM kept)")
    con.execute("DELETE FROM adoptions WHERE symbol IN (SELECT symbol FROM in_texts)")
    con.execute(
        f"""
        INSERT INTO rollcalls
        SELECT coalesce(k.old_id, n.vote_id), 'resolution', n.symbol, n.date, n.session,
               {_SESSION_NUMBER}, n.title, coalesce(n.agenda, k.agenda),
               coalesce(n.subjects, k.subjects), k.issues, n.meeting, k.committee, k.sponsors,
               coalesce(n.draft, k.draft), c.yes, c.no, c.abstain, c.absent, k.rcid, n.undl_id,
               k.important, 'UN Digital Library', NULL
        FROM in_texts n LEFT JOIN kept k ON k.new_id = n.vote_id
        JOIN (SELECT vote_id, count(*) FILTER (vote = 'yes') AS yes,
                     count(*) FILTER (vote = 'no') AS no,
                     count(*) FILTER (vote = 'abstain') AS abstain,
                     count(*) FILTER (vote = 'absent') AS absent
              FROM in_ballots GROUP BY 1) c ON c.vote_id = n.vote_id
        """
    )
    con.execute(
        "INSERT INTO votes SELECT coalesce(k.old_id, b.vote_id), b.iso3, b.vote "
        "FROM in_ballots b LEFT JOIN kept k ON k.new_id = b.vote_id"
    )
    return Change("rollcalls", _count(con, "in_texts") - replaced, replaced)


def _council(con: duckdb.DuckDBPyConnection) -> Change:
    replaced = _count(con, "in_council WHERE symbol IN (SELECT symbol FROM sc_rollcalls)")
    con.execute(
        """
        CREATE TEMP TABLE sc_kept AS
        SELECT symbol, sponsors, chapter_vii, draft, subjects, agenda FROM sc_rollcalls
        WHERE symbol IN (SELECT symbol FROM in_council)
        """
    )
    con.execute("DELETE FROM sc_votes WHERE symbol IN (SELECT symbol FROM in_council)")
    con.execute("DELETE FROM sc_rollcalls WHERE symbol IN (SELECT symbol FROM in_council)")
    con.execute(
        """
        INSERT INTO sc_rollcalls
        SELECT n.symbol, n.number, n.date, n.title, coalesce(n.agenda, k.agenda),
               coalesce(n.subjects, k.subjects), n.meeting, coalesce(n.draft, k.draft), k.sponsors,
               k.chapter_vii, n.modality, c.yes, c.no, c.abstain, c.absent, n.undl_id, NULL
        FROM in_council n LEFT JOIN sc_kept k USING (symbol)
        LEFT JOIN (SELECT vote_id, count(*) FILTER (vote = 'yes') AS yes,
                          count(*) FILTER (vote = 'no') AS no,
                          count(*) FILTER (vote = 'abstain') AS abstain,
                          count(*) FILTER (vote = 'absent') AS absent
                   FROM in_sc_ballots GROUP BY 1) c ON c.vote_id = n.symbol
        """
    )
    con.execute("INSERT INTO sc_votes SELECT vote_id, iso3, vote FROM in_sc_ballots")
    return Change("sc_rollcalls", _count(con, "in_council") - replaced, replaced)


def _adoptions(con: duckdb.DuckDBPyConnection) -> Change:
    """Outcomes; a text whose roll call is in the files of the same import is left to it."""
    con.execute("DELETE FROM in_adoptions WHERE symbol IN (SELECT symbol FROM in_texts)")
    replaced = _count(
        con,
        "in_adoptions WHERE symbol IN (SELECT symbol FROM adoptions) "
        "OR symbol IN (SELECT symbol FROM rollcalls WHERE symbol IS NOT NULL)",
    )
    con.execute(
        "DELETE FROM votes WHERE vote_id IN (SELECT vote_id FROM rollcalls "
        "WHERE symbol IN (SELECT symbol FROM in_adoptions))"
    )
    con.execute("DELETE FROM rollcalls WHERE symbol IN (SELECT symbol FROM in_adoptions)")
    con.execute(
        "CREATE TEMP TABLE adopted_kept AS SELECT * FROM adoptions "
        "WHERE symbol IN (SELECT symbol FROM in_adoptions)"
    )
    con.execute("DELETE FROM adoptions WHERE symbol IN (SELECT symbol FROM in_adoptions)")
    con.execute(
        f"""
        INSERT INTO adoptions
        SELECT n.symbol, n.modality, n.date, 'official', n.session, {_SESSION_NUMBER},
               regexp_extract(n.symbol, '^A/RES/(?:(?:ES-|S-)?\\d+/)?(\\d+)', 1)::INTEGER,
               n.title, coalesce(n.agenda, k.agenda), coalesce(n.subjects, k.subjects),
               k.committee, 'official record', 'UN Digital Library'
        FROM in_adoptions n LEFT JOIN adopted_kept k USING (symbol)
        """
    )
    return Change("adoptions", _count(con, "in_adoptions") - replaced, replaced)


def _voeten(con: duckdb.DuckDBPyConnection) -> Change:
    """Voeten's coding where the archive has the roll call; his votes where it has none."""
    known = _count(con, "in_rcids WHERE rcid IN (SELECT rcid FROM rollcalls)")
    con.execute(
        """
        UPDATE rollcalls SET issues = coalesce(v.issues, rollcalls.issues),
               important = coalesce(v.important, rollcalls.important)
        FROM in_rcids v WHERE v.rcid = rollcalls.rcid
        """
    )
    con.execute(
        """
        CREATE TEMP TABLE fresh AS
        SELECT v.*, 'voeten:' || v.rcid AS vote_id,
               CASE WHEN regexp_full_match(v.unres, 'R/(3[1-9]|[4-9]\\d)/\\d+[A-Z]*')
                         AND v.kind = 'other' AND v.session >= 31
                    THEN 'A/RES/' || v.unres[3:] END AS symbol
        FROM in_rcids v
        WHERE v.rcid IN (SELECT rcid FROM in_rc_ballots)
          AND v.rcid NOT IN (SELECT rcid FROM rollcalls WHERE rcid IS NOT NULL)
        """
    )
    # Two roll calls on one symbol: the votes on its parts; only a lone one is the text's own.
    con.execute(
        "UPDATE fresh SET symbol = NULL WHERE symbol IN "
        "(SELECT symbol FROM fresh GROUP BY 1 HAVING count(*) > 1)"
    )
    _same_votes(con)
    con.execute(
        "UPDATE rollcalls SET rcid = f.rcid, issues = coalesce(f.issues, rollcalls.issues), "
        "important = f.important FROM fresh f WHERE f.symbol = rollcalls.symbol"
    )
    con.execute(
        "DELETE FROM fresh WHERE symbol IN (SELECT symbol FROM rollcalls WHERE symbol IS NOT NULL)"
    )
    con.execute("DELETE FROM adoptions WHERE symbol IN (SELECT symbol FROM fresh)")
    con.execute(
        """
        INSERT INTO rollcalls
        SELECT f.vote_id, CASE WHEN f.symbol IS NOT NULL THEN 'resolution' ELSE f.kind END,
               f.symbol, f.date, f.session::VARCHAR, f.session, f.title, NULL, NULL, f.issues,
               NULL, NULL, NULL, NULL, c.yes, c.no, c.abstain, c.absent, f.rcid, NULL,
               f.important, 'Voeten', NULL
        FROM fresh f JOIN (
          SELECT rcid, count(*) FILTER (vote = 'yes') AS yes, count(*) FILTER (vote = 'no') AS no,
                 count(*) FILTER (vote = 'abstain') AS abstain,
                 count(*) FILTER (vote = 'absent') AS absent
          FROM in_rc_ballots GROUP BY 1) c USING (rcid)
        """
    )
    con.execute(
        "INSERT INTO votes SELECT f.vote_id, b.iso3, b.vote FROM in_rc_ballots b "
        "JOIN fresh f USING (rcid)"
    )
    return Change("rollcalls (Voeten)", _count(con, "fresh"), known)


def _same_votes(con: duckdb.DuckDBPyConnection) -> None:
    """Give a roll call without a symbol that of the official one with the very same votes.

    Voeten numbers the texts of the first thirty sessions otherwise than the United Nations does.
    Within a session, and where there is only one such on either side, the votes say which it is.
    """
    cast = "md5(string_agg(iso3 || vote, ',' ORDER BY iso3) FILTER (vote <> 'absent')) AS seal"
    con.execute(
        f"""
        CREATE TEMP TABLE twins AS
        WITH his AS (
          SELECT f.rcid, f.session, {cast} FROM fresh f JOIN in_rc_ballots b USING (rcid)
          WHERE f.symbol IS NULL AND f.kind = 'other' GROUP BY ALL
        ), theirs AS (
          SELECT r.symbol, r.session_number AS session, {cast}
          FROM rollcalls r JOIN votes v USING (vote_id)
          WHERE r.rcid IS NULL AND r.symbol IS NOT NULL
            AND r.session_number IN (SELECT session FROM fresh) GROUP BY ALL
        )
        SELECT any_value(h.rcid) AS rcid, any_value(t.symbol) AS symbol
        FROM his h JOIN theirs t USING (session, seal) GROUP BY session, seal HAVING count(*) = 1
        """
    )
    con.execute("UPDATE fresh SET symbol = t.symbol FROM twins t WHERE t.rcid = fresh.rcid")


def _drop_absences_of_outsiders(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        DELETE FROM votes WHERE vote = 'absent' AND (vote_id, iso3) IN (
          SELECT v.vote_id, v.iso3 FROM votes v JOIN rollcalls r USING (vote_id)
          WHERE v.vote = 'absent' AND NOT EXISTS (
            FROM memberships m WHERE m.body = 'UN' AND m.iso3 = v.iso3 AND m.first_day <= r.date
            AND (m.last_day IS NULL OR m.last_day >= r.date)))
        """
    )


def _count_absences(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        UPDATE rollcalls SET absent = c.absent
        FROM (SELECT vote_id, count(*) FILTER (vote = 'absent') AS absent FROM votes GROUP BY 1) c
        WHERE c.vote_id = rollcalls.vote_id AND c.absent <> rollcalls.absent
        """
    )
