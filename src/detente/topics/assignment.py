"""The topic of every text in the archive: Assembly roll calls, adoptions, Council resolutions.

A text is read from its own fields first (``reading``); where no phrase names its topic, from its
issue codes. An Assembly text without a title takes the subject of its numbered neighbours of the
same session (``blocks``). Each step says so in ``basis``. Nothing is learnt from dated texts, so an
assignment never rests on a later record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from detente.cache import code, load_arrays, name, save_arrays
from detente.topics.blocks import from_neighbours
from detente.topics.confidence import confidence
from detente.topics.reading import Reading, read, read_issues
from detente.topics.taxonomy import topic

if TYPE_CHECKING:
    from detente.archive import Archive

Text = npt.NDArray[np.str_]

_QUERIES = {
    "rollcalls": "SELECT vote_id, symbol, session, title, subjects, agenda, issues FROM rollcalls",
    "adoptions": "SELECT symbol, symbol, session, title, subjects, agenda, NULL FROM adoptions",
    "sc_rollcalls": "SELECT symbol, NULL, NULL, title, subjects, agenda, NULL FROM sc_rollcalls",
}
TABLES = tuple(_QUERIES)


@dataclass(frozen=True, slots=True, eq=False)
class Assignments:
    """The topics of all texts, one row a text, in order of table and key.

    ``table`` is ``rollcalls``, ``adoptions`` or ``sc_rollcalls``; ``body`` is ``GA`` or ``SC``;
    ``key`` is the vote_id of a roll call and the symbol of another text; ``main`` is the code of
    its topic, empty where unknown; ``others`` holds tuples of further codes; ``basis`` says what
    decided, ``telling`` whether by a phrase that settles the matter rather than a weak one;
    ``confidence`` is the share of such assignments that were right when checked by hand
    (docs/methods/topics.md), 0 where unknown.
    """

    table: Text
    body: Text
    key: Text
    main: Text
    others: npt.NDArray[np.object_]
    basis: Text
    telling: npt.NDArray[np.bool_]
    confidence: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.key)

    def about(self, code: str, main_only: bool = False) -> npt.NDArray[np.bool_]:
        """Return which texts are about a topic, or about any topic of a subject (level 1).

        With ``main_only`` a text counts for its main topic alone.
        """
        topic(code)
        within = code + "/"
        hit: npt.NDArray[np.bool_] = np.char.startswith(self.main, within) | (self.main == code)
        if main_only:
            return hit
        further = [any(c == code or c.startswith(within) for c in row) for row in self.others]
        return np.logical_or(hit, further)

    def of(self, table: str) -> dict[str, str]:
        """Return key -> main topic for one table, without the texts whose topic is unknown."""
        rows = np.flatnonzero((self.table == table) & (self.main != ""))
        return dict(zip(self.key[rows].tolist(), self.main[rows].tolist(), strict=True))


def assign_text(title: str, subjects: Iterable[str] = (), agenda: str | None = None) -> Reading:
    """Return the topic of one text, old or new, from its title, UNBIS headings and agenda item."""
    return read(title, tuple(subjects), agenda)


@lru_cache(maxsize=65536)
def _one(
    title: str | None,
    subjects: tuple[str, ...],
    agenda: str | None,
    issues: tuple[str, ...],
    council: bool,
) -> Reading:
    found = read(title, subjects, agenda, council)
    return found if found.main else read_issues(issues)


_kept: dict[str, Assignments] = {}


def assign(archive: Archive) -> Assignments:
    """Return the topics of every text that the archive lets through; kept by its fingerprint."""
    kept = _kept.get(archive.fingerprint)
    if kept is None:
        named = name(code(Path(__file__).parent), archive.fingerprint)
        if (arrays := load_arrays("topics", named)) is not None:
            kept = _from_arrays(arrays)
        else:
            kept = _assign(archive)
            save_arrays("topics", named, _to_arrays(kept))
        _kept.clear()
        _kept[archive.fingerprint] = kept
    return kept


def _to_arrays(found: Assignments) -> dict[str, npt.NDArray[Any]]:
    """Return the columns as plain arrays; the further topics of a text in one string."""
    others = np.array([" ".join(codes) for codes in found.others], dtype=np.str_)
    return {name: getattr(found, name) for name in found.__slots__} | {"others": others}


def _from_arrays(arrays: dict[str, npt.NDArray[Any]]) -> Assignments:
    others = np.empty(len(arrays["others"]), dtype=object)
    others[:] = [tuple(codes.split()) for codes in arrays["others"].tolist()]
    return Assignments(**{**arrays, "others": others})


def _assign(archive: Archive) -> Assignments:
    rows: list[tuple[str, Any, Any, Any]] = []
    readings: list[Reading] = []
    for table, query in _QUERIES.items():
        for key, symbol, session, title, subjects, agenda, issues in archive.sql(
            f"{query} ORDER BY 1"
        ):
            rows.append((table, key, symbol, session))
            readings.append(
                _one(
                    title,
                    tuple(subjects or ()),
                    agenda,
                    tuple(issues or ()),
                    table == "sc_rollcalls",
                )
            )
    readings = from_neighbours([(symbol, session) for _, _, symbol, session in rows], readings)
    others = np.empty(len(rows), dtype=object)
    others[:] = [reading.others for reading in readings]
    tables = [row[0] for row in rows]
    return Assignments(
        table=np.array(tables, dtype=np.str_),
        body=np.array(["SC" if name == "sc_rollcalls" else "GA" for name in tables], dtype=np.str_),
        key=np.array([row[1] for row in rows], dtype=np.str_),
        main=np.array([reading.main or "" for reading in readings], dtype=np.str_),
        others=others,
        basis=np.array([reading.basis for reading in readings], dtype=np.str_),
        telling=np.array([reading.tier > 0 for reading in readings], dtype=np.bool_),
        confidence=np.array([confidence(reading) for reading in readings], dtype=np.float64),
    )
