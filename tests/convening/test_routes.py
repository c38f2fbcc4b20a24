"""Routes as data: each names rules that are there, and its clocks leave room."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.archive import open_archive
from detente.convening.clocks import Clock, windows
from detente.convening.messages import EVENTS, FAMILIES, LEVELS
from detente.convening.routes import find_route, in_force, routes
from detente.convening.rulebook import rulebook
from detente.errors import RuleError

GOOD = """\
rank = 1
family = "special session"
body = "UN"
level = "leaders"
place = "New York"

[title]
en = "A route"
fr = "Une voie"

[text]
en = "What it yields."
fr = "Ce qu’elle donne."

[[steps]]
role = "decision"
rule = "ga-7"
"""


def test_a_route_that_names_an_unknown_rule_is_refused_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD.replace('"ga-7"', '"ga-77"'), encoding="utf-8")
    with pytest.raises(RuleError, match=r"mine.toml, line 17: the route names the rule “ga-77”"):
        routes(tmp_path)


def test_a_route_of_unknown_kind_is_refused_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD.replace('"decision"', '"wish"'), encoding="utf-8")
    with pytest.raises(RuleError, match=r"mine.toml, line 16: .*wish.*unknown"):
        routes(tmp_path)


def test_a_route_of_ones_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")
    assert list(routes(tmp_path)) == ["mine"]


def test_an_unknown_route_is_named_with_those_there_are() -> None:
    with pytest.raises(RuleError, match=r"no route “camel”: use one of special-assembly"):
        find_route("camel")


@pytest.mark.parametrize("name", list(routes()))
def test_a_route_has_somebody_to_start_it_and_words_for_everything(name: str) -> None:
    route = routes()[name]
    assert any(step.role in ("start", "decision", "attendance") for step in route.steps)
    assert route.family in FAMILIES
    assert route.level in LEVELS
    clocks = route.clocks(rulebook().rules)
    named = {event for clock in clocks for event in (clock.sets, clock.counted_from)}
    assert named - {"opening"} <= set(EVENTS)


@pytest.mark.parametrize("name", list(routes()))
@pytest.mark.parametrize("day", [date(1962, 10, 22), date(2018, 11, 20), date(2024, 6, 1)])
def test_the_clocks_of_a_route_leave_room(name: str, day: date) -> None:
    route = routes()[name]
    clocks = [
        *route.clocks(rulebook().on(day)),
        Clock("at least after", "opening", "today", days=0),
    ]
    assert windows({"today": day}, clocks)["opening"].earliest is not None


def test_precedents_that_a_route_lists_are_in_the_record() -> None:
    known = {key for (key,) in open_archive().sql("SELECT id FROM summits")}
    for route in routes().values():
        assert set(route.summits) <= known, route.id


def test_a_step_whose_rule_is_not_in_force_falls_away() -> None:
    route = routes()["special-member"]
    old = {rule.id for _, rule in in_force(route, date(1947, 4, 2))}
    new = {rule.id for _, rule in in_force(route, date(2018, 11, 20))}
    assert "ga-9a-provisional" in old - new
    assert {"ga-9a", "eu-un"} <= new - old
