"""Who stands how far from whom: agreement of every pair, now and ten years earlier."""

from __future__ import annotations

import math

from detente.dossier.blocks import Block, Column, Figure, Paragraph, Runs, Section, See, Table
from detente.dossier.charts import Dot, dots, heat
from detente.dossier.findings import Findings, Pair, Window
from detente.dossier.words import Words, words
from detente.language import Lang

DASH = " – "
TWO_LINES = 10
MOST_ROWS = 21  # pairs of seven parties; beyond, a square is easier to read than rows


def _pair_name(findings: Findings, w: Words, pair: Pair) -> str:
    a, b = (findings.case.party(code).short(w.lang) for code in (pair.a, pair.b))
    return f"{a}{DASH}{b}"


def _figure(findings: Findings, w: Words, pairs: list[Pair], columns: tuple[Column, ...]) -> Figure:
    now, before = findings.now, findings.before
    earlier = {(p.a, p.b): p.value for p in before.pairs} if before else {}
    known = [pair for pair in pairs if pair.value is not None]
    names = {
        "value": w.say("Agreement now"),
        "low": w.say("from"),
        "high": w.say("to"),
        "earlier": w.say("Ten years earlier"),
    }
    if len(pairs) <= MOST_ROWS:
        chart = dots(
            [
                Dot(_pair_name(findings, w, p), p.value, p.low, p.high, earlier.get((p.a, p.b)))
                for p in pairs
            ],
            w.say("Agreement corrected for chance"),
            names,
            (_floor([p.low for p in known] + list(earlier.values())), 1.0),
            break_at=DASH if len(pairs) <= TWO_LINES else "",
        )
    else:
        parties = [party.short(w.lang) for party in findings.case.parties]
        cells: list[tuple[str, str, float | None]] = []
        for pair in pairs:
            a, b = (findings.case.party(code).short(w.lang) for code in (pair.a, pair.b))
            cells += [(a, b, pair.value), (b, a, pair.value)]
        chart = heat(parties, cells, names)
    rows = tuple(
        (
            w.plain(_pair_name(findings, w, p)),
            *_now(w, p),
            w.plain(w.decimal(e) if (e := earlier.get((p.a, p.b))) is not None else "–"),
        )
        for p in pairs
    )
    said = [
        w.say("{pair} {value}", pair=_pair_name(findings, w, p), value=w.decimal(p.value or 0.0))
        for p in known
    ]
    if before and len(pairs) <= MOST_ROWS:
        note = w.runs(
            "Filled: {now}, with 90% intervals. Hollow: {then}. 1 is always alike, 0 as alike as "
            "chance would have it, below 0 more often apart. Rests on all resolutions by roll call "
            "of those days; see {method}.",
            now=span(w, now),
            then=span(w, before),
            method=See("annex-method"),
        )
    else:
        note = w.runs(
            "1 is always alike, 0 as alike as chance would have it, below 0 more often apart. "
            "Rests on all resolutions by roll call of those days; see {method}.",
            method=See("annex-method"),
        )
    return Figure(
        anchor="figure-agreement",
        caption=w.say("Agreement of every pair of parties, {span}", span=span(w, now)),
        alt=w.say("From the closest pair to the farthest: {pairs}.", pairs="; ".join(said)),
        chart=chart,
        columns=(*columns[:4], columns[-1]),
        rows=rows,
        note=note,
    )


def _floor(values: list[float | None]) -> float:
    """Return a round number below all values, at most −0.2."""
    least = min([-0.1, *(value for value in values if value is not None)])
    return math.floor(least * 10 - 0.5) / 10


def span(w: Words, window: Window) -> str:
    """Name the days of a window."""
    return w.say("{first} to {last}", first=w.day(window.first_day), last=w.day(window.last_day))


def _now(w: Words, pair: Pair) -> tuple[Runs, Runs, Runs]:
    if pair.value is None or pair.low is None or pair.high is None:
        return w.plain(w.say("too few")), (), w.plain(w.whole(pair.calls))
    return (
        w.plain(w.decimal(pair.value)),
        w.plain(w.interval(pair.low, pair.high)),
        w.plain(w.whole(pair.calls)),
    )


def _gap(w: Words, pair: Pair) -> str:
    if pair.distance is None:
        return "–"
    gap = pair.distance
    return w.say(
        "{value} ({interval})", value=w.decimal(gap.value), interval=w.interval(gap.low, gap.high)
    )


def build(findings: Findings, lang: Lang) -> Section | None:
    """Return the section, or None where no two parties share roll calls."""
    w = words(lang)
    pairs = sorted(
        findings.now.pairs, key=lambda p: (-(p.value if p.value is not None else -9.0), p.a, p.b)
    )
    known = [pair for pair in pairs if pair.value is not None]
    if not known:
        return None
    before = findings.before
    columns = (
        Column(w.say("Pair"), 2.2),
        Column(w.say("Agreement now"), 1, "right"),
        Column(w.say("90% interval"), 1.4, "right"),
        Column(w.say("Roll calls"), 0.9, "right"),
        Column(w.say("Alike, plain share"), 0.9, "right"),
        Column(w.say("Distance on the scale"), 1.6, "right"),
        Column(w.say("Ten years earlier"), 0.9, "right"),
    )
    blocks: list[Block] = []
    if len(known) == 1:
        blocks.append(
            Paragraph(
                w.runs(
                    "**{pair}**: {value}, on a measure where 1 is always alike and 0 no more alike "
                    "than by chance.",
                    pair=_pair_name(findings, w, known[0]),
                    value=w.decimal(known[0].value or 0.0),
                ),
                lead=True,
            )
        )
    if len(known) > 1:
        near, far = known[0], known[-1]
        blocks.append(
            Paragraph(
                w.runs(
                    "Closest are **{near}** ({near_value}), farthest apart **{far}** "
                    "({far_value}), on a measure where 1 is always alike and 0 no more alike than "
                    "by chance.",
                    near=_pair_name(findings, w, near),
                    near_value=w.decimal(near.value or 0.0),
                    far=_pair_name(findings, w, far),
                    far_value=w.decimal(far.value or 0.0),
                ),
                lead=True,
            )
        )
    blocks.append(
        Paragraph(
            w.runs(
                "A plain share of like votes flatters everybody, because most texts pass with "
                "large majorities. The measure used here takes out what two parties with the same "
                "habits would share by chance. A bloc counts where all its members that voted "
                "voted alike, for elsewhere it has no position."
            )
        )
    )
    group = findings.now.group
    if group is not None and len(findings.case.parties) > 2:
        blocks.append(
            Paragraph(
                w.runs(
                    "All {n} together: {value} (90% interval {interval}) in {calls} roll calls.",
                    n=str(len(findings.case.parties)),
                    value=w.decimal(group.value),
                    interval=w.interval(group.low, group.high),
                    calls=w.whole(findings.now.calls),
                )
            )
        )
    blocks.append(_figure(findings, w, pairs, columns))
    rows = []
    for pair in pairs:
        then = before.pair(pair.a, pair.b) if before else None
        value, interval, calls = _now(w, pair)
        rows.append(
            (
                w.plain(_pair_name(findings, w, pair)),
                value,
                interval,
                calls,
                w.plain("–" if pair.same is None else w.percent(pair.same)),
                w.plain(_gap(w, pair)),
                w.plain("–" if then is None or then.value is None else w.decimal(then.value)),
            )
        )
    blocks.append(
        Table(
            anchor="table-agreement",
            caption=w.say("Agreement and distance of every pair, with what they rest on"),
            columns=columns,
            rows=tuple(rows),
            note=w.runs(
                "Roll calls: those on which both had a position. Distance: between their positions "
                "in the last session, with its 90% interval; a bloc as the mean of its members."
            ),
        )
    )
    return Section("distances", w.say("Who stands how far from whom"), tuple(blocks))
