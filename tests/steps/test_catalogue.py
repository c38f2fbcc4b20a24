"""The catalogue rates every measure of the archive, and names only what there is."""

from __future__ import annotations

from datetime import date

from detente.archive import open_archive
from detente.steps.catalogue import find_measure, measures
from detente.steps.instruments import instruments
from detente.steps.wording import FIELDS, MISSED, NEEDS
from detente.topics import taxonomy


def test_every_measure_of_the_archive_is_rated_and_keeps_its_field() -> None:
    archived = dict(open_archive().sql("select id, category from measures"))
    assert len(archived) >= 50
    assert {m.id: m.field for m in measures()} == archived


def test_ratings_lie_on_their_scales() -> None:
    for m in measures():
        for rating in (m.cost, m.verifiability, m.reciprocity, m.intrusiveness, m.weight):
            assert 1 <= rating <= 4, m.id
        assert 0 <= m.exposure <= 3, m.id
        assert 7 <= m.lead_days <= 365, m.id


def test_a_measure_names_only_topics_instruments_fields_and_answers_that_there_are() -> None:
    codes = {topic.code for topic in taxonomy()}
    for m in measures():
        assert set(m.topics) <= codes, m.id
        assert set(m.instruments) <= set(instruments()), m.id
        assert set(m.needs) <= set(NEEDS), m.id
        assert m.field in FIELDS, m.id
        assert m.missed in MISSED, m.id
        assert m.missed not in ("stop", "escalate"), m.id


def test_every_instrument_binds_to_a_measure_or_tells_who_left_it() -> None:
    used = {code for m in measures() for code in m.instruments}
    for code, instrument in instruments().items():
        assert code in used or instrument.acts, code


def test_dated_facts_are_in_order() -> None:
    for code, one in instruments().items():
        assert one.until is None or one.since < one.until, code
        assert all(one.since <= act.day for act in one.acts), code
        assert all(first >= one.since for first in one.joined.values()), code
        if not one.bodies:
            assert {act.party for act in one.acts} <= set(one.joined), code


def test_every_word_is_there_in_both_languages() -> None:
    for m in measures():
        for text in (m.name, m.what, m.signals, m.invite, m.watch):
            assert text("en").strip(), m.id
            assert text("fr").strip(), m.id
            assert "'" not in text("fr"), m.id
            assert "'" not in text("en"), m.id


def test_an_invitation_fills_the_middle_of_a_sentence() -> None:
    for m in measures():
        assert m.invite_en.startswith("to "), m.id
        assert not m.invite_en.endswith("."), m.id
        assert not m.invite_fr.endswith("."), m.id
        assert m.invite_fr[0].islower(), m.id


def test_a_measure_that_cannot_be_checked_says_so_in_its_rating() -> None:
    aim = find_measure("CBM33")
    assert aim is not None
    assert aim.verifiability == 1
    assert instruments()["detarget-usa-rus"].since == date(1994, 1, 14)
