"""Tests of the steps leave the forecast out: it has tests of its own, and takes long to fit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from detente.denominators import outlook


@pytest.fixture(scope="module", autouse=True)
def no_forecast() -> Iterator[None]:
    """Let the denominators stand on their own record, as where no forecast can be made."""
    nothing = np.zeros(0)

    def none(archive: object, parties: tuple[object, ...], as_of: object) -> outlook.Outlook:
        return outlook.Outlook(np.zeros(0, str), nothing, nothing, np.zeros((0, len(parties))))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("detente.denominators.finding.outlook", none)
        yield
