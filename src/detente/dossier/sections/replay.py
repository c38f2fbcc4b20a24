"""Replay: how special and emergency sessions were convened, against the rules of their day."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low

from detente.convening.replay import Attempt, Question, Record, Replayed
from detente.convening.replay.reading import GAPS, Explanation
from detente.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
)
from detente.dossier.build import Build
from detente.dossier.findings import Findings
from detente.dossier.sections.replay_chart import picture
from detente.dossier.sections.replay_words import (
    SHORT,
    ReplayWords,
    days,
    got,
    needed_votes,
    window,
)
from detente.language import Lang


def _by_route(w: ReplayWords, sessions: Sequence[Replayed]) -> Table:
    rows = []
    for route, name in SHORT.items():
        own = [one for one in sessions if one.route.id == route]
        if not own:
            continue
        leads = sorted(one.lead for one in own if one.lead is not None)
        checked = [one.inside for one in own if one.inside is not None]
        rows.append(
            (
                w.runs(name),
                w.plain(str(len(own))),
                w.plain(
                    "–"
                    if not leads
                    else w.say(
                        "{low} to {high}, median {middle}",
                        low=w.house.whole(leads[0]),
                        high=w.house.whole(leads[-1]),
                        middle=w.house.whole(median_low(leads)),
                    )
                ),
                w.plain(
                    w.say("{n} of {all}", n=sum(checked), all=len(checked)) if checked else "–"
                ),
                w.plain(", ".join(one.session for one in own[-3:])),
            )
        )
    return Table(
        "table-replay-routes",
        w.say("Sessions by who called them"),
        (
            Column(w.say("Called by"), 1.5),
            Column(w.say("Sessions"), 0.7, "right"),
            Column(w.say("Days from request to opening"), 1.8),
            Column(w.say("Opened within the window"), 1.2),
            Column(w.say("Latest"), 1.3),
        ),
        tuple(rows),
        w.runs(
            "The window is that of the clocks of the rules in force on the day of the request; "
            "rule 7, by which the Assembly fixes a day itself, sets none."
        ),
    )


def _figure(w: ReplayWords, found: Record) -> Figure:
    table = _sessions(w, found.sessions)
    late = [one.session for one in found.sessions if one.inside is False]
    return Figure(
        "figure-replay",
        w.say("From request to opening, against the window of the rule"),
        w.say(
            "A row a session: a mark at the days from request to opening, a bar for the window. "
            "Outside their window: {late}.",
            late=w.house.listed(late) or "–",
        ),
        picture(found.sessions, w.lang),
        table.columns,
        table.rows,
        w.runs(
            "Bars: days on which the rules in force let the session open. Marks without a bar: the "
            "Assembly fixed the day itself, or the clock cannot be checked. The scale widens "
            "towards zero."
        ),
    )


def _sessions(w: ReplayWords, sessions: Sequence[Replayed]) -> Table:
    return Table(
        "table-replay-sessions",
        w.say("Every session, by the rule of its day"),
        (
            Column(w.say("Session"), 2.1),
            Column(w.say("Called by"), 1.1),
            Column(w.say("Opened"), 1.3),
            Column(w.say("Needed"), 0.9),
            Column(w.say("Vote"), 1.1),
            Column(w.say("Days (window)"), 1.2),
            Column(w.say("Differences"), 1.6),
        ),
        tuple(
            (
                w.plain(f"{one.session}{w.colon}{w.say(one.topic)}"),
                w.plain(w.route(one)),
                w.plain(w.house.short_day(one.opened)),
                w.plain(needed_votes(w, one)),
                w.plain(got(w, one)),
                w.plain(days(w, one)),
                w.plain("; ".join(w.say(d.kind) for d in one.differences) or "–"),
            )
            for one in sessions
        ),
        w.runs(
            "Votes: yes, no, abstained. Where the record of sessions gives no day, that of the "
            "resolution is taken; for texts adopted without a vote before 2019 it is the last day "
            "it can have been."
        ),
    )


def differences(w: ReplayWords, sessions: Sequence[Replayed], gaps: bool) -> Bullets | None:
    """Return why history departs from the rules, or, for ``gaps``, what the record lacks."""
    told: dict[tuple[str, Explanation], list[str]] = {}
    for one in sessions:
        for difference in one.differences:
            if (difference.kind in GAPS) == gaps:
                told.setdefault((difference.kind, difference.why), []).append(one.session)
    items = tuple(
        (
            Text(f"{w.house.listed(names)}{w.colon}", strong=True),
            Text(w.say(kind) + ". "),
            *w.why(why),
        )
        for (kind, why), names in told.items()
    )
    return Bullets(items) if items else None


def _attempts(w: ReplayWords, found: Sequence[Attempt]) -> list[Block]:
    if not found:
        return []
    told: dict[Explanation, list[str]] = {}
    for one in found:
        for difference in one.differences:
            told.setdefault(difference.why, []).append(one.key)
    table = Table(
        "table-replay-attempts",
        w.say("Votes on sessions that did not come about"),
        (
            Column(w.say("Date"), 1.2),
            Column(w.say("Text"), 1.2),
            Column(w.say("Proposal"), 2.7),
            Column(w.say("Vote"), 0.9),
            Column(w.say("By the rule"), 1.0),
            Column(w.say("By the record"), 1.5),
        ),
        tuple(
            (
                w.plain(w.house.short_day(one.day)),
                w.plain(one.key),
                w.plain(w.say(one.proposal)),
                w.plain(f"{one.yes}-{one.no}-{one.abstain}"),
                w.plain(w.say("carried") if one.met else w.say("lost")),
                w.plain(w.say("adopted, not held") if one.adopted else w.say("rejected")),
            )
            for one in found
        ),
    )
    why = tuple(
        (Text(f"{', '.join(keys)}{w.colon}", strong=True), *w.why(explanation))
        for explanation, keys in told.items()
    )
    return [table, Bullets(why)] if why else [table]


def _substance(w: ReplayWords, found: Sequence[Question]) -> list[Block]:
    if not found:
        return []
    agree = sum(one.met == one.adopted for one in found)
    shown = [one for one in found if one.session == "ES-5"]
    blocks: list[Block] = [
        Paragraph(
            w.runs(
                "What an emergency session recommends needs two thirds of those voting. Of {all} "
                "votes on whole texts in the record, {agree} went as the rule says.",
                all=len(found),
                agree=agree,
            )
        )
    ]
    if shown:
        blocks.append(
            Table(
                "table-replay-thirds",
                w.say("Two thirds in 1967 (fifth emergency session)"),
                (
                    Column(w.say("Date"), 1.0),
                    Column(w.say("Text"), 1.4),
                    Column(w.say("Title"), 3.2),
                    Column(w.say("Vote"), 0.9),
                    Column(w.say("By the rule"), 1.0),
                    Column(w.say("By the record"), 1.1),
                ),
                tuple(
                    (
                        w.plain(w.house.short_day(one.day)),
                        w.plain(one.key),
                        w.plain(one.title),
                        w.plain(f"{one.yes}-{one.no}-{one.abstain}"),
                        w.plain(w.say("carried") if one.met else w.say("lost")),
                        w.plain(w.say("adopted") if one.adopted else w.say("not adopted")),
                    )
                    for one in shown
                ),
                w.runs("Titles as the record has them, in English; days before 2000 are rough."),
            )
        )
    return blocks


def _lead(w: ReplayWords, found: Record) -> Paragraph:
    sessions = found.sessions
    checked = [one for one in sessions if one.inside is not None]
    late = [one.session for one in checked if not one.inside]
    text = w.say(
        "Special and emergency sessions in the record: {n}. With a clock that can be checked: "
        "{checked}; opened within it: {inside}.",
        n=len(sessions),
        checked=len(checked),
        inside=len(checked) - len(late),
    )
    if late:
        text += " " + w.say(
            "Outside it, each for a reason given below: {late}.", late=w.house.listed(late)
        )
    return Paragraph(w.plain(text), lead=True)


def written(found: Record, lang: Lang, whole: bool = False) -> Section:
    """Return the replay as a section; ``whole`` adds every session, attempts and gaps."""
    w = ReplayWords(lang)
    blocks: list[Block] = [_lead(w, found), _by_route(w, found.sessions), _figure(w, found)]
    departures = differences(w, found.sessions, gaps=False)
    if departures:
        blocks += [Heading(w.say("Where history departs from the rule, and why")), departures]
    if whole:
        blocks += [Heading(w.say("Every session")), _sessions(w, found.sessions)]
        gaps = differences(w, found.sessions, gaps=True)
        if gaps:
            blocks += [Heading(w.say("What the record does not tell")), gaps]
        blocks += [Heading(w.say("Attempts that led to no session"))]
        blocks += _attempts(w, found.attempts)
        blocks += [
            Heading(w.say("What emergency sessions recommend")),
            *_substance(w, found.questions),
        ]
    memory = sum(one.confidence == "MEMORY" for one in found.sessions)
    if memory:
        blocks.append(
            Note(
                w.runs(
                    "The record of {n} of {all} sessions rests in part on memory; the archive says "
                    "which part.",
                    n=memory,
                    all=len(found.sessions),
                ),
                "memory",
            )
        )
    return Section("replay", w.say("How such sessions were convened before"), tuple(blocks))


def section(found: Record) -> Build:
    """Return the section of a dossier on how such sessions were convened."""

    def build(_: Findings, lang: Lang) -> Section:
        return written(found, lang)

    return build


def one_session(one: Replayed, lang: Lang) -> Section:
    """Return one session replayed, as a section of facts and reasons."""
    w = ReplayWords(lang)
    decision = one.decision
    facts = [
        (w.say("Topic"), w.say(one.topic)),
        (w.say("Called by"), w.route(one)),
        (w.say("Rule"), one.rule.title(lang) + f" ({one.rule.provision})"),
        (
            w.say("Requested or decided"),
            w.house.day(one.requested) if one.requested else w.say("day not on record"),
        ),
        (w.say("Opened"), w.house.day(one.opened)),
        (w.say("Days"), "–" if one.lead is None else w.house.whole(one.lead)),
        (w.say("Window"), window(w, one)),
        (w.say("Needed"), needed_votes(w, one)),
        (
            w.say("Vote"),
            got(w, one) + (f", {decision.symbol}" if decision and decision.symbol else ""),
        ),
    ]
    facts += [
        (
            w.say("Concurred by {day}", day=w.house.short_day(known.day))
            if known.day
            else w.say("Concurred"),
            str(known.members),
        )
        for known in one.concurred
    ]
    if one.deadlock:
        vetoes = "; ".join(f"{draft}, {w.house.short_day(day)}" for draft, day in one.deadlock)
        facts.append((w.say("Vetoes before it"), vetoes))
    blocks: list[Block] = [
        Table(
            "table-replay-session",
            w.say("The session by the rule of its day"),
            (Column(w.say("What"), 1.0), Column(w.say("As it was"), 3.0)),
            tuple((w.plain(label), w.plain(w.spaced(value))) for label, value in facts),
        )
    ]
    for gaps in (False, True):
        items = differences(w, [one], gaps)
        if items:
            blocks.append(items)
    if not one.differences:
        blocks.append(Paragraph(w.runs("History kept to the rule in all that the record tells.")))
    if one.confidence == "MEMORY":
        blocks.append(Note(w.runs("Part of the record of this session rests on memory."), "memory"))
    return Section("replay-session", one.session, tuple(blocks))
