"""Sessions voted on that did not come about, and the two-thirds votes of those that did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.convening.replay.reading import Explanation, Kind, explanations
from detente.convening.replay.replaying import Difference, explained
from detente.convening.rulebook import Confidence, rulebook
from detente.convening.thresholds import Needed, needed

DECIDING, SUBSTANCE = "ga-7", "ch-18-2"
"""The rule by which the Assembly calls a session; the majority for what a session recommends."""


@dataclass(frozen=True)
class Attempt:
    """A vote on a session that did not come about.

    Attributes:
        key: its symbol, or the vote_id where it has none.
        met: whether the vote met the threshold of the rule on the day.
        adopted: whether the record says that it was adopted.
    """

    key: str
    day: date
    proposal: str
    yes: int
    no: int
    abstain: int
    needed: Needed
    met: bool
    adopted: bool
    differences: tuple[Difference, ...]
    confidence: Confidence
    source: str


@dataclass(frozen=True)
class Question:
    """A vote in an emergency session on what to recommend, against two thirds.

    Attributes:
        key: the symbol of what was adopted, or the vote_id.
        adopted: True where the record has a resolution of it.
        met: whether two thirds of those voting were for it.
    """

    key: str
    session: str
    day: date
    title: str
    yes: int
    no: int
    abstain: int
    adopted: bool
    met: bool


def attempts(
    archive: Archive, why: Mapping[tuple[str, Kind], Explanation] | None = None
) -> tuple[Attempt, ...]:
    """Return the votes on sessions that did not come about, oldest first.

    Raises:
        RuleError: a difference that nobody explained.
    """
    told = explanations() if why is None else why
    found = []
    for symbol, vote_id, day, proposal, yes, no, abstain, result, confidence, source in archive.sql(
        "SELECT symbol, vote_id, date, proposal, yes, no, abstain, result, confidence, source "
        "FROM session_attempts ORDER BY date, proposal"
    ):
        key = str(symbol or vote_id)
        threshold = needed(archive, rulebook()[DECIDING], day)
        met = threshold.met(yes, no)
        kinds: list[Kind] = ["adopted, not held"] if met else []
        found.append(
            Attempt(
                key=key,
                day=day,
                proposal=proposal,
                yes=yes,
                no=no,
                abstain=abstain,
                needed=threshold,
                met=met,
                adopted=result == "adopted",
                differences=tuple(Difference(kind, explained(told, key, kind)) for kind in kinds),
                confidence=confidence,
                source=source,
            )
        )
    return tuple(found)


def questions(archive: Archive, session: str | None = None) -> tuple[Question, ...]:
    """Return the votes of emergency sessions on whole texts, oldest first.

    Resolutions, and roll calls on drafts that the record calls neither paragraph nor amendment.
    """
    threshold_rule = rulebook()[SUBSTANCE]
    found = []
    for symbol, vote_id, name, day, title, yes, no, abstain in archive.sql(
        "SELECT symbol, vote_id, session, date, coalesce(title, ''), yes, no, abstain "
        "FROM rollcalls WHERE session LIKE 'ES-%' AND kind IN ('resolution', 'other') "
        "AND (?::VARCHAR IS NULL OR session = ?) ORDER BY date, vote_id",
        (session, session),
    ):
        met = needed(archive, threshold_rule, day).met(yes, no)
        found.append(
            Question(
                str(symbol or vote_id), name, day, title, yes, no, abstain, symbol is not None, met
            )
        )
    return tuple(found)
