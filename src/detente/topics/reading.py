"""Decide what one text is about from its own fields: title, UNBIS headings, agenda, issue codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from detente.topics.phrases import Match, find
from detente.topics.taxonomy import book, taxonomy
from detente.topics.words import words

Basis = Literal[
    "title", "heading", "agenda", "similar title", "numbered block", "issue code", "none"
]
FIELDS: tuple[Basis, ...] = ("title", "heading", "agenda")
OTHERS = 3
"""At most so many further topics a text bears."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text is about: main topic (None where unknown), further topics, and on what basis.

    ``tier`` is that of the phrase that decided (2 decisive, 1 usual, 0 weak or no phrase).
    """

    main: str | None
    others: tuple[str, ...]
    basis: Basis
    tier: int = 0


NOTHING = Reading(None, (), "none")


def _rank(field: int, match: Match) -> tuple[int, int, int, int, int, int]:
    """Order matches: telling before weak, title before heading before agenda, then the tier, the
    longer phrase, the earlier place, and the order of the taxonomy."""
    phrase = match.phrase
    return (
        -min(phrase.tier, 1),
        field,
        -phrase.tier,
        match.start - match.end,
        match.start,
        phrase.rule,
    )


@lru_cache(maxsize=65536)
def _found(text: str, heading: bool) -> tuple[Match, ...]:
    return tuple(find(words(text), heading))


def read(title: str | None, subjects: Iterable[str] = (), agenda: str | None = None) -> Reading:
    """Return what the phrases of the taxonomy say about a text; NOTHING where they say nothing."""
    texts = (title or "", " | ".join(subjects), agenda or "")
    ranked = sorted(
        (_rank(field, match), field, match)
        for field, text in enumerate(texts)
        if text
        for match in _found(text, field == 1)
    )
    if not ranked:
        return NOTHING
    _, where, best = ranked[0]
    others = (
        match.phrase.code
        for _, field, match in ranked
        if match.phrase.tier
        and field < FIELDS.index("agenda")
        and (field != where or match.start >= best.end or match.end <= best.start)
    )
    main = best.phrase.code
    rest = tuple(dict.fromkeys(code for code in others if code != main))[:OTHERS]
    return Reading(main, rest, FIELDS[where], best.phrase.tier)


def read_issues(issues: Iterable[str]) -> Reading:
    """Return the subject that Voeten's issue codes name, the first in the order of the taxonomy."""
    order = [topic.code for topic in taxonomy()]
    codes = {book().issues[issue] for issue in issues if issue in book().issues}
    ranked = sorted(codes, key=order.index)
    return Reading(ranked[0], tuple(ranked[1:]), "issue code") if ranked else NOTHING
