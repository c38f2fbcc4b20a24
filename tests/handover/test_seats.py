"""Seats of the Council: terms, groups, who followed whom, who presided."""

from __future__ import annotations

from datetime import date

import pytest

from detente.archive import Archive, open_archive
from detente.errors import CaseError, NotFound
from detente.handover.presidencies import next_president, presidencies, rotation
from detente.handover.seats import came_from, find_term, passed_to, terms
from detente.parties import find_state


@pytest.fixture(scope="module")
def archive() -> Archive:
    return open_archive()


def _term(archive: Archive, iso3: str, year: int):
    return find_term(archive, find_state(archive, iso3), (year, year))


def test_kazakhstan_sat_in_2017_and_2018_for_asia_and_its_seat_passed_to_indonesia(
    archive: Archive,
) -> None:
    term = find_term(archive, find_state(archive, "KAZ"), None)
    assert (term.first, term.last) == (date(2017, 1, 1), date(2018, 12, 31))
    assert term.group == "ASIA-PACIFIC"
    before, after = came_from(archive, term), passed_to(archive, term)
    assert before is not None
    assert before.plain
    assert before.left == ("MYS",)
    assert after is not None
    assert after.plain
    assert after.entered == ("IDN",)


def test_where_two_seats_of_a_group_change_hands_nobody_is_chosen(archive: Archive) -> None:
    term = find_term(archive, find_state(archive, "BEL"), (2019, 2020))
    assert term.group == "WEOG"
    before = came_from(archive, term)
    assert before is not None
    assert not before.plain
    assert before.left == ("NLD", "SWE")
    assert before.entered == ("BEL", "DEU")


def test_a_term_split_between_two_states_is_traced(archive: Archive) -> None:
    italy = find_term(archive, find_state(archive, "ITA"), (2017, 2017))
    after = passed_to(archive, italy)
    assert after is not None
    assert (after.left, after.entered) == (("ITA",), ("NLD",))


def test_seats_have_no_group_before_1966_and_permanent_members_none(archive: Archive) -> None:
    early = find_term(archive, find_state(archive, "BEL"), (1955, 1956))
    assert early.group is None
    assert came_from(archive, early) is None
    assert passed_to(archive, early) is None
    assert all(term.group is None for term in terms(archive) if term.permanent)


def test_every_elected_term_since_1966_belongs_to_a_group_and_seats_never_vanish(
    archive: Archive,
) -> None:
    elected = [t for t in terms(archive) if not t.permanent and t.first.year > 1966]
    assert len(elected) > 250
    assert all(term.group for term in elected)
    for term in elected:
        found = passed_to(archive, term)
        # The two one-year terms of the enlarged Council of 1966 end beside longer ones.
        assert found is None or len(found.left) == len(found.entered), term


def test_a_state_that_never_sat_and_years_outside_a_term_are_refused(archive: Archive) -> None:
    with pytest.raises(NotFound, match="Uzbekistan has not sat"):
        find_term(archive, find_state(archive, "UZB"), None)
    with pytest.raises(NotFound, match="its terms are 2017–2018"):
        _term(archive, "KAZ", 2015)
    with pytest.raises(CaseError, match="permanent member"):
        find_term(archive, find_state(archive, "RUS"), None)


def test_a_term_as_of_a_day_inside_it_has_no_known_end() -> None:
    then = open_archive(as_of=date(2018, 11, 20))
    term = find_term(then, find_state(then, "KAZ"), None)
    assert term.last is None
    assert passed_to(then, term) is None


def test_the_rotation_from_august_1950_gives_kazakhstan_for_january_2018(
    archive: Archive,
) -> None:
    found = presidencies(archive, "KAZ", date(2017, 1, 1), date(2018, 12, 31))
    assert [one.month for one in found] == [date(2018, 1, 1)]


# Presidents of the Council by month, as remembered by who wrote this test.
KNOWN = {
    1992: "GBR USA VEN ZWE AUT BEL CPV CHN ECU FRA HUN IND",
    2003: "FRA DEU GIN MEX PAK RUS ESP SYR GBR USA AGO BGR",
    2017: "SWE UKR GBR USA URY BOL CHN EGY ETH FRA ITA JPN",
    2018: "KAZ KWT NLD PER POL RUS SWE GBR USA BOL CHN CIV",
    2019: "DOM GNQ FRA DEU IDN KWT PER POL RUS ZAF GBR USA",
    2020: "VNM BEL CHN DOM EST FRA DEU IDN NER RUS VCT ZAF",
    2021: "TUN GBR USA VNM CHN EST FRA IND IRL KEN MEX NER",
    2022: "NOR RUS ARE GBR USA ALB BRA CHN FRA GAB GHA IND",
    2023: "JPN MLT MOZ RUS CHE ARE GBR USA ALB BRA CHN ECU",
    2024: "FRA GUY JPN MLT MOZ KOR RUS SLE SVN CHE GBR USA",
}


# Single months of note, as remembered: who presided over which well-known meeting.
MOMENTS = {
    date(1956, 10, 1): "FRA",  # Suez
    date(1962, 10, 1): "RUS",  # the missile crisis
    date(1967, 6, 1): "DNK",  # the Six-Day War
    date(1967, 11, 1): "MLI",  # S/RES/242
    date(1971, 12, 1): "SLE",  # the war over Bangladesh
    date(1972, 1, 1): "SOM",  # the Council in Addis Ababa
    date(1973, 3, 1): "PAN",  # the Council in Panama
    date(1990, 8, 1): "ROU",  # the invasion of Kuwait
    date(1990, 11, 1): "USA",  # S/RES/678
}


@pytest.mark.parametrize("month", MOMENTS, ids=str)
def test_the_rotation_gives_the_president_of_a_well_known_meeting(
    archive: Archive, month: date
) -> None:
    found = {one.month: one.iso3 for one in rotation(archive, date(1992, 1, 1))}
    assert found[month] == MOMENTS[month]


@pytest.mark.parametrize("year", KNOWN)
def test_the_rotation_gives_the_presidents_of_a_year(archive: Archive, year: int) -> None:
    found = [o.iso3 for o in rotation(archive, date(2024, 12, 31)) if o.month.year == year]
    assert " ".join(found) == KNOWN[year]


def test_the_rotation_ends_on_the_as_of_date_and_begins_with_the_anchor() -> None:
    then = open_archive(as_of=date(1950, 10, 15))
    assert [one.iso3 for one in rotation(then, date(2000, 1, 1))] == ["RUS", "GBR", "USA"]


def test_the_alphabet_begins_again_after_its_end() -> None:
    names = {"AAA": "aland", "ZZZ": "zeta"}
    assert next_president(names, "zeta") == "AAA"
    assert next_president(names, "m") == "ZZZ"
