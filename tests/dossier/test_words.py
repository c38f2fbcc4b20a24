from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.dossier.blocks import Cite, Text
from detente.dossier.words import words
from detente.typography import french_spaces


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Sur quoi ?", "Sur quoi\u202f?"),
        ("ceci ; cela : tout !", "ceci\u202f; cela\u202f: tout\u202f!"),
        ("« oui »", "«\u202foui\u202f»"),
        ("fini!", "fini\u202f!"),
        ("à 90 %", "à 90\u202f%"),
        ("https://undocs.org/A", "https://undocs.org/A"),
        ("10:30", "10:30"),
    ],
)
def test_french_punctuation_has_its_narrow_space(typed: str, printed: str) -> None:
    assert french_spaces(typed) == printed


@settings(deadline=None)
@given(st.text(alphabet="aé1 ;:!?«»%()\u202f\u00a0", max_size=40))
def test_french_spaces_are_set_once(text: str) -> None:
    once = french_spaces(text)
    assert french_spaces(once) == once


def test_numbers_follow_the_language() -> None:
    en, fr = words("en"), words("fr")
    assert (en.whole(1234567), fr.whole(1234567)) == ("1,234,567", "1\u202f234\u202f567")
    assert (en.decimal(-0.5), fr.decimal(-0.5)) == ("\u22120.50", "\u22120,50")
    assert (en.percent(0.425), fr.percent(0.42)) == ("42%", "42\u202f%")
    assert en.decimal(-0.001) == "0.00", "a rounded zero has no minus"
    assert en.decimal(0.3, sign=True) == "+0.30"


def test_dates_follow_the_language() -> None:
    assert words("en").day(date(2018, 11, 20)) == "20\u00a0November 2018"
    assert words("fr").day(date(2011, 5, 1)) == "1er\u00a0mai 2011"
    assert words("fr").day(date(2018, 11, 20)) == "20\u00a0novembre 2018"


def test_french_counts_none_as_singular_and_english_as_plural() -> None:
    assert words("en").count(0, "{n} text", "{n} texts") == "0 texts"
    assert words("fr").count(0, "{n} text", "{n} texts") == "0 texte"
    assert words("fr").count(2, "{n} text", "{n} texts") == "2 textes"


def test_a_field_takes_inlines_and_text_is_never_read_as_markup() -> None:
    made = words("en").fill("**{a}** of {b}", a="x {b} **y**", b=Cite("k"))
    assert made == (Text("x {b} **y**", strong=True), Text(" of "), Cite("k"))


def test_a_field_without_a_value_is_refused() -> None:
    with pytest.raises(KeyError):
        words("en").fill("{nothing}")
