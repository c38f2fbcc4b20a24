"""Handover: what one member of the Council, or one who carried a topic, leaves to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from detente.denominators.tiers_arrays import Tier
from detente.dossier import words as house
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
from detente.dossier.findings import Findings
from detente.dossier.sections import Build
from detente.handover.leaving import Handover
from detente.handover.recurring import Due
from detente.handover.seats import Passing, Term, group_name
from detente.handover.texts import Failed
from detente.handover.texts import Text as Adopted
from detente.language import Lang, translator

MOST_SPONSORS, MOST_NAMES, MOST_TEXTS, MOST_STANDING = 6, 12, 40, 12


@dataclass(frozen=True)
class Part:
    """A part of a handover: a heading and what stands under it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


class _Words:
    """The words of a handover, with the dates and numbers of the house."""

    def __init__(self, found: Handover, lang: Lang) -> None:
        self.found, self.lang, self.house = found, lang, house.words(lang)
        self._translate = translator(lang, "handover")

    def say(self, message: str, **values: object) -> str:
        text = self._translate(message, **values)
        return house.french_spaces(text) if self.lang == "fr" else text

    def runs(self, message: str, **values: object) -> Runs:
        return (Text(self.say(message, **values)),)

    def plain(self, text: str) -> Runs:
        return (Text(text),) if text else ()

    def name(self, iso3: str) -> str:
        state = self.found.names.get(iso3)
        return state.name(self.lang) if state else iso3

    def names(self, codes: Sequence[str], most: int = MOST_NAMES) -> str:
        named = [self.name(code) for code in codes]
        if len(named) > most:
            rest = len(named) - most
            return f"{', '.join(named[:most])} " + self.say("and {n} more", n=rest)
        return self.house.listed(named)

    def topic(self) -> str:
        topic = self.found.subject.topic
        if topic is None:
            return self.house.quoted(self.found.subject.words)
        return topic.name_fr if self.lang == "fr" else topic.name_en

    def month(self, day: date) -> str:
        return str(format_date(day, "MMMM y", locale=self.house.locale))

    def years(self) -> str:
        first, last = self.found.first.year, self.found.last.year
        return str(first) if first == last else f"{first}–{last}"


def _vote(w: _Words, text: Adopted) -> str:
    if text.totals is not None:
        return "-".join(str(n) for n in text.totals)
    return w.say("without a vote") if not text.recorded else w.say("vote not recorded")


def _apart(w: _Words, text: Adopted) -> str:
    if text.totals is None:
        return w.say("unknown") if text.recorded else "–"
    colon = " : " if w.lang == "fr" else ": "
    labels = (("no", w.say("no")), ("abstain", w.say("abstained")), ("absent", w.say("absent")))
    parts = []
    for vote, label in labels:
        who = text.apart.get(vote, ())
        if vote == "absent" and len(who) > MOST_NAMES:
            parts.append(f"{label}{colon}{len(who)}")
        elif who:
            parts.append(f"{label}{colon}{w.names(who)}")
    return (
        house.french_spaces("; ".join(parts))
        if w.lang == "fr" and parts
        else "; ".join(parts) or "–"
    )


def _sponsors(w: _Words, text: Adopted) -> str:
    return "–" if not text.sponsors else w.names(text.sponsors, MOST_SPONSORS)


def _passing(w: _Words, found: Passing | None, came: bool) -> str:
    """Say from whom a seat came, or to whom it passed, or why that cannot be said."""
    if found is None:
        return w.say("not known")
    who = found.left if came else found.entered
    if found.plain:
        return w.name(who[0])
    return w.say("{names} (the record does not say which)", names=_either(w, who))


def _either(w: _Words, codes: Sequence[str]) -> str:
    named = [w.name(code) for code in codes]
    if len(named) < 2:
        return "".join(named)
    return w.say("{some} or {last}", some=", ".join(named[:-1]), last=named[-1])


def _seat_row(
    w: _Words, iso3: str, term: Term, came: Passing | None, went: Passing | None
) -> tuple[Runs, ...]:
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
        w.plain("–" if term.permanent else _passing(w, came, True)),
        w.plain("–" if term.permanent else _passing(w, went, False)),
    )


def _seats(w: _Words) -> Part | None:
    found = w.found
    if found.term is None:
        return None
    giver, receiver = w.name(found.giver.iso3), w.name(found.receiver.iso3)
    rows = [_seat_row(w, found.giver.iso3, found.term, found.came_from, found.passed_to)]
    if found.next_terms:
        rows.append(
            _seat_row(w, found.receiver.iso3, found.next_terms[0], found.next_from, found.next_to)
        )
    blocks: list[Block] = [
        Paragraph(w.plain(_who_followed(w, giver, receiver))),
        Table(
            "table-handover-seats",
            w.say("The seats"),
            (
                Column(w.say("Member"), 1.2),
                Column(w.say("Term"), 0.9),
                Column(w.say("Group"), 1.6),
                Column(w.say("Seat came from"), 1.5),
                Column(w.say("Seat passed to"), 1.5),
            ),
            tuple(rows),
            w.runs(
                "From the dated membership of the Council and of the regional groups. Where two "
                "seats of a group change hands on one day, nobody’s seat is traced."
            ),
        ),
    ]
    if found.earlier_terms:
        blocks.append(
            Paragraph(
                w.runs(
                    "Earlier terms of {receiver}: {years}.",
                    receiver=receiver,
                    years=w.house.listed(term.years for term in found.earlier_terms),
                )
            )
        )
    if found.presided:
        months = w.house.listed(w.month(one.month) for one in found.presided)
        blocks.append(
            Paragraph(
                w.runs(
                    "Presidency of the Council, derived from the English alphabetical rotation "
                    "({giver}): {months}.",
                    giver=giver,
                    months=months,
                )
            )
        )
    return Part("handover-seats", w.say("Who sat, and who followed whom"), tuple(blocks))


def _who_followed(w: _Words, giver: str, receiver: str) -> str:
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
        heir=_either(w, went.entered),
        group=group_name(group, w.lang == "fr") if group else w.say("permanent member"),
    )


def _text_table(
    w: _Words, anchor: str, caption: str, texts: Sequence[Adopted], apart: bool = True
) -> Table:
    """Return texts as a table; ``apart`` adds who did not vote yes and who submitted them."""
    columns = [
        Column(w.say("Date"), 1.0),
        Column(w.say("Text"), 1.4),
        Column(w.say("Title"), 2.8 if apart else 5.0),
        Column(w.say("Vote"), 0.8),
    ]
    if apart:
        columns += [Column(w.say("Did not vote yes"), 1.6), Column(w.say("Submitted by"), 1.5)]
    return Table(
        anchor,
        caption,
        tuple(columns),
        tuple(
            (
                w.plain(w.house.short_day(text.day)),
                w.plain(text.symbol),
                w.plain(text.title),
                w.plain(_vote(w, text)),
                *((w.plain(_apart(w, text)), w.plain(_sponsors(w, text))) if apart else ()),
            )
            for text in texts
        ),
        w.runs("Votes: yes, no, abstained. Titles as the record has them, in English."),
    )


def _texts(w: _Words) -> Part:
    found = w.found
    blocks: list[Block] = []
    shown = found.texts[-MOST_TEXTS:]
    if not found.texts:
        blocks.append(Paragraph(w.runs("No text on the topic was adopted in the term.")))
    else:
        blocks.append(_text_table(w, "table-handover-texts", w.say("Texts of the term"), shown))
    if len(shown) < len(found.texts):
        blocks.append(
            Paragraph(
                w.runs("The newest {n} of {all} are shown.", n=len(shown), all=len(found.texts))
            )
        )
    if found.sponsored:
        most = ", ".join(f"{w.name(iso3)} ({n})" for iso3, n in found.sponsored[:MOST_NAMES])
        blocks.append(Paragraph(w.runs("Who submitted them, and how many: {most}.", most=most)))
    if found.own:
        own = ", ".join(text.symbol for text in found.own)
        blocks.append(
            Paragraph(
                w.runs(
                    "Of these, submitted by {giver}: {own}.",
                    giver=w.name(found.giver.iso3),
                    own=own,
                )
            )
        )
    if any(text.sponsors is None for text in found.texts):
        blocks.append(Paragraph(w.runs("Where no sponsor is shown, the record does not name one.")))
    return Part("handover-texts", w.say("What was adopted, and how all voted"), tuple(blocks))


def _basis(w: _Words, one: Due) -> str:
    if one.basis == "stated end":
        return w.say("end stated in the title of {symbol}", symbol=one.text.symbol)
    assert one.interval is not None
    return w.say(
        "derived: such texts came every {n} days, last {symbol}",
        n=one.interval,
        symbol=one.text.symbol,
    )


def _kept(w: _Words, one: Due) -> str:
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


def _came(w: _Words, one: Due) -> str:
    if one.held is None and one.followed is None:
        return w.say("not yet known")
    if one.followed is None:
        return w.say("nothing of the kind on record")
    message = "{symbol} on {day}, in time" if one.held else "{symbol} on {day}, not in time"
    return w.say(message, symbol=one.followed.symbol, day=w.house.short_day(one.followed.day))


def _due(w: _Words) -> Part:
    found = w.found
    blocks: list[Block] = []
    if found.due:
        blocks.append(
            Table(
                "table-handover-due",
                w.say("What falls due in the two years after"),
                (
                    Column(w.say("By"), 1.0),
                    Column(w.say("What"), 2.8),
                    Column(w.say("How it is known"), 1.6),
                    Column(w.say("Held before"), 1.4),
                    Column(
                        w.say("What came of it, as of {day}", day=w.house.short_day(found.as_of)),
                        1.5,
                    ),
                ),
                tuple(
                    (
                        w.plain(w.house.short_day(one.day)),
                        w.plain(one.text.title),
                        w.plain(_basis(w, one)),
                        w.plain(_kept(w, one)),
                        w.plain(_came(w, one)),
                    )
                    for one in found.due
                ),
            )
        )
    else:
        blocks.append(
            Paragraph(
                w.runs(
                    "Nothing falls due that the titles and dates of the record would show: no "
                    "title states an end, and no series comes back evenly."
                )
            )
        )
    blocks.append(
        Note(
            w.runs(
                "Derived from titles and dates. Reporting dates set inside a text are not in the "
                "record: read its operative paragraphs. A renewal counts as in time up to a week "
                "after the end stated, or within a twelfth of the interval of the date foretold."
            )
        )
    )
    return Part("handover-due", w.say("What falls due next"), tuple(blocks))


def _failed(w: _Words, draft: Failed) -> Runs:
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


def _short(w: _Words) -> list[Block]:
    """Return what the denominator of the topic adds where it falls short."""
    found = w.found.denominator
    if found is None or found.tier <= Tier.NOBODY_OBJECTS:
        return []
    parties = {party.code: party.name(w.lang) for party in w.found.parties}
    told = {
        Tier.ONE_SHORT: w.say(
            "In the Assembly the topic is one short: without the objection of {who}, two thirds "
            "of its texts would draw none.",
            who=w.house.listed(parties[code] for code in found.short),
        )
        if found.short
        else "",
        Tier.SPLIT: w.say("In the Assembly the topic is split: two parties or more object."),
        Tier.UNKNOWN: w.say("The Assembly’s record on the topic is too thin to tell."),
    }
    return [Paragraph(w.plain(told[found.tier]))] if told.get(found.tier) else []


def _unresolved(w: _Words) -> Part:
    found = w.found
    blocks: list[Block] = []
    if found.failed:
        blocks.append(Paragraph(w.runs("Drafts that failed in the term:")))
        blocks.append(Bullets(tuple(_failed(w, draft) for draft in found.failed)))
    elif found.body == "SC":
        blocks.append(Paragraph(w.runs("No draft on the topic failed in the term.")))
    if found.perhaps:
        blocks.append(
            Paragraph(
                w.runs(
                    "Further drafts that failed; their agenda item names the wider subject only, "
                    "so the record does not tell whether they were on the topic:"
                )
            )
        )
        blocks.append(Bullets(tuple(_failed(w, draft) for draft in found.perhaps)))
    if found.contested:
        blocks.append(
            _text_table(
                w,
                "table-handover-contested",
                w.say("Texts of the last ten years whose newest version somebody opposed"),
                found.contested[:MOST_STANDING],
            )
        )
    else:
        blocks.append(
            Paragraph(
                w.runs(
                    "No text of the last ten years drew a no or an abstention in its newest "
                    "version."
                )
            )
        )
    blocks += _short(w)
    return Part("handover-unresolved", w.say("What stands unresolved"), tuple(blocks))


def _standing(w: _Words) -> Part:
    found = w.found
    blocks: list[Block] = []
    if found.standing:
        blocks.append(
            _text_table(
                w,
                "table-handover-standing",
                w.say("Texts of the last ten years whose newest version nobody opposed"),
                found.standing[:MOST_STANDING],
                apart=False,
            )
        )
    else:
        blocks.append(Paragraph(w.runs("No text of the last ten years went unopposed.")))
    denominator = found.denominator
    parties = w.house.listed(party.name(w.lang) for party in found.parties)
    if denominator is not None and denominator.probability is not None:
        assert denominator.low is not None
        assert denominator.high is not None
        blocks.append(
            Paragraph(
                w.runs(
                    "Chance that the next text of the Assembly on the topic that is put to a vote "
                    "draws no objection from {parties}: {chance} (90% interval {range}; roll "
                    "calls in evidence: {cases}).",
                    parties=parties,
                    chance=w.house.percent(denominator.probability),
                    range=w.house.percent_range(denominator.low, denominator.high),
                    cases=denominator.cases,
                )
            )
        )
    if denominator is not None and denominator.agreed:
        items = tuple(
            w.plain(f"{one.symbol}, {w.house.short_day(one.date)}: {one.title}")
            if w.lang == "en"
            else w.plain(f"{one.symbol}, {w.house.short_day(one.date)} : {one.title}")
            for one in denominator.agreed[:MOST_STANDING]
        )
        blocks.append(
            Paragraph(w.runs("In the Assembly, none of {parties} objected to:", parties=parties))
        )
        blocks.append(Bullets(items))
    return Part("handover-standing", w.say("What commands no objection"), tuple(blocks))


def _lead(w: _Words) -> Paragraph:
    found = w.found
    opposed = sum(not text.unopposed for text in found.texts)
    sentences = [
        w.say(
            "{topic}, {body}, {years}: texts adopted {n}, with a no or an abstention {opposed}; "
            "drafts that failed {failed}.",
            topic=w.topic(),
            body=w.say("Security Council") if found.body == "SC" else w.say("General Assembly"),
            years=w.years(),
            n=len(found.texts),
            opposed=opposed,
            failed=len(found.failed),
        )
    ]
    if found.due:
        first = found.due[0]
        sentences.append(
            w.say(
                "First due: {day} ({symbol}).",
                day=w.house.day(first.day),
                symbol=first.text.symbol,
            )
        )
    sentences.append(
        w.say("Handed over as of {day}; nothing later enters it.", day=w.house.day(found.end))
    )
    return Paragraph(w.plain(" ".join(sentences)), lead=True)


def parts(found: Handover, lang: Lang) -> tuple[Part, ...]:
    """Return the parts of a handover, the summary first."""
    w = _Words(found, lang)
    how = (
        w.runs(
            "Texts on the topic are those that the taxonomy assigns to it, and those whose title, "
            "headings or agenda item hold the words {words}.",
            words=w.house.quoted(found.subject.words),
        )
        if found.subject.topic
        else w.runs(
            "No topic of the taxonomy is meant: texts are those whose title, headings or agenda "
            "item hold the words {words}.",
            words=w.house.quoted(found.subject.words),
        )
    )
    first = Part("handover", title(found, lang), (_lead(w), Paragraph(how)))
    rest = (_seats(w), _texts(w), _due(w), _unresolved(w), _standing(w))
    return (first, *(part for part in rest if part is not None))


def title(found: Handover, lang: Lang) -> str:
    """Return what the handover is called."""
    w = _Words(found, lang)
    return w.say(
        "Handover from {giver} to {receiver}: {topic}",
        giver=w.name(found.giver.iso3),
        receiver=w.name(found.receiver.iso3),
        topic=w.topic(),
    )


def written(found: Handover, lang: Lang) -> Section:
    """Return the handover as one section of a dossier."""
    first, *rest = parts(found, lang)
    blocks = list(first.blocks)
    for part in rest:
        blocks += [Heading(part.title), *part.blocks]
    return Section(first.anchor, first.title, tuple(blocks))


def section(found: Handover) -> Build:
    """Return the section of a dossier on a handover."""

    def build(_: Findings, lang: Lang) -> Section:
        return written(found, lang)

    return build
