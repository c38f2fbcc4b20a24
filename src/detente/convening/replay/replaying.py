"""Every special and emergency session of the record, replayed through the rules of its own day.

For each: the route, the rule in force, its threshold with that day's membership, the vote or the
concurrences that met it, the days from request to opening against the window that the clocks leave,
and every difference between history and rule with the reason for it. A difference that nobody has
explained is an error, not a blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.convening.clocks import windows
from detente.convening.replay.reading import (
    Concurrence,
    Explanation,
    Kind,
    explanations,
    facts,
)
from detente.convening.replay.votes import Decision, assembly_decision, council_decision
from detente.convening.routes import Route, in_force, routes
from detente.convening.rulebook import Confidence, Rule, rulebook
from detente.convening.thresholds import Needed, needed
from detente.errors import NotFound, RuleError

ROUTES: Mapping[tuple[str, str], str] = {
    ("special", "General Assembly"): "special-assembly",
    ("special", "Security Council"): "special-council",
    ("special", "majority of Members"): "special-majority",
    ("special", "one Member"): "special-member",
    ("emergency", "Security Council"): "emergency-council",
    ("emergency", "one Member"): "emergency-members",
}
"""Kind and route of a session in the record -> the route of the rulebook."""


@dataclass(frozen=True)
class Difference:
    """Where history departs from a rule, or the record does not tell, and why."""

    kind: Kind
    why: Explanation


@dataclass(frozen=True)
class Replayed:
    """One session, replayed.

    Attributes:
        session: as the archive names it (``S-28``, ``ES-11``).
        rule: the rule that decided, in force on ``counted``.
        requested: the day of the request or decision; None where nothing tells.
        derived: True where that day is read from the resolution that decided, not from the record
            of sessions.
        counted: the day whose electorate is counted: of the request, else of the opening.
        needed: the threshold on that day.
        decision: the vote or concurrences; None where the record has none.
        met: whether it met the threshold; None where that cannot be told.
        lead: days from request to opening; None where the request has no day.
        earliest, latest: the window of the clocks, in days after the request; None where nothing
            bounds it or the request has no day.
        deadlock: the vetoes that showed the Council blocked before an emergency session: draft and
            day, oldest first.
        confidence: MEMORY where any part of the record of this session rests on memory.
    """

    session: str
    kind: str
    topic: str
    route: Route
    rule: Rule
    requested_by: str
    requested: date | None
    derived: bool
    opened: date
    counted: date
    needed: Needed
    decision: Decision | None
    concurred: tuple[Concurrence, ...]
    met: bool | None
    lead: int | None
    earliest: int | None
    latest: int | None
    deadlock: tuple[tuple[str, date], ...]
    differences: tuple[Difference, ...]
    confidence: Confidence
    note: str
    source: str

    @property
    def inside(self) -> bool | None:
        """Whether it opened within the window of the clocks; None where that cannot be told."""
        if self.lead is None or (self.earliest is None and self.latest is None):
            return None
        return (self.earliest is None or self.earliest <= self.lead) and (
            self.latest is None or self.lead <= self.latest
        )


def replay(
    archive: Archive, why: Mapping[tuple[str, Kind], Explanation] | None = None
) -> tuple[Replayed, ...]:
    """Return every session that the archive lets through, in order of opening.

    Args:
        archive: the record, opened on its as-of date.
        why: explanations of differences; by default those that ship.

    Raises:
        RuleError: a difference that nobody explained.
    """
    told = explanations() if why is None else why
    rows = archive.sql(
        "SELECT session, kind, topic, route, requested_by, coalesce(request, ''), requested, "
        "opened, confidence, coalesce(confidence_note, ''), source FROM special_sessions "
        "ORDER BY opened, session"
    )
    return tuple(_replay(archive, told, *row) for row in rows)


def find_session(archive: Archive, name: str) -> Replayed:
    """Return one session replayed; ``SS-28``, ``ESS-11``, ``28`` and ``es-11`` are taken too.

    Raises:
        NotFound: there is none.
    """
    found = {one.session: one for one in replay(archive)}
    match = re.fullmatch(r"(?:(E?)S?S)?[ -]?(\d+)", name.strip().upper())
    key = f"{match[1] or ''}S-{match[2]}" if match else name
    if key in found:
        return found[key]
    when = f" as of {archive.as_of}" if archive.as_of else ""
    raise NotFound(
        f"the record has no session “{name.strip()}”{when}: name one from S-1 to S-32 or from ES-1 "
        "to ES-11, or none to see all"
    )


def _replay(
    archive: Archive,
    told: Mapping[tuple[str, Kind], Explanation],
    session: str,
    kind: str,
    topic: str,
    way: str,
    requested_by: str,
    request: str,
    requested: date | None,
    opened: date,
    confidence: Confidence,
    note: str,
    source: str,
) -> Replayed:
    route = routes()[ROUTES[kind, way]]
    decision = None
    if way == "Security Council":
        decision = council_decision(archive, request)
    elif way == "General Assembly":
        decision = assembly_decision(archive, request)
    derived = requested is None and decision is not None and decision.day is not None
    day = decision.day if derived and decision is not None else requested
    counted = day or opened
    rule = _deciding(route, counted)
    threshold = needed(archive, rule, counted)
    concurred = facts().concurrences.get(session, ()) if way == "one Member" else ()
    if concurred:
        last = concurred[-1]
        decision = Decision(
            *("concurrences", "", last.day, False, last.members, None, None),
            memory=last.confidence == "MEMORY",
        )
    earliest, latest = _window(route, day, concurred, threshold)
    lead = (opened - day).days if day else None
    met = _met(threshold, decision)
    deadlock = _deadlock(archive, session, opened)
    kinds = _kinds(way, lead, earliest, latest, met, decision)
    if kind == "emergency" and not deadlock:
        kinds.append("no veto before")
    if session in facts().postponed:
        kinds.append("postponed")
    return Replayed(
        session=session,
        kind=kind,
        topic=topic,
        route=route,
        rule=rule,
        requested_by=requested_by,
        requested=day,
        derived=derived,
        opened=opened,
        counted=counted,
        needed=threshold,
        decision=decision,
        concurred=concurred,
        met=met,
        lead=lead,
        earliest=earliest,
        latest=latest,
        deadlock=deadlock,
        differences=tuple(Difference(one, explained(told, session, one)) for one in kinds),
        confidence=confidence,
        note=note,
        source=source,
    )


def _deadlock(archive: Archive, session: str, opened: date) -> tuple[tuple[str, date], ...]:
    """Return the vetoes that showed the Council blocked, as the archive holds them."""
    drafts = list(facts().deadlocks.get(session, ()))
    rows = archive.sql(
        "SELECT draft, date FROM sc_failed WHERE list_contains(?, draft) AND outcome = 'veto' "
        "AND date <= ? ORDER BY date, draft",
        (drafts, opened),
    )
    return tuple((str(draft), day) for draft, day in rows)


def explained(told: Mapping[tuple[str, Kind], Explanation], name: str, kind: Kind) -> Explanation:
    """Return why a difference is there.

    Raises:
        RuleError: nobody has said.
    """
    if (name, kind) not in told:
        raise RuleError(
            f"the replay finds “{kind}” in {name} and differences.toml does not say why: explain "
            "it there, in English and French, with a source"
        )
    return told[name, kind]


def _deciding(route: Route, day: date) -> Rule:
    """Return the first rule of a route that decides and is in force on a day."""
    for step, rule in in_force(route, day):
        if step.role == "decision":
            return rule
    raise RuleError(f"the route “{route.id}” has no rule in force on {day}: add one with a since")


def _window(
    route: Route, day: date | None, concurred: tuple[Concurrence, ...], threshold: Needed
) -> tuple[int | None, int | None]:
    """Return the window for the opening, in days after the request.

    Where it is known by when a majority had concurred, the clock from the concurrence is applied
    to that day as well.
    """
    if day is None:
        return None, None
    clocks = route.clocks(rulebook().on(day))
    found = windows({"request": day}, clocks).get("opening")
    if found is None:
        return None, None
    latest = None if found.latest is None else (found.latest - day).days
    majority = next(
        (one.day for one in concurred if one.day and one.members >= threshold.votes), None
    )
    if majority is not None and latest is None:
        after = windows({"concurrence": majority}, clocks).get("opening")
        if after is not None and after.latest is not None:
            latest = (after.latest - day).days
    earliest = None if found.earliest is None else (found.earliest - day).days
    return (None, None) if latest is None and not earliest else (earliest, latest)


def _met(threshold: Needed, decision: Decision | None) -> bool | None:
    if decision is None:
        return None
    if decision.yes is None:
        # A text that was adopted met its threshold, whatever the votes were.
        return True
    return threshold.met(decision.yes, decision.no or 0)


def _kinds(
    way: str,
    lead: int | None,
    earliest: int | None,
    latest: int | None,
    met: bool | None,
    decision: Decision | None,
) -> list[Kind]:
    kinds: list[Kind] = []
    if lead is None:
        kinds.append("day not on record")
    elif earliest is not None and lead < earliest:
        kinds.append("opened early")
    elif latest is not None and lead > latest:
        kinds.append("opened late")
    elif latest is None and way != "General Assembly":
        kinds.append("clock not checked")
    if decision is None or decision.how == "vote not recorded":
        kinds.append("votes not on record")
    elif met is False:
        kinds.append("votes short")
    if decision is not None and decision.opposed:
        kinds.append("no of a permanent member")
    return kinds
