"""The words of a handover: names, votes, seats and due dates, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from detente import typography
from detente.dossier.blocks import Runs
from detente.dossier.sections.domain_words import DomainWords
from detente.handover.leaving import Handover
from detente.handover.recurring import Due
from detente.handover.seats import Passing, Term, group_name
from detente.handover.texts import Failed
from detente.handover.texts import Text as Adopted
from detente.language import Lang

MOST_SPONSORS, MOST_NAMES = 6, 12


class HandoverWords(DomainWords):
    """The words of a handover."""

    def __init__(self, found: Handover, lang: Lang) -> None:
        super().__init__(lang, "handover")
        self.found = found

    def name(self, iso3: str) -> str:
        """Return what a state is called."""
        state = self.found.names.get(iso3)
        return state.name(self.lang) if state else iso3

    def names(self, codes: Sequence[str], most: int = MOST_NAMES) -> str:
        """Return states by name, a count in place of those past the most."""
        named = [self.name(code) for code in codes]
        if len(named) > most:
            rest = len(named) - most
            return f"{', '.join(named[:most])} " + self.say("and {n} more", n=rest)
        return self.house.listed(named)

    def topic(self) -> str:
        """Return what the handover is about."""
        topic = self.found.subject.topic
        if topic is None:
            return self.house.quoted(self.found.subject.words)
        return topic.name_fr if self.lang == "fr" else topic.name_en

    def month(self, day: date) -> str:
        """Return a month in words."""
        return typography.month(self.lang, day)

    def years(self) -> str:
        """Return the years of the term."""
        first, last = self.found.first.year, self.found.last.year
        return str(first) if first == last else f"{first}–{last}"


def vote_words(w: HandoverWords, text: Adopted) -> str:
    """Say by what vote a text was adopted: 12-0-3."""
    if text.totals is not None:
        return "-".join(str(n) for n in text.totals)
    return w.say("without a vote") if not text.recorded else w.say("vote not recorded")


def not_yes(w: HandoverWords, text: Adopted) -> str:
    """Name who did not vote yes; of many that were absent only the number."""
    if text.totals is None:
        return w.say("unknown") if text.recorded else "–"
    labels = (("no", w.say("no")), ("abstain", w.say("abstained")), ("absent", w.say("absent")))
    parts = []
    for vote, label in labels:
        who = text.apart.get(vote, ())
        if vote == "absent" and len(who) > MOST_NAMES:
            parts.append(f"{label}{w.colon}{len(who)}")
        elif who:
            parts.append(f"{label}{w.colon}{w.names(who)}")
    return "; ".join(parts) or "–"


def sponsor_words(w: HandoverWords, text: Adopted) -> str:
    """Name who submitted a text, as far as the record says."""
    return "–" if not text.sponsors else w.names(text.sponsors, MOST_SPONSORS)


def passing_words(w: HandoverWords, found: Passing | None, came: bool) -> str:
    """Say from whom a seat came, or to whom it passed, or why that cannot be said."""
    if found is None:
        return w.say("not known")
    who = found.left if came else found.entered
    if found.plain:
        return w.name(who[0])
    return w.say("{names} (the record does not say which)", names=either(w, who))


def either(w: HandoverWords, codes: Sequence[str]) -> str:
    """Name several of whom one is meant."""
    named = [w.name(code) for code in codes]
    if len(named) < 2:
        return "".join(named)
    return w.say("{some} or {last}", some=", ".join(named[:-1]), last=named[-1])


def seat_row(
    w: HandoverWords, iso3: str, term: Term, came: Passing | None, went: Passing | None
) -> tuple[Runs, ...]:
    """Return a term as a row: member, years, group, whence the seat came and whither it went."""
    french = w.lang == "fr"
    group = (
        w.say("permanent member")
        if term.permanent
        else group_name(term.group, french)
        if term.group
        else w.say("not by group before 1966")
    )
    return (
        w.plain(w.name(iso3)),
        w.plain(term.years),
        w.plain(group),
        w.plain("–" if term.permanent else passing_words(w, came, True)),
        w.plain("–" if term.permanent else passing_words(w, went, False)),
    )


def who_followed(w: HandoverWords, giver: str, receiver: str) -> str:
    """Say whether the seat passed from the one to the other, and if not, where it went."""
    found = w.found
    went = found.passed_to
    if not found.next_terms:
        return w.say(
            "The record as of {day} shows no term of {receiver} after that of {giver}.",
            day=w.house.day(found.as_of),
            receiver=receiver,
            giver=giver,
        )
    if went is None:
        return w.say("To whom the seat of {giver} passed cannot be told.", giver=giver)
    if went.plain and went.entered[0] == found.receiver.iso3:
        return w.say(
            "The seat passed from {giver} to {receiver}, of the same group.",
            giver=giver,
            receiver=receiver,
        )
    if found.receiver.iso3 in went.entered:
        return w.say(
            "{receiver} took one of the seats of the group that {giver} left; which one, the "
            "record does not say.",
            giver=giver,
            receiver=receiver,
        )
    group = found.next_terms[0].group
    return w.say(
        "The topic passes from {giver} to {receiver}, the seat did not: it passed to {heir}. "
        "Seat of {receiver}: {group}.",
        giver=giver,
        receiver=receiver,
        heir=either(w, went.entered),
        group=group_name(group, w.lang == "fr") if group else w.say("permanent member"),
    )


def basis_words(w: HandoverWords, one: Due) -> str:
    """Say how it is known that something falls due."""
    if one.basis == "stated end":
        return w.say("end stated in the title of {symbol}", symbol=one.text.symbol)
    assert one.interval is not None
    return w.say(
        "derived: such texts came every {n} days, last {symbol}",
        n=one.interval,
        symbol=one.text.symbol,
    )


def kept_before(w: HandoverWords, one: Due) -> str:
    """Say how often the same derivation held before in the series."""
    parts = []
    if one.ends[1]:
        parts.append(
            w.say("stated ends met: {hits} of {cases}", hits=one.ends[0], cases=one.ends[1])
        )
    if one.rhythm[1]:
        parts.append(
            w.say("dates foretold: {hits} of {cases}", hits=one.rhythm[0], cases=one.rhythm[1])
        )
    return "; ".join(parts) or w.say("no earlier case")


def came_of_it(w: HandoverWords, one: Due) -> str:
    """Say what came of it, as far as the as-of date tells."""
    if one.held is None and one.followed is None:
        return w.say("not yet known")
    if one.followed is None:
        return w.say("nothing of the kind on record")
    message = "{symbol} on {day}, in time" if one.held else "{symbol} on {day}, not in time"
    return w.say(message, symbol=one.followed.symbol, day=w.house.short_day(one.followed.day))


def failed_words(w: HandoverWords, draft: Failed) -> Runs:
    """Say what became of a draft that failed."""
    if draft.vetoed_by:
        return w.runs(
            "{draft}, {day}: vetoed ({who}). {agenda}.",
            draft=draft.draft,
            day=w.house.short_day(draft.day),
            who=w.names(draft.vetoed_by),
            agenda=draft.agenda.rstrip("."),
        )
    return w.runs(
        "{draft}, {day}: not enough votes. {agenda}.",
        draft=draft.draft,
        day=w.house.short_day(draft.day),
        agenda=draft.agenda.rstrip("."),
    )
