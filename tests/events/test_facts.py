"""Facts about CAMEO, against a verified table and real rows."""

from __future__ import annotations

import pytest
from tests.events import made

from detente.archive import open_archive
from detente.events.facts import actors, codes


@pytest.mark.skipif(not made.VERIFIED.exists(), reason="needs the verified table of scores")
def test_every_code_has_the_verified_goldstein_score() -> None:
    ours = {code.code: code.tenths / 10 for code in codes()}
    assert ours == made.verified()


def test_scores_lie_between_minus_ten_and_ten_and_conflict_scores_below_cooperation() -> None:
    assert all(-100 <= code.tenths <= 100 for code in codes())
    by_code = {code.code: code for code in codes()}
    # Goldstein's ends: military attack -10, retreat or surrender 10.
    assert by_code["190"].tenths == -100
    assert by_code["0874"].tenths == 100
    assert by_code["057"].tenths == 80


def test_a_quad_class_follows_from_the_root_code() -> None:
    for code in codes():
        root = int(code.code[:2])
        assert code.quad == (1 if root <= 5 else 2 if root <= 9 else 3 if root <= 14 else 4)


def test_every_state_has_its_own_code_and_former_codes_lead_to_todays() -> None:
    ours = {actor.code: actor.iso3 for actor in actors()}
    for (iso3,) in open_archive().sql("SELECT iso3 FROM states"):
        assert ours[iso3] == iso3
    assert (ours["SUN"], ours["ROM"], ours["TMP"], ours["WSB"]) == ("RUS", "ROU", "TLS", "PSE")


def test_a_region_is_no_state() -> None:
    for actor in actors():
        assert (actor.kind == "region") == (actor.iso3 == "")
    assert {actor.code for actor in actors() if actor.kind == "region"} >= {"EUR", "AFR", "WST"}
