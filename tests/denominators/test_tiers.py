from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.denominators.tiers_arrays import (
    Stance,
    Tier,
    bloc_stances,
    objections,
    tiers,
    unopposed,
)

S = Stance


def tier_of(*stances: Stance) -> Tier:
    return Tier(int(tiers(np.array([stances], np.int8))[0]))


@pytest.mark.parametrize(
    ("stances", "tier"),
    [
        # yes Yes Yes Yes: the only way to be accepted by all
        ((S.ACCEPTS, S.ACCEPTS, S.ACCEPTS, S.ACCEPTS), Tier.ALL_ACCEPT),
        # an abstention does not object, and does not accept either
        ((S.ACCEPTS, S.ACCEPTS, S.ACCEPTS, S.ABSTAINS), Tier.NOBODY_OBJECTS),
        ((S.ABSTAINS, S.ABSTAINS, S.ABSTAINS, S.ABSTAINS), Tier.NOBODY_OBJECTS),
        # a bloc that parts between yes and abstention has no position, and none in it objects
        ((S.PARTED, S.ACCEPTS, S.ACCEPTS, S.ACCEPTS), Tier.NOBODY_OBJECTS),
        # adopted without a vote: nobody asked for one
        ((S.CONSENSUS,) * 4, Tier.NOBODY_OBJECTS),
        # ... but a party that dissociated itself is not on board
        ((S.CONSENSUS, S.CONSENSUS, S.CONSENSUS, S.DISSOCIATED), Tier.ONE_SHORT),
        # one objection blocks, whoever it is and whatever the rest
        ((S.ACCEPTS, S.OBJECTS, S.ACCEPTS, S.ACCEPTS), Tier.ONE_SHORT),
        ((S.ABSTAINS, S.ABSTAINS, S.ABSTAINS, S.OBJECTS), Tier.ONE_SHORT),
        # a bloc blocked by one of its members objects
        ((S.IN_PART, S.ACCEPTS, S.ACCEPTS, S.ACCEPTS), Tier.ONE_SHORT),
        ((S.IN_PART, S.OBJECTS, S.ACCEPTS, S.ACCEPTS), Tier.SPLIT),
        ((S.OBJECTS, S.OBJECTS, S.ACCEPTS, S.ACCEPTS), Tier.SPLIT),
        ((S.OBJECTS, S.OBJECTS, S.OBJECTS, S.OBJECTS), Tier.SPLIT),
        # missing is unknown, never neutral
        ((S.MISSING, S.ACCEPTS, S.ACCEPTS, S.ACCEPTS), Tier.UNKNOWN),
        ((S.MISSING, S.OBJECTS, S.ACCEPTS, S.ACCEPTS), Tier.UNKNOWN),
        ((S.MISSING,) * 4, Tier.UNKNOWN),
        # two objections are two, whatever the missing would have said
        ((S.MISSING, S.OBJECTS, S.OBJECTS, S.ACCEPTS), Tier.SPLIT),
    ],
)
def test_a_tier_is_what_a_diplomat_would_say(stances: tuple[Stance, ...], tier: Tier) -> None:
    assert tier_of(*stances) == tier


def test_the_whole_table_of_four_parties_follows_the_rule() -> None:
    rows = np.array(list(product(S, repeat=4)), np.int8)
    got = tiers(rows)
    for row, tier in zip(rows, got, strict=True):
        objecting = sum(code in (S.OBJECTS, S.IN_PART, S.DISSOCIATED) for code in row)
        if objecting > 1:
            expected = Tier.SPLIT
        elif S.MISSING in row:
            expected = Tier.UNKNOWN
        elif objecting == 1:
            expected = Tier.ONE_SHORT
        elif set(row.tolist()) == {S.ACCEPTS}:
            expected = Tier.ALL_ACCEPT
        else:
            expected = Tier.NOBODY_OBJECTS
        assert tier == expected, row
    assert len(rows) == 8**4


STANCES = st.lists(
    st.lists(st.sampled_from(list(S)), min_size=3, max_size=3), min_size=1, max_size=20
)


@given(STANCES, st.permutations(range(3)))
def test_the_order_of_the_parties_changes_nothing(rows: list[list[S]], order: list[int]) -> None:
    stances = np.array(rows, np.int8)
    assert (tiers(stances) == tiers(stances[:, order])).all()
    assert (unopposed(stances) == unopposed(stances[:, order])).all()


@given(STANCES, st.integers(0, 2))
def test_an_added_objection_never_makes_a_tier_better(rows: list[list[S]], party: int) -> None:
    stances = np.array(rows, np.int8)
    known = ~(stances == S.MISSING).any(axis=1)
    worse = stances.copy()
    worse[:, party] = S.OBJECTS
    assert (tiers(worse)[known] >= tiers(stances)[known]).all()
    assert (unopposed(worse) == 0).all()


@given(STANCES)
def test_no_objection_is_known_only_where_all_are_known(rows: list[list[S]]) -> None:
    stances = np.array(rows, np.int8)
    none = unopposed(stances) == 1
    assert not objections(stances)[none].any()
    assert not (stances[none] == S.MISSING).any()


@pytest.mark.parametrize(
    ("yes", "abstain", "no", "members", "stance"),
    [
        (28, 0, 0, 28, S.ACCEPTS),
        (27, 0, 0, 28, S.ACCEPTS),
        (14, 0, 0, 28, S.ACCEPTS),
        (13, 0, 0, 28, S.MISSING),
        (0, 28, 0, 28, S.ABSTAINS),
        (0, 0, 28, 28, S.OBJECTS),
        (27, 1, 0, 28, S.PARTED),
        (27, 0, 1, 28, S.IN_PART),
        (0, 27, 1, 28, S.IN_PART),
        (0, 0, 1, 28, S.OBJECTS),
        (0, 0, 0, 28, S.MISSING),
        (1, 0, 0, 1, S.ACCEPTS),
        (0, 0, 0, 1, S.MISSING),
        (0, 0, 0, 0, S.MISSING),
    ],
)
def test_a_bloc_has_a_position_only_where_it_has_cohesion(
    yes: int, abstain: int, no: int, members: int, stance: Stance
) -> None:
    counts = [np.array([n]) for n in (yes, abstain, no, members)]
    assert Stance(int(bloc_stances(*counts)[0])) == stance
