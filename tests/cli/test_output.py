from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.cli.output import write_file, write_rows
from detente.errors import OutputError


def test_rows_are_written_a_line_each(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", [["iso3", "name"], ["CIV", "Côte d’Ivoire, the"]])
    assert (tmp_path / "a.csv").read_bytes() == 'iso3,name\nCIV,"Côte d’Ivoire, the"\n'.encode()


def test_a_file_that_cannot_be_put_in_place_leaves_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(tmp_path / "taken", b"text")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_fault_while_the_rows_are_made_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")

    def rows() -> Iterator[list[str]]:
        yield ["head"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(path, rows())
    assert path.read_text() == "old"
