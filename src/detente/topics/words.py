"""Titles as comparable words: one spelling for what 80 years of clerks wrote in several ways."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

BREAK = "|"
"""Stands between the parts of a title, so that no phrase is read across them."""

_ADOPTED = re.compile(r"(?:: ?)?(?:draft )?resolution *[ /]+adopted by the .*$|: resolutions / .*$")
_COUNCIL = re.compile(r"^security council resolution \d+ \(\d+\)")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_JOINED = re.compile(
    r"\b(co|peace|inter|under|anti|land|sea|over|re|sub|multi|extra|post)[- ]"
    r"(?=op|ord|keep|build|gov|parliament|develop|personnel|bed\b|religious|establish|region"
    r"|lateral|territorial|locked)"
)
_TOKEN = re.compile(r"[a-z0-9]+|[:|;\[\]]")
_STOP = frozenset(
    re.findall(
        r"\w+",
        "the of a an in to and for on by with its their at from or as into all s d l"
        " concerning relating",
    )
)
_WHOLE = {
    "women": "woman",
    "children": "child",
    "isareli": "israeli",
    "portugese": "portuguese",
    "marrige": "marriage",
    "nulear": "nuclear",
}


def _stem(word: str) -> str:
    """Return a word without its plural: countries -> country, tests -> test."""
    if word in _WHOLE:
        return _WHOLE[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


_stem_cached = lru_cache(maxsize=65536)(_stem)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a title that carry meaning, in one spelling; BREAK parts its members.

    Lower case, no accents, no plurals, no articles or prepositions; “United Nations” is ``un``,
    “United States of America” ``us``; the formula “: resolution / adopted by …” is dropped.
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'")).replace("'", " ")
    if not plain.isascii():
        plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
        plain = plain.replace("–", " ").replace("—", " : ")
    if "adopted by" in plain:
        plain = _ADOPTED.sub("", plain)
    elif plain.startswith("security council"):
        plain = _COUNCIL.sub("", plain)
    if "." in plain:
        plain = _INITIALS.sub(lambda found: found.group().replace(".", ""), plain)
    plain = _JOINED.sub(r"\1", plain)
    found: list[str] = []
    for token in _TOKEN.findall(plain):
        if token in _STOP:
            continue
        if not token.isalnum():
            found.append(BREAK)
            continue
        stem = _stem_cached(token)
        if found and found[-1] == "united" and stem in ("nation", "state"):
            found[-1] = "un" if stem == "nation" else "us"
        elif not (stem == "america" and found and found[-1] == "us"):
            found.append(stem)
    return tuple(found)
