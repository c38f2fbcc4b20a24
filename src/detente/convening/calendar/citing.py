"""Provisions of several rules, those of one text together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.convening.rulebook import Rule
from detente.language import Lang

_NUMBERED = re.compile(r"^(?P<text>.+), (?P<word>rule|[Aa]rticle)s? (?P<number>\d.*)$")
_AND: dict[Lang, str] = {"en": " and ", "fr": " et "}


def cited(rules: Iterable[Rule], lang: Lang) -> str:
    """Return the provisions of rules in one language, each once, numbers of one text together."""
    texts: dict[tuple[str, str], dict[str, None]] = {}
    for rule in rules:
        for part in re.split(r"\s*; ", rule.cited(lang)):
            match = _NUMBERED.match(part)
            numbers = texts.setdefault((match["text"], match["word"]) if match else (part, ""), {})
            if match:
                numbers |= dict.fromkeys(re.split(r" (?:and|et) ", match["number"]))
    parts = []
    for (text, word), found in texts.items():
        listed = sorted(found, key=lambda number: (int(re.split(r"\D", number)[0]), number))
        if listed:
            several = len(listed) > 1 or " " in listed[0]
            text += f", {word}{'s' if several else ''} {_listed(listed, lang)}"
        parts.append(text)
    return (" ; " if lang == "fr" else "; ").join(parts)


def _listed(numbers: list[str], lang: Lang) -> str:
    return _AND[lang].join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)
