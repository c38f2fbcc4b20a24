from __future__ import annotations

import pytest

from detente.archive import Archive, open_archive
from detente.positions import Positions, fit_positions


@pytest.fixture(scope="package")
def archive() -> Archive:
    return open_archive()


@pytest.fixture(scope="package")
def positions(archive: Archive) -> Positions:
    """The whole record, fitted once."""
    return fit_positions(archive, use_cache=False)
