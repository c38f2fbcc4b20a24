"""Find the phrases of the taxonomy in the words of a title, in one pass over the words.

A phrase is written in natural words. ``stem*`` stands for any word that begins so, ``..`` for up to
eight words of the same part of the title.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.topics.taxonomy import Rule, book
from detente.topics.words import BREAK, words

GAP = ".."
GAP_WORDS = 8
_STAR_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A rule made ready to be found: its number among the rules, and its words."""

    number: int
    rule: Rule
    pattern: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at words ``start`` to ``end`` (exclusive) of a field."""

    phrase: Phrase
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Index:
    """Plain phrases by all their words, with the lengths that a first word can begin; the others by
    their first word, or by the first letters of a starred one."""

    plain: dict[tuple[str, ...], tuple[Phrase, ...]]
    lengths: dict[str, tuple[int, ...]]
    gapped: dict[str, tuple[Phrase, ...]]
    starred: dict[str, tuple[Phrase, ...]]


def tokens(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they must stand in a title, with its stars and gaps."""
    if GAP not in phrase and "*" not in phrase:
        return words(phrase)
    found: list[str] = []
    for word in phrase.split():
        found += [word] if word == GAP or word.endswith("*") else words(word)
    return tuple(found)


@cache
def _index() -> _Index:
    plain: dict[tuple[str, ...], list[Phrase]] = {}
    gapped: dict[str, list[Phrase]] = {}
    starred: dict[str, list[Phrase]] = {}
    for number, rule in enumerate(book().rules):
        pattern = tokens(rule.phrase)
        phrase = Phrase(number, rule, pattern)
        if pattern[0].endswith("*"):
            starred.setdefault(pattern[0][:_STAR_LETTERS], []).append(phrase)
        elif GAP in pattern or any(word.endswith("*") for word in pattern):
            gapped.setdefault(pattern[0], []).append(phrase)
        else:
            plain.setdefault(pattern, []).append(phrase)
    lengths: dict[str, set[int]] = {}
    for pattern in plain:
        lengths.setdefault(pattern[0], set()).add(len(pattern))
    return _Index(
        {pattern: tuple(found) for pattern, found in plain.items()},
        {word: tuple(sorted(found)) for word, found in lengths.items()},
        {word: tuple(found) for word, found in gapped.items()},
        {stem: tuple(found) for stem, found in starred.items()},
    )


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def match_end(pattern: tuple[str, ...], text: tuple[str, ...], at: int) -> int:
    """Return where ``pattern`` ends when it begins at word ``at``, or -1 where it does not fit."""
    for place, wanted in enumerate(pattern):
        if wanted == GAP:
            for skip in range(GAP_WORDS + 1):
                end = match_end(pattern[place + 1 :], text, at + skip)
                if end >= 0:
                    return end
                if at + skip >= len(text) or text[at + skip] == BREAK:
                    return -1
            return -1
        if at >= len(text) or not _fits(wanted, text[at]):
            return -1
        at += 1
    return at


def find(text: tuple[str, ...], heading: bool = False) -> list[Match]:
    """Return every phrase of the taxonomy in these words; heading phrases only where asked."""
    index = _index()
    found: list[Match] = []
    for start, word in enumerate(text):
        for length in index.lengths.get(word, ()):
            end = start + length
            if end <= len(text):
                part = text[start:end]
                found += [Match(phrase, start, end) for phrase in index.plain.get(part, ())]
        for phrase in (*index.gapped.get(word, ()), *index.starred.get(word[:_STAR_LETTERS], ())):
            end = match_end(phrase.pattern, text, start)
            if end >= 0:
                found.append(Match(phrase, start, end))
    return found if heading else [match for match in found if not match.phrase.rule.heading_only]
