"""Words for what is found, in English and French; and the findings as plain values for files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.denominators.agenda import Agenda, Item, Reason, Shelf
from detente.denominators.evidence import Evidence
from detente.denominators.finding import Denominator, Denominators, Direction
from detente.denominators.tiers_arrays import Stance, Tier
from detente.language import Lang, translator

DOMAIN = "denominators"

TIERS: Mapping[Tier, str] = {
    Tier.ALL_ACCEPT: "All accept",
    Tier.NOBODY_OBJECTS: "Nobody objects",
    Tier.ONE_SHORT: "One short",
    Tier.SPLIT: "Split",
    Tier.UNKNOWN: "Unknown",
}
STANCES: Mapping[Stance, str] = {
    Stance.MISSING: "no vote on record",
    Stance.ACCEPTS: "yes",
    Stance.ABSTAINS: "abstained",
    Stance.OBJECTS: "no",
    Stance.PARTED: "parted, none against",
    Stance.IN_PART: "no, in part",
    Stance.CONSENSUS: "without a vote",
    Stance.DISSOCIATED: "dissociated",
}
DIRECTIONS: Mapping[Direction, str] = {
    "improving": "improving",
    "worsening": "worsening",
    "steady": "steady",
}
SHELVES: Mapping[Shelf, str] = {
    "firm": "Firm ground",
    "one short": "One short",
    "prepare": "To be prepared",
    "leave out": "To be left out",
}
REASONS: Mapping[Reason, str] = {
    "all accept": "all accept it",
    "nobody objects": "nobody objects to it",
    "one short": "one party objects, the others do not",
    "little evidence": "nobody objects to it, on little recent evidence",
    "some versions agreed": "split, but some versions drew no objection",
    "improving": "split, but improving",
    "one always objects": "one party objects almost every time",
    "split": "two or more parties object, and have for long",
    "too little evidence": "too little evidence",
    "not substantive": "a matter of the house, not of substance",
    "outweighed": "others weigh more",
}
COLUMNS = (
    "topic",
    "name",
    "tier",
    "short_of",
    "probability",
    "low",
    "high",
    "cases",
    "adopted",
    "since",
    "last",
    "trend",
    "weight",
    "evidence",
)


def words(lang: Lang, message: str) -> str:
    """Return one of the words above in a language."""
    return translator(lang, DOMAIN)(message)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def row(found: Denominator, lang: Lang) -> dict[str, Any]:
    """Return a denominator as one row of a table file (`COLUMNS`)."""
    return {
        "topic": found.topic.code,
        "name": found.topic.name(lang),
        "tier": words(lang, TIERS[found.tier]),
        "short_of": " ".join(found.short),
        "probability": _round(found.probability),
        "low": _round(found.low),
        "high": _round(found.high),
        "cases": found.cases,
        "adopted": found.adopted,
        "since": found.since,
        "last": None if found.last is None else found.last.isoformat(),
        "trend": words(lang, DIRECTIONS[found.direction]),
        "weight": _round(found.weight.weight),
        "evidence": " ".join(e.symbol for e in found.proof[:3]),
    }


def evidence_values(item: Evidence, parties: tuple[str, ...]) -> dict[str, Any]:
    """Return one text as plain values."""
    return {
        "symbol": item.symbol,
        "key": item.key,
        "date": item.date.isoformat(),
        "title": item.title,
        "recorded": item.recorded,
        "tier": item.tier.name.lower(),
        "parties": {
            code: {
                "stance": stance.name.lower(),
                "yes": counts[0],
                "abstain": counts[1],
                "no": counts[2],
                "members": counts[3],
            }
            for code, stance, counts in zip(parties, item.stances, item.counts, strict=True)
        },
    }


def values(found: Denominator, parties: tuple[str, ...], lang: Lang) -> dict[str, Any]:
    """Return a denominator with all its evidence as plain values."""
    return row(found, lang) | {
        "tier_code": found.tier.name.lower(),
        "effective_cases": _round(found.effective),
        "share_all_accept": _round(found.accepted),
        "share_nobody_objects": _round(found.unopposed),
        "trend_change": [_round(found.trend), _round(found.trend_low), _round(found.trend_high)],
        "objectors": dict(found.objectors),
        "chance_objects": {code: _round(chance) for code, chance in found.chances},
        "texts_forecast": found.asked,
        "council": {
            "adopted": found.council.adopted,
            "accepted_by_all_seated": found.council.accepted,
            "last": None if found.council.last is None else found.council.last.isoformat(),
        },
        "newest": [evidence_values(item, parties) for item in found.evidence],
        "agreed": [evidence_values(item, parties) for item in found.agreed],
        "breaks": [
            {
                "agreed": evidence_values(item.agreed, parties),
                "broke": evidence_values(item.broke, parties),
                "by": list(item.by),
            }
            for item in found.breaks
        ],
    }


def item_values(item: Item, lang: Lang) -> dict[str, Any]:
    """Return an agenda item as plain values."""
    return {
        "place": item.place,
        "shelf": words(lang, SHELVES[item.shelf]),
        "topic": item.found.topic.code,
        "name": item.found.topic.name(lang),
        "why": words(lang, REASONS[item.reason]),
        "probability": _round(item.found.probability),
        "objectors": list(item.objectors),
        "rests_on": [e.symbol for e in item.rests_on],
        "broke": None if item.broke is None else item.broke.broke.symbol,
        "host_wish": item.host_wish,
    }


def whole(found: Denominators, items: Agenda, lang: Lang) -> dict[str, Any]:
    """Return all findings as plain values, for JSON."""
    return {
        "parties": list(found.parties),
        "since": found.since.isoformat(),
        "as_of": found.as_of.isoformat(),
        "half_life_years": found.settings.half_life,
        "parent_strength_texts": found.settings.strength,
        "recorded": found.recorded,
        "accepted_by_all": found.accepted,
        "opposed_by_none": found.unopposed,
        "adopted_without_a_vote_titled": found.adopted,
        "adopted_without_a_vote_untitled": found.untitled,
        "topics": [values(item, found.parties, lang) for item in found.topics],
        "subjects": [row(item, lang) for item in found.subjects],
        "agenda": [item_values(item, lang) for item in (*items.items, *items.left_out)],
    }
