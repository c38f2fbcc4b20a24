"""What a Council member, or whoever carried a topic in the Assembly, leaves to the next.

Everything that is handed over is read from the archive as it stood on the last day of the term:
nothing later enters it. What came of it since is shown beside it, as far as the as-of date allows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.archive import Archive, open_archive
from detente.case import Case
from detente.denominators import Denominator, denominators
from detente.errors import CaseError, NotFound
from detente.handover.presidencies import Presidency, presidencies
from detente.handover.recurring import Dated, Due, due, group
from detente.handover.seats import (
    Passing,
    Term,
    came_from,
    find_term,
    passed_to,
    terms,
)
from detente.handover.texts import Failed, Subject, Text, assembly, council, failed, subject
from detente.parties import Party, State, find_party, find_state, members, states

Body = Literal["SC", "GA"]
BODIES: tuple[Body, ...] = ("SC", "GA")

STANDING_YEARS = 10
"""A text that has not come back for so long is no standing agreement."""


@dataclass(frozen=True)
class Handover:
    """What one leaves to the next.

    Attributes:
        body: ``SC`` or ``GA``.
        giver, receiver: the states.
        subject: what it is about.
        first, last: the days of the term that is handed over.
        as_of: the day whose knowledge may be used; ``end`` is the day of handing over, the earlier
            of ``last`` and ``as_of``.
        term: the giver's seat; None in the Assembly.
        came_from, passed_to: how the seat came and went; None where that cannot be told.
        next_terms: the receiver's terms that end after the giver's; empty in the Assembly.
        earlier_terms: the receiver's other terms.
        presided: the giver's months in the chair, derived.
        texts: adopted in the term, oldest first.
        sponsored: sponsor -> number of these texts, most first.
        own: of these texts, those that the giver sponsored.
        due: what falls due after the end, soonest first.
        failed: drafts that were not adopted in the term.
        perhaps: further ones, whose agenda item names the wider subject only, so that the record
            does not tell whether they were on the topic.
        standing: the newest version of each series of the last ten years that nobody opposed.
        contested: the newest version of each series of the last ten years that somebody opposed.
        parties: whose denominators are shown.
        denominator: of the topic at the end of the term; None without a topic.
        before: the newest text on the subject before the term; None where there is none.
        next_from, next_to: how the seat of the receiver's next term came and went.
        called: special sessions of the years that the giver asked for: session, topic, opening
            day; empty in the Council.
        names: every state by code, to call them by name.
    """

    body: Body
    giver: State
    receiver: State
    subject: Subject
    first: date
    last: date
    end: date
    as_of: date
    term: Term | None
    came_from: Passing | None
    passed_to: Passing | None
    next_terms: tuple[Term, ...]
    earlier_terms: tuple[Term, ...]
    presided: tuple[Presidency, ...]
    texts: tuple[Text, ...]
    sponsored: tuple[tuple[str, int], ...]
    own: tuple[Text, ...]
    due: tuple[Due, ...]
    failed: tuple[Failed, ...]
    perhaps: tuple[Failed, ...]
    standing: tuple[Text, ...]
    contested: tuple[Text, ...]
    parties: tuple[Party, ...]
    denominator: Denominator | None
    before: Text | None
    next_from: Passing | None
    next_to: Passing | None
    called: tuple[tuple[str, str, date], ...]
    names: Mapping[str, State]


def handover(
    archive: Archive,
    giver: str,
    receiver: str,
    words: str,
    *,
    body: Body = "SC",
    years: tuple[int, int] | None = None,
    parties: tuple[str, ...] | None = None,
) -> Handover:
    """Return what one state leaves to another on a topic.

    Args:
        archive: opened as of the day whose knowledge may be used.
        giver, receiver: codes or names of states.
        words: a topic of the taxonomy, or words of titles.
        body: ``SC`` for a term on the Security Council, ``GA`` for years in the General Assembly.
        years: first and last year; by default the giver's last term on the Council.
        parties: codes of those whose objection counts in the denominators; by default the
            permanent members of the Council on the last day.

    Raises:
        CaseError: an unknown state, the same state twice, years missing or out of order.
        NotFound: the giver never sat or not in those years, the receiver never did, or no text of
            the term is on the topic.
    """
    one, other = find_state(archive, giver), find_state(archive, receiver)
    if one == other:
        raise CaseError(
            f"{one.name_en} cannot hand over to itself: name two different states with --from and "
            "--to"
        )
    if parties == ():
        raise CaseError("no party is named: write one after --parties, such as CHN,RUS,USA")
    as_of = archive.as_of or archive.last_day
    if years is not None and years[0] > years[1]:
        raise CaseError(
            f"--years {years[0]}-{years[1]} ends before it begins: write the earlier year first"
        )
    term = find_term(archive, one, years) if body == "SC" else None
    first, last = _span(archive, one, term, years)
    if first > as_of:
        raise NotFound(
            f"{first.year} lies after the as-of date {as_of}: choose earlier --years or a later "
            "--as-of"
        )
    end = min(last, as_of)
    taken = _receiver_terms(archive, other) if body == "SC" else ()
    coming = tuple(held for held in taken if held.last is None or held.last > last)
    wanted = subject(words)
    then = archive if end == as_of else open_archive(as_of=end, folder=archive.folder)
    read = council if body == "SC" else assembly
    everything = read(then, wanted, then.first_day, end)
    texts = tuple(text for text in everything if text.day >= first)
    fell, perhaps = failed(then, wanted, first, end) if body == "SC" else ((), ())
    if not texts and not fell:
        raise NotFound(_nothing(body, wanted, first, end, everything))
    named = members(then, "P5", end) if parties is None else parties
    table = tuple(find_party(then, code) for code in named)
    standing, contested = _newest(everything, end)
    return Handover(
        body=body,
        giver=one,
        receiver=other,
        subject=wanted,
        first=first,
        last=last,
        end=end,
        as_of=as_of,
        term=term,
        came_from=came_from(archive, term) if term else None,
        passed_to=passed_to(archive, term) if term else None,
        next_terms=coming,
        earlier_terms=tuple(held for held in taken if held not in coming),
        presided=presidencies(archive, one.iso3, first, end) if term else (),
        texts=texts,
        sponsored=_sponsored(texts),
        own=tuple(text for text in texts if one.iso3 in (text.sponsors or ())),
        due=_due(archive, body, everything, end, as_of),
        failed=fell,
        perhaps=perhaps,
        standing=standing,
        contested=contested,
        parties=table,
        denominator=_denominator(then, wanted, one, table, end),
        before=next((text for text in reversed(everything) if text.day < first), None),
        next_from=came_from(archive, coming[0]) if coming else None,
        next_to=passed_to(archive, coming[0]) if coming else None,
        called=_called(then, one, first, end) if body == "GA" else (),
        names=states(archive),
    )


def _span(
    archive: Archive, giver: State, term: Term | None, years: tuple[int, int] | None
) -> tuple[date, date]:
    if term is not None:
        return term.first, term.last or archive.as_of or archive.last_day
    if years is None:
        raise CaseError(
            "a handover in the General Assembly has no term of its own: name the years with "
            "--years 2017-2018"
        )
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    if giver.iso3 not in set(members(archive, "UN", first)) | set(members(archive, "UN", last)):
        raise NotFound(
            f"{giver.name_en} was not a member of the United Nations in {years[0]}–{years[1]}: "
            "choose other --years"
        )
    return first, last


def _called(
    then: Archive, giver: State, first: date, end: date
) -> tuple[tuple[str, str, date], ...]:
    """Return the special sessions between two days that a state asked for, by the record."""
    rows = then.sql(
        "SELECT session, topic, opened FROM special_sessions WHERE opened BETWEEN ? AND ? "
        "AND starts_with(requested_by, ?) ORDER BY opened",
        (first, end, giver.name_en),
    )
    return tuple((str(session), str(topic), opened) for session, topic, opened in rows)


def _receiver_terms(archive: Archive, receiver: State) -> tuple[Term, ...]:
    taken = terms(archive, receiver.iso3)
    if not taken:
        when = f" as of {archive.as_of}" if archive.as_of else ""
        raise NotFound(
            f"{receiver.name_en} has not sat on the Security Council{when}, so no term can be "
            "handed over to it: name a state that has with --to"
        )
    return taken


def _nothing(
    body: Body, wanted: Subject, first: date, end: date, everything: tuple[Text, ...]
) -> str:
    what = "Security Council" if body == "SC" else "General Assembly"
    last = everything[-1] if everything else None
    return f"no text of the {what} from {first} to {end} is on “{wanted.words}”: " + (
        f"the last before it is {last.symbol} of {last.day}; choose other --years"
        if last
        else "name a topic of docs/topics.md, or other words of titles"
    )


def _sponsored(texts: tuple[Text, ...]) -> tuple[tuple[str, int], ...]:
    counts = Counter(who for text in texts for who in text.sponsors or ())
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _dated(texts: tuple[Text, ...]) -> list[Dated]:
    return [Dated(text.symbol, text.day, text.title) for text in texts if text.title]


def _newest(texts: tuple[Text, ...], end: date) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return the newest version of each series that nobody opposed, and that somebody did."""
    by_symbol = {text.symbol: text for text in texts}
    recent = [
        by_symbol[series[-1].symbol]
        for series in group(_dated(texts))
        if (end - series[-1].day).days <= STANDING_YEARS * 365.25
    ]
    recent.sort(key=lambda text: (text.day, text.symbol), reverse=True)
    standing = tuple(text for text in recent if text.unopposed and _decided(text))
    return standing, tuple(text for text in recent if not text.unopposed)


def _decided(text: Text) -> bool:
    """Whether it is known how the text was adopted: a roll call, or without a vote."""
    return text.totals is not None or not text.recorded


def _due(
    archive: Archive, body: Body, texts: tuple[Text, ...], end: date, as_of: date
) -> tuple[Due, ...]:
    after: list[Dated] = []
    if as_of > end and body == "SC":
        after = [
            Dated(symbol, day, title)
            for symbol, day, title in archive.sql(
                "SELECT symbol, date, title FROM sc_rollcalls WHERE date > ? AND title IS NOT NULL "
                "ORDER BY date, number",
                (end,),
            )
        ]
    elif as_of > end:
        after = [
            Dated(symbol, day, title)
            for symbol, day, title in archive.sql(
                "SELECT coalesce(symbol, vote_id), date, title FROM rollcalls "
                "WHERE kind = 'resolution' AND date > ? AND title IS NOT NULL "
                "UNION ALL SELECT symbol, date, title FROM adoptions "
                "WHERE date > ? AND title IS NOT NULL ORDER BY 2, 1",
                (end, end),
            )
        ]
    return due(_dated(texts), end, after, as_of)


def _denominator(
    then: Archive, wanted: Subject, giver: State, parties: tuple[Party, ...], end: date
) -> Denominator | None:
    if wanted.topic is None:
        return None
    case = Case("handover", wanted.words, wanted.words, giver, parties, end)
    try:
        return denominators(then, case).of(wanted.topic.code)
    except KeyError:
        return None
