"""The whole record of how special sessions were convened."""

from __future__ import annotations

from dataclasses import dataclass

from detente.archive import Archive
from detente.convening.replay.assembly_votes import Attempt, Question, attempts, questions
from detente.convening.replay.replaying import Replayed, replay


@dataclass(frozen=True)
class Record:
    """All that was replayed: sessions, attempts that failed, and votes of emergency sessions."""

    sessions: tuple[Replayed, ...]
    attempts: tuple[Attempt, ...]
    questions: tuple[Question, ...]


def record(archive: Archive) -> Record:
    """Return the replay of all that the archive lets through."""
    return Record(replay(archive), attempts(archive), questions(archive))
