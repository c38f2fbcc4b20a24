"""Every special and emergency session through the rules of its day, and why history departs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.archive import Archive, open_archive
from detente.convening.replay import Replayed, attempts, find_session, questions, replay
from detente.convening.replay.reading import GAPS, KINDS, explanations, facts
from detente.errors import NotFound, RuleError


@pytest.fixture(scope="module")
def archive() -> Archive:
    return open_archive()


@pytest.fixture(scope="module")
def sessions(archive: Archive) -> dict[str, Replayed]:
    return {one.session: one for one in replay(archive)}


def test_all_43_sessions_are_replayed(sessions: dict[str, Replayed]) -> None:
    assert set(sessions) == {f"S-{n}" for n in range(1, 33)} | {f"ES-{n}" for n in range(1, 12)}


def test_each_difference_is_explained_once_and_nothing_else_is(
    archive: Archive, sessions: dict[str, Replayed]
) -> None:
    found = {(one.session, d.kind) for one in sessions.values() for d in one.differences}
    found |= {(one.key, d.kind) for one in attempts(archive) for d in one.differences}
    assert found == set(explanations())
    assert {kind for _, kind in found} <= set(KINDS)
    for why in explanations().values():
        assert why.en
        assert why.fr
        assert why.source


@pytest.mark.parametrize(
    "missing", [("S-6", "opened late"), ("ES-2", "no of a permanent member")], ids=str
)
def test_a_session_with_an_unexplained_difference_fails(
    archive: Archive, missing: tuple[str, str]
) -> None:
    some = {key: why for key, why in explanations().items() if key != missing}
    with pytest.raises(RuleError, match=f"{missing[1]}.* in {missing[0]}"):
        replay(archive, some)


def test_an_attempt_with_an_unexplained_difference_fails(archive: Archive) -> None:
    some = {key: why for key, why in explanations().items() if key[0] != "A/RES/61/60"}
    with pytest.raises(RuleError, match="A/RES/61/60"):
        attempts(archive, some)


def test_1948_the_council_asked_and_the_session_opened_on_day_15_of_15(
    sessions: dict[str, Replayed],
) -> None:
    one = sessions["S-2"]
    assert (one.needed.votes, one.needed.of) == (7, 11)
    assert one.decision is not None
    assert (one.decision.yes, one.decision.no, one.decision.abstain) == (9, 0, 2)
    assert (one.lead, one.earliest, one.latest, one.inside) == (15, 14, 15, True)
    assert one.needed.open_vetoes == ("FRA", "GBR", "RUS", "TWN", "USA")
    assert one.differences == ()


def test_2005_needed_96_of_191_and_opened_on_day_45_of_45(sessions: dict[str, Replayed]) -> None:
    one = sessions["S-28"]
    assert (one.needed.votes, one.needed.of) == (96, 191)
    assert [(c.day, c.members) for c in one.concurred] == [
        (date(2005, 1, 11), 110),
        (date(2005, 1, 19), 138),
        (date(2005, 1, 20), 150),
    ]
    assert (one.lead, one.earliest, one.latest, one.inside) == (45, 10, 45, True)
    assert one.differences == ()


def test_1974_opened_on_day_69_beyond_the_45_of_the_rule(sessions: dict[str, Replayed]) -> None:
    one = sessions["S-6"]
    assert (one.needed.votes, one.needed.of) == (68, 135)
    assert (one.lead, one.latest, one.inside) == (69, 45, False)
    assert "opened late" in {d.kind for d in one.differences}


def test_2020_had_about_130_of_the_97_needed_and_opened_ten_days_after(
    sessions: dict[str, Replayed],
) -> None:
    one = sessions["S-31"]
    assert (one.needed.votes, one.needed.of) == (97, 193)
    assert one.met is True
    (known,) = one.concurred
    assert known.day is not None
    assert (one.opened - known.day).days == 10
    assert {d.kind for d in one.differences} == {"opened late"}


CALLED = {
    # session: symbol, yes, no, abstain, needed, of, permanent members that voted no
    "ES-1": ("S/RES/119(1956)", 7, 2, 2, 7, 11, ("FRA", "GBR")),
    "ES-2": ("S/RES/120(1956)", 10, 1, 0, 7, 11, ("RUS",)),
    "ES-3": ("S/RES/129(1958)", 11, 0, 0, 7, 11, ()),
    "ES-4": ("S/RES/157(1960)", 8, 2, 1, 7, 11, ("RUS",)),
    "ES-6": ("S/RES/462(1980)", 12, 2, 1, 9, 15, ("RUS",)),
    "ES-9": ("S/RES/500(1982)", 13, 0, 2, 9, 15, ()),
    "ES-11": ("S/RES/2623(2022)", 11, 1, 3, 9, 15, ("RUS",)),
}


@pytest.mark.parametrize("session", CALLED)
def test_the_council_called_seven_emergency_sessions_and_no_no_blocked_one(
    sessions: dict[str, Replayed], session: str
) -> None:
    one, want = sessions[session], CALLED[session]
    assert one.decision is not None
    made = one.decision
    assert (made.symbol, made.yes, made.no, made.abstain) == want[:4]
    assert (one.needed.votes, one.needed.of) == want[4:6]
    assert made.opposed == want[6]
    assert one.needed.vetoes == ()
    assert one.needed.open_vetoes == ()
    assert one.met is True
    assert (one.earliest, one.latest) == (0, 1)
    assert one.inside is True
    kinds = {d.kind for d in one.differences}
    assert ("no of a permanent member" in kinds) == bool(made.opposed)


def test_only_those_seven_were_called_by_the_council(sessions: dict[str, Replayed]) -> None:
    assert {s for s, one in sessions.items() if one.route.id == "emergency-council"} == set(CALLED)


def test_the_votes_of_the_archive_are_those_of_the_record_of_sessions(
    archive: Archive, sessions: dict[str, Replayed]
) -> None:
    rows = archive.sql(
        "SELECT session, council_yes, council_no, council_abstain FROM special_sessions "
        "WHERE council_yes IS NOT NULL"
    )
    assert len(rows) == 8
    for session, *votes in rows:
        made = sessions[session].decision
        assert made is not None
        assert [made.yes, made.no, made.abstain] == votes, session


def test_the_majority_of_members_is_that_of_the_record_of_sessions(
    archive: Archive, sessions: dict[str, Replayed]
) -> None:
    rows = archive.sql(
        "SELECT session, members, majority FROM special_sessions WHERE majority IS NOT NULL"
    )
    assert len(rows) >= 8
    for session, members, majority in rows:
        needed = sessions[session].needed
        assert (needed.of, needed.votes) == (members, majority), session


def test_every_emergency_session_but_that_of_1967_followed_a_veto(
    sessions: dict[str, Replayed],
) -> None:
    emergency = [one for one in sessions.values() if one.kind == "emergency"]
    assert [one.session for one in emergency if not one.deadlock] == ["ES-5"]
    for one in emergency:
        assert len(one.deadlock) == len(facts().deadlocks.get(one.session, ()))
        assert all(0 <= (one.opened - day).days <= 126 for _, day in one.deadlock)


def test_two_thirds_decided_every_vote_on_a_whole_text_in_an_emergency_session(
    archive: Archive,
) -> None:
    found = questions(archive)
    assert len(found) == 58
    assert [one.key for one in found if one.met != one.adopted] == []


def test_1967_two_drafts_with_a_majority_failed_for_want_of_two_thirds(archive: Archive) -> None:
    votes = {(q.yes, q.no, q.abstain): q.met for q in questions(archive, "ES-5")}
    assert votes[53, 46, 20] is False
    assert votes[57, 43, 20] is False
    assert votes[116, 0, 2] is True
    assert votes[99, 0, 20] is True


def test_the_rule_foretells_which_attempts_carried(archive: Archive) -> None:
    found = attempts(archive)
    assert len(found) == 11
    assert all(one.met == one.adopted for one in found)
    assert [one.key for one in found if not one.met] == ["voeten:228", "voeten:626"]
    assert {d.kind for one in found for d in one.differences} == {"adopted, not held"}


def test_what_the_assembly_decided_itself_has_no_window(sessions: dict[str, Replayed]) -> None:
    own = [one for one in sessions.values() if one.route.id == "special-assembly"]
    assert len(own) == 26
    assert all(one.inside is None and one.latest is None for one in own)
    assert all(one.met is not False for one in own)


def test_a_day_the_record_lacks_is_taken_from_the_resolution(
    sessions: dict[str, Replayed],
) -> None:
    one = sessions["S-26"]
    assert one.derived
    assert one.decision is not None
    assert one.decision.symbol == "A/RES/54/283"
    assert one.decision.bound
    assert one.requested == date(2000, 9, 4)


def test_no_decision_is_dated_after_what_the_archive_allows(sessions: dict[str, Replayed]) -> None:
    """The record's day of a decision is never later than the bound of the resolution it names."""
    for one in sessions.values():
        if one.decision and one.decision.day and one.requested and not one.concurred:
            assert one.requested <= one.decision.day, one.session
            assert one.requested <= one.opened, one.session


def test_the_as_of_date_hides_later_sessions_and_changes_no_earlier_one(
    sessions: dict[str, Replayed],
) -> None:
    then = replay(open_archive(as_of=date(2018, 11, 20)))
    assert len(then) == 40
    for one in then:
        now = sessions[one.session]
        assert (one.lead, one.needed, one.decision, one.met) == (
            now.lead,
            now.needed,
            now.decision,
            now.met,
        )
    assert len(attempts(open_archive(as_of=date(2018, 11, 20)))) == 8


@pytest.mark.parametrize("name", ["S-28", "SS-28", "ss 28", "28"])
def test_a_session_is_found_by_what_people_call_it(archive: Archive, name: str) -> None:
    assert find_session(archive, name).session == "S-28"


def test_an_emergency_session_is_found_and_an_unknown_one_refused(archive: Archive) -> None:
    assert find_session(archive, "ESS-11").session == "ES-11"
    with pytest.raises(NotFound, match="S-99"):
        find_session(archive, "S-99")


def test_an_explanation_given_twice_or_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    entry = (
        '[[difference]]\nkind = "opened late"\nof = ["S-6"]\nen = "why"\nfr = "pourquoi"\n'
        'confidence = "SOURCE"\nsource = "x"\n'
    )
    twice = tmp_path / "twice.toml"
    twice.write_text(entry * 2, encoding="utf-8")
    with pytest.raises(RuleError, match="explained twice"):
        explanations(twice)
    odd = tmp_path / "odd.toml"
    odd.write_text(entry.replace("opened late", "opened oddly"), encoding="utf-8")
    with pytest.raises(RuleError, match="opened oddly"):
        explanations(odd)
    bare = tmp_path / "bare.toml"
    bare.write_text(entry.replace('source = "x"\n', ""), encoding="utf-8")
    with pytest.raises(RuleError, match="is missing"):
        explanations(bare)


def test_gaps_are_kinds() -> None:
    assert set(GAPS) < set(KINDS)
