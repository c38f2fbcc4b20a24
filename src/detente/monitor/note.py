"""The weekly note: what changed between two days, as plain values with the records behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

from detente.archive import Archive
from detente.case import Case
from detente.denominators import Denominators, Tier, denominators
from detente.monitor.events import Event, new_events
from detente.monitor.reported import Reported, reported
from detente.monitor.texts import Body, NewText, new_texts, untitled
from detente.steps import Plan
from detente.topics import Topic

State = Literal["done", "late", "due", "coming"]
Tension = Mapping[tuple[str, str], float]

LEAST_MOVE = 0.05
"""A chance that moved by less is not told, unless the tier changed with it."""

AHEAD_DAYS = 30
"""Steps that fall due so soon after the day are told in advance."""


@dataclass(frozen=True)
class Move:
    """A topic whose tier or chance moved; None where it was or is not known."""

    topic: Topic
    before: Tier
    after: Tier
    short_before: tuple[str, ...]
    short: tuple[str, ...]
    chance_before: float | None
    chance_after: float | None
    evidence: str

    @property
    def change(self) -> float:
        """Return by how much the chance moved; 0 where either is not known."""
        if self.chance_before is None or self.chance_after is None:
            return 0.0
        return self.chance_after - self.chance_before


@dataclass(frozen=True)
class Pair:
    """Tension of a pair before and after, as percentiles of its own history."""

    a: str
    b: str
    before: float
    after: float


@dataclass(frozen=True)
class Due:
    """A step of a plan near the day: done, late, due in the span, or coming.

    Attributes:
        measure: id in the catalogue, or empty for a step of the plan's own.
    """

    number: int
    measure: str
    name: str
    by: str
    day: date
    state: State
    answered: bool | None


@dataclass(frozen=True)
class Note:
    """What changed after ``since`` and up to ``as_of``.

    Attributes:
        parties: codes, in the order of the case.
        texts: of the Assembly and the Council, the weightiest first; ``untitled`` more were
            adopted without a vote and without a title on record.
        tension: None where it is not known on both days.
        reported: what the user's event data say; empty where none were imported. It alone does
            not end a quiet span: the world's press is never silent.
        steps: None where no plan was given or its meeting has no day.
        last_before, last_after: day of the last record that each archive lets through.
    """

    parties: tuple[str, ...]
    since: date
    as_of: date
    texts: tuple[NewText, ...]
    untitled: int
    events: tuple[Event, ...]
    moves: tuple[Move, ...]
    tension: tuple[Pair, ...] | None
    reported: tuple[Reported, ...]
    steps: tuple[Due, ...] | None
    last_before: date
    last_after: date

    @property
    def quiet(self) -> bool:
        """Return whether nothing changed at all."""
        moved = any(pair.before != pair.after for pair in self.tension or ())
        return not (self.texts or self.untitled or self.events or self.moves or moved or self.steps)

    def of(self, body: Body) -> tuple[NewText, ...]:
        """Return the texts of one body."""
        return tuple(text for text in self.texts if text.body == body)


def moves(before: Denominators, after: Denominators) -> tuple[Move, ...]:
    """Return the topics of substance whose tier changed, or whose chance moved by `LEAST_MOVE`.

    Changes of tier come first, then the greatest moves of the chance.
    """
    earlier = {found.topic.code: found for found in before.topics}
    out = []
    for found in after.topics:
        was = earlier[found.topic.code]
        move = Move(
            topic=found.topic,
            before=was.tier,
            after=found.tier,
            short_before=was.short,
            short=found.short,
            chance_before=was.probability,
            chance_after=found.probability,
            evidence=found.evidence[0].symbol if found.evidence else "",
        )
        moved = was.tier != found.tier or abs(round(move.change, 9)) >= LEAST_MOVE
        if moved and found.topic.substantive:
            out.append(move)
    return tuple(
        sorted(out, key=lambda m: (m.before == m.after, -abs(round(m.change, 9)), m.topic.code))
    )


def _pairs(
    codes: tuple[str, ...], before: Tension | None, after: Tension | None
) -> tuple[Pair, ...] | None:
    if before is None or after is None:
        return None

    def read(tension: Tension, a: str, b: str) -> float | None:
        return tension.get((a, b), tension.get((b, a)))

    out = []
    for a, b in combinations(codes, 2):
        was, now = read(before, a, b), read(after, a, b)
        if was is not None and now is not None:
            out.append(Pair(a, b, round(was, 1), round(now, 1)))
    return tuple(sorted(out, key=lambda p: (-abs(p.after - p.before), p.a, p.b)))


def due(plan: Plan, since: date, as_of: date) -> tuple[Due, ...] | None:
    """Return the steps of a plan that fall near a day, in the order of their days.

    A step is *late* where its day has passed and it is not on record as done, *due* where its day
    lies in the span and it is not done, *coming* where it falls in the next `AHEAD_DAYS` days.
    Steps done before the span, and later ones, are left out. None where the meeting has no day.
    """
    out = []
    for number, step in enumerate(plan.steps, 1):
        day = plan.day(step.do)
        if day is None:
            return None
        done = step.done if step.done is not None and step.done <= as_of else None
        state: State
        if done is not None:
            if done <= since:
                continue
            state = "done"
        elif day <= since:
            state = "late"
        elif day <= as_of:
            state = "due"
        elif day <= as_of + timedelta(days=AHEAD_DAYS):
            state = "coming"
        else:
            continue
        answered = step.answered if done is not None else None
        out.append(Due(number, step.measure, step.name, step.by, done or day, state, answered))
    return tuple(sorted(out, key=lambda one: (one.day, one.number)))


def monitor(
    before: Archive,
    earlier: Case,
    after: Archive,
    case: Case,
    tension: tuple[Tension | None, Tension | None] = (None, None),
    plan: Plan | None = None,
) -> Note:
    """Return what changed for the parties of a case between two days.

    Args:
        before, earlier: the archive and the case as of the first day.
        after, case: the same as of the last day.
        tension: percentile of each pair on the first and on the last day, 0 to 100.
        plan: steps whose days are watched.
    """
    return Note(
        parties=case.codes,
        since=earlier.as_of,
        as_of=case.as_of,
        texts=new_texts(after, case, earlier.as_of),
        untitled=untitled(after, earlier.as_of),
        events=new_events(after, case, earlier.as_of),
        moves=moves(denominators(before, earlier), denominators(after, case)),
        tension=_pairs(case.codes, *tension),
        reported=reported(case, earlier.as_of),
        steps=None if plan is None else due(plan, earlier.as_of, case.as_of),
        last_before=before.last_day,
        last_after=after.last_day,
    )
