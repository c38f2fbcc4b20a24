"""The symbols of documents: one form, well-formed or refused, with what can be read from them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = r"(?P<part>\[[^\]]+\]|[A-Z]{1,5}(?:-[A-Z]{1,5})?)?"
_NUMBERED = re.compile(rf"A/RES/(?P<session>ES-\d+|S-\d+|\d+)/(?P<number>\d+){_PART}$")
_ROMAN = re.compile(rf"A/RES/(?P<number>\d+)\((?P<session>(?:ES-|S-)?(?:\d+|[IVXL]+))\){_PART}$")
_COUNCIL = re.compile(r"S/RES/(?P<number>\d+)\((?P<year>\d{4})\)$")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True)
class Symbol:
    """What an Assembly symbol says.

    Attributes:
        text: the symbol in its one form, without blanks.
        session: as the UN writes it in figures: ``73``, ``ES-10``, ``S-1``.
        number: the resolution's number.
        part: ``A``, ``[B]``, ``[PARA.2]`` or empty.
    """

    text: str
    session: str
    number: int
    part: str


def arabic(numeral: str) -> int:
    """Return the value of a Roman numeral up to 89, or of plain figures."""
    if numeral.isdigit():
        return int(numeral)
    values = [_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def tidy(text: str) -> str:
    """Return a symbol without blanks and in capitals."""
    return re.sub(r"\s+", "", text).upper()


def assembly(text: str) -> Symbol | None:
    """Read the symbol of an Assembly resolution; None where it is not well-formed."""
    tidied = tidy(text)
    match = _NUMBERED.match(tidied) or _ROMAN.match(tidied)
    if match is None:
        return None
    session = match["session"]
    prefix, _, numeral = session.rpartition("-")
    in_figures = f"{prefix}-{arabic(numeral)}" if prefix else str(arabic(numeral))
    return Symbol(tidied, in_figures, int(match["number"]), match["part"] or "")


def council_number(text: str) -> int | None:
    """Return the number of a Council resolution's symbol; None where it is not well-formed."""
    match = _COUNCIL.match(tidy(text))
    return int(match["number"]) if match else None


def folded(text: str) -> str:
    """Return what makes two ways of writing a symbol equal: no blanks, no brackets, capitals."""
    return re.sub(r"[^A-Z0-9/\-.]", "", tidy(text).replace("(", "/").replace(")", ""))
