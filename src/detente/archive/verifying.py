"""Checking an archive: what a load must satisfy whatever files it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.archive import known_facts
from detente.archive.folders import default
from detente.archive.opening import Archive, open_archive, read_manifest
from detente.archive.schema import BODIES, KINDS, MODALITIES, SC_MODALITIES, TABLES, VOTES
from detente.archive.symbols import assembly, council_number


@dataclass(frozen=True)
class Check:
    """One check and what came of it.

    Attributes:
        name: the rule that was checked.
        looked_at: how many rows or facts it looked at.
        faults: what breaks the rule, a line each; empty where it holds.
    """

    name: str
    looked_at: int
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """True where nothing breaks the rule."""
        return not self.faults


def verify(folder: Path | str | None = None) -> list[Check]:
    """Check an archive folder and return every check, in order.

    Args:
        folder: an archive folder; by default the user's own if there is one, else what ships.

    Raises:
        ArchiveError: the folder holds no archive that can be opened.
    """
    place = default() if folder is None else Path(folder)
    files = files_of_manifest(place)
    if not files.passed:  # what is not the archive's own need not even open
        return [files]
    return [files, *_checks(open_archive(folder=place))]


def _checks(archive: Archive) -> Iterator[Check]:
    for table in TABLES.values():
        yield _keys(archive, table.name, table.key)
    yield _words(archive)
    yield _symbols(archive)
    yield from _totals(archive)
    yield from _voters(archive)
    yield _terms(archive)
    yield _council_seats(archive)
    yield _members(archive)
    yield _bridges(archive)
    yield _facts(archive)


def _check(
    archive: Archive, name: str, looked_at: str, faults: str, params: Sequence[object] = ()
) -> Check:
    ((rows,),) = archive.sql(looked_at)
    return Check(name, rows, tuple(" ".join(map(str, row)) for row in archive.sql(faults, params)))


def files_of_manifest(folder: Path) -> Check:
    """Check that the files of a folder are those that its manifest describes, byte by byte."""
    tables = read_manifest(folder)["tables"]
    faults = []
    for name, about in tables.items():
        path = folder / f"{name}.parquet"
        if hashlib.sha256(path.read_bytes()).hexdigest() != about["sha256"]:
            faults.append(f"{path.name} is not the file that the manifest describes")
    return Check("files are those of the manifest", len(tables), tuple(faults))


def _keys(archive: Archive, table: str, key: tuple[str, ...]) -> Check:
    columns = ", ".join(key)
    return _check(
        archive,
        f"{table}: no row twice ({columns})",
        f"SELECT count(*) FROM {table}",
        f"SELECT {columns} FROM {table} GROUP BY ALL HAVING count(*) > 1 LIMIT 20",
    )


def _words(archive: Archive) -> Check:
    coded = (
        ("votes", "vote", VOTES),
        ("sc_votes", "vote", VOTES),
        ("rollcalls", "kind", KINDS),
        ("adoptions", "modality", MODALITIES),
        ("sc_rollcalls", "modality", SC_MODALITIES),
        ("memberships", "body", BODIES),
    )
    faults: list[str] = []
    looked_at = 0
    for table, column, words in coded:
        known = ", ".join(f"'{word}'" for word in words)
        looked_at += archive.sql(f"SELECT count(*) FROM {table}")[0][0]
        faults += [
            f"{table}.{column} is {word!r}"
            for (word,) in archive.sql(
                f"SELECT DISTINCT {column} FROM {table} "
                f"WHERE {column} IS NULL OR {column} NOT IN ({known})"
            )
        ]
    return Check("coded columns use the words of the schema", looked_at, tuple(faults))


def _symbols(archive: Archive) -> Check:
    ours = archive.sql(
        "SELECT symbol FROM rollcalls WHERE kind = 'resolution' UNION ALL "
        "SELECT symbol FROM adoptions"
    )
    councils = archive.sql("SELECT symbol, number FROM sc_rollcalls")
    faults = [str(symbol) for (symbol,) in ours if symbol is None or assembly(symbol) is None]
    faults += [str(symbol) for symbol, n in councils if council_number(str(symbol)) != n]
    both = archive.sql(
        "SELECT symbol FROM rollcalls JOIN adoptions USING (symbol) "
        "UNION ALL SELECT symbol FROM rollcalls WHERE symbol IS NOT NULL "
        "GROUP BY symbol HAVING count(*) > 1"
    )
    faults += [f"{symbol} stands twice" for (symbol,) in both]
    return Check(
        "symbols are well-formed, each text stands once", len(ours) + len(councils), tuple(faults)
    )


def _totals(archive: Archive) -> Iterator[Check]:
    for table, votes, key in (
        ("rollcalls", "votes", "vote_id"),
        ("sc_rollcalls", "sc_votes", "symbol"),
    ):
        counted = ", ".join(f"count(*) FILTER (vote = '{vote}') AS {vote}" for vote in VOTES)
        differs = " OR ".join(f"c.{vote} IS DISTINCT FROM r.{vote}" for vote in VOTES)
        yield _check(
            archive,
            f"{table}: totals are those of the votes",
            f"SELECT count(*) FROM {table}",
            f"WITH c AS (SELECT {key}, {counted} FROM {votes} GROUP BY {key}) "
            f"SELECT coalesce(r.{key}, c.{key}) FROM {table} r FULL JOIN c USING ({key}) "
            f"WHERE {differs} ORDER BY 1 LIMIT 20",
        )


def _voters(archive: Archive) -> Iterator[Check]:
    for table, votes, key, body in (
        ("rollcalls", "votes", "vote_id", "UN"),
        ("sc_rollcalls", "sc_votes", "symbol", "SC"),
    ):
        yield _check(
            archive,
            f"{votes}: every voter is a member on the day ({body})",
            f"SELECT count(*) FROM {votes}",
            f"SELECT v.iso3, r.date FROM {votes} v JOIN {table} r USING ({key}) "
            f"WHERE NOT EXISTS (FROM memberships m WHERE m.body = '{body}' AND m.iso3 = v.iso3 "
            "AND m.first_day <= r.date AND (m.last_day IS NULL OR m.last_day >= r.date)) "
            "ORDER BY ALL LIMIT 20",
        )


def _terms(archive: Archive) -> Check:
    return _check(
        archive,
        "memberships: terms end after they begin and do not overlap",
        "SELECT count(*) FROM memberships",
        "SELECT a.iso3, a.body, a.first_day FROM memberships a LEFT JOIN memberships b "
        "ON a.iso3 = b.iso3 AND a.body = b.body AND a.first_day < b.first_day "
        "AND (a.last_day IS NULL OR a.last_day >= b.first_day) "
        "WHERE b.iso3 IS NOT NULL OR a.last_day < a.first_day ORDER BY ALL",
    )


def _council_seats(archive: Archive) -> Check:
    """The Council is full at the turn of every half-year."""
    rows = archive.sql(
        "SELECT d.day::DATE, count(m.iso3), count(DISTINCT m.iso3) "
        "FROM range(DATE '1946-02-01', (SELECT max(date) FROM sc_rollcalls), INTERVAL 1 MONTH) "
        "d(day) LEFT JOIN memberships m ON m.body = 'SC' AND m.first_day <= d.day "
        "AND (m.last_day IS NULL OR m.last_day >= d.day) GROUP BY ALL ORDER BY 1"
    )
    faults = tuple(
        f"{day} {members} members"
        for day, members, different in rows
        if members != (15 if day >= known_facts.COUNCIL_GREW else 11) or members != different
    )
    return Check("the Council has its 11 or 15 members in every month", len(rows), faults)


def _members(archive: Archive) -> Check:
    counted = archive.sql(
        "SELECT y.year, count(DISTINCT m.iso3) FROM (SELECT unnest(?::INTEGER[]) AS year) y "
        "LEFT JOIN memberships m ON m.body = 'UN' AND m.first_day <= make_date(y.year, 12, 31) "
        "AND (m.last_day IS NULL OR m.last_day >= make_date(y.year, 12, 31)) GROUP BY 1 ORDER BY 1",
        (list(known_facts.UN_MEMBERS),),
    )
    faults = [
        f"{found} at the end of {year}, not {known_facts.UN_MEMBERS[year]}"
        for year, found in counted
        if found != known_facts.UN_MEMBERS[year]
    ]
    return Check(
        "the United Nations has its members by year", len(known_facts.UN_MEMBERS), tuple(faults)
    )


def _bridges(archive: Archive) -> Check:
    return _check(
        archive,
        "bridges: both roll calls stand, in order",
        "SELECT count(*) FROM bridges",
        "SELECT b.vote_id1, b.vote_id2 FROM bridges b LEFT JOIN rollcalls x "
        "ON x.vote_id = b.vote_id1 LEFT JOIN rollcalls y ON y.vote_id = b.vote_id2 "
        "WHERE x.date IS NULL OR y.date IS NULL OR x.session_number > y.session_number",
    )


def _facts(archive: Archive) -> Check:
    """Known totals; a fact whose text is not in the archive is not looked at."""
    faults = []
    looked_at = 0
    for table, facts in (
        ("rollcalls", known_facts.ASSEMBLY),
        ("sc_rollcalls", known_facts.COUNCIL),
    ):
        for symbol, expected in facts.items():
            rows = archive.sql(f"SELECT yes, no, abstain FROM {table} WHERE symbol = ?", (symbol,))
            looked_at += len(rows)
            faults += [
                f"{symbol} is {found}, not {expected}" for found in rows if found != expected
            ]
    return Check("known facts", looked_at, tuple(faults))
