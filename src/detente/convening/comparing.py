"""Comparing routes: every way to bring the parties to a table, for a case and a day.

Rules, routes and record say what each needs; `detente.convening.support` says how likely it is.
The chance of a route is the product over the bodies that decide on it, each at its hardest step;
within a body the simulated outcomes move together, between bodies they are taken as independent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import get_args

from detente.archive import Archive
from detente.case import Case
from detente.convening.clocks import Clock, Window, windows
from detente.convening.deciding import Polls, attendance, convened, steps_of
from detente.convening.electorates import (
    OFFICES,
    belong,
    bodies,
    electorate,
    of_party,
    seat,
    size,
    surety,
)
from detente.convening.findings import (
    Blocker,
    Chance,
    Comparison,
    Deadline,
    RouteFinding,
    Standing,
    Starter,
    StepFinding,
)
from detente.convening.obstacles import obstacles
from detente.convening.precedents import precedents, usual
from detente.convening.recommending import recommend
from detente.convening.routes import FACTS, Fact, Level, Route, find_route, routes
from detente.convening.rulebook import Rule, rulebook
from detente.convening.sessions import next_session
from detente.convening.support import (
    Acceptance,
    Levels,
    Support,
    acceptance,
    at_level,
    levels,
    support,
)
from detente.convening.support.simulate_arrays import OUTCOMES
from detente.errors import NotFound, RuleError
from detente.parties import Party

TODAY, OPENING = "today", "opening"
BEGINS = ("request", "decision", "invitation", "veto", "notice", "agenda", "memorandum")


def compare(
    archive: Archive,
    case: Case,
    *,
    route: str | None = None,
    opening: date | None = None,
    overrides: Mapping[str, float] | None = None,
    facts: Mapping[Fact, bool] | None = None,
    answers: Mapping[str, bool] | None = None,
    outcomes: int = OUTCOMES,
) -> Comparison:
    """Compare every route for a case on its as-of date, and recommend.

    Args:
        archive: the record, opened on the case's as-of date.
        case: who hosts and who comes.
        route: look at one route alone.
        opening: a wished day of opening; deadlines are counted back from it.
        overrides: the user's own probability that a state (alpha-3) or a party (code) supports or
            accepts.
        facts: facts that only the user can set (`routes.FACTS`); those not set are taken as absent.
        answers: answers to open questions, by key; unanswered ones stay open.
        outcomes: how many votes of the Assembly to simulate, a multiple of 50.

    Raises:
        RuleError: no such route; the facts contradict the one asked for; a state or question that
            is not known; a probability outside 0 to 1; a wished opening in the past.
    """
    overrides, answers = dict(overrides or {}), dict(answers or {})
    given: dict[Fact, bool] = {fact: bool((facts or {}).get(fact)) for fact in FACTS}
    day = case.as_of
    wanted = [find_route(route)] if route else list(routes().values())
    _check(archive, case, wanted if route else [], opening, overrides, given, answers)
    believed = _believed(archive, case, overrides, outcomes)
    leaders = believed.accepted["leaders"]
    book = rulebook().on(day)
    found = tuple(
        _finding(archive, case, one, book, believed, opening, given, answers) for one in wanted
    )
    before: dict[str, Chance | None] = {}
    if overrides:
        plain = _believed(archive, case, {}, outcomes)
        for one in found:
            steps = steps_of(archive, case, one.route, plain.polls, answers)
            consent = attendance(steps, plain.accepted[one.route.level])
            before[one.route.id] = convened(steps) or consent
    return Comparison(
        case.stem,
        case.host.iso3,
        case.codes,
        day,
        opening,
        given,
        answers,
        overrides,
        found,
        believed.accepted,
        believed.levels,
        believed.polls.support,
        recommend(archive, case, found, leaders, opening),
        before,
    )


@dataclass(frozen=True)
class _Believed:
    """The support of states, and the acceptance of parties by level with the record behind it."""

    polls: Polls
    accepted: Mapping[Level, tuple[Acceptance, ...]]
    levels: Levels


def _believed(
    archive: Archive, case: Case, overrides: Mapping[str, float], outcomes: int
) -> _Believed:
    """Return the support of states and the acceptance of parties; what the user believes prevails.

    A bloc's own code speaks of its acceptance alone; a state's of its vote, and of its acceptance
    where it is a party.
    """
    day = case.as_of
    states = set(belong(archive, "UN", day))
    votes = {code: p for code, p in overrides.items() if code in states}
    item = case.topics[0] if case.topics else None
    drawn: Support | None
    try:
        drawn = support(
            archive,
            case.host.iso3,
            case.parties,
            day,
            item=item,
            overrides=votes,
            outcomes=outcomes,
        )
    except NotFound:
        drawn = None
    parties = {code: p for code, p in overrides.items() if code in case.codes}
    accepted = tuple(acceptance(archive, case, day, parties))
    known = levels(archive, day)
    by_level = {level: at_level(accepted, known, level) for level in get_args(Level)}
    return _Believed(Polls(drawn), by_level, known)


def _check(
    archive: Archive,
    case: Case,
    asked: Sequence[Route],
    opening: date | None,
    overrides: Mapping[str, float],
    facts: Mapping[Fact, bool],
    answers: Mapping[str, bool],
) -> None:
    if opening is not None and opening <= case.as_of:
        raise RuleError(
            f"the opening {opening} is not after the as-of date {case.as_of}: wish for a later day"
        )
    known = set(belong(archive, "UN", case.as_of)) | set(case.codes)
    for code, p in overrides.items():
        if code not in known:
            raise RuleError(
                f"“{code}” is no Member of the United Nations on {case.as_of} and no party of the "
                "case: use an ISO 3166 alpha-3 code, such as KAZ, or a party’s code"
            )
        if not 0 <= p <= 1:
            raise RuleError(f"the probability {p:g} of {code} is not between 0 and 1: mend it")
    questions = {rule.open_question.key for rule in rulebook().rules.values() if rule.open_question}
    for key in answers:
        if key not in questions:
            raise RuleError(
                f"“{key}” is no open question of the rules: answer {', '.join(sorted(questions))}"
            )
    for one in asked:
        lacking = [fact for fact in one.facts if not facts[fact]]
        if lacking:
            named = next(step.rule for step in one.steps if step.role in ("condition", "start"))
            raise RuleError(
                f"the route “{one.id}” needs {_FACT_WORDS[lacking[0]]}, and the facts given say "
                f"there is none (rules/{named}.toml): say so with --fact {lacking[0]} if it is so, "
                "or choose another route"
            )


_FACT_WORDS: Mapping[Fact, str] = {
    "threat": "a threat to the peace, a breach of the peace or an act of aggression",
    "deadlock": "a veto in the Council",
}


def _finding(
    archive: Archive,
    case: Case,
    route: Route,
    book: Mapping[str, Rule],
    believed: _Believed,
    wished: date | None,
    facts: Mapping[Fact, bool],
    answers: Mapping[str, bool],
) -> RouteFinding:
    day = case.as_of
    steps = steps_of(archive, case, route, believed.polls, answers)
    standing = tuple(_standing(archive, route, party, steps, day) for party in case.parties)
    known = precedents(archive, route, case.codes)
    sits = route.body == "host" or seat(archive, route.body, case.host.iso3, day) == "member"
    found = RouteFinding(
        route=route,
        status="open",
        steps=steps,
        starters=_starters(archive, case, steps),
        standing=standing,
        others=_others(archive, case, route),
        host_sits=sits,
        convened=convened(steps),
        attendance=attendance(steps, believed.accepted[route.level]),
        opening=_opening(route, book, day),
        usual=usual(known),
        precedents=known,
        obstacles=(),
        blockers=_blockers(steps),
        deadlines=_deadlines(route, book, day, wished),
    )
    barred = obstacles(case, found, wished, facts)
    closed = any(one.closes for one in barred)
    return replace(found, obstacles=barred, status="closed" if closed else "open")


def _starters(archive: Archive, case: Case, steps: Sequence[StepFinding]) -> tuple[Starter, ...]:
    roles = [one for one in steps if one.step.role == "start"]
    roles = roles or [one for one in steps if one.step.role in ("decision", "attendance")]
    found = []
    for one in roles:
        for who in one.rule.who:
            able = set(electorate(archive, who, case.as_of, case))
            inside = tuple(
                party.code
                for party in case.parties
                if who not in OFFICES
                and (party.code in able or able & set(of_party(archive, party, case.as_of)))
            )
            found.append(
                Starter(
                    who,
                    one.rule,
                    size(archive, who, case.as_of, case),
                    case.host.iso3 in able,
                    inside,
                    tuple(code for code in case.codes if code not in inside),
                )
            )
    return tuple(found)


def _standing(
    archive: Archive, route: Route, party: Party, steps: Sequence[StepFinding], day: date
) -> Standing:
    rules = tuple(
        one.rule for one in steps if one.step.party == party.code and one.step.role == "standing"
    )
    if route.body == "host":
        return Standing(party.code, "invited", True, None, rules, "SOURCE")
    taken = seat(archive, route.body, party, day)
    inside = None
    if party.kind == "bloc":
        states = of_party(archive, party, day)
        inside = (len(set(states) & set(belong(archive, route.body, day))), len(states))
    return Standing(
        party.code,
        taken,  # type: ignore[arg-type]
        taken == "member",
        inside,
        rules,
        surety(archive, route.body, party.code, day),
    )


def _others(archive: Archive, case: Case, route: Route) -> int:
    """Return how many members of the body are neither host, nor a party, nor members of one."""
    if route.body == "host":
        return 0
    own = {case.host.iso3, *case.codes}
    for party in case.parties:
        own |= set(of_party(archive, party, case.as_of))
    states = set(belong(archive, route.body, case.as_of))
    extra = [
        other
        for other in bodies()[route.body].others
        if other.seat == "member" and other.sits(case.as_of) and other.code not in case.codes
    ]
    return len(states - own) + len(extra)


def _blockers(steps: Sequence[StepFinding]) -> tuple[Blocker, ...]:
    roles = ("decision", "attendance", "mandate")
    found = [one for one in steps if one.step.role in roles]
    return tuple(
        [Blocker(one.rule, one.needed.vetoes) for one in found if one.needed.vetoes]
        + [
            Blocker(one.rule, one.needed.open_vetoes, True)
            for one in found
            if one.needed.open_vetoes
        ]
    )


def _clocks(route: Route, book: Mapping[str, Rule]) -> list[Clock]:
    clocks = route.clocks(book)
    events = {name for clock in clocks for name in (clock.sets, clock.counted_from)}
    after = [Clock("at least after", event, TODAY, days=0) for event in sorted(events | {OPENING})]
    return [*clocks, *after]


def _opening(route: Route, book: Mapping[str, Rule], day: date) -> Window:
    """Return when the route can open if it is asked for on a day."""
    if route.dated_by_body:
        return Window(None, None)
    clocks = _clocks(route, book)
    if route.regular_session:
        begins = next_session(day - timedelta(days=route.days_into_session))
        while True:
            first = begins + timedelta(days=route.days_into_session)
            try:
                windows({TODAY: day, OPENING: first}, clocks)
                return Window(first, first)
            except RuleError:
                begins = next_session(begins + timedelta(days=1))
    earliest = windows({TODAY: day}, clocks)[OPENING].earliest
    began = [event for event in BEGINS if any(event in clock.bound[:2] for clock in clocks)]
    latest = windows({TODAY: day, **({began[0]: day} if began else {})}, clocks)[OPENING].latest
    return Window(earliest, latest)


def _deadlines(
    route: Route, book: Mapping[str, Rule], day: date, wished: date | None
) -> tuple[Deadline, ...]:
    """Return the windows of every event for a wished opening; none where it cannot be had."""
    if wished is None or route.dated_by_body or route.regular_session:
        return ()
    rules = {step.rule: book[step.rule] for step in route.steps if step.rule in book}
    clocks = [
        *_clocks(route, book),
        *(
            clock
            for step in route.steps
            if step.role == "in session" and step.rule in rules
            for clock in rules[step.rule].clocks
        ),
    ]
    try:
        found = windows({TODAY: day, OPENING: wished}, clocks)
    except RuleError:
        return ()
    setting = {
        event: tuple(
            rules[name]
            for name in dict.fromkeys(
                clock.rule
                for clock in clocks
                if clock.rule and event in (clock.sets, clock.counted_from)
            )
        )
        for event in found
    }
    listed = [
        Deadline(event, window, setting[event])
        for event, window in found.items()
        if event not in (TODAY, OPENING)
    ]
    far = date.max
    return tuple(sorted(listed, key=lambda one: (one.window.latest or far, one.event)))
