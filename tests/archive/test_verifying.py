from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from detente.archive import Archive
from detente.archive.importing.merging import load_tables
from detente.archive.verifying import verify
from detente.archive.writing import new_tables, write_archive

Damage = Callable[[duckdb.DuckDBPyConnection], object]


def test_what_ships_passes_every_check() -> None:
    checks = verify()
    assert len(checks) > 20
    assert [check for check in checks if not check.passed] == []
    assert all(check.looked_at for check in checks)


# What is done to an archive -> the check that must see it.
DAMAGES = {
    "UPDATE votes SET vote = 'no' WHERE rowid = 0": "rollcalls: totals",
    "DELETE FROM votes WHERE rowid = 5": "rollcalls: totals",
    "INSERT INTO votes SELECT * FROM votes LIMIT 1": "votes: no row twice",
    "UPDATE votes SET vote = 'maybe' WHERE rowid = 3": "coded columns",
    "UPDATE rollcalls SET symbol = 'A/RES/nonsense' WHERE rowid = 2": "symbols",
    "UPDATE rollcalls SET symbol = (SELECT min(symbol) FROM rollcalls)": "symbols",
    "UPDATE votes SET iso3 = 'TWN' WHERE iso3 = 'USA'": "votes: every voter",
    "INSERT INTO memberships VALUES ('FRA', 'EU', '1990-01-01', NULL, '', '')": "memberships:",
    "DELETE FROM memberships WHERE iso3 = 'FRA' AND body = 'UN'": "the United Nations",
    "INSERT INTO bridges VALUES ('undl:1', 'undl:2', 'published')": "bridges:",
    "UPDATE rollcalls SET symbol = 'A/RES/ES-11/1' WHERE rowid = 0": "known facts",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_archive_fails_the_check_that_looks_for_it(
    small: Path, tmp_path: Path, damage: str
) -> None:
    con = new_tables()
    load_tables(con, small, record=True)
    con.execute(damage)
    folder = tmp_path / "damaged"
    write_archive(con, folder, {"sources": [], "corrections": []}, level=1)
    failed = [check.name for check in verify(folder) if not check.passed]
    assert any(name.startswith(DAMAGES[damage]) for name in failed), failed


def test_a_file_that_is_not_the_manifests_is_seen(small: Path) -> None:
    path = small / "states.parquet"
    path.write_bytes((small / "state_names.parquet").read_bytes())
    checks = verify(small)
    assert [check.name for check in checks if not check.passed] == [
        "files are those of the manifest"
    ]


def test_a_council_short_of_a_member_is_seen(whole: Archive, tmp_path: Path) -> None:
    con = new_tables()
    load_tables(con, whole.folder, record=False)
    for table in ("sc_rollcalls", "sc_votes"):
        con.execute(
            f"INSERT INTO {table} SELECT * FROM read_parquet('{whole.folder / table}.parquet')"
        )
    con.execute("DELETE FROM memberships WHERE body = 'SC' AND iso3 = 'KAZ'")
    write_archive(con, tmp_path / "damaged", {"sources": [], "corrections": []}, level=1)
    failed = [check.name for check in verify(tmp_path / "damaged") if not check.passed]
    assert "the Council has its 11 or 15 members in every month" in failed
    assert "sc_votes: every voter is a member on the day (SC)" in failed
