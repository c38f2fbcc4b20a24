"""Every text gets its topic from its own fields, in any order and as of any date."""

import importlib.util
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from detente.archive import open_archive
from detente.topics import assign, taxonomy, weight
from detente.topics.blocks import from_neighbours, neighbour_subject, number
from detente.topics.confidence import MEASURED
from detente.topics.reading import NOTHING, Reading
from detente.topics.weight import PARTS, exceeded, share

_SPEC = importlib.util.spec_from_file_location(
    "bench_topics", Path(__file__).parents[2] / "bench" / "topics.py"
)
assert _SPEC is not None
assert _SPEC.loader is not None
bench = importlib.util.module_from_spec(_SPEC)
sys.modules["bench_topics"] = bench
_SPEC.loader.exec_module(bench)

CODES = {one.code for one in taxonomy()}


class Shuffled:
    """An archive whose rows come in another order."""

    def __init__(self, archive, seed: int) -> None:
        self.archive, self.seed = archive, seed
        self.as_of, self.last_day = archive.as_of, archive.last_day
        self.fingerprint = f"{archive.fingerprint}-{seed}"

    def sql(self, query, params=()):
        rows = self.archive.sql(query.replace(" ORDER BY 1", ""), params)
        return sorted(
            [rows[i] for i in np.random.default_rng(self.seed).permutation(len(rows))],
            key=lambda row: str(row[0]),
        )


def test_the_order_of_rows_changes_nothing() -> None:
    archive = open_archive(as_of=date(1970, 1, 1))
    plain, other = assign(archive), assign(Shuffled(archive, 7))
    for column in ("table", "key", "main", "basis", "confidence"):
        assert np.array_equal(getattr(plain, column), getattr(other, column))


def test_later_records_change_no_topic_read_from_a_text_itself() -> None:
    whole, early = assign(open_archive()), assign(open_archive(as_of=date(2000, 1, 1)))
    main = dict(zip(zip(whole.table, whole.key, strict=True), whole.main, strict=True))
    own = (early.basis != "none") & (early.basis != "numbered block")
    for table, key, code in zip(early.table[own], early.key[own], early.main[own], strict=True):
        assert main[table, key] == code


def test_every_code_assigned_is_in_the_taxonomy() -> None:
    found = assign(open_archive())
    assert set(found.main.tolist()) - {""} <= CODES
    assert {code for row in found.others for code in row} <= CODES
    assert ((found.confidence > 0) == (found.main != "")).all()


def test_a_subject_gathers_the_texts_of_its_topics() -> None:
    found = assign(open_archive())
    assert found.about("disarmament")[found.about("disarmament/nuclear-testing")].all()
    assert found.about("disarmament").sum() > found.about("disarmament", main_only=True).sum() > 0


def test_labels_set_by_hand_are_met_as_often_as_the_page_says() -> None:
    judged = [
        one for one in bench.judge(assign(open_archive()), bench.read_labels()) if one.label.topic
    ]
    held_out = [one for one in judged if one.label.sample == "B" and one.main]
    assert len(held_out) > 180
    assert sum(one.accepted for one in held_out) / len(held_out) > 0.96
    assert sum(one.subject for one in held_out) / len(held_out) > 0.98


def test_labels_name_topics_of_the_taxonomy() -> None:
    assert bench.LABELS.exists()
    for label in bench.read_labels():
        assert {code for code in (label.topic, *label.also) if code} <= CODES


def test_shipped_confidence_is_what_was_measured() -> None:
    archive = open_archive()
    assert bench.measured_shares(archive, assign(archive)) == MEASURED


@pytest.mark.parametrize(
    ("symbol", "at"),
    [("A/RES/62/12A", 12), ("A/RES/2758(XXVI)", 2758), ("A/RES/ES-10/21", 21), ("decision", None)],
)
def test_the_number_of_a_resolution_is_read_from_its_symbol(symbol: str, at: int | None) -> None:
    assert number(symbol) == at


@pytest.mark.parametrize(
    ("known", "at", "subject"),
    [
        ({10: "disarmament", 14: "disarmament"}, 12, "disarmament"),
        ({10: "disarmament", 14: "human-rights"}, 12, None),
        ({10: "disarmament", 30: "disarmament"}, 12, None),
        ({10: "situations", 14: "situations"}, 12, None),
        ({12: "situations"}, 12, "situations"),
        ({10: "disarmament"}, 12, None),
    ],
)
def test_neighbours_speak_only_where_both_agree_and_are_near(known, at, subject) -> None:
    assert neighbour_subject(known, sorted(known), at) == subject


def test_only_texts_without_a_topic_take_their_neighbours() -> None:
    told = Reading("disarmament/missiles", (), "title", 1)
    filled = from_neighbours(
        [("A/RES/60/1", "60"), ("A/RES/60/2", "60"), ("A/RES/60/3", "60")], [told, NOTHING, told]
    )
    assert [one.main for one in filled] == [told.main, "disarmament", told.main]
    assert filled[1].basis == "numbered block"


def test_a_share_is_drawn_to_the_average_by_five_texts() -> None:
    ones = np.ones(5)
    assert share(ones, ones, np.ones(5, dtype=bool), 0.0) == 0.5
    assert share(ones, ones, np.zeros(5, dtype=bool), 0.25) == 0.25


def test_ranks_are_the_share_of_others_exceeded_with_ties_halved() -> None:
    assert exceeded(np.array([1.0, 2.0, 2.0])).tolist() == [0.0, 0.75, 0.75]


def test_weights_are_shares_and_upkeep_weighs_less() -> None:
    found = weight(open_archive(as_of=date(2018, 11, 20)))
    assert set(found) == CODES
    for one in found.values():
        assert all(0.0 <= getattr(one, part) <= 1.0 for part in (*PARTS, "weight"))
    assert found["disarmament/nuclear-testing"].weight > found["organisation/staff"].weight
    assert found["situations/cuba-embargo"].weight > found["organisation/cooperation"].weight
