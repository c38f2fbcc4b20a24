"""The replay as plain values, for JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.convening.replay.record import Record
from detente.convening.replay.replaying import Difference, Replayed

_COLUMNS = (
    "session kind topic route rule requested derived opened lead_days window_low window_high "
    "needed_kind needed_votes needed_of how symbol yes no abstain opposed met inside vetoes_before "
    "differences confidence"
)
_HEAD = _COLUMNS.split(" ")


def rows(shown: Sequence[Replayed]) -> list[list[object]]:
    """Return a head and a row a session."""
    rows: list[list[object]] = [list(_HEAD)]
    for one in shown:
        flat = _session(one)
        rows.append(
            [
                " ".join(flat[name]) if isinstance(flat[name], list) else flat[name]
                for name in _HEAD[:-2]
            ]
            + ["; ".join(d.kind for d in one.differences), one.confidence]
        )
    return rows


def _session(one: Replayed) -> dict[str, Any]:
    decision = one.decision
    return {
        "session": one.session,
        "kind": one.kind,
        "topic": one.topic,
        "route": one.route.id,
        "rule": one.rule.id,
        "requested_by": one.requested_by,
        "requested": one.requested.isoformat() if one.requested else None,
        "derived": one.derived,
        "opened": one.opened.isoformat(),
        "lead_days": one.lead,
        "window_low": one.earliest,
        "window_high": one.latest,
        "needed_kind": one.needed.kind,
        "needed_votes": one.needed.votes,
        "needed_of": one.needed.of,
        "how": decision.how if decision else None,
        "symbol": decision.symbol if decision else None,
        "yes": decision.yes if decision else None,
        "no": decision.no if decision else None,
        "abstain": decision.abstain if decision else None,
        "opposed": list(decision.opposed) if decision else [],
        "met": one.met,
        "inside": one.inside,
        "vetoes_before": [draft for draft, _ in one.deadlock],
        "confidence": one.confidence,
        "note": one.note,
        "source": one.source,
    }


def _differences(differences: Sequence[Difference]) -> list[dict[str, str]]:
    return [
        {
            "kind": one.kind,
            "en": one.why.en,
            "fr": one.why.fr,
            "confidence": one.why.confidence,
            "source": one.why.source,
        }
        for one in differences
    ]


def values(found: Record, shown: Sequence[Replayed]) -> dict[str, Any]:
    """Return the sessions that are shown, and where all are, the attempts and the votes too."""
    sessions = [_session(one) | {"differences": _differences(one.differences)} for one in shown]
    if len(shown) < len(found.sessions):
        return {"sessions": sessions}
    return {
        "sessions": sessions,
        "attempts": [
            {
                "key": one.key,
                "date": one.day.isoformat(),
                "proposal": one.proposal,
                "yes": one.yes,
                "no": one.no,
                "abstain": one.abstain,
                "carried_by_rule": one.met,
                "adopted": one.adopted,
                "differences": _differences(one.differences),
                "confidence": one.confidence,
            }
            for one in found.attempts
        ],
        "two_thirds": [
            {
                "key": one.key,
                "session": one.session,
                "date": one.day.isoformat(),
                "title": one.title,
                "yes": one.yes,
                "no": one.no,
                "abstain": one.abstain,
                "carried_by_rule": one.met,
                "adopted": one.adopted,
            }
            for one in found.questions
        ],
    }
