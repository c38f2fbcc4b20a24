from __future__ import annotations

from datetime import date

import pytest

from detente.archive import Archive, open_archive
from detente.errors import CaseError
from detente.parties import Party, find_party, find_state, later_state, members


@pytest.fixture(scope="module")
def archive() -> Archive:
    return open_archive()


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1957, 12, 31), 0),
        (date(1958, 1, 1), 6),
        (date(1973, 1, 1), 9),
        (date(1981, 1, 1), 10),
        (date(1986, 1, 1), 12),
        (date(1995, 1, 1), 15),
        (date(2004, 4, 30), 15),
        (date(2004, 5, 1), 25),
        (date(2007, 1, 1), 27),
        (date(2013, 7, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
    ],
)
def test_the_union_has_its_members_of_the_day(archive: Archive, day: date, count: int) -> None:
    assert len(members(archive, "EU", day)) == count


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1945, 12, 31), 51),
        (date(1955, 12, 31), 76),
        (date(1960, 12, 31), 99),
        (date(1973, 12, 31), 135),
        (date(1990, 12, 31), 159),
        (date(1991, 12, 31), 166),
        (date(2002, 12, 31), 191),
        (date(2006, 12, 31), 192),
        (date(2011, 12, 31), 193),
    ],
)
def test_the_united_nations_has_its_members_of_the_day(
    archive: Archive, day: date, count: int
) -> None:
    assert len(members(archive, "UN", day)) == count


def test_the_council_has_eleven_members_to_1965_and_fifteen_after(archive: Archive) -> None:
    assert len(members(archive, "SC", date(1965, 6, 1))) == 11
    assert len(members(archive, "SC", date(1966, 6, 1))) == 15
    assert "KAZ" in members(archive, "SC", date(2018, 11, 20))
    assert "IDN" in members(archive, "SC", date(2019, 6, 1))
    assert "BEL" in members(archive, "SC", date(2019, 6, 1))


def test_chinas_seat_passes_on_25_october_1971(archive: Archive) -> None:
    assert "TWN" in members(archive, "UN", date(1971, 10, 24))
    assert "CHN" not in members(archive, "UN", date(1971, 10, 24))
    assert "CHN" in members(archive, "UN", date(1971, 10, 25))
    assert "TWN" not in members(archive, "UN", date(1971, 10, 25))


def test_as_of_2018_nobody_knows_that_the_united_kingdom_will_leave() -> None:
    then = open_archive(as_of=date(2018, 11, 20))
    rows = then.sql("select last_day from memberships where body = 'EU' and iso3 = 'GBR'")
    assert rows == [(None,)]


@pytest.mark.parametrize(
    ("words", "iso3"),
    [("KAZ", "KAZ"), ("kaz", "KAZ"), ("Kazakhstan", "KAZ"), ("Chine", "CHN"), ("France", "FRA")],
)
def test_a_state_is_found_by_code_or_exact_name(archive: Archive, words: str, iso3: str) -> None:
    assert find_state(archive, words).iso3 == iso3


def test_a_name_that_is_nearly_right_is_refused_with_an_offer(archive: Archive) -> None:
    with pytest.raises(CaseError, match="did you mean KAZ"):
        find_state(archive, "Kazahkstan")


def test_a_bloc_of_the_archive_has_the_members_of_the_day(archive: Archive) -> None:
    union = find_party(archive, "EU")
    assert union.kind == "bloc"
    assert "GBR" in union.members(archive, date(2018, 11, 20))
    assert "GBR" not in union.members(archive, date(2020, 6, 1))


def test_a_listed_bloc_counts_its_members_only_while_they_are_in_the_united_nations(
    archive: Archive,
) -> None:
    bloc = Party("B", "bloc", "B", "B", listed=("CHE", "FRA"))
    assert bloc.members(archive, date(1985, 1, 1)) == ("FRA",)
    assert bloc.members(archive, date(2005, 1, 1)) == ("CHE", "FRA")


def test_every_state_has_a_name_in_both_languages(archive: Archive) -> None:
    nameless = archive.sql(
        "select iso3 from states where name_en is null or name_fr is null or name_en = '' "
        "or name_fr = ''"
    )
    assert nameless == []


def test_a_state_that_the_day_hides_is_refused_for_what_it_is() -> None:
    before = open_archive(as_of=date(1980, 1, 1))
    for words in ("KAZ", "kaz", "Kazakhstan", "Suisse"):
        with pytest.raises(CaseError, match="was not a member of the United Nations on 1980-01-01"):
            find_state(before, words)
    with pytest.raises(CaseError, match="no state is called “Freedonia”"):
        find_state(before, "Freedonia")


def test_only_a_state_that_the_day_hides_is_a_later_state(archive: Archive) -> None:
    before = open_archive(as_of=date(1980, 1, 1))
    later = later_state(before, "Switzerland")
    assert later is not None
    assert later.iso3 == "CHE"
    assert later_state(before, "FRA") is None
    assert later_state(before, "Freedonia") is None
    assert later_state(archive, "CHE") is None
