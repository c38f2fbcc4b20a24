from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from detente.archive import open_archive
from detente.case import open_case
from detente.convening.support import acceptance, all_accept, at_level, levels
from detente.convening.support.levels import RUNGS
from detente.convening.support.levels_arrays import STEP, eased, shifted, shifts
from detente.convening.support.wording import REASONS, caveat, reason_words
from detente.denominators.beta_arrays import quantile
from detente.errors import CaseError
from detente.parties import find_party

ASTANA = Path(__file__).parents[3] / "cases" / "astana.toml"


@pytest.fixture(scope="module")
def astana():
    return open_case(ASTANA)


@pytest.fixture(scope="module")
def found(astana):
    case, archive = astana
    return acceptance(archive, case, case.as_of)


def test_each_party_has_a_wide_interval_about_its_chance_and_reasons(found):
    assert [one.party for one in found] == ["EU", "USA", "CHN", "RUS"]
    for one in found:
        assert one.low < one.p < one.high
        assert one.high - one.low > 0.3
        assert {"met", "distance"} < {reason.kind for reason in one.reasons}


def test_meetings_after_the_day_are_not_counted(found):
    records = {key for one in found for reason in one.reasons for key in reason.records}
    assert "TASH18" in records
    assert not records & {"BERL20", "GEN21", "SOTF24", "P5-20", "NAZ18"}


def test_a_proposal_that_led_to_no_meeting_for_a_year_counts_against_those_it_named():
    case, archive = open_case(ASTANA, as_of=date(2022, 1, 1))
    later = acceptance(archive, case, case.as_of)
    refused = {
        one.party: [r.records[0] for r in one.reasons if r.kind == "refused"] for one in later
    }
    assert "NAZ18" in refused["USA"]
    assert "P5-20" in refused["RUS"]


def test_a_greater_distance_never_makes_a_party_likelier_to_come(astana, monkeypatch):
    case, archive = astana
    chances = []
    for share in (0.0, 0.5, 1.0):
        far = {("USA", "RUS"): share}
        monkeypatch.setitem(acceptance.__globals__, "apart", lambda *_, far=far: far)
        chances.append(acceptance(archive, case, case.as_of)[1].p)
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


def test_every_reason_is_signed_by_what_it_does_to_the_chance(astana, found):
    for one in found:
        for reason in one.reasons:
            kinds = {"met": 1, "host": 1, "distance": -1, "far host": -1, "refused": -1}
            assert np.sign(reason.counts) in (kinds.get(reason.kind, 0), 0)
    # Kazakhstan votes with China and far from the United States.
    assert next(r for r in found[1].reasons if "host" in r.kind).kind == "far host"
    assert next(r for r in found[2].reasons if "host" in r.kind).kind == "host"


def test_a_lower_level_comes_more_readily_and_stays_uncertain(astana, found):
    case, archive = astana
    known = levels(archive, case.as_of)
    by_level = [at_level(found, known, level) for level in RUNGS]
    for hard, easy in pairwise(by_level):
        for one, other in zip(hard, easy, strict=True):
            assert one.p < other.p < 0.9
            assert one.low < other.low
            assert one.high < other.high
            assert other.high - other.low > 0.35
        assert all_accept(hard).p < all_accept(easy).p
    assert at_level(found, known, "ambassadors") == by_level[2]
    said = acceptance(archive, case, case.as_of, {"USA": 0.4})
    assert at_level(said, known, "experts")[1].p == 0.4


def test_levels_count_what_was_held_by_the_day_and_what_was_not(astana):
    _, archive = astana
    early, late = levels(archive, date(1970, 1, 1)), levels(archive, date(2018, 11, 20))
    assert (early.held, early.failed, early.records) == ((1, 0, 0), (1, 0, 0), ("PAR60",))
    assert all(a <= b for a, b in zip(early.held, late.held, strict=True))
    whole = open_archive()
    assert set(levels(whole, date(2024, 1, 1)).records) >= {"PAR60", "NAZ18", "P5-20"}


def test_shifts_keep_their_order_whatever_the_record_and_follow_it():
    neutral = shifts((0, 0, 0), (0, 0, 0))
    # Without a record the step is half-normal: its mean is the scale times the root of 2/pi.
    assert neutral[1].mean() == pytest.approx(STEP * np.sqrt(2 / np.pi), abs=0.02)
    likelier = shifts((5, 20, 20), (15, 0, 0))
    against = shifts((20, 5, 5), (0, 15, 15))
    for found in (neutral, likelier, against):
        assert (found[0] == 0).all()
        assert (found[0] <= found[1]).all()
        assert (found[1] <= found[2]).all()
    assert against[1].mean() < neutral[1].mean() < likelier[1].mean()


def test_a_beta_moved_by_nothing_keeps_its_mean_and_interval():
    mean, low, high = eased(4.0, 3.0, np.zeros(1))
    assert mean == pytest.approx(4 / 7, abs=1e-4)
    for end, q in ((low, 0.05), (high, 0.95)):
        assert end == pytest.approx(quantile(q, np.array([4.0]), np.array([3.0]))[0], abs=0.004)
    assert shifted(np.array([0.0, 0.5, 1.0]), np.array([np.log(3)]))[:, 0] == pytest.approx(
        [0.0, 0.75, 1.0]
    )


def test_what_an_ambassador_reported_replaces_the_chance(astana, found):
    case, archive = astana
    said = acceptance(archive, case, case.as_of, {"USA": 1.0})
    assert (said[1].p, said[1].low, said[1].high) == (1.0, 1.0, 1.0)
    assert said[0] == found[0]
    assert all_accept(said).p > all_accept(found).p
    refused = acceptance(archive, case, case.as_of, {"USA": 0.0})
    assert all_accept(refused).p == 0.0


def test_all_accept_is_no_likelier_than_the_least_likely_and_holds_its_interval(found):
    joint = all_accept(found)
    assert joint.low <= joint.p <= joint.high
    assert joint.p <= min(one.p for one in found) + 0.02


def test_a_party_whose_attendance_the_record_does_not_tell_says_so(astana):
    case, archive = astana
    other = replace(case, parties=(*case.parties[:3], find_party(archive, "BRA")))
    kinds = {r.kind for r in acceptance(archive, other, case.as_of)[3].reasons}
    assert "no record" in kinds
    assert "met" not in kinds


@pytest.mark.parametrize(
    ("given", "words"), [({"FRA": 0.5}, "not a party"), ({"USA": 2.0}, "from 0 to 1")]
)
def test_a_report_that_cannot_be_used_is_refused(astana, given, words):
    case, archive = astana
    with pytest.raises(CaseError, match=words):
        acceptance(archive, case, case.as_of, given)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_reason_and_caveat_has_its_sentence(found, lang):
    said = [reason_words(r, lang, lambda code: code) for one in found for r in one.reasons]
    assert all(text.endswith((".", "RUS", "USA", "CHN", "EU")) for text in said)
    assert any(("memory" if lang == "en" else "mémoire") in text for text in said)
    assert {r.kind for one in found for r in one.reasons} <= set(REASONS)
    for which in ("support", "council", "acceptance"):
        assert caveat(which, lang)
