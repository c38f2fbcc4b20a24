from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detente.case import open_case
from detente.convening.support import acceptance, all_accept
from detente.convening.support.wording import REASONS, caveat, reason_words
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
        assert {"met", "distance", "host"} <= {reason.kind for reason in one.reasons}


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


def test_more_tension_never_makes_a_party_likelier_to_come(astana):
    case, archive = astana
    chances = [
        acceptance(archive, case, case.as_of, tension={("USA", "RUS"): share})[1].p
        for share in (0.0, 0.5, 1.0)
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


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
