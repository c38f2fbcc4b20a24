"""The voting record as a forecast reads it: texts in order of date, and every state's vote on each.

Only whole texts adopted by a recorded vote are precedents: what a paragraph vote or an amendment
asked is not in its title. A record is cut by day (:meth:`Record.before`), so that a backtest can
walk through it; an as-of date of the archive cuts it for good.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.archive.queries import vote_matrix

# Columns of every probability array of this package, from the least to the most favourable.
NO, ABSTAIN, YES = 0, 1, 2
ANSWERS = ("no", "abstain", "yes")
WHOLE_TEXTS = "kind = 'resolution'"

_ENDING = re.compile(
    r"\s*:?\s*(?:revised\s+)?(?:draft\s+)?(?:resolution|decision)s?\s*/\s*(?:adopted|as adopted)?"
    r".*$",
    re.IGNORECASE | re.DOTALL,
)


def clean_title(title: str | None) -> str:
    """Return a title without the catalogue's ending “: resolution / adopted by …”."""
    return re.sub(r"\s+", " ", _ENDING.sub("", title or "")).strip()


@dataclass(frozen=True, eq=False)
class Record:
    """Texts in order of day and identifier, and how each state voted on them.

    Attributes:
        iso3: (n_states,) alpha-3 codes.
        vote_id, symbol, title: (n_texts,) of each text; titles are cleaned.
        headings: (n_texts,) UNBIS subjects and agenda item joined, empty where unknown.
        day: (n_texts,) datetime64[D], never falling.
        session: (n_texts,) number of the regular session.
        votes: (n_texts, n_states) int8: 0 no, 1 abstain, 2 yes, -1 no vote.
        sponsors: (n_texts, n_states) whether a state sponsored a text; a row without any is a text
            whose sponsors are not on record (all before October 2019).
    """

    iso3: NDArray[np.str_]
    vote_id: NDArray[np.str_]
    symbol: NDArray[np.str_]
    title: NDArray[np.object_]
    headings: NDArray[np.object_]
    day: NDArray[np.datetime64]
    session: NDArray[np.int64]
    votes: NDArray[np.int8]
    sponsors: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.vote_id)

    def before(self, day: date) -> Record:
        """Return the record of the days before one day."""
        end = int(np.searchsorted(self.day, np.datetime64(day, "D")))
        return self if end == len(self) else self.between(0, end)

    def between(self, start: int, stop: int) -> Record:
        """Return the texts of some rows."""
        rows = slice(start, stop)
        return replace(
            self,
            vote_id=self.vote_id[rows],
            symbol=self.symbol[rows],
            title=self.title[rows],
            headings=self.headings[rows],
            day=self.day[rows],
            session=self.session[rows],
            votes=self.votes[rows],
            sponsors=self.sponsors[rows],
        )

    @cached_property
    def one_hot(self) -> NDArray[np.float32]:
        """(n_texts, n_states, 3): 1 at the vote cast, zeros where none was."""
        return np.stack([self.votes == answer for answer in (NO, ABSTAIN, YES)], -1).astype(
            np.float32
        )

    @cached_property
    def digest(self) -> str:
        """A hash of everything in the record, so that what was fitted on it can be kept by it."""
        found = hashlib.sha256()
        for words in (self.iso3, self.vote_id, self.title, self.headings):
            found.update("\x1f".join(str(item) for item in words).encode())
            found.update(b"\x1e")
        for numbers in (self.day.astype(np.int64).tobytes(), self.session.tobytes()):
            found.update(numbers)
        found.update(np.ascontiguousarray(self.votes).tobytes())
        found.update(np.packbits(self.sponsors).tobytes())
        return found.hexdigest()

    def columns(self, codes: tuple[str, ...]) -> NDArray[np.int64]:
        """Return where states stand among the columns; those it does not know are left out."""
        place = {code: i for i, code in enumerate(self.iso3.tolist())}
        return np.array([place[code] for code in codes if code in place], np.int64)


def joined_headings(subjects: Any, agenda: str | None) -> str:
    """Return UNBIS subjects (each made one word) and an agenda item's name as one line."""
    marks = [re.sub(r"\W+", "_", str(subject).strip().lower()) for subject in subjects or ()]
    item = re.sub(r"^A/\S+\s+\S+", "", agenda or "")
    return " ".join([*(mark for mark in marks if mark), item.strip()]).strip()


def read_record(archive: Archive) -> Record:
    """Return the whole record that an archive lets through."""
    matrix = vote_matrix(archive, WHOLE_TEXTS)
    rows = {
        str(vote_id): (symbol, title, joined_headings(subjects, agenda), sponsors)
        for vote_id, symbol, title, subjects, agenda, sponsors in archive.sql(
            "select vote_id, symbol, title, subjects, agenda, sponsors from rollcalls "
            f"where {WHOLE_TEXTS}"
        )
    }
    texts = [rows[str(vote_id)] for vote_id in matrix.vote_id]
    title = np.empty(len(texts), object)
    title[:] = [clean_title(text[1]) for text in texts]
    headings = np.empty(len(texts), object)
    headings[:] = [text[2] for text in texts]
    iso3 = matrix.iso3.astype(str)
    sponsors = np.zeros((len(texts), len(iso3)), bool)
    for row, text in enumerate(texts):
        sponsors[row] = np.isin(iso3, text[3] or ())
    # The archive counts 1 yes, 2 abstain, 3 no, 0 missing.
    answer = np.array([-1, YES, ABSTAIN, NO], np.int8)
    return Record(
        iso3=iso3,
        vote_id=matrix.vote_id.astype(str),
        symbol=np.array([str(text[0] or "") for text in texts]),
        title=title,
        headings=headings,
        day=matrix.date.astype("datetime64[D]"),
        session=matrix.session_number.astype(np.int64),
        votes=np.ascontiguousarray(answer[matrix.matrix].T),
        sponsors=sponsors,
    )
