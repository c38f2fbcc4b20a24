"""Why a forecast says what it says: precedents, the hard party, the wording, and what moved it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log

import numpy as np
from numpy.typing import NDArray

from detente.forecast.asking import Answer
from detente.forecast.features import feature_names, nearest_order
from detente.forecast.reading import words_of
from detente.forecast.record import ABSTAIN, NO, YES, Record

PRECEDENT = 0.5  # of likeness: below it a text has no precedent
_RELATED = 0.3
_SHOWN = 6
_VERSIONS = 40
_STEADY, _A_VOTE = 3.0, 12.0  # votes' worth of a forecast without precedent, and of a near vote


@dataclass(frozen=True)
class Precedent:
    """An earlier text like the one asked about, and how each party voted.

    ``votes`` holds counts of yes, abstain, no and members without a vote for each party.
    """

    symbol: str
    vote_id: str
    day: date
    title: str
    likeness: float
    votes: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True)
class Hard:
    """The party most likely to object.

    Attributes:
        place: among the parties.
        since: day of the first of its unbroken objections to such texts, None where its last vote
            on one was no objection.
        accepted_words, refused_words: what marks the versions that it did not, and did, oppose.
    """

    place: int
    since: date | None
    accepted_words: tuple[str, ...]
    refused_words: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What moved a state's chance of a no, in the order in which it is weighed.

    Shares from 0 to 1; ``lately`` is by how much it has voted no more often than precedents said
    within about a year.
    """

    usual: float
    precedents: float
    alike: float
    lately: float
    together: float


def interval(chance: float, precedents: float) -> tuple[float, float]:
    """Return a 90 % interval for a chance that rests on so many near votes of the state.

    A beta posterior from a flat prior: the chance counts as three votes, and each near vote it
    rests on as twelve more, so that the interval is wide where there is no precedent.
    """
    trust = _STEADY + _A_VOTE * precedents
    # Imported here: half a second that commands without a forecast need not wait.
    from scipy.special import betaincinv

    ends = (betaincinv(1 + chance * trust, 1 + (1 - chance) * trust, q) for q in (0.05, 0.95))
    low, high = (float(end) for end in ends)
    return min(low, chance), max(high, chance)


def near_votes(answer: Answer, text: int, columns: NDArray[np.int64]) -> float:
    """Return the mean weight of near precedents on which some states voted."""
    mass = answer.day.values[text, columns, feature_names().index("near mass")]
    return float(np.mean(np.exp(mass))) if len(columns) else 0.0


def nearest(
    record: Record,
    answer: Answer,
    text: int,
    day: date,
    parties: Sequence[NDArray[np.int64]],
    count: int = _SHOWN,
) -> list[Precedent]:
    """Return the nearest earlier texts, the newest of each wording first."""
    start, stop = answer.day.earlier
    alike = answer.day.likeness.title[text : text + 1]
    days = (np.datetime64(day, "D") - record.day[start:stop]).astype(np.int64) / 365.25
    order = nearest_order(alike, days, min(count * 8, stop - start))[0]
    found: list[Precedent] = []
    wordings: set[str] = set()
    for row in order:
        title = str(record.title[start + row])
        if title in wordings or len(found) == count:
            continue
        wordings.add(title)
        found.append(
            Precedent(
                str(record.symbol[start + row]),
                str(record.vote_id[start + row]),
                date.fromisoformat(str(record.day[start + row])),
                title,
                round(float(alike[0, row]), 3),
                tuple(_counts(record.votes[start + row][columns]) for columns in parties),
            )
        )
    return found


def _counts(votes: NDArray[np.int8]) -> tuple[int, int, int, int]:
    yes, abstain, no, silent = (int((votes == one).sum()) for one in (YES, ABSTAIN, NO, -1))
    return yes, abstain, no, silent


def hard_party(
    record: Record,
    answer: Answer,
    text: int,
    objects: NDArray[np.float64],
    parties: Sequence[NDArray[np.int64]],
) -> Hard:
    """Return the party most likely to object, since when, and which wording it accepted."""
    place = int(np.argmax(objects))
    start, stop = answer.day.earlier
    alike = answer.day.likeness.title[text]
    votes = record.votes[start:stop][:, parties[place]]
    voted = (votes >= 0).any(1)
    refused = (votes == NO).any(1)
    rows = np.flatnonzero(voted & (alike >= _RELATED))
    rows = np.sort(rows[np.argsort(-alike[rows], kind="stable")[:_VERSIONS]])
    since = None
    for row in rows[alike[rows] >= PRECEDENT][::-1]:
        if not refused[row]:
            break
        since = date.fromisoformat(str(record.day[start + row]))
    titles = [words_of(str(record.title[start + row])) for row in rows]
    kept = [words for words, row in zip(titles, rows, strict=True) if not refused[row]]
    against = [words for words, row in zip(titles, rows, strict=True) if refused[row]]
    return Hard(place, since, _marking(kept, against), _marking(against, kept))


def _marking(these: list[list[str]], those: list[list[str]], count: int = 5) -> tuple[str, ...]:
    """Return the words that mark these titles from those, by log odds with one title's pull."""
    if not these or not those:
        return ()
    ours = Counter(word for words in these for word in set(words))
    theirs = Counter(word for words in those for word in set(words))
    odds = {
        word: log((n + 1) / (len(these) + 2)) - log((theirs[word] + 1) / (len(those) + 2))
        for word, n in ours.items()
        if n > 1 or len(these) == 1
    }
    best = sorted(odds, key=lambda word: (-odds[word], word))
    return tuple(word for word in best if odds[word] > 0.7)[:count]


def evidence(answer: Answer, text: int, columns: NDArray[np.int64]) -> Evidence:
    """Return what moved the chance of a no, a mean over a party's members."""
    names = feature_names()
    values = answer.day.values[text][columns]

    def mean(name: str) -> float:
        return float(np.mean(values[:, names.index(name)]))

    return Evidence(
        usual=mean("rate long no"),
        precedents=mean("near no"),
        alike=mean("near peers no"),
        lately=mean("surprise year no"),
        together=float(np.mean(answer.chances[text, columns, NO])),
    )
