"""Small steps before the meeting: the ladder, its days, its words, and Osgood's ten rules."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from detente.dossier.blocks import (
    Block,
    Bullets,
    Cite,
    Column,
    Figure,
    Mark,
    Note,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from detente.dossier.build import Build
from detente.dossier.findings import Findings
from detente.dossier.house import INK, MUTED, WIDTH, look, theme
from detente.language import Lang
from detente.steps import Ladder, Rung
from detente.steps.telling import (
    bound_words,
    check_words,
    first_lines,
    met,
    missed_words,
    offset_words,
    party_name,
    record_parts,
    short_code,
    tension_words,
)
from detente.steps.wording import STAGES, invitation, say
from detente.typography import JOIN, spaced

_TONES: dict[str, Literal["good", "poor", "plain"]] = {
    "met": "good",
    "not met": "poor",
    "cannot be known": "plain",
}


class _Writer:
    def __init__(self, found: Ladder, lang: Lang, held: Collection[str]) -> None:
        self.found, self.lang, self.held = found, lang, held

    def text(self, text: str) -> str:
        kept = text.replace("A/RES/", f"A/{JOIN}RES/{JOIN}")
        return spaced(self.lang, kept)

    def say(self, message: str, **values: object) -> str:
        return self.text(say(self.lang, message, **values))

    def runs(self, text: str, strong: bool = False) -> Runs:
        return (Text(self.text(text), strong),) if text else ()

    def when(self, offset: int, full: bool = False) -> str:
        return offset_words(offset, self.found.meeting, self.lang, full)

    def party(self, code: str) -> str:
        """Return what tables call a party: the initials of a bloc, the name of a state."""
        kinds = {party.code: party.kind for party in self.found.parties}
        if kinds.get(code) == "bloc":
            return short_code(code, self.lang)
        return party_name(self.found.parties, code, self.lang)

    def name(self, number: int, rung: Rung) -> str:
        return f"{number}. {rung.measure.name(self.lang)}"


def _chart(w: _Writer) -> dict[str, Any]:
    """Draw each step as a line from its announcement to its day, and on to the last answer."""
    found = w.found
    names = [w.name(n, rung) for n, rung in enumerate(found.rungs, 1)]
    actors = [*(w.party(party.code) for party in found.parties), w.party("all")]
    rows = [
        {
            "name": names[place],
            "by": w.party(rung.by),
            "announce": rung.announce,
            "do": rung.do,
            "answer": rung.do if rung.answer_by is None else rung.answer_by,
        }
        for place, rung in enumerate(found.rungs)
    ]
    taking = {row["by"] for row in rows}
    shown = [name for name in actors if name in taking]
    looks = {name: look(place) for place, name in enumerate(actors)}
    y = {"field": "name", "type": "nominal", "sort": names, "title": None}
    title = w.say("Days from the meeting")
    colour = {
        "field": "by",
        "type": "nominal",
        "title": None,
        "scale": {"domain": shown, "range": [looks[name].colour for name in shown]},
        "legend": {"columns": 3},
    }
    shape = {
        "field": "by",
        "type": "nominal",
        "title": None,
        "scale": {"domain": shown, "range": [looks[name].shape for name in shown]},
        "legend": {"columns": 3},
    }

    def x(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "title": title}

    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": 30 * len(rows),
        "config": theme(),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": rows},
        "layer": [
            {
                "data": {"values": [{"day": 0}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1},
                "encoding": {"x": x("day")},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 2.4},
                "encoding": {"y": y, "x": x("announce"), "x2": {"field": "do"}, "color": colour},
            },
            {
                "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1.2, "strokeDash": [2, 3]},
                "encoding": {"y": y, "x": x("do"), "x2": {"field": "answer"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {"y": y, "x": x("do"), "color": colour, "shape": shape},
            },
        ],
    }


def _figure(w: _Writer) -> Figure:
    found = w.found
    return Figure(
        "figure-steps",
        w.say("The steps over time"),
        w.say(
            "Each step as a line from its announcement to the day it is taken; the first is taken "
            "{first}, the last {last}.",
            first=w.when(found.rungs[0].do, full=True),
            last=w.when(found.rungs[-1].do, full=True),
        ),
        _chart(w),
        (
            Column(w.say("Step"), 2.6),
            Column(w.say("By"), 1.4),
            Column(w.say("Announced"), 1.2),
            Column(w.say("Taken"), 1.2),
            Column(w.say("Answer until"), 1.2),
        ),
        tuple(
            (
                w.runs(w.name(n, rung)),
                w.runs(w.party(rung.by)),
                w.runs(w.when(rung.announce)),
                w.runs(w.when(rung.do)),
                w.runs("–" if rung.answer_by is None else w.when(rung.answer_by)),
            )
            for n, rung in enumerate(found.rungs, 1)
        ),
        w.runs(
            w.say(
                "Line: from the announcement to the step. Dotted: the time in which an answer is "
                "welcome. Day 0 is the meeting."
            )
        ),
    )


def _record(w: _Writer, rung: Rung) -> Runs:
    """Return what was accepted before, with its newest text: a link where the dossier holds it."""
    topic = rung.suited.topic
    told = w.text(", ".join(record_parts(topic, w.lang)))
    if topic is None or not topic.proof:
        return (Text(told),)
    text = topic.proof[0]
    if text.key in w.held:
        return (Text(f"{told}, "), Cite(text.key))
    return (Text(w.text(f"{told}, {text.symbol}")),)


def _ladder_table(w: _Writer) -> Table:
    found = w.found
    return Table(
        "table-steps",
        w.say("The ladder of steps"),
        (
            Column(w.say("Step"), 2.2),
            Column(w.say("Stage"), 1.2),
            Column(w.say("By"), 1.2),
            Column(w.say("Taken"), 1.1),
            Column(w.say("Taking part already"), 2.4),
            Column(w.say("Accepted before"), 1.8),
        ),
        tuple(
            (
                w.runs(w.name(n, rung), strong=True),
                w.runs(say(w.lang, STAGES[rung.stage])),
                w.runs(w.party(rung.by)),
                w.runs(w.when(rung.do)),
                w.runs(bound_words(rung.suited, w.lang)),
                _record(w, rung),
            )
            for n, rung in enumerate(found.rungs, 1)
        ),
        w.runs(
            w.say(
                "Opening: taken whatever the answer. Matching: in turn, after the answers. "
                "Meeting: taken together. Accepted before: the tier of the topic, the chance that "
                "the next text put to a recorded vote draws no objection, and the newest text."
            )
        ),
    )


def _words_table(w: _Writer) -> Table:
    return Table(
        "table-invitations",
        w.say("What is proposed, what would show it, and what follows where it is not answered"),
        (
            Column(w.say("Step"), 1.3),
            Column(w.say("The step is"), 2.8),
            Column(w.say("Watch for"), 2.2),
            Column(w.say("If not answered"), 2.2),
        ),
        tuple(
            (
                w.runs(w.name(n, rung), strong=True),
                w.runs(rung.measure.invite(w.lang)),
                w.runs(rung.measure.watch(w.lang)),
                w.runs(missed_words(rung, w.lang)),
            )
            for n, rung in enumerate(w.found.rungs, 1)
        ),
    )


def _rules_table(w: _Writer) -> Table:
    rows: list[tuple[Runs, ...]] = []
    for one in w.found.checks:
        title, verdict, why = check_words(one, w.lang)
        tone = _TONES[one.verdict]
        rows.append(
            (
                w.runs(f"{one.rule}. {title}"),
                (Mark(verdict, tone),),
                w.runs(why),
            )
        )
    return Table(
        "table-rules",
        w.say("Osgood’s ten rules, as the ladder meets them"),
        (
            Column(w.say("Rule"), 1.6),
            Column(w.say("Verdict"), 0.8),
            Column(w.say("Why"), 3.2),
        ),
        tuple(rows),
        w.runs(w.say("After Osgood 1962 and Lindskold 1978, in the words of this dossier.")),
    )


def _section(found: Ladder, lang: Lang, held: Collection[str]) -> Section:
    w = _Writer(found, lang, held)
    head, *reasons = first_lines(found, lang)
    first = found.rungs[0]
    blocks: list[Block] = [
        Paragraph(
            w.runs(
                w.say(
                    "A ladder of {n} steps, the lightest first: the first is taken {start}, the "
                    "last {end}. First to move: {who}. Of Osgood’s ten rules the ladder meets "
                    "{met}.",
                    n=len(found.rungs),
                    start=w.when(first.do, full=True),
                    end=w.when(found.rungs[-1].do, full=True),
                    who=head,
                    met=met(found.checks),
                )
            ),
            lead=True,
        ),
        Bullets(tuple(w.runs(line) for line in reasons)),
        Paragraph(w.runs(tension_words(found, lang))),
        _figure(w),
        _ladder_table(w),
        Paragraph(
            w.runs(
                w.say(
                    "Each is put to a delegation in the same words: “{words}”",
                    words=invitation(first.measure, first.by == "all", lang),
                )
            )
        ),
        _words_table(w),
        _rules_table(w),
        Note(
            w.runs(
                w.say(
                    "Who takes part in what, who left what, and military spending rest in part on "
                    "memory: check them with the depositary before they are quoted."
                )
            ),
            kind="memory",
        ),
    ]
    return Section("steps", w.say("Small steps before the meeting"), tuple(blocks))


def section(found: Ladder) -> Build:
    """Return what builds the section on steps for a ladder.

    Its texts are links to the annex where the dossier's findings hold their records.
    """

    def build(findings: Findings, lang: Lang) -> Section:
        return _section(found, lang, findings.records)

    return build


def alone(found: Ladder, lang: Lang) -> Section:
    """Return the same section for a paper of its own, without an annex of records."""
    return _section(found, lang, ())
