"""How tense it is between the parties, as far as the series know."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from detente.archive import Archive
from detente.case import Case
from detente.errors import NotFound


def percentiles(
    archive: Archive, case: Case, codes: Sequence[str]
) -> dict[tuple[str, str], float] | None:
    """Return each pair's percentile in its own history, 0 to 100; None where no series speaks.

    Args:
        archive: opened as of the case's date.
        case: whose parties they are.
        codes: of the parties to pair.
    """
    from detente.tension import tension

    try:
        return tension(archive, case, list(combinations(codes, 2))).percentiles
    except NotFound:
        return None
