"""What an analysis says must agree with listing every package, and an interruption is no loss."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.packages.sheets import sheets
from tests.packages.test_section import RAW, read

from detente.packages import analysis
from detente.packages.core.frontier import Frontier, TooLargeError
from detente.packages.core.interruption import Interrupted
from detente.packages.core.mip import solve_mip
from detente.packages.core.problem import Problem, all_packages
from detente.packages.core.solutions import RULES, Rule, Solution
from detente.packages.known import problem_of
from detente.packages.sheet import Sheet
from detente.packages.working import wilson


@given(sheet=sheets())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_package_is_found_if_and_only_if_listing_finds_one(sheet: Sheet) -> None:
    problem = problem_of(sheet)
    rows = all_packages(problem.sizes)
    acceptable = problem.acceptable(rows)
    found = analysis.analyse(sheet, draws=100)
    assert (found.found == "yes") == bool(acceptable.any())
    if found.found == "yes":
        gains = (problem.values(rows) - problem.reservation)[acceptable]
        leximin = found.solved("leximin")
        assert leximin is not None
        assert min(leximin.package.gains) == pytest.approx(gains.min(axis=1).max(), abs=1e-6)
        best = max(gains.sum(axis=1))
        utilitarian = found.solved("utilitarian")
        assert utilitarian is not None
        assert sum(utilitarian.package.gains) == pytest.approx(best, abs=1e-6)
    for one in (*found.offers, *found.points):
        row = [issue.codes.index(o) for issue, o in zip(sheet.issues, one.options, strict=True)]
        assert problem.acceptable(np.array([row]))[0]
        assert one.low <= one.chance <= one.high


def test_an_interruption_of_the_frontier_still_gives_solutions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(analysis, "frontier", stopped)
    found = analysis.analyse(read(dict(RAW)), draws=100)
    assert found.interrupted
    assert found.frontier is None
    assert {one.rule for one in found.solutions} == set(analysis.RULES)
    assert all(one.proved for one in found.solutions)


def test_an_interruption_later_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = analysis.analyse(read(dict(RAW)), draws=100)

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(analysis, "_trades", stopped)
    found = analysis.analyse(read(dict(RAW)), draws=100)
    assert found.interrupted
    assert found.solutions == whole.solutions
    assert found.offers == ()


def test_wilson_never_leaves_zero_to_one_and_narrows_with_draws() -> None:
    assert wilson(1.0, 100)[1] == 1.0
    assert wilson(0.0, 100)[0] == pytest.approx(0.0, abs=1e-12)
    # the textbook case: 10 of 100
    assert wilson(0.1, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    wide, narrow = wilson(0.4, 100), wilson(0.4, 10_000)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_an_interrupted_rule_keeps_what_it_had_and_those_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = read(RAW)
    problem = problem_of(sheet)
    whole = {rule: solve_mip(problem, rule, 20) for rule in RULES[:2]}
    calls: list[str] = []

    def cut(problem: Problem, rule: Rule, seconds: float) -> Solution | None:
        calls.append(rule)
        if len(calls) == 2:
            raise Interrupted(whole[rule])
        return whole[rule]

    def too_large(problem: Problem) -> Frontier:
        raise TooLargeError("too large")

    monkeypatch.setattr(analysis, "frontier", too_large)
    monkeypatch.setattr(analysis, "solve_mip", cut)
    found = analysis.analyse(sheet, draws=50)
    assert found.interrupted
    assert [one.rule for one in found.solutions] == list(RULES[:2])
    assert len(calls) == 2
