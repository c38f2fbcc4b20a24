"""Hand-made findings: small, complete, and true only to the shape of a case."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

from detente.dossier.findings import (
    BlocUnity,
    Broken,
    CaseFacts,
    Change,
    Delegation,
    Denominator,
    Fact,
    Findings,
    Gaps,
    Item,
    Moment,
    Named,
    Pair,
    Precedent,
    Provenance,
    Split,
    Together,
    Track,
    Unity,
    Window,
)

EU = tuple(
    Named(code, en, fr)
    for code, en, fr in (
        ("DEU", "Germany", "Allemagne"),
        ("FRA", "France", "France"),
        ("GBR", "United Kingdom", "Royaume-Uni"),
        ("HUN", "Hungary", "Hongrie"),
        ("IRL", "Ireland", "Irlande"),
        ("POL", "Poland", "Pologne"),
    )
)
PARTIES = (
    Delegation("EU", "European Union", "Union européenne", "bloc", EU),
    Delegation("USA", "United States", "États-Unis", "state",
               (Named("USA", "United States", "États-Unis"),)),
    Delegation("CHN", "China", "Chine", "state", (Named("CHN", "China", "Chine"),)),
    Delegation("RUS", "Russia", "Russie", "state", (Named("RUS", "Russia", "Russie"),)),
)  # fmt: skip
CASE = CaseFacts(
    stem="astana",
    name_en="Astana meeting of the European Union, the United States, China and Russia",
    name_fr="Réunion d’Astana entre l’Union européenne, les États-Unis, la Chine et la Russie",
    host=Named("KAZ", "Kazakhstan", "Kazakhstan"),
    parties=PARTIES,
    as_of=date(2018, 11, 20),
    since=None,
)


def _track(code: str, base: float, first: int, swing: float) -> Track:
    moments = []
    for year in range(first, 2019):
        mid = base + swing * math.sin((year - 1946) / 9)
        wide = 0.12 + 0.25 * math.exp(-(year - first) / 8)
        bloc = code == "EU"
        moments.append(
            Moment(
                session=year - 1945,
                year=year,
                position=round(mid, 3),
                low=round(mid - (0.5 if bloc else wide), 3),
                high=round(mid + (0.7 if bloc else wide), 3),
                lowest="IRL" if bloc else "",
                highest="GBR" if bloc else "",
            )
        )
    return Track(code, tuple(moments), Change(63, 0.1, -0.1, 0.3))


TOPICS = {
    "terrorism/finance": ("Financing of terrorism", "Financement du terrorisme"),
    "disarmament/outer-space": ("Arms in outer space", "Armes dans l’espace"),
    "health/global-health": ("Global health", "Santé mondiale"),
    "disarmament/nuclear-testing": ("Nuclear testing", "Essais nucléaires"),
    "cyber/norms": ("Cyber security", "Cybersécurité"),
    "palestine/rights": ("Rights of the Palestinian people", "Droits du peuple palestinien"),
    "oceans/law": ("Law of the sea", "Droit de la mer"),
    "moon/treaty": ("Moon and other celestial bodies", "Lune et autres corps célestes"),
}


def topic(code: str) -> Named:
    en, fr = TOPICS[code]
    return Named(code, en, fr)


def denominator(code: str, tier: str, p: float | None, **more: object) -> Denominator:
    values: dict[str, object] = {
        "topic": topic(code),
        "subject": Named("subject", "Peace and security", "Paix et sécurité"),
        "tier": tier,
        "short": (),
        "probability": p,
        "low": None if p is None else round(max(0.0, p - 0.15), 3),
        "high": None if p is None else round(min(1.0, p + 0.08), 3),
        "cases": 14,
        "adopted": 5,
        "accepted": 0.5,
        "unopposed": 0.8,
        "since": 1998,
        "last": date(2017, 12, 4),
        "direction": "steady",
        "weight": 0.5,
        "objectors": (),
        "agreed": ("A/RES/72/123", "A/RES/71/151"),
        "opposed": (),
    }
    return Denominator(**(values | more))  # type: ignore[arg-type]


RECORDS = {
    "A/RES/72/123": Fact("A/RES/72/123", "A/RES/72/123", "without a vote", date(2017, 12, 7),
                         "Measures to eliminate international terrorism", None, {}, None,
                         "United Nations Digital Library"),
    "A/RES/71/151": Fact("A/RES/71/151", "A/RES/71/151", "without a vote", date(2016, 12, 13),
                         "Measures to eliminate international terrorism", None, {}, None,
                         "United Nations Digital Library"),
    "r72-70": Fact("r72-70", "A/RES/72/70", "roll call", date(2017, 12, 4),
                   "Comprehensive Nuclear-Test-Ban Treaty", (180, 1, 4, 8),
                   {"EU": (6, 0, 0, 0), "USA": (0, 0, 1, 0), "CHN": (1, 0, 0, 0),
                    "RUS": (1, 0, 0, 0)}, "1467890", "United Nations Digital Library"),
    "r72-27": Fact("r72-27", "A/RES/72/27", "roll call", date(2017, 12, 4),
                   "No first placement of weapons in outer space", (131, 4, 48, 10),
                   {"EU": (0, 1, 5, 0), "USA": (0, 1, 0, 0), "CHN": (1, 0, 0, 0),
                    "RUS": (1, 0, 0, 0)}, "1467891", "Erik Voeten"),
    "helsinki": Fact("helsinki", "Helsinki Final Act", "fact", date(1975, 8, 1),
                     "Final Act of the Conference on Security and Co-operation in Europe", None,
                     {}, None, "Procedure record", memory=True),
}  # fmt: skip


def pair(a: str, b: str, value: float | None, calls: int = 400) -> Pair:
    if value is None:
        return Pair(a, b, None, None, None, None, calls)
    gap = Change(73, round(1 - value, 3), round(0.8 - value, 3), round(1.2 - value, 3))
    return Pair(a, b, value, round(value - 0.06, 3), round(value + 0.06, 3), 0.7, calls, gap)


BROKEN = Broken(topic("disarmament/outer-space"), "A/RES/71/151", "r72-27", ("EU", "USA"))


def findings() -> Findings:
    """Return the findings of a made-up Astana case."""
    codes = [("EU", "USA", 0.41), ("EU", "CHN", 0.12), ("EU", "RUS", 0.18),
             ("USA", "CHN", -0.11), ("USA", "RUS", -0.05), ("CHN", "RUS", 0.72)]  # fmt: skip
    now = Window(
        date(2013, 11, 21),
        date(2018, 11, 20),
        tuple(pair(a, b, v) for a, b, v in codes),
        Change(0, 0.1, 0.05, 0.15),
        400,
    )
    before = Window(
        date(2003, 11, 21),
        date(2008, 11, 20),
        tuple(pair(a, b, v - 0.08) for a, b, v in codes),
        None,
        380,
    )
    unity = BlocUnity(
        party="EU",
        over_time=tuple(
            Unity(n, 1945 + n, round(0.9 + 0.05 * math.sin(n), 3), 80) for n in range(50, 74)
        ),
        splits=(Split("r72-27", (), ("GBR",), ("DEU", "FRA", "HUN", "IRL", "POL"), 0.75),),
        apart=(("GBR", 41), ("FRA", 38), ("IRL", 1)),
        calls=812,
        parted=140,
        opposed=31,
        first_day=date(2008, 11, 21),
        last_day=date(2018, 11, 20),
    )
    denominators = (
        denominator("terrorism/finance", "all accept", 0.94),
        denominator("health/global-health", "nobody objects", 0.9, agreed=("helsinki",)),
        denominator("oceans/law", "nobody objects", 0.81),
        denominator("disarmament/nuclear-testing", "one short", 0.42, short=("USA",),
                    opposed=("r72-70",), objectors=(("USA", 6),), direction="worsening"),
        denominator("cyber/norms", "one short", 0.38, short=("EU",), opposed=("r72-27",),
                    objectors=(("EU", 2),)),
        denominator("disarmament/outer-space", "split", 0.1, opposed=("r72-27",),
                    objectors=(("USA", 9), ("EU", 3))),
        denominator("palestine/rights", "split", 0.02, opposed=("r72-27",),
                    objectors=(("USA", 30), ("EU", 2))),
        denominator("moon/treaty", "unknown", None, agreed=(), cases=1, adopted=0,
                    last=date(1985, 12, 1)),
    )  # fmt: skip
    agenda = (
        Item("terrorism/finance", "firm", 1, "all accept", (), ("A/RES/72/123",)),
        Item("health/global-health", "firm", 2, "nobody objects", (), ("helsinki",)),
        Item("oceans/law", "firm", 3, "nobody objects", (), ("A/RES/71/151",), host_wish=True),
        Item("disarmament/nuclear-testing", "one short", 4, "one short", ("USA",), ("r72-70",)),
        Item("cyber/norms", "prepare", 5, "some versions agreed", ("EU",), ("r72-27",), BROKEN),
        Item("palestine/rights", "leave out", 0, "split", ("EU", "USA"), ("r72-27",)),
        Item("disarmament/outer-space", "leave out", 0, "outweighed", (), ()),
    )
    return Findings(
        case=CASE,
        states={state.code: state for state in EU},
        tracks=(
            _track("EU", 0.9, 1974, 0.2),
            _track("USA", 2.1, 1946, 0.5),
            _track("CHN", -0.8, 1971, 0.2),
            _track("RUS", -0.4, 1946, 0.9),
        ),
        now=now,
        before=before,
        together=Together(1998, 2018, 742, 61, 190, 1840),
        unity=(unity,),
        denominators=denominators,
        broken=(BROKEN,),
        precedents=(
            Precedent("helsinki", "security", "Helsinki Final Act", date(1975, 8, 1)),
        ),
        agenda=agenda,
        gaps=Gaps(1998, date(2018, 11, 15), 1486, 60, 4729, 4700,
                  (("USA", 742, 3), ("CHN", 742, 18), ("RUS", 742, 0)),
                  (topic("moon/treaty"),), (topic("moon/treaty"),)),
        records=RECORDS,
        provenance=Provenance("0.1.0", "9f2c" * 8, date(2018, 11, 15),
                              (("denominators.half_life_years", "2"),)),
    )  # fmt: skip


def little_known() -> Findings:
    """Return a case of two states of which the record tells next to nothing."""
    full = findings()
    return replace(
        full,
        case=replace(full.case, parties=PARTIES[1:3], stem="two"),
        tracks=(),
        now=replace(full.now, pairs=(pair("USA", "CHN", None, 2),), group=None),
        before=None,
        together=Together(2009, 2018, 0, 0, 0, 0),
        unity=(),
        denominators=(),
        broken=(),
        precedents=(),
        agenda=(),
        gaps=Gaps(1998, date(2018, 11, 15), 2, 0, 0, 0, (), (), ()),
    )
