"""Handover of a host of summits: what its meetings agreed, what they did not, what comes round."""

from __future__ import annotations

from collections.abc import Sequence

from detente.dossier.blocks import Block, Column, Mark, Note, Paragraph, Runs, Table, Text
from detente.dossier.sections.domain_words import DomainWords
from detente.dossier.sections.handover import Part
from detente.handover.hosting import Hosting, Meeting, Round
from detente.language import Lang


def hosting_title(found: Hosting, lang: Lang) -> str:
    """Return what the handover is called."""
    w = DomainWords(lang, "handover")
    return w.say(
        "Handover of a host: {giver} to {receiver}",
        giver=found.giver.name(lang),
        receiver=found.receiver.name(lang),
    )


def hosting_parts(found: Hosting, lang: Lang) -> tuple[Part, ...]:
    """Return the parts of a host's handover, the summary first."""
    w = DomainWords(lang, "handover")
    lead = w.say(
        "Meetings that {giver} hosted or offered, {first} to {last}: {n}; with an agreed text: "
        "{agreed}; without one: {open}.",
        giver=found.giver.name(lang),
        first=found.first.year,
        last=found.end.year,
        n=len(found.meetings),
        agreed=len(found.agreed),
        open=len(found.open),
    )
    until = w.say("Handed over as of {day}; nothing later enters it.", day=w.house.day(found.end))
    first: tuple[Block, ...] = (
        Paragraph(w.plain(f"{lead} {until}"), lead=True),
        Note(
            w.runs(
                "The record of summits is a selection: what it does not hold may have taken place."
            )
        ),
    )
    parts = [
        Part("handover", hosting_title(found, lang), first),
        _meetings(w, "agreed", w.say("What was agreed"), found.agreed),
        _meetings(w, "open", w.say("What stands unresolved"), found.open),
        _rounds(w, found),
    ]
    if found.since:
        receiver = found.receiver.name(lang)
        title = w.say("What {receiver} has hosted since", receiver=receiver)
        parts.append(_meetings(w, "since", title, found.since))
    return tuple(parts)


def _name(w: DomainWords, meeting: Meeting) -> Runs:
    runs: Runs = (Text(meeting.name),)
    if meeting.memory:
        runs += (Text(" "), Mark(w.say("partly from memory"), "fair"))
    return runs


def _state(w: DomainWords, meeting: Meeting) -> str:
    if meeting.held is None:
        return w.say("not yet known")
    if not meeting.held:
        return w.say("proposed, not held")
    return w.say("text agreed") if meeting.agreed else w.say("no text agreed")


def _meetings(w: DomainWords, name: str, title: str, meetings: Sequence[Meeting]) -> Part:
    if not meetings:
        return Part(f"handover-{name}", title, (Paragraph(w.runs("Nothing on record.")),))
    table = Table(
        f"table-handover-{name}",
        title,
        (
            Column(w.say("Date"), 1.1),
            Column(w.say("Meeting"), 2.2),
            Column(w.say("How it was convened"), 2.2),
            Column(w.say("Result"), 1.1),
            Column(w.say("Outcome"), 2.4),
        ),
        tuple(
            (
                w.plain(w.house.short_day(one.day)),
                _name(w, one),
                w.plain(one.mechanism),
                w.plain(_state(w, one)),
                w.plain(one.outcome or "–"),
            )
            for one in meetings
        ),
        w.runs("Meetings, ways and outcomes as the record has them, in English."),
    )
    return Part(f"handover-{name}", title, (table,))


def _came(w: DomainWords, one: Round) -> str:
    if one.followed is None:
        return w.say("no later meeting on record")
    if one.held is None:
        return w.say(
            "{name} on {day}; by its number not the next",
            name=one.followed.name,
            day=w.house.short_day(one.followed.day),
        )
    message = "{symbol} on {day}, in time" if one.held else "{symbol} on {day}, not in time"
    return w.say(message, symbol=one.followed.name, day=w.house.short_day(one.followed.day))


def _rounds(w: DomainWords, found: Hosting) -> Part:
    title = w.say("What comes round next")
    if not found.rounds:
        none = w.runs("The record states a cycle for none of these meetings.")
        return Part("handover-rounds", title, (Paragraph(none),))
    table = Table(
        "table-handover-rounds",
        title,
        (
            Column(w.say("About"), 1.1),
            Column(w.say("Last meeting"), 2.2),
            Column(w.say("How it is known"), 1.8),
            Column(w.say("What came of it, as of {day}", day=w.house.short_day(found.as_of)), 2.2),
        ),
        tuple(
            (
                w.plain(w.house.short_day(one.day)),
                w.plain(one.meeting.name),
                w.plain(w.say("cycle of {n} years, by the record", n=one.years)),
                w.plain(_came(w, one)),
            )
            for one in found.rounds
        ),
        w.runs("In time: within six months of the day."),
    )
    return Part("handover-rounds", title, (table,))
