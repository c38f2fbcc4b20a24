"""Tables of the section on convening: what each route needs, who sits in it, what closes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.convening.electorates import OFFICES
from detente.convening.findings import (
    Blocker,
    Comparison,
    Obstacle,
    Precedent,
    RouteFinding,
    Standing,
)
from detente.dossier.blocks import Block, Column, Figure, Inline, Runs, Table, Text
from detente.dossier.charts import Dot, dots
from detente.dossier.house import look
from detente.dossier.sections.convening_words import ConveningWords
from detente.typography import NARROW

MOST_PRECEDENTS, MOST_NAMED = 3, 6
LABEL = 350  # pixels for the longest title of a route, in French


def joined(w: ConveningWords, parts: Sequence[Runs]) -> Runs:
    """Return runs one after the other; a dash where there are none."""
    between = f"{NARROW}; " if w.lang == "fr" else "; "
    out: list[Inline] = []
    for part in parts:
        if out and part:
            out.append(Text(between))
        out += part
    return tuple(out) or (Text("–"),)


def expected(w: ConveningWords, one: RouteFinding) -> str:
    """Say how much support is expected at the hardest step that states decide, if any do."""
    steps = [step for step in one.steps if step.odds is not None]
    if not steps:
        return ""
    odds = min((step.odds for step in steps if step.odds), key=lambda odds: odds.probability)
    return w.say(
        "about {n} ({low} to {high}) expected",
        n=w.whole(round(odds.expected)),
        low=w.whole(round(odds.low)),
        high=w.whole(round(odds.high)),
    )


def by_chance(found: Comparison) -> list[RouteFinding]:
    """Return the open routes, the likeliest first; those without a chance last."""
    opened = [one for one in found.routes if one.status == "open"]
    return sorted(
        opened, key=lambda one: (one.chance is None, -(one.chance.p if one.chance else 0.0))
    )


def odds_figure(w: ConveningWords, found: Comparison) -> Figure | None:
    """Draw the chance of every open route that has one, with its interval."""
    shown = [one for one in by_chance(found) if one.chance is not None]
    if not shown:
        return None
    votes, consent = w.say("a body decides"), w.say("the parties consent")
    rows, table = [], []
    for one in shown:
        chance = one.chance
        assert chance is not None
        group = votes if one.convened is not None else consent
        title = one.route.title(w.lang)
        rows.append(Dot(title, chance.p, chance.low, chance.high, group=group))
        table.append((w.plain(title), w.plain(group), w.plain(w.chance(chance))))
    best = shown[0]
    chart = dots(
        rows,
        w.say("Chance that it comes about"),
        {
            "value": w.say("chance"),
            "low": w.say("low"),
            "high": w.say("high"),
            "group": w.say("how"),
        },
        (0.0, 1.0),
        number=".0%",
        groups=[(votes, look(0)), (consent, look(1))],
    )
    chart["config"]["axisY"] = {"labelLimit": LABEL}
    return Figure(
        "figure-routes",
        w.say("How likely each open route is to come about, with its interval"),
        w.say(
            "A point and an interval for each of {n} routes; the likeliest is {route}, with "
            "{chance}.",
            n=w.whole(len(shown)),
            route=w.quoted(best.route.title(w.lang)),
            chance=w.chance(best.chance),
        ),
        chart,
        (Column(w.say("Route"), 2.6), Column(w.say("How"), 1.6), Column(w.say("Chance"), 1.4)),
        tuple(table),
        w.runs(
            "A body can meet without the parties coming, and the parties can come without a body: "
            "the two colours are not the same question. Bars: 90% intervals."
        ),
    )


def _starts(w: ConveningWords, one: RouteFinding) -> str:
    """Say in few words who can start a route; that the host cannot, where it cannot."""
    said: dict[str, None] = {}
    for starter in one.starters:
        if starter.who in ("host", "parties", *OFFICES):
            said[w.rules.body(starter.who)] = None
            continue
        who = w.say("any of {n} ({body})", n=w.whole(starter.count), body=_body(w, starter.who))
        said[who if starter.host else w.say("{who}, not the host", who=who)] = None
    return "; ".join(said) or "–"


def _body(w: ConveningWords, name: str) -> str:
    """Name a body shortly: by its letters, where it has such a name."""
    return w.say("Security Council") if name == "SC" else name


def routes_table(w: ConveningWords, found: Comparison) -> Table:
    """Return every open route: who starts it, its need, chance and opening, standing and vetoes."""
    rows = []
    for one in by_chance(found):
        need = w.rules.needs(one)
        awaited = expected(w, one)
        lacking = [_seat(w, seat) for seat in one.standing if not seat.full]
        alone = list(dict.fromkeys(_alone(w, blocker) for blocker in one.blockers))
        hurdles = [
            w.told(barred(w, bar))
            for bar in one.obstacles
            if bar.key not in ("open question", "observer", "through members", "no seat")
        ]
        rows.append(
            (
                w.plain(one.route.title(w.lang)) + w.memory(one.confidence),
                w.told(_starts(w, one)),
                w.told(f"{need}; {awaited}" if awaited else need),
                w.plain(w.chance(one.chance)),
                w.told(w.rules.days(one)),
                joined(w, [*lacking, *alone, *hurdles]),
            )
        )
    return Table(
        "table-routes",
        w.say("The routes that are open on {day}", day=w.day(found.day)),
        (
            Column(w.say("Route"), 1.8),
            Column(w.say("Starts it"), 1.1),
            Column(w.say("Needs; votes expected"), 2.0),
            Column(w.say("Chance"), 0.8),
            Column(w.say("Opens"), 1.0),
            Column(w.say("Lacks standing; can block alone"), 1.9),
        ),
        tuple(rows),
        w.runs(
            "Votes expected are yes votes or concurrences at the hardest step, with their 90% "
            "interval. Rules are those in force on the day; it opens then if it is asked for on "
            "that day."
        ),
    )


def _seat(w: ConveningWords, seat: Standing) -> Runs:
    """Say in few words how a party without full standing sits in the body."""
    inside, of = seat.members or (0, 0)
    if seat.seat == "through members":
        how = w.say("{inside} of {of} members sit", inside=w.whole(inside), of=w.whole(of))
    else:
        how = w.say("observer") if seat.seat == "observer" else w.say("no seat")
    return w.runs("{party}: {seat}", party=w.name(seat.party), seat=how) + w.memory(seat.confidence)


def _alone(w: ConveningWords, blocker: Blocker) -> Runs:
    """Say who can block alone: a few by name, many by their body."""
    if len(blocker.who) <= MOST_NAMED:
        who = w.listed([w.name(code) for code in blocker.who])
    else:
        body = _body(w, blocker.rule.electorate)
        who = w.say("any of {n} ({body})", n=w.whole(len(blocker.who)), body=body)
    runs = (
        w.runs("blocks alone, if law allows it: {who}", who=who)
        if blocker.open
        else w.runs("blocks alone: {who}", who=who)
    )
    return runs + w.memory(blocker.rule.confidence)


def barred(w: ConveningWords, bar: Obstacle) -> str:
    """Say what is in the way; what to type at the command line is no matter for a dossier."""
    text = w.ready(w.rules.obstacle(bar))
    return re.split(r"\s?:\s", text)[0] if bar.key in ("no threat", "no deadlock") else text


def closed_table(w: ConveningWords, found: Comparison) -> Table | None:
    """Return the closed routes, each with what closes it and the way out."""
    closed = [one for one in found.routes if one.status == "closed"]
    if not closed:
        return None
    return Table(
        "table-closed",
        w.say("The routes that are closed, and why"),
        (Column(w.say("Route"), 1.4), Column(w.say("Why"), 3.0)),
        tuple(
            (
                w.plain(one.route.title(w.lang)),
                joined(w, [w.told(barred(w, bar)) for bar in one.obstacles if bar.closes]),
            )
            for one in closed
        ),
    )


def precedents_table(w: ConveningWords, found: Comparison, routes: Sequence[str]) -> Block | None:
    """Return the precedents of the routes named, the newest first."""
    meant = [found.of(name) for name in dict.fromkeys(routes)]
    every: dict[str, tuple[RouteFinding, Precedent]] = {}
    for one in meant:
        for other in one.precedents[:MOST_PRECEDENTS]:
            every.setdefault(other.id, (one, other))
    listed = sorted(
        every.values(),
        key=lambda pair: (pair[1].opened is not None, pair[1].opened, pair[1].id),
        reverse=True,
    )
    if not listed:
        return None
    return Table(
        "table-convening-precedents",
        w.say("Meetings of the record convened in these ways"),
        (
            Column(w.say("Meeting"), 2.2),
            Column(w.say("Opened"), 0.9),
            Column(w.say("Days before"), 0.7, "right"),
            Column(w.say("What came of it"), 2.0),
        ),
        tuple(
            (
                w.plain(one.name) + w.memory(one.confidence),
                w.plain(w.short_day(one.opened) if one.opened else "–"),
                w.plain(w.whole(one.lead_days) if one.lead_days is not None else "–"),
                w.plain(_came(w, one)),
            )
            for _, one in listed
        ),
        w.runs(
            "Days run from request, decision or proposal to opening. Names and outcomes are the "
            "record’s, in English."
        ),
    )


def _came(w: ConveningWords, one: Precedent) -> str:
    parts = [w.rules.say(one.status)] if one.status and one.status != "held" else []
    parts += [one.outcome] if one.outcome else []
    return "; ".join(parts) or "–"
