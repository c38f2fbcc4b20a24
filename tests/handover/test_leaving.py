"""A handover: Kazakhstan to Belgium on Afghanistan and Syria, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from detente.archive import Archive, open_archive
from detente.errors import CaseError, NotFound
from detente.handover import Handover, handover


@pytest.fixture(scope="module")
def archive() -> Archive:
    return open_archive()


@pytest.fixture(scope="module")
def afghanistan(archive: Archive) -> Handover:
    return handover(archive, "KAZ", "BEL", "Afghanistan", years=(2017, 2018))


@pytest.fixture(scope="module")
def syria(archive: Archive) -> Handover:
    return handover(archive, "KAZ", "BEL", "Syria")


def test_council_texts_on_afghanistan_are_found_by_the_name_of_the_state(
    afghanistan: Handover,
) -> None:
    assert [t.symbol for t in afghanistan.texts] == ["S/RES/2344(2017)", "S/RES/2405(2018)"]
    assert afghanistan.before is not None
    assert afghanistan.before.symbol == "S/RES/2274(2016)"
    assert all(t.totals == (15, 0, 0) and t.unopposed for t in afghanistan.texts)
    assert afghanistan.sponsored == (("JPN", 1), ("NLD", 1))


def test_the_mandate_of_unama_falls_due_in_march_2019_and_was_renewed_in_time(
    afghanistan: Handover,
) -> None:
    (one,) = afghanistan.due
    assert one.day == date(2019, 3, 17)
    assert one.basis == "stated end"
    assert (one.ends, one.rhythm) == ((7, 7), (13, 13))
    assert one.followed is not None
    assert one.followed.symbol == "S/RES/2460(2019)"
    assert one.held is True


def test_the_receiver_sits_after_the_giver_but_not_on_its_seat(afghanistan: Handover) -> None:
    assert afghanistan.passed_to is not None
    assert afghanistan.passed_to.entered == ("IDN",)
    assert [term.years for term in afghanistan.next_terms] == ["2019–2020"]
    assert afghanistan.earlier_terms[-1].years == "2007–2008"
    assert [one.month for one in afghanistan.presided] == [date(2018, 1, 1)]


def test_who_did_not_vote_yes_is_named_and_vetoed_drafts_stand_unresolved(
    syria: Handover,
) -> None:
    by_symbol = {text.symbol: text for text in syria.texts}
    assert by_symbol["S/RES/2449(2018)"].apart == {"abstain": ("CHN", "RUS")}
    assert by_symbol["S/RES/2393(2017)"].apart == {"abstain": ("BOL", "CHN", "RUS")}
    assert {d.draft for d in syria.failed} == {
        "S/2017/884", "S/2017/962", "S/2017/970", "S/2018/321",
    }  # fmt: skip
    assert {d.draft for d in syria.perhaps} == {"S/2017/172", "S/2017/315"}
    assert "S/RES/2449(2018)" in {text.symbol for text in syria.contested}
    assert "S/RES/2401(2018)" in {text.symbol for text in syria.standing}


def test_nothing_later_than_the_term_enters_a_handover(
    archive: Archive, afghanistan: Handover
) -> None:
    then = handover(open_archive(as_of=date(2018, 12, 31)), "KAZ", "BEL", "Afghanistan")
    for name in ("texts", "failed", "perhaps", "standing", "contested", "denominator", "sponsored"):
        assert getattr(then, name) == getattr(afghanistan, name), name
    assert [one.day for one in then.due] == [one.day for one in afghanistan.due]
    assert then.due[0].followed is None
    assert then.due[0].held is None
    assert then.next_terms == ()


def test_words_that_name_no_topic_are_searched_for_as_words(archive: Archive) -> None:
    found = handover(archive, "KAZ", "BEL", "panel experts")
    assert found.subject.topic is None
    assert found.denominator is None
    assert all("Panel of Experts" in text.title for text in found.texts)
    assert len(found.texts) >= 8


def test_the_assembly_needs_years_and_shows_sponsors_where_the_record_does(
    archive: Archive,
) -> None:
    with pytest.raises(CaseError, match="--years"):
        handover(archive, "DEU", "FRA", "Afghanistan", body="GA")
    found = handover(archive, "DEU", "FRA", "Afghanistan", body="GA", years=(2020, 2026))
    assert "A/RES/75/90" in {text.symbol for text in found.own}
    assert found.term is None
    assert found.failed == ()
    assert found.called == ()


def test_the_assembly_names_the_special_session_that_a_state_asked_for(archive: Archive) -> None:
    found = handover(archive, "AZE", "UGA", "global health", body="GA", years=(2020, 2026))
    assert [session for session, _, _ in found.called] == ["S-31"]


@pytest.mark.parametrize(
    ("giver", "receiver", "words", "years", "kind", "says"),
    [
        ("KAZ", "KAZ", "Syria", None, CaseError, "itself"),
        ("UZB", "BEL", "Syria", None, NotFound, "Uzbekistan has not sat"),
        ("KAZ", "UZB", "Syria", None, NotFound, "Uzbekistan has not sat"),
        ("KAZ", "BEL", "Syria", (2014, 2015), NotFound, "2017–2018"),
        ("KAZ", "BEL", "Syria", (2018, 2017), CaseError, "earlier year first"),
        ("KAZ", "BEL", "zeppelins", None, NotFound, "zeppelins"),
        ("KAZ", "BEL", " ", None, NotFound, "no topic"),
    ],
)
def test_what_cannot_be_handed_over_is_refused_in_a_sentence(
    archive: Archive,
    giver: str,
    receiver: str,
    words: str,
    years: tuple[int, int] | None,
    kind: type[Exception],
    says: str,
) -> None:
    with pytest.raises(kind, match=says):
        handover(archive, giver, receiver, words, years=years)


def test_a_topic_without_a_text_in_the_term_names_the_last_one_before(archive: Archive) -> None:
    with pytest.raises(NotFound, match="the last before it is S/RES/"):
        handover(archive, "KAZ", "BEL", "apartheid")


def test_the_permanent_members_are_those_of_the_last_day(archive: Archive) -> None:
    then = handover(archive, "CHL", "GHA", "Subcommittee", years=(1961, 1961))
    assert [party.code for party in then.parties] == ["FRA", "GBR", "RUS", "TWN", "USA"]


def test_no_party_is_refused(archive: Archive) -> None:
    with pytest.raises(CaseError, match="--parties"):
        handover(archive, "KAZ", "BEL", "Syria", parties=())
