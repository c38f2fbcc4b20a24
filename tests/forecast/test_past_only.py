from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.forecast.small import small_record

from detente.forecast import model
from detente.forecast.asking import Forecaster, Question, fit_before
from detente.forecast.features import Walk, feature_names
from detente.forecast.model import fit, gather
from detente.forecast.record import Record
from detente.forecast.wording import read_wording

DAY = date(1996, 11, 15)
QUESTIONS = (Question("Nuclear disarmament, once more"), Question("Something never heard of"))


@pytest.fixture(scope="module")
def record() -> Record:
    return small_record()


@pytest.fixture(autouse=True, scope="module")
def _few_rounds() -> Iterator[None]:
    """Fit eight rounds instead of sixty: what may be known does not depend on how many."""
    usual = model._trees
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "_trees", lambda: usual().set_params(max_iter=8))
        yield


def _forecaster(record: Record) -> Forecaster:
    wording = read_wording(record.title.tolist(), record.headings.tolist())
    walk = Walk(record, wording)
    walk.expect(np.unique(record.day)[1:])
    known = record.before(date(1996, 9, 15))
    fitted = fit_before(known, wording, window=4)
    return Forecaster(record, walk, {known.digest: fitted})


def _shuffled_after(record: Record, day: date) -> Record:
    """The same days, with what is later than the day exchanged among itself."""
    first = len(record.before(day))
    order = np.arange(len(record))
    order[first:] = np.random.default_rng(3).permutation(order[first:])
    return replace(
        record,
        title=record.title[order],
        headings=record.headings[order],
        votes=record.votes[order][:, ::-1].copy(),
    )


def test_what_is_dated_later_changes_no_byte(record: Record) -> None:
    answer = _forecaster(record).ask(QUESTIONS, DAY)
    without = _forecaster(record.before(DAY)).ask(QUESTIONS, DAY)
    assert answer.chances.tobytes() == without.chances.tobytes()


def test_what_is_dated_later_may_be_anything(record: Record) -> None:
    answer = _forecaster(record).ask(QUESTIONS, DAY)
    first = len(record.before(DAY))
    other = _shuffled_after(record, DAY)
    mixed = replace(other, votes=np.concatenate([record.votes[:first], other.votes[first:]]))
    assert not np.array_equal(mixed.votes, record.votes)
    assert answer.chances.tobytes() == _forecaster(mixed).ask(QUESTIONS, DAY).chances.tobytes()


def test_votes_of_the_session_before_the_day_do_inform(record: Record) -> None:
    first = len(record.before(date(1996, 10, 1)))
    end = len(record.before(DAY))
    votes = record.votes.copy()
    votes[first:end] = 0
    surprise = feature_names().index("surprise weeks no")
    before, changed = (
        _forecaster(one).ask(QUESTIONS, DAY).day.values[:, :, surprise]
        for one in (record, replace(record, votes=votes))
    )
    assert (changed > before).all()


def test_texts_of_one_day_are_not_known_to_each_other(record: Record) -> None:
    day = np.datetime64("1996-12-01")
    wording = read_wording(record.title.tolist(), record.headings.tolist())
    same = np.flatnonzero(record.day == day)
    assert len(same) > 1
    votes = record.votes.copy()
    votes[same[1:]] = 0
    values = []
    for one in (record, replace(record, votes=votes)):
        walk = Walk(one, wording)
        gather(walk, np.unique(record.day[record.day < day])[1:])
        values.append(walk.visit(day).values[0])
    assert values[0].tobytes() == values[1].tobytes()


def test_chances_are_proper(record: Record) -> None:
    chances = _forecaster(record).ask(QUESTIONS, DAY).chances
    assert (chances > 0).all()
    np.testing.assert_allclose(chances.sum(2), 1, atol=1e-5)


def test_permuting_states_permutes_what_is_known_of_them(record: Record) -> None:
    order = np.random.default_rng(4).permutation(len(record.iso3))
    moved = replace(record, iso3=record.iso3[order], votes=record.votes[:, order].copy())
    wording = read_wording(record.title.tolist(), record.headings.tolist())
    days = np.unique(record.day)[1:]
    rows = [gather(Walk(one, wording), days) for one in (record, moved)]
    np.testing.assert_allclose(rows[0].values[:, order], rows[1].values, atol=2e-3)
    np.testing.assert_allclose(rows[0].varied[:, order], rows[1].varied, atol=2e-3)
    fitted = fit(rows[0], record)
    values = rows[0].values[-5:]
    moved_answers = fitted.probabilities(np.ascontiguousarray(values[:, order]))
    np.testing.assert_allclose(fitted.probabilities(values)[:, order], moved_answers, atol=1e-6)


def test_every_feature_has_a_name(record: Record) -> None:
    wording = read_wording(record.title.tolist(), record.headings.tolist())
    found = Walk(record, wording).look(wording.rows(0, 2), np.datetime64("1994-01-01"))
    assert found.values.shape == (2, len(record.iso3), len(feature_names()))
    assert len(set(feature_names())) == len(feature_names())


def test_a_text_seen_again_with_precedents_hidden_leaves_the_first_look_alone(
    record: Record,
) -> None:
    day = np.datetime64("1996-12-01")
    wording = read_wording(record.title.tolist(), record.headings.tolist())
    start = len(record.before(date(1996, 12, 1)))
    again, bars = np.array([start]), np.array([0.6], np.float32)
    once, twice = Walk(record, wording), Walk(record, wording)
    plain, both = once.visit(day).values, twice.visit(day, again, bars).values
    np.testing.assert_allclose(both[: len(plain)], plain, atol=1e-5)
    np.testing.assert_allclose(twice.expected, once.expected, atol=1e-6)
    alone = once.look(wording.pick(again), day, bars, sponsors=record.sponsors[again]).values
    np.testing.assert_allclose(both[len(plain) :], alone, atol=1e-5)
    nearest = feature_names().index("nearest likeness")
    assert both[-1, 0, nearest] < 0.6 <= plain[0, 0, nearest]
