from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.convening.support.recalibrating import FIFTHS, chosen, ranks, weights

DAY = date(2018, 11, 20)


def test_without_a_track_record_all_outcomes_weigh_alike_and_keep_their_place():
    assert weights(DAY, ()) == pytest.approx(np.ones(FIFTHS))
    yes = np.random.default_rng(1).integers(0, 190, 1000)
    assert (chosen(yes, np.ones(FIFTHS), 10) == np.arange(1000)).all()


def test_weights_are_one_count_a_fifth_and_the_ranks_so_far():
    found = weights(DAY, [(DAY, 0.9), (DAY - timedelta(days=3652), 0.9), (DAY, 1.0)])
    # By hand: the last fifth counts 1 + 1 + 1/2 + 1, the others 1: 7.5 in all, 1.5 in the mean.
    assert found == pytest.approx([1 / 1.5] * 4 + [3.5 / 1.5], abs=1e-3)


def test_a_rank_after_the_day_changes_nothing():
    known = [one for one in ranks() if one[0] <= DAY]
    assert len(known) < len(ranks())
    assert (weights(DAY) == weights(DAY, known)).all()
    later = [*known, (DAY + timedelta(days=1), 0.0)]
    assert (weights(DAY, later) == weights(DAY, known)).all()


@given(st.lists(st.floats(0.2, 3.0), min_size=FIFTHS, max_size=FIFTHS), st.integers(0, 2**32 - 1))
def test_fifths_come_as_often_as_they_weigh_and_blocks_stay_apart(of_fifths, seed):
    blocks, per = 20, 200
    yes = np.random.default_rng(seed).permutation(blocks * per)
    weight = np.array(of_fifths)
    picked = chosen(yes, weight, blocks)
    assert (picked // per == np.arange(blocks * per) // per).all()
    # The mean over blocks of each fifth's share, each block by its own mix.
    place = yes * FIFTHS // (blocks * per)
    mix = np.stack([(place.reshape(blocks, per) == k).sum(1) * weight[k] for k in range(FIFTHS)])
    shares = (mix / mix.sum(0)).mean(1)
    got = np.bincount(place[picked], minlength=FIFTHS) / len(picked)
    assert got == pytest.approx(shares, abs=0.03)
