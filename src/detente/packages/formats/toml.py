"""A sheet as TOML: by itself, or inside a case file."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.errors import SheetError, at
from detente.packages.raw import raw_tables
from detente.packages.reading import KEYS, read_sheet
from detente.packages.schema import Location, Place
from detente.packages.sheet import Party, Sheet
from detente.toml_lines import Lines

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")


def line_places(name: str, lines: Lines | None) -> Place:
    """Return what names a location by the line of its file."""

    def place(where: Location) -> str:
        return at(name, lines.line(where) if lines is not None else None)

    return place


def parties_of(raw: object, place: Place) -> tuple[Party, ...]:
    """Read a list of parties: codes, or tables of ``code``, ``name``, ``name_fr``.

    Raises:
        SheetError: something else, or a party twice.
    """
    parties: list[Party] = []
    for item in raw if isinstance(raw, list) else []:
        fields = {"code": item} if isinstance(item, str) else item
        code = fields.get("code") if isinstance(fields, Mapping) else None
        if not isinstance(code, str) or not code:
            raise SheetError(f"{place(('sheet', 'parties'))}: a party has no code: give it one")
        name = str(fields.get("name") or code)
        parties.append(Party(code, name, str(fields.get("name_fr") or name)))
    codes = [party.code for party in parties]
    for code in codes:
        if codes.count(code) > 1:
            raise SheetError(
                f"{place(('sheet', 'parties'))}: the party “{code}” is named twice: name it once"
            )
    return tuple(parties)


def read_toml(path: Path) -> Sheet:
    """Read a sheet that stands by itself, with its parties under ``[sheet]``.

    Raises:
        SheetError: the first fault, with its line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise SheetError(f"there is no file {path}: check the name") from None
    except UnicodeDecodeError:
        raise SheetError(f"{path.name} is not UTF-8 text: save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SheetError(f"{path.name} is not TOML: {error}: mend the line") from None
    except OSError as error:
        raise SheetError(f"{path} cannot be read: {error.strerror}") from None
    place = line_places(path.name, Lines(text))
    head = data.pop("sheet", None)
    if not isinstance(head, Mapping):
        raise SheetError(
            f"{path.name} has no [sheet]: add it with name and parties, or name a case file"
        )
    unknown = sorted(set(data) - set(KEYS))
    if unknown:
        raise SheetError(
            f"{place((unknown[0],))}: “{unknown[0]}” is not a table of a sheet: remove it, or see "
            "docs/packages-sheet.md"
        )
    return read_sheet(
        data, parties_of(head.get("parties"), place), str(head.get("name") or path.stem), place
    )


def _key(key: str) -> str:
    return key if _BARE.match(key) else json.dumps(key, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) else repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return "[" + ", ".join(_value(item) for item in value) + "]"


def _rows(key: str, rows: list[dict[str, Any]]) -> str:
    parts = []
    for row in rows:
        lines = [f"[[{key}]]"]
        for name, value in row.items():
            if key == "issues" and name == "options":
                lines.append("options = [")
                lines += [f"  {_value(option)}," for option in value]
                lines.append("]")
            else:
                lines.append(f"{_key(name)} = {_value(value)}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def tables_as_toml(sheet: Sheet) -> str:
    """Return the tables of a sheet as TOML, ready to stand in a case file."""
    return "\n".join(_rows(key, rows) for key, rows in raw_tables(sheet).items())


def as_toml(sheet: Sheet) -> str:
    """Return a sheet that stands by itself as TOML."""
    parties = [
        {"code": party.code, "name": party.name_en}
        | ({"name_fr": party.name_fr} if party.name_fr != party.name_en else {})
        for party in sheet.parties
    ]
    listed = "".join(f"  {_value(party)},\n" for party in parties)
    head = f"[sheet]\nname = {_value(sheet.name)}\nparties = [\n{listed}]\n\n"
    return head + tables_as_toml(sheet)
