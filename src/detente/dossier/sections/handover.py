"""Handover: what one member of the Council, or one who carried a topic, leaves to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.denominators.tiers_arrays import Tier
from detente.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Note,
    Paragraph,
    Section,
    Table,
)
from detente.dossier.build import Build
from detente.dossier.findings import Findings
from detente.dossier.sections.handover_words import (
    MOST_NAMES,
    HandoverWords,
    basis_words,
    came_of_it,
    failed_words,
    kept_before,
    not_yes,
    seat_row,
    sponsor_words,
    vote_words,
    who_followed,
)
from detente.handover.leaving import Handover
from detente.handover.texts import Text as Adopted
from detente.language import Lang

MOST_TEXTS, MOST_STANDING = 40, 12


@dataclass(frozen=True)
class Part:
    """A part of a handover: a heading and what stands under it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


def _seats(w: HandoverWords) -> Part | None:
    found = w.found
    if found.term is None:
        return None
    giver, receiver = w.name(found.giver.iso3), w.name(found.receiver.iso3)
    rows = [seat_row(w, found.giver.iso3, found.term, found.came_from, found.passed_to)]
    if found.next_terms:
        rows.append(
            seat_row(w, found.receiver.iso3, found.next_terms[0], found.next_from, found.next_to)
        )
    blocks: list[Block] = [
        Paragraph(w.plain(who_followed(w, giver, receiver))),
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


def _text_table(
    w: HandoverWords, anchor: str, caption: str, texts: Sequence[Adopted], apart: bool = True
) -> Table:
    """Return texts as a table; ``apart`` adds who did not vote yes and who submitted them."""
    columns = [
        Column(w.say("Date"), 1.0),
        Column(w.say("Text"), 1.7),
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
                w.plain(vote_words(w, text)),
                *((w.plain(not_yes(w, text)), w.plain(sponsor_words(w, text))) if apart else ()),
            )
            for text in texts
        ),
        w.runs("Votes: yes, no, abstained. Titles as the record has them, in English."),
    )


def _texts(w: HandoverWords) -> Part:
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
    if found.called:
        called = ", ".join(
            f"{session} ({w.house.short_day(day)})" for session, _, day in found.called
        )
        blocks.append(
            Paragraph(
                w.runs(
                    "Special sessions that {giver} asked for: {called}.",
                    giver=w.name(found.giver.iso3),
                    called=called,
                )
            )
        )
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


def _due(w: HandoverWords) -> Part:
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
                        w.plain(basis_words(w, one)),
                        w.plain(kept_before(w, one)),
                        w.plain(came_of_it(w, one)),
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


def _short(w: HandoverWords) -> list[Block]:
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


def _unresolved(w: HandoverWords) -> Part:
    found = w.found
    blocks: list[Block] = []
    if found.failed:
        blocks.append(Paragraph(w.runs("Drafts that failed in the term:")))
        blocks.append(Bullets(tuple(failed_words(w, draft) for draft in found.failed)))
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
        blocks.append(Bullets(tuple(failed_words(w, draft) for draft in found.perhaps)))
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


def _standing(w: HandoverWords) -> Part:
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
            w.plain(f"{one.symbol}, {w.house.short_day(one.date)}{w.colon}{one.title}")
            for one in denominator.agreed[:MOST_STANDING]
        )
        blocks.append(
            Paragraph(w.runs("In the Assembly, none of {parties} objected to:", parties=parties))
        )
        blocks.append(Bullets(items))
    return Part("handover-standing", w.say("What commands no objection"), tuple(blocks))


def _lead(w: HandoverWords) -> Paragraph:
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
    w = HandoverWords(found, lang)
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
    w = HandoverWords(found, lang)
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
