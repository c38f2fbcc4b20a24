"""Provisions of rules, cited in English and French; those of one text together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.convening.rulebook import Rule
from detente.language import Lang, translator

PHRASES = (
    "Asia-Europe cooperation framework of 2000",
    "CICA rules of procedure of 2004",
    "Charter of the SCO, Article ",
    "Decision 74/544 of the General Assembly and later ones",
    "Declaration on principles of 14 September 1999",
    "European political cooperation",
    "Final recommendations of the Helsinki consultations, chapter ",
    "Practice: Madrid conference of 1991",
    "Practice of meetings in the margins",
    "Provisional rules of procedure of the General Assembly",
    "Provisional rules of procedure of the Security Council",
    "Resolution of the General Assembly",
    "Resolution on modalities",
    "Rules of procedure of the General Assembly",
    "Rules of procedure of the OSCE",
    "Single European Act, Title ",
    "Treaty of Rome",
    "Treaty on European Union as agreed at Maastricht, Title ",
    "Treaty on European Union, Articles ",
    "Treaty on European Union, Article ",
    "consent of sovereign States",
    "practice of preparatory talks",
    "Practice",
    "practice",
    "Charter ",
    ", paragraph ",
    ", rules ",
    ", rule ",
    " and ",
    " to ",
)
"""The words of provisions, those that hold others first: each is a message of the catalogue."""

_RULE = re.compile(r"^(?P<text>.+), rule (?P<number>\d.*)$")


def provision_text(provision: str, lang: Lang) -> str:
    """Return a provision in one language; symbols and numbers stay."""
    if lang == "en":
        return provision
    say = translator(lang, "calendar")
    found = "|".join(re.escape(phrase) for phrase in PHRASES)
    return re.sub(found, lambda match: say(match[0]), provision)


def cited(rules: Iterable[Rule], lang: Lang) -> str:
    """Return the provisions of rules, each once, numbered rules of one text together."""
    texts: dict[str, dict[str, None]] = {}
    for rule in rules:
        for part in rule.provision.split("; "):
            match = _RULE.match(part)
            numbers = texts.setdefault(match["text"] if match else part, {})
            if match:
                numbers[match["number"]] = None
    parts = []
    for text, numbers in texts.items():
        if numbers:
            listed = sorted(numbers, key=lambda number: (int(re.split(r"\D", number)[0]), number))
            several = len(listed) > 1 or " " in listed[0]
            text += (", rules " if several else ", rule ") + _listed(listed)
        parts.append(provision_text(text, lang))
    return "; ".join(parts)


def _listed(numbers: list[str]) -> str:
    if len(numbers) == 1:
        return numbers[0]
    return f"{', '.join(numbers[:-1])} and {numbers[-1]}"
