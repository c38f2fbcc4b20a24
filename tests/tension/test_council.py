"""How far permanent members part in the Security Council."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.archive import open_archive
from detente.tension.council import PERMANENT, council_apart
from detente.tension.council_arrays import counts, log_odds, trailing
from detente.tension.panel import START, build_panel
from detente.tension.sources import NAMES

PLACE = {code: i for i, code in enumerate(PERMANENT)}


def _at(found: np.ndarray, one: str, other: str, year: int, month: int) -> float:
    return float(found[year * 12 + month - 1 - START, PLACE[one], PLACE[other]])


@given(st.integers(0, 10_000), st.integers(1, 20))
def test_counts_are_those_of_a_plain_loop_over_texts(seed: int, texts: int) -> None:
    rng = np.random.default_rng(seed)
    month = rng.integers(0, 30, texts)
    stand = rng.choice([1.0, 0.0, np.nan], (texts, 3))
    apart, common = counts(month, stand, 30)
    for t in range(30):
        for i in range(3):
            for j in range(3):
                both = [row for row, when in zip(stand, month, strict=True) if when == t]
                both = [row for row in both if np.isfinite(row[i]) and np.isfinite(row[j])]
                assert common[t, i, j] == len(both)
                assert apart[t, i, j] == sum(row[i] != row[j] for row in both)


def test_a_window_holds_twelve_months() -> None:
    assert trailing(np.ones(15)).tolist() == [*range(1, 13), 12, 12, 12]


def test_log_odds_need_ten_texts_and_one_is_added_to_either_side() -> None:
    found = log_odds(np.array([1.0, 1.0]), np.array([9.0, 1.0]))
    assert np.isnan(found[0])
    assert found[1] == pytest.approx(np.log(3.0 / 9.0))


def test_known_year_by_hand() -> None:
    """In 2022 Russia stood apart from the United States on 14 of 54 resolutions and 4 vetoes.

    The draft on Korea that China vetoed with Russia does not part these two.
    """
    found = council_apart(open_archive(), PERMANENT)
    assert _at(found, "RUS", "USA", 2022, 12) == pytest.approx(np.log(19.0 / 41.0))
    assert _at(found, "CHN", "RUS", 2022, 12) == pytest.approx(np.log(9.0 / 51.0))


def test_chinas_seat_before_1971_is_another_governments() -> None:
    found = council_apart(open_archive(), PERMANENT)
    china = found[: 1971 * 12 + 10 - START, PLACE["CHN"]]
    assert np.isnan(china).all()
    assert np.isfinite(_at(found, "CHN", "USA", 1972, 12))
    assert np.isnan(council_apart(open_archive(), ["RUS", "TWN"])).all()


def test_a_month_counts_once_it_is_over_and_never_changes_after() -> None:
    before = council_apart(open_archive(date(2018, 11, 29)), PERMANENT)
    over = council_apart(open_archive(date(2018, 11, 30)), PERMANENT)
    assert np.isnan(before[-1]).all()
    assert np.isfinite(_at(over, "RUS", "USA", 2018, 11))
    later = council_apart(open_archive(), PERMANENT)
    np.testing.assert_array_equal(later[: len(over)], over)


def test_months_after_the_record_of_vetoes_are_unknown() -> None:
    found = council_apart(open_archive(), PERMANENT)
    assert np.isfinite(_at(found, "RUS", "USA", 2025, 12))
    assert np.isnan(found[2026 * 12 - START :]).all()


def test_only_pairs_of_permanent_members_have_it() -> None:
    panel = build_panel(open_archive(date(2018, 11, 20)), [("DEU", "RUS"), ("FRA", "RUS")])
    seen = np.isfinite(panel.y[:, NAMES.index("council")]).any(0)
    assert seen.tolist() == [False, True]
