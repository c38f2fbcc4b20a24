"""What the section on convening shows, worked out from the archive for a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.case import Case
from detente.convening.calendar.planning import Plan, plan, suggested_opening
from detente.convening.comparing import compare
from detente.convening.electorates import electorate
from detente.convening.findings import Comparison, StepFinding
from detente.convening.support.letters import AT_DAY
from detente.convening.support.persuade import Persuasion, persuade


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
    if frame is None:
        return Convening(archive, case, compared, planned)
    voted = compared.of(frame.routes[0])
    decisions = [one for one in voted.steps if one.odds is not None]
    hardest = min(decisions, key=lambda one: one.odds.probability if one.odds else 1.0)
    return Convening(
        archive,
        case,
        compared,
        planned,
        voted.route.id,
        _persuade(archive, case, compared, hardest),
    )


def _persuade(
    archive: Archive, case: Case, compared: Comparison, step: StepFinding
) -> Persuasion | None:
    drawn = compared.support
    if drawn is None:
        return None
    known = set(drawn.states)
    voters = electorate(archive, step.rule.electorate, case.as_of, case)
    letter_days = None
    if step.rule.electorate == "UN" and step.needed.kind == "votes in favour":
        given = [clock.days for clock in step.rule.clocks if clock.sets == "concurrence"]
        letter_days = given[0] if given and given[0] is not None else AT_DAY
    inside = tuple(code for code in voters if code in known)
    return persuade(drawn, inside, step.needed, letter_days=letter_days)
