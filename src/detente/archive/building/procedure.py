"""The procedure record: sessions, attempts, summits, measures, agreements, rules.

The raw tables say in brackets what is from memory. Here a row is SOURCE only where all of it is;
where a part is from memory the row is MEMORY and `confidence_note` says which part.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

# Words without their bracketed marks of memory: the mark stands in the confidence column.
_MACROS = (
    r"CREATE OR REPLACE MACRO words(x) AS tidy_text(regexp_replace(regexp_replace(x, "
    r"'\s*\((memory|source)\b[^)]*\)', '', 'gi'), "
    r"'[;,:]\s*((day from )?memory\b|[\w ]+ in source)[^;,)]*', '', 'gi'))",
    "CREATE OR REPLACE MACRO surety(x) AS CASE WHEN x LIKE '%SOURCE%' AND x NOT LIKE '%MEMORY%' "
    "THEN 'SOURCE' ELSE 'MEMORY' END",
    "CREATE OR REPLACE MACRO surety_note(x) AS CASE WHEN x IN ('SOURCE', 'MEMORY') THEN NULL "
    "ELSE tidy_text(x) END",
    r"CREATE OR REPLACE MACRO tally(x, i) AS try_cast(string_split(regexp_extract(x, "
    r"'^(\d+-\d+-\d+)', 1), '-')[i] AS SMALLINT)",
    # The last day that a text can speak of: the end of the latest year it names.
    r"CREATE OR REPLACE MACRO speaks_to(x) AS make_date(list_max(list_transform("
    r"regexp_extract_all(x, '\b(?:19|20)\d\d\b'), lambda y: y::INTEGER)), 12, 31)",
    "CREATE OR REPLACE MACRO yes_no(x) AS CASE x WHEN 'Y' THEN true WHEN 'N' THEN false END",
    "CREATE OR REPLACE MACRO stance(x) AS CASE x[1] WHEN 'Y' THEN 'yes' WHEN 'N' THEN 'no' "
    "WHEN 'A' THEN 'abstain' WHEN 'C' THEN 'consensus' WHEN 'D' THEN 'dissociated' END",
)


def fill_procedure(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Fill the six procedure tables; `rollcalls` must stand, for the dates of votes."""
    for macro in _MACROS:
        con.execute(macro)
    folder = raw / "procedure"
    for name in (
        "special_sessions",
        "special_session_attempts",
        "summits",
        "cbm",
        "facts_agree",
        "rules",
    ):
        con.execute(
            f"CREATE TEMP TABLE raw_{name} AS FROM read_csv('{folder / name}.csv', header=true, "
            "all_varchar=true)"
        )
    _sessions(con)
    _attempts(con)
    _summits(con)
    _measures(con)
    _agreements(con)
    _rules(con)


def _sessions(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        r"""
        INSERT INTO special_sessions
        SELECT CASE type WHEN 'ESS' THEN 'ES-' ELSE 'S-' END || number,
               CASE type WHEN 'ESS' THEN 'emergency' ELSE 'special' END,
               number::SMALLINT, opened::DATE, closed::DATE, words(topic),
               CASE requested_by_type WHEN 'GA_DECISION' THEN 'General Assembly'
                    WHEN 'SECURITY_COUNCIL' THEN 'Security Council'
                    WHEN 'MEMBER_WITH_CONCURRENCE' THEN 'one Member'
                    WHEN 'MAJORITY_OF_MEMBERS' THEN 'majority of Members' END,
               words(requested_by), words(request_doc), request_or_decision_date::DATE,
               words(convened_under), un_members_at_request::SMALLINT, majority_needed::SMALLINT,
               list_max(list_transform(regexp_extract_all(concurrences_known, '\b\d{2,3}\b'),
                                       lambda n: n::SMALLINT)),
               tally(sc_vote, 1), tally(sc_vote, 2), tally(sc_vote, 3),
               lead_days_request_to_opening::SMALLINT, words(resumed), words(main_outcome),
               words(outcome_vote), surety(confidence), surety_note(confidence), tidy_text(source)
        FROM raw_special_sessions
        """
    )


def _attempts(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        r"""
        INSERT INTO session_attempts
        SELECT coalesce(r.date, try_cast(a.date AS DATE),
                        last_day((a.date || '-01')::DATE)),
               CASE WHEN a.symbol LIKE 'A/RES/%' THEN replace(a.symbol, ' ', '') END,
               r.vote_id, words(a.proposal),
               tally(a.vote, 1), tally(a.vote, 2), tally(a.vote, 3),
               string_split(a.result, ',')[1], 'SOURCE', 'Voeten'
        FROM raw_special_session_attempts a
        LEFT JOIN texts t ON t.symbol = replace(a.symbol, ' ', '') OR t.unres = a.symbol
        LEFT JOIN rollcalls r ON r.vote_id = t.vote_id
        """
    )


def _summits(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        INSERT INTO summits
        SELECT id, words(name), start::DATE, "end"::DATE, words(place), words(host),
               n_participants::SMALLINT, words(participants), words(level),
               words(convening_mechanism), proposal_or_invitation_date::DATE, words(proposer),
               lead_days::SMALLINT, yes_no(EU_present), yes_no(US_present), yes_no(CN_present),
               yes_no(RU_present), nullif(words(EU_represented_by), 'none'),
               CASE held WHEN 'Y' THEN 'held' WHEN 'COLLAPSED' THEN 'collapsed' ELSE 'not held' END,
               yes_no(agreed_text), words(outcome), surety(confidence), surety_note(confidence),
               tidy_text(source)
        FROM raw_summits
        """
    )


def _measures(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        INSERT INTO measures
        SELECT m.id, m.category, words(m.name), words(m.description), words(m.trigger_or_notice),
               CASE d.reword WHEN 'instrument' THEN d.wording ELSE words(m.source_instrument) END,
               d.first_day,
               CASE d.reword WHEN 'binding' THEN d.wording ELSE words(m.binding) END,
               surety(m.confidence), surety_note(m.confidence), tidy_text(m.source)
        FROM raw_cbm m LEFT JOIN fact_procedure_dates d ON d.record = m.id
        """
    )


def _agreements(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        r"""
        INSERT INTO agreements
        SELECT id, lower(replace(class, '_', ' ')), topic,
               CASE WHEN body LIKE 'GA%' THEN 'GA' ELSE body END,
               CASE WHEN symbol SIMILAR TO '[AS]/.*' THEN replace(symbol, ' ', '')
                    ELSE words(symbol) END,
               date::DATE, words(title), stance("US"), stance("RU"), stance("CN"), stance("EU"),
               words("EU"),
               CASE WHEN EU_unity LIKE 'united%' THEN true WHEN EU_unity = 'split' THEN false END,
               words(EU_non_majority_members),
               yes::SMALLINT, no::SMALLINT, abstain::SMALLINT, words(modality),
               words(note), coalesce(speaks_to(note), date::DATE), surety(confidence),
               surety_note(confidence), tidy_text(source)
        FROM raw_facts_agree
        """
    )


def _rules(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        r"""
        INSERT INTO rules
        SELECT r.rule_id, lower(r.path), r.body, words(r.provision), words(r.who_may_act),
               nullif(words(r.condition), '-'), words(r.threshold),
               CASE WHEN r.denominator = '15' THEN '15 members'
                    WHEN r.denominator = '15 / 193' THEN '15 / all Members'
                    WHEN regexp_matches(r.denominator, '^\d+( \(| in |$)') THEN 'all members'
                    ELSE words(r.denominator) END,
               words(r.veto_applies), words(string_split(r.time_limit, '; see lead_days')[1]),
               nullif(words(r.time_counted_from), '-'),
               words(r.effect),
               CASE WHEN r.exceptions_or_limits NOT LIKE 'Iarochevitch%'
                    THEN words(r.exceptions_or_limits) END,
               coalesce(speaks_to(r.exceptions_or_limits), DATE '1945-12-31'),
               coalesce(exact.first_day, family.first_day),
               surety(r.confidence), surety_note(r.confidence), tidy_text(r.source)
        FROM raw_rules r
        LEFT JOIN fact_procedure_dates exact ON exact.record = r.rule_id
        LEFT JOIN fact_procedure_dates family ON family.record = string_split(r.rule_id, '-')[1]
        """
    )
