"""The recommendation follows the findings, by stated rules, and changes with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.case import Case, open_case
from detente.convening import comparing
from detente.convening.findings import Chance, Comparison, RouteFinding
from detente.convening.recommending import Recommendation, recommend
from detente.convening.rulebook import rulebook
from detente.convening.support import Acceptance
from detente.convening.support.acceptance import Reason
from detente.language import LANGUAGES, Lang

compare = partial(comparing.compare, outcomes=2000)
ASTANA = Path(__file__).parents[2] / "cases" / "astana.toml"


@pytest.fixture(scope="module")
def opened() -> tuple[Case, Archive]:
    return open_case(ASTANA)


@pytest.fixture(scope="module")
def astana(opened: tuple[Case, Archive]) -> Comparison:
    case, archive = opened
    return compare(archive, case)


def advised(
    opened: tuple[Case, Archive],
    found: list[RouteFinding],
    accepted: tuple[Acceptance, ...],
    wished: date | None = None,
) -> Recommendation:
    case, archive = opened
    return recommend(archive, case, found, accepted, wished)


def sure(astana: Comparison, p: float) -> tuple[Acceptance, ...]:
    return tuple(replace(one, p=p, low=p, high=p) for one in astana.acceptance)


def with_attendance(astana: Comparison, p: float) -> list[RouteFinding]:
    chance = Chance(p, p, p)
    return [
        replace(one, attendance=chance) if one.attendance is not None else one
        for one in astana.routes
    ]


def test_the_level_is_the_one_at_which_the_record_seated_all(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    advice = astana.recommendation.of("table")
    assert advice is not None
    assert advice.routes == ("forum-ministers",)
    bare = [replace(one, precedents=()) for one in astana.routes]
    other = advised(opened, bare, astana.acceptance).of("table")
    assert other is not None
    assert other.routes == ("forum",)


def test_experts_come_first_unless_all_are_sure_to_come_and_time_is_short(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    case, _ = opened
    soon, late = case.as_of + timedelta(days=30), case.as_of + timedelta(days=200)
    certain = with_attendance(astana, 0.9)
    doubtful = with_attendance(astana, 0.3)
    assert advised(opened, certain, sure(astana, 0.9), soon).of("first") is None
    assert advised(opened, certain, sure(astana, 0.9), late).of("first") is not None
    assert advised(opened, doubtful, sure(astana, 0.5), soon).of("first") is not None


def test_the_frame_is_never_one_that_somebody_can_block_alone(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    frame = astana.recommendation.of("frame")
    assert frame is not None
    assert "special-council" not in frame.routes
    unlikely = [
        replace(one, convened=Chance(0.2, 0.1, 0.3)) if one.convened else one
        for one in astana.routes
    ]
    assert advised(opened, unlikely, astana.acceptance).of("frame") is None


def test_a_wished_day_leaves_out_a_route_that_always_took_longer(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    case, _ = opened
    shortest = astana.of("special-assembly").usual
    assert shortest is not None
    soon = case.as_of + timedelta(days=shortest[0] - 1)
    frame = advised(opened, list(astana.routes), astana.acceptance, soon).of("frame")
    assert frame is not None
    assert "special-assembly" not in frame.routes


def test_a_letter_is_signed_by_two_likely_parties_that_stand_farthest_apart(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    def apart(one: Acceptance, p: float, other: str, share: float) -> Acceptance:
        reason = Reason("distance", -1.0, {"party": other, "share": share})
        return replace(one, p=p, reasons=(reason,))

    eu, usa, chn, rus = astana.acceptance
    accepted = (
        apart(eu, 0.6, "RUS", 0.9),
        apart(usa, 0.2, "CHN", 1.0),
        apart(chn, 0.8, "USA", 1.0),
        apart(rus, 0.7, "EU", 0.9),
    )
    routes = list(astana.routes)
    advice = advised(opened, routes, accepted)
    letter, hardest = advice.of("letter"), advice.of("hardest")
    assert letter is not None
    assert set(letter.parties) == {"EU", "RUS"}
    assert hardest is not None
    assert hardest.parties == ("USA",)
    untold = tuple(replace(one, reasons=()) for one in accepted)
    likeliest = advised(opened, routes, untold).of("letter")
    assert likeliest is not None
    assert likeliest.parties == ("CHN", "RUS")
    assert advised(opened, routes, sure(astana, 0.3)).of("letter") is None


def test_margins_are_those_of_meetings_that_seat_all_the_smallest_first(
    astana: Comparison,
) -> None:
    advice = astana.recommendation.of("margins")
    assert advice is not None
    assert advice.routes == ("g20-margins", "un-margins")


def test_every_reason_leads_to_rules_and_records_that_are_there(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    _, archive = opened
    known = {key for (key,) in archive.sql("SELECT id FROM summits")}
    known |= {key for (key,) in archive.sql("SELECT session FROM special_sessions")}
    for advice in astana.recommendation.advice:
        assert advice.reasons
        for reason in advice.reasons:
            assert set(reason.rules) <= set(rulebook().rules)
            assert set(reason.records) <= known


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_said_in_both_languages(
    opened: tuple[Case, Archive], astana: Comparison, lang: Lang
) -> None:
    from detente.convening.messages import OBSTACLES, REASONS
    from detente.language import catalogue

    if lang == "fr":
        messages = catalogue("fr", "convening")
        assert set(OBSTACLES.values()) | set(REASONS.values()) <= set(messages)
        return
    case, archive = opened
    from detente.convening.wording import Wording

    words = Wording(archive, case, lang)
    for advice in astana.recommendation.advice:
        for reason in advice.reasons:
            assert "{" not in words.reason(reason)
