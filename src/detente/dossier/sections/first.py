"""The first page: can they meet, on what, what first, how sure, in lines that a minister reads."""

from __future__ import annotations

from detente.denominators.agenda import Shelf
from detente.dossier.blocks import Answers, Inline, Paragraph, Runs, Section, See, Text
from detente.dossier.findings import Denominator, Findings, Item, Tier
from detente.dossier.sections import convening, tension
from detente.dossier.sections.common_ground import chance, cites, evidence, parties
from detente.dossier.words import Words, words
from detente.language import Lang
from detente.steps import Ladder
from detente.steps.telling import first_lines
from detente.tension.telling import crisis_words

MOST = 3
_REFUSED = ("split", "one always objects")


def _can_they_meet(findings: Findings, w: Words) -> Runs:
    together = findings.together
    known = [pair for pair in findings.now.pairs if pair.value is not None]
    runs: Runs = w.runs(
        "**The record does not forbid it, and cannot promise it:** consent to meet is not in it."
    )
    if together.calls:
        runs += w.fill(" ") + w.runs(
            "From {first} to {last} all parties voted yes on {accepted} of the {calls} roll calls "
            "in which all took part, and {adopted} more texts passed without a vote.",
            first=str(together.first_year),
            last=str(together.last_year),
            accepted=w.whole(together.accepted),
            calls=w.whole(together.calls),
            adopted=w.whole(together.adopted),
        )
    else:
        runs += w.fill(" ") + w.runs("There is no recent roll call in which all took part.")
    if len(known) > 1:
        far = min(known, key=lambda pair: (pair.value or 0.0, pair.a, pair.b))
        a, b = (findings.case.party(code).short(w.lang) for code in (far.a, far.b))
        runs += w.fill(" ") + w.runs(
            "The widest gap: {pair} (agreement {value}, where 0 is chance; {see}).",
            pair=f"{a} – {b}",
            value=w.decimal(far.value or 0.0),
            see=See("distances"),
        )
    return runs


def _topics(w: Words, found: list[Denominator], most: int = MOST) -> list[Inline]:
    """Name the first topics, each with the record that shows it best."""
    out: list[Inline] = []
    for denominator in found[:most]:
        if out:
            out.append(Text("; "))
        out.append(Text(denominator.topic.name(w.lang), strong=True))
        if records := evidence(denominator):
            out += [Text(" ("), *cites(records, 1), Text(")")]
    return out


def _of(findings: Findings, tier: Tier) -> list[Denominator]:
    return [d for d in findings.denominators if d.tier == tier]


def _items(findings: Findings, shelf: Shelf) -> list[Item]:
    return [item for item in findings.agenda if item.shelf == shelf]


def _on_what(findings: Findings, w: Words) -> Runs:
    accept, silent = _of(findings, "all accept"), _of(findings, "nobody objects")
    if not accept and not silent:
        return w.runs("The record shows no topic on which no party objects; see {see}.",
                      see=See("unknown"))  # fmt: skip
    runs: Runs = ()
    if accept:
        runs += w.fill(_counted(w, len(accept), accept=True)) + w.fill(
            " {topics}.", topics=_topics(w, accept)
        )
    if silent:
        if runs:
            runs += w.fill(" ")
        runs += w.fill(_counted(w, len(silent), accept=False)) + w.fill(
            " {topics}.", topics=_topics(w, silent)
        )
    return runs


def _counted(w: Words, n: int, accept: bool) -> str:
    """Introduce a list of topics by their number; say so where only the first are named."""
    if n > MOST:
        some = w.say("All accept {n} topics, first:", n=w.whole(n))
        return some if accept else w.say("Nobody objects on {n} topics, first:", n=w.whole(n))
    if accept:
        return w.count(n, "All accept {n} topic:", "All accept {n} topics:")
    return w.count(n, "Nobody objects on {n} topic:", "Nobody objects on {n} topics:")


def _what_first(findings: Findings, w: Words) -> Runs:
    firm = _items(findings, "firm")
    if not firm:
        return w.runs(
            "No item stands on firm ground. Begin with expert talks on those where one party is "
            "short, and promise no text."
        )
    found = findings.denominator(firm[0].topic)
    runs: Runs = w.runs(
        "**{topic}**: nobody objected to {share} of the evidence ({texts}), such as {records}.",
        topic=found.topic.name(w.lang),
        share=w.percent(found.unopposed),
        texts=w.count(found.cases + found.adopted, "{n} text", "{n} texts"),
        records=cites(firm[0].rests_on or evidence(found), 1),
    )
    if len(firm) > 1:
        later = [findings.denominator(item.topic).topic.name(w.lang) for item in firm[1:3]]
        runs += w.fill(" ") + w.runs("Then: {topics}.", topics="; ".join(later))
    return runs + w.fill(" ") + w.runs("The whole order is in {see}.", see=See("agenda"))


def _within_reach(findings: Findings, w: Words) -> Runs:
    short = [findings.denominator(item.topic) for item in _items(findings, "one short")]
    parts: list[Inline] = []
    for found in short[:MOST]:
        if parts:
            parts.append(Text("; "))
        who = parties(findings, w, found.short)
        parts.append(Text(found.topic.name(w.lang), strong=True))
        parts += w.runs(" (short of {who}; {record})", who=who, record=cites(evidence(found), 1))
    return w.fill(
        w.count(
            len(_of(findings, "one short")),
            "One party alone keeps {n} topic open:",
            "One party alone keeps {n} topics open, the likeliest:",
        )
    ) + w.fill(" {topics}.", topics=parts)


def _leave_out(findings: Findings, w: Words) -> Runs:
    out = [item for item in _items(findings, "leave out") if item.reason in _REFUSED]
    parts = _topics(w, [findings.denominator(item.topic) for item in out])
    return w.runs("{topics}. The record is one of repeated objection.", topics=parts)


def _how_sure(findings: Findings, w: Words) -> Runs:
    runs: Runs = ()
    firm = _items(findings, "firm")
    if firm:
        found = findings.denominator(firm[0].topic)
        if found.probability is not None:
            runs += w.runs(
                "The chance that the next recorded vote on the first item draws no objection is "
                "{chance}, with its 90% interval.",
                chance=chance(w, found),
            ) + w.fill(" ")
    unknown = len(_of(findings, "unknown"))
    if unknown:
        runs += w.fill(
            w.count(
                unknown,
                "On {n} topic the record is too thin to tell.",
                "On {n} topics the record is too thin to tell.",
            )
        ) + w.fill(" ")
    return runs + w.runs(
        "Votes show what was said in public up to {day}; {see} says what they leave out.",
        day=w.day(findings.gaps.last_day),
        see=See("unknown"),
    )


def _how_tense(findings: Findings, w: Words) -> Runs:
    found = findings.parts.tension
    assert found is not None
    runs = tension.lead(found, w.lang)
    if found.whole is not None:
        runs += w.fill(" ") + w.fill(crisis_words(found.whole, w.lang))
    return runs + w.fill(" ") + w.runs("The pairs are in {see}.", see=See("tension"))


def _by_which_way(findings: Findings, w: Words) -> Runs:
    found = findings.parts.convening
    assert found is not None
    runs = convening.lead(found, findings, w.lang)
    return runs + w.fill(" ") + w.runs("Every way is in {see}.", see=See("convening"))


def _before_it(found: Ladder, w: Words) -> Runs:
    rung = found.rungs[0]
    return w.runs(
        "Small steps, one at a time. First to move: {who}, with the step “{step}”. The ladder is "
        "in {see}.",
        who=first_lines(found, w.lang)[0],
        step=rung.measure.name(w.lang),
        see=See("steps"),
    )


def build(findings: Findings, lang: Lang) -> Section:
    """Return the first page; every dossier has one."""
    w = words(lang)
    parts = findings.parts
    answers = []
    if parts.tension is not None:
        answers.append((w.say("How tense is it?"), _how_tense(findings, w)))
    answers.append((w.say("Can they meet?"), _can_they_meet(findings, w)))
    if parts.convening is not None:
        answers.append((w.say("By which way?"), _by_which_way(findings, w)))
    answers.append((w.say("On what?"), _on_what(findings, w)))
    if findings.agenda:
        answers.append((w.say("What first?"), _what_first(findings, w)))
    if _items(findings, "one short"):
        answers.append((w.say("Within reach?"), _within_reach(findings, w)))
    if any(item.reason in _REFUSED for item in _items(findings, "leave out")):
        answers.append((w.say("Leave out?"), _leave_out(findings, w)))
    if parts.steps is not None:
        answers.append((w.say("What before it?"), _before_it(parts.steps, w)))
    answers.append((w.say("How sure?"), _how_sure(findings, w)))
    return Section(
        "first-page",
        w.say("In brief"),
        (
            Answers(tuple(answers)),
            Paragraph(
                w.runs(
                    "Made from the public record alone. Numbers in brackets lead to the records "
                    "in {annex}.",
                    annex=See("annex-records"),
                )
            ),
        ),
        kind="first",
    )
