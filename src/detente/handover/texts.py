"""The texts that a term leaves behind: what was adopted on a subject, by what vote, what failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.errors import NotFound
from detente.topics import Topic, assign, find_topic
from detente.topics.reading import read


@dataclass(frozen=True)
class Subject:
    """What a handover is about.

    Attributes:
        words: as typed.
        topic: the topic of the taxonomy that they name, if they name one.
    """

    words: str
    topic: Topic | None

    def says(self, *fields: str | None) -> bool:
        """Return whether the fields of a text hold every word that was typed."""
        text = " ".join(field for field in fields if field).casefold()
        return all(word in text for word in self.words.casefold().split())


@dataclass(frozen=True)
class Text:
    """A text that was adopted.

    Attributes:
        key: its symbol in the Council, the vote_id or symbol in the Assembly.
        totals: yes, no, abstentions; None where no vote was recorded.
        apart: no, abstain or absent -> who cast it, sorted; empty where all voted yes, or where no
            vote was recorded.
        sponsors: who submitted it, as far as the record says; None where it does not.
        recorded: True where a roll call was taken.
    """

    key: str
    symbol: str
    day: date
    title: str
    totals: tuple[int, int, int] | None
    apart: Mapping[str, tuple[str, ...]]
    sponsors: tuple[str, ...] | None
    recorded: bool

    @property
    def unopposed(self) -> bool:
        """Whether nobody voted no or abstained."""
        return not (self.apart.get("no") or self.apart.get("abstain"))


@dataclass(frozen=True)
class Failed:
    """A draft that the Council did not adopt."""

    draft: str
    day: date
    outcome: str
    vetoed_by: tuple[str, ...]
    agenda: str


def subject(words: str) -> Subject:
    """Return what the words name: a topic of the taxonomy where they name one, else themselves.

    Raises:
        NotFound: no word was typed.
    """
    if not words.split():
        raise NotFound("no topic is named: write one after --topic, such as Afghanistan")
    try:
        return Subject(words.strip(), find_topic(words))
    except NotFound:
        return Subject(words.strip(), None)


def _about(
    archive: Archive, topic: Topic | None, tables: tuple[str, ...], main_only: bool
) -> set[str]:
    """Return the keys of the texts that are about a topic; with ``main_only``, mainly about it."""
    if topic is None:
        return set()
    found = assign(archive)
    rows = found.about(topic.code, main_only)
    return {
        str(key)
        for key, table, hit in zip(found.key, found.table, rows, strict=True)
        if hit and table in tables
    }


def council(archive: Archive, wanted: Subject, first: date, last: date) -> tuple[Text, ...]:
    """Return the Council's resolutions on a subject between two days, oldest first.

    A text is on it where the taxonomy says so, or where its title, headings or agenda item hold
    every word that was typed.
    """
    about = _about(archive, wanted.topic, ("sc_rollcalls",), main_only=False)
    rows = archive.sql(
        "SELECT symbol, date, coalesce(title, ''), agenda, array_to_string(subjects, ' '), "
        "modality, yes, no, abstain, sponsors FROM sc_rollcalls WHERE date BETWEEN ? AND ? "
        "ORDER BY date, number",
        (first, last),
    )
    kept = [row for row in rows if row[0] in about or wanted.says(row[2], row[3], row[4])]
    apart = _apart(archive, "sc_votes", "symbol", [row[0] for row in kept])
    return tuple(
        Text(
            symbol,
            symbol,
            day,
            title,
            None if yes is None else (yes, no, abstain),
            apart.get(symbol, {}),
            None if sponsors is None else tuple(sponsors),
            modality == "recorded vote",
        )
        for symbol, day, title, _, _, modality, yes, no, abstain, sponsors in kept
    )


def assembly(archive: Archive, wanted: Subject, first: date, last: date) -> tuple[Text, ...]:
    """Return the Assembly's resolutions on a subject between two days, oldest first.

    Roll calls and texts adopted without a vote; of the latter only those whose title is on record.
    The Assembly adopts hundreds of texts that touch a topic, so its main topic counts.
    """
    about = _about(archive, wanted.topic, ("rollcalls", "adoptions"), main_only=True)
    rows = archive.sql(
        "SELECT vote_id, coalesce(symbol, vote_id), date, coalesce(title, ''), agenda, "
        "array_to_string(subjects, ' '), yes, no, abstain, sponsors FROM rollcalls "
        "WHERE kind = 'resolution' AND date BETWEEN ? AND ? "
        "UNION ALL SELECT symbol, symbol, date, title, agenda, array_to_string(subjects, ' '), "
        "NULL, NULL, NULL, NULL FROM adoptions WHERE title IS NOT NULL AND date BETWEEN ? AND ? "
        "ORDER BY 3, 2",
        (first, last, first, last),
    )
    kept = [row for row in rows if row[0] in about or wanted.says(row[3], row[4], row[5])]
    apart = _apart(archive, "votes", "vote_id", [row[0] for row in kept])
    return tuple(
        Text(
            key,
            symbol,
            day,
            title,
            None if yes is None else (yes, no, abstain),
            apart.get(key, {}),
            tuple(sponsors) if sponsors else None,
            yes is not None,
        )
        for key, symbol, day, title, _, _, yes, no, abstain, sponsors in kept
    )


def _apart(
    archive: Archive, table: str, column: str, keys: list[str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for key, iso3, vote in archive.sql(
        f"SELECT {column}, iso3, vote FROM {table} WHERE vote != 'yes' "
        f"AND list_contains(?, {column}) ORDER BY {column}, iso3",
        (keys,),
    ):
        found.setdefault(key, {}).setdefault(vote, []).append(iso3)
    return {
        key: {vote: tuple(states) for vote, states in votes.items()} for key, votes in found.items()
    }


def failed(
    archive: Archive, wanted: Subject, first: date, last: date
) -> tuple[tuple[Failed, ...], tuple[Failed, ...]]:
    """Return the drafts that were vetoed or fell short of votes: on a subject, and perhaps on it.

    The record gives a failed draft its agenda item and no title. It is on the subject where the
    taxonomy reads it from the agenda item, or where that holds every word that was typed; perhaps
    on it where the agenda item names nothing narrower than the wider subject (“Middle East”).
    """
    on: list[Failed] = []
    perhaps: list[Failed] = []
    code = wanted.topic.code if wanted.topic else None
    for draft, day, outcome, vetoed_by, agenda in archive.sql(
        "SELECT draft, date, outcome, vetoed_by, coalesce(agenda, '') FROM sc_failed "
        "WHERE date BETWEEN ? AND ? ORDER BY date, draft",
        (first, last),
    ):
        made = Failed(draft, day, outcome, tuple(vetoed_by or ()), agenda)
        reading = read(agenda, council=True)
        codes = [one for one in (reading.main, *reading.others) if one]
        if wanted.says(agenda) or any(_within(one, code) for one in codes):
            on.append(made)
        elif wanted.topic and reading.tier == 0 and _broad(reading.main, wanted.topic):
            perhaps.append(made)
    return tuple(on), tuple(perhaps)


def _within(code: str, wanted: str | None) -> bool:
    return wanted is not None and (code == wanted or code.startswith(wanted + "/"))


def _broad(code: str | None, topic: Topic) -> bool:
    """Whether a weakly read topic shares the wider subject of the one wanted."""
    return code is not None and code.split("/")[0] == topic.code.split("/")[0]
