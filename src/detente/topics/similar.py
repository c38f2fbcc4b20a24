"""The nearest topic for a title that no phrase of the taxonomy meets: words shared with its own.

Each topic is the bag of words of its English name, definition and phrases. A title goes to the
topic with the highest cosine of TF-IDF vectors, the word weights taken from the topics alone
(Salton & Buckley 1988), where it reaches ``THRESHOLD``. The only training text is the taxonomy
itself, so no dated text, earlier or later, has a say.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import log, sqrt

from detente.topics.phrases import GAP
from detente.topics.reading import NOTHING, Reading
from detente.topics.taxonomy import book
from detente.topics.words import BREAK, words

THRESHOLD = 0.16
"""Below this cosine a title is left without a topic."""


@cache
def _vectors() -> tuple[dict[str, list[tuple[str, float]]], dict[str, float]]:
    """Return word -> [(topic, weight)] with topic vectors of length 1, and word -> idf."""
    bags: dict[str, Counter[str]] = {
        one.code: Counter(words(f"{one.name_en} | {one.definition_en}")) for one in book().topics
    }
    for rule in book().rules:
        bags[rule.code].update(words(rule.phrase.replace(GAP, BREAK).replace("*", "")))
    for bag in bags.values():
        del bag[BREAK]
    spread = Counter(word for bag in bags.values() for word in bag)
    idf = {word: log((1 + len(bags)) / (1 + count)) + 1 for word, count in spread.items()}
    found: dict[str, list[tuple[str, float]]] = {}
    for code, bag in bags.items():
        weights = {word: (1 + log(count)) * idf[word] for word, count in bag.items()}
        length = sqrt(sum(weight**2 for weight in weights.values()))
        for word, weight in weights.items():
            found.setdefault(word, []).append((code, weight / length))
    return found, idf


def read_similar(title: str) -> Reading:
    """Return the topic whose own words are nearest to a title's; NOTHING below the threshold."""
    index, idf = _vectors()
    bag = Counter(word for word in words(title) if word != BREAK)
    unseen = max(idf.values())
    weights = {word: (1 + log(count)) * idf.get(word, unseen) for word, count in bag.items()}
    length = sqrt(sum(weight**2 for weight in weights.values()))
    scores: dict[str, float] = {}
    for word, weight in sorted(weights.items()):
        for code, share in index.get(word, ()):
            scores[code] = scores.get(code, 0.0) + weight * share / length
    if not scores:
        return NOTHING
    order = {one.code: place for place, one in enumerate(book().topics)}
    code, score = min(scores.items(), key=lambda pair: (-pair[1], order[pair[0]]))
    return Reading(code, (), "similar title") if score >= THRESHOLD else NOTHING
