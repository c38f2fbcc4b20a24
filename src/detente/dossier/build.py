"""What builds a section: a function from findings and a language to blocks, or to nothing."""

from __future__ import annotations

from collections.abc import Callable

from detente.dossier.blocks import Section
from detente.dossier.findings import Findings
from detente.language import Lang

Build = Callable[[Findings, Lang], Section | None]
