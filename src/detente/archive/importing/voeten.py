"""Reading Voeten's Dataverse tables: a row a state and roll call, states by number.

The numbers are those of the Correlates of War project. His roll calls reach back to votes that the
official files lack (paragraphs, amendments, failed drafts) and code issues and importance. Official
records win: of a text whose votes are known from an official file only his coding is taken.
"""

from __future__ import annotations

import duckdb

from detente.archive.importing.faults import refuse_where
from detente.archive.importing.recognise import SourceFile, refuse_broken
from detente.errors import ImportRefused, at

ISSUES = ("me", "nu", "di", "hr", "co", "ec")
# Numbers beside those of `states`: the Federal Republic to 1990, the Yemen Arab Republic.
_OTHER_NUMBERS = {260: "DEU", 678: "YEM"}


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that the readers fill: `in_rcids` and `in_rc_ballots`."""
    con.execute(
        "CREATE TEMP TABLE in_rcids (rcid INTEGER, date DATE, session INTEGER, unres VARCHAR, "
        "kind VARCHAR, important BOOLEAN, title VARCHAR, issues VARCHAR[])"
    )
    con.execute("CREATE TEMP TABLE in_rc_ballots (rcid INTEGER, iso3 VARCHAR, vote VARCHAR)")
    con.execute("CREATE TEMP TABLE cow_codes AS SELECT cow, iso3 FROM fact_states")
    for number, iso3 in _OTHER_NUMBERS.items():
        con.execute("INSERT INTO cow_codes VALUES (?, ?)", [number, iso3])


def read_votes(con: duckdb.DuckDBPyConnection, source: SourceFile) -> int:
    """Stage a table of votes, and its roll calls where it describes them; return its rows.

    Raises:
        ImportRefused: a line is broken; a vote or state number is unknown; a key stands twice with
            different votes.
    """
    try:
        con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE raw_rc AS
            SELECT try_cast(try_cast(rcid AS DOUBLE) AS INTEGER) AS rcid,
                   try_cast(try_cast(ccode AS DOUBLE) AS INTEGER) AS cow,
                   try_cast(try_cast(vote AS DOUBLE) AS INTEGER) AS vote
            FROM {source.relation()}
            """
        )
        if {"date", "session"} <= set(source.columns):
            _describe(con, source)
    except duckdb.Error as error:
        refuse_broken(source, error)
    _check(con, source)
    con.execute(
        """
        INSERT INTO in_rc_ballots
        SELECT b.rcid, c.iso3, CASE b.vote WHEN 1 THEN 'yes' WHEN 2 THEN 'abstain' WHEN 3 THEN 'no'
               ELSE 'absent' END
        FROM (SELECT DISTINCT rcid, cow, vote FROM raw_rc WHERE vote <> 9) b
        JOIN cow_codes c ON c.cow = b.cow AND c.iso3 NOT IN ('YUG', 'SRB')
        UNION ALL
        SELECT b.rcid, CASE WHEN t.date > DATE '2000-10-31' THEN 'SRB' ELSE 'YUG' END,
               CASE b.vote WHEN 1 THEN 'yes' WHEN 2 THEN 'abstain' WHEN 3 THEN 'no'
               ELSE 'absent' END
        FROM (SELECT DISTINCT rcid, cow, vote FROM raw_rc WHERE vote <> 9 AND cow = 345) b
        LEFT JOIN (SELECT rcid, date FROM in_rcids UNION SELECT rcid, date FROM rollcalls) t
        USING (rcid)
        """
    )
    twice = con.execute(
        "SELECT rcid, iso3 FROM in_rc_ballots GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 1"
    ).fetchall()
    if twice:
        raise ImportRefused(
            f"{at(source.path)}: {twice[0][1]} stands twice with different votes on roll call "
            f"{twice[0][0]}: remove one of the two rows"
        )
    ((rows,),) = con.execute("SELECT count(*) FROM raw_rc").fetchall()
    return int(rows)


def _check(con: duckdb.DuckDBPyConnection, source: SourceFile) -> None:
    bad = con.execute(
        "SELECT count(*) FROM raw_rc WHERE rcid IS NULL OR vote IS NULL "
        "OR vote NOT IN (1, 2, 3, 8, 9) OR cow IS NULL "
        "OR (vote <> 9 AND cow NOT IN (SELECT cow FROM cow_codes))"
    ).fetchall()
    if not bad[0][0]:
        return
    refuse_where(
        con,
        source,
        "try_cast(try_cast(rcid AS DOUBLE) AS INTEGER) IS NULL",
        "rcid",
        "is not a roll-call number: download the file again",
    )
    refuse_where(
        con,
        source,
        "coalesce(try_cast(vote AS DOUBLE) NOT IN (1, 2, 3, 8, 9), true)",
        "vote",
        "is not a vote: votes are 1, 2, 3, 8 and 9",
    )
    refuse_where(
        con,
        source,
        "coalesce(try_cast(ccode AS DOUBLE) NOT IN (SELECT cow FROM cow_codes), true) "
        "AND try_cast(vote AS DOUBLE) <> 9",
        "ccode",
        "is no state's Correlates of War number: correct it",
    )


def _describe(con: duckdb.DuckDBPyConnection, source: SourceFile) -> None:
    c = source.column
    title = c("descr") if "descr" in source.columns else c("short")
    coded = " AND ".join(f"min(try_cast({c(i)} AS DOUBLE)) IS NULL" for i in ISSUES)
    issues = ", ".join(
        f"CASE WHEN max(try_cast({c(i)} AS DOUBLE)) = 1 THEN '{i}' END" for i in ISSUES
    )
    con.execute(
        f"""
        INSERT INTO in_rcids
        SELECT try_cast(try_cast(rcid AS DOUBLE) AS INTEGER) AS id,
               coalesce(min(try_cast(trim(date) AS DATE)),
                        min(try_strptime(trim(date), '%m/%d/%Y')::DATE)),
               min(try_cast(try_cast(session AS DOUBLE) AS INTEGER)), min({c("unres")}),
               CASE WHEN max(try_cast({c("amend")} AS DOUBLE)) = 1 THEN 'amendment'
                    WHEN max(try_cast({c("para")} AS DOUBLE)) = 1 THEN 'paragraph'
                    ELSE 'other' END,
               max(try_cast({c("importantvote")} AS DOUBLE)) = 1, tidy_text(min({title})),
               CASE WHEN {coded} THEN NULL
                    ELSE list_filter([{issues}], lambda i: i IS NOT NULL) END
        FROM {source.relation()} GROUP BY 1
        """
    )


def read_rollcalls(con: duckdb.DuckDBPyConnection, source: SourceFile) -> int:
    """Stage a table that describes roll calls without their votes; return its rows.

    Raises:
        ImportRefused: a line is broken.
    """
    try:
        _describe(con, source)
        ((rows,),) = con.execute(f"SELECT count(*) FROM {source.relation()}").fetchall()
    except duckdb.Error as error:
        refuse_broken(source, error)
    return int(rows)


def check_described(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse votes on roll calls that neither the files nor the archive date.

    Raises:
        ImportRefused: there are such roll calls.
    """
    undated = con.execute(
        "SELECT DISTINCT rcid FROM in_rc_ballots WHERE rcid NOT IN "
        "(SELECT rcid FROM in_rcids WHERE date IS NOT NULL) "
        "AND rcid NOT IN (SELECT rcid FROM rollcalls WHERE rcid IS NOT NULL) ORDER BY 1"
    ).fetchall()
    if undated:
        raise ImportRefused(
            f"roll call {undated[0][0]} and {len(undated) - 1} others have no date in the files: "
            "import Voeten's table of roll calls (rcid, session, date, unres) together with the "
            "votes"
        )
