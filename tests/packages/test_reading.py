"""What a sheet means, and that every fault is refused in one sentence with its place."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.packages.sheets import RAW, raw_without_cycle, read

from detente.errors import SheetError
from detente.packages.sheet import UNKNOWN_NO_DEAL


def test_an_acceptable_minimum_makes_what_lies_below_it_a_red_line() -> None:
    stance = read(raw_without_cycle()).stance("EU", "arms")
    assert stance.red == ("none",)
    assert stance.low == (0.0, 0.0, 100.0)
    assert stance.order == (("ban",), ("limits",), ("none",))


def test_a_ladder_is_read_downwards_where_the_minimum_stands_after_the_maximum() -> None:
    raw: dict[str, Any] = {
        "issues": [{"code": "a", "options": ["w", "x", "y", "z"]}],
        "stances": [{"party": "EU", "issue": "a", "minimum": "z", "maximum": "x"}],
    }
    stance = read(raw).stance("EU", "a")
    assert stance.red == ()
    assert stance.low == (100.0, 100.0, 0.0, 0.0)
    assert stance.high == (100.0, 100.0, 100.0, 0.0)


def test_what_nobody_told_is_the_whole_scale_and_not_its_middle() -> None:
    sheet = read(raw_without_cycle())
    assert (sheet.stance("CHN", "arms").low, sheet.stance("CHN", "arms").high) == (
        (0.0, 0.0, 0.0),
        (100.0, 100.0, 100.0),
    )
    assert sheet.no_deals[2].known is False
    assert (sheet.no_deals[2].low, sheet.no_deals[2].high) == UNKNOWN_NO_DEAL


def test_what_is_not_declared_is_for_the_convenor_only() -> None:
    sheet = read(raw_without_cycle())
    assert sheet.stance("EU", "checks").provenance.use == "convenor only"
    assert sheet.stance("EU", "arms").provenance.use == "paraphrase"


def test_only_if_is_a_dependency() -> None:
    sheet = read(raw_without_cycle())
    assert sheet.requires[0].when == ("arms", "ban")
    assert sheet.requires[0].then == (("checks", "visits"),)


def test_weights_may_sum_to_one_or_to_a_hundred() -> None:
    raw = raw_without_cycle() | {
        "weights": [{"party": "EU", "weights": {"arms": 0.6, "checks": 0.4}}]
    }
    assert read(raw).weights[0].numbers == pytest.approx({"arms": 60.0, "checks": 40.0})


def _set(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    raw = copy.deepcopy(raw_without_cycle())
    target: Any = raw
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return raw


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"issues": []}, "there are no issues"),
    (_set(("issues", 1, "options"), []), "“checks” has no options"),
    (_set(("issues", 1, "code"), "arms"), "the issue “arms” is named twice"),
    (_set(("issues", 1, "options"), ["a", "a"]), "“a” of “checks” is named twice"),
    (_set(("stances", 1, "scores", "visits"), 130.0), "130 lies outside the scale of 0 to 100"),
    (_set(("stances", 1, "scores", "visits"), "high"), "“visits” must be a number"),
    (_set(("stances", 1, "scores", "visits"), True), "“visits” must be a number"),
    (_set(("stances", 1, "scores"), {"visits": 10.0}), "no score for “reports”"),
    (_set(("stances", 3, "interval", "reports"), [9.0, 2.0]), "9 to 2 is upside down"),
    (_set(("stances", 2, "red_lines"), ["none", "limits", "ban"]), "exclude every option of arms"),
    (_set(("stances", 2, "ranking"), ["none", "ban"]), "leaves out “limits”"),
    (_set(("stances", 0, "maximum"), None), "no acceptable maximum"),
    (_set(("stances", 0, "scores"), {"none": 1.0}), "keep one"),
    (_set(("stances", 4, "party"), "USA"), "“USA” is not a party at the table"),
    (_set(("stances", 4, "issue"), "trade"), "there is no issue “trade”"),
    (_set(("stances", 4, "red_lines"), ["maps"]), "“checks” has no option “maps”"),
    (_set(("stances", 4, "use"), "everyone"), "must be one of convenor only"),
    (_set(("stances", 4, "colour"), "red"), "“colour” is not a field of a sheet"),
    (_set(("weights", 0, "weights", "arms"), 70.0), "the weights of EU sum to 110"),
    (_set(("weights", 0, "weights", "arms"), -5.0), "-5 lies outside 0 to 100"),
    (_set(("weights", 0, "weights"), {"arms": 100.0}), "no weight for checks"),
    (_set(("no_deal", 1, "outcome"), {"arms": "none"}), "leaves out checks"),
    (_set(("no_deal", 0, "outcome"), {"arms": "none"}), "both a no-deal value and an outcome"),
    (_set(("forbids", 0, "pair"), ["arms=none", "arms=ban"]), "a pair must be of two issues"),
    (_set(("forbids", 0, "pair"), ["arms", "checks=visits"]), "must be written issue=option"),
    (RAW, "the dependencies go round in a circle"),
]


@pytest.mark.parametrize(("raw", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_is_refused_in_one_sentence(raw: dict[str, Any], said: str) -> None:
    if raw is RAW:
        raw = copy.deepcopy(RAW)
        raw["requires"] = [{"when": "checks=visits", "then": "arms=ban"}]
    with pytest.raises(SheetError) as refused:
        read(raw)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_too_many_issues_are_refused() -> None:
    raw = {"issues": [{"code": f"i{n}", "options": ["a", "b"]} for n in range(201)]}
    with pytest.raises(SheetError, match="201 issues are too many"):
        read(raw)
