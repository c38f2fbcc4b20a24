"""Packages: which deals all prefer to no deal, what is traded in them, and how sure that is.

What may not leave the host’s team is in the figures behind this section; it then belongs in a
dossier for that team alone, and says so.
"""

from __future__ import annotations

from typing import Any

from detente.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Figure,
    Note,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from detente.dossier.house import MUTED, WIDTH, look, theme
from detente.language import Lang
from detente.packages.findings import Analysis, Package
from detente.packages.sentences import Speaker
from detente.packages.sheet import Sheet
from detente.typography import french_spaces

MOST_TRADES, MOST_QUESTIONS, MOST_LINES = 5, 3, 120


class _Words:
    """The sentences of packages, set as the dossier sets text."""

    def __init__(self, found: Analysis, lang: Lang) -> None:
        self.speaker, self.lang = Speaker(found.sheet, lang), lang

    def text(self, text: str) -> str:
        return french_spaces(text) if self.lang == "fr" else text

    def say(self, message: str, **values: object) -> str:
        return self.text(self.speaker.say(message, **values))

    def runs(self, text: str) -> Runs:
        return (Text(self.text(text)),)

    def party(self, code: str) -> str:
        parties = self.speaker.sheet.parties
        return next(party.name(self.lang) for party in parties if party.code == code)


def _finished(spec: dict[str, Any], height: int) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": height,
        "config": theme(),
        "autosize": {"type": "fit-x", "contains": "padding"},
        **spec,
    }


def _gain_rows(
    found: Analysis, named: list[tuple[str, Package]], w: _Words
) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "order": n,
            "party": w.party(party.code),
            "place": p,
            "gain": round(gain, 2),
            "chance": round(one.chance, 3),
        }
        for n, (name, one) in enumerate(named)
        for p, (party, gain) in enumerate(zip(found.sheet.parties, one.gains, strict=True))
    ]


def _named(found: Analysis, w: _Words) -> list[tuple[str, Package]]:
    """Return the solutions by rule, rules that choose the same package together."""
    named: dict[tuple[str, ...], tuple[list[str], Package]] = {}
    for one in found.solutions:
        names, _ = named.setdefault(one.package.options, ([], one.package))
        names.append(w.speaker.rule(one.rule))
    return [(", ".join(names), package) for names, package in named.values()]


def _tradeoff(found: Analysis, w: _Words) -> dict[str, Any]:
    """Draw gains: one party against the other, or parallel axes for more than two."""
    named = _named(found, w)
    grey = [("", one) for one in found.points[:MOST_LINES]]
    gains = w.say("Points gained over no deal")
    names = [name for name, _ in named]
    marks = {
        "color": {
            "field": "name",
            "type": "nominal",
            "title": None,
            "scale": {"domain": names, "range": [look(n).colour for n in range(len(names))]},
        },
        "shape": {
            "field": "name",
            "type": "nominal",
            "title": None,
            "scale": {"domain": names, "range": [look(n).shape for n in range(len(names))]},
        },
    }
    if len(found.sheet.parties) == 2:
        axes = [w.party(party.code) for party in found.sheet.parties]

        def both(rows: list[tuple[str, Package]]) -> list[dict[str, Any]]:
            return [
                {"name": n, "x": round(o.gains[0], 2), "y": round(o.gains[1], 2)} for n, o in rows
            ]

        x = {"field": "x", "type": "quantitative", "title": f"{axes[0]}: {gains}"}
        y = {"field": "y", "type": "quantitative", "title": f"{axes[1]}: {gains}"}
        return _finished(
            {
                "layer": [
                    {
                        "data": {"values": both(grey)},
                        "mark": {"type": "point", "color": MUTED, "opacity": 0.5, "size": 20},
                        "encoding": {"x": x, "y": y},
                    },
                    {
                        "data": {"values": both(named)},
                        "mark": {"type": "point", "filled": True, "size": 110},
                        "encoding": {"x": x, "y": y, **marks},
                    },
                ]
            },
            340,
        )
    order = [w.party(party.code) for party in found.sheet.parties]
    axis = {
        "field": "party",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {"labelAngle": 0, "grid": True},
        "scale": {"type": "point", "padding": 0.3},
    }
    height = {"field": "gain", "type": "quantitative", "title": gains}
    return _finished(
        {
            "layer": [
                {
                    "data": {"values": _gain_rows(found, grey, w)},
                    "mark": {"type": "line", "color": MUTED, "opacity": 0.14, "strokeWidth": 1},
                    "encoding": {"x": axis, "y": height, "detail": {"field": "order"}},
                },
                {
                    "data": {"values": _gain_rows(found, named, w)},
                    "mark": {"type": "line", "strokeWidth": 2.4},
                    "encoding": {
                        "x": axis,
                        "y": height,
                        "color": marks["color"],
                        "strokeDash": {
                            "field": "name",
                            "type": "nominal",
                            "title": None,
                            "scale": {
                                "domain": names,
                                "range": [list(look(n).dash) for n in range(len(names))],
                            },
                        },
                    },
                },
                {
                    "data": {"values": _gain_rows(found, named, w)},
                    "mark": {"type": "point", "filled": True, "size": 70},
                    "encoding": {"x": axis, "y": height, **marks},
                },
            ]
        },
        340,
    )


def _chances(found: Analysis, w: _Words) -> dict[str, Any]:
    """Draw the chance that all accept, with its interval, for what is to be offered."""
    rows = [
        {
            "name": w.say("Package {n}", n=n),
            "chance": round(one.chance, 4),
            "low": round(one.low, 4),
            "high": round(one.high, 4),
        }
        for n, one in enumerate(found.offers, 1)
    ]
    y = {"field": "name", "type": "nominal", "sort": None, "title": None}
    title = w.say("Chance that all accept")
    scale = {"domain": [0, 1]}
    axis = {"format": ".0%", "tickCount": 5}
    return _finished(
        {
            "data": {"values": rows},
            "layer": [
                {
                    "mark": {"type": "rule", "color": look(0).colour, "strokeWidth": 2},
                    "encoding": {
                        "y": y,
                        "x": {
                            "field": "low",
                            "type": "quantitative",
                            "title": title,
                            "scale": scale,
                            "axis": axis,
                        },
                        "x2": {"field": "high"},
                    },
                },
                {
                    "mark": {
                        "type": "point",
                        "filled": True,
                        "size": 90,
                        "color": look(0).colour,
                        "opacity": 1,
                    },
                    "encoding": {
                        "y": y,
                        "x": {
                            "field": "chance",
                            "type": "quantitative",
                            "title": title,
                            "scale": scale,
                            "axis": axis,
                        },
                    },
                },
            ],
        },
        34 * max(len(rows), 2),
    )


def _gain_table(
    found: Analysis, w: _Words, anchor: str, caption: str, rows: list[tuple[str, Package]]
) -> Table:
    return Table(
        anchor,
        caption,
        (
            Column(w.say("Package"), 2.0),
            *(Column(w.party(party.code), 1.0, "right") for party in found.sheet.parties),
            Column(w.say("all accept"), 1.7, "right"),
        ),
        tuple(
            (
                w.runs(name),
                *(w.runs(w.speaker.points(gain, sign=True)) for gain in one.gains),
                w.runs(w.speaker.chance(one)),
            )
            for name, one in rows
        ),
        w.runs(
            w.say(
                "Chances rest on {n} profiles drawn from what is known; points are on each party’s "
                "own scale from 0 to 100.",
                n=w.speaker.whole(found.draws),
            )
        ),
    )


def _open(found: Analysis, w: _Words) -> list[Block]:
    table = _gain_table(
        found,
        w,
        "table-packages",
        w.say("Points of 100 gained over no deal, and the chance that all accept"),
        _named(found, w),
    )
    blocks: list[Block] = [table]
    best = found.aim
    assert best is not None
    blocks.append(
        Figure(
            "figure-tradeoff",
            w.say("What each party gains in the efficient packages and in the solutions"),
            w.say(
                "Lines from party to party, one a package; in the package that favours nobody the "
                "gains run from {low} to {high} points.",
                low=w.speaker.points(min(best.gains)),
                high=w.speaker.points(max(best.gains)),
            ),
            _tradeoff(found, w),
            table.columns,
            table.rows,
            w.runs(
                w.say(
                    "Grey: efficient packages, the most acceptable first, {n} at most. A line that "
                    "lies high everywhere serves everybody; where lines cross, one gains what "
                    "another gives.",
                    n=MOST_LINES,
                )
            ),
        )
    )
    blocks.append(
        Table(
            "table-package",
            w.say("The package that favours nobody (Kalai-Smorodinsky)"),
            (Column(w.say("Issue"), 1.4), Column(w.say("Option"), 2.0)),
            tuple((w.runs(issue), w.runs(option)) for issue, option in w.speaker.package(best)),
        )
    )
    if found.trades:
        blocks.append(
            Table(
                "table-trades",
                w.say("What is traded, beside settling each issue by itself"),
                (
                    Column(w.say("Trade"), 4.0),
                    Column(w.say("Gains of the two"), 1.2),
                ),
                tuple(
                    (
                        w.runs(w.speaker.trade(one)),
                        w.runs(
                            f"{one.giver} {w.speaker.points(one.giver_net, sign=True)}, "
                            f"{one.taker} {w.speaker.points(one.taker_net, sign=True)}"
                        ),
                    )
                    for one in found.trades[:MOST_TRADES]
                ),
            )
        )
    if found.offers:
        rows = [(w.say("Package {n}", n=n), one) for n, one in enumerate(found.offers, 1)]
        offers = _gain_table(found, w, "table-offers", w.say("To offer together"), rows)
        low = min(one.chance for one in found.offers)
        high = max(one.chance for one in found.offers)
        blocks.append(
            Figure(
                "figure-chances",
                w.say("How likely all accept the packages to offer together"),
                w.say(
                    "Points with intervals, one a package, from {low} to {high}.",
                    low=w.speaker.share(low),
                    high=w.speaker.share(high),
                ),
                _chances(found, w),
                offers.columns,
                offers.rows,
            )
        )
        blocks.append(
            Bullets(
                tuple(
                    w.runs(f"{name}. " + w.speaker.listed(w.speaker.lines(one)))
                    for name, one in rows
                )
            )
        )
    if found.asks:
        blocks.append(Paragraph(w.runs(w.say("Asking for more"))))
        blocks.append(Bullets(tuple(w.runs(w.speaker.ask(one)) for one in found.asks)))
    return blocks


def confided(sheet: Sheet) -> int:
    """Return how many positions of a sheet may not leave the host's team."""
    return sum(
        stance.provenance.use == "convenor only" and stance.kind != "unknown"
        for stance in sheet.stances
    )


def section(found: Analysis, lang: Lang) -> Section:
    """Return the section on packages for an analysis of the case's sheet."""
    w = _Words(found, lang)
    blocks: list[Block] = [Paragraph(w.runs(w.speaker.verdict(found)), lead=True)]
    if found.unknown:
        text = w.say(
            "Positions of which nothing is known: {n} of {all}; they count as unknown, "
            "not neutral.",
            n=len(found.unknown),
            all=len(found.sheet.stances),
        )
        blocks.append(Note(w.runs(text)))
    guessed = sum(stance.provenance.estimate for stance in found.sheet.stances)
    if guessed:
        text = w.say(
            "Positions that are estimates and were told by no party: {n} of {all}.",
            n=guessed,
            all=len(found.sheet.stances),
        )
        blocks.append(Note(w.runs(text)))
    kept = confided(found.sheet)
    if kept:
        text = w.say("For the host’s team only; positions that may not be passed on: {n}.", n=kept)
        blocks.append(Note(w.runs(text)))
    if found.found == "yes":
        blocks += _open(found, w)
    else:
        if found.blocking:
            blocks.append(
                Paragraph(w.runs(w.say("The smallest set of demands that together block")))
            )
            blocks.append(Bullets(tuple(w.runs(w.speaker.demand(one)) for one in found.blocking)))
        blocks += [Paragraph(w.runs(w.speaker.opening(one))) for one in found.openings]
    told = [one for one in found.questions if one.worth > 0.0005][:MOST_QUESTIONS]
    if told:
        blocks.append(Paragraph(w.runs(w.say("What to ask next"))))
        blocks.append(
            Bullets(tuple(w.runs(w.speaker.question(one)) for one in told), numbered=True)
        )
    return Section("packages", w.say("Packages"), tuple(blocks))
