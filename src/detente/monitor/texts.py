"""New texts of the Assembly and the Council, and what the parties did with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from detente.archive import Archive
from detente.case import Case
from detente.denominators import Stance
from detente.denominators.texts import CouncilTexts, Texts, read_council, read_texts
from detente.topics import find_topic
from detente.topics.weight import weight

Body = Literal["Assembly", "Council"]


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


def untitled(archive: Archive, since: date) -> int:
    """Return how many texts the Assembly adopted after a day without a vote and without a title on
    record, so that nothing tells what they are about."""
    ((count,),) = archive.sql(
        "select count(*) from adoptions where title is null and modality = 'without a vote' "
        "and date > ?",
        (since,),
    )
    return int(count)
