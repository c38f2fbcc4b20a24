"""What is known of every state on the eve of each decision to convene, and of the question asked.

All of it comes from roll calls of earlier days than the decision. The question is the last row: its
day is the day after the as-of date, so the whole archive counts as earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.convening.support.features_arrays import (
    CONVENING_HALF_LIFE,
    HALF_LIFE,
    LEVEL_HALF_LIFE,
    TOPIC_HALF_LIFE,
    Flags,
    Floats,
    decay,
    log_odds,
    pooled,
)
from detente.convening.support.record import ABSENT, NO, YES, Answers, Decision
from detente.positions import Positions
from detente.topics import assign

GROUPS = ("AFRICA", "ASIA-PACIFIC", "EASTERN-EUROPE", "GRULAC", "WEOG")
BODIES = ("EU", "OSCE", "CICA", "SCO", "ASEM", "G20")
"""Bodies whose common membership ties states; those that the archive does not hold have no members
and move nobody."""

ANSWER_FEATURES = (
    "usual answer",
    "answer on the topic",
    "answer to decisions to convene",
    "all states' answer to decisions to convene",
    "ideal point",
    "answer to decisions to convene on the topic",
    "all states' answer to decisions to convene on the topic",
)
PRESENCE_FEATURES = ("usual presence", "presence of late", "all states' presence")
FACTORS = ("all", "ideal point", *GROUPS, *BODIES)
KINDS = np.array([0, 1, *([2] * len(GROUPS)), *([3] * len(BODIES))], np.int64)
"""Class of each factor: factors of one class share a variance."""

_LATE = 0.25  # years
_FARTHEST = 2.5  # standard deviations: the United States and Israel stand farther out
_PRIOR_VOTES = 5.0
_PRIOR_LEVEL = 60.0  # votes: a third of a roll call
_PRIOR_TOPIC = 8.0


@dataclass(frozen=True, eq=False)
class Frame:
    """Features and factors of J rows (decisions, then perhaps the question) by S states.

    Attributes:
        iso3: (S,) the states.
        answer: (J, S, P) features of the answer, in the order of ANSWER_FEATURES.
        presence: (J, S, Q) features of taking part, in the order of PRESENCE_FEATURES.
        factors: (J, S, K) in the order of FACTORS.
    """

    iso3: NDArray[np.str_]
    answer: Floats
    presence: Floats
    factors: Floats


def build_frame(
    archive: Archive,
    answers: Answers,
    positions: Positions,
    rows: Sequence[Decision],
    asked: tuple[date, int, str | None] | None,
) -> Frame:
    """Return the frame of past decisions and, last, of the question.

    Args:
        archive: as of the day.
        answers: what every state did in its roll calls.
        positions: ideal points as of the same day.
        rows: the past decisions.
        asked: day, regular session and topic of the question (None for no topic).
    """
    votes = answers.votes
    column = {name: i for i, name in enumerate(votes.vote_id.tolist())}
    at = [column[row.vote_id] for row in rows]
    days = votes.date.astype(np.int64)
    day, session = days[at], votes.session_number[at]
    topics = assign(archive).of("rollcalls")
    of_call = np.array([topics.get(name, "") for name in votes.vote_id.tolist()])
    topic = of_call[at]
    if asked is not None:
        day = np.append(day, np.datetime64(asked[0], "D").astype(np.int64) + 1)
        session = np.append(session, asked[1])
        topic = np.append(topic, asked[2] or "")
    did = answers.did
    yes, voted = did == YES, (did >= YES) & (did <= NO)
    listed = (did >= YES) & (did <= ABSENT)
    wide = decay(days, day, HALF_LIFE)
    on_topic = _about(of_call, topic) * decay(days, day, TOPIC_HALF_LIFE)

    usual = pooled(yes, voted, wide, _level(yes, voted, wide, 5.0), _PRIOR_VOTES)
    meant = np.isin(np.arange(len(days)), at)[:, None]
    level = _level(yes, voted, meant * decay(days, day, LEVEL_HALF_LIFE), 5.0)
    own = pooled(yes, voted, meant * decay(days, day, CONVENING_HALF_LIFE), level, 3.0)
    like = meant * _about(of_call, topic) * decay(days, day, CONVENING_HALF_LIFE)
    level_like = _level(yes, voted, like, _PRIOR_LEVEL, level)
    ideal = np.clip(_ideal(positions, votes.iso3, session), -_FARTHEST, _FARTHEST)
    answer = np.stack(
        [
            log_odds(usual),
            log_odds(pooled(yes, voted, on_topic, usual, _PRIOR_TOPIC)),
            log_odds(own),
            np.broadcast_to(log_odds(level), usual.shape),
            ideal,
            log_odds(pooled(yes, voted, like, own, 1.0)),
            np.broadcast_to(log_odds(level_like), usual.shape),
        ],
        axis=-1,
    )
    attends = _level(voted, listed, wide, 5.0)
    presence = np.stack(
        [
            log_odds(pooled(voted, listed, wide, attends, _PRIOR_VOTES)),
            log_odds(pooled(voted, listed, decay(days, day, _LATE), attends, _PRIOR_VOTES)),
            np.broadcast_to(log_odds(attends), usual.shape),
        ],
        axis=-1,
    )
    factors = np.concatenate(
        [
            np.stack([np.ones_like(ideal), ideal], axis=-1),
            _belongs(archive, votes.iso3, day).astype(np.float64),
        ],
        axis=-1,
    )
    return Frame(votes.iso3, *(np.swapaxes(part, 0, 1) for part in (answer, presence, factors)))


def _about(of_call: NDArray[np.str_], topic: NDArray[np.str_]) -> Floats:
    """Return (R, J) 1 where a roll call is of the same topic or subject as a row."""
    known = np.unique(of_call)
    out = np.zeros((len(of_call), len(topic)))
    for j, code in enumerate(topic.tolist()):
        if code:
            same = [c for c in known.tolist() if c == code or c.startswith(code + "/")]
            out[:, j] = np.isin(of_call, same)
    return out


def _level(
    hits: Flags, counted: Flags, weights: Floats, worth: float, prior: Floats | float = 0.8
) -> Floats:
    """Return (1, J) the share of all states together, pooled with a prior worth so many votes."""
    w = weights.astype(np.float32)
    top = hits.sum(0, dtype=np.float32) @ w
    below = counted.sum(0, dtype=np.float32) @ w
    return np.asarray((top + worth * prior) / (below + worth), np.float64).reshape(1, -1)


def _ideal(positions: Positions, iso3: NDArray[np.str_], session: NDArray[np.int64]) -> Floats:
    """Return (S, J) the ideal point of the latest session before each row's own; 0 where none."""
    out = np.zeros((len(iso3), len(session)))
    for s, code in enumerate(iso3.tolist()):
        rows = positions.of(code)
        if len(rows) == 0:
            continue
        last = np.searchsorted(positions.session[rows], session, side="left") - 1
        out[s] = np.where(last >= 0, positions.position[rows[np.maximum(last, 0)]], 0.0)
    return out


def _belongs(archive: Archive, iso3: NDArray[np.str_], day: NDArray[np.int64]) -> Flags:
    """Return (S, J, groups and bodies) whether a state was in each on each row's day."""
    names = [*GROUPS, *BODIES]
    place = {code: i for i, code in enumerate(iso3.tolist())}
    out = np.zeros((len(iso3), len(day), len(names)), bool)
    for code, body, first, last in archive.sql(
        "select iso3, body, first_day, last_day from memberships order by body, iso3, first_day"
    ):
        if body in names and code in place:
            start = np.datetime64(first, "D").astype(np.int64)
            end = np.iinfo(np.int64).max if last is None else np.datetime64(last, "D").astype(int)
            out[place[code], :, names.index(body)] |= (day >= start) & (day <= end)
    return out
