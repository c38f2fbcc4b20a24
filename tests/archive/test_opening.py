from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.archive import Archive, open_archive
from detente.archive.importing import import_files
from detente.archive.schema import TABLES
from detente.errors import ArchiveError, OutsideRecord

ASTANA = date(2018, 11, 20)


@pytest.fixture(scope="module")
def then() -> Archive:
    return open_archive(as_of=ASTANA)


def test_no_record_is_later_than_the_as_of_date(then: Archive) -> None:
    for table in TABLES.values():
        days = [name for name, kind in table.columns.items() if kind == "DATE"]
        for column in days:
            rows = then.sql(f"SELECT count(*) FROM {table.name} WHERE {column} > ?", (ASTANA,))
            # What a note reaches to is not itself a record.
            if column not in ("note_until", "limits_until"):
                assert rows == [(0,)], (table.name, column)


def test_a_vote_is_hidden_with_its_roll_call(then: Archive) -> None:
    rows = then.sql(
        "SELECT count(*) FROM votes WHERE vote_id NOT IN (SELECT vote_id FROM rollcalls)"
    )
    assert rows == [(0,)]
    assert then.sql("SELECT count(*) FROM rollcalls WHERE symbol = 'A/RES/73/65'") == [(0,)]


def test_a_bridge_shows_only_where_both_roll_calls_do(then: Archive) -> None:
    pairs = then.sql("SELECT vote_id1, vote_id2 FROM bridges")
    known = {vote_id for (vote_id,) in then.sql("SELECT vote_id FROM rollcalls")}
    assert pairs
    assert all(first in known and second in known for first, second in pairs)


def test_a_state_bears_the_name_of_the_day(then: Archive, whole: Archive) -> None:
    query = "SELECT name_en FROM states WHERE iso3 = ?"
    assert then.sql(query, ("MKD",)) == [("The former Yugoslav Republic of Macedonia",)]
    assert whole.sql(query, ("MKD",)) == [("North Macedonia",)]
    assert then.sql(query, ("SWZ",)) == [("Eswatini",)]
    assert open_archive(as_of=date(2010, 1, 1)).sql(query, ("SSD",)) == []


def test_what_a_later_year_says_of_a_rule_is_not_known_yet(then: Archive) -> None:
    assert then.sql("SELECT count(*) FROM rules WHERE rule LIKE 'VI-%'") == [(0,)]
    texts = then.sql("SELECT limits FROM rules WHERE limits IS NOT NULL")
    assert all(str(year) not in limits for (limits,) in texts for year in range(2019, 2027))


def test_a_proposed_summit_has_no_outcome_yet(then: Archive) -> None:
    rows = then.sql("SELECT status, outcome, proposed FROM summits WHERE id = 'NAZ18'")
    assert rows == [(None, None, date(2018, 10, 19))]


def test_an_open_session_has_no_closing_day(whole: Archive) -> None:
    then = open_archive(as_of=date(1967, 7, 1))
    assert then.sql("SELECT closed FROM special_sessions WHERE session = 'ES-5'") == [(None,)]
    assert whole.sql("SELECT closed FROM special_sessions WHERE session = 'ES-5'") == [
        (date(1967, 9, 18),)
    ]


@pytest.mark.parametrize("day", [date(1945, 6, 26), date(2099, 1, 1)])
def test_a_day_outside_the_record_is_refused_in_one_sentence(day: date) -> None:
    with pytest.raises(OutsideRecord, match=f"as of {day}") as refused:
        open_archive(as_of=day)
    assert "\n" not in str(refused.value)


def test_the_span_is_that_of_the_evidence(then: Archive, whole: Archive) -> None:
    assert whole.first_day == date(1946, 1, 10)
    assert then.last_day == date(2018, 11, 15)


def test_a_folder_without_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive"):
        open_archive(folder=tmp_path)


def test_the_fingerprint_tells_days_apart_and_nothing_else(then: Archive) -> None:
    assert open_archive(as_of=ASTANA).fingerprint == then.fingerprint
    assert open_archive(as_of=date(2018, 11, 1)).fingerprint != then.fingerprint


def test_later_records_never_change_the_fingerprint(small: Path, official: Path) -> None:
    day = date(2023, 11, 1)
    before = open_archive(as_of=day).fingerprint
    import_files([official / "ga_voting.csv", official / "ga_outcomes.csv"])
    now = open_archive()
    assert now.folder != small
    assert now.last_day > date(2024, 1, 1)
    assert open_archive(as_of=day).fingerprint == before
