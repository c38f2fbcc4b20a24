"""The section on convening: the answer first, every figure with its interval, memory marked."""

from __future__ import annotations

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest

import detente.dossier.sections
from detente.archive import Archive
from detente.case import Case, open_case
from detente.convening.calendar import plan
from detente.convening.clocks import Window
from detente.convening.findings import (
    Blocker,
    Chance,
    Comparison,
    Obstacle,
    RouteFinding,
    Standing,
    Starter,
    StepFinding,
)
from detente.convening.precedents import precedents, usual
from detente.convening.recommending import Advice, Reason, Recommendation
from detente.convening.routes import Level, find_route, in_force
from detente.convening.rulebook import rulebook
from detente.convening.support import Acceptance, Levels, Odds
from detente.convening.support.acceptance import Reason as Why
from detente.convening.support.persuade import Candidate, Persuasion, ShortList
from detente.convening.thresholds import needed
from detente.dossier.blocks import (
    Bullets,
    Figure,
    Heading,
    Mark,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
    runs_of,
)
from detente.dossier.findings import Delegation
from detente.dossier.pictures import draw
from detente.dossier.sections.convening import Convening, section
from detente.dossier.sections.convening_words import ConveningWords
from detente.language import LANGUAGES, Lang, catalogue

ROOT = Path(__file__).parents[2]
DAY = date(2018, 11, 20)


@cache
def astana() -> tuple[Case, Archive]:
    return open_case(ROOT / "cases" / "astana.toml")


def finding(
    name: str,
    convened: Chance | None,
    attendance: Chance | None,
    expected: tuple[float, int, int] | None = None,
    obstacles: tuple[Obstacle, ...] = (),
    standing: tuple[Standing, ...] = (),
    blockers: tuple[Blocker, ...] = (),
) -> RouteFinding:
    """A route with its true rules and precedents, and invented chances."""
    case, archive = astana()
    route = find_route(name)
    steps = []
    for step, rule in in_force(route, DAY):
        odds = None
        if expected and convened and step.role == "decision":
            mean, low, high = expected
            odds = Odds(mean, low, high, convened.p, convened.low, convened.high, 193)
        steps.append(StepFinding(step, rule, needed(archive, rule, DAY, case), odds))
    known = precedents(archive, route, case.codes)
    own = route.body == "host"
    starter = Starter("host" if own else "UN", steps[0].rule, 193, True, case.codes, ())
    return RouteFinding(
        route=route,
        status="closed" if any(bar.closes for bar in obstacles) else "open",
        steps=tuple(steps),
        starters=(starter,),
        standing=standing
        or tuple(Standing(code, "member", True, None, (), "SOURCE") for code in case.codes),
        others=0 if own else 162,
        host_sits=True,
        convened=convened,
        attendance=attendance,
        opening=Window(date(2018, 11, 30), date(2019, 1, 4)),
        usual=usual(known),
        precedents=known,
        obstacles=obstacles,
        blockers=blockers,
    )


@cache
def sample() -> Convening:
    case, archive = astana()
    rules = rulebook().on(DAY)
    together = Chance(0.31, 0.08, 0.62)
    observer = Standing("EU", "observer", False, (28, 28), (rules["eu-un"],), "SOURCE")
    found = (
        finding(
            "special-member",
            Chance(0.83, 0.55, 0.97),
            None,
            (121.0, 88, 150),
            standing=(observer,),
        ),
        finding(
            "special-council",
            Chance(0.22, 0.05, 0.5),
            None,
            (7.4, 4, 11),
            standing=(observer,),
            blockers=(Blocker(rules["ga-8a-council"], ("CHN", "FRA", "GBR", "RUS", "USA"), True),),
        ),
        finding(
            "emergency-council",
            None,
            None,
            obstacles=(Obstacle("no threat", {}, True, "ufp-facts"),),
        ),
        finding(
            "forum-ministers",
            None,
            together,
            blockers=(Blocker(rules["forum-consent"], ("EU", "USA", "CHN", "RUS")),),
        ),
        finding("forum-experts", None, Chance(0.6, 0.3, 0.85)),
    )
    advice = (
        Advice(
            "table",
            ("forum-ministers",),
            (),
            (
                Reason("only the parties", {"count": 4}, ("forum-consent",)),
                Reason("all come", {"p": 0.31, "low": 0.08, "high": 0.62}, ("forum-consent",)),
            ),
        ),
        Advice("first", ("forum-experts",), (), (Reason("time for experts", {"days": 60}),)),
        Advice(
            "frame",
            ("special-member",),
            (),
            (Reason("host can start", {}, ("ga-10-members",)),),
        ),
        Advice(
            "hardest",
            (),
            ("USA",),
            (Reason("least likely", {"party": "USA", "p": 0.5, "low": 0.2, "high": 0.8}),),
        ),
        Advice("avoid", ("emergency-council",), (), (Reason("no threat", {}, ("ufp-facts",)),)),
    )
    counted = (
        Why("met", 4.0, {"number": 19, "agreed": 17, "names": ("A", "B")}, ("A",), "MEMORY"),
        Why("refused", -0.4, {"name": "Proposed summit"}, ("P5-20",)),
        Why("distance", -2.9, {"party": "USA", "share": 0.953}),
        Why("far host", -0.6, {"host": "KAZ", "share": 0.81}),
        Why("consensus", 0.0, {"members": 28}),
        Why("no record", 0.0, {}),
        Why("reported", 0.0, {"chance": 0.5}),
    )
    accepted = tuple(
        Acceptance(code, p, p - 0.3, min(p + 0.2, 0.98), counted)
        for code, p in zip(case.codes, (0.8, 0.5, 0.85, 0.9), strict=True)
    )
    compared = Comparison(
        case="astana",
        host="KAZ",
        parties=case.codes,
        day=DAY,
        wished=None,
        facts={"threat": False, "deadlock": False},
        answers={},
        overrides={},
        routes=found,
        accepted=dict.fromkeys(get_args(Level), accepted),
        levels=Levels((22, 7, 6), (1, 0, 0), ("PAR60",), ((0.0,), (0.4,), (0.8,))),
        support=None,  # type: ignore[arg-type]
        recommendation=Recommendation(advice),
    )
    planned = plan(archive, case, find_route("forum-ministers"), date(2019, 6, 18), DAY)
    candidates = (Candidate("VNM", 0.61, 2.5, 0.014), Candidate("BRA", 0.72, 2.0, 0.009))
    persuasion = Persuasion(
        now=Odds(121.0, 88, 150, 0.83, 0.55, 0.97, 193),
        lists=(
            ShortList(0.8, (), 0.83, 0, True),
            ShortList(0.9, candidates, 0.912, 2, True),
            ShortList(0.99, None, 0.97, 40, True),
        ),
        candidates=candidates,
        alone=(),
        block=97,
        blockers=(),
    )
    return Convening(archive, case, compared, planned, "special-member", persuasion)


@cache
def built(lang: Lang) -> Section:
    parties = (
        Delegation("EU", "European Union", "Union européenne", "bloc", ()),
        Delegation("USA", "United States", "États-Unis", "state", ()),
        Delegation("CHN", "China", "Chine", "state", ()),
        Delegation("RUS", "Russia", "Russie", "state", ()),
    )
    case = SimpleNamespace(parties=parties)
    made = section(sample())(SimpleNamespace(case=case), lang)  # type: ignore[arg-type]
    assert made is not None
    return made


def plain(block: object) -> str:
    return "".join(
        one.text
        for one in runs_of(block)
        if isinstance(one, Text | Mark)  # type: ignore[arg-type]
    )


def table(lang: Lang, anchor: str) -> Table:
    return next(
        one for one in built(lang).blocks if isinstance(one, Table) and one.anchor == anchor
    )


def cells(lang: Lang, anchor: str) -> list[list[str]]:
    return [
        [
            "".join(x.text for x in cell if isinstance(x, Text | Mark)).replace("\u00a0", " ")
            for cell in row
        ]
        for row in table(lang, anchor).rows
    ]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("A forum of ministers at the host’s invitation", "31% (8", "United States")),
        ("fr", ("Un forum de ministres", "31\u202f% (8", "États-Unis")),
    ],
)
def test_the_answer_stands_first(lang: Lang, words: tuple[str, ...]) -> None:
    first = built(lang).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.lead
    for word in words:
        assert word in plain(first)
    assert isinstance(built(lang).blocks[1], Heading)
    assert isinstance(built(lang).blocks[2], Bullets)


def test_every_chance_has_its_interval() -> None:
    for row in cells("en", "table-routes"):
        assert re.fullmatch(r"\d+% \(\d+\u2060?–\u2060?\d+%\)", row[3]), row[3]
    support = {row[0].split(" from memory")[0]: row[2] for row in cells("en", "table-routes")}
    member = support["Special session asked for by one Member"]
    assert member == "97 of 193; about 121 (88 to 150) expected"


def test_open_routes_stand_by_their_chance_and_closed_ones_apart_with_the_reason() -> None:
    titles = [row[0].replace(" from memory", "") for row in cells("en", "table-routes")]
    assert titles == [
        "Special session asked for by one Member",
        "Expert talks at the host’s invitation",
        "A forum of ministers at the host’s invitation",
        "Special session at the request of the Council",
    ]
    ((title, why),) = cells("en", "table-closed")
    assert title == "Emergency special session called by the Council"
    assert "threat to the peace" in why


def test_who_lacks_standing_and_who_blocks_alone_is_said() -> None:
    rows = {row[0].split(" from memory")[0]: row for row in cells("en", "table-routes")}
    member = rows["Special session asked for by one Member"]
    assert member[1] == "any of 193 (UN)"
    assert member[5].startswith("EU: observer")
    forum = rows["A forum of ministers at the host’s invitation"]
    assert forum[1] == "the host"
    assert forum[5] == "blocks alone: EU, United States, China and Russia"
    council = rows["Special session at the request of the Council"]
    assert "if law allows it" in council[5]


def test_what_law_leaves_open_is_asked_and_never_settled() -> None:
    asked = [one for one in built("en").blocks if isinstance(one, Note) and one.kind == "caution"]
    assert len(asked) == 1
    assert "veto" in plain(asked[0])


def test_memory_shows_wherever_a_rule_from_memory_does() -> None:
    marked = {row[0] for row in cells("en", "table-routes") if "from memory" in row[0]}
    assert "Special session asked for by one Member from memory" in marked
    assert not any("forum of ministers" in title for title in marked)
    notes = [one for one in built("en").blocks if isinstance(one, Note) and one.kind == "memory"]
    assert len(notes) == 1
    assert "General Assembly, rules 3, 10, 17" in plain(notes[0])
    rows = {row[2]: row[4] for row in cells("en", "table-timeline")}
    assert rows["Letters of invitation"].startswith("practice: Madrid")
    assert "from memory" in rows["The annotated agenda goes out"]


def test_the_timeline_is_the_plan_of_the_route_to_meet_by() -> None:
    rows = cells("en", "table-timeline")
    planned = sample().plan
    assert planned is not None
    assert len(rows) == len(planned.milestones)
    assert rows[-1][2] == "The forum opens"
    assert rows[-1][4] == "the wished day"


def test_precedents_are_those_of_the_routes_recommended_and_none_is_later() -> None:
    rows = cells("en", "table-convening-precedents")
    names = [row[0] for row in rows]
    assert any(name.startswith("S-28") for name in names)
    assert any("Tashkent" in name for name in names)
    assert not any("Berlin" in name for name in names)


def test_what_counts_for_and_against_acceptance_is_told_and_marked() -> None:
    text = cells("en", "table-acceptance")[0][4]
    assert text.startswith("+ It sat with others of them at 19 meetings on record, 17 of which")
    assert "the weightiest: A and B. from memory − “Proposed summit” was never taken up." in text
    assert "− Furthest in votes: United States, further than 95% of all pairs" in text
    assert "− In votes it stands farther from the host than do 81% of all pairs" in text
    assert "consensus among its 28 members" in text


def test_whom_to_persuade_is_told_by_targets_and_by_what_each_adds() -> None:
    lists = next(
        [plain(Paragraph(item)) for item in one.items]
        for one in built("en").blocks
        if isinstance(one, Bullets) and not one.numbered
    )
    assert lists == [
        "80%: reached as things stand.",
        "90%: Viet Nam and Brazil; the chance is then 91%.",
        "99%: out of reach, even with every state that can be asked.",
    ]
    assert cells("fr", "table-persuade")[1] == ["Brésil", "72\u202f%", "2,0", "0,9"]
    assert any("it takes 97" in plain(one) for one in built("en").blocks)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Chance(0.999, 0.997, 1.0), ">99%"),
        (Chance(0.996, 0.9, 1.0), ">99% (90–99%)"),
        (Chance(0.002, 0.0, 0.004), "<1%"),
        (Chance(0.4, 0.001, 0.7), "40% (1–70%)"),
        (None, "–"),
    ],
)
def test_no_chance_is_written_as_certain(chance: Chance | None, words: str) -> None:
    case, archive = astana()
    w = ConveningWords(archive, case, "en", {})
    assert w.chance(chance).replace("\u2060", "") == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_draws_and_carries_its_data(lang: Lang) -> None:
    figures = [one for one in built(lang).blocks if isinstance(one, Figure)]
    assert [one.anchor for one in figures] == ["figure-routes", "figure-timeline"]
    for figure in figures:
        assert "<svg" in draw(figure.chart, figure.anchor, lang).svg
        assert figure.alt
        assert figure.rows


def test_both_languages_say_the_same_things_in_the_same_order() -> None:
    def shape(lang: Lang) -> list[tuple[str, int]]:
        return [
            (type(one).__name__, len(getattr(one, "rows", getattr(one, "items", ()))))
            for one in built(lang).blocks
        ]

    assert shape("en") == shape("fr")


def test_french_is_complete_and_nothing_else() -> None:
    folder = Path(detente.dossier.sections.__file__).parent
    said = {"{some} and {last}"}
    for path in folder.glob("convening*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("say", "runs")
                and isinstance(node.args[0], ast.Constant)
            ):
                said.add(node.args[0].value)
    french = catalogue("fr", "convening_section")
    assert said == set(french)
    assert [text for text in french.values() if re.search("['\"“”]", text)] == []
