"""The Assembly's roll calls and votes, from the raw tables of resolutions and votes."""

from __future__ import annotations

from pathlib import Path

import duckdb

from detente.archive.building.corrections import CORRECTIONS

_KINDS = """
    CASE WHEN record_type = 'adopted, recorded vote' THEN 'resolution'
         WHEN record_type LIKE 'vote on paragraph%' THEN 'paragraph'
         WHEN record_type LIKE 'vote on amendment%' THEN 'amendment'
         WHEN record_type LIKE 'other Voeten%' THEN 'other' END
"""
_SOURCES = """
    CASE WHEN vote_id LIKE 'voeten:%' THEN 'Voeten'
         WHEN vote_id LIKE 'dgacm:%' THEN 'UN Secretariat'
         ELSE 'UN Digital Library' END
"""
# Voeten's own number says the special session that his session column hides: 'ESS/5/85'.
_SESSION = r"""
    CASE WHEN voeten_unres SIMILAR TO 'ESS/\d+/.*' AND resolution IS NULL
              THEN 'ES-' || string_split(voeten_unres, '/')[2]
         WHEN voeten_unres SIMILAR TO 'SS/\d+/.*' AND resolution IS NULL
              THEN 'S-' || string_split(voeten_unres, '/')[2]
         ELSE session END
"""
COMMITTEE = """
    CASE WHEN committee = 'Without reference to a Main Committee' THEN 'Plenary'
         WHEN committee = '#fifthCommittee' THEN 'Fifth Committee' ELSE committee END
"""


def read_texts(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Make the temporary table `texts`: every usable raw row with typed, clean values.

    Left out: rows that repeat another (`maybe_duplicate_of`) and the lost record.
    """
    path = raw / "un" / "ga_resolutions.parquet"
    con.execute(
        f"""
        CREATE TEMP TABLE texts AS
        SELECT vote_id, {_KINDS} AS kind, record_type,
               nullif(upper(regexp_replace(resolution, '\\s+', '', 'g')), '') AS symbol,
               date::DATE AS raw_date, {_SESSION} AS session,
               ga_title(title) AS title,
               coalesce(CASE WHEN agenda_item_name IS NOT NULL AND undl_id IS NULL
                             THEN tidy_text(agenda_item_name) END, ga_agenda(agenda)) AS agenda,
               coalesce(cell_list(subjects, '|'), cell_list(dgacm_subjects, '|')) AS subjects,
               CASE WHEN issues IS NULL THEN NULL WHEN issues = '' THEN []::VARCHAR[]
                    ELSE string_split(issues, ';') END AS issues,
               tidy_text(meeting) AS meeting, {COMMITTEE} AS committee,
               sponsors AS raw_sponsors, additional_sponsors AS raw_more_sponsors,
               tidy_text(originating_document) AS draft,
               yes, no, abstain, absent, rcid, undl_id,
               CASE WHEN rcid IS NOT NULL THEN voeten_importantvote = 1 END AS important,
               {_SOURCES} AS source, voeten_unres AS unres
        FROM read_parquet('{path}')
        WHERE maybe_duplicate_of IS NULL AND record_type NOT LIKE 'lost record%'
        """
    )
    for correction in CORRECTIONS:
        column = {"symbol": "symbol", "date": "raw_date"}[correction.column]
        con.execute(
            f"UPDATE texts SET {column} = ? WHERE symbol = ?", [correction.value, correction.record]
        )


def read_votes(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Make the temporary table `ballots`: the raw votes of the texts that were kept."""
    path = raw / "un" / "ga_votes.parquet"
    con.execute(
        f"""
        CREATE TEMP TABLE ballots AS
        SELECT vote_id, iso3, vote FROM read_parquet('{path}')
        WHERE vote_id IN (SELECT vote_id FROM texts)
        """
    )


def mend_dates(con: duckdb.DuckDBPyConnection) -> None:
    """Give `texts` a date that is not earlier than it can have been.

    Voeten's early dates are rough. A roll call cannot have been taken before its session opened,
    nor before the last of the states that cast a vote in it had been admitted; where his date says
    so, it is moved up to that day. Official dates stay.
    """
    con.execute(
        """
        CREATE TEMP TABLE dates AS
        WITH admitted AS (
          SELECT b.vote_id, max(m.first_day) AS day
          FROM ballots b JOIN texts t USING (vote_id)
          JOIN memberships m ON m.iso3 = b.iso3 AND m.body = 'UN' AND m.first_day > t.raw_date
          WHERE b.vote <> 'absent' AND NOT EXISTS (
            FROM memberships n WHERE n.iso3 = b.iso3 AND n.body = 'UN'
            AND n.first_day <= t.raw_date AND (n.last_day IS NULL OR n.last_day >= t.raw_date))
          GROUP BY b.vote_id
        ), opened AS (
          SELECT session_number::VARCHAR AS session, first_day AS day FROM fact_sessions
        )
        SELECT t.vote_id,
               CASE WHEN t.source = 'Voeten'
                    THEN greatest(t.raw_date, coalesce(o.day, t.raw_date),
                                  coalesce(a.day, t.raw_date))
                    ELSE t.raw_date END AS date
        FROM texts t LEFT JOIN admitted a USING (vote_id) LEFT JOIN opened o USING (session)
        """
    )


def fill_rollcalls(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `rollcalls` and `votes`; absences of states that were not members are left out."""
    con.execute(
        """
        INSERT INTO votes
        SELECT b.vote_id, b.iso3, b.vote
        FROM ballots b JOIN dates d USING (vote_id)
        WHERE b.vote <> 'absent' OR EXISTS (
          FROM memberships m WHERE m.body = 'UN' AND m.iso3 = b.iso3 AND m.first_day <= d.date
          AND (m.last_day IS NULL OR m.last_day >= d.date))
        """
    )
    con.execute(
        """
        INSERT INTO rollcalls
        WITH absences AS (
          SELECT vote_id, count(*) FILTER (vote = 'absent') AS absent FROM votes GROUP BY vote_id
        )
        SELECT t.vote_id, t.kind, t.symbol, d.date, coalesce(t.session, s.session_number::VARCHAR),
               coalesce(try_cast(t.session AS SMALLINT), s.session_number),
               t.title, t.agenda, t.subjects, t.issues, t.meeting, t.committee,
               p.sponsors, t.draft, t.yes, t.no, t.abstain, a.absent, t.rcid, t.undl_id,
               t.important, t.source, NULL
        FROM texts t JOIN dates d USING (vote_id) JOIN absences a USING (vote_id)
        LEFT JOIN sponsors p USING (vote_id)
        ASOF JOIN fact_sessions s ON d.date >= s.first_day
        WHERE t.kind IS NOT NULL
        """
    )
