"""A ladder and its checks as plain values: rows of a table file, and JSON."""

from __future__ import annotations

from typing import Any

from detente.language import Lang
from detente.steps.instruments import instruments
from detente.steps.ladder import Ladder, Rung, plan_of
from detente.steps.rules import RULES, Check
from detente.steps.suiting import Suited
from detente.steps.telling import (
    bound_words,
    left_out_words,
    met,
    missed_words,
    reason_words,
)
from detente.steps.wording import (
    FIELDS,
    STAGES,
    TIERS,
    invitation,
    rule_statement,
    rule_title,
    say,
    why_of,
)

COLUMNS = (
    "step",
    "stage",
    "by",
    "announce",
    "do",
    "answer_by",
    "measure",
    "name",
    "field",
    "weight",
    "cost",
    "verifiability",
    "reciprocity",
    "intrusiveness",
    "bound",
    "topic",
    "tier",
    "chance",
    "evidence",
    "confidence",
)


def row(number: int, rung: Rung, lang: Lang) -> dict[str, Any]:
    """Return a step as one row of a table file (`COLUMNS`)."""
    m, topic = rung.measure, rung.suited.topic
    chance = None if topic is None or topic.probability is None else round(topic.probability, 4)
    return {
        "step": number,
        "stage": say(lang, STAGES[rung.stage]),
        "by": rung.by,
        "announce": rung.announce,
        "do": rung.do,
        "answer_by": rung.answer_by,
        "measure": m.id,
        "name": m.name(lang),
        "field": say(lang, FIELDS[m.field]),
        "weight": m.weight,
        "cost": m.cost,
        "verifiability": m.verifiability,
        "reciprocity": m.reciprocity,
        "intrusiveness": m.intrusiveness,
        "bound": bound_words(rung.suited, lang),
        "topic": None if topic is None else topic.topic.code,
        "tier": None if topic is None else say(lang, TIERS[topic.tier]),
        "chance": chance,
        "evidence": "" if topic is None else " ".join(e.symbol for e in topic.proof[:3]),
        "confidence": m.confidence,
    }


def _suited_values(one: Suited, lang: Lang) -> dict[str, Any]:
    return {
        "measure": one.measure.id,
        "name": one.measure.name(lang),
        "bound": one.bound,
        "standings": {
            code: {s.instrument.code: [s.bound, s.of] for s in stands}
            for code, stands in one.standings.items()
        },
    }


def check_values(check: Check, lang: Lang) -> dict[str, Any]:
    """Return what a rule found as plain values."""
    return {
        "rule": check.rule,
        "title": rule_title(check.rule, lang),
        "statement": rule_statement(check.rule, lang),
        "verdict": check.verdict,
        "why": why_of(check, lang),
        "steps": list(check.steps),
    }


def values(found: Ladder, name: str, lang: Lang) -> dict[str, Any]:
    """Return a ladder as plain values, for JSON."""
    plan = plan_of(found, name, lang)
    return {
        "parties": [party.code for party in found.parties],
        "as_of": found.as_of.isoformat(),
        "meeting": None if found.meeting is None else found.meeting.isoformat(),
        "first": found.first.party,
        "first_reasons": [
            {
                "kind": reason.kind,
                "party": reason.party,
                "text": reason_words(reason, lang),
                "memory": reason.memory,
            }
            for reason in found.first.reasons
        ],
        "tension_percentile": None if found.tension is None else round(found.tension, 1),
        "tensest": list(found.tensest or ()),
        "intention": plan.intent,
        "intention_day": plan.intent_day,
        "steps": [
            row(number, rung, lang)
            | {"anew": rung.anew, "instead": [other.id for other in rung.instead]}
            | _suited_values(rung.suited, lang)
            | {
                "instruments": {
                    code: {
                        "name": instruments()[code].name(lang),
                        "confidence": instruments()[code].confidence,
                        "source": instruments()[code].source,
                    }
                    for code in rung.measure.instruments
                    if instruments()[code].lasts(found.as_of)
                },
                "invitation": invitation(rung.measure, rung.by == "all", lang),
                "watch": rung.measure.watch(lang),
                "missed": missed_words(rung, lang),
                "source": rung.measure.source,
            }
            for number, rung in enumerate(found.rungs, 1)
        ],
        "rules": [check_values(check, lang) for check in found.checks],
        "rules_met": [met(found.checks), len(RULES)],
        "spare": [_suited_values(one, lang) for one in found.spare],
        "left_out": [
            _suited_values(one, lang) | {"why": left_out_words(one, lang)} for one in found.left_out
        ],
    }
