"""Small archives and files in the official layout, made from the facts that ship."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from detente.archive import Archive, exporting, open_archive
from detente.archive.folders import users
from detente.archive.importing import import_files


@pytest.fixture(scope="session")
def whole() -> Archive:
    return open_archive(folder=None)


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files in the official layouts: the record from December 2023 on, and the months before."""
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


@pytest.fixture(scope="session")
def _small_home(official: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETENTE_DATA", str(home))
        import_files([official / "earlier.csv"], replace=True)
    return home


@pytest.fixture
def small(_small_home: Path, mine: Path) -> Path:
    """A small archive in the data folder: the Assembly's votes of March to November 2023."""
    shutil.copytree(_small_home, mine)
    folder = users()
    assert folder is not None
    return folder
