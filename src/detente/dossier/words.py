"""The dossier's words in one language: messages, counts, and sentences with records inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from detente import typography
from detente.dossier.blocks import Cite, Inline, Mark, Runs, See, Text
from detente.language import Lang, translator

_FIELD = re.compile(r"\{(\w+)\}|\*\*(.+?)\*\*")


class Words:
    """Words of one language: translate, write numbers and dates, build runs."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._translate = translator(lang, "dossier")

    def say(self, message: str, **values: object) -> str:
        """Return a message in this language with its fields filled in."""
        text = self._translate(message, **values) if values else self._translate(message)
        return typography.spaced(self.lang, text)

    def count(self, n: int, one: str, many: str, **values: object) -> str:
        """Return the message for this count, with ``{n}`` written out.

        French counts 0 and 1 as singular, English only 1.
        """
        single = n < 2 if self.lang == "fr" else n == 1
        return self.say(one if single else many, n=self.whole(n), **values)

    def runs(self, message: str, **values: str | Inline | Sequence[Inline]) -> Runs:
        """Return a message as runs; ``{name}`` takes text or inlines, ``**x**`` is strong.

        Raises:
            KeyError: a field without a value, or a message without French.
        """
        return self.fill(self._translate(message), **values)

    def fill(self, text: str, **values: str | Inline | Sequence[Inline]) -> Runs:
        """Return text of this language as runs; see `runs`."""
        text = typography.spaced(self.lang, text)
        out: list[Inline] = []

        def add(inline: Inline) -> None:
            last = out[-1] if out else None
            if (
                isinstance(inline, Text)
                and isinstance(last, Text)
                and (last.strong, last.emphasis) == (inline.strong, inline.emphasis)
            ):
                out[-1] = Text(last.text + inline.text, last.strong, last.emphasis)
            elif not isinstance(inline, Text) or inline.text:
                out.append(inline)

        def walk(part: str, strong: bool) -> None:
            end = 0
            for match in _FIELD.finditer(part):
                add(Text(part[end : match.start()], strong))
                end = match.end()
                if match[2] is not None:
                    walk(match[2], True)
                    continue
                value = values[match[1]]
                if isinstance(value, str):
                    add(Text(value, strong))
                elif isinstance(value, Text | Cite | See | Mark):
                    add(value)
                else:
                    for inline in value:
                        add(inline)
            add(Text(part[end:], strong))

        walk(text, False)
        return tuple(out)

    def plain(self, text: str) -> Runs:
        """Return ready text as runs."""
        return (Text(text),) if text else ()

    def whole(self, n: int) -> str:
        """Write a whole number: 1,234 or 1 234."""
        return typography.whole(self.lang, n)

    def decimal(self, x: float, digits: int = 2, sign: bool = False) -> str:
        """Write a number with a fixed count of decimals and a true minus sign."""
        return typography.decimal(self.lang, x, digits, sign)

    def percent(self, share: float) -> str:
        """Write a share as a whole per cent."""
        return typography.percent(self.lang, share)

    def percent_range(self, low: float, high: float) -> str:
        """Write an interval of shares: 31–58%."""
        return typography.percent_range(self.lang, low, high)

    def interval(self, low: float, high: float, digits: int = 2) -> str:
        """Write an interval of numbers: 0.12 to 0.31."""
        return self.say(
            "{low} to {high}", low=self.decimal(low, digits), high=self.decimal(high, digits)
        )

    def day(self, day: date) -> str:
        """Write a date in full, its first space fixed: 20 November 2018; 1er mai 2011."""
        return typography.day(self.lang, day).replace(" ", typography.FIXED, 1)

    def short_day(self, day: date) -> str:
        """Write a date for a table: 20 Nov 2018; 20 nov. 2018."""
        return typography.short_day(self.lang, day)

    def listed(self, items: Iterable[str]) -> str:
        """Join with commas and a final “and”."""
        parts = list(items)
        if len(parts) < 2:
            return "".join(parts)
        return self.say("{some} and {last}", some=", ".join(parts[:-1]), last=parts[-1])

    def quoted(self, text: str) -> str:
        """Put text in this language's quotation marks."""
        return typography.quoted(self.lang, text)


@cache
def words(lang: Lang) -> Words:
    """Return the words of a language, made once."""
    return Words(lang)
