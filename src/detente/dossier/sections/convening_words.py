"""The words of the sections on convening: those of the house, with a catalogue of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from detente import typography
from detente.archive import Archive
from detente.case import Case
from detente.convening.findings import Chance
from detente.convening.rulebook import Confidence
from detente.convening.wording import Wording
from detente.dossier import words as house
from detente.dossier.blocks import Mark, Runs, Text
from detente.language import Lang, translator
from detente.typography import JOIN

DOMAIN = "convening_section"


class ConveningWords(house.Words):
    """The house's words and numbers, in this section's catalogue.

    Attributes:
        rules: the sentences of `detente.convening`, for the same case and language.
    """

    def __init__(self, archive: Archive, case: Case, lang: Lang, short: Mapping[str, str]) -> None:
        """Take the names that the document gives to parties, by code."""
        super().__init__(lang)
        self._short = short
        self._translate = translator(lang, DOMAIN)
        self._archive, self._case = archive, case

    @cached_property
    def rules(self) -> Wording:
        """Return the sentences of `detente.convening`."""
        return Wording(self._archive, self._case, self.lang)

    def name(self, code: str) -> str:
        """Return what a party is called in this document, or what a state is."""
        return self._short.get(code) or self.rules.name(code)

    def ready(self, text: str) -> str:
        """Set the spaces of a sentence that comes in this language from elsewhere."""
        return typography.spaced(self.lang, text)

    def told(self, text: str) -> Runs:
        """Return a sentence that comes in this language from elsewhere as runs."""
        return self.plain(self.ready(text))

    def chance(self, chance: Chance | None) -> str:
        """Write a probability with its interval, or a dash."""
        return self.rules.chance(chance).replace("–", f"{JOIN}–{JOIN}")

    def certain(self, p: float) -> str:
        """Write a probability in per cent, never as certain what is not."""
        return self.rules.share(p)

    def memory(self, confidence: Confidence) -> Runs:
        """Return the mark of what is from memory, or nothing."""
        return (Text(" "), Mark(self.say("from memory"), "fair")) if confidence == "MEMORY" else ()
