"""What the section on convening shows, worked out from the archive for a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.case import Case
from detente.convening.calendar.planning import Plan, plan, suggested_opening
from detente.convening.comparing import compare
from detente.convening.findings import Comparison
from detente.convening.persuading import persuading
from detente.convening.support.persuade import Persuasion


@dataclass(frozen=True)
class Convening:
    """What the section shows.

    Attributes:
        archive, case: whose names and rules are told.
        comparison: every route.
        plan: the recommended route for a wished opening, or None where no route is recommended.
        voted: the id of the route whose vote is recommended, or None.
        persuasion: whom to persuade for that vote, or None.
    """

    archive: Archive
    case: Case
    comparison: Comparison
    plan: Plan | None = None
    voted: str | None = None
    persuasion: Persuasion | None = None


def gather(
    archive: Archive,
    case: Case,
    *,
    wished: date | None = None,
    comparison: Comparison | None = None,
) -> Convening:
    """Work out what the section shows.

    Args:
        archive: the record, opened on the case's as-of date.
        case: the case.
        wished: the wished opening; by default the first working day that leaves practice its time
            and is clear of hard days.
        comparison: a comparison made already, for the same archive and case.
    """
    compared = comparison or compare(archive, case, opening=wished)
    table, frame = (compared.recommendation.of(role) for role in ("table", "frame"))
    planned = None
    if table is not None:
        route = compared.of(table.routes[0]).route
        opening = wished or suggested_opening(archive, case, route, case.as_of)
        planned = plan(archive, case, route, opening, case.as_of)
    asked = () if frame is None else persuading(archive, case, compared)
    if not asked:
        return Convening(archive, case, compared, planned)
    # Where one of the votes recommended is sure, the other is the one to work for.
    hardest = min(asked, key=lambda one: one.found.now.probability)
    return Convening(archive, case, compared, planned, hardest.route.route.id, hardest.found)
