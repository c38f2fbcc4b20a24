"""Findings composed into a document: sections in order, numbers given once, records gathered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_uppercase
from urllib.parse import quote

from detente.dossier.blocks import (
    Block,
    Cite,
    Document,
    Figure,
    Paragraph,
    Record,
    Records,
    Section,
    See,
    Table,
    runs_of,
)
from detente.dossier.build import Build
from detente.dossier.findings import Fact, Findings
from detente.dossier.sections import ANNEXES, LAST, SECTIONS
from detente.dossier.words import Words, words
from detente.language import Lang
from detente.typography import FIXED


def _outcome(w: Words, fact: Fact) -> str:
    if fact.kind == "without a vote":
        return w.say("Adopted without a vote")
    if fact.kind == "vote not recorded":
        return w.say("Adopted; the vote was not recorded")
    if fact.totals is None:
        return ""
    yes, no, abstain = (w.whole(n) for n in fact.totals[:3])
    if fact.totals[3] is None:
        return w.say(
            "Recorded vote: yes {yes}, no {no}, abstentions {abstain}",
            yes=yes,
            no=no,
            abstain=abstain,
        )
    absent = w.whole(fact.totals[3])
    return w.say(
        "Recorded vote: yes {yes}, no {no}, abstentions {abstain}, absent {absent}",
        yes=yes,
        no=no,
        abstain=abstain,
        absent=absent,
    )


def _vote(w: Words, counts: tuple[int, int, int, int]) -> str:
    """Say how a party voted: one word for a state, counts for a bloc."""
    names = (w.say("yes"), w.say("no"), w.say("abstained"), w.say("absent"))
    present = [(n, name) for n, name in zip(counts, names, strict=True) if n]
    if not present:
        return w.say("not entitled or not listed")
    if sum(counts) == 1:
        return present[0][1]
    return ", ".join(w.say("{n} {vote}", n=n, vote=name) for n, name in present)


def address(fact: Fact) -> str | None:
    """Return the official public address of a record: its page in the Digital Library, or the
    document by its symbol; None where there is no symbol."""
    if fact.undl_id:
        return f"https://digitallibrary.un.org/record/{fact.undl_id}"
    if fact.kind == "fact":
        return None
    return f"https://undocs.org/{quote(fact.symbol, safe='/()')}"


def _record(findings: Findings, w: Words, key: str, number: int) -> Record:
    fact = findings.records[key]
    votes = tuple(
        (party.short(w.lang), _vote(w, fact.votes[party.code]))
        for party in findings.case.parties
        if party.code in fact.votes
    )
    return Record(
        key=key,
        symbol=fact.symbol,
        day=fact.day,
        day_text=w.day(fact.day),
        title=fact.title or w.say("Title not on record"),
        outcome=_outcome(w, fact),
        votes=votes,
        address=address(fact),
        source=w.say("Source: {source}.", source=fact.source)
        if fact.source
        else w.say("No source was read."),
        memory=fact.memory,
        number=number,
    )


def _cited(sections: Sequence[Section]) -> list[str]:
    """Return the keys of all cited records in the order in which a reader meets them."""
    keys = (
        it.key
        for section in sections
        for block in section.blocks
        for it in runs_of(block)
        if isinstance(it, Cite)
    )
    return list(dict.fromkeys(keys))


def _numbered(section: Section, number: str, counters: dict[str, int]) -> Section:
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Figure | Table):
            kind = type(block).__name__
            counters[kind] = counters.get(kind, 0) + 1
            block = replace(block, number=counters[kind])
        blocks.append(block)
    return replace(section, blocks=tuple(blocks), number=number)


def _labels(findings: Findings, w: Words) -> dict[str, str]:
    day = w.day(findings.case.as_of)
    return {
        "annex": w.say("Annex"),
        "as_of": w.say("As of {day}", day=day),
        "author": w.say("Détente, for the host"),
        "contents": w.say("Contents"),
        "data": w.say("Show the data of this figure"),
        "kicker": w.say("Dossier from the public record"),
        "made_by": w.say("Made by Détente {version}", version=findings.provenance.version),
        "memory": w.say("from memory, to be checked"),
        "page_of": w.say("Page {page} of {total}", page="{page}", total="{total}"),
        "skip": w.say("Skip to the first page"),
    }


def _numbers(w: Words, sections: Sequence[Section]) -> dict[str, str]:
    numbers: dict[str, str] = {}
    for section in sections:
        word = w.say("Annex") if section.kind == "annex" else w.say("section")
        numbers[section.anchor] = f"{word}{FIXED}{section.number}".rstrip(FIXED)
        for block in section.blocks:
            if isinstance(block, Figure | Table):
                kind = w.say("Figure") if isinstance(block, Figure) else w.say("Table")
                numbers[block.anchor] = f"{kind}{FIXED}{block.number}"
    return numbers


def _without_dead_links(section: Section, known: dict[str, str]) -> None:
    for block in section.blocks:
        for it in runs_of(block):
            if isinstance(it, See) and it.anchor not in known:
                raise KeyError(
                    f"section {section.anchor} points to {it.anchor}, which is not there"
                )


def compose(
    findings: Findings,
    lang: Lang,
    further: Sequence[Build] = (),
) -> Document:
    """Return the dossier in one language.

    Args:
        findings: of the case.
        lang: English or French.
        further: sections of the caller's own; they stand before those that say how far to trust
            it.

    Raises:
        KeyError: a section cites a record that the findings do not hold, or points nowhere.
    """
    w = words(lang)
    wanted = (*SECTIONS, *further, *LAST)
    built = [made for build in wanted if (made := build(findings, lang)) is not None]
    after = [made for build in ANNEXES if (made := build(findings, lang)) is not None]
    keys = _cited([*built, *after])
    records = {key: _record(findings, w, key, n) for n, key in enumerate(keys, 1)}
    heads = (w.say("No."), w.say("Record"), w.say("Votes"), w.say("Address"))
    annex = Section(
        "annex-records",
        w.say("Records"),
        (Records(tuple(records.values()), heads),)
        if records
        else (Paragraph(w.runs("No record is cited.")),),
        kind="annex",
    )
    counters: dict[str, int] = {}
    numbered: list[Section] = []
    count = 0
    for section in built:
        count += section.kind == "section"
        number = str(count) if section.kind == "section" else ""
        numbered.append(_numbered(section, number, counters))
    for section, letter in zip([annex, *after], ascii_uppercase, strict=False):
        numbered.append(_numbered(section, letter, counters))
    numbers = _numbers(w, numbered)
    for section in numbered:
        _without_dead_links(section, numbers)
    case = findings.case
    return Document(
        lang=lang,
        stem=f"{case.stem}-{case.as_of.isoformat()}-{lang}",
        title=case.name(lang),
        subtitle=w.say("What the record shows that they share, and where they part"),
        facts=(
            (w.say("Host"), case.host.name(lang)),
            (w.say("Parties"), ", ".join(party.short(lang) for party in case.parties)),
            (w.say("As of"), w.day(case.as_of)),
        ),
        running=case.name(lang),
        as_of=case.as_of,
        sections=tuple(numbered),
        labels=_labels(findings, w),
        numbers=numbers,
        records=records,
    )
