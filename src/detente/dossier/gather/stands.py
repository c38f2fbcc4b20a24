"""Positions, agreement and cohesion as findings of the dossier."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np

from detente.archive import Archive
from detente.case import Case
from detente.dossier.findings import BlocUnity, Change, Moment, Pair, Split, Track, Unity, Window
from detente.dossier.gather.record import member_condition
from detente.errors import NotFound
from detente.parties import Party
from detente.positions import (
    Positions,
    agreement,
    cohesion,
    distance,
    fit_positions,
    spread,
    trend,
)

WINDOW_YEARS = 5
"""Years of one window of agreement: enough roll calls for an interval, few enough to be now."""

BACK_YEARS = 10
FEWEST_CALLS = 20
"""Fewest common roll calls for an agreement that is shown."""

FEWEST_A_SESSION = 5
MOST_SPLITS = 10


def years_before(day: date, years: int) -> date:
    """Return the same day of an earlier year; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _moments_of_state(positions: Positions, code: str) -> tuple[Moment, ...]:
    rows = positions.of(code)
    return tuple(
        Moment(
            session=int(positions.session[row]),
            year=int(positions.year[row]),
            position=round(float(positions.position[row]), 3),
            low=round(float(positions.low[row]), 3),
            high=round(float(positions.high[row]), 3),
        )
        for row in rows
    )


def _on(archive: Archive, party: Party, session: int, as_of: date) -> tuple[str, ...]:
    """Return the members of a party in the first December of a session, or on the as-of date."""
    return party.members(archive, min(date(session + 1945, 12, 1), as_of))


def _moments_of_bloc(
    archive: Archive, positions: Positions, party: Party, as_of: date
) -> tuple[Moment, ...]:
    out = []
    for session in positions.sessions.tolist():
        members = _on(archive, party, session, as_of)
        if sum((m, session) in positions.row for m in members) < 2:
            continue
        found = spread(positions, members, session)
        out.append(
            Moment(
                session=session,
                year=session + 1945,
                position=round(found.median, 3),
                low=round(found.lowest, 3),
                high=round(found.highest, 3),
                lowest=found.members[0],
                highest=found.members[-1],
            )
        )
    return tuple(out)


def _change(positions: Positions, members: tuple[str, ...], last: Moment) -> Change | None:
    """Return the movement over ten years, with its interval, where there is one to be told."""
    begin = last.session - BACK_YEARS
    if not any((m, begin) in positions.row for m in members):
        return None
    try:
        found = trend(positions, members, over=BACK_YEARS, until=last.session)
    except NotFound:
        return None
    return Change(begin, round(found.value, 3), round(found.low, 3), round(found.high, 3))


def _track(archive: Archive, case: Case, positions: Positions, party: Party) -> Track:
    if party.kind == "state":
        moments = _moments_of_state(positions, party.code)
    else:
        moments = _moments_of_bloc(archive, positions, party, case.as_of)
    change = None
    if moments:
        members = _on(archive, party, moments[-1].session, case.as_of)
        change = _change(positions, members, moments[-1])
    return Track(party.code, moments, change)


def _number(x: float) -> float | None:
    return None if math.isnan(x) else round(float(x), 4)


def _window(
    archive: Archive, case: Case, positions: Positions | None, first: date, last: date
) -> Window:
    found = agreement(archive, case.parties, since=first, until=last)
    pairs = []
    for i, a in enumerate(case.parties):
        for j, b in enumerate(case.parties[:i]):
            enough = int(found.common[i, j]) >= FEWEST_CALLS
            gap = _distance(archive, case, positions, b, a, last)
            pairs.append(
                Pair(
                    a=b.code,
                    b=a.code,
                    value=_number(found.pi[i, j]) if enough else None,
                    low=_number(found.low[i, j]) if enough else None,
                    high=_number(found.high[i, j]) if enough else None,
                    same=_number(found.alike[i, j]) if enough else None,
                    calls=int(found.common[i, j]),
                    distance=gap,
                )
            )
    group = None
    if not math.isnan(found.group):
        group = Change(0, *(round(x, 4) for x in (found.group, found.group_low, found.group_high)))
    return Window(first, last, tuple(pairs), group, found.rollcalls)


def _distance(
    archive: Archive, case: Case, positions: Positions | None, a: Party, b: Party, last: date
) -> Change | None:
    if positions is None:
        return None
    sides = []
    sessions = [s for s in positions.sessions.tolist() if date(s + 1945, 9, 1) <= last]
    if not sessions:
        return None
    session = sessions[-1]
    for party in (a, b):
        sides.append(_on(archive, party, session, last))
    try:
        found = distance(positions, sides[0], sides[1], session)
    except NotFound:
        return None
    return Change(session, round(found.value, 3), round(found.low, 3), round(found.high, 3))


def _votes(archive: Archive, party: Party, keys: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return record -> vote -> members that cast it, for a bloc's members of the day."""
    condition, params = member_condition(party)
    marks = ", ".join("?" for _ in keys)
    found: dict[str, dict[str, list[str]]] = {key: {} for key in keys}
    for key, vote, iso3 in archive.sql(
        "select v.vote_id, v.vote, v.iso3 from votes v join rollcalls r using (vote_id) "
        f"where v.vote_id in ({marks}) and v.vote <> 'absent' and {condition} order by all",
        [*keys, *params],
    ):
        found[key].setdefault(vote, []).append(iso3)
    return found


def _unity(archive: Archive, case: Case, party: Party) -> BlocUnity | None:
    whole = cohesion(archive, party)
    sessions = dict(
        archive.sql("select vote_id, session_number from rollcalls where kind = 'resolution'")
    )
    number = np.array([sessions[key] for key in whole.vote_id.tolist()], dtype=np.int64)
    counted = whole.voted >= 2
    over_time = []
    for session in np.unique(number[counted]).tolist():
        rows = counted & (number == session)
        if int(rows.sum()) >= FEWEST_A_SESSION:
            mean = round(float(whole.index[rows].mean()), 4)
            over_time.append(Unity(session, session + 1945, mean, int(rows.sum())))
    since = years_before(case.as_of, BACK_YEARS) + timedelta(days=1)
    recent = counted & (whole.date >= np.datetime64(since, "D"))
    if not recent.any():
        return None
    parted = recent & whole.split
    opposed = recent & (whole.yes > 0) & (whole.no > 0)
    keys = [str(key) for key in whole.vote_id[parted]]
    cast = _votes(archive, party, keys) if keys else {}
    apart: dict[str, int] = {}
    for votes in cast.values():
        sizes = sorted((len(who) for who in votes.values()), reverse=True)
        if len(sizes) > 1 and sizes[0] == sizes[1]:
            continue  # an even split has no majority to stand apart from
        for who in votes.values():
            if len(who) < sizes[0]:
                for iso3 in who:
                    apart[iso3] = apart.get(iso3, 0) + 1
    near = parted & (whole.date >= np.datetime64(years_before(case.as_of, WINDOW_YEARS), "D"))
    worst = sorted(
        np.flatnonzero(near).tolist(), key=lambda row: (round(float(whole.index[row]), 9), -row)
    )[:MOST_SPLITS]
    splits = []
    for row in sorted(worst, reverse=True):
        key = str(whole.vote_id[row])
        votes = cast[key]
        splits.append(
            Split(
                record=key,
                yes=tuple(votes.get("yes", ())),
                no=tuple(votes.get("no", ())),
                abstain=tuple(votes.get("abstain", ())),
                cohesion=round(float(whole.index[row]), 4),
            )
        )
    return BlocUnity(
        party=party.code,
        over_time=tuple(over_time),
        splits=tuple(splits),
        apart=tuple(sorted(apart.items(), key=lambda item: (-item[1], item[0]))),
        calls=int(recent.sum()),
        parted=int(parted.sum()),
        opposed=int(opposed.sum()),
        first_day=since,
        last_day=case.as_of,
    )


class Stands:
    """Where the parties of a case stand, how alike they vote, and how united the blocs are.

    Attributes:
        tracks: a party's positions, for those that have any.
        now, before: agreement in the last five years, and in the five that ended ten years before;
            None where the record does not reach so far.
        unity: of each bloc with members that voted in the last ten years.
    """

    def __init__(self, archive: Archive, case: Case) -> None:
        try:
            fitted: Positions | None = fit_positions(archive)
        except NotFound:
            fitted = None  # a record of a few roll calls gives no position, and the dossier says so
        self._fitted = fitted
        tracks: list[Track] = []
        if fitted is not None:
            tracks = [_track(archive, case, fitted, party) for party in case.parties]
        self.tracks = tuple(track for track in tracks if track.moments)
        start = years_before(case.as_of, WINDOW_YEARS) + timedelta(days=1)
        self.now = _window(archive, case, fitted, start, case.as_of)
        then = years_before(case.as_of, BACK_YEARS)
        begin = years_before(then, WINDOW_YEARS) + timedelta(days=1)
        self.before: Window | None = None
        if begin >= archive.first_day:
            self.before = _window(archive, case, fitted, begin, then)
        blocs = (party for party in case.parties if party.kind == "bloc")
        united = (_unity(archive, case, party) for party in blocs)
        self.unity = tuple(bloc for bloc in united if bloc is not None)

    def keys(self) -> set[str]:
        """Return the keys of every record that the findings name."""
        return {split.record for bloc in self.unity for split in bloc.splits}

    def codes(self) -> set[str]:
        """Return the codes of every state that the findings name."""
        named = {code for t in self.tracks for m in t.moments for code in (m.lowest, m.highest)}
        for bloc in self.unity:
            named |= {code for code, _ in bloc.apart}
            for split in bloc.splits:
                named |= {*split.yes, *split.no, *split.abstain}
        return named - {""}

    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return what the positions rest on, for the annex."""
        if self._fitted is None:
            return ()
        return (
            ("positions.roll_calls", str(len(self._fitted.vote_id))),
            ("positions.votes", str(self._fitted.n_votes)),
            ("positions.bridges", str(self._fitted.n_bridges)),
        )
