"""Where in a TOML file a value stands, so that an error can name the line.

The standard reader keeps no positions. This one walks the lines once and remembers where each
table, key and list item begins; it needs no full grammar, because the file has already been read
by `tomllib` when it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w.\-\"']+)\s*=")

Location = tuple[str | int, ...]


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


class Lines:
    """Line numbers of a TOML text by location, e.g. ``("case", "parties", 2)``."""

    def __init__(self, text: str) -> None:
        self._text = text.splitlines()
        self._at: dict[Location, int] = {}
        self._counts: dict[Location, int] = {}
        table: Location = ()
        for number, line in enumerate(self._text, 1):
            if header := _HEADER.match(line):
                table = self._open(_parts(header[2]), header[1] == "[[")
                for depth in range(1, len(table) + 1):
                    self._at.setdefault(table[:depth], number)
            elif key := _KEY.match(line):
                where = (*table, *_parts(key[1]))
                for depth in range(len(table) + 1, len(where) + 1):
                    self._at.setdefault(where[:depth], number)

    def _open(self, names: Sequence[str], repeated: bool) -> Location:
        """Return the location of a table header, counting the repeats of ``[[name]]``."""
        where: Location = ()
        for depth, name in enumerate(names):
            where = (*where, name)
            last = depth == len(names) - 1
            if last and repeated:
                index = self._counts.get(where, -1) + 1
                self._counts[where] = index
                where = (*where, index)
            elif where in self._counts:
                where = (*where, self._counts[where])
        return where

    def line(self, where: Location, value: object = None) -> int | None:
        """Return the line of a location, or of the nearest thing that holds it.

        A list item that stands on a line of its own is found by its value.
        """
        for depth in range(len(where), 0, -1):
            number = self._at.get(where[:depth])
            if not number:
                continue
            if depth < len(where) and isinstance(value, str | int):
                quoted = re.compile(rf"[\"']{re.escape(str(value))}[\"']")
                for later in range(number - 1, len(self._text)):
                    if later >= number and _KEY.match(self._text[later]):
                        break
                    if quoted.search(self._text[later].split("#")[0]):
                        return later + 1
            return number
        return None
