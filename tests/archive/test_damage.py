"""A damaged archive of the user's is refused in a sentence that leads out."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.archive import open_archive
from detente.archive.folders import users
from detente.archive.importing import import_files
from detente.errors import ArchiveError


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"../elsewhere", b"a\0b", b".."])
def test_a_pointer_that_names_nothing_is_refused(mine: Path, content: bytes) -> None:
    (mine / "archive").mkdir(parents=True)
    (mine / "archive" / "current").write_bytes(content)
    with pytest.raises(ArchiveError, match=r"does not name an archive.*reset"):
        users()


def test_a_table_that_is_no_parquet_is_refused_by_name(small: Path) -> None:
    (small / "votes.parquet").write_bytes(b"junk")
    with pytest.raises(ArchiveError, match=r"damaged \(votes.parquet cannot be read\).*reset"):
        open_archive()


def test_a_table_damaged_within_is_refused_when_it_is_read(small: Path) -> None:
    path = small / "votes.parquet"
    content = bytearray(path.read_bytes())
    content[4 : len(content) // 2] = bytes(len(content) // 2 - 4)
    path.write_bytes(content)
    archive = open_archive()
    with pytest.raises(ArchiveError, match=r"is damaged.*reset"):
        archive.sql("select count(distinct vote_id), min(vote), max(iso3) from votes")


def test_an_import_onto_a_damaged_archive_is_refused(small: Path, official: Path) -> None:
    (small / "votes.parquet").write_bytes(b"junk")
    with pytest.raises(ArchiveError, match=r"is damaged.*reset"):
        import_files([official / "ga_voting.csv"])
