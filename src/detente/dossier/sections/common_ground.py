"""What all parties accept, what nobody objects to, and who is one short, with the evidence."""

from __future__ import annotations

from typing import Literal

from detente.dossier.blocks import (
    Block,
    Bullets,
    Cite,
    Column,
    Figure,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Runs,
    Section,
    See,
    Table,
    Text,
)
from detente.dossier.charts import Dot, dots
from detente.dossier.findings import TIERS, Broken, Denominator, Direction, Findings, Tier
from detente.dossier.house import TIERS as LOOKS
from detente.dossier.words import Words, words
from detente.language import Lang
from detente.typography import FIXED

MOST_DOTS = 28
EVIDENCE = 2
MOST_BROKEN = 12
MOST_PRECEDENTS = 12

Tone = Literal["good", "fair", "poor", "plain"]
_TONES: dict[Tier, Tone] = {
    "all accept": "good",
    "nobody objects": "good",
    "one short": "fair",
    "split": "poor",
    "unknown": "plain",
}


def tier_name(w: Words, tier: Tier) -> str:
    """Return a tier's name in the document's language."""
    return {
        "all accept": w.say("All accept"),
        "nobody objects": w.say("Nobody objects"),
        "one short": w.say("One short"),
        "split": w.say("Split"),
        "unknown": w.say("Unknown"),
    }[tier]


def tier_mark(w: Words, tier: Tier) -> Mark:
    """Return a tier as a small label."""
    return Mark(tier_name(w, tier), _TONES[tier])


def cites(keys: tuple[str, ...], most: int = EVIDENCE) -> Runs:
    """Return links to the first records, parted by commas; a dash where there is none."""
    out: list[Inline] = []
    for key in keys[:most]:
        if out:
            out.append(Text(", "))
        out.append(Cite(key))
    return tuple(out) or (Text("–"),)


def chance(w: Words, found: Denominator) -> str:
    """Write the chance that the next text draws no objection, with its interval."""
    if found.probability is None or found.low is None or found.high is None:
        return "–"
    return w.say(
        "{chance} ({low_high})",
        chance=w.percent(found.probability),
        low_high=w.percent_range(found.low, found.high),
    )


def direction(w: Words, found: Denominator) -> str:
    """Say in a word or two whether the chance moves."""
    named: dict[Direction, str] = {
        "improving": w.say("improving"),
        "worsening": w.say("worsening"),
        "steady": w.say("no clear change"),
    }
    return named[found.direction]


def parties(findings: Findings, w: Words, codes: tuple[str, ...]) -> str:
    """Name parties in a list; a dash where there is none."""
    return ", ".join(findings.case.party(code).short(w.lang) for code in codes) or "–"


def evidence(found: Denominator) -> tuple[str, ...]:
    """Return the records that show best why a topic has its tier."""
    if found.tier in ("one short", "split") and found.opposed:
        return found.opposed
    return found.agreed or found.opposed


def _figure(findings: Findings, w: Words, shown: list[Denominator], of: int) -> Figure:
    present = [tier for tier in TIERS if any(d.tier == tier for d in shown)]
    rows = [
        Dot(d.topic.name(w.lang), d.probability, d.low, d.high, group=tier_name(w, d.tier))
        for d in shown
    ]
    names = {
        "value": w.say("Chance"),
        "low": w.say("from"),
        "high": w.say("to"),
        "group": w.say("Tier"),
    }
    best, worst = shown[0], min(shown, key=lambda d: (d.probability or 0.0, d.topic.code))
    return Figure(
        anchor="figure-common-ground",
        caption=w.say("Chance that the next recorded vote on a topic draws no objection"),
        alt=w.say(
            "A row a topic, in the order of the tiers. First {best}, {best_chance}; lowest "
            "{worst}, {worst_chance}.",
            best=best.topic.name(w.lang),
            best_chance=w.percent(best.probability or 0.0),
            worst=worst.topic.name(w.lang),
            worst_chance=w.percent(worst.probability or 0.0),
        ),
        chart=dots(
            rows,
            w.say("Chance of no objection from any party"),
            names,
            (0.0, 1.0),
            ".0%",
            [(tier_name(w, tier), LOOKS[tier]) for tier in present],
        ),
        columns=(
            Column(w.say("Topic"), 2.4),
            Column(w.say("Tier"), 1.2),
            Column(w.say("Chance (90% interval)"), 1.4, "right"),
            Column(w.say("Roll calls"), 0.7, "right"),
        ),
        rows=tuple(
            (
                w.plain(d.topic.name(w.lang)),
                (tier_mark(w, d.tier),),
                w.plain(chance(w, d)),
                w.plain(w.whole(d.cases)),
            )
            for d in shown
        ),
        note=w.runs(
            "The first {shown} of {of} topics. Bars: 90% intervals. Within a tier, topics go by "
            "chance times weight. The records behind each row stand in the tables below.",
            shown=w.whole(len(shown)),
            of=w.whole(of),
        ),
    )


def _table(findings: Findings, w: Words, tier: Tier, found: list[Denominator]) -> Table:
    opposed = tier in ("one short", "split")
    columns = [Column(w.say("Topic"), 2.4)]
    if tier == "one short":
        columns.append(Column(w.say("Short of"), 1.2))
    if tier == "split":
        columns.append(Column(w.say("Objections"), 1.9))
    columns += [
        Column(w.say("Chance (90% interval)"), 1.4, "right"),
        Column(w.say("Roll calls"), 1.2, "right"),
    ]
    silent = any(d.adopted for d in findings.denominators)
    if silent:
        columns.append(Column(w.say("Without a vote"), 0.85, "right"))
    columns += [
        Column(w.say("Trend"), 1.15),
        Column(w.say("Newest"), 1.3),
        Column(w.say("Evidence"), 1.9),
    ]
    rows = []
    for d in found:
        row: list[Runs] = [w.plain(d.topic.name(w.lang))]
        if tier == "one short":
            row.append(w.plain(parties(findings, w, d.short)))
        if tier == "split":
            row.append(w.plain(objections(findings, w, d)))
        row += [
            w.plain(chance(w, d)),
            w.plain(w.whole(d.cases)),
            *([w.plain(w.whole(d.adopted))] if silent else []),
            w.plain(direction(w, d)),
            w.plain("–" if d.last is None else w.short_day(d.last)),
            cites(evidence(d)),
        ]
        rows.append(tuple(row))
    captions = {
        "all accept": w.say("Topics on which all parties accept"),
        "nobody objects": w.say("Topics on which nobody objects"),
        "one short": w.say("Topics on which one party is short"),
        "split": w.say("Topics on which the parties are split"),
    }
    return Table(
        anchor=f"table-{tier.replace(' ', '-')}",
        caption=captions[tier],
        columns=tuple(columns),
        rows=tuple(rows),
        note=w.runs("Evidence: the newest texts to which a party objected.") if opposed else (),
    )


def objections(findings: Findings, w: Words, found: Denominator) -> str:
    """Name who objected and to how many roll calls."""
    said = (
        f"{findings.case.party(code).short(w.lang)}{FIXED}{w.whole(n)}"
        for code, n in found.objectors
    )
    return "; ".join(said) or "–"


def _broken(findings: Findings, w: Words, broken: tuple[Broken, ...]) -> list[Block]:
    rows = tuple(
        (
            w.plain(item.topic.name(w.lang)),
            w.plain(findings.records[item.broke].title),
            (Cite(item.agreed),),
            (Cite(item.broke),),
            w.plain(parties(findings, w, item.by)),
        )
        for item in broken[:MOST_BROKEN]
    )
    return [
        Heading(w.say("Where agreement broke")),
        Paragraph(
            w.runs(
                "Agreement ages. On these recurring texts nobody objected to one version and "
                "somebody objected to the next."
            )
        ),
        Table(
            anchor="table-broken",
            caption=w.say("Recurring texts on which agreement broke, newest first"),
            columns=(
                Column(w.say("Topic"), 1.5),
                Column(w.say("Title"), 2.6),
                Column(w.say("Last without objection"), 1.35),
                Column(w.say("First with one"), 1.35),
                Column(w.say("Who objected"), 1.2),
            ),
            rows=rows,
        ),
    ]


def _precedents(findings: Findings, w: Words) -> list[Block]:
    rows = []
    for item in findings.precedents[:MOST_PRECEDENTS]:
        rows.append((w.plain(w.short_day(item.day)), w.plain(item.title), (Cite(item.record),)))
    return [
        Heading(w.say("Agreed before")),
        Paragraph(
            w.runs(
                "Dated facts on which all these parties stood together, also in the Security "
                "Council. What rests on memory says so and must be checked before use."
            )
        ),
        Table(
            anchor="table-precedents",
            caption=w.say("Dated facts of agreement, newest first"),
            columns=(
                Column(w.say("Date"), 0.8),
                Column(w.say("Title"), 3),
                Column(w.say("Record"), 2.2),
            ),
            rows=tuple(rows),
        ),
    ]


def _definitions(w: Words) -> Bullets:
    return Bullets(
        (
            w.runs(
                "{tier}: every party voted yes on two thirds of the evidence or more, newer texts "
                "counting more.",
                tier=tier_mark(w, "all accept"),
            ),
            w.runs(
                "{tier}: no party voted no on two thirds of it or more; some abstained, or nobody "
                "asked for a vote, which does not mean that all agree.",
                tier=tier_mark(w, "nobody objects"),
            ),
            w.runs(
                "{tier}: the same, were it not for one party. One objection is a veto.",
                tier=tier_mark(w, "one short"),
            ),
            w.runs("{tier}: two parties or more object.", tier=tier_mark(w, "split")),
            w.runs(
                "{tier}: too little evidence. Unknown is not neutral.",
                tier=tier_mark(w, "unknown"),
            ),
        )
    )


def build(findings: Findings, lang: Lang) -> Section | None:
    """Return the section, or None where no topic has evidence."""
    w = words(lang)
    if not findings.denominators:
        return None
    by_tier = {tier: [d for d in findings.denominators if d.tier == tier] for tier in TIERS}
    names: dict[Tier, str] = {
        "all accept": w.say("all accept"),
        "nobody objects": w.say("nobody objects"),
        "one short": w.say("one short"),
        "split": w.say("split"),
        "unknown": w.say("unknown"),
    }
    said = "; ".join(f"{names[tier]} {len(by_tier[tier])}" for tier in TIERS)
    known = [d for d in findings.denominators if d.tier != "unknown"]
    blocks: list[Block] = [
        Paragraph(
            w.runs(
                "Of {n} topics: {counts}.",
                n=w.whole(len(findings.denominators)),
                counts=said,
            ),
            lead=True,
        ),
        _definitions(w),
        Paragraph(
            w.runs(
                "A bloc objects as soon as one of its members votes no, for a bloc that acts by "
                "consensus is stopped by one. The evidence runs from {since} to {last}.",
                since=str(findings.gaps.since),
                last=w.day(findings.gaps.last_day),
            )
        ),
    ]
    rated = [d for d in known if d.probability is not None]
    shown = rated[:MOST_DOTS]
    if shown:
        blocks.append(_figure(findings, w, shown, len(rated)))
    blocks += [
        _table(findings, w, tier, by_tier[tier])
        for tier in TIERS
        if by_tier[tier] and tier != "unknown"
    ]
    if by_tier["unknown"]:
        blocks.append(
            Paragraph(
                w.runs(
                    "The topics on which the record is too thin to tell are named in {see}.",
                    see=See("unknown"),
                )
            )
        )
    if findings.broken:
        blocks += _broken(findings, w, findings.broken)
    if findings.precedents:
        blocks += _precedents(findings, w)
    return Section("common-ground", w.say("Common denominators"), tuple(blocks))
