"""Planning backwards: the rules' clocks hold, practice comes before, nothing comes before today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.archive import Archive, open_archive
from detente.case import Case, open_case
from detente.convening.calendar.clashes import is_working
from detente.convening.calendar.milestones import tracks
from detente.convening.calendar.planning import (
    OPENING,
    Plan,
    Planned,
    plan,
    suggested_opening,
)
from detente.convening.calendar.wording import advice_text, basis_text, description, verdict
from detente.convening.routes import find_route, routes
from detente.convening.rulebook import rulebook
from detente.errors import RuleError
from detente.language import LANGUAGES

ROOT = Path(__file__).parents[3]
ROUTES = [name for name in routes() if name != "veto-debate"]  # its rule is of 2022


AS_OF = date(2018, 11, 20)


@cache
def astana() -> tuple[Case, Archive]:
    return open_case(ROOT / "cases" / "astana.toml")


def planned(name: str, opening: date) -> Plan:
    case, archive = astana()
    return plan(archive, case, find_route(name), opening, AS_OF)


def item(found: Plan, event: str) -> Planned:
    return next(one for one in found.milestones if one.milestone.event == event)


def old_case(folder: Path, host: str, parties: list[str], day: date) -> tuple[Case, Archive]:
    path = folder / "old.toml"
    path.write_text(
        f'[case]\nname = "Old"\nhost = "{host}"\nparties = {parties}\nas_of = {day}\n'.replace(
            "'", '"'
        ),
        encoding="utf-8",
    )
    return open_case(path)


def test_2005_the_request_of_10_december_was_on_the_first_possible_day(tmp_path: Path) -> None:
    """The session of 24 January 2005 opened 45 days after one Member's letter: 30 and 15."""
    case, archive = old_case(tmp_path, "KAZ", ["EU", "USA", "RUS"], date(2004, 12, 1))
    found = plan(archive, case, find_route("special-member"), date(2005, 1, 24), case.as_of)
    request = item(found, "request")
    assert request.earliest == date(2004, 12, 10)
    assert request.latest == date(2005, 1, 14)  # ten days' notice
    assert item(found, "concurrence").earliest == date(2005, 1, 9)


def test_1948_the_council_asked_fifteen_days_before_the_opening(tmp_path: Path) -> None:
    """S/RES/44 of 1 April, opening on 16 April: between 14 days' notice and 15 days at most."""
    case, archive = old_case(tmp_path, "BEL", ["USA", "RUS", "GBR"], date(1948, 3, 1))
    found = plan(archive, case, find_route("special-council"), date(1948, 4, 16), case.as_of)
    request = item(found, "request")
    assert (request.earliest, request.latest) == (date(1948, 4, 1), date(1948, 4, 2))
    assert item(found, "notice").latest == date(1948, 4, 2)


@settings(max_examples=60)
@given(name=st.sampled_from(ROUTES), wait=st.integers(0, 800))
def test_planned_days_keep_every_clock_and_every_window(name: str, wait: int) -> None:
    """Held against the clocks themselves, one by one."""
    found = planned(name, AS_OF + timedelta(days=wait))
    assert found.possible == (found.opening >= found.earliest_opening)
    if not found.possible:
        assert found.milestones == ()
        return
    days = {one.milestone.event: one.first for one in found.milestones}
    assert days[OPENING] == found.opening
    for clock in found.route.clocks(rulebook().on(AS_OF)):
        a, b, most = clock.bound
        if a in days and b in days:
            assert (days[b] - days[a]).days <= most, clock
    for one in found.milestones:
        assert one.earliest <= one.first <= one.latest
        assert AS_OF <= one.first <= found.opening
        for gap in one.milestone.gaps:
            if gap.before in days:
                assert one.first <= days[gap.before]
    firsts = [one.first for one in found.milestones]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize("name", ["special-member", "special-council", "forum"])
def test_every_day_from_the_earliest_on_is_possible_and_none_before(name: str) -> None:
    days = [AS_OF + timedelta(days=n) for n in range(25)]
    possible = [planned(name, day).possible for day in days]
    first = possible.index(True)
    assert possible == [n >= first for n in range(25)]
    assert days[first] == planned(name, days[0]).earliest_opening


def test_a_later_opening_never_leaves_less_of_the_usual_time() -> None:
    shares = [planned("forum", AS_OF + timedelta(days=wait)).share for wait in range(0, 240, 6)]
    assert all(a <= b for a, b in pairwise(shares))
    assert shares[0] < 0.1
    assert shares[-1] == 1


def test_the_usual_opening_leaves_the_usual_time_and_the_days_before_do_not() -> None:
    usual = planned("forum", date(2019, 12, 3)).usual_opening
    assert planned("forum", usual).share == 1
    assert planned("forum", usual - timedelta(days=4)).share < 1


def test_experts_meet_before_leaders_and_the_union_has_its_mandate_before_it_accepts() -> None:
    found = planned("forum", date(2019, 6, 18))
    order = [
        "concept paper",
        "consent in principle",
        "first expert meeting",
        "modalities",
        "invitation",
        "EU leaders",
        "replies",
        "third expert meeting",
        "text closed",
        OPENING,
    ]
    firsts = [item(found, event).first for event in order]
    assert firsts == sorted(firsts)
    assert len(set(firsts)) == len(firsts)


def test_the_union_s_mandate_is_left_out_where_it_is_no_party(tmp_path: Path) -> None:
    case, archive = old_case(tmp_path, "KAZ", ["USA", "CHN", "RUS"], date(2018, 11, 20))
    found = plan(archive, case, find_route("forum"), date(2019, 6, 18), case.as_of)
    assert "EU" not in {one.milestone.lane for one in found.milestones}


def test_precedents_are_none_of_later_days(tmp_path: Path) -> None:
    """Berlin 2020 had five rounds of experts: known in 2021, not in 2018."""
    now = item(planned("forum", date(2019, 6, 18)), "second expert meeting")
    assert not any("Berlin" in one.name for one in now.precedents)
    case, archive = old_case(tmp_path, "KAZ", ["EU", "USA", "RUS"], date(2021, 3, 1))
    later = plan(archive, case, find_route("forum"), date(2021, 12, 1), case.as_of)
    assert any("Berlin" in one.name for one in item(later, "second expert meeting").precedents)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_impossible_opening_says_the_earliest_one_in_one_sentence(lang: str) -> None:
    found = planned("special-member", date(2018, 11, 25))
    assert not found.possible
    assert found.earliest_opening == date(2018, 11, 30)  # ten days' notice
    text = verdict(found, lang)
    assert ("30 November 2018" if lang == "en" else "30 novembre 2018") in text
    assert text.count(".") == 1
    assert [rule.id for rule in found.binding] == ["ga-10-members"]


def test_an_opening_that_nobody_plans_for_is_refused() -> None:
    for opening in (date(2069, 1, 1), date(9999, 12, 31)):
        with pytest.raises(RuleError, match="wish for an earlier day"):
            planned("forum", opening)
    assert planned("forum", date(2068, 12, 31)).possible


def test_a_rule_from_memory_is_marked_wherever_it_shows() -> None:
    notice = item(planned("special-member", date(2019, 6, 18)), "notice")
    assert notice.confidence == "MEMORY"
    assert "from memory" in basis_text(notice, "en")
    assert "de mémoire" in basis_text(notice, "fr")
    assert "rule 10 (from memory, to be checked)" in description(notice, "en")
    agenda = item(planned("special-member", date(2019, 6, 18)), "agenda")
    assert agenda.confidence == "SOURCE"
    assert "memory" not in basis_text(agenda, "en")


def test_of_the_rules_that_a_track_names_those_of_the_route_are_cited() -> None:
    for name, rule in (("osce-summit", "osce-summit"), ("sco-summit", "sco-16")):
        decision = item(planned(name, date(2019, 12, 3)), "decision")
        assert [one.id for one in decision.rules] == [rule]


def test_practice_without_a_sourced_meeting_behind_it_is_from_memory() -> None:
    found = planned("forum", date(2019, 6, 18))
    assert item(found, "invitation").confidence == "SOURCE"  # Madrid 1991
    assert item(found, "arrangements").confidence == "MEMORY"


def test_meetings_avoid_weekends_where_the_rules_leave_room() -> None:
    for opening in (date(2019, 6, 15), date(2019, 6, 16), date(2019, 6, 18)):
        for one in planned("forum", opening).milestones:
            if one.milestone.event != OPENING:
                assert is_working(one.first)
                assert is_working(one.last)


def test_hard_days_are_named_as_advice_and_move_nothing() -> None:
    found = planned("forum", date(2018, 12, 29))
    assert found.opening == date(2018, 12, 29)
    kinds = {one.clash.kind for one in found.advice if OPENING in one.events}
    assert kinds == {"weekend", "end of the year"}
    debate = planned("forum", date(2019, 9, 25))
    texts = [advice_text(one, debate, "en") for one in debate.advice]
    assert any("24 September 2019 to 30 September 2019" in text for text in texts)


def test_the_suggested_opening_keeps_practice_and_clear_of_hard_days() -> None:
    case, archive = astana()
    for name, day in (("forum", AS_OF), ("g20-margins", date(2018, 10, 20))):
        route = find_route(name)
        chosen = suggested_opening(archive, case, route, day)
        found = plan(archive, case, route, chosen, day)
        assert found.share == 1
        assert not any(OPENING in one.events for one in found.advice)
    # ten weeks on from 20 October fall on the last days of the year
    assert plan(
        archive, case, find_route("g20-margins"), date(2019, 6, 3), date(2018, 10, 20)
    ).usual_opening < date(2019, 1, 7)
    assert suggested_opening(archive, case, find_route("g20-margins"), date(2018, 10, 20)) == date(
        2019, 1, 8
    )


def test_an_item_of_the_regular_session_waits_for_it() -> None:
    found = planned("regular-item", date(2019, 6, 18))
    assert (found.wished, found.opening) == (date(2019, 6, 18), date(2019, 9, 17))
    assert "moves the wished 18 June 2019 to 17 September 2019" in verdict(found, "en")
    beside = planned("un-margins", date(2019, 6, 18))
    assert beside.opening == date(2019, 9, 24)  # the general debate, a week later
    assert beside.earliest_opening == beside.usual_opening == date(2019, 9, 24)
    assert item(found, "request").latest <= date(2019, 8, 18)  # thirty days before


def test_a_body_that_fixes_its_own_day_is_to_be_asked_for_it() -> None:
    assert "check 18 June 2019" in verdict(planned("g20-margins", date(2019, 6, 18)), "en")


def test_every_route_has_milestones_and_every_track_names_what_exists() -> None:
    rules, summits = (
        rulebook().rules,
        {row[0] for row in open_archive().sql("SELECT id FROM summits")},
    )
    served = {route for track in tracks() for route in track.routes}
    assert served == set(routes())
    for track in tracks():
        for one in track.milestones:
            assert set(one.rules) <= set(rules), (track.id, one.event)
            assert set(one.precedents) <= summits, (track.id, one.event)
    for route in routes():
        events = [
            one.event for track in tracks() if route in track.routes for one in track.milestones
        ]
        assert len(events) == len(set(events)), route
        assert OPENING in events, route


def test_a_route_of_the_user_s_own_is_planned_by_its_clocks_alone() -> None:
    """No track names it: the clocks' own titles say what falls due, and it opens."""
    case, archive = astana()
    own = replace(find_route("special-member"), id="own")
    found = plan(archive, case, own, date(2019, 6, 18), AS_OF)
    titles = {one.milestone.event: one.milestone.title("fr") for one in found.milestones}
    assert titles["concurrence"] == "la majorité doit s’être ralliée"
    assert titles[OPENING] == "ouverture de la session"
    assert item(found, "concurrence").earliest == date(2019, 6, 3)
    loose = plan(archive, case, replace(own, order=()), date(2019, 6, 18), AS_OF)
    assert item(loose, "communication").latest == date(2019, 6, 18)
    bare = plan(archive, case, replace(find_route("forum"), id="own"), date(2019, 6, 18), AS_OF)
    assert [one.milestone.title("en") for one in bare.milestones] == ["The meeting opens"]


def test_every_gap_leads_to_an_event_of_a_route_that_the_track_serves() -> None:
    for track in tracks():
        there = {
            one.event
            for other in tracks()
            if other.routes & track.routes
            for one in other.milestones
        }
        named = {gap.before for one in track.milestones for gap in one.gaps}
        assert named <= there, track.id


def test_every_event_that_a_clock_names_is_described(tmp_path: Path) -> None:
    """A rule of 2022 needs a later day than the case's."""
    case, archive = old_case(tmp_path, "KAZ", ["EU", "USA", "RUS"], date(2023, 3, 1))
    for name, route in routes().items():
        described = {
            one.event for track in tracks() if name in track.routes for one in track.milestones
        }
        for clock in route.clocks(rulebook().on(case.as_of)):
            if clock.rule:
                assert {clock.sets, clock.counted_from} <= described, (name, clock)
        assert plan(archive, case, route, date(2024, 10, 1), case.as_of).possible
