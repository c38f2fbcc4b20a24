"""Ways to convene: what to do, why, what each route needs and how likely it is, and by when.

The answer stands first, as a minister would read it; the evidence follows. What rests on memory
says so wherever it shows.
"""

from __future__ import annotations

from detente.convening.calendar.citing import cited
from detente.convening.findings import Comparison
from detente.convening.recommending import Advice, Role
from detente.dossier.blocks import (
    Block,
    Bullets,
    Heading,
    Inline,
    Note,
    Paragraph,
    Runs,
    Section,
    Text,
)
from detente.dossier.build import Build
from detente.dossier.findings import Findings
from detente.dossier.gather.convening import Convening, gather
from detente.dossier.sections.convening_acceptance import acceptance_table
from detente.dossier.sections.convening_persuade import persuading
from detente.dossier.sections.convening_plan import timetable
from detente.dossier.sections.convening_tables import (
    closed_table,
    odds_figure,
    precedents_table,
    routes_table,
)
from detente.dossier.sections.convening_words import ConveningWords
from detente.language import Lang

MAIN: tuple[Role, ...] = ("table", "first", "frame")


def _lead(w: ConveningWords, found: Comparison) -> Runs:
    """Say in a few words what to do."""
    say = found.recommendation
    parts: list[str] = []
    table, first, frame = (say.of(role) for role in MAIN)
    if first is not None:
        parts.append(
            w.say("**Begin with: {route}.**", route=found.of(first.routes[0]).route.title(w.lang))
        )
    if table is not None:
        one = found.of(table.routes[0])
        parts.append(
            w.say(
                "**Then: {route}**; the chance that all parties come is {chance}.",
                route=one.route.title(w.lang),
                chance=w.chance(one.attendance),
            )
        )
    if frame is not None:
        one = found.of(frame.routes[0])
        parts.append(
            w.say(
                "**Beside it: {route}**; the chance that it is convened is {chance}.",
                route=one.route.title(w.lang),
                chance=w.chance(one.convened),
            )
        )
    if hardest := say.of("hardest"):
        parts.append(
            w.say(
                "**To be won first: {party}**, the least likely to accept.",
                party=w.listed([w.name(code) for code in hardest.parties]),
            )
        )
    if not parts:
        return w.runs("No route that would seat the parties is open on the as-of date.")
    return w.fill(" ".join(parts))


def _advice(w: ConveningWords, found: Comparison, advice: Advice) -> Runs:
    """Return a piece of advice with its reasons, and then the rules behind them."""
    titles = {one.route.id: one.route.title(w.lang) for one in found.routes}
    rules = {step.rule.id: step.rule for one in found.routes for step in one.steps}
    out: list[Inline] = [Text(w.ready(w.rules.advice(advice, titles)) + ".", strong=True)]
    said = " ".join(w.ready(w.rules.reason(reason)) for reason in advice.reasons)
    meant = [rules[name] for reason in advice.reasons for name in reason.rules if name in rules]
    provisions = cited(meant, w.lang)
    out.append(Text(f" {said}" + (w.ready(f" [{provisions}]") if provisions else "")))
    if any(rule.confidence == "MEMORY" for rule in meant):
        out += w.memory("MEMORY")
    return tuple(out)


def _questions(w: ConveningWords, found: Comparison) -> list[Block]:
    """Ask what law leaves open on the way of a route, each once."""
    asked = {
        step.rule.open_question.key: (step.rule.open_question, step.rule.confidence)
        for one in found.routes
        for step in one.steps
        if step.needed.open_vetoes and step.rule.open_question is not None
    }
    return [
        Note(
            w.runs("Not settled in law: {question}", question=w.ready(question.text(w.lang)))
            + w.memory(confidence)
        )
        for question, confidence in asked.values()
    ]


def _from_memory(w: ConveningWords, found: Comparison) -> Note | None:
    """Name the rules from memory that decide or date the open routes."""
    rules = {
        step.rule.id: step.rule
        for one in found.routes
        if one.status == "open"
        for step in one.steps
        if step.rule.confidence == "MEMORY"
    }
    if not rules:
        return None
    return Note(
        w.runs(
            "From memory, and to be checked against the official text before it is relied on: "
            "{rules}.",
            rules=w.ready(cited(rules.values(), w.lang)),
        ),
        "memory",
    )


def _blocks(w: ConveningWords, found: Convening) -> list[Block]:
    compared = found.comparison
    blocks: list[Block] = [Paragraph(_lead(w, compared), lead=True)]
    advice = compared.recommendation.advice
    if advice:
        blocks.append(Heading(w.say("What to do, and why")))
        told = [one for one in advice if one.role != "avoid"]
        blocks.append(Bullets(tuple(_advice(w, compared, one) for one in told), numbered=True))
    blocks += [one for one in (odds_figure(w, compared),) if one is not None]
    blocks += _questions(w, compared)
    blocks.append(Heading(w.say("What each way needs")))
    blocks.append(routes_table(w, compared))
    closed = closed_table(w, compared)
    if closed is not None:
        blocks.append(closed)
    accepted = acceptance_table(w, compared)
    if accepted is not None:
        blocks += [Heading(w.say("Will they come?")), accepted]
    if found.voted is not None:
        title = compared.of(found.voted).route.title(w.lang)
        blocks += persuading(w, title, found.persuasion)
    if found.plan is not None:
        blocks += timetable(w, found.plan)
    meant = [name for one in advice if one.role in MAIN for name in one.routes]
    known = precedents_table(w, compared, meant)
    if known is not None:
        blocks += [Heading(w.say("What the record knows of such meetings")), known]
    memory = _from_memory(w, compared)
    if memory is not None:
        blocks.append(memory)
    return blocks


def _words(found: Convening, findings: Findings, lang: Lang) -> ConveningWords:
    short = {party.code: party.short(lang) for party in findings.case.parties}
    return ConveningWords(found.archive, found.case, lang, short)


def lead(found: Convening, findings: Findings, lang: Lang) -> Runs:
    """Return the answer in a few sentences: what to do."""
    return _lead(_words(found, findings, lang), found.comparison)


def section(found: Convening) -> Build:
    """Return the section on ways to convene, for a dossier of the same case.

    Args:
        found: the comparison with its plan and whom to persuade, as `gather` works them out.
    """

    def build(findings: Findings, lang: Lang) -> Section:
        w = _words(found, findings, lang)
        return Section("convening", w.say("Ways to convene"), tuple(_blocks(w, found)))

    return build


__all__ = ["Convening", "gather", "lead", "section"]
