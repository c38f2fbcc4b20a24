"""Words for a ladder and its checks, in English and French."""

from __future__ import annotations

from collections.abc import Mapping

from detente.denominators import Tier
from detente.language import Lang, translator
from detente.steps.catalogue import Measure, Need
from detente.steps.first import Kind
from detente.steps.plan import Follow
from detente.steps.rules import RULES, Check, Verdict
from detente.steps.suiting import Bound, Why

DOMAIN = "steps"

TIERS: Mapping[Tier, str] = {
    Tier.ALL_ACCEPT: "all accept",
    Tier.NOBODY_OBJECTS: "nobody objects",
    Tier.ONE_SHORT: "one short",
    Tier.SPLIT: "split",
    Tier.UNKNOWN: "unknown",
}
STAGES: Mapping[str, str] = {
    "opening": "Opening",
    "matching": "Matching",
    "meeting": "Meeting",
}
FIELDS: Mapping[str, str] = {
    name: name
    for name in (
        "information exchange",
        "communication",
        "notification",
        "observation and verification",
        "constraint",
        "incident prevention",
        "outer space",
        "weapons of mass destruction",
        "education and contacts",
        "new challenges",
        "economic",
        "environmental",
        "human dimension",
        "humanitarian",
    )
}
VERDICTS: Mapping[Verdict, str] = {
    "met": "met",
    "not met": "not met",
    "cannot be known": "cannot be known",
}
BOUNDS: Mapping[Bound, str] = {
    "together": "all take part in {instrument}",
    "apart": "each takes part, in different ones: {who}",
    "some": "only some take part: {who}",
    "nobody": "none takes part in any",
}
EXTENTS: Mapping[Bound, str] = {
    "together": "to carry out in full what they share already",
    "apart": "new as a common step",
    "some": "a new step for some of them",
    "nobody": "a new step for all of them",
}
BINDINGS: Mapping[str, str] = {
    name: name
    for name in (
        *("treaty", "signed, not in force", "political", "voluntary", "bilateral", "unilateral"),
        *("Council decision", "talks"),
    )
}
ANSWERS: Mapping[int, str] = {
    1: "by nothing",
    2: "by a step of another kind",
    3: "by a like step",
    4: "by the same step",
}
MISSED: Mapping[Follow, str] = {
    "repeat": "Take the next step on its day and repeat the invitation once, in the same words.",
    "wait": "Take the next step on its day, of the same weight and no heavier, and let the host "
    "ask why.",
    "hold": "Put off the next heavier step until this one is answered; what was done stands.",
    "take back": "Let this step lapse at its term, announce it beforehand, and offer it anew.",
    "stop": "End the series.",
    "escalate": "Answer with more than was done.",
}
WHYS: Mapping[Why, str] = {
    "not yet known": "not yet in any catalogue on the day",
    "lacks what it needs": "not for these parties: {need}",
    "need not known": "whether it applies is not known here: {need}",
    "tension too high": "too intrusive for the tension between {who}",
    "objected to": "{who} objects to texts on it: {topic}",
}
NEEDS: Mapping[Need, str] = {
    "nuclear": "it needs nuclear weapons on every side",
    "launch": "it needs space launchers on every side",
    "border": "it needs a common land frontier",
    "theatre": "it needs forces of all in one theatre",
    "guarantor": "it is for the guarantors of a ceasefire",
    "council": "it needs a seat of each in the Security Council",
}
REASONS: Mapping[Kind, str] = {
    "more capable": "the most capable: {most} billion dollars of military spending as "
    "last published, the next {next}",
    "last act": "the newest formal act against an agreement, {instrument}: {by} {what} ({day})",
    "last break": "the newest break of agreement in the Assembly: nobody objected to {agreed}; it "
    "objected to {broke} ({day})",
}
UNKNOWN_REASONS: Mapping[Kind, str] = {
    "more capable": "who is the most capable cannot be known from the figures at hand",
    "last act": "who last left an agreement cannot be known from the facts at hand",
    "last break": "who last broke an agreement in the Assembly cannot be told from the others",
}


def say(lang: Lang, message: str, **values: object) -> str:
    """Return a message of this package in a language."""
    return translator(lang, DOMAIN)(message, **values)


def intention(lang: Lang) -> str:
    """Return the words that announce a series, to be spoken by who moves first."""
    return say(
        lang,
        "We intend to lower the tension between us by a series of steps of our own. We will "
        "announce each before we take it, and take it as announced. The others are welcome to "
        "answer with steps of their choosing.",
    )


def keeping(lang: Lang) -> str:
    """Return what the parties keep while a series lasts."""
    return say(
        lang,
        "Each side keeps its forces, its alliances and its right of self-defence; no step touches "
        "them.",
    )


def invitation(measure: Measure, together: bool, lang: Lang) -> str:
    """Return the neutral wording in which the host puts a step to a delegation."""
    doing = measure.invite(lang)
    if together:
        return say(
            lang,
            "The host would be grateful if all delegations would consider the following step, to "
            "be agreed at the meeting: {doing}.",
            doing=doing,
        )
    return say(
        lang,
        "The host would be grateful if your delegation would consider the following step: "
        "{doing}. The other delegations are being told that an answer would be welcome, in a form "
        "and at a time of their choosing; nothing is asked in return.",
        doing=doing,
    )


def why_of(check: Check, lang: Lang) -> str:
    """Return the reason of a check in a language, with the steps it speaks of."""
    text = say(lang, check.why, **check.values) if check.values else say(lang, check.why)
    if not check.steps:
        return text
    numbers = ", ".join(str(number) for number in check.steps)
    return say(lang, "{text} (steps {numbers})", text=text, numbers=numbers)


def rule_title(rule: int, lang: Lang) -> str:
    """Return the title of a rule, 1 to 10."""
    return say(lang, RULES[rule - 1][0])


def rule_statement(rule: int, lang: Lang) -> str:
    """Return what a rule says, 1 to 10."""
    return say(lang, RULES[rule - 1][1])
