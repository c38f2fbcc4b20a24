"""What all parties accept, what nobody objects to, and who is one short, with the evidence."""

from __future__ import annotations

from typing import Literal

from detente.dossier.blocks import (
    Block,
    Bullets,
    Cite,
    Column,
    Figure,
    Inline,
    Mark,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from detente.dossier.charts import Dot, dots
from detente.dossier.findings import TIERS, Denominator, Findings, Tier
from detente.dossier.house import TIERS as LOOKS
from detente.dossier.words import Words, words
from detente.language import Lang

MOST_DOTS = 34
EVIDENCE = 3

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
    """Return links to the first records, parted by commas."""
    out: list[Inline] = []
    for key in keys[:most]:
        if out:
            out.append(Text(", "))
        out.append(Cite(key))
    return tuple(out)


def chance(w: Words, found: Denominator) -> str:
    """Write the chance that the next text draws no objection, with its interval."""
    if found.probability is None or found.low is None or found.high is None:
        return "–"
    return w.say(
        "{chance} ({low_high})",
        chance=w.percent(found.probability),
        low_high=w.percent_range(found.low, found.high),
    )


def trend(w: Words, found: Denominator) -> str:
    """Say in one word where the chance moves, only where its interval excludes no change."""
    if found.trend is None or found.trend_low is None or found.trend_high is None:
        return "–"
    if found.trend_low > 0:
        return w.say("better")
    if found.trend_high < 0:
        return w.say("worse")
    return w.say("not told apart")


def _figure(findings: Findings, w: Words, shown: list[Denominator]) -> Figure:
    present = [tier for tier in TIERS if any(d.tier == tier for d in shown)]
    rows = [
        Dot(
            d.topic.name(w.lang),
            d.probability,
            d.low,
            d.high,
            group=tier_name(w, d.tier),
        )
        for d in shown
    ]
    names = {
        "value": w.say("Chance"),
        "low": w.say("from"),
        "high": w.say("to"),
        "group": w.say("Tier"),
    }
    best, worst = shown[0], min(shown, key=lambda d: d.probability or 0.0)
    return Figure(
        anchor="figure-common-ground",
        caption=w.say("Chance that the next text on a topic draws no objection from any party"),
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
            w.say("Chance of no objection"),
            names,
            (0.0, 1.0),
            ".0%",
            [(tier_name(w, tier), LOOKS[tier]) for tier in present],
        ),
        columns=(
            Column(w.say("Topic"), 2.4),
            Column(w.say("Tier"), 1.2),
            Column(w.say("Chance (90% interval)"), 1.4, "right"),
            Column(w.say("Texts"), 0.7, "right"),
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
        note=w.runs("Bars: 90% intervals. The records behind each row stand in the table below."),
    )


def _who(findings: Findings, w: Words, found: Denominator) -> str:
    return ", ".join(findings.case.party(code).short(w.lang) for code in found.short) or "–"


def _table(findings: Findings, w: Words, tier: Tier, found: list[Denominator]) -> Table:
    named = tier in ("one short", "split")
    columns = [Column(w.say("Topic"), 2.1)]
    if named:
        columns.append(Column(w.say("Who objected"), 1.2))
    columns += [
        Column(w.say("Chance (90% interval)"), 1.25, "right"),
        Column(w.say("Texts (by roll call)"), 0.9, "right"),
        Column(w.say("Trend"), 0.9),
        Column(w.say("Newest"), 0.95),
        Column(w.say("Evidence"), 2.3),
    ]
    rows = []
    for d in found:
        evidence = d.breaks if named and d.breaks else d.evidence
        row: list[Runs] = [w.plain(d.topic.name(w.lang))]
        if named:
            row.append(w.plain(_who(findings, w, d)))
        texts = w.say("{n} ({calls})", n=w.whole(d.cases), calls=w.whole(d.contested))
        row += [
            w.plain(chance(w, d)),
            w.plain(texts),
            w.plain(trend(w, d)),
            w.plain(w.short_day(d.last)),
            cites(evidence),
        ]
        rows.append(tuple(row))
    captions: dict[Tier, str] = {
        "all accept": w.say("Topics on which all parties accept"),
        "nobody objects": w.say("Topics on which nobody objects"),
        "one short": w.say("Topics on which one party is short"),
        "split": w.say("Topics on which the parties are split"),
        "unknown": w.say("Topics on which the record is too thin to tell"),
    }
    return Table(
        anchor=f"table-{tier.replace(' ', '-')}",
        caption=captions[tier],
        columns=tuple(columns),
        rows=tuple(rows),
        note=w.runs("Evidence: the newest texts to which a party objected.") if named else (),
    )


def build(findings: Findings, lang: Lang) -> Section | None:
    """Return the section, or None where no topic has evidence."""
    w = words(lang)
    if not findings.denominators:
        return None
    by_tier = {tier: [d for d in findings.denominators if d.tier == tier] for tier in TIERS}
    counts = [
        w.count(len(by_tier[tier]), one, many)
        for tier, one, many in (
            ("all accept", "{n} topic that all accept", "{n} topics that all accept"),
            (
                "nobody objects",
                "{n} to which nobody objects",
                "{n} to which nobody objects",
            ),
            ("one short", "{n} on which one party is short", "{n} on which one party is short"),
            ("split", "{n} on which they are split", "{n} on which they are split"),
        )
        if by_tier[tier]
    ]
    blocks: list[Block] = [
        Paragraph(w.runs("The record shows {counts}.", counts=w.listed(counts)), lead=True)
    ]
    definitions: dict[Tier, Runs] = {
        "all accept": w.runs(
            "{tier}: every party voted yes on recent texts of weight, or joined in adopting them "
            "without a vote after voting yes before.",
            tier=tier_mark(w, "all accept"),
        ),
        "nobody objects": w.runs(
            "{tier}: no party voted no, but one abstained, or the texts passed without a vote. "
            "That nobody asked for a vote does not mean that all agree.",
            tier=tier_mark(w, "nobody objects"),
        ),
        "one short": w.runs(
            "{tier}: one party alone objects. One objection is a veto.",
            tier=tier_mark(w, "one short"),
        ),
        "split": w.runs("{tier}: two parties or more object.", tier=tier_mark(w, "split")),
        "unknown": w.runs(
            "{tier}: too few texts, or too old. Unknown is not neutral.",
            tier=tier_mark(w, "unknown"),
        ),
    }
    blocks.append(Bullets(tuple(definitions[tier] for tier in TIERS)))
    shown = [d for d in findings.denominators if d.probability is not None][:MOST_DOTS]
    if shown:
        blocks.append(_figure(findings, w, shown))
    blocks += [_table(findings, w, tier, by_tier[tier]) for tier in TIERS if by_tier[tier]]
    return Section("common-ground", w.say("Common denominators"), tuple(blocks))
