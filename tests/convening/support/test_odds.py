from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.convening.support.synthetic import CODES, DAY, fitted, synthetic

from detente.convening.support import letters as letters_module
from detente.convening.support.letters import (
    PRIOR_SLOPE,
    PRIOR_SPREAD,
    counted,
    counts,
    course,
    letter_chances,
    letters,
)
from detente.convening.support.model import drawn
from detente.convening.support.odds import deeds, odds
from detente.convening.support.record import ABSENT, YES
from detente.convening.support.wording import letters_caveat
from detente.convening.thresholds import Needed
from detente.errors import CaseError, NotFound

SUPPORT = synthetic()
KINDS = (
    Needed("votes in favour", 6, 10, None),
    Needed("votes in favour", 6, 10, None, ("BBB", "CCC")),
    Needed("present and voting", 6, 10, "majority"),
    Needed("present and voting", 7, 10, "two-thirds"),
    Needed("no objection", 10, 10, None),
    Needed("each", 10, 10, None),
    Needed("unanimity", 10, 10, None),
)


def test_odds_are_the_share_of_outcomes_counted_one_by_one():
    did = deeds(SUPPORT, CODES)
    needed = Needed("votes in favour", 6, 10, None)
    by_hand = [sum(int(v) == YES for v in did[:, n]) for n in range(did.shape[1])]
    found = odds(SUPPORT, CODES, needed)
    assert found.probability == pytest.approx(np.mean([c >= 6 for c in by_hand]), abs=1e-5)
    assert found.expected == pytest.approx(np.mean(by_hand), abs=1e-4)


@pytest.mark.parametrize("needed", KINDS, ids=lambda n: n.kind)
@given(
    code=st.sampled_from(CODES[1:]),
    low=st.floats(0, 1),
    high=st.floats(0, 1),
)
@settings(max_examples=12)
def test_more_support_of_a_state_never_lowers_the_odds(needed, code, low, high):
    low, high = sorted((low, high))
    before = odds(synthetic(overrides={code: low}), CODES, needed)
    after = odds(synthetic(overrides={code: high}), CODES, needed)
    assert after.probability >= before.probability


@pytest.mark.parametrize("needed", KINDS, ids=lambda n: n.kind)
@pytest.mark.parametrize("code", CODES[1:])
def test_winning_a_state_for_certain_never_lowers_the_odds(needed, code):
    assert (
        odds(synthetic(overrides={code: 1.0}), CODES, needed).probability
        >= odds(SUPPORT, CODES, needed).probability
    )


def test_raising_a_threshold_never_raises_the_odds():
    found = [
        odds(SUPPORT, CODES, Needed("votes in favour", votes, 10, None)).probability
        for votes in range(12)
    ]
    assert found == sorted(found, reverse=True)
    assert found[0] == 1.0
    assert found[-1] == 0.0


@given(st.permutations(CODES))
@settings(max_examples=8)
def test_states_in_another_order_have_the_same_probabilities_and_odds(codes):
    other = synthetic(codes=tuple(codes))
    for code in CODES:
        here, there = SUPPORT.states.index(code), other.states.index(code)
        assert other.yes[there] == pytest.approx(SUPPORT.yes[here], abs=2e-3)
    for needed in KINDS:
        assert odds(other, tuple(codes), needed).probability == pytest.approx(
            odds(SUPPORT, CODES, needed).probability, abs=2e-3
        )


def test_the_same_question_gives_the_same_outcomes_to_the_byte():
    again = synthetic()
    assert again.answers.tobytes() == SUPPORT.answers.tobytes()
    assert again.present.tobytes() == SUPPORT.present.tobytes()


def test_the_host_votes_yes_in_every_outcome():
    row = SUPPORT.states.index("AAA")
    assert (SUPPORT.answers[row] == YES).all()
    assert SUPPORT.present[row].all()


def test_a_host_without_a_seat_changes_no_vote_and_is_not_counted():
    found = synthetic(host="CHE")
    assert found.states == CODES
    assert found.yes[0] < 1.0


def test_a_proposal_helps_among_states_that_side_with_its_convener():
    base = fitted()
    unlike = drawn(base, "CHE", DAY, None, {}, 20_000)
    helped = drawn(base, "BBB", DAY, None, {}, 20_000)
    assert helped.yes[2:].mean() > unlike.yes[2:].mean()


@pytest.mark.parametrize(("said", "share"), [(1.0, 1.0), (0.0, 0.0), (0.3, 0.3)])
def test_a_reported_probability_is_the_one_in_the_outcomes(said, share):
    found = synthetic(overrides={"DDD": said})
    row = found.states.index("DDD")
    assert found.yes[row] == pytest.approx(share, abs=1e-3)
    others = [i for i in range(len(CODES)) if i != row]
    assert (found.answers[others] == SUPPORT.answers[others]).all()


def test_a_report_leaves_a_state_moving_with_the_others():
    row = SUPPORT.states.index("DDD")
    said = synthetic(overrides={"DDD": float(SUPPORT.yes[row])})
    was = (SUPPORT.answers[row] == YES) & SUPPORT.present[row]
    now = (said.answers[row] == YES) & said.present[row]
    assert (was == now).mean() > 0.99


def test_an_absence_counts_for_nothing_in_the_assembly_and_does_not_occur_in_small_bodies():
    assert not (deeds(SUPPORT, CODES) == ABSENT).any()


def test_errors_that_states_share_widen_the_count():
    alone = fitted()
    quiet = drawn(
        type(alone)(
            **{
                **alone.__dict__,
                "answer": type(alone.answer)(
                    **{**alone.answer.__dict__, "effects": alone.answer.effects * 0}
                ),
            }
        ),
        "CHE",
        DAY,
        None,
        {},
        20_000,
    )
    loud = drawn(alone, "CHE", DAY, None, {}, 20_000)
    needed = Needed("votes in favour", 6, 10, None)
    wide, narrow = odds(loud, CODES, needed), odds(quiet, CODES, needed)
    assert wide.high - wide.low >= narrow.high - narrow.low
    assert (loud.answers == YES).sum(0).std() > (quiet.answers == YES).sum(0).std()


def test_a_letter_needs_agreement_and_time_brings_more_of_them():
    agrees = SUPPORT.answers == YES
    counts = []
    for days in (10, 20, 30, 45):
        written = letters(SUPPORT, days)
        assert not (written & ~agrees).any()
        counts.append(int(written.sum()))
    assert counts == sorted(counts)
    needed = Needed("votes in favour", 6, 10, None)
    assert (
        odds(SUPPORT, CODES, needed, letter_days=30).probability
        <= odds(SUPPORT, CODES, needed).probability
    )


def test_the_course_of_letters_rests_on_what_was_counted_by_the_day():
    before, after_one, after_two = (
        course(counted(date(year, 12, 31))) for year in (2004, 2018, 2020)
    )
    assert (before.level, before.error, before.slope) == (0.0, PRIOR_SPREAD, PRIOR_SLOPE)
    assert before.error > after_one.error > after_two.error
    # By hand: 110 and 150 of 191 on days 32 and 41 rise by 3.99 a unit of log, and the prior of 2
    # weighs as much; 110 is 0.113 on day 30, which the prior of 0 draws to 0.078.
    assert after_one.slope == pytest.approx(3.0, abs=0.01)
    assert after_one.level == pytest.approx(0.078, abs=0.005)
    assert after_two.level > after_one.level


def test_as_of_2018_no_byte_hangs_on_the_letters_of_2020(monkeypatch):
    def found(day):
        asked = replace(synthetic(), day=day)
        return (
            letters(asked, 30).tobytes(),
            letter_chances(asked, 30).tobytes(),
            letters_caveat(day, "en"),
        )

    early, late = date(2018, 11, 20), date(2021, 1, 1)
    kept = {day: found(day) for day in (early, late)}
    changed = tuple(
        replace(one, letters=20, proposal="2020b") if one.known.year == 2020 else one
        for one in counts()
    )
    monkeypatch.setattr(letters_module, "counts", lambda: changed)
    assert found(early) == kept[early]
    assert "2005" in kept[early][2]
    assert "2020" not in kept[early][2]
    assert all(new != old for new, old in zip(found(late), kept[late], strict=True))


def test_about_the_share_of_letters_on_record_comes_within_thirty_days():
    share = letters(synthetic(outcomes=20_000), 30)[1:].mean()
    assert 0.35 < share < 0.7


def test_a_probability_outside_its_range_and_a_stranger_are_refused():
    with pytest.raises(CaseError, match="from 0 to 1"):
        synthetic(overrides={"BBB": 1.5})
    with pytest.raises(NotFound, match="XXX"):
        synthetic(overrides={"XXX": 0.5})
    with pytest.raises(NotFound, match="YYY"):
        odds(SUPPORT, ("AAA", "YYY"), Needed("votes in favour", 1, 2, None))
