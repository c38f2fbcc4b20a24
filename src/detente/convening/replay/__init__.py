"""Replay: every special and emergency session, and the attempts that failed, through the rules."""

from detente.convening.replay.assembly_votes import Attempt, Question, attempts, questions
from detente.convening.replay.record import Record, record
from detente.convening.replay.replaying import Difference, Replayed, find_session, replay

__all__ = [
    "Attempt",
    "Difference",
    "Question",
    "Record",
    "Replayed",
    "attempts",
    "find_session",
    "questions",
    "record",
    "replay",
]
