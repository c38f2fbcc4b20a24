"""Facts about CAMEO, the coding scheme of GDELT, as small tables of our own.

``cameo.csv`` gives every event code its Goldstein score (in tenths) and its quad class, as GDELT's
files give them: they were compared with 10,000 real rows of 2025 and 2026 and 710 rows of GDELT 1.0
(codes 016, 022 and 164 differ from some printed tables). ``actors.csv`` gives every country code of
CAMEO the state or territory it stands for; a region such as EUR is no state.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Code:
    """A CAMEO event code: its Goldstein score in tenths (-100 to 100) and quad class (1 to 4)."""

    code: str
    tenths: int
    quad: int


@dataclass(frozen=True)
class Actor:
    """A CAMEO country code: the state or territory (ISO 3166 alpha-3), or '' for a region."""

    code: str
    iso3: str
    kind: str


@cache
def codes() -> tuple[Code, ...]:
    """Return the event codes, sorted."""
    return tuple(
        Code(row["code"], int(row["tenths"]), int(row["quad"])) for row in _rows("cameo.csv")
    )


@cache
def actors() -> tuple[Actor, ...]:
    """Return the country codes, sorted; kind is ``state``, ``territory`` or ``region``."""
    return tuple(Actor(row["code"], row["iso3"], row["kind"]) for row in _rows("actors.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
