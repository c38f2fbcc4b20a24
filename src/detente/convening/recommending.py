"""Recommending: what the findings add up to, by stated rules.

Nothing here knows a case. Each rule looks at findings, each piece of advice says which figures
decided it, and each reason names the rules and records behind it. docs/methods/convening.md states
the rules with the levels below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from detente.archive import Archive
from detente.case import Case
from detente.convening.findings import Chance, RouteFinding
from detente.convening.routes import Level

if TYPE_CHECKING:
    from detente.convening.support import Acceptance

LIKELY = 0.5
"""A chance is likely from here on; a low end below it calls for preparation first."""
TIME_FOR_EXPERTS = 60
"""Days from which there is time for expert talks before a wished opening."""
CLOSE = 0.02
"""Chances nearer than this are taken as equal."""

Role = Literal["table", "first", "frame", "emergency", "letter", "margins", "hardest", "avoid"]


@dataclass(frozen=True)
class Reason:
    """Why; `wording` makes a sentence of it.

    Attributes:
        key: which sentence.
        values: what fills it.
        rules: ids of the rules behind it.
        records: keys of the records behind it.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """One piece of the recommendation.

    Attributes:
        role: ``table``: where the parties alone can meet; ``first``: what comes before it;
            ``frame``: the larger meeting beside which it can be held; ``emergency``: open on the
            facts given; ``letter``: who might sign the invitation; ``margins``: a meeting at which
            all are already; ``hardest``: whom to win first; ``avoid``: what not to try, and why.
        routes: ids of the routes meant.
        parties: codes of the parties meant.
    """

    role: Role
    routes: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Recommendation:
    """What to do, the main thing first."""

    advice: tuple[Advice, ...]

    def of(self, role: Role) -> Advice | None:
        """Return the advice of a role, if there is one."""
        return next((one for one in self.advice if one.role == role), None)


def recommend(
    archive: Archive,
    case: Case,
    found: Sequence[RouteFinding],
    accepted: Sequence[Acceptance],
    wished: date | None,
) -> Recommendation:
    """Return what the findings add up to.

    Args:
        archive: the record, opened on the as-of date.
        case: the case.
        found: every route (or the one asked for).
        accepted: acceptance of each party.
        wished: the wished opening, or None.
    """
    open_routes = [one for one in found if one.status == "open"]
    pieces = [
        _table(open_routes),
        _first(case, open_routes, accepted, wished),
        _frame(case, open_routes, wished),
        _emergency(open_routes),
        _letter(archive, open_routes, accepted),
        _margins(open_routes),
        _hardest(accepted),
        *_avoid(found),
    ]
    return Recommendation(tuple(piece for piece in pieces if piece is not None))


def _chance(chance: Chance) -> dict[str, object]:
    return {"p": chance.p, "low": chance.low, "high": chance.high}


def _own(found: Sequence[RouteFinding]) -> list[RouteFinding]:
    """Return the host's own forums of leaders and ministers that are open."""
    levels: tuple[Level, ...] = ("leaders", "ministers")
    return [one for one in found if one.route.body == "host" and one.route.level in levels]


def _seated(found: RouteFinding) -> tuple[str, ...]:
    return tuple(one.id for one in found.precedents if one.all_parties)


def _most_seated(own: Sequence[RouteFinding]) -> RouteFinding:
    return max(own, key=lambda one: (len(_seated(one)), one.route.level == "leaders"))


def _table(found: Sequence[RouteFinding]) -> Advice | None:
    """Take the level at which the record has seated all parties most often; leaders on a tie."""
    own = _own(found)
    if not own:
        return None
    best = _most_seated(own)
    rules = tuple(s.rule.id for s in best.steps if s.step.role in ("attendance", "mandate"))
    reasons = [Reason("only the parties", {"count": len(best.standing)}, rules[:1])]
    if best.attendance is not None:
        reasons.append(Reason("all come", _chance(best.attendance), rules[:1]))
    others = [one for one in own if one is not best]
    if others and len(_seated(best)) > len(_seated(others[0])):
        reasons.append(
            Reason(
                "seated at this level",
                {
                    "level": best.route.level,
                    "count": len(_seated(best)),
                    "other": others[0].route.level,
                    "others": len(_seated(others[0])),
                },
                (),
                (*_seated(best), *_seated(others[0])),
            )
        )
    mandate = [one for one in best.steps if one.step.role == "mandate"]
    if mandate:
        reasons.append(
            Reason(
                "bloc mandate",
                {"party": mandate[0].step.party, "count": len(mandate[0].needed.vetoes)},
                tuple(one.rule.id for one in mandate),
            )
        )
    return Advice("table", (best.route.id,), (), tuple(reasons))


def _first(
    case: Case,
    found: Sequence[RouteFinding],
    accepted: Sequence[Acceptance],
    wished: date | None,
) -> Advice | None:
    """Begin with experts where it is not likely that all come, or where time allows."""
    experts = next((one for one in found if one.route.level == "experts"), None)
    own = _own(found)
    if experts is None or not own:
        return None
    reasons = []
    whole = _most_seated(own).attendance
    if whole is not None and whole.low < LIKELY:
        reasons.append(Reason("not sure of all", _chance(whole)))
    if wished is None:
        reasons.append(Reason("no day yet"))
    elif (wished - case.as_of).days >= TIME_FOR_EXPERTS:
        reasons.append(Reason("time for experts", {"days": (wished - case.as_of).days}))
    if not reasons:
        return None
    if experts.attendance is not None:
        reasons.append(Reason("experts come", _chance(experts.attendance), ("forum-experts",)))
    leaders = max((len(one.needed.vetoes) for o in own for one in o.steps), default=0)
    if any(one.step.role == "mandate" for o in own for one in o.steps):
        reasons.append(Reason("no mandate for experts", {"count": leaders}, ("forum-experts",)))
    known = tuple(one.id for one in experts.precedents if one.status == "held")
    if known:
        reasons.append(Reason("experts met before", {"count": len(known)}, (), known))
    return Advice("first", (experts.route.id,), (), tuple(reasons))


def _frame(case: Case, found: Sequence[RouteFinding], wished: date | None) -> Advice | None:
    """Take the likeliest special session that nobody can block alone and host or parties can start.

    With a wished opening, one whose precedents all took longer than there is time is left out.
    Among chances that are close, the route that leaves most days to gather support. Where no rule
    bounds the day of the best, one whose day is bound is named beside it. One that is likelier than
    not at both ends of its interval goes before all others.
    """
    startable = [
        one
        for one in found
        if one.route.family == "special session"
        and one.convened is not None
        and one.convened.p >= LIKELY
        and any(starter.host or starter.parties for starter in one.starters)
        and not one.blockers
        and not (wished and one.usual and one.usual[0] > (wished - case.as_of).days)
    ]
    sure = [one for one in startable if one.convened and one.convened.low >= LIKELY]
    fit = sure or startable
    if not fit:
        return None
    top = max(_p(one) for one in fit)
    near = [one for one in fit if _p(one) >= top - CLOSE]
    best = max(near, key=lambda one: (_room(one), -one.route.rank))
    reasons = _frame_reasons(best)
    bound = [one for one in startable if one.opening.latest is not None]
    meant = [best.route.id]
    if best.opening.latest is None and bound:
        other = max(bound, key=lambda one: (round(_p(one), 2), _room(one), -one.route.rank))
        assert other.convened is not None
        meant.append(other.route.id)
        values: dict[str, object] = {
            "route": other.route.id,
            **_chance(other.convened),
            "first": other.opening.earliest,
            "last": other.opening.latest,
        }
        if best.usual is not None:
            reasons.append(
                Reason("slow", {"least": best.usual[0], "middle": best.usual[1]}, (), _dated(best))
            )
        reasons.append(Reason("sooner", values, _clocked(other), _dated(other)))
    lacking = [one for one in best.standing if one.seat in ("observer", "through members")]
    reasons += [
        Reason("bloc cannot vote", {"party": one.party}, tuple(rule.id for rule in one.rules))
        for one in lacking
    ]
    reasons.append(Reason("not a meeting of the parties", {"others": best.others}))
    return Advice("frame", tuple(meant), (), tuple(reasons))


def _frame_reasons(best: RouteFinding) -> list[Reason]:
    decision = next(one for one in best.steps if one.step.role == "decision")
    assert best.convened is not None
    reasons = [
        Reason(
            "votes for it",
            {
                **_chance(best.convened),
                "needed": decision.needed,
                "expected": decision.odds.expected if decision.odds else 0.0,
            },
            (decision.rule.id,),
        ),
    ]
    if any(one.host for one in best.starters):
        reasons.append(Reason("host can start", {}, (decision.rule.id,)))
    else:
        able = dict.fromkeys(code for one in best.starters for code in one.parties)
        values: dict[str, object] = {"parties": tuple(able)}
        reasons.append(Reason("another must start", values, (decision.rule.id,)))
    if best.opening.latest is not None:
        window: dict[str, object] = {"first": best.opening.earliest, "last": best.opening.latest}
        reasons.append(Reason("opens between", window, _clocked(best)))
    return reasons


def _clocked(found: RouteFinding) -> tuple[str, ...]:
    """Return the rules whose clocks bound its opening."""
    return tuple(
        one.rule.id
        for one in found.steps
        if one.rule.clocks and one.step.role not in ("in session", "option")
    )


def _dated(found: RouteFinding) -> tuple[str, ...]:
    """Return the precedents whose lead is known."""
    return tuple(one.id for one in found.precedents if one.lead_days is not None)


def _p(found: RouteFinding) -> float:
    return 0.0 if found.convened is None else found.convened.p


def _room(found: RouteFinding) -> int:
    window = found.opening
    if window.earliest is None or window.latest is None:
        return 0
    return (window.latest - window.earliest).days


def _emergency(found: Sequence[RouteFinding]) -> Advice | None:
    """Say that an emergency session is open where the facts given meet the test."""
    fit = [
        one for one in found if one.route.family == "emergency session" and one.convened is not None
    ]
    if not fit:
        return None
    best = max(fit, key=lambda one: (_p(one), -one.route.rank))
    assert best.convened is not None
    return Advice(
        "emergency",
        (best.route.id,),
        (),
        (
            Reason("facts given", _chance(best.convened), ("ufp-facts",)),
            Reason("two thirds for a text", {}, ("ch-18-2",)),
        ),
    )


def _letter(
    archive: Archive, found: Sequence[RouteFinding], accepted: Sequence[Acceptance]
) -> Advice | None:
    """Name two parties as co-sponsors: each likely to accept, and the farthest apart of such pairs.

    A letter of both then speaks to every side. Where nothing tells how far apart parties stand, the
    two likeliest are taken.
    """
    rule = next((s.rule for one in found for s in one.steps if s.rule.id == "cosponsors"), None)
    known = archive.sql(
        "SELECT id FROM summits WHERE id IN ('GEN55', 'MAD91') AND status = 'held' ORDER BY id"
    )
    likely = {one.party: one for one in accepted if one.p >= LIKELY}
    if rule is None or not known or len(likely) < 2:
        return None
    apart = [
        (float(reason.values["share"]), one.party, str(reason.values["party"]))
        for one in likely.values()
        for reason in one.reasons
        if reason.kind == "distance" and reason.values["party"] in likely
    ]
    if apart:
        far = max(share for share, _, _ in apart)
        pairs = [(one, two) for share, one, two in apart if share == far]
        key = "farthest pair"
    else:
        pairs, key = list(combinations(likely, 2)), "likeliest pair"
    pair = max(pairs, key=lambda two: likely[two[0]].p * likely[two[1]].p)
    first, second = (likely[code] for code in pair)
    values: dict[str, object] = {
        "first": first.party,
        "second": second.party,
        "p": first.p,
        "q": second.p,
    }
    records = tuple(record for (record,) in known)
    return Advice("letter", (), pair, (Reason(key, values, (rule.id,), records),))


def _margins(found: Sequence[RouteFinding]) -> Advice | None:
    """Name the meetings at which every party is already, those of fewest others first."""
    fit = sorted(
        (one for one in found if one.route.family == "margins"),
        key=lambda one: (one.others, one.route.rank),
    )
    if not fit:
        return None
    return Advice(
        "margins",
        tuple(one.route.id for one in fit),
        (),
        tuple(
            Reason(
                "already there",
                {"body": one.route.body, "others": one.others},
                ("margins",),
                tuple(p.id for p in one.precedents if p.status == "held"),
            )
            for one in fit
        ),
    )


def _hardest(accepted: Sequence[Acceptance]) -> Advice | None:
    """Name the party least likely to accept."""
    if not accepted:
        return None
    least = min(accepted, key=lambda one: one.p)
    values: dict[str, object] = {
        "party": least.party,
        "p": least.p,
        "low": least.low,
        "high": least.high,
    }
    return Advice("hardest", (), (least.party,), (Reason("least likely", values),))


def _avoid(found: Sequence[RouteFinding]) -> list[Advice]:
    """List what is closed, or seats not every party, with the obstacle that says why."""
    listed = []
    for one in found:
        reasons = tuple(
            Reason(bar.key, bar.values, (bar.rule,) if bar.rule else ())
            for bar in one.obstacles
            if bar.closes or bar.key == "no seat"
        )
        if reasons:
            listed.append(Advice("avoid", (one.route.id,), (), reasons))
    return listed
