"""Words of a catalogue of its own, set as the dossier sets text."""

from __future__ import annotations

from detente import typography
from detente.dossier import words as house
from detente.dossier.blocks import Runs, Text
from detente.language import Lang, translator


class DomainWords:
    """The words of one domain, with the dates and numbers of the house.

    Attributes:
        house: writes dates, numbers and lists.
    """

    def __init__(self, lang: Lang, domain: str) -> None:
        self.lang, self.house = lang, house.words(lang)
        self._translate = translator(lang, domain)

    @property
    def colon(self) -> str:
        """What stands between a label and its value."""
        return self.spaced(" : ") if self.lang == "fr" else ": "

    def spaced(self, text: str) -> str:
        """Return text of this language with the spaces that its punctuation asks for."""
        return typography.spaced(self.lang, text)

    def say(self, message: str, **values: object) -> str:
        """Return a message in this language with its fields filled in."""
        return self.spaced(self._translate(message, **values))

    def runs(self, message: str, **values: object) -> Runs:
        """Return a message as runs."""
        return (Text(self.say(message, **values)),)

    def plain(self, text: str) -> Runs:
        """Return ready text as runs."""
        return (Text(text),) if text else ()
