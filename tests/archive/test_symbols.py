from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.archive.symbols import arabic, assembly, council_number, folded


@pytest.mark.parametrize(
    ("text", "session", "number", "part"),
    [
        ("A/RES/73/65", "73", 65, ""),
        ("a/res/50/70 F", "50", 70, "F"),
        ("A/RES/217(III)[A]", "3", 217, "[A]"),
        ("A/RES/2758 (XXVI)", "26", 2758, ""),
        ("A/RES/ES-11/1", "ES-11", 1, ""),
        ("A/RES/3362(S-VII)", "S-7", 3362, ""),
        ("A/RES/186(S-2)", "S-2", 186, ""),
        ("A/RES/35/217XIV", "35", 217, "XIV"),
        ("A/RES/75/254A-C", "75", 254, "A-C"),
    ],
)
def test_an_assembly_symbol_says_session_number_and_part(
    text: str, session: str, number: int, part: str
) -> None:
    symbol = assembly(text)
    assert symbol is not None
    assert (symbol.session, symbol.number, symbol.part) == (session, number, part)


@pytest.mark.parametrize("text", ["A/RES/73", "S/RES/678(1990)", "A/73/65", "", "A/RES/73/65/1"])
def test_what_is_no_assembly_symbol_is_refused(text: str) -> None:
    assert assembly(text) is None


def test_a_council_symbol_says_its_number() -> None:
    assert council_number("S/RES/2623 (2022)") == 2623
    assert council_number("S/RES/2623") is None


@given(st.integers(1, 39))
def test_roman_numerals_read_as_they_are_built(n: int) -> None:
    tens, ones = divmod(n, 10)
    roman = "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    assert arabic(roman) == n == arabic(str(n))


def test_two_ways_of_writing_a_symbol_fold_to_one() -> None:
    assert folded("a/res/2758 (XXVI)") == folded("A/RES/2758(XXVI)")
    assert folded("A/RES/34/9A") == folded("A/RES/34/9[A]")
    assert folded("A/RES/73/65") != folded("A/RES/7/365")
