"""Words for tension, in English and French."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from detente.language import Lang, translator
from detente.tension.sources import SOURCES
from detente.typography import percent

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


def chance(lang: Lang, share: float) -> str:
    """Write a probability as a whole per cent; what rounds to 0 or 100 is said to be near it."""
    if share < 0.01:
        return say(lang, "below 1%")
    if share > 0.99:
        return say(lang, "above 99%")
    return percent(lang, share)
