"""Who put a text forward: a cell of names becomes a list of state codes, and of the rest as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb

_BEHALF = re.compile(r",?\s+ON BEHALF OF\b.*$", re.IGNORECASE)


def fold_name(name: str) -> str:
    """Return what makes two ways of writing a state's name equal: letters only, in capitals."""
    plain = name.replace("’", "'").upper()
    return re.sub(r"[^\w]+", " ", plain).strip()


def parse_sponsors(cells: tuple[str | None, ...], codes: Mapping[str, str]) -> list[str]:
    """Return the sponsors of a text: alpha-3 where a name is known exactly, else the words.

    Args:
        cells: the cells that name them, parted by semicolons (or by the official files' bars).
        codes: folded name -> alpha-3.
    """
    found: list[str] = []
    for cell in cells:
        for name in re.split(r"[;|]", cell or ""):
            words = re.sub(r"\s+", " ", name).strip()
            if not words:
                continue
            state = codes.get(fold_name(_BEHALF.sub("", words)))
            sponsor = state or words.capitalize()
            if sponsor not in found:
                found.append(sponsor)
    return found


def name_codes(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return folded name -> alpha-3 from the facts: present and past names, and official aliases.

    A name that two states bore (Yugoslavia, Congo, China) belongs to the one that bears it today,
    else to the first in the alphabet; where the date decides, use `dated_codes` in the readers.
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
