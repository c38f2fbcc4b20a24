"""Who presided over the Security Council in which month, by its own rotation.

Rule 18 of the Council's provisional rules: members preside in turn, a calendar month each, in the
English alphabetical order of their names. From one month that is known, the order and the dated
membership give all later ones. A new Council in January goes on from the last president's place in
the alphabet. The months are therefore derived, not recorded, and are marked so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive

ANCHOR = (date(1950, 8, 1), "RUS")
"""The Soviet Union presided in August 1950, when it came back to the Council (from memory). That
the order then gives the United Kingdom for January 1992, and Kazakhstan for January 2018 (which was
read in a source), is a test of all 809 months between."""

# The alphabet goes by the full name at the time where the usual name stands elsewhere in it.
_FULL: Mapping[str, tuple[str, date]] = {
    "RUS": ("Union of Soviet Socialist Republics", date(1991, 12, 23)),
    "TWN": ("China", date.max),
    "TZA": ("United Republic of Tanzania", date.max),
    "USA": ("United States of America", date.max),
    "LBY": ("Libyan Arab Jamahiriya", date(2011, 9, 15)),
}


@dataclass(frozen=True)
class Presidency:
    """A month of the presidency, derived from the rotation."""

    month: date
    iso3: str


def alphabetical(name: str) -> str:
    """Return what a name sorts by in English: no accents, case or punctuation."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("’", " ").replace("'", " "))
    letters = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return " ".join("".join(mark if mark.isalnum() else " " for mark in letters).split())


def next_president(names: Mapping[str, str], last: str) -> str:
    """Return who follows in the alphabet after a name; ``names`` is code -> sorting name."""
    order = sorted(names, key=lambda iso3: (names[iso3], iso3))
    after = [iso3 for iso3 in order if names[iso3] > last]
    return after[0] if after else order[0]


def _sorting_name(bore: Sequence[tuple[str, date, date | None]], iso3: str, day: date) -> str:
    full, until = _FULL.get(iso3, ("", date.min))
    if day <= until:
        return alphabetical(full)
    held = [name for name, first, last in bore if first <= day and (last is None or day <= last)]
    return alphabetical(held[-1])


def rotation(archive: Archive, last: date) -> tuple[Presidency, ...]:
    """Return every presidency from the anchor to a day, or to the as-of date if that is earlier."""
    end = last if archive.as_of is None else min(last, archive.as_of)
    seats = archive.sql(
        "SELECT iso3, first_day, last_day FROM memberships WHERE body = 'SC' ORDER BY iso3"
    )
    bore: dict[str, list[tuple[str, date, date | None]]] = {}
    for iso3, name, first, until in archive.sql(
        "SELECT iso3, name_en, first_day, last_day FROM state_names ORDER BY iso3, first_day"
    ):
        bore.setdefault(iso3, []).append((name, first, until))
    month, president = ANCHOR
    found: list[Presidency] = []
    before = ""
    while month <= end:
        names = {
            iso3: _sorting_name(bore[iso3], iso3, month)
            for iso3, first, until in seats
            if first <= month and (until is None or month <= until)
        }
        if found:
            president = next_president(names, before)
        before = names[president]
        found.append(Presidency(month, president))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return tuple(found)


def presidencies(archive: Archive, iso3: str, first: date, last: date) -> tuple[Presidency, ...]:
    """Return the months in which a state presided between two days, as the rotation gives them.

    Nothing is given for months before the anchor of 1950.
    """
    return tuple(one for one in rotation(archive, last) if one.iso3 == iso3 and first <= one.month)
