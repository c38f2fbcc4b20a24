"""The weekly note: what changed between two days, as plain values with the records behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Literal

import numpy as np

from detente.archive import Archive
from detente.case import Case
from detente.denominators import Denominators, Stance, Tier, denominators
from detente.denominators.texts import CouncilTexts, Texts, read_council, read_texts
from detente.monitor.reported import Reported, reported
from detente.steps import Plan
from detente.steps.instruments import instruments
from detente.topics import Topic, find_topic
from detente.topics.weight import weight

Body = Literal["Assembly", "Council"]
State = Literal["done", "late", "due", "coming"]
Tension = Mapping[tuple[str, str], float]

LEAST_MOVE = 0.05
"""A chance that moved by less is not told: half the width of a usual interval hides it."""

AHEAD_DAYS = 30
"""Steps that fall due so soon after the day are told in advance."""


@dataclass(frozen=True)
class NewText:
    """A text of the span and what the parties did with it.

    Attributes:
        key: vote_id of a roll call, else the symbol.
        topic: code of its main topic, empty where unknown.
        recorded: False for a text adopted without a vote.
        adopted: False for a draft vetoed in the Council.
        stances: one a party, in the order of the case; of the Council, the members then seated.
        counts: members that voted yes, abstained, voted no, and members on the day; one a party.
        heft: weight of the topic.
    """

    body: Body
    key: str
    symbol: str
    title: str
    day: date
    topic: str
    recorded: bool
    adopted: bool
    stances: tuple[Stance, ...]
    counts: tuple[tuple[int, int, int, int], ...]
    heft: float

    @property
    def parted(self) -> bool:
        """Return whether some of the parties accepted it and others objected."""
        objected = {Stance.OBJECTS, Stance.IN_PART, Stance.DISSOCIATED}
        return bool(objected & set(self.stances)) and bool(set(self.stances) - objected)


@dataclass(frozen=True)
class Event:
    """A dated event of the span.

    Attributes:
        kind: ``act`` against an agreement, ``turn`` of a pair, ``summit``, ``session``.
        text_en, text_fr: what happened.
        parties: codes of those concerned that sit at the table.
        memory: True where it rests on memory.
    """

    day: date
    kind: Literal["act", "turn", "summit", "session"]
    text_en: str
    text_fr: str
    parties: tuple[str, ...]
    source: str
    memory: bool


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


def _values(
    body: Body, texts: Texts | CouncilTexts, rows: np.ndarray[Any, Any], heft: Mapping[str, Any]
) -> list[NewText]:
    out = []
    for row in rows.tolist():
        topic = str(texts.topic[row])
        own = heft.get(topic)
        council = isinstance(texts, CouncilTexts)
        out.append(
            NewText(
                body=body,
                key=str(texts.symbol[row] if isinstance(texts, CouncilTexts) else texts.key[row]),
                symbol=str(texts.symbol[row]),
                title=str(texts.title[row]),
                day=texts.date[row].astype(object),
                topic=topic,
                recorded=council or bool(texts.recorded[row]),  # type: ignore[union-attr]
                adopted=bool(texts.adopted[row]) if isinstance(texts, CouncilTexts) else True,
                stances=tuple(Stance(int(code)) for code in texts.stances[row]),
                counts=tuple((int(y), int(a), int(n), int(m)) for y, a, n, m in texts.counts[row]),
                heft=0.0 if own is None else float(own.weight),
            )
        )
    return out


def new_texts(archive: Archive, case: Case, since: date) -> tuple[NewText, ...]:
    """Return the texts after a day: those that the host wishes to raise, those on which the parties
    part, then the weightiest topics."""
    first = since + timedelta(days=1)
    heft = weight(archive)
    made: list[NewText] = []
    assembly = read_texts(archive, case.parties, first)
    made += _values("Assembly", assembly, np.arange(len(assembly)), heft)
    council = read_council(archive, case.parties, first)
    made += _values("Council", council, np.arange(len(council.symbol)), heft)
    wished = tuple(find_topic(words).code for words in case.topics)

    def order(text: NewText) -> tuple[bool, bool, float, date, str]:
        wish = any(text.topic == code or text.topic.startswith(f"{code}/") for code in wished)
        return (not wish, not text.parted, -round(text.heft, 9), text.day, text.key)

    return tuple(sorted(made, key=order))


def _untitled(archive: Archive, since: date) -> int:
    ((count,),) = archive.sql(
        "select count(*) from adoptions where title is null and modality = 'without a vote' "
        "and date > ?",
        (since,),
    )
    return int(count)


def _of_table(archive: Archive, case: Case, states: set[str]) -> tuple[str, ...]:
    """Return the parties that are, or hold, one of some states or blocs."""
    return tuple(
        party.code
        for party in case.parties
        if party.code in states or states & set(party.members(archive, case.as_of))
    )


def _acts(archive: Archive, case: Case, since: date) -> list[Event]:
    found = []
    for instrument in instruments().values():
        for act in instrument.acts:
            concerned = _of_table(archive, case, {act.party})
            if since < act.day <= case.as_of and concerned:
                found.append(
                    Event(
                        day=act.day,
                        kind="act",
                        text_en=f"{instrument.name_en}: {act.party} {act.what_en}",
                        text_fr=f"{instrument.name_fr} : {act.party} {act.what_fr}",
                        parties=concerned,
                        source=instrument.source,
                        memory=instrument.confidence == "MEMORY",
                    )
                )
    return found


def _turns(archive: Archive, case: Case, since: date) -> list[Event]:
    found = []
    for day, states, english, french, confidence, source in archive.sql(
        "select day, parties, text_en, text_fr, confidence, source from turning_points "
        "where day > ? order by day, id",
        (since,),
    ):
        concerned = _of_table(archive, case, set(states))
        if len(concerned) >= min(2, len(states)):
            memory = confidence != "SOURCE"
            found.append(Event(day, "turn", english, french, concerned, source or "", memory))
    return found


def _meetings(archive: Archive, case: Case, since: date) -> list[Event]:
    found = []
    flags = ("EU", "USA", "CHN", "RUS")
    for name, first, place, confidence, source, *there in archive.sql(
        "select name, coalesce(first_day, proposed), coalesce(place, ''), confidence, source, "
        "eu, usa, chn, rus from summits where coalesce(first_day, proposed) > ? "
        "order by 2, id",
        (since,),
    ):
        present = {code for code, came in zip(flags, there, strict=True) if came}
        concerned = tuple(code for code in case.codes if code in present)
        if len(concerned) >= 2:
            where = f"{name}, {place}" if place and place not in name else str(name)
            memory = confidence != "SOURCE"
            found.append(Event(first, "summit", where, where, concerned, source or "", memory))
    for session, opened, topic, confidence, source in archive.sql(
        "select session, opened, topic, confidence, source from special_sessions "
        "where opened > ? order by opened, session",
        (since,),
    ):
        memory = confidence != "SOURCE"
        told = (f"{session}: {topic}", f"{session} : {topic}")
        found.append(Event(opened, "session", *told, (), source or "", memory))
    return found


def new_events(archive: Archive, case: Case, since: date) -> tuple[Event, ...]:
    """Return the events after a day; an act that is told as a turn of that day is told once."""
    turns = _turns(archive, case, since)
    told = {(event.day, code) for event in turns for code in event.parties}
    acts = [
        event
        for event in _acts(archive, case, since)
        if not {(event.day, code) for code in event.parties} <= told
    ]
    found = [*acts, *turns, *_meetings(archive, case, since)]
    return tuple(sorted(found, key=lambda event: (event.day, event.kind, event.text_en)))


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
        untitled=_untitled(after, earlier.as_of),
        events=new_events(after, case, earlier.as_of),
        moves=moves(denominators(before, earlier), denominators(after, case)),
        tension=_pairs(case.codes, *tension),
        reported=reported(case, earlier.as_of),
        steps=None if plan is None else due(plan, earlier.as_of, case.as_of),
        last_before=before.last_day,
        last_after=after.last_day,
    )
