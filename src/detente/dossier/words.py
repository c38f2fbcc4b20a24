"""How a language writes: dates, numbers, quotation marks, and sentences with records inside.

English is British. French follows the rules of the Imprimerie nationale: a narrow no-break space
before ; : ! ? and inside « », a decimal comma, “1er” for the first of a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from detente.dossier.blocks import Cite, Inline, Mark, Runs, See, Text
from detente.language import Lang, translator

NARROW = "\u202f"
FIXED = "\u00a0"
MINUS = "\u2212"
JOIN = "\u2060"
LOCALES: dict[Lang, str] = {"en": "en_GB", "fr": "fr_FR"}

_FIELD = re.compile(r"\{(\w+)\}|\*\*(.+?)\*\*")


def french_spaces(text: str) -> str:
    """Return French text with the spaces that its punctuation asks for; idempotent.

    Addresses, times and symbols keep their colons: only a mark that follows a space, or a letter
    or bracket and ends a word, is spaced.
    """
    text = re.sub(r"[ \u00a0\u202f]+([;:!?»%])", NARROW + r"\1", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + NARROW, text)
    return re.sub(r"(?<=[\w)\]])([;!?»])(?=\s|$)", NARROW + r"\1", text)


class Words:
    """Words of one language: translate, write numbers and dates, build runs."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self.locale = LOCALES[lang]
        self._translate = translator(lang, "dossier")

    def say(self, message: str, **values: object) -> str:
        """Return a message in this language with its fields filled in."""
        text = self._translate(message, **values) if values else self._translate(message)
        return french_spaces(text) if self.lang == "fr" else text

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
        if self.lang == "fr":
            text = french_spaces(text)
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
        return str(format_decimal(n, format="#,##0", locale=self.locale)).replace("-", MINUS)

    def decimal(self, x: float, digits: int = 2, sign: bool = False) -> str:
        """Write a number with a fixed count of decimals and a true minus sign."""
        rounded = round(float(x), digits) + 0.0  # no minus before a rounded zero
        pattern = "0." + "0" * digits if digits else "0"
        text = str(format_decimal(rounded, format=pattern, locale=self.locale))
        text = text.replace("-", MINUS)
        return "+" + text if sign and rounded > 0 else text

    def percent(self, share: float) -> str:
        """Write a share as a whole per cent."""
        return str(format_percent(share, format="0%", locale=self.locale)).replace(
            "%", f"{NARROW}%" if self.lang == "fr" else "%"
        )

    def percent_range(self, low: float, high: float) -> str:
        """Write an interval of shares: 31–58%."""
        unit = f"{NARROW}%" if self.lang == "fr" else "%"
        return f"{round(low * 100):d}{JOIN}–{JOIN}{round(high * 100):d}{unit}"

    def interval(self, low: float, high: float, digits: int = 2) -> str:
        """Write an interval of numbers: 0.12 to 0.31."""
        return self.say(
            "{low} to {high}", low=self.decimal(low, digits), high=self.decimal(high, digits)
        )

    def day(self, day: date) -> str:
        """Write a date in full: 20 November 2018; 1er mai 2011."""
        text = str(format_date(day, "d MMMM y", locale=self.locale))
        if self.lang == "fr" and day.day == 1:
            text = "1er" + text[1:]
        return text.replace(" ", FIXED, 1)

    def short_day(self, day: date) -> str:
        """Write a date for a table: 20 Nov 2018; 20 nov. 2018."""
        text = str(format_date(day, "d MMM y", locale=self.locale))
        if self.lang == "fr" and day.day == 1:
            text = "1er" + text[1:]
        return text.replace("Sept ", "Sep ").replace(" ", FIXED)

    def listed(self, items: Iterable[str]) -> str:
        """Join with commas and a final “and”."""
        parts = list(items)
        if len(parts) < 2:
            return "".join(parts)
        return self.say("{some} and {last}", some=", ".join(parts[:-1]), last=parts[-1])

    def quoted(self, text: str) -> str:
        """Put text in this language's quotation marks."""
        return f"«{NARROW}{text}{NARROW}»" if self.lang == "fr" else f"“{text}”"


@cache
def words(lang: Lang) -> Words:
    """Return the words of a language, made once."""
    return Words(lang)
