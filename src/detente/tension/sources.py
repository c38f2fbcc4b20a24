"""The sources of the tension index: what each is, its span, its known bias, and its terms.

`docs/tension.md` prints this list, and a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Source:
    """A series between states, higher for more tension.

    Attributes:
        name: as the archive's ``tension_series`` writes it.
        title: what it is, an English message.
        span: first and last year that ship, or that can be read.
        pace: how often it is observed; a yearly series speaks of December.
        level: ``pair``, or ``state`` where a pair takes the mean of its two states.
        bias: what is known to be wrong with it, an English message.
        terms: on what terms it may be used.
    """

    name: str
    title: str
    span: tuple[int, int]
    pace: Literal["month", "year"]
    level: Literal["pair", "state"]
    bias: str
    terms: str


SOURCES: tuple[Source, ...] = (
    Source(
        "votes",
        "Votes apart in the General Assembly",
        (1946, 2023),
        "year",
        "pair",
        "Follows the agenda: what is put to a vote changes from year to year, and matters that "
        "never come to a vote do not count.",
        "United Nations; Voeten (CC0)",
    ),
    Source(
        "council",
        "Texts that part the two in the Security Council",
        (1946, 2025),
        "month",
        "pair",
        "Permanent members only. Follows the agenda: vetoes on Palestine raise every pair of the "
        "United States, and a quarrel that is kept off the agenda does not count.",
        "United Nations",
    ),
    Source(
        "crises",
        "International crises in which the two are opposed",
        (1946, 2019),
        "month",
        "pair",
        "Counts only crises between the two as crisis actors, chosen with hindsight; silent on "
        "slow hostility and after its last year.",
        "no open terms: only derived values ship",
    ),
    Source(
        "peace",
        "Peace scale, from security community to severe rivalry",
        (1946, 2020),
        "year",
        "pair",
        "Coded by periods with hindsight, in few steps; slow to show a change.",
        "no open terms: only derived values ship",
    ),
    Source(
        "expert",
        "Expert scores of China’s relations",
        (1950, 2025),
        "month",
        "pair",
        "China and twelve partners only, scored from Beijing’s side by one team, with events that "
        "add up: near the ends of the scale little moves it.",
        "CC BY 4.0",
    ),
    Source(
        "risk",
        "Geopolitical risk of the two states in newspapers",
        (1946, 2026),
        "month",
        "state",
        "Three newspapers in English; risk of each state from anyone, not from the other.",
        "no open terms: only derived values ship",
    ),
    Source(
        "gdelt-china",
        "Machine-coded events of China and a partner, GDELT",
        (2002, 2025),
        "month",
        "pair",
        "Reads what newspapers print: visits and statements outweigh policy.",
        "CC BY 4.0",
    ),
    Source(
        "icews-china",
        "Machine-coded events of China and a partner, ICEWS",
        (2002, 2023),
        "month",
        "pair",
        "Reads what newspapers print: visits and statements outweigh policy.",
        "CC BY 4.0",
    ),
    Source(
        "phoenix-china",
        "Machine-coded events of China and a partner, Phoenix",
        (2002, 2019),
        "month",
        "pair",
        "Few events a month, so it jumps.",
        "CC BY 4.0",
    ),
    Source(
        "network",
        "Machine-coded events, share of a world network, GDELT",
        (2018, 2024),
        "month",
        "pair",
        "Divided by the volume of all pairs, since coverage grows; 96 days are missing.",
        "copyleft: only derived values ship",
    ),
    Source(
        "events",
        "Machine-coded events that you imported, GDELT",
        (1979, 2026),
        "month",
        "pair",
        "Mean score of events weighted by mentions: coverage grows and shifts to English pages.",
        "your own import",
    ),
)
NAMES: tuple[str, ...] = tuple(source.name for source in SOURCES)
BY_NAME = {source.name: source for source in SOURCES}
YEARLY = frozenset(source.name for source in SOURCES if source.pace == "year")
CENSUS_ENDS = 2019
"""The last year of the crisis list: until then a month without a crisis is known to have none."""
