from __future__ import annotations

import numpy as np

from detente.denominators.groups_arrays import (
    group_counts,
    group_informed_consensus,
    group_tiers,
)
from detente.denominators.tiers_arrays import Tier


def four_delegations() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Six experts of each of four delegations; all but those of the last agree."""
    person = np.arange(24)
    vote = np.where(person < 18, 1, -1).astype(np.int8)
    return person, np.zeros(24, np.int64), vote, person // 6


def test_one_delegation_that_rejects_a_statement_blocks_it() -> None:
    counts = group_counts(*four_delegations(), 1)
    assert Tier(int(group_tiers(counts)[0])) == Tier.ONE_SHORT


def test_the_share_that_polis_reads_calls_the_same_statement_a_consensus() -> None:
    person, _, vote, _ = four_delegations()
    agree = int((vote == 1).sum())
    assert (agree + 1) / (len(person) + 2) > 0.5


def test_counts_and_consensus_are_those_of_a_plain_loop() -> None:
    rng = np.random.default_rng(3)
    group = rng.integers(0, 3, 40)
    cells = [(p, s) for p in range(40) for s in range(7) if rng.random() < 0.5]
    votes = rng.integers(-1, 2, len(cells)).astype(np.int8)
    person, statement = np.array(cells).T
    counts = group_counts(person, statement, votes, group, 7)
    expected = np.ones(7)
    for g in range(3):
        for s in range(7):
            own = [v for (p, q), v in zip(cells, votes, strict=True) if q == s and group[p] == g]
            assert counts.agree[g, s] == own.count(1)
            assert counts.disagree[g, s] == own.count(-1)
            assert counts.passed[g, s] == own.count(0)
            expected[s] *= (own.count(1) + 1) / (len(own) + 2)
    assert np.allclose(group_informed_consensus(counts), expected)


def test_a_group_that_nobody_spoke_for_is_unknown() -> None:
    counts = group_counts(np.array([0]), np.array([0]), np.array([1], np.int8), np.array([0, 1]), 1)
    assert Tier(int(group_tiers(counts)[0])) == Tier.UNKNOWN
