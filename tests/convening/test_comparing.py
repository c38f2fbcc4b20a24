"""Comparing routes: seats, blockers, openings, contradictions, and what a belief changes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.case import Case, open_case
from detente.convening import comparing
from detente.convening.deciding import together
from detente.convening.findings import Comparison
from detente.convening.wording import Wording
from detente.errors import RuleError

compare = partial(comparing.compare, outcomes=2000)
ASTANA = Path(__file__).parents[2] / "cases" / "astana.toml"


def case_of(folder: Path, host: str, parties: str, day: str) -> tuple[Case, Archive]:
    path = folder / "made.toml"
    path.write_text(
        f'[case]\nname = "Made"\nhost = "{host}"\nparties = [{parties}]\nas_of = {day}\n',
        encoding="utf-8",
    )
    return open_case(path)


@pytest.fixture(scope="module")
def opened() -> tuple[Case, Archive]:
    return open_case(ASTANA)


@pytest.fixture(scope="module")
def astana(opened: tuple[Case, Archive]) -> Comparison:
    case, archive = opened
    return compare(archive, case)


def lacking(found: Comparison, route: str) -> set[str]:
    return set(found.of(route).lacking)


def test_the_union_has_no_vote_in_the_assembly_and_its_rule_says_so(astana: Comparison) -> None:
    for route in ("special-assembly", "special-member", "high-level", "regular-item"):
        assert lacking(astana, route) == {"EU"}
        standing = astana.of(route).standing[0]
        assert (standing.seat, [rule.id for rule in standing.rules]) == ("observer", ["eu-un"])


@pytest.mark.parametrize(
    ("route", "outside"),
    [
        ("osce-summit", {"CHN"}),
        ("cica-summit", {"EU"}),
        ("sco-summit", {"EU", "USA"}),
        ("asem-margins", {"USA"}),
        ("g20-margins", set()),
        ("forum", set()),
    ],
)
def test_who_has_no_seat_follows_the_memberships_of_the_day(
    astana: Comparison, route: str, outside: set[str]
) -> None:
    found = astana.of(route)
    assert {one.party for one in found.standing if one.seat == "none"} == outside


def test_a_bloc_sits_in_the_council_through_its_members_of_the_day(astana: Comparison) -> None:
    union = astana.of("council-meeting").standing[0]
    assert (union.seat, union.members) == ("through members", (5, 28))


def test_five_who_meet_as_five_have_no_seat_for_a_bloc(astana: Comparison) -> None:
    found = astana.of("p5-summit")
    assert found.status == "closed"
    assert [bar.key for bar in found.obstacles if bar.closes] == ["no seat"]


def test_each_party_and_each_member_of_the_union_can_block_the_forum(astana: Comparison) -> None:
    blockers = {one.rule.id: one.who for one in astana.of("forum").blockers}
    assert blockers["forum-consent"] == ("EU", "USA", "CHN", "RUS")
    assert len(blockers["eu-15-4"]) == 28
    assert "eu-15-4" not in {one.rule.id for one in astana.of("forum-ministers").blockers}


def test_nobody_can_block_a_request_of_members_alone(astana: Comparison) -> None:
    for route in ("special-majority", "special-member"):
        assert astana.of(route).blockers == ()


@pytest.mark.parametrize(
    ("route", "first", "last"),
    [
        ("special-council", date(2018, 12, 4), date(2018, 12, 5)),
        ("special-majority", date(2018, 11, 30), date(2018, 12, 5)),
        ("special-member", date(2018, 11, 30), date(2019, 1, 4)),
        ("regular-item", date(2019, 9, 17), date(2019, 9, 17)),
        ("un-margins", date(2019, 9, 24), date(2019, 9, 24)),
        ("additional-item", date(2018, 11, 27), None),
        ("g20-margins", None, None),
    ],
)
def test_openings_follow_the_clocks(
    astana: Comparison, route: str, first: date | None, last: date | None
) -> None:
    window = astana.of(route).opening
    assert (window.earliest, window.latest) == (first, last)


def test_an_emergency_session_is_closed_until_the_facts_are_set(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    case, archive = opened
    assert astana.of("emergency-council").status == "closed"
    for route in ("emergency-council", "emergency-members"):
        with pytest.raises(RuleError, match=r"ufp-facts.toml.*--fact threat"):
            compare(archive, case, route=route)
        with pytest.raises(RuleError, match="--fact deadlock"):
            compare(archive, case, route=route, facts={"threat": True})
    both = compare(archive, case, facts={"threat": True, "deadlock": True})
    assert both.of("emergency-council").status == "open"
    assert both.recommendation.of("emergency") is not None
    assert astana.recommendation.of("emergency") is None


def test_the_veto_question_stays_open_until_answered(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    case, archive = opened
    asked = astana.of("special-council")
    assert [one.key for one in asked.open_questions] == ["veto"]
    yes = compare(archive, case, route="special-council", answers={"veto": True}).routes[0]
    no = compare(archive, case, route="special-council", answers={"veto": False}).routes[0]
    assert not yes.open_questions
    assert not no.open_questions
    assert len(yes.blockers[0].who) == 5
    assert not no.blockers
    decision = asked.steps[0]
    assert decision.odds is not None
    assert decision.odds_if_vetoed is not None
    assert yes.convened is not None
    assert no.convened is not None
    assert yes.convened.p == decision.odds_if_vetoed.probability
    assert no.convened.p == decision.odds.probability
    assert yes.convened.p <= no.convened.p


def test_a_wished_day_gives_deadlines_or_says_from_when(opened: tuple[Case, Archive]) -> None:
    case, archive = opened
    found = compare(archive, case, route="special-member", opening=date(2019, 3, 1)).routes[0]
    last = {one.event: one.window.latest for one in found.deadlines}
    assert last["notice"] == date(2019, 2, 19)
    assert last["supplementary items"] == date(2019, 2, 25)
    first = {one.event: one.window.earliest for one in found.deadlines}
    assert first["request"] == date(2019, 1, 15)
    early = compare(archive, case, route="special-member", opening=date(2018, 11, 25)).routes[0]
    assert early.status == "closed"
    assert [bar.key for bar in early.obstacles if bar.closes] == ["wished too early"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"opening": date(2018, 11, 1)}, "not after the as-of date"),
        ({"overrides": {"XYZ": 0.5}}, "“XYZ” is no Member"),
        ({"overrides": {"USA": 1.5}}, "not between 0 and 1"),
        ({"answers": {"quorum": True}}, "“quorum” is no open question"),
        ({"route": "camel"}, "no route “camel”"),
    ],
)
def test_what_makes_no_sense_is_refused(
    opened: tuple[Case, Archive], asked: dict[str, object], said: str
) -> None:
    case, archive = opened
    with pytest.raises(RuleError, match=said):
        compare(archive, case, **asked)  # type: ignore[arg-type]


def test_what_an_ambassador_reports_shows_what_it_changes(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    case, archive = opened
    found = compare(archive, case, overrides={"USA": 1.0, "EU": 1.0})
    assert {one.party: one.p for one in found.acceptance}["EU"] == 1.0
    before, now = found.before["forum"], found.of("forum").chance
    old = astana.of("forum").chance
    assert before is not None
    assert now is not None
    assert old is not None
    assert before.p == pytest.approx(old.p)
    assert now.p > before.p


def test_that_all_come_is_no_likelier_than_that_the_most_reluctant_does(
    astana: Comparison,
) -> None:
    whole = together(astana.acceptance)
    assert whole.low <= whole.p <= whole.high
    assert whole.p <= min(one.p for one in astana.acceptance)
    assert whole == astana.of("forum").chance


def bars_on(found: Comparison, route: str) -> set[object]:
    """Return the days and rules that a route's obstacles name, or None alone."""
    bars = found.of(route).obstacles
    return {bar.rule for bar in bars} | {
        value for bar in bars for value in bar.values.values() if isinstance(value, date)
    }


def test_a_route_without_a_rule_of_the_day_tells_of_no_later_one(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    closed = astana.of("veto-debate")
    assert closed.status == "closed"
    assert "rule not in force" in {bar.key for bar in closed.obstacles}
    assert bars_on(astana, "veto-debate") <= {None, "eu-un"}
    case, archive = opened
    words = Wording(archive, case, "en")
    said = " ".join(words.obstacle(bar) for bar in closed.obstacles) + closed.route.text("en")
    assert not re.search(r"\b20(19|2\d)\b|76/262", said)


def test_in_1962_bodies_to_come_are_closed_and_thresholds_are_those_of_the_day(
    tmp_path: Path,
) -> None:
    case, archive = case_of(tmp_path, "AUT", '"USA", "RUS", "GBR"', "1962-10-25")
    found = compare(archive, case)
    for route in ("osce-summit", "cica-summit", "sco-summit", "asem-margins", "g20-margins"):
        closed = found.of(route)
        assert closed.status == "closed"
        assert [bar.key for bar in closed.obstacles] == ["body not founded"]
        assert bars_on(found, route) == {None}
    decision = found.of("special-council").steps[0].needed
    assert (decision.votes, decision.of) == (7, 11)
    assert found.of("special-member").steps[0].needed.votes == 56
    assert not any(
        one.opened and one.opened > case.as_of for r in found.routes for one in r.precedents
    )
    sitting = compare(
        archive, case, route="emergency-council", facts={"threat": True, "deadlock": True}
    ).routes[0]
    assert "in session" in {bar.key for bar in sitting.obstacles}


def test_before_the_assembly_had_rules_the_charter_alone_lets_the_council_and_members_ask(
    tmp_path: Path,
) -> None:
    case, archive = case_of(tmp_path, "GBR", '"USA", "RUS"', "1947-04-02")
    found = compare(archive, case)
    council, majority = found.of("special-council"), found.of("special-majority")
    assert [council.status, majority.status] == ["open", "open"]
    assert (council.steps[0].needed.votes, majority.steps[0].needed.votes) == (7, 28)
    assert found.of("special-member").opening.latest == date(1947, 5, 17)
    assert found.of("special-assembly").status == "closed"


def test_a_bloc_is_beside_a_meeting_only_if_all_its_members_sit_there(tmp_path: Path) -> None:
    path = tmp_path / "made.toml"
    path.write_text(
        '[case]\nname = "Made"\nhost = "QAT"\nparties = ["PAIR", "CHN"]\nas_of = 2018-11-20\n'
        '[blocs.PAIR]\nname = "Pair"\nmembers = ["IDN", "LAO"]\n',
        encoding="utf-8",
    )
    case, archive = open_case(path)
    found = compare(archive, case)
    assert found.of("g20-margins").status == "closed"
    assert found.of("asem-margins").status == "open"
    assert found.of("un-margins").status == "open"


def test_a_host_that_is_no_member_cannot_ask_and_is_told_who_can(tmp_path: Path) -> None:
    case, archive = case_of(tmp_path, "CHE", '"EU", "USA", "RUS"', "1991-03-01")
    found = compare(archive, case)
    asked = found.of("special-member")
    assert "host has no seat" in {bar.key for bar in asked.obstacles}
    assert asked.status == "open"
    frame = found.recommendation.of("frame")
    assert frame is not None
    keys = {reason.key for reason in frame.reasons}
    assert "another must start" in keys
    assert "host can start" not in keys
    mandate = {s.rule.id for s in found.of("forum").steps if s.step.role == "mandate"}
    assert mandate == {"eu-epc"}


def test_dropping_what_comes_later_changes_nothing(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    case, _ = opened
    again, archive = open_case(ASTANA, case.as_of)
    other = compare(archive, again)
    assert [one.chance for one in other.routes] == [one.chance for one in astana.routes]
    assert other.recommendation == astana.recommendation


def test_parties_in_another_order_change_no_route(
    opened: tuple[Case, Archive], astana: Comparison
) -> None:
    case, archive = opened
    turned = replace(case, parties=case.parties[::-1])
    other = compare(archive, turned)
    for one, two in zip(astana.routes, other.routes, strict=True):
        assert (one.status, set(one.lacking), one.opening) == (
            two.status,
            set(two.lacking),
            two.opening,
        )
        assert one.convened == two.convened
