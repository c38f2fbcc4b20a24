from __future__ import annotations

from datetime import date

import pytest

from detente.convening.support.calibration import calibration
from detente.convening.support.odds import Odds
from detente.convening.support.persuade import Candidate, ShortList
from detente.convening.support.wording import (
    calibration_words,
    change_words,
    list_words,
    odds_words,
)

ONE = Candidate("FRA", 0.4, 2.0, 0.1)
TWO = Candidate("DEU", 0.5, 2.0, 0.1)


def name(code: str) -> str:
    return {"FRA": "France", "DEU": "Germany"}[code]


def test_odds_are_said_with_both_intervals_and_never_as_certain():
    text = odds_words(Odds(163.3, 136, 180, 0.9996, 0.99, 1.0, 193), "en")
    assert text == (
        "> 99 % (99 % to 100 %); 163 of 193 in favour expected, between 136 and 180 with a chance "
        "of nine in ten."
    )
    assert "193" in odds_words(Odds(163.3, 136, 180, 0.9996, 0.99, 1.0, 193), "fr")


def test_what_a_report_changes_is_said_before_and_after():
    before, after = (Odds(1, 1, 1, p, p, p, 2) for p in (0.25, 0.75))
    assert change_words(before, after, "en") == "With what was reported: 75 % instead of 25 %."


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            ShortList(0.8, (ONE, TWO), 0.81, 2, True),
            "2 states would bring it to 80 %, and no fewer",
        ),
        (ShortList(0.8, (ONE, TWO), 0.81, 1, False), "fewer than 1 could not"),
        (ShortList(0.8, (ONE,), 0.81, 1, True), "One state would bring it to 80 %: France."),
        (ShortList(0.8, (), 0.85, 0, True), "It stands at 80 % or more already."),
        (ShortList(0.8, None, 0.5, 3, True), "Not even all of them together"),
    ],
)
def test_a_list_says_how_far_it_is_proved(found, words):
    assert words in list_words(found, "en", name)
    assert list_words(found, "fr", name)


def test_the_track_record_is_said_as_far_as_a_day_allows():
    text = calibration_words(calibration(date(2018, 11, 20)), "en")
    assert text.startswith("Held against 61 past decisions to convene (1972 to 2017)")
    assert "1972" in calibration_words(calibration(date(2018, 11, 20)), "fr")
    for lang in ("en", "fr"):
        assert calibration_words(None, lang)
