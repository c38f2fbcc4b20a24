"""Each of Osgood's ten rules catches the plan that breaks it, and only that rule does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from detente.steps import Plan, check_plan, read_plan
from detente.steps.catalogue import measures
from detente.steps.rules import RULES, demanding

ROOT = Path(__file__).parents[2]
GOOD = read_plan(ROOT / "cases" / "astana-steps.toml")
Break = Callable[[Plan], Plan]


def change(number: int, **values: Any) -> Break:
    """Change one step, counted from 1."""

    def broken(plan: Plan) -> Plan:
        steps = list(plan.steps)
        steps[number - 1] = replace(steps[number - 1], **values)
        return replace(plan, steps=tuple(steps))

    return broken


def whole(**values: Any) -> Break:
    return lambda plan: replace(plan, **values)


def hurried(plan: Plan) -> Plan:
    return change(2, announce=plan.steps[1].do - 1)(plan)


def crowded(plan: Plan) -> Plan:
    """Take the opening within three weeks; everything else keeps its day."""
    last = plan.steps[2].do
    out = plan
    for number, do in ((1, last - 20), (2, last - 10)):
        step = plan.steps[number - 1]
        moved = change(number, do=do, answer_by=do + 5, announce=do - (step.do - step.announce))
        out = moved(out)
    return out


def unready(plan: Plan) -> Plan:
    return replace(plan, meeting=plan.as_of + timedelta(days=100))


def late(plan: Plan) -> Plan:
    held = replace(plan, meeting=plan.as_of + timedelta(days=400))
    day = held.day(plan.steps[0].do)
    assert day is not None
    return change(1, done=day + timedelta(days=3))(held)


def two_fields(plan: Plan) -> Plan:
    """Take eight steps in turn from two fields."""
    pairs = zip(plan.steps[:8], "abababab", strict=True)
    return replace(plan, steps=tuple(replace(step, field=name) for step, name in pairs))


def leap(plan: Plan) -> Plan:
    """Go from weight 2 to weight 4 at the end."""
    return change(7, weight=2)(change(8, weight=2)(plan))


def mostly_one_field(plan: Plan) -> Plan:
    steps = [replace(step, field=None) for step in plan.steps]
    for place in (0, 2, 4, 6, 8):
        steps[place] = replace(steps[place], field="a")
    return replace(plan, steps=tuple(steps))


def alone(plan: Plan) -> Plan:
    """Let the first mover take everything."""
    steps = tuple(replace(step, by=plan.first, invite="x", answer_by=99) for step in plan.steps)
    return replace(plan, parties=(plan.first,), steps=steps)


def unconditional(plan: Plan) -> Plan:
    """Take everything whatever the answers; the heavy steps are made light and visible."""
    steps = tuple(replace(step, whatever=True, verifiability=4, exposure=0) for step in plan.steps)
    return replace(plan, steps=steps)


def hasty(plan: Plan) -> Plan:
    """Go on from weight 2 to weight 3 though the step before was not answered."""
    held = replace(plan, meeting=plan.as_of + timedelta(days=400))
    done = change(6, answered=False, done=held.day(plan.steps[5].do))(held)
    return change(7, done=held.day(plan.steps[6].do))(done)


def idle(plan: Plan) -> Plan:
    return replace(plan, steps=tuple(s for s in plan.steps if s.by not in ("all", "CHN")))


BREAKS: list[tuple[int, str, Break]] = [
    (1, "the plan announces no intention", whole(intent=" ")),
    (1, "the intention is not announced in public", whole(intent_public=False)),
    (1, "a step is announced before the intention", whole(intent_day=-150)),
    (2, "a step is not announced in public", change(4, public=False)),
    (3, "a step invites no answer", change(4, invite="")),
    (3, "a step makes the answer a condition", change(4, demand=True)),
    (
        3,
        "an invitation uses a word that demands: “{word}”",
        change(4, invite="You must answer, or else we stop."),
    ),
    (3, "a step leaves no time for an answer", change(4, answer_by=None)),
    (4, "a step is announced too late to be prepared", hurried),
    (4, "a step was due by {today} and is not on record as done", unready),
    (4, "a step was taken after its day", late),
    (
        5,
        "only {n} steps at the start are taken whatever the answer; it takes {least}",
        change(2, whatever=False),
    ),
    (5, "the steps taken whatever the answer cover only {days} days; it takes {span}", crowded),
    (6, "a step does not say what record would show it", change(4, watch="")),
    (6, "a step cannot be checked by others", change(2, verifiability=2)),
    (6, "a step cannot be checked by others", change(8, verifiability=1)),
    (
        7,
        "the plan does not say what each side keeps to answer an attack with",
        whole(keeps=""),
    ),
    (7, "a step takes too much from the ability to answer an attack", change(1, exposure=2)),
    (7, "a step takes too much from the ability to answer an attack", change(9, exposure=3)),
    (8, "a hostile act would go without an answer", whole(hostile="not at all")),
    (
        8,
        "a hostile act would be answered with more than it was",
        whole(hostile="more than in kind"),
    ),
    (8, "a missed answer would end the series or raise the tension", change(4, missed="stop")),
    (8, "a missed answer would end the series or raise the tension", change(4, missed="escalate")),
    (9, "two steps in a row come from one field", change(2, field=GOOD.steps[0].field)),
    (9, "the steps come from only {fields} fields; it takes {least}", two_fields),
    (9, "more than half of the steps come from one field", mostly_one_field),
    (10, "a step weighs less than the one before", change(9, weight=1)),
    (10, "a step weighs much more than the one before", leap),
    (10, "a heavier step was taken though the one before had no answer", hasty),
    (10, "{idle} takes no step", idle),
    (10, "only one side takes steps", alone),
    (10, "no step depends on the answers", unconditional),
]
UNKNOWN: list[tuple[int, str, Break]] = [
    (4, "a step does not say how long it takes to prepare", change(4, lead_days=None)),
    (6, "a step does not say how far it can be verified", change(4, verifiability=None)),
    (
        7,
        "a step does not say what it takes from the ability to answer an attack",
        change(4, exposure=None),
    ),
    (9, "a step does not say what field it comes from", change(4, field=None)),
    (10, "a step does not say what it weighs", change(4, weight=None)),
]


def test_the_example_plan_meets_all_ten_rules() -> None:
    checks = check_plan(GOOD)
    assert [one.rule for one in checks] == list(range(1, len(RULES) + 1)) == list(range(1, 11))
    assert [one.verdict for one in checks] == ["met"] * 10


def test_every_rule_is_broken_at_least_once_below() -> None:
    assert {rule for rule, _, _ in BREAKS} == set(range(1, 11))


@pytest.mark.parametrize(("rule", "why", "broken"), BREAKS)
def test_a_plan_that_breaks_a_rule_is_caught_by_that_rule_alone(
    rule: int, why: str, broken: Break
) -> None:
    checks = check_plan(broken(GOOD))
    assert [one.rule for one in checks if one.verdict == "not met"] == [rule]
    assert checks[rule - 1].why == why


@pytest.mark.parametrize(("rule", "why", "broken"), UNKNOWN)
def test_what_a_plan_leaves_out_is_unknown_and_not_broken(
    rule: int, why: str, broken: Break
) -> None:
    checks = check_plan(broken(GOOD))
    assert [one.rule for one in checks if one.verdict != "met"] == [rule]
    assert checks[rule - 1].verdict == "cannot be known"
    assert checks[rule - 1].why == why


def test_a_step_announced_on_its_own_day_breaks_the_second_rule() -> None:
    checks = check_plan(change(4, announce=GOOD.steps[3].do)(GOOD))
    assert checks[1].verdict == "not met"
    assert checks[1].steps == (4,)


def test_steps_done_on_their_days_meet_the_fourth_rule() -> None:
    held = replace(GOOD, meeting=date(2019, 6, 1))
    done = replace(held, steps=tuple(replace(step, done=held.day(step.do)) for step in held.steps))
    assert check_plan(done, date(2020, 1, 1))[3].verdict == "met"
    assert check_plan(held, date(2020, 1, 1))[3].verdict == "not met"


def test_the_order_of_the_file_does_not_change_a_verdict() -> None:
    turned = replace(GOOD, steps=tuple(reversed(GOOD.steps)))
    assert [c.verdict for c in check_plan(turned)] == [c.verdict for c in check_plan(GOOD)]


@pytest.mark.parametrize(
    "words",
    [
        "You must answer.",
        "failing which the offer lapses",
        "an answer is required",
        "La partie doit répondre.",
        "faute de quoi l’offre tombe",
        "Nous exigeons une réponse, sinon",
    ],
)
def test_demanding_words_are_found_in_both_languages(words: str) -> None:
    assert demanding(words) is not None


def test_no_invitation_of_the_catalogue_demands() -> None:
    assert [m.id for m in measures() if demanding(m.invite_en) or demanding(m.invite_fr)] == []
