"""The sections of a dossier, each a file with a function from findings and language to a section.

To add one, write its file and name its function here (docs/dossier.md shows how). A function
returns None where it has nothing to say. The annex of records follows by itself: it holds what the
others cite.
"""

from __future__ import annotations

from collections.abc import Callable

from detente.dossier.blocks import Section
from detente.dossier.findings import Findings
from detente.dossier.sections import (
    agenda,
    common_ground,
    distances,
    first,
    method,
    positions,
    splits,
    unknown,
)
from detente.language import Lang

Build = Callable[[Findings, Lang], Section | None]

SECTIONS: tuple[Build, ...] = (
    first.build,
    positions.build,
    distances.build,
    splits.build,
    common_ground.build,
    agenda.build,
    unknown.build,
)
ANNEXES: tuple[Build, ...] = (method.method, method.reproducibility)

__all__ = ["ANNEXES", "SECTIONS", "Build"]
