"""The calendar file: standard, the same bytes each time, and read alike by two readers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from detente.case import open_case
from detente.convening.calendar import plan, write_calendar
from detente.convening.calendar.planning import OPENING, Plan
from detente.convening.routes import find_route
from detente.errors import OutputError
from detente.language import LANGUAGES, Lang

ROOT = Path(__file__).parents[3]
AS_OF, OPENS = date(2018, 11, 20), date(2019, 6, 18)


@cache
def planned(name: str, opening: date) -> Plan:
    case, archive = open_case(ROOT / "cases" / "astana.toml")
    return plan(archive, case, find_route(name), opening, AS_OF)


def entries(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["forum", "special-member", "emergency-council", "regular-item"])
def test_two_readers_find_the_same_events(name: str, lang: Lang) -> None:
    """`icalendar` wrote it; `ical` is another house's reader and strict."""
    data = write_calendar(planned(name, OPENS), lang)
    ours = [
        (
            *(str(e["UID"]), e.start, e.end, str(e["SUMMARY"]), str(e["DESCRIPTION"])),
            list(e.categories),
        )
        for e in entries(data)
    ]
    theirs = [
        (e.uid, e.start, e.end, e.summary, e.description, e.categories)
        for e in IcsCalendarStream.calendar_from_ics(data.decode()).events
    ]
    assert ours == theirs
    assert len({uid for uid, *_ in ours}) == len(ours) > 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_milestone_is_an_all_day_event_that_ends_the_day_after_its_last(lang: Lang) -> None:
    found = planned("forum", OPENS)
    days = {(e.start, e.end) for e in entries(write_calendar(found, lang))}
    for one in found.milestones:
        assert (one.first, one.last + timedelta(days=1)) in days
    assert any(end - start == timedelta(days=3) for start, end in days)  # a meeting of three days


def test_a_window_runs_from_the_planned_day_to_the_last_that_the_rules_allow() -> None:
    found = planned("special-member", OPENS)
    request = next(one for one in found.milestones if one.milestone.event == "request")
    windows = [
        e for e in entries(write_calendar(found, "en")) if str(e["SUMMARY"]).startswith("Window")
    ]
    assert (request.first, request.latest + timedelta(days=1)) in {
        (e.start, e.end) for e in windows
    }
    assert all(str(e["TRANSP"]) == "TRANSPARENT" for e in windows)
    slipping = [one for one in found.milestones if one.timed and one.slack > 0]
    assert 0 < len(windows) == len(slipping) < len(found.milestones)
    assert not any("opens" in str(e["SUMMARY"]) for e in windows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_plan_gives_the_same_bytes(lang: Lang) -> None:
    case, archive = open_case(ROOT / "cases" / "astana.toml")
    again = plan(archive, case, find_route("forum"), OPENS, AS_OF)
    assert write_calendar(planned("forum", OPENS), lang) == write_calendar(again, lang)


def test_identifiers_stay_when_the_opening_moves_and_differ_between_routes() -> None:
    def uids(name: str, opening: date) -> set[str]:
        return {str(e["UID"]) for e in entries(write_calendar(planned(name, opening), "en"))}

    assert uids("forum", OPENS) == uids("forum", date(2019, 7, 2))
    assert not uids("forum", OPENS) & uids("special-member", OPENS)


def test_the_stamp_is_the_as_of_date_and_no_clock_is_read() -> None:
    for event in entries(write_calendar(planned("forum", OPENS), "fr")):
        assert event["DTSTAMP"].dt == datetime(2018, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_folded_and_end_as_the_standard_has_it(lang: Lang) -> None:
    data = write_calendar(planned("special-member", OPENS), lang)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_every_milestone_warns_a_week_before_and_says_what_for() -> None:
    found = planned("forum", OPENS)
    for event in IcsCalendarStream.calendar_from_ics(write_calendar(found, "fr").decode()).events:
        if event.summary and event.summary.startswith("Marge"):
            continue
        (alarm,) = event.alarm
        assert alarm.trigger == timedelta(days=-7)
        assert alarm.description
        assert alarm.description.startswith("Échéance le ")


@pytest.mark.parametrize(("lang", "mark"), [("en", "[from memory]"), ("fr", "[de mémoire]")])
def test_what_rests_on_memory_is_marked_in_the_summary(lang: Lang, mark: str) -> None:
    found = planned("special-member", OPENS)
    marked = [e.start for e in entries(write_calendar(found, lang)) if mark in str(e["SUMMARY"])]
    assert sorted(marked) == sorted(
        one.first for one in found.milestones if one.confidence == "MEMORY"
    )


def test_categories_say_who_acts_and_on_what_basis() -> None:
    found = planned("special-member", OPENS)
    notice = next(
        e
        for e in entries(write_calendar(found, "en"))
        if str(e["SUMMARY"]).startswith("Notice of the session")
    )
    assert list(notice.categories) == ["Secretary-General", "rule", "from memory"]
    assert "Rule: Notice 10 days before the opening" in str(notice["DESCRIPTION"])


def test_only_the_opening_takes_up_the_day() -> None:
    found = planned("forum", OPENS)
    busy = [e.start for e in entries(write_calendar(found, "en")) if str(e["TRANSP"]) == "OPAQUE"]
    assert busy == [found.milestones[-1].first]
    assert found.milestones[-1].milestone.event == OPENING


def test_an_impossible_plan_writes_nothing_and_says_when_it_can_be() -> None:
    with pytest.raises(OutputError, match="earliest possible opening is 30 November 2018"):
        write_calendar(planned("special-member", date(2018, 11, 25)), "en")
