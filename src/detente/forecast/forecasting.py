"""A whole forecast of one text for the parties of a case: the question put, answered, explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.forecast.asking import Answer, Forecaster, Question, wording_of
from detente.forecast.explain import (
    PRECEDENT,
    Evidence,
    Hard,
    Precedent,
    evidence,
    hard_party,
    interval,
    near_votes,
    nearest,
)
from detente.forecast.joint_arrays import no_objection
from detente.forecast.passage import chance_without_vote, read_passages
from detente.parties import Party, members


@dataclass(frozen=True)
class Chances:
    """Chances of one state's or bloc's answer; a bloc's are the mean of its members'."""

    code: str
    yes: float
    abstain: float
    no: float


@dataclass(frozen=True)
class PartyForecast:
    """One party's chances, its chance of objecting with a 90 % interval, and what moved it."""

    chances: Chances
    objects: float
    low: float
    high: float
    evidence: Evidence


@dataclass(frozen=True)
class Forecast:
    """How a text would fare on a day.

    Attributes:
        title, language, day: the question; records before the day were used.
        parties: in the order given.
        states: every member state on the day.
        nobody_objects: chance that no party votes no.
        without_vote: chance that it passes without a vote, None where nothing is on record.
        likeness: of the nearest earlier title.
        precedents: the nearest earlier texts.
        hard: the party most likely to object.
    """

    title: str
    language: str
    day: date
    parties: tuple[PartyForecast, ...]
    states: tuple[Chances, ...]
    nobody_objects: float
    without_vote: float | None
    likeness: float
    precedents: tuple[Precedent, ...]
    hard: Hard

    @property
    def has_precedent(self) -> bool:
        """Return whether an earlier title is near enough to count as one."""
        return self.likeness >= PRECEDENT


def party_columns(
    archive: Archive, forecaster: Forecaster, parties: Sequence[Party], day: date
) -> list[NDArray[np.int64]]:
    """Return each party's columns of the record on a day."""
    return [forecaster.record.columns(party.members(archive, day)) for party in parties]


def forecast(
    archive: Archive,
    forecaster: Forecaster,
    question: Question,
    parties: Sequence[Party],
    day: date,
) -> Forecast:
    """Return how a text would fare on a day, from the days before it."""
    record = forecaster.record
    answer = forecaster.ask([question], day)
    columns = party_columns(archive, forecaster, parties, day)
    objects, none = no_objection(answer.chances[:, :, 0], columns)
    passage = chance_without_vote(read_passages(archive), wording_of([question]), day)
    likeness = float(answer.day.likeness.title[0].max(initial=0.0))
    return Forecast(
        title=question.title,
        language=question.language,
        day=day,
        parties=tuple(
            _party(answer, party, place, float(chance))
            for party, place, chance in zip(parties, columns, objects[0], strict=True)
        ),
        states=tuple(
            _chances(answer, 0, code, record.columns((code,)))
            for code in members(archive, "UN", day)
            if len(record.columns((code,)))
        ),
        nobody_objects=float(none[0]),
        without_vote=None if passage is None else float(passage[0]),
        likeness=likeness,
        precedents=tuple(nearest(record, answer, 0, day, columns)),
        hard=hard_party(record, answer, 0, objects[0], columns),
    )


def _party(
    answer: Answer, party: Party, columns: NDArray[np.int64], chance: float
) -> PartyForecast:
    low, high = interval(chance, near_votes(answer, 0, columns))
    return PartyForecast(
        _chances(answer, 0, party.code, columns), chance, low, high, evidence(answer, 0, columns)
    )


def _chances(answer: Answer, text: int, code: str, columns: NDArray[np.int64]) -> Chances:
    no, abstain, yes = (float(x) for x in answer.chances[text, columns].mean(0))
    return Chances(code, yes, abstain, no)
