from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from detente.archive import open_archive
from detente.denominators.outlook import HALF_LIFE, PULL, Outlook, next_texts, outlook
from detente.parties import find_party


def _asked() -> Outlook:
    return Outlook(
        key=np.array(["a", "b", "c"]),
        age=np.array([0.0, HALF_LIFE, 0.0]),
        none=np.array([0.9, 0.3, 0.5]),
        objects=np.array([[0.1, 0.0], [0.7, 0.1], [0.5, 0.5]]),
    )


def test_newer_texts_count_more_and_the_forgetting_model_is_drawn_in() -> None:
    found = next_texts(_asked(), np.array([0, 0, -1]), np.array([0.5, 0.2]))
    assert found.none[0] == pytest.approx((0.9 + 0.5 * 0.3 + PULL * 0.5) / (1.5 + PULL))
    np.testing.assert_allclose(found.objects[0], [(0.1 + 0.35) / 1.5, 0.05 / 1.5])
    np.testing.assert_array_equal(found.asked, [2, 0])


def test_where_no_text_was_asked_about_the_forgetting_model_stands_alone() -> None:
    found = next_texts(_asked(), np.array([0, 0, -1]), np.array([0.5, 0.2]))
    assert found.none[1] == 0.2
    assert np.isnan(found.objects[1]).all()


def test_before_a_forecast_can_be_made_nothing_is_asked() -> None:
    archive = open_archive(date(1970, 1, 1))
    found = outlook(archive, [find_party(archive, code) for code in ("USA", "RUS")], archive.as_of)
    assert len(found.key) == 0
    assert found.objects.shape == (0, 2)
    usual = np.array([0.4])
    np.testing.assert_array_equal(next_texts(found, np.zeros(0, np.int64), usual).none, usual)
