"""The tables of how such meetings are convened, and what was agreed: the procedure record."""

from __future__ import annotations

from detente.archive.table import Table, columns, known_after

PROCEDURE = (
    Table(
        "special_sessions",
        columns(
            "session, kind, number SMALLINT, opened DATE, closed DATE, topic, route, requested_by, "
            "request, requested DATE, basis, members SMALLINT, majority SMALLINT, "
            "concurrences SMALLINT, council_yes SMALLINT, council_no SMALLINT, "
            "council_abstain SMALLINT, lead_days SMALLINT, resumed, outcome, outcome_vote, "
            "confidence, confidence_note, source"
        ),
        ("session",),
        "kind DESC, number",
        "opened <= {day}",
        known_after(
            "closed", "closed", "resumed", "outcome", "outcome_vote", "confidence_note", "source"
        ),
    ),
    Table(
        "session_attempts",
        columns(
            "date DATE, symbol, vote_id, proposal, yes SMALLINT, no SMALLINT, abstain SMALLINT, "
            "result, confidence, source"
        ),
        ("date", "proposal"),
        "date, proposal",
        "date <= {day}",
    ),
    Table(
        "summits",
        columns(
            "id, name, first_day DATE, last_day DATE, place, host, n_participants SMALLINT, "
            "participants, level, mechanism, proposed DATE, proposer, lead_days SMALLINT, "
            "eu BOOLEAN, usa BOOLEAN, chn BOOLEAN, rus BOOLEAN, eu_represented_by, status, "
            "agreed_text BOOLEAN, outcome, confidence, confidence_note, source"
        ),
        ("id",),
        "coalesce(first_day, proposed), id",
        "coalesce(first_day, proposed) <= {day}",
        # That a proposed meeting was never held is known ten years on, not on the day.
        known_after(
            "coalesce(last_day, proposed + 3650)",
            *("last_day", "status", "agreed_text", "outcome", "confidence_note", "source"),
        ),
    ),
    Table(
        "measures",
        columns(
            "id, category, name, description, timing, instrument, since DATE, binding, "
            "confidence, confidence_note, source"
        ),
        ("id",),
        "id",
        "since IS NULL OR since <= {day}",
    ),
    Table(
        "agreements",
        columns(
            "id, class, topic, body, symbol, date DATE, title, usa, rus, chn, eu, eu_detail, "
            "eu_united BOOLEAN, eu_exceptions, yes SMALLINT, no SMALLINT, abstain SMALLINT, "
            "modality, note, note_until DATE, confidence, confidence_note, source"
        ),
        ("id",),
        "date, id",
        "date <= {day}",
        known_after("note_until", "note"),
    ),
    Table(
        "rules",
        columns(
            "rule, path, body, provision, who, condition, threshold, denominator, veto, "
            "time_limit, counted_from, effect, limits, limits_until DATE, since DATE, confidence, "
            "confidence_note, source"
        ),
        ("rule",),
        "rule",
        "since IS NULL OR since <= {day}",
        known_after("limits_until", "limits"),
    ),
)
