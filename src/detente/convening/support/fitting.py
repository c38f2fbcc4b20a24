"""The two models of support, fitted on past decisions to convene.

One says whether a state takes part in the roll call, the other how it answers if it does; both are
ordered mixed models (`mixed_arrays`) on what is known on the eve (`features`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from detente.archive import Archive
from detente.cache import code, kept, name
from detente.convening.support.features import GROUPS, KINDS, build_frame
from detente.convening.support.mixed_arrays import Floats, Mixed, fit_mixed
from detente.convening.support.record import (
    ABSENT,
    NO,
    NOT_LISTED,
    YES,
    Decision,
    decisions,
    read_answers,
)
from detente.errors import NotFound
from detente.parties import members
from detente.positions import fit_positions
from detente.topics import topic

AGE_HALF_LIFE = 10.0  # years, of a decision's weight in the fit
PENALTY = 1.0
FEWEST = 6
"""Decisions to convene without which nothing is fitted."""

PRESENCE_FACTORS = np.arange(2 + len(GROUPS))
"""Factors of taking part: all of them but the bodies."""

_HERE = Path(__file__).parent
_SOURCE = _HERE.parents[1]
_HELD = 3.0  # standard deviations that a feature may lie from the mean


@dataclass(frozen=True, eq=False)
class Fitted:
    """The two models and what they are asked about.

    Attributes:
        states: (S,) member states on the day, sorted.
        decisions: the past decisions used, by day.
        answer, presence: the models.
        answer_x, presence_x: (S, P) and (S, Q) standardised features of the question.
        factors: (S, K).
    """

    states: tuple[str, ...]
    decisions: tuple[Decision, ...]
    answer: Mixed
    presence: Mixed
    answer_x: Floats
    presence_x: Floats
    factors: Floats


def fit_support(archive: Archive, day: date, item: str | None = None) -> Fitted:
    """Fit the models on the decisions to convene of the archive, for a question of a day.

    What was fitted is kept in the user's cache folder.

    Args:
        archive: as of the day.
        day: whose members are asked.
        item: code of a topic or subject, or None.

    Raises:
        NotFound: too few decisions to convene lie before the day, or there is no such topic.
    """
    if item is not None:
        topic(item)
    made_by = [code(folder) for folder in (_HERE, _SOURCE / "positions", _SOURCE / "topics")]
    listed = (_HERE / "decisions.csv").read_text(encoding="utf-8")
    named = name(*made_by, listed, archive.fingerprint, day.isoformat(), item or "")
    return kept("support", named, lambda: _fresh(archive, day, item))


def _fresh(archive: Archive, day: date, item: str | None) -> Fitted:
    rows = decisions(archive)
    if len(rows) < FEWEST:
        raise NotFound(
            f"the record has only {len(rows)} votes to convene a meeting before {day}, too few to "
            "say who would support one: choose a later as-of date"
        )
    session = archive.sql("select max(session_number) from rollcalls")[0][0]
    with threadpool_limits(1):
        return _fit(archive, rows, day, int(session) + 1, item)


def _fit(
    archive: Archive, rows: tuple[Decision, ...], day: date, session: int, item: str | None
) -> Fitted:
    answers = read_answers(archive, rows)
    frame = build_frame(archive, answers, fit_positions(archive), rows, (day, session, item))
    column = {name: i for i, name in enumerate(answers.votes.vote_id.tolist())}
    did = answers.did[:, [column[row.vote_id] for row in rows]].T
    age = np.array([(day - row.day).days / 365.25 for row in rows])
    weights = 0.5 ** (np.maximum(age, 0.0) / AGE_HALF_LIFE)
    voted, listed = (did >= YES) & (did <= NO), did != NOT_LISTED
    past = len(rows)
    answer_x = standardised(frame.answer, voted)
    presence_x = standardised(frame.presence, listed)
    answer = fit_mixed(
        np.where(voted, NO - did, -1).astype(np.int8),
        answer_x[:past],
        frame.factors[:past],
        KINDS,
        weights,
        classes=3,
        penalty=PENALTY,
    )
    presence = fit_mixed(
        np.where(listed, did != ABSENT, -1).astype(np.int8),
        presence_x[:past],
        frame.factors[:past][..., PRESENCE_FACTORS],
        KINDS[PRESENCE_FACTORS],
        weights,
        classes=2,
        penalty=PENALTY,
    )
    states = members(archive, "UN", day)
    place = {code: i for i, code in enumerate(frame.iso3.tolist())}
    at = [place[code] for code in states]
    return Fitted(
        states,
        rows,
        answer,
        presence,
        answer_x[-1, at],
        presence_x[-1, at],
        frame.factors[-1, at],
    )


def standardised(x: Floats, seen: NDArray[np.bool_]) -> Floats:
    """Return features with mean 0 and deviation 1 over the cells of past rows that count.

    Args:
        x: (J or J + 1, S, P); rows past J are the question.
        seen: (J, S).
    """
    cells = x[: len(seen)][seen]
    return np.asarray(np.clip((x - cells.mean(0)) / (cells.std(0) + 1e-6), -_HELD, _HELD))
