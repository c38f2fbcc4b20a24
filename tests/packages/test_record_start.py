"""Starting values from the public record are wide, marked, and never replace what was told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.packages.sheets import raw_without_cycle, read

from detente.packages.record import WIDTH, Support, start_from_record, starting_stance
from detente.packages.sheet import Issue, Option

LADDER = Issue("a", "a", "a", tuple(Option(c, c, c) for c in ("none", "some", "all")), "t")


def test_only_what_nobody_told_is_filled_and_marked_as_an_estimate() -> None:
    sheet = read(raw_without_cycle())
    support = Support(0.9, 0.8, 0.95, 40)
    topics = {(party.code, "disarmament"): support for party in sheet.parties}
    filled = start_from_record(sheet, topics)
    for before, after in zip(sheet.stances, filled.stances, strict=True):
        if (before.party, before.issue) == ("CHN", "arms"):
            assert after.provenance.estimate
            assert "40 texts" in after.provenance.source
            # it supported the topic nearly always
            assert after.low[2] + after.high[2] > after.low[0] + after.high[0]
        else:
            assert after == before


@given(low=st.floats(0, 1), high=st.floats(0, 1))
def test_a_starting_interval_is_at_least_as_wide_as_promised(low: float, high: float) -> None:
    low, high = min(low, high), max(low, high)
    stance = starting_stance("EU", LADDER, Support((low + high) / 2, low, high, 10))
    for a, b in zip(stance.low, stance.high, strict=True):
        assert 0 <= a <= b <= 100
        assert b - a >= WIDTH - 0.11  # a bound at the end of the scale may cut one side


def test_more_support_moves_the_last_option_up_and_the_first_down() -> None:
    weak = starting_stance("EU", LADDER, Support(0.3, 0.2, 0.4, 10))
    strong = replace(starting_stance("EU", LADDER, Support(0.8, 0.7, 0.9, 10)))
    assert strong.low[2] > weak.low[2]
    assert strong.high[0] < weak.high[0]
    assert strong.low[1] == weak.low[1]
