"""Sheets for the tests: one written out in full, and a strategy for random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from detente.packages.reading import read_sheet
from detente.packages.sheet import Party, Sheet

PARTIES = (
    Party("EU", "European Union", "Union européenne"),
    Party("RUS", "Russia", "Russie"),
    Party("CHN", "China", "Chine"),
)
RAW = {
    "issues": [
        {
            "code": "arms",
            "name": "Arms near the border",
            "name_fr": "Armes près de la frontière",
            "topic": "disarmament",
            "options": [
                "none",
                {"code": "limits", "name": "Limits", "name_fr": "Plafonds"},
                {"code": "ban", "name": "A ban", "only_if": ["checks=visits"]},
            ],
        },
        {"code": "checks", "options": ["reports", "visits"]},
    ],
    "stances": [
        {
            "party": "EU",
            "issue": "arms",
            "minimum": "limits",
            "maximum": "ban",
            "source": "talk of 3 May",
            "use": "paraphrase",
        },
        {"party": "EU", "issue": "checks", "scores": {"reports": 20.0, "visits": 100.0}},
        {
            "party": "RUS",
            "issue": "arms",
            "ranking": ["none", ["limits", "ban"]],
            "red_lines": ["ban"],
        },
        {
            "party": "RUS",
            "issue": "checks",
            "interval": {"reports": [50.0, 90.0], "visits": 10.0},
            "estimate": True,
        },
        {"party": "CHN", "issue": "checks", "red_lines": ["reports"]},
    ],
    "weights": [
        {"party": "EU", "weights": {"arms": 60.0, "checks": 40.0}},
        {"party": "RUS", "ranks": ["checks", "arms"]},
    ],
    "no_deal": [
        {"party": "EU", "value": [10.0, 30.0], "text": "the sanctions stay"},
        {"party": "RUS", "outcome": {"arms": "none", "checks": "reports"}},
    ],
    "requires": [{"when": "checks=visits", "then": ["arms=limits", "arms=none"], "reason": "cost"}],
    "forbids": [{"pair": ["arms=none", "checks=visits"]}],
    "interactions": [{"party": "CHN", "pair": ["arms=limits", "checks=visits"], "value": [-5, 5]}],
}


def nowhere(where: tuple[str | int, ...]) -> str:
    """Name a location by itself."""
    return "/".join(str(part) for part in where)


def read(raw: dict[str, object], parties: tuple[Party, ...] = PARTIES) -> Sheet:
    """Read raw tables with locations as places."""
    return read_sheet(raw, parties, "Test", nowhere)


def raw_without_cycle() -> dict[str, object]:
    """Return the tables above without the dependency that closes a circle."""
    return {**RAW, "requires": []}


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Draw a sheet with every way of telling what is known."""
    parties = PARTIES[: draw(st.integers(1, 3))]
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    issues = [
        {"code": f"i{n}", "name": f"Issue {n}", "options": [f"o{k}" for k in range(size)]}
        for n, size in enumerate(sizes)
    ]
    value = st.integers(0, 100).map(float)
    stances: list[dict[str, object]] = []
    for party in parties:
        for n, size in enumerate(sizes):
            codes = [f"o{k}" for k in range(size)]
            row: dict[str, object] = {"party": party.code, "issue": f"i{n}"}
            kind = draw(st.sampled_from(["scores", "interval", "ranking", "range", "unknown"]))
            if kind == "scores":
                row["scores"] = {code: draw(value) for code in codes}
            elif kind == "interval":
                row["interval"] = {code: sorted([draw(value), draw(value)]) for code in codes}
            elif kind == "ranking":
                row["ranking"] = list(draw(st.permutations(codes)))
            elif kind == "range":
                row["minimum"] = draw(st.sampled_from(codes))
                row["maximum"] = draw(st.sampled_from(codes))
            if kind != "range" and size > 1 and draw(st.booleans()):
                row["red_lines"] = [draw(st.sampled_from(codes))]
            if draw(st.booleans()):
                row |= {"source": "a talk", "use": "attribute", "estimate": draw(st.booleans())}
            stances.append(row)
    weights: list[dict[str, object]] = []
    deals: list[dict[str, object]] = []
    for party in parties:
        how = draw(st.sampled_from(["numbers", "ranks", "unknown"]))
        if how == "numbers":
            parts = draw(st.lists(st.integers(1, 9), min_size=len(sizes), max_size=len(sizes)))
            shares = [100.0 * part / sum(parts) for part in parts]
            weights.append(
                {"party": party.code, "weights": {f"i{n}": s for n, s in enumerate(shares)}}
            )
        elif how == "ranks":
            order = draw(st.permutations([f"i{n}" for n in range(len(sizes))]))
            weights.append({"party": party.code, "ranks": list(order)})
        how = draw(st.sampled_from(["value", "outcome", "text", "unknown"]))
        if how == "value":
            deals.append({"party": party.code, "value": sorted([draw(value), draw(value)])})
        elif how == "outcome":
            deals.append(
                {
                    "party": party.code,
                    "outcome": {
                        f"i{n}": f"o{draw(st.integers(0, size - 1))}"
                        for n, size in enumerate(sizes)
                    },
                }
            )
        elif how == "text":
            deals.append({"party": party.code, "text": "it goes home"})
    rules: dict[str, list[dict[str, object]]] = {"requires": [], "forbids": [], "interactions": []}
    if len(sizes) > 1:
        pair = [f"i0=o{draw(st.integers(0, sizes[0] - 1))}", "i1=o0"]
        if draw(st.booleans()):
            rules["requires"].append({"when": pair[0], "then": [pair[1]], "reason": "cost"})
        if draw(st.booleans()):
            rules["forbids"].append({"pair": pair})
        if draw(st.booleans()):
            rules["interactions"].append(
                {"party": parties[0].code, "pair": pair, "value": [-3.0, 4.0]}
            )
    raw = {"issues": issues, "stances": stances, "weights": weights, "no_deal": deals, **rules}
    return read(raw, parties)
