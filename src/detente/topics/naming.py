"""The topic that a user means by a few words, in English or French."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable
from functools import cache

from detente.errors import NotFound
from detente.topics.reading import read
from detente.topics.taxonomy import Topic, taxonomy, topic


def plain(typed: str) -> str:
    """Return words in lower case without accents, hyphens, apostrophes or doubled spaces."""
    bare = unicodedata.normalize("NFKD", typed.casefold())
    letters = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return " ".join(letters.translate(str.maketrans("-’'", "   ")).split())


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return what a user may type, plain, and the codes it may mean: code, leaf, both names."""
    names: dict[str, list[str]] = {}
    for one in taxonomy():
        typed = {one.code, one.code.rsplit("/", 1)[-1], one.name_en, one.name_fr}
        for name in sorted({plain(entry) for entry in typed}):
            names.setdefault(name, []).append(one.code)
    return {name: tuple(codes) for name, codes in names.items()}


def _begins(name: str, typed: str) -> bool:
    return name.startswith(typed)


def _has_words(name: str, typed: str) -> bool:
    """Every word typed begins a word of the name, in any order."""
    spoken = name.split()
    return all(any(word.startswith(part) for word in spoken) for part in typed.split())


def find_topic(words: str) -> Topic:
    """Return the topic a user named; raise NotFound with the nearest where none or several fit.

    Tried in turn: a code or a name in either language; the beginning of one; its words in any
    order; and what the words would be about as a title (“Crimea”). Case, accents and hyphens do not
    matter.
    """
    typed = plain(words)
    exact = _names().get(typed, ())
    if len(exact) == 1:
        return topic(exact[0])
    ways: tuple[Callable[[str, str], bool], ...] = (_begins, _has_words)
    several: list[str] = []
    for fits in ways if typed else ():
        codes = {
            code
            for name, found in _names().items()
            if ("/" in typed or "/" not in name) and fits(name, typed)
            for code in found
        }
        if len(codes) == 1:
            return topic(codes.pop())
        several = several or [one.code for one in taxonomy() if one.code in codes]
    spoken = read(words)
    if not several and spoken.main and spoken.tier:
        return topic(spoken.main)
    if several:
        raise NotFound(f"“{words}” may mean several topics; write one of {', '.join(several[:6])}.")
    near = difflib.get_close_matches(typed, _names(), n=3, cutoff=0.5)
    meant = list(dict.fromkeys(code for name in near for code in _names()[name]))[:3]
    advice = f"the nearest are {', '.join(meant)}" if meant else "docs/topics.md lists them all"
    raise NotFound(f"There is no topic “{words}”; {advice}.")
