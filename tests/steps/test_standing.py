"""Who is bound by what on a day, and nothing that came later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from detente.archive import Archive, open_archive
from detente.parties import Party, find_party
from detente.steps.facts import has, spending
from detente.steps.first import first_mover
from detente.steps.instruments import instruments, last_act, standing
from detente.steps.suiting import most_intrusive, suit


@pytest.fixture(scope="module")
def archive() -> Archive:
    return open_archive()


def parties(archive: Archive, *codes: str) -> tuple[Party, ...]:
    return tuple(find_party(archive, code) for code in codes)


@pytest.mark.parametrize(
    ("code", "party", "day", "bound", "left"),
    [
        ("open-skies", "USA", date(2018, 11, 20), True, False),
        ("open-skies", "USA", date(2020, 11, 21), True, False),
        ("open-skies", "USA", date(2020, 11, 22), False, True),
        ("open-skies", "CHN", date(2018, 11, 20), False, False),
        ("vienna-document", "RUS", date(2018, 11, 20), True, False),
        ("vienna-document", "CHN", date(2018, 11, 20), False, False),
        ("vienna-document", "EU", date(2018, 11, 20), True, False),
        ("cica-catalogue", "CHN", date(2018, 11, 20), True, False),
        ("cica-catalogue", "USA", date(2018, 11, 20), False, False),
        ("helsinki-final-act", "RUS", date(1985, 10, 1), True, False),
        ("helsinki-final-act", "RUS", date(2018, 11, 20), False, False),
        ("asean-regional-forum", "EU", date(2018, 11, 20), True, False),
        ("jcpoa", "USA", date(2018, 5, 7), True, False),
        ("jcpoa", "USA", date(2018, 5, 8), False, True),
    ],
)
def test_a_party_is_bound_from_its_day_to_the_day_it_left(
    archive: Archive, code: str, party: str, day: date, bound: bool, left: bool
) -> None:
    (one,) = parties(archive, party)
    found = standing(archive, instruments()[code], one, day)
    assert (found.whole, found.left) == (bound, left)


def test_a_bloc_is_bound_in_part_where_some_members_are(archive: Archive) -> None:
    (union,) = parties(archive, "EU")
    found = standing(archive, instruments()["open-skies"], union, date(2018, 11, 20))
    # Austria, Cyprus, Ireland and Malta never joined it.
    assert (found.bound, found.of) == (24, 28)
    assert not found.whole


def test_a_day_before_an_act_knows_nothing_of_it(archive: Archive) -> None:
    table = parties(archive, "EU", "USA", "CHN", "RUS")
    for instrument in instruments().values():
        for act in instrument.acts:
            for party in table:
                found = last_act(archive, party, act.day - timedelta(days=1))
                assert found is None or found[1].day < act.day


def test_who_last_left_an_agreement_is_read_from_dated_acts(archive: Archive) -> None:
    usa, rus = parties(archive, "USA", "RUS")
    told = last_act(archive, usa, date(2018, 11, 20))
    assert told is not None
    assert (told[0].code, told[1].day) == ("inf", date(2018, 10, 20))
    told = last_act(archive, rus, date(1985, 10, 1))
    assert told is not None
    assert (told[0].code, told[1].kind) == ("inf-talks", "suspended")


def test_spending_is_what_was_published_by_the_day(archive: Archive) -> None:
    (usa,) = parties(archive, "USA")
    assert spending(archive, usa, date(1985, 10, 1)) is None
    told = spending(archive, usa, date(2018, 11, 20))
    assert told is not None
    assert told[0] == 610
    told = spending(archive, usa, date(2018, 5, 1))
    assert told is not None
    assert told[0] == 698


def test_needs_hold_for_all_parties_or_are_not_known(archive: Archive) -> None:
    day = date(2018, 11, 20)
    assert has(archive, "nuclear", parties(archive, "USA", "RUS"), day) is True
    assert has(archive, "nuclear", parties(archive, "USA", "EU"), day) is False
    assert has(archive, "nuclear", parties(archive, "USA", "CHN"), date(1964, 10, 15)) is False
    assert has(archive, "border", parties(archive, "CHN", "RUS"), day) is True
    assert has(archive, "border", parties(archive, "USA", "RUS"), day) is False
    assert has(archive, "border", parties(archive, "BRA", "ARG"), day) is None
    assert has(archive, "council", parties(archive, "USA", "EU"), day) is True
    assert has(archive, "theatre", parties(archive, "USA", "RUS"), date(2014, 1, 1)) is False


def test_more_tension_never_allows_more_intrusion() -> None:
    limits = [most_intrusive(("A", "B"), {("B", "A"): float(p)})[0] for p in range(101)]
    assert limits == sorted(limits, reverse=True)
    assert limits[0] == 4
    assert limits[100] == 2


def test_unknown_tension_sets_no_limit_and_the_tensest_pair_decides() -> None:
    assert most_intrusive(("A", "B"), None) == (4, None, None)
    assert most_intrusive(("A", "B", "C"), {("A", "B"): 10.0, ("C", "B"): 95.0}) == (
        2,
        95.0,
        ("B", "C"),
    )


def test_high_tension_leaves_out_what_brings_foreigners_to_look(archive: Archive) -> None:
    pair = parties(archive, "USA", "RUS")
    day = date(2018, 11, 20)
    calm = {one.measure.id: one.why for one in suit(archive, pair, day)}
    tense = {
        one.measure.id: one.why for one in suit(archive, pair, day, None, {("USA", "RUS"): 99.0})
    }
    assert calm["CBM23"] is None
    assert tense["CBM23"] == "tension too high"
    assert {code for code in calm if calm[code] is None} > {
        code for code in tense if tense[code] is None
    }


def test_an_agreement_of_two_counts_only_where_both_sit_at_the_table(archive: Archive) -> None:
    day = date(2018, 11, 20)
    notice = {
        codes: next(
            one for one in suit(archive, parties(archive, *codes), day) if one.measure.id == "CBM20"
        )
        for codes in (("CHN", "USA"), ("CHN", "RUS"))
    }
    named = {
        codes: {s.instrument.code for s in one.standings["CHN"]} for codes, one in notice.items()
    }
    assert "launch-notice-chn-rus" not in named["CHN", "USA"]
    assert "launch-notice-chn-rus" in named["CHN", "RUS"]
    assert notice["CHN", "RUS"].by == "launch-notice-chn-rus"


def test_the_order_of_the_parties_changes_no_measure(archive: Archive) -> None:
    day = date(2018, 11, 20)
    one = suit(archive, parties(archive, "EU", "USA", "CHN", "RUS"), day)
    other = suit(archive, parties(archive, "RUS", "CHN", "EU", "USA"), day)
    assert [(s.measure.id, s.bound, s.by, s.why) for s in one] == [
        (s.measure.id, s.bound, s.by, s.why) for s in other
    ]


def test_without_any_reason_the_first_of_the_case_moves_first(archive: Archive) -> None:
    first = first_mover(archive, parties(archive, "BRA", "ARG"), date(2000, 1, 1))
    assert (first.party, first.known, first.votes) == ("BRA", 0, 0)
