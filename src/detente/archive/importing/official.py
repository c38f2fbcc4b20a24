"""Reading the official files: Assembly voting and outcomes, Council voting.

Everything is DuckDB over the file itself: two scans of a voting file, one for the votes and one for
the texts, so that a million rows never become Python objects.
"""

from __future__ import annotations

import duckdb

from detente.archive.importing.faults import refuse_where
from detente.archive.importing.recognise import SourceFile, refuse_broken
from detente.archive.sponsors import fold_name, name_codes
from detente.archive.symbols import assembly, council_number
from detente.archive.writing import insert_rows
from detente.errors import ImportRefused, at

_VOTES = {"Y": "yes", "N": "no", "A": "abstain", "X": "absent"}
_TOTALS = {
    "total_yes": "yes",
    "total_no": "no",
    "total_abstentions": "abstain",
    "total_non_voting": "absent",
}
_MODALITIES = ("vote, recorded", "vote, non-recorded", "without a vote")


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that readers fill: `in_texts`, `in_ballots`, `in_adoptions`, `in_council`."""
    texts = (
        "vote_id VARCHAR, symbol VARCHAR, date DATE, session VARCHAR, title VARCHAR, "
        "agenda VARCHAR, subjects VARCHAR[], meeting VARCHAR, draft VARCHAR, undl_id INTEGER"
    )
    con.execute(f"CREATE TEMP TABLE in_texts ({texts})")
    con.execute(f"CREATE TEMP TABLE in_council ({texts}, modality VARCHAR, number INTEGER)")
    con.execute(f"CREATE TEMP TABLE in_adoptions ({texts}, modality VARCHAR)")
    con.execute("CREATE TEMP TABLE in_ballots (vote_id VARCHAR, iso3 VARCHAR, vote VARCHAR)")
    con.execute("CREATE TEMP TABLE in_sc_ballots (vote_id VARCHAR, iso3 VARCHAR, vote VARCHAR)")
    con.execute(
        "CREATE TEMP TABLE seat_codes AS SELECT code, iso3 FROM fact_codes "
        "UNION ALL SELECT iso3, iso3 FROM fact_states"
    )
    con.execute("CREATE TEMP TABLE seat_names (name VARCHAR, iso3 VARCHAR)")
    con.execute("CREATE TEMP TABLE symbols (raw VARCHAR, symbol VARCHAR, session VARCHAR)")
    insert_rows(con, "seat_names", list(name_codes(con).items()))


def read_voting(con: duckdb.DuckDBPyConnection, source: SourceFile, council: bool) -> int:
    """Stage a voting file of the Assembly or the Council; return its rows.

    Raises:
        ImportRefused: a line is broken; a vote, state, date or symbol is unknown; a key stands
            twice with different votes; totals are not those of the rows.
    """
    c = source.column
    try:
        con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE raw_ballots AS
            SELECT try_cast(undl_id AS INTEGER) AS id, upper(trim(ms_code)) AS code,
                   trim(ms_name) AS name, upper(trim(ms_vote)) AS vote
            FROM {source.relation()}
            """
        )
        con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE raw_texts AS
            SELECT try_cast(undl_id AS INTEGER) AS id, min(trim(date)) AS date,
                   min(resolution) AS resolution, min({c("session")}) AS session,
                   min({"description" if council else "title"}) AS title,
                   min({c("agenda" if council else "agenda_title")}) AS agenda,
                   min({c("subjects")}) AS subjects, min({c("meeting")}) AS meeting,
                   min({c("draft")}) AS draft, min({c("modality")}) AS modality,
                   {", ".join(f"min(try_cast({c(t)} AS DOUBLE)) AS {t}" for t in _TOTALS)},
                   min(try_cast({c("total_ms")} AS DOUBLE)) AS total_ms,
                   min(trim(date)) <> max(trim(date)) OR min(resolution) <> max(resolution)
                   AS torn, count(*) AS rows
            FROM {source.relation()} GROUP BY 1
            """
        )
    except duckdb.Error as error:
        refuse_broken(source, error)
    ((rows,),) = con.execute("SELECT count(*) FROM raw_ballots").fetchall()
    _check_texts(con, source, council)
    _check_votes(con, source, council)
    _seats(con, source)
    _check_totals(con, source, council)
    _stage(con, council)
    return int(rows)


def _check_texts(con: duckdb.DuckDBPyConnection, source: SourceFile, council: bool) -> None:
    bad = con.execute("SELECT count(*) FROM raw_texts WHERE id IS NULL").fetchall()
    if bad[0][0]:
        refuse_where(
            con,
            source,
            "try_cast(undl_id AS INTEGER) IS NULL",
            "undl_id",
            "is not a record number: download the file again",
        )
    check_dates(con, source, "raw_texts")
    check_symbols(con, source, "raw_texts", council)
    torn = con.execute("SELECT id FROM raw_texts WHERE torn ORDER BY id LIMIT 1").fetchall()
    for (record,) in torn:
        _refuse_stray(con, source, record)


def _refuse_stray(con: duckdb.DuckDBPyConnection, source: SourceFile, record: int) -> None:
    """Refuse a file at the first row whose date or symbol is not that of most rows of its record.

    Raises:
        ImportRefused: always.
    """
    for column in ("date", "resolution"):
        of_record = f"try_cast(undl_id AS INTEGER) = {record}"
        usual = f"(SELECT mode(trim({column})) FROM {source.relation()} WHERE {of_record})"
        refuse_where(
            con,
            source,
            f"{of_record} AND trim({column}) IS DISTINCT FROM {usual}",
            column,
            f"is not what the other rows of record {record} say: download the file again",
        )
    raise ImportRefused(
        f"{at(source.path)}: record {record} has two dates or two symbols: download the file again"
    )


def check_dates(con: duckdb.DuckDBPyConnection, source: SourceFile, table: str) -> None:
    """Refuse a file with a date that is none, or not of the Assembly's years."""
    condition = (
        "coalesce(try_cast({date} AS DATE), DATE '1900-01-01') "
        "NOT BETWEEN DATE '1946-01-01' AND DATE '2099-12-31'"
    )
    found = con.execute(
        f"SELECT count(*) FROM {table} WHERE {condition.format(date='date')}"
    ).fetchall()
    if found[0][0]:
        refuse_where(
            con,
            source,
            condition.format(date="trim(date)"),
            "date",
            "is not a date of the record: dates are written 2018-11-20, from 1946 on",
        )


def check_symbols(
    con: duckdb.DuckDBPyConnection, source: SourceFile, table: str, council: bool
) -> None:
    """Fill `symbols` with the well-formed symbols of a staged table, or refuse the file."""
    con.execute("DELETE FROM symbols")
    read: list[tuple[object, ...]] = []
    for (raw,) in con.execute(f"SELECT DISTINCT resolution FROM {table}").fetchall():
        text = "" if raw is None else str(raw)
        ours = None if council else assembly(text)
        number = council_number(text) if council else None
        if ours is None and number is None:
            con.execute("CREATE OR REPLACE TEMP TABLE bad_symbol AS SELECT ?::VARCHAR AS s", [raw])
            refuse_where(
                con,
                source,
                "resolution IS NOT DISTINCT FROM (SELECT s FROM bad_symbol)",
                "resolution",
                "is not the symbol of a resolution: download the file again",
            )
        if ours is not None:
            read.append((raw, ours.text, ours.session))
        else:
            read.append((raw, "".join(text.split()).upper(), str(number)))
    insert_rows(con, "symbols", read)


def _check_votes(con: duckdb.DuckDBPyConnection, source: SourceFile, council: bool) -> None:
    known = ", ".join(f"'{letter}'" for letter in _VOTES)
    voted = "AND t.modality IS DISTINCT FROM 'without vote'" if council else ""
    ((bad,),) = con.execute(
        "SELECT count(*) FROM raw_ballots b JOIN raw_texts t USING (id) "
        f"WHERE (b.vote IS NULL OR b.vote NOT IN ({known})) {voted}"
    ).fetchall()
    if bad:
        also = "AND modality IS DISTINCT FROM 'without vote'" if council else ""
        refuse_where(
            con,
            source,
            f"coalesce(upper(trim(ms_vote)) NOT IN ({known}), true) {also}",
            "ms_vote",
            "is not a vote: votes are Y, N, A and X",
        )


def _seats(con: duckdb.DuckDBPyConnection, source: SourceFile) -> None:
    """Make `seated`: the ballots with the alpha-3 of the seat on the day.

    China's seat is the Republic of China's to 24 October 1971; Yugoslavia's is Serbia's from
    1 November 2000.
    """
    unknown = con.execute(
        "SELECT DISTINCT code, name FROM raw_ballots "
        "WHERE code IS NULL OR code NOT IN (SELECT code FROM seat_codes)"
    ).fetchall()
    con.execute("CREATE OR REPLACE TEMP TABLE by_name (code VARCHAR, name VARCHAR, iso3 VARCHAR)")
    names = dict(con.execute("SELECT name, iso3 FROM seat_names").fetchall())
    for code, name in sorted(unknown, key=str):
        iso3 = names.get(fold_name(name or ""))
        if iso3 is None:
            con.execute("CREATE OR REPLACE TEMP TABLE bad_name AS SELECT ?::VARCHAR AS s", [name])
            refuse_where(
                con,
                source,
                "trim(ms_name) IS NOT DISTINCT FROM (SELECT s FROM bad_name)",
                "ms_name" if name else "ms_code",
                f"(code “{code or ''}”) is no state that Détente knows: correct the code to "
                "ISO 3166 alpha-3",
            )
        con.execute("INSERT INTO by_name VALUES (?, ?, ?)", [code, name, iso3])
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE seated AS
        SELECT b.id, b.vote,
               CASE WHEN seat = 'CHN' AND t.date::DATE < DATE '1971-10-25' THEN 'TWN'
                    WHEN seat = 'YUG' AND t.date::DATE > DATE '2000-10-31' THEN 'SRB'
                    ELSE seat END AS iso3
        FROM (
          SELECT r.id, r.vote, coalesce(c.iso3, n.iso3) AS seat
          FROM raw_ballots r LEFT JOIN seat_codes c ON c.code = r.code
          LEFT JOIN by_name n ON n.code IS NOT DISTINCT FROM r.code
                             AND n.name IS NOT DISTINCT FROM r.name
        ) b JOIN raw_texts t USING (id)
        """
    )
    con.execute("DROP TABLE raw_ballots")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE distinct_seated AS SELECT id, iso3, min(vote) AS vote, "
        "min(vote) <> max(vote) AS torn FROM seated GROUP BY id, iso3"
    )
    con.execute("DROP TABLE seated")
    twice = con.execute(
        "SELECT t.resolution, s.iso3 FROM distinct_seated s JOIN raw_texts t USING (id) "
        "WHERE s.torn ORDER BY ALL LIMIT 1"
    ).fetchall()
    if twice:
        raise ImportRefused(
            f"{at(source.path)}: {twice[0][1]} stands twice with different votes on "
            f"{twice[0][0]}: remove one of the two rows"
        )
    again = con.execute(
        "SELECT resolution FROM raw_texts GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    ).fetchall()
    if again:
        raise ImportRefused(
            f"{at(source.path)}: {again[0][0]} has two record numbers: remove one of the two"
        )


def _check_totals(con: duckdb.DuckDBPyConnection, source: SourceFile, council: bool) -> None:
    counts = ", ".join(
        f"count(*) FILTER (vote = '{letter}') AS {vote}" for letter, vote in _VOTES.items()
    )
    differs = " OR ".join(f"t.{total} <> c.{vote}" for total, vote in _TOTALS.items())
    voted = "AND t.modality IS DISTINCT FROM 'without vote'" if council else ""
    wrong = con.execute(
        f"""
        SELECT t.resolution, t.total_yes::INTEGER, t.total_no::INTEGER,
               t.total_abstentions::INTEGER, c.yes, c.no, c.abstain, c.rows, t.total_ms::INTEGER
        FROM raw_texts t JOIN (SELECT id, {counts}, count(*) AS rows FROM distinct_seated
                               GROUP BY id) c USING (id)
        WHERE ({differs} OR t.total_ms <> c.rows) {voted} ORDER BY 1 LIMIT 1
        """
    ).fetchall()
    if wrong:
        symbol, yes, no, abstain, *counted, rows, seats = wrong[0]
        raise ImportRefused(
            f"{at(source.path)}: the totals of {symbol} ({yes}-{no}-{abstain}, {seats} members) "
            f"are not those of its rows ({'-'.join(map(str, counted))}, {rows} members), as in a "
            "file that is cut short: download it again"
        )


def _stage(con: duckdb.DuckDBPyConnection, council: bool) -> None:
    prefix = "in_sc_ballots" if council else "in_ballots"
    codes = "CASE b.vote " + " ".join(f"WHEN '{k}' THEN '{v}'" for k, v in _VOTES.items()) + " END"
    drop = "WHERE t.modality IS DISTINCT FROM 'without vote'" if council else ""
    con.execute(
        f"INSERT INTO {prefix} SELECT {'s.symbol' if council else chr(39) + 'undl:' + chr(39)} "
        f"{'' if council else '|| b.id'}, b.iso3, {codes} FROM distinct_seated b "
        f"JOIN raw_texts t USING (id) JOIN symbols s ON s.raw = t.resolution {drop}"
    )
    con.execute("DROP TABLE distinct_seated")
    if council:
        con.execute(
            """
            INSERT INTO in_council
            SELECT s.symbol, s.symbol, t.date::DATE, NULL, sc_title(t.title), sc_agenda(t.agenda),
                   cell_list(t.subjects, '|'), tidy_text(t.meeting), tidy_text(t.draft), t.id,
                   CASE t.modality WHEN 'without vote' THEN 'no recorded vote'
                        ELSE 'recorded vote' END,
                   s.session::INTEGER
            FROM raw_texts t JOIN symbols s ON s.raw = t.resolution
            """
        )
        return
    con.execute(
        """
        INSERT INTO in_texts
        SELECT 'undl:' || t.id, s.symbol, t.date::DATE, s.session, ga_title(t.title),
               ga_agenda(t.agenda), cell_list(t.subjects, '|'), tidy_text(t.meeting),
               tidy_text(t.draft), t.id
        FROM raw_texts t JOIN symbols s ON s.raw = t.resolution
        """
    )


def read_outcomes(con: duckdb.DuckDBPyConnection, source: SourceFile) -> int:
    """Stage a file of Assembly outcomes; return its rows. Recorded votes in it are left alone.

    Raises:
        ImportRefused: a line is broken; a date, symbol or modality is unknown.
    """
    c = source.column
    try:
        con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE raw_outcomes AS
            SELECT try_cast(undl_id AS INTEGER) AS id, trim(date) AS date, resolution, title,
                   {c("agenda_title")} AS agenda, {c("subjects")} AS subjects,
                   {c("meeting")} AS meeting, {c("draft")} AS draft,
                   lower(trim(modality)) AS modality
            FROM {source.relation()}
            """
        )
    except duckdb.Error as error:
        refuse_broken(source, error)
    check_dates(con, source, "raw_outcomes")
    known = ", ".join(f"'{word}'" for word in _MODALITIES)
    refuse_where(
        con,
        source,
        f"coalesce(lower(trim(modality)) NOT IN ({known}), true)",
        "modality",
        f"is not a modality: they are {'; '.join(_MODALITIES)}",
    )
    check_symbols(con, source, "raw_outcomes", council=False)
    con.execute(
        """
        INSERT INTO in_adoptions
        SELECT NULL, s.symbol, min(t.date)::DATE, min(s.session), min(ga_title(t.title)),
               min(ga_agenda(t.agenda)), any_value(cell_list(t.subjects, '|')),
               min(tidy_text(t.meeting)), min(tidy_text(t.draft)), min(t.id),
               CASE min(t.modality) WHEN 'without a vote' THEN 'without a vote'
                    ELSE 'vote not recorded' END
        FROM raw_outcomes t JOIN symbols s ON s.raw = t.resolution
        WHERE t.modality <> 'vote, recorded' GROUP BY s.symbol
        """
    )
    ((rows,),) = con.execute("SELECT count(*) FROM raw_outcomes").fetchall()
    return int(rows)
