from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.special import logit

from detente.archive import open_archive
from detente.convening.support import odds, persuade, support, with_reports
from detente.convening.support.calibration import calibration, track
from detente.convening.support.features import build_frame
from detente.convening.support.features_arrays import decay, log_odds, pooled
from detente.convening.support.fitting import fit_support
from detente.convening.support.record import decisions, read_answers
from detente.convening.thresholds import Needed
from detente.errors import NotFound
from detente.parties import members
from detente.positions import fit_positions

DAY = date(2018, 11, 20)


@pytest.fixture(scope="module")
def archive():
    return open_archive(as_of=DAY)


@pytest.fixture(scope="module")
def found(archive):
    return support(archive, "KAZ", (), DAY, outcomes=5_000)


def test_every_member_has_probabilities_that_leave_room_for_absence(found):
    assert len(found.states) == 193
    total = found.yes + found.abstain + found.no
    assert ((found.yes >= 0) & (total <= 1 + 1e-6)).all()
    assert found.yes[found.states.index("KAZ")] == 1.0


def test_those_who_seldom_back_meetings_are_the_least_likely_to(found):
    ranked = np.argsort(np.argsort(found.yes))
    assert ranked[found.states.index("USA")] < 60
    assert found.yes[found.states.index("USA")] < found.yes[found.states.index("MEX")]


def test_votes_of_the_day_itself_and_later_change_nothing_known_on_the_eve(archive):
    rows = decisions(archive)
    answers, positions = read_answers(archive, rows), fit_positions(archive)
    row = next(i for i, one in enumerate(rows) if one.symbol == "A/RES/50/70F")
    later = answers.votes.date >= np.datetime64(rows[row].day)
    changed = answers.did.copy()
    changed[:, later] = np.where(changed[:, later] > 0, 5 - changed[:, later], 0)
    was = build_frame(archive, answers, positions, rows, None)
    now = build_frame(archive, replace(answers, did=changed), positions, rows, None)
    assert np.array_equal(was.answer[row], now.answer[row])
    assert np.array_equal(was.presence[row], now.presence[row])
    assert not np.array_equal(was.answer[row + 4], now.answer[row + 4])


def test_no_decision_after_the_day_is_used(found):
    assert max(row.day for row in found.decisions) <= DAY


def test_a_report_is_compared_with_the_same_draws(archive, found):
    assembly = members(archive, "UN", DAY)
    needed = Needed("votes in favour", 165, 193, None)
    before = odds(found, assembly, needed)
    after = odds(with_reports(archive, found, {"USA": 1.0, "ISR": 1.0}), assembly, needed)
    worse = odds(with_reports(archive, found, {"USA": 0.0, "ISR": 0.0}), assembly, needed)
    assert worse.probability < before.probability < after.probability
    assert before.probability_low <= before.probability <= before.probability_high


def test_who_can_block_a_council_vote_alone(archive, found):
    council = members(archive, "SC", DAY)
    found_now = persuade(
        found, council, Needed("votes in favour", 9, 15, None, ("CHN", "FRA", "GBR", "RUS", "USA"))
    )
    assert {code for code, _ in found_now.alone} == {"CHN", "FRA", "GBR", "RUS", "USA"}
    assert found_now.block == 1


def test_a_day_with_too_few_votes_to_convene_is_refused():
    day = date(1950, 1, 1)
    with pytest.raises(NotFound, match="too few"):
        fit_support(open_archive(as_of=day), day)


def test_a_topic_that_does_not_exist_is_refused(archive):
    with pytest.raises(NotFound, match="no topic"):
        fit_support(archive, DAY, "astrology")


def test_weights_halve_with_age_and_are_nothing_from_the_day_itself_on():
    days = np.array([0, 365, 730, 731])
    weights = decay(days, np.array([730]), 1.0)[:, 0]
    assert weights[2:].tolist() == [0.0, 0.0]
    assert weights[1] / weights[0] == pytest.approx(2.0, abs=0.01)


def test_a_share_leans_on_its_prior_for_so_many_votes():
    hits = np.array([[True, False, True]])
    counted = np.array([[True, True, True]])
    share = pooled(hits, counted, np.ones((3, 1)), 0.5, 3.0)
    assert share[0, 0] == pytest.approx((2 + 1.5) / 6)
    assert log_odds(np.array([1.0])) == pytest.approx(logit(0.995))


def test_the_track_record_shows_only_what_had_happened_by_a_day():
    early = calibration(date(2000, 1, 1))
    assert early is not None
    assert early.last <= date(2000, 1, 1)
    assert calibration(date(1960, 1, 1)) is None


def test_the_forecast_beats_the_base_rate_and_independent_errors_where_it_was_held_out():
    found = calibration(date.max)
    assert found is not None
    assert found.decisions == len(track()) > 50
    assert found.loss < found.base_loss
    assert found.brier < found.base_brier
    assert abs(found.coverage - 0.9) < abs(found.alone_coverage - 0.9)


def test_the_track_record_is_of_the_decisions_that_the_rules_find():
    known = {row.day: row for row in decisions(open_archive())}
    for row in track():
        assert row.day in known
        assert 0 <= row.rank <= 1
        assert row.low <= row.high
