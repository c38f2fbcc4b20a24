"""What is known beside the record: why history departs from a rule, who had concurred when.

Both are data of this package (``differences.toml``, ``facts.toml``), in our own words, each entry
with its source and whether it rests on memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from detente.convening.rulebook import Confidence, read_toml
from detente.errors import RuleError
from detente.language import Lang

Kind = Literal[
    "opened late",
    "opened early",
    "votes short",
    "no of a permanent member",
    "no veto before",
    "postponed",
    "clock not checked",
    "day not on record",
    "votes not on record",
    "adopted, not held",
]
"""How history can differ from a rule, or the record fall short of telling."""

KINDS: tuple[Kind, ...] = get_args(Kind)
GAPS: tuple[Kind, ...] = ("clock not checked", "day not on record", "votes not on record")
"""Those in which the record falls short, and history may well have kept to the rule."""


@dataclass(frozen=True)
class Explanation:
    """Why one difference is there, in our own words."""

    en: str
    fr: str
    confidence: Confidence
    source: str

    def text(self, lang: Lang) -> str:
        """Return the words in one language."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True)
class Concurrence:
    """How many Members had concurred on a day.

    Attributes:
        day: the day, or None where it is not known.
        members: how many.
    """

    day: date | None
    members: int
    confidence: Confidence
    source: str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Words = Annotated[str, Field(min_length=1)]


class _Difference(_Strict):
    kind: Kind
    of: Annotated[list[str], Field(min_length=1)]
    en: Words
    fr: Words
    confidence: Confidence
    source: Words


class _Differences(_Strict):
    difference: Annotated[list[_Difference], Field(min_length=1)]


class _Concurrence(_Strict):
    session: Words
    day: date | None = None
    members: Annotated[int, Field(ge=1)]
    confidence: Confidence
    source: Words


class _Deadlock(_Strict):
    session: Words
    drafts: Annotated[list[str], Field(min_length=1)]


class _Postponement(_Strict):
    session: Words
    fixed: date
    confidence: Confidence
    source: Words


class _Facts(_Strict):
    concurrence: list[_Concurrence] = []
    deadlock: list[_Deadlock] = []
    postponement: list[_Postponement] = []


@dataclass(frozen=True)
class Facts:
    """What is known of single sessions beside the archive.

    Attributes:
        concurrences: session -> how many had concurred, in order of day.
        deadlocks: emergency session -> the drafts whose veto showed the Council blocked.
        postponed: session -> the day first fixed.
    """

    concurrences: Mapping[str, tuple[Concurrence, ...]]
    deadlocks: Mapping[str, tuple[str, ...]]
    postponed: Mapping[str, date]


_HERE = Path(__file__).parent


@cache
def explanations(path: Path | None = None) -> dict[tuple[str, Kind], Explanation]:
    """Return the explanation of each difference: (session or attempt, kind) -> why.

    Raises:
        RuleError: the file cannot be used, or explains one difference twice.
    """
    place = path or _HERE / "differences.toml"
    raw: Any = read_toml(place, _Differences, "difference")
    found: dict[tuple[str, Kind], Explanation] = {}
    for entry in raw.difference:
        for name in entry.of:
            if (name, entry.kind) in found:
                raise RuleError(
                    f"{place.name}: “{entry.kind}” of {name} is explained twice: keep one"
                )
            found[name, entry.kind] = Explanation(
                entry.en, entry.fr, entry.confidence, entry.source
            )
    return found


@cache
def facts(path: Path | None = None) -> Facts:
    """Return what is known of single sessions beside the archive.

    Raises:
        RuleError: the file cannot be used.
    """
    raw: Any = read_toml(path or _HERE / "facts.toml", _Facts, "fact")
    known: dict[str, list[Concurrence]] = {}
    for one in raw.concurrence:
        known.setdefault(one.session, []).append(
            Concurrence(one.day, one.members, one.confidence, one.source)
        )
    return Facts(
        concurrences={
            session: tuple(sorted(counts, key=lambda one: (one.day or date.max, one.members)))
            for session, counts in known.items()
        },
        deadlocks={one.session: tuple(one.drafts) for one in raw.deadlock},
        postponed={one.session: one.fixed for one in raw.postponement},
    )
