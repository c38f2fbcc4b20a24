"""The picture: nothing touches, every mark says what it rests on, and the same plan draws alike."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from detente.case import open_case
from detente.convening.calendar import plan
from detente.convening.calendar.milestones import LANES
from detente.convening.calendar.planning import OPENING, Plan
from detente.convening.calendar.timeline import HEAD, LABELS, LEFT, LETTER, LINE, RIGHT, layout
from detente.convening.routes import find_route, routes
from detente.dossier.house import WIDTH
from detente.dossier.pictures import draw
from detente.dossier.timeline import timeline_chart, timeline_file
from detente.errors import OutputError
from detente.language import LANGUAGES, Lang

ROOT = Path(__file__).parents[3]
AS_OF = date(2018, 11, 20)
NAMES = [name for name in routes() if name != "veto-debate"]


@cache
def planned(name: str, wait: int = 210) -> Plan:
    case, archive = open_case(ROOT / "cases" / "astana.toml")
    return plan(archive, case, find_route(name), AS_OF + timedelta(days=wait), AS_OF)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_row_reaches_into_the_next_and_no_label_into_the_days(name: str, lang: Lang) -> None:
    place = layout(planned(name), lang, WIDTH)
    bottom = HEAD
    for row in place.rows:
        assert row.top >= bottom
        assert row.height >= len(row.lines) * LINE
        assert max(len(line) for line in row.lines) * LETTER <= LABELS
        assert LEFT <= row.start <= row.end <= WIDTH - RIGHT
        assert row.start <= row.slip <= WIDTH - RIGHT
        bottom = row.top + row.height
    assert bottom == place.height


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("wait", [30, 90, 210, 400, 1200, 3000, 18_000])
def test_months_on_the_axis_stand_apart(wait: int, lang: Lang) -> None:
    places = layout(planned("forum", wait), lang, WIDTH).months
    assert 1 <= len(places) <= 8
    for (left, month, year), (right, _, _) in pairwise(places):
        assert right - left > max(len(month), len(year)) * LETTER


def test_lanes_stand_in_one_order_and_hold_their_own_rows() -> None:
    place = layout(planned("special-member"), "en", WIDTH)
    lanes = [lane for lane, _, _ in place.lanes]
    assert lanes == [lane for lane in LANES if lane in lanes]
    assert len(place.rows) == len(planned("special-member").milestones)
    for row in place.rows:
        top, height = next((t, h) for lane, t, h in place.lanes if lane == row.item.milestone.lane)
        assert top < row.top
        assert row.top + row.height <= top + height


def test_the_opening_stands_at_its_day_and_today_at_the_left() -> None:
    place = layout(planned("forum"), "en", WIDTH)
    opening = next(row for row in place.rows if row.item.milestone.event == OPENING)
    assert opening.start == place.opening == WIDTH - RIGHT
    assert place.today == LEFT


def test_marks_tell_rules_from_practice_and_memory_from_sources() -> None:
    spec = timeline_chart(planned("special-member"), "en")
    shown: dict[str, set[tuple[str, str]]] = {}
    for one in spec["layer"]:
        if one["mark"]["type"] == "point":
            for row in one["data"]["values"]:
                if "basis" in row:
                    look = (one["mark"]["shape"], one["mark"]["fill"])
                    shown.setdefault(row["basis"], set()).add(look)
    assert "#ffffff" not in {fill for _, fill in shown["rule"]}
    assert shown["rule (from memory, to be checked)"] == {("circle", "#ffffff")}
    assert shown["practice (from memory, to be checked)"] == {("diamond", "#ffffff")}
    assert all(shape == "diamond" for shape, _ in shown["practice"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_draws_with_every_label_and_the_same_bytes(lang: Lang) -> None:
    found = planned("forum")
    svg = draw(timeline_chart(found, lang), "timeline", lang).svg
    words = re.sub(r"\s+", " ", " ".join(re.findall(r">([^<>]+)<", svg))).replace("\u00a0", " ")
    for one in found.milestones:
        assert one.milestone.title(lang) in words.replace("\u202f", " ")
    assert timeline_file(found, lang, "svg") == timeline_file(found, lang, "svg") == svg.encode()
    assert timeline_file(found, lang, "png").startswith(b"\x89PNG")


def test_the_specification_holds_all_its_data() -> None:
    text = json.dumps(timeline_chart(planned("forum"), "fr"))
    assert '"url"' not in text


def test_an_impossible_plan_draws_nothing_and_says_when_it_can_be() -> None:
    with pytest.raises(OutputError, match="earliest possible opening is 30 November 2018"):
        timeline_file(planned("special-member", 3), "en", "svg")
