"""How a language writes dates, numbers and marks; every page and every line in a terminal.

English is British. French follows the rules of the Imprimerie nationale: a narrow no-break space
before ; : ! ? % and inside « », a decimal comma, “1er” for the first of a month.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from detente.language import Lang

NARROW = "\u202f"
FIXED = "\u00a0"
MINUS = "\u2212"
JOIN = "\u2060"
LOCALES: Mapping[Lang, str] = {"en": "en_GB", "fr": "fr_FR"}


def french_spaces(text: str) -> str:
    """Return French text with the spaces that its punctuation asks for; idempotent.

    Addresses, times and symbols keep their colons: only a mark that follows a space, or a letter
    or bracket and ends a word, is spaced.
    """
    text = re.sub(r"[ \u00a0\u202f]+([;:!?»%])", NARROW + r"\1", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + NARROW, text)
    return re.sub(r"(?<=[\w)\]])([;!?»])(?=\s|$)", NARROW + r"\1", text)


def spaced(lang: Lang, text: str) -> str:
    """Return text of a language with the spaces that its punctuation asks for."""
    return french_spaces(text) if lang == "fr" else text


def day(lang: Lang, day: date) -> str:
    """Write a date in full: 20 November 2018; 1er mai 2011."""
    return _first(lang, day, str(format_date(day, "d MMMM y", locale=LOCALES[lang])))


def short_day(lang: Lang, day: date) -> str:
    """Write a date for a table: 20 Nov 2018; 20 nov. 2018; it never breaks."""
    text = _first(lang, day, str(format_date(day, "d MMM y", locale=LOCALES[lang])))
    return text.replace("Sept ", "Sep ").replace(" ", FIXED)


def month(lang: Lang, day: date) -> str:
    """Write a month: October 1962; octobre 1962."""
    return str(format_date(day, "LLLL y", locale=LOCALES[lang]))


def short_month(lang: Lang, day: date) -> str:
    """Write a month for an axis: Nov; nov."""
    return str(format_date(day, "LLL", locale=LOCALES[lang])).replace("Sept", "Sep")


def whole(lang: Lang, n: int) -> str:
    """Write a whole number: 1,234 or 1 234."""
    return str(format_decimal(n, format="#,##0", locale=LOCALES[lang])).replace("-", MINUS)


def decimal(lang: Lang, x: float, digits: int = 2, sign: bool = False) -> str:
    """Write a number with a fixed count of decimals and a true minus sign."""
    rounded = round(float(x), digits) + 0.0  # no minus before a rounded zero
    pattern = "0." + "0" * digits if digits else "0"
    text = str(format_decimal(rounded, format=pattern, locale=LOCALES[lang])).replace("-", MINUS)
    return "+" + text if sign and rounded > 0 else text


def percent(lang: Lang, share: float) -> str:
    """Write a share as a whole per cent: 31%; 31 %."""
    text = str(format_percent(share, format="0%", locale=LOCALES[lang]))
    return text.replace("%", _unit(lang))


def percent_range(lang: Lang, low: float, high: float) -> str:
    """Write an interval of shares: 31–58%; it never breaks."""
    return f"{round(low * 100):d}{JOIN}–{JOIN}{round(high * 100):d}{_unit(lang)}"


def quoted(lang: Lang, text: str) -> str:
    """Put text in a language's quotation marks."""
    return f"«{NARROW}{text}{NARROW}»" if lang == "fr" else f"“{text}”"


def _unit(lang: Lang) -> str:
    return f"{NARROW}%" if lang == "fr" else "%"


def _first(lang: Lang, day: date, text: str) -> str:
    return "1er" + text[1:] if lang == "fr" and day.day == 1 else text
