"""From a sheet to arrays: centres, draws, and that the two agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.packages.sheets import raw_without_cycle, read, sheets

from detente.packages.known import centre_values, centre_weights, draw, problem_of
from detente.packages.sheet import Sheet


def test_the_centre_of_each_way_of_telling() -> None:
    sheet = read(raw_without_cycle())
    arms, checks = sheet.issues
    assert centre_values(sheet.stance("EU", "arms"), arms).tolist() == [0, 0, 100]
    assert centre_values(sheet.stance("RUS", "arms"), arms).tolist() == [100, 0, 0]
    assert centre_values(sheet.stance("RUS", "checks"), checks).tolist() == [70, 10]
    assert centre_values(sheet.stance("CHN", "arms"), arms).tolist() == [50, 50, 50]
    assert centre_weights(sheet.weights[0], sheet.issues).tolist() == [0.6, 0.4]
    assert centre_weights(sheet.weights[1], sheet.issues).tolist() == [0.25, 0.75]
    assert centre_weights(sheet.weights[2], sheet.issues).tolist() == [0.5, 0.5]


def test_no_deal_told_as_an_outcome_is_worth_that_package() -> None:
    problem = problem_of(read(raw_without_cycle()))
    # Russia: arms none 100 x 0.25, checks reports 70 x 0.75
    assert problem.reservation.tolist() == pytest.approx([20.0, 77.5, 25.0])


def test_rules_and_red_lines_reach_the_problem() -> None:
    problem = problem_of(read(raw_without_cycle()))
    packages = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]])
    # never none with visits; a ban only with visits
    assert problem.possible(packages).tolist() == [True, False, True, True, False, True]
    # no “none” for the EU, no “ban” for Russia, no “reports” for China
    assert problem.permitted(packages).tolist() == [False, False, False, True, False, False]


def test_an_interaction_counts_once_for_its_party() -> None:
    raw = raw_without_cycle() | {
        "interactions": [
            {"party": "CHN", "pair": ["checks=visits", "arms=limits"], "value": [2.0, 6.0]}
        ]
    }
    problem = problem_of(read(raw))
    plain = problem_of(read(raw_without_cycle()))
    package = np.array([[1, 1]])
    assert (problem.values(package) - plain.values(package)).tolist() == [[0.0, 0.0, 4.0]]


@given(sheet=sheets())
@settings(max_examples=30, deadline=None)
def test_draws_stay_within_what_is_known_and_never_move(sheet: Sheet) -> None:
    profiles = draw(sheet, 50)
    again = draw(sheet, 50)
    for issue, table, same in zip(sheet.issues, profiles.utilities, again.utilities, strict=True):
        assert (table == same).all()
        for p, party in enumerate(sheet.parties):
            stance = sheet.stance(party.code, issue.code)
            for row in table[:, p]:
                for group, lower in zip(stance.order, stance.order[1:], strict=False):
                    above = row[[issue.codes.index(code) for code in group]].min()
                    below = row[[issue.codes.index(code) for code in lower]].max()
                    assert above >= below - 1e-9
    for p, deal in enumerate(sheet.no_deals):
        if not deal.outcome:
            drawn = profiles.reservation[:, p]
            assert deal.low - 1e-9 <= drawn.min()
            assert drawn.max() <= deal.high + 1e-9


def test_the_mean_of_draws_is_near_the_centre_where_only_weights_and_intervals_are_open() -> None:
    sheet = read(raw_without_cycle())
    problem, profiles = problem_of(sheet), draw(sheet, 4000)
    for table, drawn in zip(problem.utilities, profiles.utilities, strict=True):
        assert np.abs(drawn.mean(axis=0) - table).max() < 1.5


def test_what_is_learnt_of_one_party_leaves_the_draws_of_others_alone() -> None:
    before = draw(read(raw_without_cycle()), 40)
    raw = raw_without_cycle()
    raw["weights"] = [{"party": "EU", "weights": {"arms": 10.0, "checks": 90.0}}]
    after = draw(read(raw), 40)
    for a, b in zip(before.utilities, after.utilities, strict=True):
        assert (a[:, 2] == b[:, 2]).all()
