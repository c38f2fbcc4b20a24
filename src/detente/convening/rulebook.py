"""The rulebook: one small file a rule, read, checked and dated.

Rules are data (``rules/<id>.toml``), after the habit of tax-and-benefit models: text in our own
words, who may act, threshold, clocks, in force from and to, citation, confidence. The code here and
in `thresholds`, `electorates` and `clocks` knows only the kinds. docs/convene.md says how to write
a rule; a folder of one’s own is read in the same way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from detente.convening.clocks import Clock, ClockKind
from detente.errors import RuleError, at
from detente.language import Lang
from detente.toml_lines import Lines

Confidence = Literal["SOURCE", "MEMORY"]
ThresholdKind = Literal[
    "votes in favour", "present and voting", "no objection", "each", "one", "unanimity"
]
Share = Literal["majority", "two-thirds"]
Veto = Literal["none", "P5", "open"]
ELECTORATES = (
    *("UN", "SC", "P5", "EU", "OSCE", "CICA", "SCO", "ASEM", "G20"),
    *("parties", "host", "Secretary-General", "presidency"),
)
"""Who may act or consent: bodies of the archive, those at the table, or one office."""


@dataclass(frozen=True)
class Count:
    """A number of votes, from a day on."""

    since: date
    votes: int


@dataclass(frozen=True)
class Threshold:
    """What it takes, as a kind and its numbers; `thresholds.needed` dates it.

    Attributes:
        kind: ``votes in favour`` of all in the electorate (a count or a share), ``present and
            voting`` (yes against no), ``no objection``, ``each`` accepts, ``one`` may act alone,
            ``unanimity`` (abstention does not prevent it).
        share: ``majority`` or ``two-thirds``, where the number follows the electorate.
        counts: fixed numbers of votes by date, the earliest first, where it does not.
        veto: ``P5`` where a permanent member's no defeats it; ``open`` where law has not settled
            that, and `Rule.open_question` asks.
    """

    kind: ThresholdKind
    share: Share | None = None
    counts: tuple[Count, ...] = ()
    veto: Veto = "none"


@dataclass(frozen=True)
class OpenQuestion:
    """What law has not settled: a parameter of the user's, shown as open, never decided here.

    Attributes:
        key: its name on the command line (``veto``).
        en, fr: the question.
    """

    key: str
    en: str
    fr: str

    def text(self, lang: Lang) -> str:
        """Return the question in one language."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True)
class Practice:
    """What was done under a rule, known from a day on.

    It is told apart from the rule, so that no page as of an earlier day speaks of it.
    """

    since: date
    en: str
    fr: str


@dataclass(frozen=True)
class Rule:
    """One rule of a body.

    Attributes:
        id: the name of its file.
        body: whose rule it is: an electorate, or ``host`` for what rests on consent alone.
        who: who may act under it, each an electorate (any one of it) or an office.
        electorate: whose votes or consents the threshold counts.
        since, until: in force from and to, inclusive; no ``until`` while it lasts.
        provision, provision_fr: the text it stands in.
        confidence: MEMORY where any part of it was written from memory.
        records: the rows of the archive's `rules` behind it.
        practice: what was done under it, the earliest first.
    """

    id: str
    body: str
    title_en: str
    title_fr: str
    text_en: str
    text_fr: str
    who: tuple[str, ...]
    electorate: str
    threshold: Threshold
    clocks: tuple[Clock, ...]
    since: date
    until: date | None
    provision: str
    confidence: Confidence
    source: str
    open_question: OpenQuestion | None = None
    records: tuple[str, ...] = ()
    provision_fr: str = ""
    practice: tuple[Practice, ...] = ()

    def title(self, lang: Lang) -> str:
        """Return its title in one language."""
        return self.title_fr if lang == "fr" else self.title_en

    def text(self, lang: Lang) -> str:
        """Return what it says, in our own words, in one language."""
        return self.text_fr if lang == "fr" else self.text_en

    def practised(self, lang: Lang, day: date) -> str:
        """Return what was done under it by a day, in one language; empty where nothing is told."""
        known = [one for one in self.practice if one.since <= day]
        return " ".join(one.fr if lang == "fr" else one.en for one in known)

    def cited(self, lang: Lang) -> str:
        """Return the text it stands in, in one language."""
        return (self.provision_fr or self.provision) if lang == "fr" else self.provision

    def in_force(self, day: date) -> bool:
        """Return whether it binds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Rulebook:
    """Every rule by its id, whether in force or not."""

    rules: Mapping[str, Rule]

    def on(self, day: date) -> dict[str, Rule]:
        """Return the rules in force on a day, by id."""
        return {key: rule for key, rule in self.rules.items() if rule.in_force(day)}

    def __getitem__(self, rule: str) -> Rule:
        return self.rules[rule]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Words = Annotated[str, Field(min_length=1)]


class _Both(_Strict):
    en: Words
    fr: Words


class _Question(_Both):
    key: Words


class _Practice(_Both):
    since: date


class _Count(_Strict):
    since: date
    votes: Annotated[int, Field(ge=1)]


class _Threshold(_Strict):
    kind: ThresholdKind
    share: Share | None = None
    counts: list[_Count] = []
    veto: Veto = "none"

    @model_validator(mode="after")
    def _whole(self) -> _Threshold:
        counted = self.kind in ("votes in favour", "present and voting")
        if counted == (self.share is None and not self.counts):
            raise ValueError(
                f"of kind “{self.kind}” needs "
                + ("a share or counts: give one of them" if counted else "no share and no counts")
            )
        return self


class _Clock(_Strict):
    kind: ClockKind
    sets: Words
    counted_from: Words
    days: Annotated[int, Field(ge=0)] | None = None
    hours: Annotated[int, Field(ge=0)] | None = None
    working_days: Annotated[int, Field(ge=0)] | None = None
    title: _Both

    @model_validator(mode="after")
    def _one_length(self) -> _Clock:
        if sum(x is not None for x in (self.days, self.hours, self.working_days)) != 1:
            raise ValueError("needs one of days, hours and working_days: give exactly one")
        return self


class _Rule(_Strict):
    body: Literal["UN", "SC", "P5", "EU", "OSCE", "CICA", "SCO", "ASEM", "G20", "host"]
    provision: Words
    provision_fr: Words | None = None
    confidence: Confidence
    source: Words
    records: list[str] = []
    since: date
    until: date | None = None
    who: Annotated[list[str], Field(min_length=1)]
    electorate: str
    title: _Both
    text: _Both
    threshold: _Threshold
    clocks: list[_Clock] = []
    practice: list[_Practice] = []
    open_question: _Question | None = None

    @model_validator(mode="after")
    def _sound(self) -> _Rule:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"until {self.until} is before since {self.since}: mend one of them")
        for name in (*self.who, self.electorate):
            if name not in ELECTORATES:
                raise ValueError(
                    f"names “{name}”, which is no electorate: use one of {', '.join(ELECTORATES)}"
                )
        if (self.threshold.veto == "open") != (self.open_question is not None):
            raise ValueError("leaves a veto open without an [open_question], or asks one in vain")
        return self


_ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a field of it: remove it, or see docs/convene.md for the fields",
    "string_too_short": "is empty: fill it in",
    "too_short": "is empty: fill it in",
    "date_type": "is not a date: write it as 2018-11-20, without quotes",
    "date_parsing": "is not a date: write it as 2018-11-20, without quotes",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
}


Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, model: type[Model], what: str) -> Model:
    """Read one file of rules or routes into its model.

    Raises:
        RuleError: the first fault, with file and line.
    """
    raw = path.read_text(encoding="utf-8")
    lines = Lines(raw)
    try:
        return model.model_validate(tomllib.loads(raw))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path.name}: this is not TOML ({error}): mend the line") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = tuple(first["loc"])
        named = ".".join(str(part) for part in where) or what
        if first["type"] == "literal_error":
            advice = f"is “{first['input']}”, which is unknown: use {first['ctx']['expected']}"
        elif first["type"] == "value_error":
            advice = str(first["ctx"]["error"])
        else:
            advice = _ADVICE.get(first["type"], str(first["msg"]))
        raise RuleError(f"{at(path, lines.line(where))}: “{named}” {advice}") from None


def _rule(path: Path) -> Rule:
    raw: Any = read_toml(path, _Rule, "rule")
    return Rule(
        id=path.stem,
        body=raw.body,
        title_en=raw.title.en,
        title_fr=raw.title.fr,
        text_en=raw.text.en,
        text_fr=raw.text.fr,
        who=tuple(raw.who),
        electorate=raw.electorate,
        threshold=Threshold(
            raw.threshold.kind,
            raw.threshold.share,
            tuple(Count(count.since, count.votes) for count in raw.threshold.counts),
            raw.threshold.veto,
        ),
        clocks=tuple(
            Clock(
                clock.kind,
                clock.sets,
                clock.counted_from,
                clock.days,
                clock.hours,
                clock.working_days,
                path.stem,
                clock.title.en,
                clock.title.fr,
            )
            for clock in raw.clocks
        ),
        since=raw.since,
        until=raw.until,
        provision=raw.provision,
        confidence=raw.confidence,
        source=raw.source,
        open_question=OpenQuestion(
            raw.open_question.key, raw.open_question.en, raw.open_question.fr
        )
        if raw.open_question
        else None,
        records=tuple(raw.records),
        provision_fr=raw.provision_fr or "",
        practice=tuple(
            sorted(
                (Practice(one.since, one.en, one.fr) for one in raw.practice),
                key=lambda one: one.since,
            )
        ),
    )


def shipped(name: str) -> Path:
    """Return a folder of data files that comes with this package."""
    return Path(str(resources.files("detente.convening"))) / name


@cache
def rulebook(folder: Path | None = None) -> Rulebook:
    """Read the rules: those that ship, or those of a folder of one's own.

    Raises:
        RuleError: a file cannot be used; the sentence names it and the line.
    """
    place = shipped("rules") if folder is None else folder
    files = sorted(place.glob("*.toml"))
    if not files:
        raise RuleError(f"there are no rules in {place}: name a folder that holds *.toml files")
    return Rulebook({path.stem: _rule(path) for path in files})
