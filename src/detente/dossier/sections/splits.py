"""The inner splits of each bloc at the table: how united, on what it parts, who stands apart."""

from __future__ import annotations

from detente.dossier.blocks import (
    Block,
    Cite,
    Column,
    Figure,
    Heading,
    Paragraph,
    Section,
    See,
    Table,
)
from detente.dossier.charts import Line, over_time, series_looks
from detente.dossier.findings import BlocUnity, Findings, Split
from detente.dossier.words import Words, words
from detente.language import Lang

MOST_SPLITS = 12
MOST_APART = 8
MOST_NAMED = 6


def _names(findings: Findings, w: Words, codes: tuple[str, ...]) -> str:
    return ", ".join(sorted(findings.state(code, w.lang) for code in codes))


def _sides(findings: Findings, w: Words, split: Split) -> str:
    """Say how many voted how, and name those of a small side."""
    said = []
    for vote, codes in (
        (w.say("yes"), split.yes),
        (w.say("abstained"), split.abstain),
        (w.say("no"), split.no),
    ):
        if codes:
            count = w.say("{n} {vote}", n=len(codes), vote=vote)
            if len(codes) <= MOST_NAMED:
                count = w.say("{count} ({who})", count=count, who=_names(findings, w, codes))
            said.append(count)
    return "; ".join(said)


def _figure(findings: Findings, w: Words, bloc: BlocUnity) -> Figure:
    party = findings.case.party(bloc.party)
    rows = tuple((u.year, u.cohesion, u.cohesion, u.cohesion) for u in bloc.over_time)
    names = {
        "year": w.say("Year"),
        "value": w.say("Cohesion"),
        "low": w.say("from"),
        "high": w.say("to"),
    }
    first, last = bloc.over_time[0], bloc.over_time[-1]
    worst = min(bloc.over_time, key=lambda u: u.cohesion)
    return Figure(
        anchor=f"figure-cohesion-{bloc.party.lower()}",
        caption=w.say(
            "{bloc}: cohesion of the members, {first} to {last}",
            bloc=party.name(w.lang),
            first=first.year,
            last=last.year,
        ),
        alt=w.say(
            "A line from {first_value} in {first} to {last_value} in {last}; the lowest is "
            "{worst_value} in {worst}.",
            first=first.year,
            last=last.year,
            first_value=w.decimal(first.cohesion),
            last_value=w.decimal(last.cohesion),
            worst=worst.year,
            worst_value=w.decimal(worst.cohesion),
        ),
        chart=over_time(
            [Line(party.short(w.lang), rows, series_looks(1)[0])],
            w.say("Cohesion"),
            names,
            height=220,
            span=(min(0.5, *(row[2] for row in rows)) if rows else 0.0, 1.0),
        ),
        columns=(
            Column(w.say("Year"), 1, "right"),
            Column(w.say("Session"), 1, "right"),
            Column(w.say("Cohesion"), 1, "right"),
            Column(w.say("Roll calls"), 1, "right"),
        ),
        rows=tuple(
            (
                w.plain(str(u.year)),
                w.plain(str(u.session)),
                w.plain(w.decimal(u.cohesion)),
                w.plain(w.whole(u.calls)),
            )
            for u in bloc.over_time
        ),
        note=w.runs(
            "1: every member votes alike on every text; 0: evenly parted among yes, no and "
            "abstention. Mean over the roll calls of a session, members of that day. {method} "
            "names the records.",
            method=See("annex-method"),
        ),
    )


def _bloc(findings: Findings, w: Words, bloc: BlocUnity) -> list[Block]:
    party = findings.case.party(bloc.party)
    blocks: list[Block] = []
    if len(findings.unity) > 1:
        blocks.append(Heading(party.name(w.lang)))
    blocks.append(
        Paragraph(
            w.runs(
                "{bloc}: from {first} to {last} the members cast the same vote in **{alike}** of "
                "{calls} roll calls. They parted in {parted}, and in {opposed} of these some voted "
                "yes and others no.",
                first=w.day(bloc.first_day),
                last=w.day(bloc.last_day),
                bloc=party.name(w.lang),
                alike=w.whole(bloc.calls - bloc.parted),
                calls=w.whole(bloc.calls),
                parted=w.whole(bloc.parted),
                opposed=w.whole(bloc.opposed),
            ),
            lead=True,
        )
    )
    blocks.append(
        Paragraph(
            w.runs(
                "Where the members part, the bloc has no position that a host could count on: the "
                "dossier then shows the split and no average."
            )
        )
    )
    if len(bloc.over_time) > 1:
        blocks.append(_figure(findings, w, bloc))
    if bloc.splits:
        blocks.append(
            Table(
                anchor=f"table-splits-{bloc.party.lower()}",
                caption=w.say(
                    "{bloc}: texts of the last five years that parted the members most",
                    bloc=party.name(w.lang),
                ),
                columns=(
                    Column(w.say("Record"), 1.5),
                    Column(w.say("Date"), 0.9),
                    Column(w.say("Title"), 2.6),
                    Column(w.say("How the members voted"), 2.6),
                ),
                rows=tuple(
                    (
                        (Cite(split.record),),
                        w.plain(w.short_day(findings.records[split.record].day)),
                        w.plain(findings.records[split.record].title),
                        w.plain(_sides(findings, w, split)),
                    )
                    for split in bloc.splits[:MOST_SPLITS]
                ),
            )
        )
    if bloc.apart:
        blocks.append(
            Paragraph(
                w.runs(
                    "Most often apart from the majority of the members: {who}.",
                    who="; ".join(
                        w.count(
                            n,
                            "{who} ({n} text)",
                            "{who} ({n} texts)",
                            who=_names(findings, w, (code,)),
                        )
                        for code, n in bloc.apart[:MOST_APART]
                    ),
                )
            )
        )
    return blocks


def build(findings: Findings, lang: Lang) -> Section | None:
    """Return the section, or None where no bloc is at the table."""
    w = words(lang)
    blocks = [block for bloc in findings.unity for block in _bloc(findings, w, bloc)]
    if not blocks:
        return None
    if len(findings.unity) == 1:
        code = findings.unity[0].party
        title = w.say("Inner splits: {bloc}", bloc=findings.case.party(code).name(lang))
    else:
        title = w.say("Inner splits of the blocs")
    return Section("splits", title, tuple(blocks))
