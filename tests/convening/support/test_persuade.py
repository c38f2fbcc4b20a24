from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.convening.support.synthetic import CODES, synthetic

from detente.convening.support.odds import odds
from detente.convening.support.persuade import persuade
from detente.convening.support.persuade_arrays import (
    Counting,
    Part,
    outcomes,
    smallest,
    tail,
)
from detente.convening.support.requirements_arrays import conditions, met
from detente.convening.thresholds import Needed

SUPPORT = synthetic()


def counting(seed: int, states: int, need: int, consensus: bool = False) -> Counting:
    rng = np.random.default_rng(seed)
    level = rng.normal(0.3, 1.2, (states, 1)) + rng.normal(0, 1.2, (states, 2)) @ rng.normal(
        0, 1, (2, 40)
    )
    chances = (1 / (1 + np.exp(-level))).astype(np.float32)
    if consensus:
        return Counting((Part(chances**0.3, states),))
    if seed % 3 == 0:
        return Counting((Part(chances**0.1, states), Part(chances, need)))
    return Counting((Part(chances, need),))


def fewest_by_trying_all(problem, target: float) -> int | None:
    for size in range(problem.states + 1):
        for won in itertools.combinations(range(problem.states), size):
            if problem.value(won) >= target:
                return size
    return None


def test_the_tail_of_a_count_is_that_of_every_outcome_summed():
    rng = np.random.default_rng(1)
    chances = rng.random((6, 3)).astype(np.float32)
    for need in range(8):
        by_hand = np.zeros(3)
        for pattern in itertools.product((0, 1), repeat=6):
            if sum(pattern) >= need:
                by_hand += np.prod(
                    [c if bit else 1 - c for c, bit in zip(chances, pattern, strict=True)], axis=0
                )
        assert tail(chances, need) == pytest.approx(by_hand, abs=1e-5)


@given(
    seed=st.integers(0, 10_000),
    need=st.integers(1, 7),
    target=st.sampled_from((0.5, 0.8, 0.9, 0.99)),
    consensus=st.booleans(),
)
@settings(max_examples=60)
def test_no_list_is_shorter_than_the_one_found_by_trying_all(seed, need, target, consensus):
    problem = counting(seed, 7, need, consensus)
    found = smallest(problem, target, nodes=10_000)
    best = fewest_by_trying_all(problem, target)
    assert found.proved
    assert (None if found.won is None else len(found.won)) == best
    if found.won is not None:
        assert problem.value(found.won) >= target
        assert found.fewest == best


@given(seed=st.integers(0, 10_000), size=st.integers(0, 6), consensus=st.booleans())
@settings(max_examples=60)
def test_no_set_of_a_size_is_worth_more_than_its_bound(seed, size, consensus):
    problem = counting(seed, 6, 4, consensus)
    bound = problem.bound((), (), size)
    for won in itertools.combinations(range(6), size):
        assert problem.value(won) <= bound + 1e-6
    fixed = problem.bound((0,), (1,), max(size - 2, 0))
    for rest in itertools.combinations(range(2, 6), max(size - 2, 0)):
        assert problem.value((0, *rest)) <= fixed + 1e-6


@given(
    seed=st.integers(0, 10_000),
    kind=st.sampled_from(
        (
            ("present and voting", "majority"),
            ("present and voting", "two-thirds"),
            ("unanimity", None),
        )
    ),
    target=st.sampled_from((0.5, 0.8, 0.95)),
)
@settings(max_examples=25)
def test_over_outcomes_as_they_fell_no_list_is_shorter_either(seed, kind, target):
    rng = np.random.default_rng(seed)
    did = rng.choice([1, 2, 3, 4], size=(6, 60), p=[0.4, 0.2, 0.3, 0.1]).astype(np.int8)
    asked = conditions(kind[0], 4, 6, kind[1], tuple("ABCDEF"), ())
    problem = outcomes(did, asked)
    assert problem.value(()) == pytest.approx(met(did, asked).mean())
    won = did.copy()
    won[[0, 2]] = 1
    assert problem.value((0, 2)) == pytest.approx(met(won, asked).mean())
    found = smallest(problem, target, nodes=10_000)
    assert found.proved
    assert (None if found.won is None else len(found.won)) == fewest_by_trying_all(problem, target)


def test_a_list_brings_the_odds_to_its_target_in_the_simulated_outcomes():
    needed = Needed("votes in favour", 9, 10, None)
    found = persuade(SUPPORT, CODES, needed)
    for one in found.lists:
        assert one.proved
        assert one.states
        won = {state.iso3: 1.0 for state in one.states}
        after = odds(synthetic(overrides=won, outcomes=20_000), CODES, needed)
        assert after.probability == pytest.approx(one.reached, abs=0.03)


def test_a_list_is_in_the_order_of_what_each_adds_for_how_far_it_has_to_move():
    found = persuade(SUPPORT, CODES, Needed("votes in favour", 9, 10, None))
    for one in found.lists:
        worths = [state.adds / state.move for state in one.states or ()]
        assert worths == sorted(worths, reverse=True)


def test_the_host_and_those_nobody_would_ask_are_on_no_list():
    found = persuade(SUPPORT, CODES, Needed("votes in favour", 9, 10, None), without=("BBB", "CCC"))
    named = {state.iso3 for one in found.lists for state in one.states or ()}
    named |= {state.iso3 for state in found.candidates}
    assert named
    assert not named & {"AAA", "BBB", "CCC"}


def test_where_nobody_has_to_be_persuaded_the_list_is_empty():
    found = persuade(SUPPORT, CODES, Needed("votes in favour", 1, 10, None))
    assert [one.states for one in found.lists] == [(), (), ()]


def test_where_all_together_do_not_suffice_there_is_no_list():
    found = persuade(SUPPORT, CODES, Needed("votes in favour", 10, 10, None), without=("JJJ",))
    assert found.lists[-1].states is None


@pytest.mark.parametrize(
    ("needed", "alone", "block"),
    [
        (Needed("votes in favour", 6, 10, None), 0, 5),
        (Needed("votes in favour", 6, 10, None, ("BBB", "CCC")), 2, 1),
        (Needed("present and voting", 6, 10, "majority"), 0, 5),
        (Needed("present and voting", 7, 10, "two-thirds"), 0, 4),
        (Needed("no objection", 10, 10, None), 10, 1),
        (Needed("each", 10, 10, None), 10, 1),
        (Needed("unanimity", 10, 10, None), 10, 1),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_who_can_block_alone_and_how_many_can_together(needed, alone, block):
    found = persuade(SUPPORT, CODES, needed, targets=(0.5,))
    assert len(found.alone) == alone
    assert found.block == len(found.blockers) == block
    # So many noes stop it whatever the others do; one fewer does not.
    for stopping, passes in ((block, False), (block - 1, True)):
        did = np.ones((10, 1), np.int8)
        did[[CODES.index(code) for code in found.blockers[:stopping]]] = 3
        asked = conditions(needed.kind, needed.votes, needed.of, needed.share, CODES, needed.vetoes)
        assert bool(met(did, asked)[0]) is passes
