"""The topics: codes, names in English and French, definitions, and the phrases that betray them.

A topic is data, never an ``if``: one TOML file a subject in ``topics/taxonomy/``. A file holds the
subject (level 1) at its head and one table for each of its topics (level 2).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from detente.errors import NotFound
from detente.language import Lang

TIERS = ("weak", "usual", "decisive")
"""How telling a phrase is, ascending. A title may bear several; the most telling decides."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that a diplomat would recognise, such as ``disarmament/nuclear-testing``.

    ``parent`` is the code of its level-1 subject, None for a subject itself. ``substantive`` is
    False for the upkeep of the Organization: money, staff, credentials, elections.
    """

    code: str
    parent: str | None
    name_en: str
    name_fr: str
    definition_en: str
    definition_fr: str
    substantive: bool

    @property
    def level(self) -> int:
        """1 for a subject, 2 for a topic within it."""
        return 1 if self.parent is None else 2

    @property
    def subject(self) -> str:
        """The code of the level-1 subject: the parent, or the topic itself at level 1."""
        return self.parent or self.code

    def name(self, lang: Lang) -> str:
        """Return the name in English or French."""
        return self.name_fr if lang == "fr" else self.name_en

    def definition(self, lang: Lang) -> str:
        """Return the one-line definition in English or French."""
        return self.definition_fr if lang == "fr" else self.definition_en


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase that betrays a topic: its tier, whether it counts only in a UNBIS heading, and
    whether it is foremost: a conflict by name, which in a Council resolution outranks the means.
    """

    code: str
    phrase: str
    tier: int
    heading_only: bool
    foremost: bool


def _topic(code: str, parent: str | None, table: dict[str, Any], substantive: bool) -> Topic:
    return Topic(
        code=code,
        parent=parent,
        name_en=table["en"],
        name_fr=table["fr"],
        definition_en=table["is_en"],
        definition_fr=table["is_fr"],
        substantive=table.get("substantive", substantive),
    )


def _rules(code: str, table: dict[str, Any], foremost: bool) -> list[Rule]:
    foremost = table.get("foremost", foremost)
    found = [
        Rule(code, phrase, tier, False, foremost)
        for tier, name in enumerate(TIERS)
        for phrase in table.get(name, ())
    ]
    return found + [Rule(code, phrase, 1, True, foremost) for phrase in table.get("headings", ())]


@dataclass(frozen=True, slots=True)
class _Book:
    topics: tuple[Topic, ...]
    rules: tuple[Rule, ...]
    issues: dict[str, str]
    blocks: frozenset[str]


@cache
def book() -> _Book:
    """Read the taxonomy that ships: topics, rules, the subject of each issue code, and the subjects
    whose resolutions are numbered in a block."""
    topics: list[Topic] = []
    rules: list[Rule] = []
    issues: dict[str, str] = {}
    blocks: set[str] = set()
    folder = resources.files("detente.topics") / "taxonomy"
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not path.name.endswith(".toml"):
            continue
        head = tomllib.loads(path.read_text(encoding="utf-8"))
        code = head["code"]
        subject = _topic(code, None, head, True)
        topics.append(subject)
        foremost = head.get("foremost", False)
        rules += _rules(code, head, foremost)
        if head.get("block"):
            blocks.add(code)
        issues |= dict.fromkeys(head.get("issue", ()), code)
        for leaf, table in head.items():
            if isinstance(table, dict):
                topics.append(_topic(f"{code}/{leaf}", code, table, subject.substantive))
                rules += _rules(f"{code}/{leaf}", table, foremost)
    return _Book(tuple(topics), tuple(rules), issues, frozenset(blocks))


def taxonomy() -> tuple[Topic, ...]:
    """Return every topic, each subject followed by its own topics, in the order of the pages."""
    return book().topics


@cache
def _by_code() -> dict[str, Topic]:
    return {topic.code: topic for topic in taxonomy()}


def topic(code: str) -> Topic:
    """Return the topic with this exact code; raise NotFound where there is none."""
    found = _by_code().get(code)
    if found is None:
        raise NotFound(f"There is no topic with the code “{code}”; docs/topics.md lists them all.")
    return found
