"""The parts above the record, each asked once: tension, ways to convene, replay, steps."""

from __future__ import annotations

from collections.abc import Callable

from detente.archive import Archive
from detente.case import Case
from detente.convening.replay import record
from detente.dossier.gather import convening
from detente.dossier.parts import Parts
from detente.errors import NotFound
from detente.steps import Ladder, ladder
from detente.tension import Tension, tension
from detente.terminal import Step

STEPS = 3
SESSION = "special-session"


def gather(
    archive: Archive,
    case: Case,
    forecast: Callable[[], object] = lambda: None,
    step: Step = lambda done, total: None,
) -> Parts:
    """Return what the parts found for a case.

    Args:
        archive: opened as of the case's date.
        case: the summit in preparation.
        forecast: waits for the forecasts that the ladder's denominators rest on.
        step: told of progress.
    """
    tense = _tension(archive, case)
    step(1, STEPS)
    compared = convening.gather(archive, case)
    step(2, STEPS)
    forecast()
    small = _steps(archive, case, tense)
    step(3, STEPS)
    return Parts(
        tension=tense,
        convening=compared,
        # A case that weighs a forum alone does not ask how special sessions came about.
        replay=record(archive) if SESSION in (case.formats or (SESSION,)) else None,
        steps=small,
    )


def keys(parts: Parts) -> set[str]:
    """Return the keys of the texts that the ladder names, for the annex of records."""
    if parts.steps is None:
        return set()
    topics = (rung.suited.topic for rung in parts.steps.rungs)
    return {topic.proof[0].key for topic in topics if topic is not None and topic.proof}


def _tension(archive: Archive, case: Case) -> Tension | None:
    try:
        return tension(archive, case)
    except NotFound:
        return None


def _steps(archive: Archive, case: Case, tense: Tension | None) -> Ladder | None:
    try:
        return ladder(archive, case, case.parties, None, tense.percentiles if tense else None)
    except NotFound:
        return None
