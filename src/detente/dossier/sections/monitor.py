"""What changed between two days: the host's weekly note, as a section of its own."""

from __future__ import annotations

from datetime import date

from detente.case import Case
from detente.denominators.tiers_arrays import Stance
from detente.denominators.wording import STANCES, TIERS
from detente.denominators.wording import words as denominator_words
from detente.dossier import words as dossier_words
from detente.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Note,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from detente.language import Lang, translator
from detente.monitor.events import Event
from detente.monitor.note import Due, Move
from detente.monitor.note import Note as Changes
from detente.monitor.texts import NewText
from detente.steps.catalogue import find_measure
from detente.steps.telling import short_code
from detente.typography import JOIN, spaced

MOST_TEXTS, MOST_MOVES, MOST_EVENTS = 12, 10, 12

STATES = {"done": "done", "late": "late", "due": "due", "coming": "coming"}


class _Writer:
    """Words of the note in one language, for the parties of a case."""

    def __init__(self, case: Case, lang: Lang) -> None:
        self.case, self.lang = case, lang
        self.house = dossier_words.words(lang)
        self._translate = translator(lang, "monitor")

    def say(self, message: str, **values: object) -> str:
        """Return a message in this language with its fields filled in."""
        text = self._translate(message, **values)
        return spaced(self.lang, text)

    def runs(self, text: str, strong: bool = False) -> Runs:
        """Return ready text as runs."""
        return (Text(spaced(self.lang, text), strong),)

    def told(self, message: str, **values: object) -> Runs:
        """Return a message as runs."""
        return (Text(self.say(message, **values)),)

    def short(self, code: str) -> str:
        """Return what tables call a party: the initials of a bloc, the code of a state."""
        return short_code(code, self.lang)

    def name(self, code: str) -> str:
        """Return what a party is called."""
        known = {party.code: party.name(self.lang) for party in self.case.parties}
        return known.get(code, code)

    def percent(self, share: float | None) -> str:
        """Write a share as a whole per cent, or that it is not known."""
        return "–" if share is None else self.house.percent(share)

    def stance(self, text: NewText, place: int) -> str:
        """Write what a party did: one word for a state, with counts for a bloc."""
        stance = text.stances[place]
        if stance == Stance.MISSING and text.body == "Council":
            return self.say("no seat or no vote on record")
        word = denominator_words(self.lang, STANCES[stance])
        yes, abstain, no, members = text.counts[place]
        if members > 1 and text.recorded and yes + abstain + no > 1:
            return f"{word} {yes}{JOIN}-{JOIN}{no}{JOIN}-{JOIN}{abstain}"
        return word


def _day(w: _Writer, day: date) -> str:
    return w.house.short_day(day)


def _texts(w: _Writer, texts: tuple[NewText, ...], anchor: str, caption: str) -> list[Block]:
    shown = texts[:MOST_TEXTS]
    rows = tuple(
        (
            w.runs(_day(w, text.day)),
            (
                Text(text.symbol, strong=True),
                *w.runs(
                    (" " if text.adopted else " " + w.say("(vetoed)") + " ")
                    + (text.title or w.say("title not on record"))
                ),
            ),
            *(w.runs(w.stance(text, place)) for place in range(len(w.case.parties))),
        )
        for text in shown
    )
    note = []
    if len(texts) > len(shown):
        note.append(w.say("{n} more are in the JSON.", n=len(texts) - len(shown)))
    note.append(w.say("Those on which the parties part come first, then the weightiest topics."))
    return [
        Table(
            anchor,
            caption,
            (
                Column(w.say("Date"), 1.1),
                Column(w.say("Text"), 4.2),
                *(Column(w.short(code), 1.1) for code in w.case.codes),
            ),
            rows,
            w.runs(" ".join(note)),
        )
    ]


def _moves(w: _Writer, moved: tuple[Move, ...]) -> list[Block]:
    def tier(move: Move, after: bool) -> str:
        word = denominator_words(w.lang, TIERS[move.after if after else move.before])
        short = ", ".join(w.short(c) for c in (move.short if after else move.short_before))
        return f"{word} ({short})" if short else word

    shown = moved[:MOST_MOVES]
    more = len(moved) - len(shown)
    return [
        Table(
            "table-moves",
            w.say("Topics that moved"),
            (
                Column(w.say("Topic"), 2.4),
                Column(w.say("Tier before"), 1.3),
                Column(w.say("Tier now"), 1.5),
                Column(w.say("Chance before"), 0.9, "right"),
                Column(w.say("Chance now"), 0.9, "right"),
                Column(w.say("Newest text"), 1.3),
            ),
            tuple(
                (
                    w.runs(move.topic.name(w.lang)),
                    w.runs(tier(move, False)),
                    w.runs(tier(move, True)),
                    w.runs(w.percent(move.chance_before)),
                    w.runs(w.percent(move.chance_after)),
                    w.runs(move.evidence or "–"),
                )
                for move in shown
            ),
            w.runs(
                w.say("Chance: that the next text put to a recorded vote draws no objection.")
                + (" " + w.say("{n} more are in the JSON.", n=more) if more else "")
            ),
        )
    ]


def _event(w: _Writer, event: Event) -> Runs:
    text = event.text_fr if w.lang == "fr" else event.text_en
    who = ", ".join(w.short(code) for code in event.parties)
    told = w.say("{day}: {text}", day=_day(w, event.day), text=text)
    if who:
        told = w.say("{text} [{who}]", text=told, who=who)
    if event.memory:
        told = w.say("{text} (from memory, to be checked)", text=told)
    return w.runs(told)


def _steps(w: _Writer, due: tuple[Due, ...]) -> list[Block]:
    if not due:
        return [Paragraph(w.told("No step of the plan falls due or was done."))]
    answered = {None: "–", True: w.say("answered"), False: w.say("not answered")}

    def name(one: Due) -> str:
        measure = find_measure(one.measure)
        own = measure is None or one.name not in (measure.name_en, measure.name_fr)
        return one.name if own or measure is None else measure.name(w.lang)

    def by(one: Due) -> str:
        return w.say("all together") if one.by == "all" else w.name(one.by)

    return [
        Table(
            "table-steps-due",
            w.say("Steps of the plan"),
            (
                Column(w.say("Day"), 1.0),
                Column(w.say("Step"), 2.6),
                Column(w.say("By"), 1.4),
                Column(w.say("State"), 0.9),
                Column(w.say("Answer"), 1.0),
            ),
            tuple(
                (
                    w.runs(_day(w, one.day)),
                    w.runs(f"{one.number}. {name(one)}"),
                    w.runs(by(one)),
                    w.runs(w.say(STATES[one.state])),
                    w.runs(answered[one.answered]),
                )
                for one in due
            ),
            w.told(
                "Late: its day has passed and the plan does not record it as done. Coming: in the "
                "next thirty days."
            ),
        )
    ]


def _tension(w: _Writer, found: Changes) -> list[Block]:
    if found.tension is None:
        return [Note(w.told("Tension is not known here on both days."))]
    return [
        Table(
            "table-tension-moves",
            w.say("Tension of each pair, as a percentile of its own history"),
            (
                Column(w.say("Pair"), 3.0),
                Column(w.say("Before"), 1.0, "right"),
                Column(w.say("Now"), 1.0, "right"),
                Column(w.say("Change"), 1.0, "right"),
            ),
            tuple(
                (
                    w.runs(f"{w.name(pair.a)} – {w.name(pair.b)}"),
                    w.runs(w.house.decimal(pair.before, 0)),
                    w.runs(w.house.decimal(pair.after, 0)),
                    w.runs(w.house.decimal(pair.after - pair.before, 0, sign=True)),
                )
                for pair in found.tension
            ),
        )
    ]


def _reported(w: _Writer, found: Changes) -> list[Block]:
    def share(value: float) -> str:
        return w.house.decimal(value * 1e5, 1)

    return [
        Table(
            "table-reported",
            w.say("Reported events between two states, and as many days before"),
            (
                Column(w.say("Pair"), 3.0),
                Column(w.say("Events before"), 1.0, "right"),
                Column(w.say("Events now"), 1.0, "right"),
                Column(w.say("Conflict before"), 1.1, "right"),
                Column(w.say("Conflict now"), 1.1, "right"),
            ),
            tuple(
                (
                    w.runs(f"{w.name(one.a)} – {w.name(one.b)}"),
                    w.runs(w.house.whole(one.events_before)),
                    w.runs(w.house.whole(one.events_after)),
                    w.runs(share(one.conflict_before)),
                    w.runs(share(one.conflict_after)),
                )
                for one in found.reported
            ),
            w.told(
                "From the event data that were imported here. Conflict: of 100,000 events of the "
                "world, so that growing coverage does not look like conflict."
            ),
        )
    ]


def section(found: Changes, case: Case, lang: Lang) -> Section:
    """Return the note as a section.

    Args:
        found: what changed.
        case: whose parties it is for.
        lang: English or French.
    """
    w = _Writer(case, lang)
    span = {"since": w.house.day(found.since), "day": w.house.day(found.as_of)}
    title = w.say("What changed from {since} to {day}", **span)
    blocks: list[Block] = []
    if found.quiet:
        blocks.append(
            Paragraph(w.told("Nothing changed from {since} to {day}.", **span), lead=True)
        )
    else:
        tiers = sum(move.before != move.after for move in found.moves)
        blocks.append(
            Paragraph(
                w.told(
                    "Texts of the Assembly: {assembly}; of the Council: {council}; topics whose "
                    "tier changed: {tiers}; events: {events}.",
                    assembly=len(found.of("Assembly")) + found.untitled,
                    council=len(found.of("Council")),
                    tiers=tiers,
                    events=len(found.events),
                ),
                lead=True,
            )
        )
    if found.last_after <= found.since:
        blocks.append(
            Note(
                w.told(
                    "The record holds nothing after {last}, so this does not say that nothing "
                    "happened: import newer records with `detente archive import`.",
                    last=w.house.day(found.last_after),
                )
            )
        )
    if found.steps is not None:
        blocks += [Heading(w.say("Steps due")), *_steps(w, found.steps)]
    if found.tension is not None or not found.quiet:
        blocks += [Heading(w.say("Tension")), *_tension(w, found)]
    if found.reported:
        blocks += _reported(w, found)
    if found.events:
        shown = tuple(_event(w, event) for event in found.events[-MOST_EVENTS:])
        blocks += [Heading(w.say("Events")), Bullets(shown)]
    if found.moves:
        blocks += [Heading(w.say("Common denominators")), *_moves(w, found.moves)]
    if found.texts or found.untitled:
        blocks.append(Heading(w.say("Votes and texts")))
    if found.of("Assembly"):
        caption = w.say("New texts of the General Assembly")
        blocks += _texts(w, found.of("Assembly"), "table-assembly", caption)
    if found.untitled:
        blocks.append(
            Paragraph(
                w.told(
                    "Adopted by the Assembly without a vote, with no title on record: {n}.",
                    n=found.untitled,
                )
            )
        )
    if found.of("Council"):
        caption = w.say("New texts of the Security Council")
        blocks += _texts(w, found.of("Council"), "table-council", caption)
    return Section("monitor", title, tuple(blocks))
