"""Whom to persuade for a comparison: one answer for each threshold that states decide."""

from __future__ import annotations

from dataclasses import dataclass

from detente.archive import Archive
from detente.case import Case
from detente.convening.deciding import letter_days, polled
from detente.convening.electorates import electorate
from detente.convening.findings import Comparison, RouteFinding, StepFinding
from detente.convening.support.persuade import Persuasion, persuade


@dataclass(frozen=True)
class Persuading:
    """Whom to persuade at one step.

    Attributes:
        route: whose step it is; the first of several that share the threshold.
        step: the step.
        found: the answer.
    """

    route: RouteFinding
    step: StepFinding
    found: Persuasion


def persuading(archive: Archive, case: Case, found: Comparison) -> tuple[Persuading, ...]:
    """Return whom to persuade for the route looked at, or for the frames recommended.

    Args:
        archive: the record, opened on the as-of date.
        case: the case; its parties are counted as any other state.
        found: the comparison; a threshold that two routes share is answered once.
    """
    if found.support is None:
        return ()
    frame = found.recommendation.of("frame")
    wanted = frame.routes if frame and len(found.routes) > 1 else [r.route.id for r in found.routes]
    answers: list[Persuading] = []
    seen = set()
    for name in wanted:
        route = found.of(name)
        for step in route.steps:
            days = letter_days(step.rule)
            key = (step.rule.electorate, step.needed, days)
            if step.odds is None or key in seen:
                continue
            seen.add(key)
            voters = electorate(archive, step.rule.electorate, case.as_of, case)
            answer = persuade(
                found.support, polled(found.support, voters), step.needed, letter_days=days
            )
            answers.append(Persuading(route, step, answer))
    return tuple(answers)
