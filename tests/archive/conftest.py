"""Small archives and files in the official layout, made from the facts that ship."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.archive import Archive, exporting, open_archive
from detente.archive.importing import import_files

Writer = Callable[[str, Path], Path]


@pytest.fixture(scope="session")
def whole() -> Archive:
    return open_archive(folder=None)


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files in the official layouts with the record from September 2023 on, and of 2022-23."""
    folder = tmp_path_factory.mktemp("official")
    archive = open_archive()
    recent = date(2023, 12, 1)
    exporting.write_csv(archive, exporting.assembly_voting(recent), folder / "ga_voting.csv")
    exporting.write_csv(archive, exporting.assembly_outcomes(recent), folder / "ga_outcomes.csv")
    exporting.write_csv(archive, exporting.council_voting(recent), folder / "sc_voting.csv")
    exporting.write_csv(archive, exporting.voeten(date(2023, 1, 1)), folder / "voeten.csv")
    before = open_archive(as_of=date(2023, 11, 30))
    earlier = exporting.assembly_voting(date(2023, 3, 1))
    exporting.write_csv(before, earlier, folder / "earlier.csv")
    return folder


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, empty."""
    monkeypatch.setenv("DETENTE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def small(official: Path, mine: Path) -> Path:
    """A small archive in the data folder: the Assembly's votes of March to November 2023."""
    report = import_files([official / "earlier.csv"], replace=True)
    assert report.folder is not None
    return report.folder
