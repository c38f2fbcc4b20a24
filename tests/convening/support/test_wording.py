from __future__ import annotations

from datetime import date

import pytest

from detente.convening.support.calibration import calibration
from detente.convening.support.persuade import Candidate, ShortList
from detente.convening.support.shares import chance_text, share_text
from detente.convening.support.wording import (
    calibration_words,
    list_words,
)

ONE = Candidate("FRA", 0.4, 2.0, 0.1)
TWO = Candidate("DEU", 0.5, 2.0, 0.1)


def name(code: str) -> str:
    return {"FRA": "France", "DEU": "Germany"}[code]


def test_a_chance_has_one_form_and_is_never_certain():
    assert chance_text(0.31, 0.08, 0.62, "en") == "31% (8–62%)"
    assert chance_text(0.31, 0.08, 0.62, "fr") == "31\u202f% (8–62\u202f%)"
    assert chance_text(0.9996, 0.9, 1.0, "en") == ">99% (90–99%)"
    assert chance_text(1.0, 0.998, 1.0, "en") == ">99%"
    assert share_text(0.0, "fr") == "<\u202f1\u202f%"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            ShortList(0.8, (ONE, TWO), 0.81, 2, True),
            "2 states would bring it to 80%, and no fewer",
        ),
        (ShortList(0.8, (ONE, TWO), 0.81, 1, False), "fewer than 1 could not"),
        (ShortList(0.8, (ONE,), 0.81, 1, True), "One state would bring it to 80%: France."),
        (ShortList(0.8, (), 0.85, 0, True), "It stands at 80% or more already."),
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
