"""The ladder: which steps, in which order, by whom, on which days.

Three stages. The *opening*: steps that the first mover takes whatever the answer. The *matching*:
steps in turn, each after the answers to the last. The *meeting*: steps taken together. Within a
stage, steps grow in weight and change their field. docs/methods/steps.md gives the whole rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from detente.archive import Archive
from detente.case import Case
from detente.denominators import Denominators, Tier, denominators
from detente.errors import CaseError, NotFound
from detente.language import Lang
from detente.parties import Party
from detente.steps.catalogue import Measure
from detente.steps.checks import check_plan
from detente.steps.first import FirstMover, first_mover
from detente.steps.plan import Plan, Step
from detente.steps.rules import Check
from detente.steps.suiting import Bound, Suited, most_intrusive, suit
from detente.steps.wording import intention, invitation, keeping

Stage = Literal["opening", "matching", "meeting"]

# The weight aimed at, slot by slot; a table of more than four adds turns to the matching.
_OPENING, _MATCHING, _MEETING = (1, 1, 2), (2, 2, 2, 3), (3, 4)
_NOTICE = 14
_BEAT = 21
_AFTER_MEETING = 60
_MOST_OF_A_FIELD = 2
_MOST_INSTEAD = 2
# What nobody is known to object to comes before what somebody is.
_TIER_ORDER = (
    *(Tier.ALL_ACCEPT, Tier.NOBODY_OBJECTS, Tier.UNKNOWN),
    *(Tier.ONE_SHORT, Tier.SPLIT),
)
_BOUND_ORDER: tuple[Bound, ...] = ("together", "apart", "some", "nobody")


@dataclass(frozen=True)
class Rung:
    """One step of the ladder.

    Attributes:
        suited: the measure, and why it suits.
        stage: of the ladder.
        by: who takes it; ``all`` at the meeting.
        announce, do, answer_by: days from the meeting.
        anew: True where not all take part in one agreement on it yet; else it is to carry out in
            full what they share.
        instead: at most two other measures of the same weight that could stand in its place.
    """

    suited: Suited
    stage: Stage
    by: str
    announce: int
    do: int
    answer_by: int | None
    anew: bool
    instead: tuple[Measure, ...]

    @property
    def measure(self) -> Measure:
        """Return the measure of the catalogue."""
        return self.suited.measure


@dataclass(frozen=True)
class Ladder:
    """A ladder of steps for some parties.

    Attributes:
        parties: who takes part, in the order of the case.
        first: who moves first, and why.
        limit: the most intrusive step that the tension allows; ``tension`` is the percentile of
            the tensest pair, None where it is not known.
        rungs: in the order in which they are taken.
        left_out: measures that do not suit, with the reason.
        spare: measures that suit and found no place, the next best first.
        checks: Osgood's ten rules against the plan that the rungs make.
        plan: the same rungs as a plan, in English.
    """

    parties: tuple[Party, ...]
    as_of: date
    meeting: date | None
    first: FirstMover
    limit: int
    tension: float | None
    tensest: tuple[str, str] | None
    rungs: tuple[Rung, ...]
    left_out: tuple[Suited, ...]
    spare: tuple[Suited, ...]
    plan: Plan
    checks: tuple[Check, ...]


def _merit(one: Suited) -> tuple[int, float, int, int, int, int, str]:
    """Order measures of one weight: what is most widely accepted in votes, then in treaties; then
    what is best verified, best answered and cheapest."""
    known = Tier.UNKNOWN if one.topic is None else one.topic.tier
    if one.joined:
        # What all have joined they accept, whatever they say of texts near it.
        known = min(known, Tier.UNKNOWN, key=_TIER_ORDER.index)
    tier = _TIER_ORDER.index(known)
    chance = 0.0 if one.topic is None else one.topic.probability or 0.0
    m = one.measure
    return (
        tier,
        -round(chance, 9),
        _BOUND_ORDER.index(one.bound),
        -m.verifiability,
        -m.reciprocity,
        m.cost,
        m.id,
    )


def _fits(one: Suited, stage: Stage) -> bool:
    m = one.measure
    if stage == "opening":
        return m.alone and m.verifiability >= 3 and m.exposure == 0
    if stage == "matching":
        return m.alone and m.verifiability >= 2 and m.exposure <= 1
    return m.verifiability >= 2 and m.exposure <= 2


def choose(suited: Sequence[Suited], slots: Sequence[tuple[Stage, int]]) -> list[Suited | None]:
    """Return a measure for each slot, or None where nothing fits.

    Weights never fall and never rise by more than one; neighbours differ in field; a field that
    has been used comes after one that has not.
    """
    chosen: list[Suited | None] = []
    taken: list[Suited] = []
    for stage, aim in slots:
        weight = taken[-1].measure.weight if taken else 1
        fields = [one.measure.field for one in taken]
        open_now = [
            one
            for one in suited
            if _fits(one, stage)
            and one not in taken
            and (not fields or one.measure.field != fields[-1])
            and fields.count(one.measure.field) < _MOST_OF_A_FIELD
            and (not taken or weight <= one.measure.weight <= weight + 1)
            and one.measure.weight <= aim
        ]
        best = min(
            open_now,
            key=lambda one: (
                aim - one.measure.weight,
                fields.count(one.measure.field),
                _merit(one),
            ),
            default=None,
        )
        chosen.append(best)
        if best is not None:
            taken.append(best)
    return chosen


def _turn(parties: Sequence[Party], first: str, place: int) -> str:
    """Return who takes a step of the matching: the others in order, then the first mover."""
    others = [party.code for party in parties if party.code != first]
    return [*others, first][place % len(parties)]


def _instead(
    suited: Sequence[Suited], taken: Sequence[Suited], stages: Sequence[Stage]
) -> list[tuple[Measure, ...]]:
    """Return for each step the next best measures of its weight, none of a neighbour's field.

    A measure stands in for one step only.
    """
    offered: list[tuple[Measure, ...]] = []
    gone = {one.measure.id for one in taken}
    for place, (one, stage) in enumerate(zip(taken, stages, strict=True)):
        neighbours = [*taken[max(0, place - 1) : place], *taken[place + 1 : place + 2]]
        beside = {other.measure.field for other in neighbours}
        open_now = [
            other
            for other in suited
            if other.measure.id not in gone
            and other.measure.weight == one.measure.weight
            and other.measure.field not in beside
            and _fits(other, stage)
        ]
        best = tuple(other.measure for other in sorted(open_now, key=_merit)[:_MOST_INSTEAD])
        gone |= {measure.id for measure in best}
        offered.append(best)
    return offered


def _rungs(suited: Sequence[Suited], parties: Sequence[Party], first: str) -> tuple[Rung, ...]:
    more = max(0, len(parties) - len(_MATCHING))
    slots: list[tuple[Stage, int]] = [
        *(("opening", aim) for aim in _OPENING),
        *(("matching", aim) for aim in (*_MATCHING, *[_MATCHING[-1]] * more)),
        *(("meeting", aim) for aim in _MEETING),
    ]
    chosen = choose(suited, slots)
    filled = [
        (stage, one) for (stage, _), one in zip(slots, chosen, strict=True) if one is not None
    ]
    before = sum(stage != "meeting" for stage, _ in filled)
    opened = sum(stage == "opening" for stage, _ in filled)
    instead = _instead(suited, [one for _, one in filled], [stage for stage, _ in filled])
    rungs = []
    for place, (stage, one) in enumerate(filled):
        together = stage == "meeting"
        do = (place - before) * (_AFTER_MEETING if together else _BEAT)
        lead = max(one.measure.lead_days, _NOTICE)
        if stage == "opening":
            by = first
        else:
            by = "all" if together else _turn(parties, first, place - opened)
        rungs.append(
            Rung(
                suited=one,
                stage=stage,
                by=by,
                announce=do - lead,
                do=do,
                answer_by=None if together else do + _BEAT,
                anew=one.bound != "together",
                instead=instead[place],
            )
        )
    return tuple(rungs)


def _plan(ladder_name: str, rungs: Sequence[Rung], made: Ladder, lang: Lang) -> Plan:
    return Plan(
        name=ladder_name,
        parties=tuple(party.code for party in made.parties),
        first=made.first.party,
        as_of=made.as_of,
        meeting=made.meeting,
        intent=intention(lang),
        intent_day=min(rung.announce for rung in rungs) - _NOTICE,
        intent_public=True,
        keeps=keeping(lang),
        hostile="in kind",
        steps=tuple(
            Step(
                name=rung.measure.name(lang),
                by=rung.by,
                measure=rung.measure.id,
                field=rung.measure.field,
                weight=rung.measure.weight,
                verifiability=rung.measure.verifiability,
                exposure=rung.measure.exposure,
                lead_days=rung.measure.lead_days,
                announce=rung.announce,
                do=rung.do,
                answer_by=rung.answer_by,
                public=True,
                invite=invitation(rung.measure, rung.by == "all", lang),
                demand=False,
                whatever=rung.stage == "opening",
                watch=rung.measure.watch(lang),
                missed=rung.measure.missed,
            )
            for rung in rungs
        ),
    )


def plan_of(made: Ladder, name: str, lang: Lang) -> Plan:
    """Return a ladder as a plan whose words are in one language."""
    return _plan(name, made.rungs, made, lang)


def ladder(
    archive: Archive,
    case: Case,
    parties: Sequence[Party] | None = None,
    meeting: date | None = None,
    tension: Mapping[tuple[str, str], float] | None = None,
    found: Denominators | None = None,
) -> Ladder:
    """Return the ladder of steps for the parties of a case, or for some of them.

    Args:
        archive: opened as of the case's date.
        case: whose table it is.
        parties: two or more of its parties; all by default.
        meeting: day of the meeting, where it is fixed.
        tension: percentile of each pair's tension in its own history, 0 to 100.
        found: denominators of these parties, where they are at hand.

    Raises:
        NotFound: fewer than three measures suit, which make no series.
        CaseError: the meeting is too near for the first announcement.
    """
    taking = tuple(parties or case.parties)
    own = replace(case, parties=taking)
    found = denominators(archive, own) if found is None else found
    suited = suit(archive, taking, case.as_of, found, tension)
    first = first_mover(archive, taking, case.as_of, found)
    limit, percentile, pair = most_intrusive([party.code for party in taking], tension)
    open_now = [one for one in suited if one.why is None]
    rungs = _rungs(open_now, taking, first.party)
    if len(rungs) < len(_OPENING):
        raise NotFound(
            f"only {len(rungs)} measures suit {', '.join(p.code for p in taking)} as of "
            f"{case.as_of}, which make no series: choose other parties with --pair, or a later date"
        )
    used = {rung.measure.id for rung in rungs}
    spare = sorted(
        (one for one in open_now if one.measure.id not in used),
        key=lambda one: (one.measure.weight, _merit(one)),
    )
    empty = Plan(case.name_en, (), "", case.as_of, meeting, "", 0, True, "", "in kind", ())
    made = Ladder(
        parties=taking,
        as_of=case.as_of,
        meeting=meeting,
        first=first,
        limit=limit,
        tension=percentile,
        tensest=pair,
        rungs=rungs,
        left_out=tuple(one for one in suited if one.why is not None),
        spare=tuple(spare),
        plan=empty,
        checks=(),
    )
    plan = _plan(case.name_en, rungs, made, "en")
    if meeting is not None and meeting + timedelta(days=plan.intent_day) < case.as_of:
        raise CaseError(
            f"the ladder begins {-plan.intent_day} days before the meeting and from {case.as_of} "
            f"there are {(meeting - case.as_of).days}: choose a later day, or leave --meeting out"
        )
    return replace(made, plan=plan, checks=check_plan(plan))
