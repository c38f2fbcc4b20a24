"""Whether each party would accept a forum: a beta posterior with a wide interval, and its reasons.

Few summits are on record and refusals hardly are, so this is a judgement in numbers and calibrated
on nothing: a flat prior, successes for meetings to which the party came together with others of the
table, failures for proposals to it that were never taken up and for the distance to its farthest
counterpart; nearness to the host counts for it above the middle and against it below. That is the
chance at the level of leaders; `levels_arrays` says how much more readily a lower level comes.
Every count is shown as a reason with its records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from detente.archive import Archive
from detente.case import Case
from detente.convening.support.levels_arrays import shifted
from detente.convening.support.meetings import COLUMNS, Meeting, meetings, names
from detente.denominators.beta_arrays import quantile
from detente.errors import CaseError
from detente.forecast.joint_arrays import AMONG_PARTIES, none_of
from detente.parties import Party, members
from detente.positions import Positions, fit_positions

HALF_LIFE = 10.0
"""Years in which a meeting's weight halves."""
LEVELS = {"leaders": 1.0, "ministers": 0.6}
"""Weight of a meeting by level; 0.3 below ministers."""
MOST_MET = 4.0
"""Successes from meetings count at most so much, for those who were not asked left no record."""
FAR = 3.0
"""Failures that the greatest distance in votes of all pairs counts for."""
BACKED = 1.0
"""Successes that full agreement with the host counts for, and failures that none counts for."""

_DRAWS = 400

Pairs = Mapping[tuple[str, str], float]
"""Pair of parties' codes -> how far apart they stand, as a share of all pairs, from 0 to 1."""


@dataclass(frozen=True)
class Reason:
    """One thing that counts for or against a party's acceptance.

    Attributes:
        kind: ``met``, ``refused``, ``distance`` (in votes), ``host`` and ``far host`` (near to it
            or far from it in votes), ``consensus``, ``no record``, ``reported``.
        counts: how much it adds to the successes, negative for the failures.
        values: what its sentence names.
        records: ids of summits, the weightiest first.
        confidence: ``SOURCE`` or ``MEMORY`` of the weakest record shown.
    """

    kind: str
    counts: float
    values: Mapping[str, Any]
    records: tuple[str, ...] = ()
    confidence: str = "SOURCE"


@dataclass(frozen=True)
class Acceptance:
    """The probability that a party accepts a forum, uncalibrated.

    Attributes:
        party: its code.
        p: mean of the posterior, or what was reported.
        low, high: 90% interval.
        reasons: what it rests on.
        successes, failures: of the beta posterior of leaders; None where p was reported.
        easier: values of equal weight by which the level moves the log odds, all 0 for leaders.
    """

    party: str
    p: float
    low: float
    high: float
    reasons: tuple[Reason, ...]
    successes: float | None = None
    failures: float | None = None
    easier: tuple[float, ...] = (0.0,)


@dataclass(frozen=True)
class AllAccept:
    """The probability that all parties accept, with its 90% interval; uncalibrated."""

    p: float
    low: float
    high: float


def acceptance(
    archive: Archive,
    case: Case,
    day: date,
    overrides: Mapping[str, float] | None = None,
) -> tuple[Acceptance, ...]:
    """Return how likely each party is to accept the host's forum of leaders, in the case's order.

    `at_level` gives the same for ministers and experts.

    Args:
        archive: as of the day.
        case: host and parties.
        day: the day.
        overrides: party's code -> probability that an ambassador reported.

    Raises:
        CaseError: an override of no party of the case, or that is not a probability.
    """
    given = dict(overrides or {})
    for code, chance in sorted(given.items()):
        if code not in case.codes:
            raise CaseError(
                f"{code} is not a party of the case, so nothing can be reported of its acceptance: "
                f"use one of {', '.join(case.codes)}"
            )
        if not 0.0 <= chance <= 1.0:
            raise CaseError(
                f"the acceptance reported for {code} is {chance}: give a probability from 0 to 1"
            )
    positions = fit_positions(archive)
    pairs = apart(archive, positions, case, day)
    known = meetings(archive, day)
    found = []
    for party in case.parties:
        if party.code in given:
            said = given[party.code]
            reason = Reason("reported", 0.0, {"chance": said})
            found.append(Acceptance(party.code, said, said, said, (reason,)))
            continue
        reasons = _reasons(archive, case, party, day, positions, pairs, known)
        a = 1.0 + sum(r.counts for r in reasons if r.counts > 0)
        b = 1.0 - sum(r.counts for r in reasons if r.counts < 0)
        low, high = (float(quantile(q, np.array([a]), np.array([b]))[0]) for q in (0.05, 0.95))
        found.append(
            Acceptance(
                party.code,
                round(a / (a + b), 4),
                round(low, 4),
                round(high, 4),
                tuple(reasons),
                round(a, 4),
                round(b, 4),
            )
        )
    return tuple(found)


def all_accept(found: tuple[Acceptance, ...]) -> AllAccept:
    """Return the probability that every party accepts.

    Refusals are linked as objections are in votes (`detente.forecast.joint_arrays`). The interval
    is over the parties' own uncertainty, drawn independently, and over what the level changes for
    all of them.
    """
    rng = np.random.default_rng(20181120)
    chances = np.stack(
        [
            np.full(_DRAWS, one.p)
            if one.successes is None or one.failures is None
            else rng.beta(one.successes, one.failures, _DRAWS)
            for one in found
        ],
        axis=1,
    )
    eased = max((one.easier for one in found), key=len)
    which = rng.integers(0, len(eased), _DRAWS)
    for i, one in enumerate(found):
        if len(one.easier) == len(eased):
            moved = shifted(chances[:, i], np.array(eased))
            chances[:, i] = moved[np.arange(_DRAWS), which]
    joint = none_of(1.0 - chances, AMONG_PARTIES)
    for i in range(len(found)):  # a certain refusal is certain
        joint[chances[:, i] <= 0.0] = 0.0
    low, high = np.quantile(joint, [0.05, 0.95])
    return AllAccept(round(float(joint.mean()), 4), round(float(low), 4), round(float(high), 4))


def _weight(meeting: Meeting, day: date) -> float:
    level = next((w for word, w in LEVELS.items() if word in meeting.level), 0.3)
    return float(level * 0.5 ** ((day - meeting.day).days / 365.25 / HALF_LIFE))


def _reasons(
    archive: Archive,
    case: Case,
    party: Party,
    day: date,
    positions: Positions,
    pairs: Pairs,
    known: list[Meeting],
) -> list[Reason]:
    others = [code for code in case.codes if code != party.code]
    reasons = []
    met, refused = [], []
    for one in known:
        present = [code for code in others if one.seats.get(code)]
        if one.held and one.seats.get(party.code) and present:
            met.append((_weight(one, day) * len(present) / len(others), one))
        elif not one.held and names(one, party.code):
            refused.append((_weight(one, day), one))
    if met:
        met.sort(key=lambda pair: (-pair[0], pair[1].id))
        total = min(sum(w for w, _ in met), MOST_MET)
        shown = [one for _, one in met[:3]]
        reasons.append(
            Reason(
                "met",
                round(total, 3),
                {
                    "number": len(met),
                    "agreed": sum(one.agreed for _, one in met),
                    "names": tuple(one.name for one in shown),
                },
                tuple(one.id for one in shown),
                _weakest(shown),
            )
        )
    elif party.code not in COLUMNS:
        reasons.append(Reason("no record", 0.0, {}))
    for weight, one in refused:
        reasons.append(
            Reason("refused", -round(weight, 3), {"name": one.name}, (one.id,), one.confidence)
        )
    worst = max(
        ((share, code) for code in others if (share := _pair(pairs, party.code, code)) is not None),
        default=None,
    )
    if worst is not None:
        reasons.append(
            Reason(
                "distance",
                -round(FAR * worst[0], 3),
                {"party": worst[1], "share": round(worst[0], 3)},
            )
        )
    near = _apart(positions, party.members(archive, day), (case.host.iso3,))
    if near is not None:
        share = round(1.0 - _share(positions, members(archive, "UN", day), near), 4)
        counts = round(BACKED * (2.0 * share - 1.0), 3)
        near_it = counts >= 0
        values = {"host": case.host.iso3, "share": share if near_it else round(1.0 - share, 4)}
        reasons.append(Reason("host" if near_it else "far host", counts, values))
    if party.kind == "bloc":
        reasons.append(
            Reason("consensus", 0.0, {"members": len(party.members(archive, day))}, (), "SOURCE")
        )
    return reasons


def _weakest(shown: list[Meeting]) -> str:
    return "MEMORY" if any(one.confidence == "MEMORY" for one in shown) else "SOURCE"


def _pair(pairs: Pairs, a: str, b: str) -> float | None:
    return pairs.get((a, b), pairs.get((b, a)))


def apart(
    archive: Archive, positions: Positions, case: Case, day: date
) -> dict[tuple[str, str], float]:
    """Return how far apart each pair of parties stands, as a share of all pairs of members."""
    everybody = members(archive, "UN", day)
    found = {}
    for i, a in enumerate(case.parties):
        for b in case.parties[i + 1 :]:
            gap = _apart(positions, a.members(archive, day), b.members(archive, day))
            if gap is not None:
                found[a.code, b.code] = _share(positions, everybody, gap)
    return found


def _last(positions: Positions, codes: tuple[str, ...]) -> list[float]:
    newest = int(positions.session.max()) - 1
    places = []
    for code in codes:
        rows = positions.of(code)
        if len(rows) and positions.session[rows[-1]] >= newest:
            places.append(float(positions.position[rows[-1]]))
    return places


def _apart(positions: Positions, a: tuple[str, ...], b: tuple[str, ...]) -> float | None:
    one, two = _last(positions, a), _last(positions, b)
    return abs(float(np.mean(one) - np.mean(two))) if one and two else None


def _share(positions: Positions, everybody: tuple[str, ...], gap: float) -> float:
    places = np.array(_last(positions, everybody))
    if len(places) < 2:
        return 0.5
    gaps = np.abs(places[:, None] - places[None, :])[np.triu_indices(len(places), 1)]
    return round(float((gaps < gap).mean()), 4)
