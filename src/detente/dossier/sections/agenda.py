"""The agenda: firm ground first, then what is one short, then what needs preparation."""

from __future__ import annotations

from detente.dossier.blocks import Block, Bullets, Column, Heading, Paragraph, Runs, Section, Table
from detente.dossier.findings import Denominator, Findings, Item, Shelf
from detente.dossier.sections.common_ground import chance, cites, tier_mark, trend
from detente.dossier.words import Words, words
from detente.language import Lang

SHELVES: tuple[Shelf, ...] = ("firm", "one short", "prepare")


def why(findings: Findings, w: Words, found: Denominator) -> str:
    """Say in a sentence why a topic stands where it stands."""
    said = [
        w.count(
            found.cases,
            "{n} text since {since}, {calls} by roll call",
            "{n} texts since {since}, {calls} by roll call",
            since=found.since,
            calls=w.whole(found.contested),
        )
    ]
    if found.probability is not None:
        said.append(w.say("chance of no objection {chance}", chance=chance(w, found)))
    moves = trend(w, found)
    if moves in (w.say("better"), w.say("worse")):
        said.append(w.say("getting {trend}", trend=moves))
    return "; ".join(said)


def objectors(findings: Findings, w: Words, found: Denominator) -> str:
    """Name who objected and how often."""
    if not found.objectors:
        return w.say("nobody on record")
    return "; ".join(
        w.say("{who} ({n})", who=findings.case.party(code).short(w.lang), n=w.whole(n))
        for code, n in found.objectors
    )


def _rows(findings: Findings, w: Words, items: list[Item]) -> tuple[tuple[Runs, ...], ...]:
    rows = []
    for item in items:
        found = findings.denominator(item.topic)
        evidence = found.breaks if found.short and found.breaks else found.evidence
        rows.append(
            (
                w.plain(f"{item.place}"),
                w.fill(
                    "**{topic}** {tier}",
                    topic=found.topic.name(w.lang),
                    tier=tier_mark(w, found.tier),
                ),
                w.plain(why(findings, w, found)),
                w.plain(objectors(findings, w, found)),
                cites(evidence),
            )
        )
    return tuple(rows)


def build(findings: Findings, lang: Lang) -> Section | None:
    """Return the section, or None where the record supports no agenda."""
    w = words(lang)
    if not findings.agenda:
        return None
    heads: dict[Shelf, tuple[str, str]] = {
        "firm": (
            w.say("Firm ground: open with these"),
            w.say("No party would have to change a vote. Success here costs nobody anything."),
        ),
        "one short": (
            w.say("One short: work on one capital"),
            w.say("A quiet talk with the party named decides whether the item can be tabled."),
        ),
        "prepare": (
            w.say("Needs preparation: experts first"),
            w.say("Raise these at expert level, and bring them up only once the reading changes."),
        ),
        "leave out": (w.say("Leave out"), ""),
    }
    blocks: list[Block] = [
        Paragraph(
            w.runs(
                "The order follows the evidence: what all accept, then what one party keeps open, "
                "then what experts must prepare. It is a proposal to the host and binds nobody."
            ),
            lead=True,
        )
    ]
    for shelf in SHELVES:
        items = [item for item in findings.agenda if item.shelf == shelf]
        if not items:
            continue
        title, text = heads[shelf]
        blocks += [Heading(title), Paragraph(w.plain(text))]
        blocks.append(
            Table(
                anchor=f"table-agenda-{shelf.replace(' ', '-')}",
                caption=title,
                columns=(
                    Column(w.say("No."), 0.35, "right"),
                    Column(w.say("Item"), 2),
                    Column(w.say("Why, and what it rests on"), 2.5),
                    Column(w.say("Who would object"), 1.3),
                    Column(w.say("Evidence"), 1.9),
                ),
                rows=_rows(findings, w, items),
            )
        )
    out = [item for item in findings.agenda if item.shelf == "leave out"]
    if out:
        blocks += [
            Heading(w.say("Leave out")),
            Paragraph(
                w.runs(
                    "Put on a public agenda, these would show the rift and settle nothing; the "
                    "record holds repeated objections by two parties or more."
                )
            ),
            Bullets(
                tuple(
                    w.runs(
                        "**{topic}**: objections by {who}; {evidence}",
                        topic=findings.denominator(item.topic).topic.name(lang),
                        who=objectors(findings, w, findings.denominator(item.topic)),
                        evidence=cites(findings.denominator(item.topic).breaks, 2),
                    )
                    for item in out
                )
            ),
        ]
    return Section("agenda", w.say("Agenda"), tuple(blocks))
