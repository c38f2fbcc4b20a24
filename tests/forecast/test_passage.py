from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from detente.archive import open_archive
from detente.forecast.passage import Passages, chance_without_vote, read_passages, track_passages
from detente.forecast.wording import read_wording

SINCE = date(2020, 9, 15)


@pytest.fixture(scope="module")
def passages() -> Passages:
    found = read_passages(open_archive())
    assert found is not None
    return found


def test_texts_of_the_day_and_later_do_not_count(passages: Passages) -> None:
    now = read_wording(["Agreement on cooperation", "The Syrian Golan"], ["", ""])
    end = int(np.searchsorted(passages.day, np.datetime64("2022-12-01")))
    cut = Passages(
        passages.day[:end],
        passages.without_vote[:end],
        passages.wording.rows(0, end),
        passages.nearest[:end],
    )
    whole, early = (chance_without_vote(one, now, date(2022, 12, 1)) for one in (passages, cut))
    assert whole is not None
    assert early is not None
    assert whole.tobytes() == early.tobytes()
    assert whole[1] < 0.1


def test_chances_beat_the_share_of_all_earlier_texts(passages: Passages) -> None:
    found = track_passages(passages, SINCE, date(2021, 3, 1))
    assert found is not None
    errors = [np.mean((one - found.happened) ** 2) for one in (found.chance, found.base)]
    assert errors[0] < 0.6 * errors[1]
    assert ((found.chance > 0) & (found.chance < 1)).all()


def test_before_there_are_titles_nothing_is_said(passages: Passages) -> None:
    now = read_wording(["The Syrian Golan"], [""])
    assert chance_without_vote(passages, now, date(2019, 10, 2)) is None
    assert track_passages(None, SINCE, date(2021, 3, 1)) is None
