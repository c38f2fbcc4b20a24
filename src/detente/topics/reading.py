"""Decide what one text is about from its own fields: title, UNBIS headings, agenda, issue codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from detente.topics.phrases import Match, find
from detente.topics.taxonomy import Rule, book, taxonomy
from detente.topics.words import words

Basis = Literal[
    "title",
    "heading",
    "agenda",
    "issue code",
    "numbered block",
    "none",
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


_SPOKEN = re.compile(r"put to the vote|take a decision|the (?:acting )?president\b", re.IGNORECASE)
_NAMED = re.compile(
    r"entitled\s*[_“\"]\s*(.+?)(?:<d3>|[_”\"])"
    r"|Agenda item \d+ (.+?) (?:\([^)]*\) )?(?:Report of|Draft)"
)


def spoken_title(title: str) -> str:
    """Return the title of the draft put to the vote where a record gives the President's words.

    Roll calls on paragraphs since 1992 bear the announcement instead of a title. The vote is on the
    draft named last; where none is named the announcement says nothing, and the result is empty.
    Any other title is returned as it is.
    """
    if not _SPOKEN.search(title):
        return title
    named = _NAMED.findall(title)
    return "".join(named[-1]) if named else ""


def _tier(rule: Rule, council: bool) -> int:
    """Return how telling a phrase is; in the Council a conflict by name is one tier more so."""
    return rule.tier + (council and rule.foremost and rule.tier > 0)


def _rank(field: int, match: Match, council: bool) -> tuple[int, int, int, int, int, int]:
    """Order matches: telling before weak, title before heading before agenda, then the tier, the
    longer phrase, the earlier place, and the order of the taxonomy.

    In the Council the decisive tier comes before the field: its headings name the conflict.
    """
    tier = _tier(match.phrase.rule, council)
    return (
        -(tier if council else min(tier, 1)),
        field,
        -tier,
        match.start - match.end,
        match.start,
        match.phrase.number,
    )


@lru_cache(maxsize=65536)
def _found(text: str, heading: bool) -> tuple[Match, ...]:
    return tuple(find(words(text), heading))


def read(
    title: str | None,
    subjects: Iterable[str] = (),
    agenda: str | None = None,
    council: bool = False,
) -> Reading:
    """Return what the phrases of the taxonomy say about a text; NOTHING where they say nothing.

    ``council`` says that it is a Security Council text: there a conflict named in title or heading
    outranks the means (a force, sanctions, relief).
    """
    texts = [spoken_title(title or ""), " | ".join(subjects)]
    found = [_found(text, field == 1) for field, text in enumerate(texts)]
    if agenda and not any(match.phrase.rule.tier for matches in found for match in matches):
        found.append(_found(agenda, False))  # a telling title or heading outranks any agenda
    ranked = sorted(
        (_rank(field, match, council), field, match)
        for field, matches in enumerate(found)
        for match in matches
    )
    if not ranked:
        return NOTHING
    _, where, best = ranked[0]
    main, tier = best.phrase.rule.code, best.phrase.rule.tier
    others = (
        match.phrase.rule.code
        for _, field, match in ranked
        if match.phrase.rule.tier
        and field < FIELDS.index("agenda")
        and (field != where or match.start >= best.end or match.end <= best.start)
    )
    rest = tuple(dict.fromkeys(code for code in others if code != main))[:OTHERS]
    return Reading(main, rest, FIELDS[where], tier)


def read_issues(issues: Iterable[str]) -> Reading:
    """Return the subject that Voeten's issue codes name, the first in the order of the taxonomy."""
    order = [topic.code for topic in taxonomy()]
    codes = {book().issues[issue] for issue in issues if issue in book().issues}
    ranked = sorted(codes, key=order.index)
    return Reading(ranked[0], tuple(ranked[1:]), "issue code") if ranked else NOTHING
