"""A comparison as plain values, for JSON and CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from detente.convening.findings import Chance, Comparison, Precedent, RouteFinding, StepFinding
from detente.convening.messages import STEP_ROLES
from detente.convening.wording import Wording, titles

COLUMNS = (
    "route",
    "title",
    "status",
    "needs",
    "chance",
    "chance_low",
    "chance_high",
    "first_opening",
    "last_opening",
    "shortest_lead",
    "median_lead",
    "longest_lead",
    "lacking",
    "others",
    "confidence",
)
_DIGITS = 4


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _chance(chance: Chance | None) -> dict[str, float] | None:
    if chance is None:
        return None
    return {
        "probability": round(chance.p, _DIGITS),
        "low": round(chance.low, _DIGITS),
        "high": round(chance.high, _DIGITS),
    }


def row(found: RouteFinding, words: Wording) -> dict[str, object]:
    """Return a route as one row of a table, by `COLUMNS`."""
    chance = _chance(found.chance) or {}
    leads = found.usual or (None, None, None)
    return {
        "route": found.route.id,
        "title": found.route.title(words.lang),
        "status": found.status,
        "needs": words.needs(found),
        "chance": chance.get("probability"),
        "chance_low": chance.get("low"),
        "chance_high": chance.get("high"),
        "first_opening": _day(found.opening.earliest),
        "last_opening": _day(found.opening.latest),
        "shortest_lead": leads[0],
        "median_lead": leads[1],
        "longest_lead": leads[2],
        "lacking": " ".join(found.lacking),
        "others": found.others,
        "confidence": found.confidence,
    }


def _step(found: StepFinding, words: Wording) -> dict[str, Any]:
    rule, need, lang = found.rule, found.needed, words.lang
    odds = found.odds
    return {
        "role": words.say(STEP_ROLES[found.step.role]),
        "rule": rule.id,
        "title": rule.title(lang),
        "text": rule.text(lang),
        "practice": rule.practised(lang, words.case.as_of),
        "provision": rule.cited(lang),
        "confidence": rule.confidence,
        "source": rule.source,
        "records": list(rule.records),
        "needed": words.needed(need),
        "votes": need.votes,
        "of": need.of,
        "can_block_alone": list(need.vetoes),
        "could_block_if_law_says_so": list(need.open_vetoes),
        "clocks": [
            {
                "sets": clock.sets,
                "kind": clock.kind,
                "counted_from": clock.counted_from,
                "days": clock.length,
            }
            for clock in rule.clocks
        ],
        "expected": None if odds is None else odds.expected,
        "chance": None
        if odds is None
        else _chance(Chance(odds.probability, odds.probability_low, odds.probability_high)),
        "chance_if_vetoed": None
        if found.odds_if_vetoed is None
        else round(found.odds_if_vetoed.probability, _DIGITS),
    }


def _precedent(one: Precedent) -> dict[str, Any]:
    return {
        "id": one.id,
        "table": one.table,
        "name": one.name,
        "opened": _day(one.opened),
        "lead_days": one.lead_days,
        "status": one.status,
        "outcome": one.outcome,
        "seated_all_parties": one.all_parties,
        "confidence": one.confidence,
        "source": one.source,
    }


def _route(found: RouteFinding, words: Wording) -> dict[str, Any]:
    return {
        **row(found, words),
        "level": found.route.level,
        "body": found.route.body,
        "text": found.route.text(words.lang),
        "convened": _chance(found.convened),
        "attendance": _chance(found.attendance),
        "starters": [
            {
                "who": one.who,
                "rule": one.rule.id,
                "count": one.count,
                "host": one.host,
                "parties": list(one.parties),
                "parties_that_cannot": list(one.missing),
            }
            for one in found.starters
        ],
        "standing": [
            {
                "party": one.party,
                "seat": one.seat,
                "said": words.seat(one),
                "rules": [rule.id for rule in one.rules],
                "confidence": one.confidence,
            }
            for one in found.standing
        ],
        "steps": [_step(one, words) for one in found.steps],
        "obstacles": [
            {"key": one.key, "closes": one.closes, "rule": one.rule, "said": words.obstacle(one)}
            for one in found.obstacles
        ],
        "open_questions": [
            {"key": one.key, "question": one.text(words.lang)} for one in found.open_questions
        ],
        "deadlines": [
            {
                "event": one.event,
                "first": _day(one.window.earliest),
                "last": _day(one.window.latest),
                "rules": [rule.id for rule in one.rules],
            }
            for one in found.deadlines
        ],
        "precedents": [_precedent(one) for one in found.precedents],
    }


def whole(found: Comparison, words: Wording) -> dict[str, Any]:
    """Return a comparison as JSON values."""
    named: Mapping[str, str] = titles(found.routes, words.lang)
    result: dict[str, Any] = {
        "case": found.case,
        "host": found.host,
        "parties": list(found.parties),
        "as_of": found.day.isoformat(),
        "wished_opening": _day(found.wished),
        "facts": dict(found.facts),
        "answers": dict(found.answers),
        "believed": dict(found.overrides),
        "recommendation": [
            {
                "role": advice.role,
                "said": words.advice(advice, named),
                "routes": list(advice.routes),
                "parties": list(advice.parties),
                "reasons": [
                    {
                        "key": reason.key,
                        "said": words.reason(reason),
                        "rules": list(reason.rules),
                        "records": list(reason.records),
                    }
                    for reason in advice.reasons
                ],
            }
            for advice in found.recommendation.advice
        ],
        "acceptance": [
            {
                "party": one.party,
                "probability": round(one.p, _DIGITS),
                "low": round(one.low, _DIGITS),
                "high": round(one.high, _DIGITS),
                "by_level": {
                    level: {
                        "probability": round(other.p, _DIGITS),
                        "low": round(other.low, _DIGITS),
                        "high": round(other.high, _DIGITS),
                    }
                    for level, accepted in found.accepted.items()
                    for other in accepted
                    if other.party == one.party
                },
                "reasons": [
                    {
                        "kind": reason.kind,
                        "counts": reason.counts,
                        "said": words.accepts(reason),
                        "records": list(reason.records),
                        "confidence": reason.confidence,
                    }
                    for reason in one.reasons
                ],
            }
            for one in found.acceptance
        ],
        "routes": [_route(one, words) for one in found.routes],
    }
    if found.before:
        result["without_what_is_believed"] = {
            route: _chance(chance) for route, chance in found.before.items()
        }
    return result
