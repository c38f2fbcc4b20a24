"""Routes: ordered lists of steps, each naming a rule (``routes/<id>.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from detente.convening.clocks import Clock
from detente.convening.rulebook import Rule, Rulebook, read_toml, rulebook, shipped
from detente.errors import RuleError, at
from detente.language import Lang
from detente.toml_lines import Lines

Role = Literal[
    "start",
    "condition",
    "decision",
    "attendance",
    "mandate",
    "deadline",
    "option",
    "in session",
    "standing",
]
"""What a step is for: who may start; facts that must be there; a threshold to reach; the parties'
consent to come; a bloc's own mandate; what falls due; what may be added; what rules the meeting
itself; who speaks for a bloc."""
Level = Literal["leaders", "ministers", "ambassadors", "experts"]
Fact = Literal["threat", "deadlock"]
FACTS: tuple[Fact, ...] = ("threat", "deadlock")
"""Facts that only the user can set: a threat to the peace, breach of it or act of aggression; a
Council blocked for lack of unanimity of the permanent members."""


@dataclass(frozen=True)
class Step:
    """One step of a route.

    Attributes:
        role: what it is for.
        rule: the rule it rests on; a step whose rule is not in force on the day falls away.
        party: the bloc at the table that it concerns alone, such as ``EU``.
    """

    role: Role
    rule: str
    party: str | None = None


@dataclass(frozen=True)
class Route:
    """One way to bring the parties to a table.

    Attributes:
        id: the name of its file.
        rank: its place in lists.
        family: what kind of meeting it is, in English (translated in `wording`).
        body: who meets: a body of `electorates.bodies`, or ``host`` for the parties alone.
        level: of those who meet.
        place: ``New York``, ``host`` or ``elsewhere``.
        facts: facts that must be set before it is open.
        regular_session: True where it opens with the Assembly's regular session, so many
            ``days_into_session`` (7 for the general debate).
        order: pairs of events of which the first does not come after the second.
        session_kind, session_routes: which special sessions of the record are precedents.
        attempts: whether votes on special sessions that were never held are precedents too.
        summits: which meetings of the record are.
        dated_by_body: True where the body's own calendar, which the record does not hold, fixes
            the day.
    """

    id: str
    rank: int
    family: str
    body: str
    level: Level
    place: Literal["New York", "host", "elsewhere"]
    title_en: str
    title_fr: str
    text_en: str
    text_fr: str
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...] = ()
    regular_session: bool = False
    days_into_session: int = 0
    order: tuple[tuple[str, str], ...] = ()
    session_kind: str | None = None
    session_routes: tuple[str, ...] = ()
    attempts: bool = False
    summits: tuple[str, ...] = ()
    dated_by_body: bool = False

    def title(self, lang: Lang) -> str:
        """Return its title in one language."""
        return self.title_fr if lang == "fr" else self.title_en

    def text(self, lang: Lang) -> str:
        """Return what it yields, in one language."""
        return self.text_fr if lang == "fr" else self.text_en

    def clocks(self, rules: Mapping[str, Rule]) -> tuple[Clock, ...]:
        """Return the clocks of the rules of its steps that are in force, then its order of events.

        Options, and rules of the meeting itself, do not move its opening and are left out.
        """
        binding = (step for step in self.steps if step.role not in ("option", "in session"))
        named = dict.fromkeys(step.rule for step in binding)
        found = [clock for name in named if name in rules for clock in rules[name].clocks]
        return (
            *found,
            *(Clock("at least after", later, first, days=0) for first, later in self.order),
        )


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Both(_Strict):
    en: Annotated[str, Field(min_length=1)]
    fr: Annotated[str, Field(min_length=1)]


class _Step(_Strict):
    role: Role
    rule: str
    party: str | None = None


class _Precedents(_Strict):
    session_kind: Literal["special", "emergency"] | None = None
    session_routes: list[str] = []
    attempts: bool = False
    summits: list[str] = []


class _Route(_Strict):
    rank: int
    family: str
    body: Literal["UN", "SC", "P5", "OSCE", "CICA", "SCO", "ASEM", "G20", "host"]
    level: Level
    place: Literal["New York", "host", "elsewhere"]
    title: _Both
    text: _Both
    facts: list[Fact] = []
    regular_session: bool = False
    days_into_session: Annotated[int, Field(ge=0)] = 0
    dated_by_body: bool = False
    order: list[Annotated[list[str], Field(min_length=2, max_length=2)]] = []
    precedents: _Precedents = _Precedents()
    steps: Annotated[list[_Step], Field(min_length=1)]


def _route(path: Path, book: Rulebook) -> Route:
    raw: Any = read_toml(path, _Route, "route")
    for index, step in enumerate(raw.steps):
        if step.rule not in book.rules:
            lines = Lines(path.read_text(encoding="utf-8"))
            line = lines.line(("steps", index, "rule"))
            raise RuleError(
                f"{at(path, line)}: the route names the rule “{step.rule}”, which no file of the "
                "rules defines: mend the name, or add the rule"
            )
    return Route(
        id=path.stem,
        rank=raw.rank,
        family=raw.family,
        body=raw.body,
        level=raw.level,
        place=raw.place,
        title_en=raw.title.en,
        title_fr=raw.title.fr,
        text_en=raw.text.en,
        text_fr=raw.text.fr,
        steps=tuple(Step(step.role, step.rule, step.party) for step in raw.steps),
        facts=tuple(raw.facts),
        regular_session=raw.regular_session,
        days_into_session=raw.days_into_session,
        order=tuple((first, later) for first, later in raw.order),
        session_kind=raw.precedents.session_kind,
        session_routes=tuple(raw.precedents.session_routes),
        attempts=raw.precedents.attempts,
        summits=tuple(raw.precedents.summits),
        dated_by_body=raw.dated_by_body,
    )


@cache
def routes(folder: Path | None = None, book: Rulebook | None = None) -> dict[str, Route]:
    """Return every route by id, in the order of their ranks.

    Args:
        folder: a folder of one's own; by default the routes that ship.
        book: the rules they name; by default those that ship.

    Raises:
        RuleError: a file cannot be used, or names an unknown rule; the sentence names the line.
    """
    book = rulebook() if book is None else book
    files = sorted((shipped("routes") if folder is None else folder).glob("*.toml"))
    found = sorted((_route(path, book) for path in files), key=lambda one: (one.rank, one.id))
    return {route.id: route for route in found}


def find_route(name: str) -> Route:
    """Return a route by its id.

    Raises:
        RuleError: there is none; the sentence lists those there are.
    """
    known = routes()
    if name not in known:
        raise RuleError(f"there is no route “{name}”: use one of {', '.join(known)}")
    return known[name]


def in_force(route: Route, day: date) -> list[tuple[Step, Rule]]:
    """Return the steps whose rules are in force on a day, with those rules."""
    rules = rulebook().on(day)
    return [(step, rules[step.rule]) for step in route.steps if step.rule in rules]
