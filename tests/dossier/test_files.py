"""Writing: whole or not at all, the wanted files only, and never a later record in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from detente.archive import Archive
from detente.archive.folders import shipped
from detente.case import Case, open_case
from detente.dossier import write_dossier
from detente.errors import OutputError

# The week of the Cuban crisis: a short record, a bloc, and years of later records in what ships.
CASE = """\
[case]
name = "Talks of October 1962"
name_fr = "Entretiens d’octobre 1962"
host = "AUT"
parties = ["USA", "RUS", "EU"]
as_of = 1962-10-22
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("case") / "october.toml"
    path.write_text(CASE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def opened(path: Path) -> tuple[Case, Archive]:
    return open_case(path)


@pytest.fixture(autouse=True, scope="module")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the fits of these tests apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def _later_records(folder: Path) -> Path:
    """Copy what ships and add records of the day after the as-of date to every dated table."""
    shutil.copytree(shipped(), folder)
    day = "DATE '1962-10-23'"
    new = {
        "rollcalls": "SELECT * REPLACE ('later' AS vote_id, 'A/RES/1999(XVII)' AS symbol, "
        f"{day} AS date) FROM old WHERE vote_id = (SELECT max(vote_id) FROM old WHERE "
        "session_number = 16 AND kind = 'resolution')",
        "adoptions": f"SELECT * REPLACE ('A/RES/1998(XVII)' AS symbol, {day} AS date) FROM old "
        "WHERE session_number = 16 LIMIT 1",
        "memberships": f"SELECT * REPLACE ('EU' AS body, {day} AS first_day) FROM old "
        "WHERE iso3 = 'GBR' AND body = 'UN'",
        "sc_rollcalls": f"SELECT * REPLACE ('S/RES/9999(1962)' AS symbol, {day} AS date) "
        "FROM old WHERE date < DATE '1962-10-22' LIMIT 1",
    }
    for table, query in new.items():
        file = folder / f"{table}.parquet"
        with duckdb.connect() as con:
            con.execute(f"CREATE TABLE old AS SELECT * FROM read_parquet('{file}')")
            both = f"SELECT * FROM old UNION ALL ({query})"
            con.execute(f"COPY ({both}) TO '{file}' (FORMAT parquet)")
    votes = folder / "votes.parquet"
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE old AS SELECT * FROM read_parquet('{votes}')")
        con.execute(
            "COPY (SELECT * FROM old UNION ALL SELECT 'later', iso3, 'no' FROM old WHERE iso3 IN "
            f"('USA', 'RUS', 'FRA') GROUP BY iso3) TO '{votes}' (FORMAT parquet)"
        )
    return folder


def test_a_later_record_changes_no_byte(
    path: Path, opened: tuple[Case, Archive], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, archive = opened
    # JSON holds all findings; PDF stands for the drawn formats, which are functions of the same.
    formats = ["pdf", "json"]
    before = write_dossier(archive, case, tmp_path / "before", ["en"], formats)
    # A fit from the cache would hide a method that looks past the as-of date.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    changed = _later_records(tmp_path / "archive")
    later_case, later_archive = open_case(path, folder=changed)
    assert later_archive.sql("SELECT count(*) FROM rollcalls WHERE vote_id = 'later'") == [(0,)]
    open_day, open_archive = open_case(path, as_of=date(1962, 10, 23), folder=changed)
    assert open_archive.sql("SELECT count(*) FROM rollcalls WHERE vote_id = 'later'") == [(1,)]
    assert open_day.as_of == date(1962, 10, 23)
    after = write_dossier(later_archive, later_case, tmp_path / "after", ["en"], formats)
    assert [p.name for p in before] == [f"october-1962-10-22-en.{name}" for name in formats]
    for old, new in zip(before, after, strict=True):
        assert old.read_bytes() == new.read_bytes(), old.name


def test_only_the_wanted_files_are_written_and_progress_ends(
    opened: tuple[Case, Archive], tmp_path: Path
) -> None:
    case, archive = opened
    told: list[tuple[int, int]] = []
    files = write_dossier(
        archive, case, tmp_path / "out", ["fr"], ["json"], lambda done, of: told.append((done, of))
    )
    assert [p.name for p in files] == ["october-1962-10-22-fr.json"]
    assert sorted(tmp_path.joinpath("out").iterdir()) == files
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_fault_midway_leaves_what_stood_there(
    opened: tuple[Case, Archive], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, archive = opened
    old = tmp_path / "october-1962-10-22-en.json"
    old.write_text("old")

    def fails(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.dossier.render.word.docx", fails)
    with pytest.raises(KeyboardInterrupt):
        write_dossier(archive, case, tmp_path, ["en"], ["json", "docx"])
    assert old.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == [old.name]


def test_a_file_in_the_way_is_named(opened: tuple[Case, Archive], tmp_path: Path) -> None:
    case, archive = opened
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="taken"):
        write_dossier(archive, case, tmp_path / "taken", ["en"], ["json"])
