"""Starting values from the public record, where a party has told nothing.

An issue tied to a topic has its options on a ladder, from nothing at the first to most at the last.
How often a party has supported texts of that topic says how far up the ladder it may lie; that is
an estimate with a wide interval, never a position that the party took.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from detente.packages.sheet import SCALE, Issue, Provenance, Sheet, Stance

WIDTH = 20.0
"""Points that each bound of a starting value lies beyond what the record's own interval says."""
ABOVE = 30.0
"""Points by which that grows up to the last option: votes on texts say least of going further."""


@dataclass(frozen=True)
class Support:
    """How often a party supported the texts of a topic.

    Attributes:
        share: of texts it did not object to, 0 to 1.
        low, high: interval of that share.
        texts: how many it rests on.
    """

    share: float
    low: float
    high: float
    texts: int


def starting_stance(party: str, issue: Issue, support: Support) -> Stance:
    """Return the estimated stance of a party on an issue tied to a topic.

    At height h of the ladder (0 first option, 1 last) and support p the value is
    ``100 (p h + (1 - p) (1 - h))``: who always supported the topic likes the last option best, who
    never did likes the first. The bounds follow those of p, widened by ``WIDTH + h ABOVE``.
    """
    steps = max(len(issue.options) - 1, 1)
    low, high = [], []
    for place in range(len(issue.options)):
        h = place / steps
        ends = sorted(SCALE * (p * h + (1 - p) * (1 - h)) for p in (support.low, support.high))
        low.append(max(0.0, ends[0] - WIDTH - h * ABOVE))
        high.append(min(SCALE, ends[1] + WIDTH + h * ABOVE))
    source = f"public record, {support.texts} texts of the topic {issue.topic}"
    return Stance(
        party,
        issue.code,
        "interval",
        tuple(round(value, 1) for value in low),
        tuple(round(value, 1) for value in high),
        provenance=Provenance(source, "attribute", estimate=True),
    )


def start_from_record(sheet: Sheet, supports: Mapping[tuple[str, str], Support]) -> Sheet:
    """Fill what nobody told of issues tied to topics with estimates from the record.

    Args:
        sheet: what is known; a stance that says anything at all is left alone.
        supports: by party and topic.
    """
    stances = []
    for stance in sheet.stances:
        issue = sheet.issue(stance.issue)
        support = supports.get((stance.party, issue.topic)) if issue.topic else None
        if stance.kind == "unknown" and not stance.red and support is not None:
            stances.append(starting_stance(stance.party, issue, support))
        else:
            stances.append(stance)
    return replace(sheet, stances=tuple(stances))
