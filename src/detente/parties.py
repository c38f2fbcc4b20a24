"""Who can sit at the table: states and blocs, and who belonged to what on a given day.

A state is named by its ISO 3166 alpha-3 code, a bloc by a short code. The European Union is known
to the archive; a case may define others by listing their members. The archive's `states` and
`memberships` tables hold the facts (docs/archive.md); this module only reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal

from detente.archive import Archive, open_archive
from detente.errors import CaseError
from detente.language import Lang

# Blocs that the archive can tell the members of, with what to call them.
BODIES: Mapping[str, tuple[str, str, str]] = {
    "EU": ("EU", "European Union", "Union européenne"),
    "P5": ("P5", "Permanent members of the Security Council", "Membres permanents du Conseil"),
    "SC": ("SC", "Security Council", "Conseil de sécurité"),
    "AFRICA": ("AFRICA", "African Group", "Groupe des États d’Afrique"),
    "ASIA-PACIFIC": ("ASIA-PACIFIC", "Asia-Pacific Group", "Groupe des États d’Asie-Pacifique"),
    "EASTERN-EUROPE": (
        "EASTERN-EUROPE",
        "Eastern European Group",
        "Groupe des États d’Europe orientale",
    ),
    "GRULAC": (
        "GRULAC",
        "Latin American and Caribbean Group",
        "Groupe des États d’Amérique latine et des Caraïbes",
    ),
    "WEOG": (
        "WEOG",
        "Western European and Others Group",
        "Groupe des États d’Europe occidentale et autres États",
    ),
}


@dataclass(frozen=True)
class State:
    """A state as it stands in the archive.

    Attributes:
        iso3: ISO 3166 alpha-3, or the historic code of a state that is no more.
        name_en, name_fr: its name at the as-of date of the archive it was read from.
    """

    iso3: str
    name_en: str
    name_fr: str

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en


@dataclass(frozen=True)
class Party:
    """A state or a bloc at the table.

    Attributes:
        code: the state's alpha-3, or the bloc's code.
        kind: ``state`` or ``bloc``.
        body: the archive's body whose dated membership makes the bloc, if it has one.
        listed: the members of a bloc that a case defines by list, sorted; a state lists itself.
    """

    code: str
    kind: Literal["state", "bloc"]
    name_en: str
    name_fr: str
    body: str | None = None
    listed: tuple[str, ...] = ()

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en

    def members(self, archive: Archive, on: date) -> tuple[str, ...]:
        """Return the alpha-3 codes of the states that made up the party on a day, sorted.

        A listed bloc counts its members only while they are in the United Nations.
        """
        if self.body is not None:
            return members(archive, self.body, on)
        if self.kind == "state":
            return self.listed
        return tuple(sorted(set(self.listed) & set(members(archive, "UN", on))))


def members(archive: Archive, body: str, on: date) -> tuple[str, ...]:
    """Return the alpha-3 codes of the members of a body on a day, sorted.

    Bodies are those of the archive's `memberships` table: UN, EU, SC, P5 and the regional groups.
    """
    rows = archive.sql(
        "select distinct iso3 from memberships where body = ? and first_day <= ? "
        "and (last_day is null or last_day >= ?) order by iso3",
        (body, on, on),
    )
    return tuple(str(iso3) for (iso3,) in rows)


def states(archive: Archive) -> dict[str, State]:
    """Return every state of the archive, past and present, by alpha-3."""
    rows = archive.sql("select iso3, name_en, name_fr from states order by iso3")
    return {iso3: State(iso3, name_en, name_fr) for iso3, name_en, name_fr in rows}


def _fold(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text).strip().casefold()


def find_state(archive: Archive, words: str) -> State:
    """Return the state with this alpha-3 code, or this exact name in English or French.

    Raises:
        CaseError: no such state, or none yet on the archive's as-of date; the sentence says which,
            and offers the nearest names. Names are never matched by likeness alone (notes on Niger
            and Nigeria fill libraries).
    """
    known = states(archive)
    names = _names(archive, known)
    found = _named(known, names, words)
    if found is not None:
        return found
    later = later_state(archive, words)
    if later is not None and archive.as_of is not None:
        raise CaseError(not_yet(later.name_en, archive.as_of))
    near = get_close_matches(_fold(words), list(names), n=3, cutoff=0.6)
    offers = ", ".join(f"{known[names[n]].iso3} ({known[names[n]].name_en})" for n in near)
    raise CaseError(
        f"no state is called “{words}”: use its ISO 3166 alpha-3 code, such as KAZ"
        + (f"; did you mean {offers}?" if near else "")
    )


def later_state(archive: Archive, words: str) -> State | None:
    """Return the state of this code or exact name that only the as-of date hides, if there is one.

    It serves to say why a state is not found, and to name a host, which needs no seat in the
    United Nations: Switzerland had none in 1985. No vote or date of it may be used.
    """
    if archive.as_of is None:
        return None
    whole = open_archive(folder=archive.folder)
    known = states(whole)
    found = _named(known, _names(whole, known), words)
    return None if found is None or found.iso3 in states(archive) else found


def not_yet(name: str, as_of: date) -> str:
    """Return the sentence that refuses a state, named in English, that had no seat on a day."""
    return (
        f"{name} was not a member of the United Nations on {as_of}, so the record has no "
        "votes of it: choose another as-of date or leave it out"
    )


def _names(archive: Archive, known: Mapping[str, State]) -> dict[str, str]:
    """Return folded name -> alpha-3 for every name that a state bears or bore."""
    bore = archive.sql("select iso3, name_en, name_fr from state_names order by iso3")
    names: dict[str, str] = {}
    for iso3, name_en, name_fr in [(s.iso3, s.name_en, s.name_fr) for s in known.values()] + bore:
        names.setdefault(_fold(name_en), iso3)
        names.setdefault(_fold(name_fr), iso3)
    return names


def _named(known: Mapping[str, State], names: Mapping[str, str], words: str) -> State | None:
    return known.get(words.upper()) or known.get(names.get(_fold(words), ""))


def find_party(archive: Archive, code: str, blocs: Iterable[Party] = ()) -> Party:
    """Return the party with this code: a bloc of the case, a body of the archive, or a state.

    Raises:
        CaseError: there is none.
    """
    for bloc in blocs:
        if bloc.code == code:
            return bloc
    if code in BODIES:
        body, name_en, name_fr = BODIES[code]
        return Party(code, "bloc", name_en, name_fr, body=body)
    state = find_state(archive, code)
    return Party(state.iso3, "state", state.name_en, state.name_fr, listed=(state.iso3,))
