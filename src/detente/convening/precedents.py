"""Precedents of a route: what the record holds of meetings convened, or refused, in its way."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low

from detente.archive import Archive
from detente.convening.findings import Precedent
from detente.convening.routes import Route

# The columns of `summits` that say whether a party of the record was there.
FOLLOWED = {"EU": "eu", "USA": "usa", "CHN": "chn", "RUS": "rus"}


def precedents(archive: Archive, route: Route, parties: Sequence[str]) -> tuple[Precedent, ...]:
    """Return the precedents of a route, the newest first, none later than the as-of date.

    Args:
        archive: the record, opened on its as-of date.
        route: which meetings count is written in its file.
        parties: the case's parties, by code: meetings that seated all of them are marked.
    """
    found = [*_sessions(archive, route), *_summits(archive, route, parties)]
    if route.attempts:
        found += _attempts(archive)
    dated = [one for one in found if one.opened is not None]
    rest = [one for one in found if one.opened is None]
    return (*sorted(dated, key=lambda one: (one.opened, one.id), reverse=True), *rest)


def usual(found: Sequence[Precedent]) -> tuple[int, int, int] | None:
    """Return the shortest, the (lower) median and the longest lead of meetings that took place."""
    leads = sorted(
        one.lead_days for one in found if one.lead_days is not None and one.status == "held"
    )
    return (leads[0], median_low(leads), leads[-1]) if leads else None


def _sessions(archive: Archive, route: Route) -> list[Precedent]:
    if route.session_kind is None:
        return []
    marks = ", ".join("?" * len(route.session_routes))
    rows = archive.sql(
        "SELECT session, topic, opened, lead_days, outcome, confidence, source FROM "
        f"special_sessions WHERE kind = ? AND route IN ({marks}) ORDER BY opened",
        (route.session_kind, *route.session_routes),
    )
    return [
        Precedent(
            session,
            "special_sessions",
            f"{session}: {topic}",
            opened,
            lead,
            "held",
            outcome,
            None,
            confidence,
            source,
        )
        for session, topic, opened, lead, outcome, confidence, source in rows
    ]


def _summits(archive: Archive, route: Route, parties: Sequence[str]) -> list[Precedent]:
    if not route.summits:
        return []
    marks = ", ".join("?" * len(route.summits))
    there = (
        " AND ".join(FOLLOWED[code] for code in parties)
        if set(parties) <= set(FOLLOWED)
        else "NULL"
    )
    rows = archive.sql(
        f"SELECT id, name, first_day, lead_days, status, outcome, {there}, confidence, source "
        f"FROM summits WHERE id IN ({marks}) ORDER BY id",
        route.summits,
    )
    return [
        Precedent(
            key,
            "summits",
            name,
            day,
            lead,
            status or ("held" if day is not None else None),
            outcome,
            all_there,
            confidence,
            source,
        )
        for key, name, day, lead, status, outcome, all_there, confidence, source in rows
    ]


def _attempts(archive: Archive) -> list[Precedent]:
    rows = archive.sql(
        "SELECT coalesce(symbol, vote_id, proposal), proposal, date, yes, no, abstain, result, "
        "confidence, source FROM session_attempts ORDER BY date, proposal"
    )
    return [
        Precedent(
            key,
            "session_attempts",
            proposal,
            day,
            None,
            "rejected" if result == "rejected" else "not held",
            f"{yes}-{no}-{abstain}",
            None,
            confidence,
            source,
        )
        for key, proposal, day, yes, no, abstain, result, confidence, source in rows
    ]
