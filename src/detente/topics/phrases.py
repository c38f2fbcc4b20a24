"""Find the phrases of the taxonomy in the words of a title, in one pass over the words.

A phrase is written in natural words. ``stem*`` stands for any word that begins so, ``..`` for up to
eight words of the same part of the title.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.topics.taxonomy import book
from detente.topics.words import BREAK, words

GAP = ".."
GAP_WORDS = 8
_STAR_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A rule made ready: its index among the rules, the topic, the tier and the words after the
    first."""

    rule: int
    code: str
    tier: int
    heading_only: bool
    first: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at words ``start`` to ``end`` (exclusive) of a field."""

    phrase: Phrase
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Index:
    by_word: dict[str, list[Phrase]]
    by_stem: dict[str, list[Phrase]]


def tokens(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they must stand in a title, with its stars and gaps."""
    found: list[str] = []
    for word in phrase.split():
        if word == GAP:
            found.append(GAP)
        elif word.endswith("*"):
            found.append(word.lower())
        else:
            found.extend(words(word))
    # “un” and “us” arise from two words, so plain words are also read together.
    if GAP not in found and not any(word.endswith("*") for word in found):
        return words(phrase)
    return tuple(found)


@cache
def _index() -> _Index:
    by_word: dict[str, list[Phrase]] = {}
    by_stem: dict[str, list[Phrase]] = {}
    for number, rule in enumerate(book().rules):
        first, *rest = tokens(rule.phrase)
        phrase = Phrase(number, rule.code, rule.tier, rule.heading_only, first, tuple(rest))
        if first.endswith("*"):
            by_stem.setdefault(first[:_STAR_LETTERS], []).append(phrase)
        else:
            by_word.setdefault(first, []).append(phrase)
    return _Index(by_word, by_stem)


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _end(rest: tuple[str, ...], text: tuple[str, ...], at: int) -> int:
    """Return where ``rest`` ends when it begins at word ``at``, or -1 where it does not fit."""
    for place, pattern in enumerate(rest):
        if pattern == GAP:
            for skip in range(GAP_WORDS + 1):
                end = _end(rest[place + 1 :], text, at + skip)
                if end >= 0:
                    return end
                if at + skip >= len(text) or text[at + skip] == BREAK:
                    return -1
            return -1
        if at >= len(text) or not _fits(pattern, text[at]):
            return -1
        at += 1
    return at


def find(text: tuple[str, ...], heading: bool = False) -> list[Match]:
    """Return every phrase of the taxonomy in these words; heading phrases only where asked."""
    index = _index()
    found: list[Match] = []
    for start, word in enumerate(text):
        candidates = index.by_word.get(word, ())
        stems = index.by_stem.get(word[:_STAR_LETTERS], ())
        for phrase in (*candidates, *stems) if stems else candidates:
            if phrase.heading_only and not heading:
                continue
            if stems and not _fits(phrase.first, word):
                continue
            end = _end(phrase.rest, text, start + 1) if phrase.rest else start + 1
            if end >= 0:
                found.append(Match(phrase, start, end))
    return found
