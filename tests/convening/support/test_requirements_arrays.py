from __future__ import annotations

import itertools

import numpy as np
import pytest

from detente.convening.support.record import ABSENT, ABSTAIN, NO, YES
from detente.convening.support.requirements_arrays import conditions, met
from detente.convening.thresholds import Needed, of_all

STATES = ("AAA", "BBB", "CCC", "DDD")
EVERY_OUTCOME = np.array(
    list(itertools.product((YES, ABSTAIN, NO, ABSENT), repeat=len(STATES))), np.int8
).T


def asked(needed: Needed):
    return conditions(needed.kind, needed.votes, needed.of, needed.share, STATES, needed.vetoes)


@pytest.mark.parametrize(
    "needed",
    [
        Needed("votes in favour", of_all("majority", 4), 4, "majority"),
        Needed("votes in favour", 2, 4, None),
        Needed("present and voting", 3, 4, "majority"),
        Needed("present and voting", 3, 4, "two-thirds"),
        Needed("no objection", 4, 4, None),
        Needed("each", 4, 4, None),
        Needed("one", 1, 4, None),
    ],
)
def test_conditions_agree_with_the_threshold_for_every_outcome_of_four_states(needed):
    yes, no = (EVERY_OUTCOME == YES).sum(0), (EVERY_OUTCOME == NO).sum(0)
    oracle = [needed.met(int(y), int(n)) for y, n in zip(yes, no, strict=True)]
    assert met(EVERY_OUTCOME, asked(needed)).tolist() == oracle


def test_a_no_of_one_who_can_block_stops_a_vote_that_has_the_numbers():
    needed = Needed("votes in favour", 2, 4, None, ("DDD",))
    blocked = EVERY_OUTCOME[3] == NO
    enough = (EVERY_OUTCOME == YES).sum(0) >= 2
    assert met(EVERY_OUTCOME, asked(needed)).tolist() == (enough & ~blocked).tolist()


def test_an_abstention_of_one_who_can_block_does_not_stop_it():
    did = np.array([[YES], [YES], [YES], [ABSTAIN]], np.int8)
    assert met(did, asked(Needed("votes in favour", 3, 4, None, ("DDD",)))).all()


def test_unanimity_bears_abstentions_of_less_than_a_third():
    states = tuple("ABCDEFGHI")
    for abstaining, passes in ((2, True), (3, False)):
        did = np.full((9, 1), YES, np.int8)
        did[:abstaining] = ABSTAIN
        assert bool(met(did, conditions("unanimity", 9, 9, None, states, states))[0]) is passes


def test_an_unknown_kind_of_threshold_is_refused():
    with pytest.raises(ValueError, match="acclaim"):
        conditions("acclaim", 1, 1, None, STATES, ())
