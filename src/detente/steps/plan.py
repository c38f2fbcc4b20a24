"""A plan of steps: what is announced, who acts when, how others are invited to answer.

A plan is a TOML file (docs/steps.md names every field). `read_plan` turns it into typed values or
refuses with the line; `plan_text` writes one. Days count from the meeting: -90 is ninety days
before it.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from detente.errors import CaseError, at
from detente.steps.catalogue import Measure, find_measure
from detente.toml_lines import Lines, Location

Follow = Literal["repeat", "wait", "hold", "take back", "stop", "escalate"]
Answer = Literal["in kind", "not at all", "more than in kind"]


class PlanError(CaseError):
    """A plan of steps that cannot be used."""


@dataclass(frozen=True)
class Step:
    """One step of a plan.

    Attributes:
        name: what is done, in the plan's words.
        by: code of the party that acts; ``all`` where it is taken together.
        measure: id in the catalogue, or empty for a step of the plan's own.
        field, weight, verifiability, exposure, lead_days: as the catalogue rates them; None where
            a step of the plan's own does not say.
        announce, do, answer_by: days from the meeting; ``answer_by`` is None for a step that asks
            for no answer.
        public: whether the announcement is public.
        invite: the words in which the others are invited to answer.
        demand: True where an answer is a condition.
        whatever: True where the step is taken whatever the answers so far.
        watch: which public record would show it.
        missed: what follows where it is not answered.
        done: the day it was done, None where it is not, or not yet.
        answered: True or False once known.
    """

    name: str
    by: str
    measure: str
    field: str | None
    weight: int | None
    verifiability: int | None
    exposure: int | None
    lead_days: int | None
    announce: int
    do: int
    answer_by: int | None
    public: bool
    invite: str
    demand: bool
    whatever: bool
    watch: str
    missed: Follow
    done: date | None = None
    answered: bool | None = None

    @property
    def together(self) -> bool:
        """Return whether all act at once."""
        return self.by == "all"


@dataclass(frozen=True)
class Plan:
    """A series of steps.

    Attributes:
        parties: codes of those who act.
        first: code of who moves first.
        meeting: the day of the meeting, None where it is not fixed.
        as_of: the day the plan was made.
        intent: the words that announce the series; ``intent_day`` the day, ``intent_public``
            whether they are public.
        keeps: what the parties keep to answer an attack with.
        hostile: how a hostile act during the series is answered.
    """

    name: str
    parties: tuple[str, ...]
    first: str
    as_of: date
    meeting: date | None
    intent: str
    intent_day: int
    intent_public: bool
    keeps: str
    hostile: Answer
    steps: tuple[Step, ...]

    def day(self, offset: int) -> date | None:
        """Return the calendar day of an offset, None where the meeting is not fixed."""
        return None if self.meeting is None else self.meeting + timedelta(days=offset)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


_Rating = Annotated[StrictInt, Field(ge=1, le=4)]


class _Step(_Strict):
    measure: str = ""
    name: str = ""
    field: str | None = None
    by: Annotated[str, Field(min_length=1)]
    announce: StrictInt
    do: StrictInt
    answer_by: StrictInt | None = None
    public: StrictBool = True
    invite: str = ""
    demand: StrictBool = False
    whatever: StrictBool = False
    watch: str = ""
    missed: Follow
    weight: _Rating | None = None
    verifiability: _Rating | None = None
    exposure: Annotated[StrictInt, Field(ge=0, le=3)] | None = None
    lead_days: Annotated[StrictInt, Field(ge=0)] | None = None
    done: date | None = None
    answered: StrictBool | None = None


class _Plan(_Strict):
    name: Annotated[str, Field(min_length=1)]
    parties: Annotated[list[str], Field(min_length=2)]
    first: str
    as_of: date
    meeting: date | None = None
    intent: str = ""
    intent_day: StrictInt
    intent_public: StrictBool = True
    keeps: str = ""
    hostile: Answer = "in kind"


class _File(_Strict):
    plan: _Plan
    steps: Annotated[list[_Step], Field(min_length=1)]


_ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a field of a plan: remove it, or see docs/steps.md for the fields",
    "date_from_datetime_parsing": "is not a date: write it as 2019-06-01, without quotes",
    "date_parsing": "is not a date: write it as 2019-06-01, without quotes",
    "date_type": "is not a date: write it as 2019-06-01, without quotes",
    "string_type": "must be text in quotes",
    "string_too_short": "is empty: fill it in",
    "too_short": "has too few entries: a plan has at least two parties and one step",
    "int_type": "must be a whole number; days count from the meeting, so -30 is 30 days before it",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
}


def _fault(error: ValidationError, lines: Lines) -> tuple[int | None, str]:
    found = []
    for problem in error.errors():
        where: Location = tuple(problem["loc"])
        named = ".".join(str(part) for part in where if isinstance(part, str))
        if problem["type"] == "literal_error":
            advice = "must be " + str(problem["ctx"]["expected"])
        elif problem["type"] in ("greater_than_equal", "less_than_equal"):
            advice = "is off its scale: see docs/methods/steps.md"
        else:
            advice = _ADVICE.get(problem["type"], problem["msg"])
        value = problem.get("input") if problem["type"] != "missing" else None
        found.append((lines.line(where, value), f"“{named}” {advice}"))
    return min(found, key=lambda item: (item[0] or 0, item[1]))


def _step(raw: _Step, known: Measure | None) -> Step:
    def rating(own: int | None, catalogued: int | None) -> int | None:
        return own if own is not None else catalogued

    return Step(
        name=raw.name or (known.name_en if known else ""),
        by=raw.by,
        measure=raw.measure,
        field=raw.field or (known.field if known else None),
        weight=rating(raw.weight, known.weight if known else None),
        verifiability=rating(raw.verifiability, known.verifiability if known else None),
        exposure=rating(raw.exposure, known.exposure if known else None),
        lead_days=rating(raw.lead_days, known.lead_days if known else None),
        announce=raw.announce,
        do=raw.do,
        answer_by=raw.answer_by,
        public=raw.public,
        invite=raw.invite,
        demand=raw.demand,
        whatever=raw.whatever,
        watch=raw.watch,
        missed=raw.missed,
        done=raw.done,
        answered=raw.answered,
    )


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises:
        PlanError: it cannot be read, or a value in it cannot be used; the sentence names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PlanError(f"{at(path)}: the file is not UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise PlanError(
            f"the plan {path} cannot be read: {error.strerror}; check the name, or write one with "
            "`detente steps CASE --out PLAN.toml`"
        ) from None
    lines = Lines(text)
    try:
        raw = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        line = int(said.split("(at line ")[1].split(",")[0]) if "(at line " in said else None
        what = said.split(" (at ")[0]
        raise PlanError(f"{at(path, line)}: this is not TOML ({what}): mend the line") from None
    except ValidationError as error:
        line, message = _fault(error, lines)
        raise PlanError(f"{at(path, line)}: {message}") from None

    def refuse(where: Location, message: str, value: object = None) -> None:
        raise PlanError(f"{at(path, lines.line(where, value))}: {message}")

    parties = raw.plan.parties
    if raw.plan.first not in parties:
        refuse(("plan", "first"), f"“{raw.plan.first}” is not among the parties: name one of them")
    steps = []
    for number, one in enumerate(raw.steps):
        known = find_measure(one.measure) if one.measure else None
        if one.measure and known is None:
            refuse(
                ("steps", number, "measure"),
                f"“{one.measure}” is not in the catalogue: `detente steps measures` lists it, or "
                "leave it out and give the step a name",
            )
        if not one.measure and not one.name:
            refuse(("steps", number), "the step has neither measure nor name: give it one")
        if one.by not in (*parties, "all"):
            refuse(
                ("steps", number, "by"),
                f"“{one.by}” is not among the parties: name one of them, or all",
            )
        steps.append(_step(one, known))
    return Plan(
        name=raw.plan.name,
        parties=tuple(parties),
        first=raw.plan.first,
        as_of=raw.plan.as_of,
        meeting=raw.plan.meeting,
        intent=raw.plan.intent,
        intent_day=raw.plan.intent_day,
        intent_public=raw.plan.intent_public,
        keeps=raw.plan.keeps,
        hostile=raw.plan.hostile,
        steps=tuple(steps),
    )


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def _table(values: dict[str, Any]) -> list[str]:
    return [f"{name} = {_toml(value)}" for name, value in values.items() if value is not None]


def plan_text(plan: Plan) -> str:
    """Return a plan as TOML; `read_plan` reads the same plan back."""
    head = {
        "name": plan.name,
        "parties": plan.parties,
        "first": plan.first,
        "as_of": plan.as_of,
        "meeting": plan.meeting,
        "intent": plan.intent,
        "intent_day": plan.intent_day,
        "intent_public": plan.intent_public,
        "keeps": plan.keeps,
        "hostile": plan.hostile,
    }
    out = [
        "# A plan of steps; check it with `detente steps check`. Days count from the meeting.",
        "",
        "[plan]",
        *_table(head),
    ]
    for step in plan.steps:
        known = find_measure(step.measure) if step.measure else None
        own = {
            name: getattr(step, name)
            for name in ("field", "weight", "verifiability", "exposure", "lead_days")
            if known is None or getattr(step, name) != getattr(known, name)
        }
        values = {
            "measure": step.measure or None,
            "name": step.name,
            **own,
            "by": step.by,
            "announce": step.announce,
            "do": step.do,
            "answer_by": step.answer_by,
            "public": step.public,
            "invite": step.invite,
            "demand": step.demand,
            "whatever": step.whatever,
            "watch": step.watch,
            "missed": step.missed,
            "done": step.done,
            "answered": step.answered,
        }
        out += ["", "[[steps]]", *_table(values)]
    return "\n".join(out) + "\n"
