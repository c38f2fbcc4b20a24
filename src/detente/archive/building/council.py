"""The Council's resolutions and votes, and the drafts that failed."""

from __future__ import annotations

from pathlib import Path

import duckdb


def fill_council(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Fill `sc_rollcalls`, `sc_votes` and `sc_failed`."""
    un = raw / "un"
    con.execute(
        f"""
        INSERT INTO sc_votes
        SELECT regexp_replace(resolution, '\\s+', '', 'g'), iso3, vote
        FROM read_parquet('{un / "sc_votes.parquet"}')
        """
    )
    con.execute(
        f"""
        INSERT INTO sc_rollcalls
        SELECT regexp_replace(r.resolution, '\\s+', '', 'g'), r.number, r.date::DATE,
               sc_title(r.title), sc_agenda(r.agenda), cell_list(r.subjects, '|'),
               tidy_text(r.meeting), tidy_text(r.draft), p.sponsors,
               CASE WHEN r."chapter_VII" IS NULL THEN NULL ELSE r."chapter_VII" <> '' END,
               CASE WHEN r.yes > 0 THEN 'recorded vote' ELSE 'no recorded vote' END,
               r.yes, r.no, r.abstain, r.absent, r.undl_id, NULL
        FROM read_parquet('{un / "sc_resolutions.parquet"}') r
        LEFT JOIN sponsors p ON p.vote_id = r.resolution
        """
    )
    # An adopted text without a single yes was taken without a recorded vote: its fifteen absences
    # are filler, and are left out.
    con.execute(
        "DELETE FROM sc_votes WHERE symbol IN "
        "(SELECT symbol FROM sc_rollcalls WHERE modality = 'no recorded vote')"
    )
    con.execute(
        "UPDATE sc_rollcalls SET yes = NULL, no = NULL, abstain = NULL, absent = NULL "
        "WHERE modality = 'no recorded vote'"
    )
    con.execute(
        f"""
        INSERT INTO sc_failed
        SELECT tidy_text(draft), date::DATE, 'veto', string_split(vetoed_by, ';'),
               tidy_text(agenda_item), tidy_text(meeting_record),
               CASE WHEN verification LIKE 'confirmed by DGACM%' THEN 'UN Secretariat'
                    WHEN verification = 'dataset' THEN 'UN list of vetoes'
                    ELSE 'secondary list, not confirmed' END
        FROM read_csv('{un / "sc_vetoes_1946-2025.csv"}', header=true)
        """
    )
    con.execute(
        f"""
        INSERT INTO sc_failed
        SELECT tidy_text(draft), date::DATE,
               CASE outcome WHEN 'veto' THEN 'veto' ELSE 'short of votes' END,
               NULL, NULL, tidy_text(meeting), 'UN Secretariat'
        FROM read_csv('{un / "sc_not_adopted_drafts_2023-2025_dgacm.csv"}', header=true) n
        WHERE NOT EXISTS (FROM sc_failed f WHERE f.draft = n.draft)
        """
    )
    # Two drafts of one meeting that the list does not tell apart are numbered.
    con.execute(
        """
        UPDATE sc_failed SET agenda = agenda || ' (' || n.nth || ')'
        FROM (SELECT rowid AS id, row_number() OVER (PARTITION BY draft, date, agenda) AS nth
              FROM sc_failed) n
        WHERE n.id = sc_failed.rowid AND n.nth > 1
        """
    )
