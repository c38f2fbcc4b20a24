"""Writing the record in the layout of the official files, for tests, benches and exchange.

The files are made from this archive's facts; they are not the official files, only their layout.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from detente.archive.opening import Archive
from detente.errors import OutputError

_LETTERS = "CASE v.vote WHEN 'yes' THEN 'Y' WHEN 'no' THEN 'N' WHEN 'abstain' THEN 'A' ELSE 'X' END"
_TOTALS = (
    "r.yes::DOUBLE AS total_yes, r.no::DOUBLE AS total_no, r.abstain::DOUBLE AS total_abstentions, "
    "r.absent::DOUBLE AS total_non_voting, "
    "(r.yes + r.no + r.abstain + r.absent)::DOUBLE AS total_ms"
)
_LINK = "'https://digitallibrary.un.org/record/' || r.undl_id AS undl_link"
_NAME = (
    "upper(coalesce((SELECT n.name_en FROM state_names n WHERE n.iso3 = v.iso3 "
    "AND n.first_day <= r.date AND (n.last_day IS NULL OR n.last_day >= r.date)), v.iso3)) "
    "AS ms_name"
)
# The official files write today's code of a seat.
_CODE = "CASE v.iso3 WHEN 'TWN' THEN 'CHN' ELSE v.iso3 END AS ms_code"


def assembly_voting(since: date | None = None) -> str:
    """Return SQL for the Assembly's roll calls in the columns of ``*_ga_voting.csv``."""
    when = f"AND r.date >= DATE '{since}'" if since else ""
    return f"""
        SELECT r.undl_id, {_CODE}, {_NAME}, {_LETTERS} AS ms_vote, r.date, r.session,
               r.symbol AS resolution, r.draft, NULL::VARCHAR AS committee_report, r.meeting,
               r.title || ' : resolution / adopted by the General Assembly' AS title,
               r.agenda AS agenda_title, array_to_string(r.subjects, '|') AS subjects,
               NULL::VARCHAR AS vote_note, {_TOTALS}, {_LINK}
        FROM rollcalls r JOIN votes v USING (vote_id)
        WHERE r.kind = 'resolution' AND r.undl_id IS NOT NULL {when}
        ORDER BY r.date, r.undl_id, v.iso3
    """


def assembly_outcomes(since: date | None = None) -> str:
    """Return SQL for the Assembly's outcomes in the columns of ``*_ga_outcomes.csv``."""
    when = f"WHERE date >= DATE '{since}'" if since else ""
    return f"""
        SELECT row_number() OVER (ORDER BY date, symbol) + 9000000 AS undl_id, date, session,
               symbol AS resolution, NULL::VARCHAR AS draft, NULL::VARCHAR AS committee_report,
               NULL::VARCHAR AS meeting,
               title || ' : resolution / adopted by the General Assembly' AS title,
               agenda AS agenda_title, array_to_string(subjects, '|') AS subjects,
               CASE modality WHEN 'without a vote' THEN modality ELSE 'vote, non-recorded' END
               AS modality
        FROM (SELECT * FROM adoptions WHERE date_basis = 'official') {when}
        ORDER BY date, symbol
    """


def council_voting(since: date | None = None) -> str:
    """Return SQL for the Council's roll calls in the columns of ``*_sc_voting.csv``."""
    when = f"WHERE r.date >= DATE '{since}'" if since else ""
    return f"""
        SELECT coalesce(r.undl_id, 9500000 + r.number) AS undl_id, {_CODE}, {_NAME},
               v.iso3 IN ('CHN', 'FRA', 'GBR', 'RUS', 'TWN', 'USA') AS permanent_member,
               {_LETTERS} AS ms_vote, r.date, r.symbol AS resolution, r.draft, r.meeting,
               r.title AS description, r.agenda, array_to_string(r.subjects, '|') AS subjects,
               NULL::VARCHAR AS vote_note, 'vote' AS modality, {_TOTALS}, {_LINK}
        FROM sc_rollcalls r JOIN sc_votes v USING (symbol) {when}
        ORDER BY r.number, v.iso3
    """


def voeten(since: date | None = None) -> str:
    """Return SQL for roll calls in the columns of Voeten's Dataverse table."""
    when = f"AND r.date >= DATE '{since}'" if since else ""
    return f"""
        SELECT r.rcid, s.cow AS ccode,
               CASE v.vote WHEN 'yes' THEN 1 WHEN 'abstain' THEN 2 WHEN 'no' THEN 3 ELSE 8 END
               AS vote,
               r.session_number AS session, r.date,
               'R/' || r.session || '/' || regexp_extract(
                 coalesce(r.symbol, ''), '^A/RES/(?:(?:ES-|S-)?\\d+/)?(\\d+[A-Z]*)', 1) AS unres,
               (r.kind = 'amendment')::INTEGER AS amend, (r.kind = 'paragraph')::INTEGER AS para,
               coalesce(r.important, false)::INTEGER AS importantvote, r.title AS descr,
               list_contains(r.issues, 'me')::INTEGER AS me,
               list_contains(r.issues, 'nu')::INTEGER AS nu,
               list_contains(r.issues, 'di')::INTEGER AS di,
               list_contains(r.issues, 'hr')::INTEGER AS hr,
               list_contains(r.issues, 'co')::INTEGER AS co,
               list_contains(r.issues, 'ec')::INTEGER AS ec
        FROM rollcalls r JOIN votes v USING (vote_id) JOIN states s USING (iso3)
        WHERE r.rcid IS NOT NULL {when}
        ORDER BY r.rcid, s.cow, v.iso3
    """


def write_csv(archive: Archive, query: str, path: Path) -> None:
    """Write the rows of a query as CSV with a header.

    Raises:
        OutputError: the file cannot be written.
    """
    target = str(path).replace("'", "''")
    try:
        archive.sql(f"COPY ({query}) TO '{target}' (FORMAT csv, HEADER true)")
    except Exception as error:
        raise OutputError(f"{path} cannot be written: choose another place") from error
