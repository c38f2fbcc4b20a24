"""What stands in the way of a route, and what closes it; each with the way out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from detente.case import Case
from detente.convening.electorates import bodies
from detente.convening.findings import Obstacle, RouteFinding, Standing
from detente.convening.routes import Fact, Route
from detente.convening.rulebook import rulebook
from detente.convening.sessions import regular_session

DECIDING = ("start", "decision", "attendance")
_RISES = (12, 20)


def obstacles(
    case: Case,
    found: RouteFinding,
    wished: date | None,
    facts: Mapping[Fact, bool],
) -> tuple[Obstacle, ...]:
    """Return what is in the way of a route, what closes it first.

    A body that does not exist yet, a rule not yet in force, a fact that is not there and a wished
    day that the clocks do not allow close a route; a host or a party without a seat does not,
    because another can ask and a guest can be invited, except where the parties themselves are the
    body.
    """
    route, day, listed = found.route, case.as_of, []
    body = bodies().get(route.body)
    if body is not None and body.founded > day:
        listed.append(Obstacle("body not founded", {"body": route.body}, closes=True))
    elif _without_rule(route, day):
        listed.append(Obstacle("rule not in force", closes=True))
    for fact in route.facts:
        if not facts[fact] and not any(one.key == "rule not in force" for one in listed):
            rule = next((s.rule.id for s in found.steps if s.step.role == "condition"), None)
            listed.append(Obstacle(f"no {fact}", {}, True, rule))
    if route.family == "emergency session" and _sitting(day) and not listed:
        listed.append(Obstacle("in session", {}, rule="ufp-facts"))
    if wished is not None and not any(one.closes for one in listed):
        listed += _dates(found, wished)
    if not any(one.key == "body not founded" for one in listed):
        listed += _seats(case, found)
    listed += [
        Obstacle("open question", {"key": one.key, "rule": step.rule.id}, rule=step.rule.id)
        for step in found.steps
        if step.needed.open_vetoes and (one := step.rule.open_question) is not None
    ]
    return tuple(sorted(listed, key=lambda one: not one.closes))


def _sitting(day: date) -> bool:
    """Return whether the main part of a regular session lasts, by the habit of rising in December.

    Uniting for Peace calls an emergency session where the Assembly is not in session.
    """
    return regular_session(day.year) <= day <= date(day.year, *_RISES)


def _without_rule(route: Route, day: date) -> bool:
    """Return whether none of the deciding rules is in force on a day.

    Which rule will be, and from when, is not said: on the day nobody knows.
    """
    book = rulebook()
    deciding = [book[step.rule] for step in route.steps if step.role in DECIDING]
    return bool(deciding) and not any(rule.in_force(day) for rule in deciding)


def _dates(found: RouteFinding, wished: date) -> list[Obstacle]:
    if found.route.dated_by_body:
        return []
    window = found.opening
    if found.route.regular_session:
        if window.earliest == wished:
            return []
        return [Obstacle("opens on its own day", {"day": window.earliest}, closes=True)]
    if window.earliest is not None and wished < window.earliest:
        return [Obstacle("wished too early", {"day": window.earliest}, closes=True)]
    return []


def _seats(case: Case, found: RouteFinding) -> list[Obstacle]:
    route, listed = found.route, []
    if route.body == "host":
        return []
    if not found.host_sits and any(not one.host for one in found.starters):
        able = [one for one in found.starters if one.host]
        if not able:
            listed.append(
                Obstacle("host has no seat", {"host": case.host.iso3, "body": route.body})
            )
    # The five meet as five, and nobody stands beside a meeting at which only a part of it sits: a
    # bloc is at neither through some of its members.
    alone = route.body == "P5"
    outside = tuple(
        one.party
        for one in found.standing
        if one.seat == "none"
        or (one.seat == "through members" and (alone or (_beside(found) and _partly(one))))
    )
    if outside:
        closes = alone or _beside(found)
        listed.append(Obstacle("no seat", {"parties": outside, "body": route.body}, closes=closes))
    through = tuple(one for one in found.standing if one.seat == "through members" and not alone)
    listed += [
        Obstacle(
            "through members",
            {
                "party": one.party,
                "body": route.body,
                "inside": one.members[0] if one.members else 0,
                "of": one.members[1] if one.members else 0,
            },
        )
        for one in through
    ]
    observing = tuple(one.party for one in found.standing if one.seat == "observer")
    if observing:
        rule = next((r.id for one in found.standing for r in one.rules), None)
        listed.append(Obstacle("observer", {"parties": observing, "body": route.body}, rule=rule))
    return listed


def _beside(found: RouteFinding) -> bool:
    return found.route.family == "margins"


def _partly(one: Standing) -> bool:
    return one.members is not None and one.members[0] < one.members[1]
