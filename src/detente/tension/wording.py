"""Words for tension, in English and French."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from detente.language import Lang, translator
from detente.tension.sources import SOURCES

DOMAIN = "tension"
TRENDS: Mapping[str, str] = {
    "rising": "rising",
    "falling": "falling",
    "unclear": "no clear movement",
}
TITLES: Mapping[str, str] = {source.name: source.title for source in SOURCES}
BIASES: Mapping[str, str] = {source.name: source.bias for source in SOURCES}
SEASONS: tuple[str, ...] = (
    "the winter of {year}",
    "the spring of {year}",
    "the summer of {year}",
    "the autumn of {year}",
)
LOCALES: Mapping[Lang, str] = {"en": "en_GB", "fr": "fr_FR"}


def say(lang: Lang, message: str, **values: object) -> str:
    """Return a message in a language with its fields filled in."""
    return translator(lang, DOMAIN)(message, **values)


def season(lang: Lang, month: date) -> str:
    """Return the season of a month: the autumn of 1983; a winter bears both its years."""
    year = str(month.year)
    if month.month in (1, 2):
        year = f"{month.year - 1}–{month.year}"
    elif month.month == 12:
        year = f"{month.year}–{month.year + 1}"
    return say(lang, SEASONS[month.month % 12 // 3], year=year)


def month_words(lang: Lang, month: date) -> str:
    """Return a month in words: October 1962."""
    return str(format_date(month, "LLLL y", locale=LOCALES[lang]))


def day_words(lang: Lang, day: date) -> str:
    """Return a day in words: 20 November 2018; 1er mai 2011."""
    text = str(format_date(day, "d MMMM y", locale=LOCALES[lang]))
    return "1er" + text[1:] if lang == "fr" and day.day == 1 else text


def decimal(lang: Lang, value: float, digits: int = 1, sign: bool = False) -> str:
    """Write a number with a fixed count of decimals and a true minus sign."""
    rounded = round(float(value), digits) + 0.0
    text = str(format_decimal(rounded, format="0." + "0" * digits, locale=LOCALES[lang]))
    text = text.replace("-", "\u2212")
    return "+" + text if sign and rounded > 0 else text


def chance(lang: Lang, share: float) -> str:
    """Write a probability as a whole per cent; what rounds to 0 or 100 is said to be near it."""
    if share < 0.01:
        return say(lang, "below 1%")
    if share > 0.99:
        return say(lang, "above 99%")
    return percent(lang, share)


def percent(lang: Lang, share: float) -> str:
    """Write a share as a whole per cent."""
    return str(format_percent(share, format="0%", locale=LOCALES[lang])).replace(
        "%", "\u202f%" if lang == "fr" else "%"
    )
