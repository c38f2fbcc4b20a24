from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from detente.archive import Archive, open_archive
from detente.case import Case, open_case
from detente.denominators import Denominators, Stance, Tier, agenda, denominators
from detente.denominators.finding import topic_tier
from detente.denominators.texts import Texts, memberships, read_council, read_texts, series
from detente.denominators.tiers_arrays import tiers

ASTANA = Path(__file__).parents[2] / "cases" / "astana.toml"


@pytest.fixture(scope="module")
def opened() -> tuple[Case, Archive]:
    return open_case(ASTANA)


@pytest.fixture(scope="module")
def astana(opened: tuple[Case, Archive]) -> Denominators:
    case, archive = opened
    return denominators(archive, case)


@pytest.fixture(scope="module")
def whole() -> tuple[Texts, dict[str, int]]:
    """All texts since 2003 for the four parties, with the row of each symbol."""
    case, archive = open_case(ASTANA, as_of=date(2024, 9, 6))
    texts = read_texts(archive, case.parties, date(2003, 1, 1))
    return texts, {symbol: row for row, symbol in enumerate(texts.symbol.tolist())}


def test_about_seven_in_a_hundred_contested_texts_were_accepted_by_all_four(
    whole: tuple[Texts, dict[str, int]],
) -> None:
    texts, _ = whole
    years = texts.date.astype("datetime64[Y]").astype(int) + 1970
    contested = texts.recorded & (years <= 2020)
    share = (texts.tier[contested] == Tier.ALL_ACCEPT).mean()
    assert 0.065 <= share <= 0.08


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # The test ban: accepted by all to 2016, the United States against from 2018.
        ("A/RES/71/86", "A/RES/75/87"),
        # Cyber: nobody objected in 2016, rival texts from 2018.
        ("A/RES/71/28", "A/RES/73/27"),
        # Measures of confidence in outer space: unopposed in 2010, opposed in 2020.
        ("A/RES/65/68", "A/RES/75/69"),
        # Afghanistan: one abstained in 2018, and objected in 2020.
        ("A/RES/73/88", "A/RES/75/90"),
    ],
)
def test_agreement_decays(whole: tuple[Texts, dict[str, int]], before: str, after: str) -> None:
    texts, row = whole
    assert texts.tier[row[before]] <= Tier.NOBODY_OBJECTS
    assert texts.tier[row[after]] in (Tier.ONE_SHORT, Tier.SPLIT)


def test_what_broke_can_come_back(whole: tuple[Texts, dict[str, int]]) -> None:
    texts, row = whole
    assert texts.tier[row["A/RES/75/69"]] == Tier.ONE_SHORT
    assert texts.tier[row["A/RES/76/55"]] == Tier.NOBODY_OBJECTS


def test_series_ignores_the_numbers_of_a_title() -> None:
    assert series("Report for 2016 (first part)") == series("Report for 2017 (first part)")
    assert series("The Syrian Golan") != series("The occupied Syrian Golan")


def test_the_union_counts_the_members_of_the_day(opened: tuple[Case, Archive]) -> None:
    case, _ = opened
    archive = open_archive(as_of=date(2024, 9, 6))
    iso3 = np.array(["FRA", "GBR", "HRV"])
    days = np.array(["2010-01-01", "2014-01-01", "2020-06-01"], dtype="datetime64[D]")
    belongs = memberships(archive, case.parties[0], iso3, days)
    assert belongs.tolist() == [[True, True, True], [True, True, False], [False, True, True]]


def test_swapping_two_parties_swaps_their_answers_and_nothing_else(
    opened: tuple[Case, Archive], astana: Denominators
) -> None:
    case, archive = opened
    turned = denominators(archive, replace(case, parties=case.parties[::-1]))
    for found in astana.topics:
        other = turned.of(found.topic.code)
        assert (other.tier, other.cases, other.probability) == (
            found.tier,
            found.cases,
            found.probability,
        )
        assert set(other.short) == set(found.short)
        assert dict(other.objectors) == dict(found.objectors)


def test_what_came_later_changes_nothing(
    opened: tuple[Case, Archive], astana: Denominators
) -> None:
    # The shipped archive holds six more years; had any of them been seen, the newest text or a
    # chance would differ from those of an archive cut at the date by its own tables.
    assert max(found.last for found in astana.topics if found.last) <= date(2018, 11, 20)
    assert astana.texts.date.max() <= np.datetime64("2018-11-20")


def test_the_tier_of_a_topic_is_what_two_thirds_of_its_weight_reaches() -> None:
    yes, no = [Stance.ACCEPTS] * 3, [Stance.ACCEPTS, Stance.OBJECTS, Stance.ACCEPTS]
    both = [Stance.OBJECTS, Stance.OBJECTS, Stance.ACCEPTS]
    stances = np.array([yes, yes, no], np.int8)
    assert topic_tier(stances, np.ones(3))[0] == Tier.ALL_ACCEPT
    assert topic_tier(stances, np.array([1.0, 0.9, 1.0]))[:2] == (Tier.ONE_SHORT, (1,))
    assert topic_tier(np.array([both, both, yes], np.int8), np.ones(3))[0] == Tier.SPLIT
    assert topic_tier(stances, np.full(3, 0.1))[0] == Tier.UNKNOWN


def test_a_topic_nobody_voted_on_is_unknown_and_has_no_chance(astana: Denominators) -> None:
    found = astana.of("southern-africa/apartheid")
    assert found.tier == Tier.UNKNOWN
    assert found.probability is None
    assert found.cases == 0


def test_the_test_ban_is_firm_ground_in_2018_and_no_longer_in_2023(
    astana: Denominators,
) -> None:
    assert astana.of("disarmament/nuclear-testing").tier <= Tier.NOBODY_OBJECTS
    case, archive = open_case(ASTANA, as_of=date(2021, 6, 1))
    later = denominators(archive, case).of("disarmament/nuclear-testing")
    assert later.probability is not None
    assert later.probability < (astana.of("disarmament/nuclear-testing").probability or 0)


def test_a_party_without_a_seat_in_the_council_is_missing_there(
    opened: tuple[Case, Archive],
) -> None:
    case, archive = opened
    found = read_council(archive, case.parties, date(2016, 1, 1))
    permanent = [case.codes.index(code) for code in ("USA", "CHN", "RUS")]
    adopted = found.stances[found.adopted]
    assert (adopted[:, permanent] != Stance.MISSING).all()
    assert not (adopted[:, permanent] == Stance.OBJECTS).any()
    vetoed = found.stances[~found.adopted]
    assert len(vetoed) > 0
    assert (vetoed == Stance.OBJECTS).any(axis=1).all()


def test_the_agenda_goes_from_firm_ground_to_what_needs_preparation(
    astana: Denominators,
) -> None:
    made = agenda(astana)
    shelves = [item.shelf for item in made.items]
    assert shelves == sorted(shelves, key=["firm", "one short", "prepare"].index)
    assert [item.place for item in made.items] == list(range(1, len(made.items) + 1))
    assert all(item.found.topic.substantive for item in made.items)
    assert all(item.rests_on for item in made.items)
    assert all(item.found.tier <= Tier.NOBODY_OBJECTS for item in made.shelf("firm"))
    assert all(item.objectors for item in made.shelf("one short"))
    assert made.left_out


def test_the_hosts_own_topic_is_kept_but_never_moved_up(astana: Denominators) -> None:
    code = "middle-east/occupied-territories"
    item = next(i for i in agenda(astana, (code,)).left_out if i.found.topic.code == code)
    assert item.host_wish
    assert item.shelf == "leave out"


def test_the_dated_facts_come_out_in_the_right_tier(opened: tuple[Case, Archive]) -> None:
    case, _ = opened
    archive = open_archive(as_of=date(2026, 1, 1))
    assembly = read_texts(archive, case.parties, date(1990, 1, 1))
    council = read_council(archive, case.parties, date(1990, 1, 1))
    tier = dict(zip(assembly.symbol.tolist(), assembly.tier.tolist(), strict=True))
    # In the Council a bloc speaks through its seated members; where it has none, it says nothing.
    seated = np.where(council.stances == Stance.MISSING, Stance.CONSENSUS, council.stances)
    full = np.where(
        (council.stances == Stance.MISSING).any(axis=1), tiers(seated), tiers(council.stances)
    )
    tier |= dict(zip(council.symbol.tolist(), full.tolist(), strict=True))
    facts = archive.sql(
        "select symbol, class, [usa, rus, chn, eu], eu_exceptions from agreements "
        "where confidence = 'SOURCE' order by date, symbol"
    )
    wrong = {}
    checked = 0
    for symbol, kind, answers, exceptions in facts:
        if symbol not in tier:
            continue
        checked += 1
        if kind == "agree yes":
            right = tier[symbol] == Tier.ALL_ACCEPT
        elif kind == "agree consensus":
            right = tier[symbol] == Tier.NOBODY_OBJECTS
        else:
            # The facts call a text split where any party abstained; here only an objection blocks.
            no = answers.count("no")
            within = answers[3] != "no" and "N" in (exceptions or "")
            right = tier[symbol] == Tier.NOBODY_OBJECTS if no + within == 0 else tier[symbol] >= 2
        if not right:
            wrong[symbol] = (kind, answers, Tier(tier[symbol]).name)
    assert checked >= 90
    assert wrong == {}
