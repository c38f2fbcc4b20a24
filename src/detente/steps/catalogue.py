"""The catalogue of confidence-building measures, with what the ladder needs to know of each.

The archive's table `measures` names them and their sources; the files under ``measures/`` rate
them and put them into words, in English and French. docs/methods/steps.md gives the scales.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from detente.language import Lang

Missed = Literal["repeat", "wait", "hold", "take back"]
Need = Literal["nuclear", "launch", "border", "theatre", "guarantor", "council"]


@dataclass(frozen=True)
class Measure:
    """A kind of confidence-building measure.

    Attributes:
        id: of the archive's table `measures`.
        field: its category there; Osgood's ninth rule asks that fields vary.
        cost: 1 a paper or a call, 2 staff and travel, 3 money or room for forces, 4 a policy.
        verifiability: 1 cannot be checked, 2 by what the parties say, 3 by what third parties can
            see, 4 by a public record or by those who were there.
        reciprocity: 1 none is possible, 2 by something unlike, 3 by something like, 4 by the same.
        intrusiveness: 1 nothing unpublished is seen, 2 officials meet or data pass, 3 foreigners
            come and look, 4 forces are limited.
        exposure: what it takes from the ability to answer an attack: 0 nothing to 3 much.
        lead_days: days from announcing it to doing it.
        alone: whether one side can take it without the others.
        needs: what a party must have for it to apply.
        topics: codes of the taxonomy that speak of it, the closest first.
        instruments: codes of what binds to it (`detente.steps.instruments`).
        missed: what follows where it is not answered.
    """

    id: str
    field: str
    name_en: str
    name_fr: str
    what_en: str
    what_fr: str
    cost: int
    verifiability: int
    reciprocity: int
    intrusiveness: int
    exposure: int
    lead_days: int
    alone: bool
    needs: tuple[Need, ...]
    topics: tuple[str, ...]
    instruments: tuple[str, ...]
    signals_en: str
    signals_fr: str
    invite_en: str
    invite_fr: str
    watch_en: str
    watch_fr: str
    missed: Missed
    confidence: str
    source: str

    @property
    def weight(self) -> int:
        """Return how much is asked of who takes it, 1 to 4: the greatest of what it takes."""
        return max(self.cost, self.intrusiveness, self.exposure + 1)

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en

    def what(self, lang: Lang) -> str:
        """Return what is done, in one language."""
        return self.what_fr if lang == "fr" else self.what_en

    def signals(self, lang: Lang) -> str:
        """Return what it tells the others, in one language."""
        return self.signals_fr if lang == "fr" else self.signals_en

    def invite(self, lang: Lang) -> str:
        """Return the neutral wording that fills the invitation, in one language."""
        return self.invite_fr if lang == "fr" else self.invite_en

    def watch(self, lang: Lang) -> str:
        """Return which public record would show it, in one language."""
        return self.watch_fr if lang == "fr" else self.watch_en


def _measure(raw: dict[str, Any], field: str) -> Measure:
    return Measure(
        id=raw["id"],
        field=raw.get("field", field),
        name_en=raw["name"],
        name_fr=raw["name_fr"],
        what_en=raw["what"],
        what_fr=raw["what_fr"],
        cost=raw["cost"],
        verifiability=raw["verifiability"],
        reciprocity=raw["reciprocity"],
        intrusiveness=raw["intrusiveness"],
        exposure=raw["exposure"],
        lead_days=raw["lead_days"],
        alone=raw["alone"],
        needs=tuple(raw.get("needs", ())),
        topics=tuple(raw["topics"]),
        instruments=tuple(raw["instruments"]),
        signals_en=raw["signals"],
        signals_fr=raw["signals_fr"],
        invite_en=raw["invite"],
        invite_fr=raw["invite_fr"],
        watch_en=raw["watch"],
        watch_fr=raw["watch_fr"],
        missed=raw["missed"],
        confidence=raw["confidence"],
        source=raw["source"],
    )


@cache
def measures() -> tuple[Measure, ...]:
    """Return every measure of the catalogue, by id."""
    folder = resources.files("detente.steps") / "measures"
    found: list[Measure] = []
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            found += [_measure(raw, data["field"]) for raw in data["measures"]]
    return tuple(sorted(found, key=lambda measure: measure.id))


@cache
def _by_id() -> dict[str, Measure]:
    return {measure.id: measure for measure in measures()}


def find_measure(code: str) -> Measure | None:
    """Return the measure with this id, or None."""
    return _by_id().get(code)
