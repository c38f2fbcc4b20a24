"""The sections of a dossier, each a file with a function from findings and language to a section.

To add one, write its file and name its function here (docs/dossier.md shows how). A function
returns None where it has nothing to say. The annex of records follows by itself: it holds what the
others cite.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from detente.dossier.blocks import Section
from detente.dossier.build import Build
from detente.dossier.findings import Findings
from detente.dossier.parts import Parts
from detente.dossier.sections import (
    agenda,
    common_ground,
    convening,
    distances,
    first,
    method,
    positions,
    replay,
    splits,
    steps,
    tension,
    track_record,
    unknown,
)
from detente.language import Lang

Found = TypeVar("Found")


def _of(take: Callable[[Parts], Found | None], section: Callable[[Found], Build]) -> Build:
    """Return what builds a part's section where the findings hold that part."""

    def build(findings: Findings, lang: Lang) -> Section | None:
        found = take(findings.parts)
        return None if found is None else section(found)(findings, lang)

    return build


SECTIONS: tuple[Build, ...] = (
    first.build,
    _of(lambda parts: parts.tension, tension.section),
    positions.build,
    distances.build,
    splits.build,
    common_ground.build,
    agenda.build,
    _of(lambda parts: parts.convening, convening.section),
    _of(lambda parts: parts.replay, replay.section),
    _of(lambda parts: parts.steps, steps.section),
)
"""What follows from the case; a caller's own sections come next."""
LAST: tuple[Build, ...] = (track_record.build, unknown.build)
"""How far to trust it, and what it leaves out: they end every dossier."""
ANNEXES: tuple[Build, ...] = (method.method, method.reproducibility)

__all__ = ["ANNEXES", "LAST", "SECTIONS"]
