"""Who put a text forward: a cell of names becomes state codes, and other bodies by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb

# 'NIGERIA, ON BEHALF OF THE STATES MEMBERS ... THAT ARE MEMBERS OF THE GROUP OF AFRICAN STATES'
_BEHALF = re.compile(r"[,\s(]*\bON BEHALF OF\b\s*(?P<whom>.*?)\)?$", re.IGNORECASE)
_GROUP = re.compile(r"\bTHAT ARE MEMBERS OF\s+(?:THE\s+)?(?P<group>.+)$", re.IGNORECASE)
_SUBMITTED = re.compile(r"^(?:SUBMITTED\s+)?BY THE\s+", re.IGNORECASE)
_SMALL = {"of", "the", "and", "on", "for", "in", "to", "with", "by", "at"}


def fold_name(name: str) -> str:
    """Return what makes two ways of writing a state's name equal: letters only, in capitals.

    The dot that lower-casing a Turkish capital leaves behind is dropped.
    """
    plain = name.replace("’", "'").replace("\u0307", "").upper().replace("İ", "I")
    return re.sub(r"[^\w]+", " ", plain).strip()


def title_case(words: str) -> str:
    """Return words in capitals as a title: ``ARAB STATES`` -> ``Arab States``."""
    parts = words.lower().split()
    return " ".join(
        word if i and word in _SMALL else word[:1].upper() + word[1:]
        for i, word in enumerate(parts)
    )


def parse_sponsors(cells: tuple[str | None, ...], codes: Mapping[str, str]) -> list[str]:
    """Return the sponsors of a text: alpha-3 where a name is known exactly, else the words.

    A state that speaks for a group is listed by its code, and the group after it by name.

    Args:
        cells: the cells that name them, parted by semicolons (or by the official files' bars).
        codes: folded name -> alpha-3.
    """
    found: list[str] = []
    for cell in cells:
        for name in re.split(r"[;|]", cell or ""):
            words = re.sub(r"\s+", " ", name).strip()
            behalf = _BEHALF.search(words)
            speaker = words[: behalf.start()] if behalf else words
            group = _GROUP.search(behalf["whom"]) if behalf else None
            state = codes.get(fold_name(speaker))
            sponsors = [state or title_case(_SUBMITTED.sub("", speaker))]
            if group:
                sponsors.append(title_case(group["group"]))
            found.extend(s for s in sponsors if s and s not in found)
    return found


def name_codes(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return folded name -> alpha-3 from the facts: present and past names, and official aliases.

    A name that two states bore (Yugoslavia, China) stands for one of them here, as the alias table
    says; the readers of official files go by the code and the date instead.
    """
    rows = con.execute(
        "SELECT name_en, iso3, 1 AS rank FROM fact_states "
        "UNION ALL SELECT name_fr, iso3, 2 FROM fact_states "
        "UNION ALL SELECT alias, iso3, 0 FROM fact_aliases "
        "UNION ALL SELECT name_en, iso3, 3 FROM fact_state_names "
        "UNION ALL SELECT name_fr, iso3, 4 FROM fact_state_names ORDER BY 3, 2"
    ).fetchall()
    codes: dict[str, str] = {}
    for name, iso3, _ in rows:
        codes.setdefault(fold_name(name), iso3)
    return codes
