"""The ten checks: each looks for faults of a plan in a fixed order and names the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from detente.steps.plan import Plan, Step
from detente.steps.rules import (
    LEAST_FIELDS,
    LEAST_OPENING,
    LEAST_PERSISTENCE,
    LEAST_SEEN,
    Check,
    Verdict,
    demanding,
)


def _numbers(plan: Plan, fails: Callable[[Step], bool]) -> tuple[int, ...]:
    return tuple(number for number, step in enumerate(plan.steps, 1) if fails(step))


def _in_time(plan: Plan) -> list[tuple[int, Step]]:
    """Return the steps with their numbers, in the order in which they are taken."""
    return sorted(enumerate(plan.steps, 1), key=lambda item: (item[1].do, item[0]))


def opening(plan: Plan) -> tuple[tuple[int, Step], ...]:
    """Return the steps at the start that the first mover takes whatever the answer."""
    found: list[tuple[int, Step]] = []
    for number, step in _in_time(plan):
        if step.by != plan.first or not step.whatever:
            break
        found.append((number, step))
    return tuple(found)


def _first(
    rule: int,
    tests: Sequence[tuple[Verdict, tuple[int, ...] | bool, str]],
    met: str,
    **values: object,
) -> Check:
    """Return the first test that finds something, else that the rule is met."""
    for verdict, found, why in tests:
        if found:
            steps = found if isinstance(found, tuple) else ()
            return Check(rule, verdict, why, steps, dict(values))
    return Check(rule, "met", met, values=dict(values))


def _intention(plan: Plan, today: date) -> Check:
    late = _numbers(plan, lambda step: step.announce < plan.intent_day)
    return _first(
        1,
        (
            ("not met", not plan.intent.strip(), "the plan announces no intention"),
            ("not met", not plan.intent_public, "the intention is not announced in public"),
            ("not met", late, "a step is announced before the intention"),
        ),
        "the intention is announced in public {days} days before the first step",
        days=min(step.do for step in plan.steps) - plan.intent_day,
    )


def _announcements(plan: Plan, today: date) -> Check:
    return _first(
        2,
        (
            (
                "not met",
                _numbers(plan, lambda step: step.announce >= step.do),
                "a step is not announced before it is taken",
            ),
            (
                "not met",
                _numbers(plan, lambda step: not step.public),
                "a step is not announced in public",
            ),
        ),
        "each of the {n} steps is announced in public before it is taken",
        n=len(plan.steps),
    )


def _invitations(plan: Plan, today: date) -> Check:
    asked = [step for step in plan.steps if not step.together]
    words = [demanding(step.invite) for step in asked]
    return _first(
        3,
        (
            (
                "not met",
                _numbers(plan, lambda step: not step.together and not step.invite.strip()),
                "a step invites no answer",
            ),
            (
                "not met",
                _numbers(plan, lambda step: step.demand),
                "a step makes the answer a condition",
            ),
            (
                "not met",
                _numbers(plan, lambda step: demanding(step.invite) is not None),
                "an invitation uses a word that demands: “{word}”",
            ),
            (
                "not met",
                _numbers(
                    plan,
                    lambda step: (
                        not step.together and (step.answer_by is None or step.answer_by <= step.do)
                    ),
                ),
                "a step leaves no time for an answer",
            ),
        ),
        "each step invites an answer and demands none",
        word=next((word for word in words if word), ""),
    )


def _schedule(plan: Plan, today: date) -> Check:
    def due(step: Step) -> bool:
        day = plan.day(step.do)
        return day is not None and day <= today

    def late(step: Step) -> bool:
        day = plan.day(step.do)
        return step.done is not None and day is not None and step.done > day

    def hurried(step: Step) -> bool:
        return step.lead_days is not None and step.do - step.announce < step.lead_days

    return _first(
        4,
        (
            ("not met", _numbers(plan, hurried), "a step is announced too late to be prepared"),
            ("not met", _numbers(plan, late), "a step was taken after its day"),
            (
                "not met",
                _numbers(plan, lambda step: due(step) and step.done is None),
                "a step was due by {today} and is not on record as done",
            ),
            (
                "cannot be known",
                _numbers(plan, lambda step: step.lead_days is None),
                "a step does not say how long it takes to prepare",
            ),
        ),
        "each step has its day and the time it takes to prepare",
        today=today.isoformat(),
    )


def _persistence(plan: Plan, today: date) -> Check:
    first = opening(plan)
    span = first[-1][1].do - first[0][1].do if first else 0
    return _first(
        5,
        (
            (
                "not met",
                len(first) < LEAST_OPENING,
                "only {n} steps at the start are taken whatever the answer; it takes {least}",
            ),
            (
                "not met",
                span < LEAST_PERSISTENCE,
                "the steps taken whatever the answer cover only {days} days; it takes {span}",
            ),
        ),
        "{n} steps over {days} days are taken whatever the answer",
        n=len(first),
        least=LEAST_OPENING,
        days=span,
        span=LEAST_PERSISTENCE,
    )


def _verification(plan: Plan, today: date) -> Check:
    def hidden(step: Step) -> bool:
        least = LEAST_SEEN if step.whatever else 2
        return step.verifiability is not None and step.verifiability < least

    return _first(
        6,
        (
            (
                "not met",
                _numbers(plan, lambda step: not step.watch.strip()),
                "a step does not say what record would show it",
            ),
            ("not met", _numbers(plan, hidden), "a step cannot be checked by others"),
            (
                "cannot be known",
                _numbers(plan, lambda step: step.verifiability is None),
                "a step does not say how far it can be verified",
            ),
        ),
        "each step says what record would show it, and others can check it",
    )


def _ability(plan: Plan, today: date) -> Check:
    def exposes(step: Step) -> bool:
        most = 1 if step.whatever else 2
        return step.exposure is not None and step.exposure > most

    return _first(
        7,
        (
            (
                "not met",
                not plan.keeps.strip(),
                "the plan does not say what each side keeps to answer an attack with",
            ),
            (
                "not met",
                _numbers(plan, exposes),
                "a step takes too much from the ability to answer an attack",
            ),
            (
                "cannot be known",
                _numbers(plan, lambda step: step.exposure is None),
                "a step does not say what it takes from the ability to answer an attack",
            ),
        ),
        "no step takes away the ability to answer an attack",
    )


def _precision(plan: Plan, today: date) -> Check:
    return _first(
        8,
        (
            (
                "not met",
                plan.hostile == "not at all",
                "a hostile act would go without an answer",
            ),
            (
                "not met",
                plan.hostile == "more than in kind",
                "a hostile act would be answered with more than it was",
            ),
            (
                "not met",
                _numbers(plan, lambda step: step.missed in ("stop", "escalate")),
                "a missed answer would end the series or raise the tension",
            ),
        ),
        "a hostile act is answered in kind, and no missed answer ends the series",
    )


def _variety(plan: Plan, today: date) -> Check:
    ordered = _in_time(plan)
    fields = [step.field for _, step in ordered]
    alike = tuple(
        number
        for (number, step), (_, before) in zip(ordered[1:], ordered, strict=False)
        if step.field is not None and step.field == before.field
    )
    known = [name for name in fields if name is not None]
    most = max((known.count(name) for name in known), default=0)
    unknown = _numbers(plan, lambda step: step.field is None)
    kinds = len(set(known))
    return _first(
        9,
        (
            ("not met", alike, "two steps in a row come from one field"),
            (
                "not met",
                2 * most > len(fields),
                "more than half of the steps come from one field",
            ),
            ("cannot be known", unknown, "a step does not say what field it comes from"),
            (
                "not met",
                kinds < LEAST_FIELDS,
                "the steps come from only {fields} fields; it takes {least}",
            ),
        ),
        "the steps come from {fields} fields, never two in a row from one",
        fields=kinds,
        least=LEAST_FIELDS,
    )


def _matching(plan: Plan, today: date) -> Check:
    ordered = _in_time(plan)
    pairs = list(pairwise(ordered))

    def rise(pair: tuple[tuple[int, Step], tuple[int, Step]]) -> int | None:
        (_, before), (_, after) = pair
        if before.weight is None or after.weight is None:
            return None
        return after.weight - before.weight

    falls = tuple(pair[1][0] for pair in pairs if (rise(pair) or 0) < 0)
    leaps = tuple(pair[1][0] for pair in pairs if (rise(pair) or 0) > 1)
    hasty = tuple(
        pair[1][0]
        for pair in pairs
        if pair[0][1].answered is False and pair[1][1].done is not None and (rise(pair) or 0) > 0
    )
    idle = [code for code in plan.parties if not any(s.by in (code, "all") for s in plan.steps)]
    turns = {step.by for step in plan.steps} - {plan.first}
    return _first(
        10,
        (
            ("not met", falls, "a step weighs less than the one before"),
            ("not met", leaps, "a step weighs much more than the one before"),
            ("not met", hasty, "a heavier step was taken though the one before had no answer"),
            ("not met", bool(idle), "{idle} takes no step"),
            ("not met", not turns, "only one side takes steps"),
            (
                "not met",
                all(step.whatever for step in plan.steps),
                "no step depends on the answers",
            ),
            (
                "cannot be known",
                _numbers(plan, lambda step: step.weight is None),
                "a step does not say what it weighs",
            ),
        ),
        "steps grow from weight {low} to {high}, never by more than one, and every side takes part",
        low=ordered[0][1].weight,
        high=ordered[-1][1].weight,
        idle=", ".join(idle),
    )


_CHECKS: tuple[Callable[[Plan, date], Check], ...] = (
    _intention,
    _announcements,
    _invitations,
    _schedule,
    _persistence,
    _verification,
    _ability,
    _precision,
    _variety,
    _matching,
)


def check_plan(plan: Plan, today: date | None = None) -> tuple[Check, ...]:
    """Return what each of the ten rules finds in a plan, in order.

    Args:
        plan: to be checked.
        today: steps due by this day should be done; by default the day the plan was made.
    """
    return tuple(check(plan, today or plan.as_of) for check in _CHECKS)
