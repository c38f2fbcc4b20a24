"""What it takes, by date, against a hand-written list over 1946 to 2024."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.archive import Archive, open_archive
from detente.convening.rulebook import Rule, rulebook
from detente.convening.thresholds import Needed, needed, of_all

# Year from which it held at the year's end: Members, a majority of them, two thirds if all vote,
# members of the Council, votes it needs on procedure. From the table of the growth of membership
# of the United Nations and Charter 27 before and after the amendment of 31 August 1965.
BY_YEAR = (
    (1946, 55, 28, 37, 11, 7),
    (1947, 57, 29, 38, 11, 7),
    (1948, 58, 30, 39, 11, 7),
    (1949, 59, 30, 40, 11, 7),
    (1950, 60, 31, 40, 11, 7),
    (1955, 76, 39, 51, 11, 7),
    (1956, 80, 41, 54, 11, 7),
    (1957, 82, 42, 55, 11, 7),
    (1960, 99, 50, 66, 11, 7),
    (1961, 104, 53, 70, 11, 7),
    (1962, 110, 56, 74, 11, 7),
    (1963, 113, 57, 76, 11, 7),
    (1964, 115, 58, 77, 11, 7),
    (1965, 117, 59, 78, 11, 7),
    (1966, 122, 62, 82, 15, 9),
    (1967, 123, 62, 82, 15, 9),
    (1968, 126, 64, 84, 15, 9),
    (1970, 127, 64, 85, 15, 9),
    (1971, 132, 67, 88, 15, 9),
    (1973, 135, 68, 90, 15, 9),
    (1974, 138, 70, 92, 15, 9),
    (1975, 144, 73, 96, 15, 9),
    (1976, 147, 74, 98, 15, 9),
    (1977, 149, 75, 100, 15, 9),
    (1978, 151, 76, 101, 15, 9),
    (1979, 152, 77, 102, 15, 9),
    (1980, 154, 78, 103, 15, 9),
    (1981, 157, 79, 105, 15, 9),
    (1983, 158, 80, 106, 15, 9),
    (1984, 159, 80, 106, 15, 9),
    (1991, 166, 84, 111, 15, 9),
    (1992, 179, 90, 120, 15, 9),
    (1993, 184, 93, 123, 15, 9),
    (1994, 185, 93, 124, 15, 9),
    (1999, 188, 95, 126, 15, 9),
    (2000, 189, 95, 126, 15, 9),
    (2002, 191, 96, 128, 15, 9),
    (2006, 192, 97, 128, 15, 9),
    (2011, 193, 97, 129, 15, 9),
)


@pytest.fixture(scope="module")
def whole() -> Archive:
    return open_archive()


def by_year(year: int) -> tuple[int, ...]:
    return next(row[1:] for row in reversed(BY_YEAR) if row[0] <= year)


@pytest.mark.parametrize("year", range(1946, 2025))
def test_thresholds_follow_the_membership_of_the_year(whole: Archive, year: int) -> None:
    rules, day = rulebook(), date(year, 12, 31)
    majority = needed(whole, rules["ga-8a-majority"], day)
    important = needed(whole, rules["ch-18-2"], day)
    council = needed(whole, rules["sc-9"], day)
    found = (majority.of, majority.votes, important.votes, council.of, council.votes)
    assert found == by_year(year)


@pytest.mark.parametrize(
    ("day", "votes", "of"),
    [
        (date(1950, 11, 3), 7, 11),
        (date(1965, 12, 31), 7, 11),
        (date(1966, 1, 1), 9, 15),
        (date(2022, 2, 27), 9, 15),
    ],
)
def test_uniting_for_peace_needed_seven_votes_and_then_nine_and_never_knew_a_veto(
    whole: Archive, day: date, votes: int, of: int
) -> None:
    found = needed(whole, rulebook()["ga-8b-council"], day)
    assert (found.votes, found.of, found.vetoes, found.open_vetoes) == (votes, of, (), ())


def test_a_veto_on_an_ordinary_request_stays_open_until_the_user_answers(whole: Archive) -> None:
    rule, day = rulebook()["ga-8a-council"], date(2018, 11, 20)
    five = ("CHN", "FRA", "GBR", "RUS", "USA")
    asked, yes, no = (
        needed(whole, rule, day, answers=answers)
        for answers in (None, {"veto": True}, {"veto": False})
    )
    assert (asked.vetoes, asked.open_vetoes) == ((), five)
    assert (yes.vetoes, yes.open_vetoes) == (five, ())
    assert (no.vetoes, no.open_vetoes) == ((), ())


def test_the_seat_of_china_blocks_for_whoever_held_it(whole: Archive) -> None:
    rule = rulebook()["ch-27-3"]
    assert "TWN" in needed(whole, rule, date(1962, 6, 1)).vetoes
    assert "CHN" in needed(whole, rule, date(1972, 6, 1)).vetoes


@pytest.mark.parametrize(
    ("rule", "day", "of"),
    [
        ("osce-blue-book", date(1975, 7, 30), 35),
        ("osce-blue-book", date(1990, 11, 19), 34),
        ("osce-summit", date(2010, 12, 1), 56),
        ("osce-summit", date(2018, 11, 20), 57),
        ("cica-consensus", date(2018, 11, 20), 27),
        ("cica-consensus", date(2022, 10, 13), 28),
        ("sco-16", date(2016, 6, 1), 6),
        ("sco-16", date(2018, 11, 20), 8),
        ("asem-consensus", date(1996, 3, 1), 26),
        ("asem-consensus", date(2018, 11, 20), 53),
        ("g20-consensus", date(2018, 11, 20), 20),
        ("g20-consensus", date(2023, 9, 9), 21),
        ("eu-15-4", date(2018, 11, 20), 28),
        ("eu-15-4", date(2020, 2, 1), 27),
        ("eu-j", date(1995, 1, 1), 15),
        ("eu-epc", date(1991, 6, 1), 12),
    ],
)
def test_consensus_counts_the_members_of_the_day_and_anyone_can_block(
    whole: Archive, rule: str, day: date, of: int
) -> None:
    found = needed(whole, rulebook()[rule], day)
    assert (found.votes, found.of) == (of, of)
    assert len(found.vetoes) == of


def _members(rule: Rule) -> Needed:
    return Needed(rule.threshold.kind, 97, 193, rule.threshold.share)


@given(yes=st.integers(0, 193), no=st.integers(0, 193))
def test_one_supporter_more_never_undoes_a_threshold_and_one_opponent_more_never_meets_it(
    yes: int, no: int
) -> None:
    for rule in rulebook().rules.values():
        need = _members(rule)
        assert need.met(yes + 1, no) >= need.met(yes, no)
        assert need.met(yes, no) >= need.met(yes, no + 1)


@pytest.mark.parametrize(
    ("yes", "no", "met"), [(53, 46, False), (57, 43, False), (116, 0, True), (99, 0, True)]
)
def test_two_thirds_of_those_voting_as_in_the_emergency_session_of_1967(
    yes: int, no: int, met: bool
) -> None:
    assert Needed("present and voting", 82, 122, "two-thirds").met(yes, no) is met


@given(members=st.integers(1, 400))
def test_a_majority_is_more_than_half_and_two_thirds_are_at_least_that(members: int) -> None:
    majority, important = of_all("majority", members), of_all("two-thirds", members)
    assert 2 * majority > members >= 2 * (majority - 1)
    assert 3 * important >= 2 * members > 3 * (important - 1)
