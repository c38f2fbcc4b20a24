"""How much a topic matters, from the record alone: agreement on the trivial ranks below the rest.

Nothing in a title says how grave a matter is, so the weight is read off what states did about it,
whichever way they voted: a topic on which all agree can weigh as much as one that splits them. Five
measures, every text counted less the older it is (half for each ``HALF_LIFE`` years):

* ``attention``: Assembly texts on the topic;
* ``turnout``: the mean share of members that cast a vote in its roll calls (delegations come for
  what matters to their capitals);
* ``powers``: the share of its Assembly texts on which permanent members of the Security Council
  voted yes and no against each other;
* ``council``: Security Council resolutions on it;
* ``important``: the share of its Assembly texts that the United States Department of State lists as
  important votes in its annual reports to Congress (since 1983).

Shares are drawn towards that of all texts by ``PRIOR`` texts, so that a topic is not ranked on two
votes. Each measure becomes a part on 0..1, the share of the other topics of the same level that it
exceeds (a tie counts half). The weight is the mean of the five parts, halved where the topic is not
substantive. Only what the archive lets through is read: a weight never knows what came later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detente.topics.assignment import Assignments, assign
from detente.topics.taxonomy import Topic, taxonomy

if TYPE_CHECKING:
    from detente.archive import Archive

HALF_LIFE = 10.0
"""Years after which a text counts half."""

PRIOR = 5.0
"""Texts' worth of the average drawn into each share."""

UPKEEP = 0.5
"""Factor for topics that are not substantive: money, staff, elections, credentials."""

POWERS = ("CHN", "FRA", "GBR", "RUS", "USA")

PARTS = ("attention", "turnout", "powers", "council", "important")

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weight:
    """The weight of a topic on 0..1 and its parts, each the share of topics that it exceeds.

    ``texts`` is the number of texts of both bodies behind it, each discounted for its age.
    """

    code: str
    weight: float
    attention: float
    turnout: float
    powers: float
    council: float
    important: float
    texts: float


@dataclass(frozen=True, slots=True)
class _Texts:
    """All texts in the order of the assignments: discount for age, and what the parts rest on."""

    discount: Floats
    turnout: Floats
    divided: Floats
    important: Floats
    recorded: Flags
    assembly: Flags


def share(values: Floats, discount: Floats, within: Flags, average: float) -> float:
    """Return the discounted mean of ``values`` over the texts within, drawn to the average."""
    kept = discount[within]
    return float((values[within] @ kept + PRIOR * average) / (kept.sum() + PRIOR))


def exceeded(values: Floats) -> Floats:
    """Return for each value the share of the other values that it exceeds; a tie counts half."""
    if len(values) < 2:
        return np.full(len(values), 0.5)
    rounded = np.round(values, 9)
    lower = (rounded[:, None] > rounded[None, :]).sum(axis=1)
    level = (rounded[:, None] == rounded[None, :]).sum(axis=1) - 1
    ranks: Floats = (lower + 0.5 * level) / (len(values) - 1)
    return ranks


def _texts(archive: Archive, found: Assignments) -> _Texts:
    powers = ", ".join(f"'{power}'" for power in POWERS)
    rows: dict[tuple[str, str], tuple[date, float, float, float]] = {}
    for key, day, cast, absent, important, split in archive.sql(
        f"""
        SELECT vote_id, date, yes + no + abstain, absent, coalesce(important, false), split
        FROM rollcalls LEFT JOIN (
            SELECT vote_id, bool_or(vote = 'yes') AND bool_or(vote = 'no') AS split
            FROM votes WHERE iso3 IN ({powers}) GROUP BY vote_id
        ) USING (vote_id)
        """
    ):
        turnout = cast / (cast + (absent or 0)) if cast else 0.0
        rows["rollcalls", key] = (day, turnout, float(bool(split)), float(important))
    for table in ("adoptions", "sc_rollcalls"):
        for key, day in archive.sql(f"SELECT symbol, date FROM {table}"):
            rows[table, key] = (day, 0.0, 0.0, 0.0)
    ordered = [rows[pair] for pair in zip(found.table.tolist(), found.key.tolist(), strict=True)]
    today = archive.as_of or archive.last_day
    years = np.array([(today - row[0]).days / 365.25 for row in ordered], dtype=np.float64)
    columns = np.array([row[1:] for row in ordered], dtype=np.float64).reshape(-1, 3)
    return _Texts(
        discount=np.power(0.5, np.maximum(years, 0.0) / HALF_LIFE),
        turnout=columns[:, 0],
        divided=columns[:, 1],
        important=columns[:, 2],
        recorded=columns[:, 0] > 0,
        assembly=found.table != "sc_rollcalls",
    )


def _measures(texts: _Texts, within: Flags, averages: tuple[float, float, float]) -> list[float]:
    """Return the five measures of ``PARTS`` for the texts of one topic."""
    turnout, divided, important = averages
    debated = within & texts.assembly
    return [
        float(texts.discount[debated].sum()),
        share(texts.turnout, texts.discount, within & texts.recorded, turnout),
        share(texts.divided, texts.discount, debated, divided),
        float(texts.discount[within & ~texts.assembly].sum()),
        share(texts.important, texts.discount, debated, important),
    ]


def weight(archive: Archive) -> dict[str, Weight]:
    """Return the weight of every topic and subject as of the archive's date, by code."""
    found = assign(archive)
    texts = _texts(archive, found)
    known = texts.assembly & (found.main != "")

    def average(values: Floats, over: Flags) -> float:
        kept = texts.discount[over]
        return float(values[over] @ kept / kept.sum()) if kept.sum() else 0.0

    averages = (
        average(texts.turnout, known & texts.recorded),
        average(texts.divided, known),
        average(texts.important, known),
    )
    weights: dict[str, Weight] = {}
    for level in (1, 2):
        topics: list[Topic] = [topic for topic in taxonomy() if topic.level == level]
        within = [found.about(topic.code, main_only=True) for topic in topics]
        measures = np.array([_measures(texts, flags, averages) for flags in within])
        parts = np.column_stack([exceeded(column) for column in measures.T])
        for topic, row, flags in zip(topics, parts, within, strict=True):
            factor = 1.0 if topic.substantive else UPKEEP
            weights[topic.code] = Weight(
                topic.code,
                round(factor * float(row.mean()), 6),
                *(round(float(part), 6) for part in (*row, texts.discount[flags].sum())),
            )
    return {topic.code: weights[topic.code] for topic in taxonomy()}
