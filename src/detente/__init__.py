"""Détente: software for a neutral host who brings rival powers to one table.

The names below are the public face (docs/python.md). Each is imported when it is first used, so
that ``import detente`` and ``detente --help`` load nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.archive import Archive, open_archive
    from detente.case import Case, check_case, open_case
    from detente.denominators import agenda
    from detente.denominators import denominators as common_denominators
    from detente.dossier import write_dossier
    from detente.errors import DetenteError
    from detente.parties import Party, State, find_party, find_state
    from detente.positions import (
        agreement,
        cohesion,
        distance,
        fit_positions,
        spread,
        trend,
    )
    from detente.topics import assign, assign_text, find_topic

__version__ = "0.1.0"

__all__ = [
    "Archive",
    "Case",
    "DetenteError",
    "Party",
    "State",
    "agenda",
    "agreement",
    "assign",
    "assign_text",
    "check_case",
    "cohesion",
    "common_denominators",
    "distance",
    "find_party",
    "find_state",
    "find_topic",
    "fit_positions",
    "open_archive",
    "open_case",
    "spread",
    "trend",
    "write_dossier",
]

# name -> (module, name there). A name here is never that of a module of the package, which
# Python would put in its place once the module is imported: hence `common_denominators`.
_FACE: dict[str, tuple[str, str]] = {
    "common_denominators": ("detente.denominators", "denominators"),
    **{
        name: (f"detente.{module}", name)
        for module, names in {
            "archive": ("Archive", "open_archive"),
            "case": ("Case", "check_case", "open_case"),
            "denominators": ("agenda",),
            "dossier": ("write_dossier",),
            "errors": ("DetenteError",),
            "parties": ("Party", "State", "find_party", "find_state"),
            "positions": (
                "agreement",
                "cohesion",
                "distance",
                "fit_positions",
                "spread",
                "trend",
            ),
            "topics": ("assign", "assign_text", "find_topic"),
        }.items()
        for name in names
    },
}


def __getattr__(name: str) -> object:
    """Import a name of the public face when it is first used."""
    if name not in _FACE:
        raise AttributeError(f"module “detente” has no attribute “{name}”")
    from importlib import import_module

    module, there = _FACE[name]
    found: object = getattr(import_module(module), there)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_FACE})
