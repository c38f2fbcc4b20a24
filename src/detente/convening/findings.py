"""What a comparison finds, route by route: values only; `comparing` fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from detente.convening.clocks import Window
from detente.convening.routes import Fact, Level, Route, Step
from detente.convening.rulebook import Confidence, OpenQuestion, Rule
from detente.convening.thresholds import Needed

if TYPE_CHECKING:
    from detente.convening.recommending import Recommendation
    from detente.convening.support import Acceptance, Levels, Odds, Support

Status = Literal["open", "closed"]
Seat = Literal["member", "observer", "through members", "invited", "none"]


@dataclass(frozen=True)
class Chance:
    """A probability with its interval, each from 0 to 1."""

    p: float
    low: float
    high: float


@dataclass(frozen=True)
class StepFinding:
    """A step on the day.

    Attributes:
        step, rule: what it is and what it rests on.
        needed: its threshold with the numbers of the day.
        odds: of reaching it, for the steps that states decide; None for the others.
        odds_if_vetoed: the same if the rule's open question were answered yes.
    """

    step: Step
    rule: Rule
    needed: Needed
    odds: Odds | None = None
    odds_if_vetoed: Odds | None = None


@dataclass(frozen=True)
class Starter:
    """Who can start a route, under one rule.

    Attributes:
        who: the electorate or office that the rule names.
        rule: the rule.
        count: how many they are on the day.
        host: whether the host is one of them.
        parties: the parties that are, by code; a bloc counts where members of it are.
        missing: the parties that are not.
    """

    who: str
    rule: Rule
    count: int
    host: bool
    parties: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How a party sits in the body that meets.

    Attributes:
        party: its code.
        seat: ``through members`` is a bloc that has no seat while members of it have.
        full: whether it can vote or object there itself.
        members: how many of a bloc's members are members of the body, of how many.
        rules: the rules that say who speaks for it and what it may do.
        confidence: of the membership.
    """

    party: str
    seat: Seat
    full: bool
    members: tuple[int, int] | None
    rules: tuple[Rule, ...]
    confidence: Confidence


@dataclass(frozen=True)
class Precedent:
    """A meeting of the record that was convened, or not, in this way.

    Attributes:
        id: its key in the archive's table: a session, a summit's id, a vote.
        table: ``special_sessions``, ``summits`` or ``session_attempts``.
        name: what it was (English, as in the record).
        opened: its first day; the day of the vote for an attempt.
        lead_days: from proposal or request to opening, where known.
        status: ``held``, ``collapsed``, ``not held`` or ``rejected``; None where it is not known on
            the as-of date.
        outcome: as the record has it.
        all_parties: whether each of the four that the record follows was there; None where the
            parties of the case are others.
    """

    id: str
    table: str
    name: str
    opened: date | None
    lead_days: int | None
    status: str | None
    outcome: str | None
    all_parties: bool | None
    confidence: Confidence
    source: str


@dataclass(frozen=True)
class Obstacle:
    """Something in the way of a route; `wording` makes a sentence of it.

    Attributes:
        key: which sentence.
        values: what fills it.
        closes: whether it closes the route, or only makes it harder.
        rule: the rule behind it, if there is one.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    closes: bool = False
    rule: str | None = None


@dataclass(frozen=True)
class Blocker:
    """Who can block a step alone.

    Attributes:
        rule: the rule that gives them the power.
        who: codes.
        open: True where law has not settled whether they can.
    """

    rule: Rule
    who: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True)
class Deadline:
    """The last day of a step for a wished opening; and its first."""

    event: str
    window: Window
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class RouteFinding:
    """A route for a case on a day.

    Attributes:
        convened: the chance that every threshold on the way is reached; None where none is asked.
        attendance: the chance that every party comes; it counts where their consent convenes, and
            for a meeting of the parties alone beside a larger one.
        chance: of the route itself: ``convened``, or ``attendance`` where consent alone convenes.
        opening: first and last day of the opening if it is asked for on the day; a last day of None
            means that no rule bounds it.
        usual: shortest, median and longest lead of its precedents, in days.
        others: how many others sit in the room.
        host_sits: whether the host is a member of the body (or convenes itself).
        deadlines: for the wished opening, in order; empty without one.
    """

    route: Route
    status: Status
    steps: tuple[StepFinding, ...]
    starters: tuple[Starter, ...]
    standing: tuple[Standing, ...]
    others: int
    host_sits: bool
    convened: Chance | None
    attendance: Chance | None
    opening: Window
    usual: tuple[int, int, int] | None
    precedents: tuple[Precedent, ...]
    obstacles: tuple[Obstacle, ...]
    blockers: tuple[Blocker, ...]
    deadlines: tuple[Deadline, ...] = ()

    @property
    def chance(self) -> Chance | None:
        """Return the chance of the route itself."""
        return self.convened if self.convened is not None else self.attendance

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Return what law leaves open on the way and the user has not answered."""
        return tuple(
            found.rule.open_question
            for found in self.steps
            if found.needed.open_vetoes and found.rule.open_question is not None
        )

    @property
    def confidence(self) -> Confidence:
        """Return MEMORY where a rule that decides or dates it is from memory."""
        roles = ("start", "decision", "attendance", "deadline", "condition", "mandate")
        marks = {found.rule.confidence for found in self.steps if found.step.role in roles}
        return "MEMORY" if "MEMORY" in marks else "SOURCE"

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the parties that cannot vote or object in the body themselves."""
        return tuple(one.party for one in self.standing if not one.full)


@dataclass(frozen=True)
class Comparison:
    """Every route for a case, as of a day.

    Attributes:
        day: the as-of date.
        wished: the wished opening, or None.
        accepted: level -> acceptance of each party, in the case's order.
        levels: the record of proposals by level behind it.
        support: of every Member; None where the record holds too few decisions to convene.
        before: chance of each route without the user's own probabilities, where there are some.
    """

    case: str
    host: str
    parties: tuple[str, ...]
    day: date
    wished: date | None
    facts: Mapping[Fact, bool]
    answers: Mapping[str, bool]
    overrides: Mapping[str, float]
    routes: tuple[RouteFinding, ...]
    accepted: Mapping[Level, tuple[Acceptance, ...]]
    levels: Levels
    support: Support | None
    recommendation: Recommendation
    before: Mapping[str, Chance | None] = field(default_factory=dict)

    @property
    def acceptance(self) -> tuple[Acceptance, ...]:
        """Return the acceptance of each party at the level of leaders."""
        return self.accepted["leaders"]

    def of(self, route: str) -> RouteFinding:
        """Return the finding of a route by its id."""
        return next(one for one in self.routes if one.route.id == route)
