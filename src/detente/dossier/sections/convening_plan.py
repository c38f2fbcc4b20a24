"""The recommended route planned backwards from a wished opening, for the section on convening."""

from __future__ import annotations

from detente.convening.calendar.citing import cited
from detente.convening.calendar.planning import OPENING, Plan, Planned
from detente.convening.calendar.wording import advice_text, lane_text, verdict
from detente.dossier.blocks import Block, Bullets, Column, Figure, Heading, Paragraph, Runs, Table
from detente.dossier.sections.convening_words import ConveningWords
from detente.dossier.timeline import timeline_chart
from detente.typography import JOIN


def _when(w: ConveningWords, one: Planned) -> str:
    """Write the days of a milestone, shortly: 19–21 Mar 2019."""
    if one.first == one.last:
        return w.short_day(one.first)
    if (one.first.year, one.first.month) == (one.last.year, one.last.month):
        return f"{one.first.day}{JOIN}–{JOIN}{w.short_day(one.last)}"
    return w.say("{first} to {last}", first=w.short_day(one.first), last=w.short_day(one.last))


def _basis(w: ConveningWords, one: Planned) -> Runs:
    """Say which rule or practice asks for it, marked where that is from memory."""
    if one.rules:
        text = w.ready(cited(one.rules, w.lang))
        if one.timed and one.slack > 0:
            text = w.say("{rules}; at the latest {day}", rules=text, day=w.short_day(one.latest))
        return w.plain(text) + w.memory(one.confidence)
    if one.milestone.event == OPENING:
        return w.runs("the wished day")
    known = "; ".join(other.name for other in one.precedents)
    text = w.say("practice: {meetings}", meetings=known) if known else w.say("practice")
    return w.plain(text) + w.memory(one.confidence)


def timetable(w: ConveningWords, found: Plan) -> list[Block]:
    """Return the plan: what it says, the picture, the milestones, and hard days."""
    blocks: list[Block] = [
        Heading(w.say("Towards an opening on {day}", day=w.day(found.opening))),
        Paragraph(w.told(verdict(found, w.lang))),
    ]
    if not found.possible:
        return blocks
    columns = (
        Column(w.say("Day"), 1.05),
        Column(w.say("Who"), 0.8),
        Column(w.say("What"), 2.1),
        Column(w.say("Must exist by then"), 2.6),
        Column(w.say("Rule or practice"), 1.6),
    )
    rows = tuple(
        (
            w.plain(_when(w, one)),
            w.plain(lane_text(one.milestone.lane, w.lang)),
            w.told(one.milestone.title(w.lang)),
            w.told(one.milestone.needs(w.lang) or "–"),
            _basis(w, one),
        )
        for one in found.milestones
    )
    first = found.milestones[0]
    blocks.append(
        Figure(
            "figure-timeline",
            w.say("{route}, planned backwards from its opening", route=found.route.title(w.lang)),
            w.say(
                "A lane for each of those who act; {n} milestones, the first on {day}: {what}.",
                n=w.whole(len(found.milestones)),
                day=w.day(first.first),
                what=first.milestone.title(w.lang),
            ),
            timeline_chart(found, w.lang),
            (columns[0], columns[1], columns[2]),
            tuple(row[:3] for row in rows),
            w.runs(
                "Dashed line: the as-of date. Each milestone stands as late as practice would have "
                "it; a bar shows how much later the rules would still allow it."
            ),
        )
    )
    blocks.append(
        Table("table-timeline", w.say("What falls due, and what must exist by then"), columns, rows)
    )
    if found.advice:
        blocks.append(
            Bullets(tuple(w.told(advice_text(one, found, w.lang)) for one in found.advice))
        )
    return blocks
