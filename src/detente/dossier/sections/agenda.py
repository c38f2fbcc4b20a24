"""The agenda: firm ground first, then what is one short, then what needs preparation."""

from __future__ import annotations

from detente.denominators.agenda import Reason, Shelf
from detente.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Mark,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from detente.dossier.findings import Findings, Item
from detente.dossier.sections.common_ground import chance, cites, parties
from detente.dossier.words import Words, words
from detente.language import Lang

SHELVES: tuple[Shelf, ...] = ("firm", "one short", "prepare")


def reason(findings: Findings, w: Words, item: Item) -> str:
    """Say in a sentence why a topic stands where it stands."""
    found = findings.denominator(item.topic)
    accepted, unopposed = w.percent(found.accepted), w.percent(found.unopposed)
    said: dict[Reason, str] = {
        "all accept": w.say("All accepted {share} of the evidence.", share=accepted),
        "nobody objects": w.say("Nobody objected to {share} of the evidence.", share=unopposed),
        "one short": w.say(
            "Without the objection of one party ({who}), two thirds of the evidence or more would "
            "stand.",
            who=parties(findings, w, found.short),
        ),
        "little evidence": w.say(
            "Nobody objected to {share} of the evidence, but little of it is recent.",
            share=unopposed,
        ),
        "some versions agreed": w.say(
            "Nobody objected to {share} of the evidence: some wordings can be agreed.",
            share=unopposed,
        ),
        "improving": w.say("Objections have become rarer in the last five sessions."),
        "one always objects": w.say("One party objects to nearly every text."),
        "split": w.say("Two parties or more object to nearly every text."),
        "too little evidence": w.say("The record is too thin to tell."),
        "not substantive": w.say("Upkeep of the Organization, no matter for ministers."),
        "outweighed": w.say("Weightier or likelier topics fill the table."),
    }
    return said[item.reason]


def _why(findings: Findings, w: Words, item: Item) -> Runs:
    found = findings.denominator(item.topic)
    runs: Runs = w.plain(reason(findings, w, item))
    if found.probability is not None:
        runs += (Text(" "), *w.runs("Chance of no objection: {chance}.", chance=chance(w, found)))
    if item.broke is not None:
        broke = w.runs(
            "Agreement broke: {agreed}, then {broke} ({who}).",
            agreed=cites((item.broke.agreed,)),
            broke=cites((item.broke.broke,)),
            who=parties(findings, w, item.broke.by),
        )
        runs += (Text(" "), *broke)
    return runs


def _name(findings: Findings, w: Words, item: Item) -> Runs:
    runs: Runs = (Text(findings.denominator(item.topic).topic.name(w.lang)),)
    if item.host_wish:
        runs += (Text(" "), Mark(w.say("wish of the host")))
    return runs


def _table(findings: Findings, w: Words, shelf: Shelf, items: list[Item]) -> Table:
    first, last = items[0].place, items[-1].place
    return Table(
        anchor=f"table-agenda-{shelf.replace(' ', '-')}",
        caption=w.say("Agenda, item {first}", first=first)
        if first == last
        else w.say("Agenda, items {first} to {last}", first=first, last=last),
        columns=(
            Column(w.say("No."), 0.4, "right"),
            Column(w.say("Item"), 1.7),
            Column(w.say("Why"), 3.1),
            Column(w.say("Who would object"), 1.2),
            Column(w.say("Rests on"), 1.6),
        ),
        rows=tuple(
            (
                w.plain(str(item.place)),
                _name(findings, w, item),
                _why(findings, w, item),
                w.plain(parties(findings, w, item.objectors)),
                cites(item.rests_on),
            )
            for item in items
        ),
    )


def build(findings: Findings, lang: Lang) -> Section | None:
    """Return the section, or None where the record supports no agenda."""
    w = words(lang)
    if not findings.agenda:
        return None
    heads: dict[Shelf, tuple[str, str]] = {
        "firm": (
            w.say("Firm ground: open with these"),
            w.say("No party would have to change a vote. Early agreement here costs nobody much."),
        ),
        "one short": (
            w.say("One short: speak with one capital first"),
            w.say("A quiet talk with the party named decides whether the item can be tabled."),
        ),
        "prepare": (
            w.say("Needs preparation: experts first"),
            w.say("Some versions have passed without objection; experts should look for one."),
        ),
        "leave out": (w.say("Leave out"), ""),
    }
    blocks: list[Block] = [
        Paragraph(
            w.runs(
                "The order follows the evidence: what all accept or nobody objects to, then what "
                "one party keeps open, then what experts must prepare. It is a proposal to the "
                "host and binds nobody."
            ),
            lead=True,
        )
    ]
    for shelf in SHELVES:
        items = [item for item in findings.agenda if item.shelf == shelf]
        if items:
            title, text = heads[shelf]
            blocks += [Heading(title), Paragraph(w.plain(text))]
            blocks.append(_table(findings, w, shelf, items))
    out = [item for item in findings.agenda if item.shelf == "leave out"]
    if out:
        blocks += [
            Heading(w.say("Leave out")),
            Paragraph(w.runs("The weightiest of what should not be on the table, and why:")),
            Bullets(
                tuple(
                    w.runs(
                        "**{topic}**. {why} {who}Records: {evidence}.",
                        topic=findings.denominator(item.topic).topic.name(lang),
                        why=reason(findings, w, item),
                        who=w.say("Objecting: {who}. ", who=parties(findings, w, item.objectors))
                        if item.objectors
                        else "",
                        evidence=cites(findings.denominator(item.topic).opposed or item.rests_on),
                    )
                    if findings.denominator(item.topic).opposed or item.rests_on
                    else w.runs(
                        "**{topic}**. {why}",
                        topic=findings.denominator(item.topic).topic.name(lang),
                        why=reason(findings, w, item),
                    )
                    for item in out
                )
            ),
        ]
    return Section("agenda", w.say("Agenda"), tuple(blocks))
