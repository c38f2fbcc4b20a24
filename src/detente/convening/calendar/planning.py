"""Planning backwards from a wished opening: every deadline of the rules, and practice before it.

The clocks of the route's rules and the order that practice gives make a simple temporal problem
(`detente.convening.clocks`). Rules alone say whether the opening can be had and the window of every
event. Practice then puts each event as long before the next as is usual; where the time is too
short for that, all usual leads are shortened by the same share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.archive import Archive
from detente.case import Case
from detente.convening.calendar.clashes import DEBATE, Clash, clashes, is_working
from detente.convening.calendar.milestones import Lane, Milestone, milestones
from detente.convening.clocks import Clock, Window, windows
from detente.convening.routes import Route
from detente.convening.rulebook import Confidence, Rule, rulebook
from detente.convening.sessions import next_session
from detente.errors import RuleError

OPENING, TODAY = "opening", "today"
STEPS = 20  # of the share to which usual leads are shortened
FARTHEST = 50  # years ahead that a plan may reach

_LANES: Mapping[str, Lane] = {"UN": "Assembly", "SC": "Council", "EU": "EU", "host": "host"}


@dataclass(frozen=True)
class Precedent:
    """A meeting of the record behind a usual lead."""

    name: str
    lead_days: int | None
    confidence: Confidence


@dataclass(frozen=True)
class Planned:
    """A milestone with its days.

    Attributes:
        milestone: what, who, and what must exist by then.
        first, last: the days planned, inclusive.
        earliest, latest: the days between which it can begin while the rules and the opening hold.
        clocks: the clocks of rules that name it.
        rules: every rule that sets its day or asks for it.
        precedents: meetings behind the practice, none later than the as-of date.
        shortened: True where the time leaves less than the usual lead.
    """

    milestone: Milestone
    first: date
    last: date
    earliest: date
    latest: date
    clocks: tuple[Clock, ...] = ()
    rules: tuple[Rule, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    shortened: bool = False

    @property
    def by_rule(self) -> bool:
        """Return whether a rule asks for it; otherwise it is practice."""
        return bool(self.rules)

    @property
    def timed(self) -> bool:
        """Return whether a rule's clock binds its day; otherwise practice alone does."""
        return bool(self.clocks)

    @property
    def slack(self) -> int:
        """Return by how many days it may slip while the rules and the opening hold."""
        return (self.latest - self.first).days

    @property
    def confidence(self) -> Confidence:
        """Return MEMORY where a rule behind it is from memory, or no source shows the practice."""
        if self.milestone.event == OPENING and not self.rules:
            return "SOURCE"  # the wished day itself
        if self.rules:
            marks = {rule.confidence for rule in self.rules}
            return "MEMORY" if "MEMORY" in marks else "SOURCE"
        return "SOURCE" if any(p.confidence == "SOURCE" for p in self.precedents) else "MEMORY"


@dataclass(frozen=True)
class Advice:
    """A clash with the calendar, and what it touches."""

    clash: Clash
    events: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A route planned backwards from a wished opening.

    Attributes:
        route: the route.
        case: the stem of the case file, for stable names.
        wished: the day that was wished for.
        opening: the same, or for a route that opens with the Assembly's regular session the first
            such day from it on.
        day: the as-of date; nothing is planned before it.
        possible: whether the rules leave room; if not, there are no milestones.
        earliest_opening: the first day that the rules allow.
        usual_opening: the first working day that practice would choose.
        share: to what share of the usual leads the time suffices, 0 to 1.
        binding: the rules that set the earliest opening.
        milestones: in order of their days, the opening last.
        advice: clashes with the calendar.
    """

    route: Route
    case: str
    wished: date
    opening: date
    day: date
    possible: bool
    earliest_opening: date
    usual_opening: date
    share: float = 0.0
    binding: tuple[Rule, ...] = ()
    milestones: tuple[Planned, ...] = ()
    advice: tuple[Advice, ...] = ()


def _described(
    route: Route, codes: Sequence[str], rules: Mapping[str, Rule], clocks: Sequence[Clock]
) -> list[Milestone]:
    """Return the milestones in play: those of the tracks, and events that only clocks name."""
    found = [
        one
        for one in milestones(route.id, codes)
        if not one.by_rule_only or any(rule in rules for rule in one.rules)
    ]
    known = {one.event for one in found}
    for clock in clocks:
        if clock.rule and clock.sets not in known:
            lane = _LANES.get(rules[clock.rule].body, "body")
            found.append(Milestone(clock.sets, lane, clock.title_en, clock.title_fr))
            known.add(clock.sets)
    if OPENING not in known:  # a route of the user's own
        lane = _LANES.get(route.body, "body")
        found.append(Milestone(OPENING, lane, "The meeting opens", "Ouverture de la réunion"))
    return found


def _before(event: str, other: str, days: int) -> Clock:
    return Clock("at least before", event, other, days)


def _order(found: Iterable[Milestone]) -> list[Clock]:
    """Return what must hold in any event: after today, in order, and no later than the opening."""
    found = list(found)
    known = {one.event for one in found}
    held = [Clock("at least after", OPENING, TODAY, 0)]
    for one in found:
        if one.event == OPENING:
            continue
        held.append(Clock("at least after", one.event, TODAY, 0))
        held.append(_before(one.event, OPENING, 0))
        held += [_before(one.event, gap.before, 0) for gap in one.gaps if gap.before in known]
    return held


def _usual(found: Iterable[Milestone], steps: int) -> list[Clock]:
    """Return the usual leads at ``steps`` of `STEPS` of their length."""
    found = list(found)
    known = {one.event for one in found}
    return [
        _before(one.event, gap.before, max(gap.usual, one.days - 1) * steps // STEPS)
        for one in found
        for gap in one.gaps
        if gap.before in known
    ]


def _binding(
    earliest: Mapping[str, Window], clocks: Sequence[Clock], rules: Mapping[str, Rule], day: date
) -> tuple[Rule, ...]:
    """Return the rules on the chain of clocks that sets the earliest opening."""
    days = {event: one.earliest for event, one in earliest.items()} | {TODAY: day}
    event, cited = OPENING, []
    for _ in range(len(days)):
        for clock in clocks:
            a, b, d = clock.bound
            here, there = days.get(a), days.get(b)
            if a == event and here and there and here == there - timedelta(days=d) and d < 0:
                cited.append(clock.rule)
                event = b
                break
        else:
            break
    return tuple(rules[name] for name in dict.fromkeys(reversed(cited)) if name)


def opens(route: Route, day: date) -> date:
    """Return the first day from ``day`` on which a route can open by the calendar.

    An item of the regular session opens with it, a meeting in the margins with its general debate.
    """
    if not route.regular_session:
        return day
    wait = timedelta(days=DEBATE if route.family == "margins" else 0)
    return next_session(day - wait) + wait


def next_working(day: date) -> date:
    """Return the day itself or the first working day after it."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def _working(day: date, days: int, room: Window) -> date:
    """Return the nearest day inside a window from which ``days`` working days run, an earlier one
    first; any day of the window where there is none."""
    for offset in (0, -1, -2, -3, -4, 1, 2, 3, 4):
        start = day + timedelta(days=offset)
        span = [start + timedelta(days=n) for n in range(days)]
        if all(is_working(one) for one in span) and room.holds(start):
            return start
    if room.earliest is not None:
        day = max(day, room.earliest)
    return day if room.latest is None else min(day, room.latest)


def _precedents(archive: Archive, one: Milestone) -> tuple[Precedent, ...]:
    if not one.precedents:
        return ()
    marks = ", ".join("?" * len(one.precedents))
    rows = archive.sql(
        f"SELECT name, lead_days, confidence FROM summits WHERE id IN ({marks}) ORDER BY id",
        one.precedents,
    )
    return tuple(Precedent(*row) for row in rows)


def _cited(
    one: Milestone, route: Route, clocks: Sequence[Clock], rules: Mapping[str, Rule]
) -> tuple[tuple[Clock, ...], tuple[Rule, ...]]:
    """Return the clocks that name a milestone, and the rules behind it: the route's own first."""
    binding = [c for c in clocks if c.rule and one.event in (c.sets, c.counted_from)]
    steps = {step.rule for step in route.steps}
    named = [name for name in one.rules if name in rules]
    named = [name for name in named if name in steps] or named
    names = dict.fromkeys([c.rule for c in binding if c.sets == one.event] + named)
    return tuple(binding), tuple(rules[name] for name in names)


def _advice(items: Sequence[Planned], first: date, last: date) -> tuple[Advice, ...]:
    found = []
    for clash in clashes(first, last):
        touched = tuple(
            one.milestone.event
            for one in items
            if one.first <= clash.last and one.last >= clash.first
        )
        if touched:
            found.append(Advice(clash, touched))
    for one in items:
        if not is_working(one.first):
            found.append(
                Advice(Clash("weekend", one.first, one.last, "SOURCE"), (one.milestone.event,))
            )
    return tuple(found)


def plan(archive: Archive, case: Case, route: Route, opening: date, day: date) -> Plan:
    """Plan a route backwards from a wished opening.

    Args:
        archive: the record, opened on its as-of date; precedents come from it.
        case: the host and those at the table.
        route: the route, with its rules.
        opening: the wished day.
        day: the day of planning; rules are those in force on it.

    Raises:
        RuleError: the opening is farther than anybody plans, or the clocks of the route contradict
            one another whatever the opening.
    """
    if opening.year - day.year > FARTHEST:
        raise RuleError(
            f"the opening {opening} is more than {FARTHEST} years after {day}: wish for an earlier "
            "day"
        )
    rules = rulebook().on(day)
    clocks = route.clocks(rules)
    found = _described(route, case.codes, rules, clocks)
    held = [*clocks, *_order(found)]
    earliest = windows({TODAY: day}, held)
    usual = windows({TODAY: day}, [*held, *_usual(found, STEPS)])
    first, normal = earliest[OPENING].earliest, usual[OPENING].earliest
    assert first is not None
    assert normal is not None
    first, normal = opens(route, first), opens(route, next_working(normal))
    wished, opening = opening, opens(route, opening)
    plain = Plan(route, case.stem, wished, opening, day, False, first, normal)
    plain = replace(plain, binding=_binding(earliest, held, rules, day))
    ends = {TODAY: day, OPENING: opening}
    if opening < first:
        return plain
    room = windows(ends, held)
    steps, wanted = STEPS, room
    while steps:
        try:
            wanted = windows(ends, [*held, *_usual(found, steps)])
            break
        except RuleError:
            steps -= 1
    rank = {one.event: n for n, one in enumerate(found)}
    latest = {one.event: _day(wanted[one.event].latest) for one in found if one.event != OPENING}
    lasts = {one.event: one.days for one in found}
    fixed = dict(ends)
    for event in sorted(latest, key=lambda name: (-latest[name].toordinal(), -rank[name])):
        fixed[event] = _working(latest[event], lasts[event], windows(fixed, held)[event])
    items = []
    for one in found:
        setting, cited = _cited(one, route, clocks, rules)
        start = fixed[one.event]
        items.append(
            Planned(
                one,
                start,
                start + timedelta(days=one.days - 1),
                _day(room[one.event].earliest),
                _day(room[one.event].latest),
                setting,
                cited,
                _precedents(archive, one),
                any(
                    (fixed[g.before] - start).days < g.usual - 2
                    for g in one.gaps
                    if g.before in fixed
                ),
            )
        )
    items.sort(
        key=lambda item: (item.first, item.milestone.event == OPENING, rank[item.milestone.event])
    )
    return replace(
        plain,
        possible=True,
        share=steps / STEPS,
        milestones=tuple(items),
        advice=_advice(items, day, opening + timedelta(days=30)),
    )


def suggested_opening(archive: Archive, case: Case, route: Route, day: date) -> date:
    """Return the first working day that leaves practice its time and is clear of hard days.

    The calendar's own day stands where a route has one, for it cannot be moved.
    """
    opening = plan(archive, case, route, day, day).usual_opening
    if route.regular_session:
        return opening
    while hard := clashes(opening, opening):
        opening = next_working(max(one.last for one in hard) + timedelta(days=1))
    return opening


def _day(day: date | None) -> date:
    assert day is not None  # every event stands between today and the opening
    return day
