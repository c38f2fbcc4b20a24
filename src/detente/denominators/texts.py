"""The texts of the record and what each party did with each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive
from detente.archive.queries import vote_matrix
from detente.denominators.tiers_arrays import Stance, bloc_stances, tiers, unopposed
from detente.parties import Party
from detente.topics import assign

YES, ABSTAIN, NO = 1, 2, 3
NEVER = np.datetime64("9999-12-31", "D")


@dataclass(frozen=True)
class Texts:
    """Texts in order of date, then key, and the parties' stances on them.

    Attributes:
        key: (n_texts,) vote_id of a roll call, symbol of a text adopted without a vote.
        symbol, title: (n_texts,) as recorded; a title may be empty.
        date: (n_texts,) datetime64[D].
        session: (n_texts,) regular session number.
        recorded: (n_texts,) True for a roll call, False for a text adopted without a vote.
        topic: (n_texts,) code of the main topic, empty where unknown.
        counts: (n_texts, n_parties, 4) members that voted yes, abstained, voted no, and members on
            the day; all zero but the last for a text adopted without a vote.
        stances: (n_texts, n_parties) codes of `Stance`.
        tier: (n_texts,) codes of `Tier`.
        unopposed: (n_texts,) 1 nobody objected, 0 somebody did, -1 unknown.
    """

    key: NDArray[Any]
    symbol: NDArray[Any]
    title: NDArray[Any]
    date: NDArray[Any]
    session: NDArray[np.int64]
    recorded: NDArray[np.bool_]
    topic: NDArray[Any]
    counts: NDArray[np.int64]
    stances: NDArray[np.int8]
    tier: NDArray[np.int8]
    unopposed: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.key)

    def take(self, rows: NDArray[Any]) -> Texts:
        """Return some of the texts, by mask or index."""
        return Texts(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


def series(title: str) -> str:
    """Return what the yearly versions of a text have in common: the title without its numbers."""
    return re.sub(r"[\W\d_]+", " ", title).strip().casefold()


def memberships(
    archive: Archive, party: Party, iso3: NDArray[Any], days: NDArray[Any]
) -> NDArray[np.bool_]:
    """Return whether each state belonged to the party on each day: (n_states, n_days).

    A state that is a party by itself belongs to it always; entitlement to vote is another matter,
    told by whether a vote is on record.
    """
    belongs = np.zeros((len(iso3), len(days)), np.bool_)
    if party.kind == "state":
        belongs[iso3 == party.code] = True
        return belongs
    row = {code: index for index, code in enumerate(iso3.tolist())}
    body = party.body or "UN"
    terms = archive.sql(
        "select iso3, first_day, last_day from memberships where body = ? order by iso3, first_day",
        (body,),
    )
    for code, first, last in terms:
        if code in row and (party.body is not None or code in party.listed):
            end = NEVER if last is None else np.datetime64(last, "D")
            belongs[row[code]] |= (days >= np.datetime64(first, "D")) & (days <= end)
    return belongs


def _counts(
    archive: Archive,
    parties: Sequence[Party],
    iso3: NDArray[Any],
    days: NDArray[Any],
    matrix: NDArray[np.int8],
) -> NDArray[np.int64]:
    counts = np.zeros((len(days), len(parties), 4), np.int64)
    for index, party in enumerate(parties):
        belongs = memberships(archive, party, iso3, days)
        rows = np.flatnonzero(belongs.any(axis=1))
        votes = np.where(belongs[rows], matrix[rows], 0)
        for slot, vote in enumerate((YES, ABSTAIN, NO)):
            counts[:, index, slot] = (votes == vote).sum(axis=0)
        counts[:, index, 3] = belongs[rows].sum(axis=0)
    return counts


def stances_of(counts: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the stances from counts of votes: (n_texts, n_parties, 4) -> (n_texts, n_parties)."""
    n_texts, n_parties, _ = counts.shape
    yes, abstain, no, members = counts.reshape(-1, 4).T
    return bloc_stances(yes, abstain, no, members).reshape(n_texts, n_parties)


def read_texts(archive: Archive, parties: Sequence[Party], since: date) -> Texts:
    """Return the Assembly's resolutions since a day, by roll call or adopted without a vote.

    A text adopted without a vote is here only where its title is on record, so that one can tell
    what it is about; votes on paragraphs and amendments are not whole texts and are left out.
    """
    where = f"kind = 'resolution' and date >= date '{since.isoformat()}'"
    votes = vote_matrix(archive, where)
    about = archive.arrays(
        f"select symbol, coalesce(title, '') as title from rollcalls where {where} "
        "order by date, vote_id"
    )
    counts = _counts(archive, parties, votes.iso3, votes.date, votes.matrix)
    adopted = archive.arrays(
        "select symbol, title, date, session_number from adoptions where title is not null and "
        "modality = 'without a vote' and date >= ? order by date, symbol",
        (since,),
    )
    days = np.asarray(adopted["date"]).astype("datetime64[D]")
    none = np.zeros((len(votes.iso3), len(days)), np.int8)
    seats = _counts(archive, parties, votes.iso3, days, none)
    assigned = assign(archive)
    by_call, by_symbol = assigned.of("rollcalls"), assigned.of("adoptions")
    stances = stances_of(counts)
    consensus = np.full((len(days), len(parties)), Stance.CONSENSUS, np.int8)
    symbols = [str(symbol) for symbol in adopted["symbol"]]
    topic = [by_call.get(key, "") for key in votes.vote_id.tolist()]
    topic += [by_symbol.get(symbol, "") for symbol in symbols]
    both = np.concatenate([stances, consensus])
    texts = Texts(
        key=np.array([*votes.vote_id.tolist(), *symbols], dtype=np.str_),
        symbol=np.array([*map(str, np.ma.filled(about["symbol"], "")), *symbols], dtype=np.str_),
        title=np.array([*map(str, about["title"]), *map(str, adopted["title"])], dtype=object),
        date=np.concatenate([votes.date, days]),
        session=np.concatenate(
            [votes.session_number, np.asarray(adopted["session_number"]).astype(np.int64)]
        ),
        recorded=np.arange(len(both)) < len(votes.vote_id),
        topic=np.array(topic, dtype=np.str_),
        counts=np.concatenate([counts, seats]),
        stances=both,
        tier=tiers(both),
        unopposed=unopposed(both),
    )
    return texts.take(np.lexsort((texts.key, texts.date)))


@dataclass(frozen=True)
class CouncilTexts:
    """Security Council texts and the stances of the parties that then had a seat.

    Attributes:
        symbol, title: (n_texts,); a draft that failed has its draft symbol and its agenda item.
        date: (n_texts,) datetime64[D].
        adopted: (n_texts,) False for a draft that was vetoed.
        topic: (n_texts,) main topic; empty for failed drafts, which carry no title.
        counts, stances: as in `Texts`. A party without a seat is missing; a bloc speaks only
            through the members then seated, so its stance is partial evidence of it.
    """

    symbol: NDArray[Any]
    title: NDArray[Any]
    date: NDArray[Any]
    adopted: NDArray[np.bool_]
    topic: NDArray[Any]
    counts: NDArray[np.int64]
    stances: NDArray[np.int8]


def read_council(archive: Archive, parties: Sequence[Party], since: date) -> CouncilTexts:
    """Return the Council's adopted resolutions and vetoed drafts since a day."""
    made = archive.arrays(
        "select symbol, coalesce(title, '') as title, date from sc_rollcalls where date >= ? "
        "order by date, number",
        (since,),
    )
    failed = archive.sql(
        "select coalesce(draft, ''), coalesce(agenda, ''), date, vetoed_by from sc_failed "
        "where date >= ? and outcome = 'veto' order by date, draft",
        (since,),
    )
    iso3 = np.asarray(archive.arrays("select iso3 from states order by iso3")["iso3"]).astype(str)
    row = {code: index for index, code in enumerate(iso3.tolist())}
    symbols = [str(symbol) for symbol in made["symbol"]]
    column = {symbol: index for index, symbol in enumerate(symbols)}
    days = np.concatenate(
        [
            np.asarray(made["date"]).astype("datetime64[D]"),
            np.array([day for _, _, day, _ in failed], dtype="datetime64[D]"),
        ]
    )
    matrix = np.zeros((len(iso3), len(days)), np.int8)
    code = {"yes": YES, "abstain": ABSTAIN, "no": NO}
    for symbol, state, vote in archive.sql("select symbol, iso3, vote from sc_votes"):
        if symbol in column and state in row and vote in code:
            matrix[row[state], column[symbol]] = code[vote]
    for offset, (_, _, _, vetoed_by) in enumerate(failed):
        for state in vetoed_by or ():
            matrix[row[state], len(symbols) + offset] = NO
    counts = _counts(archive, parties, iso3, days, matrix)
    # Only seated members can be counted on: the rest of a bloc has no say in the Council.
    counts[:, :, 3] = counts[:, :, :3].sum(axis=2)
    by_symbol = assign(archive).of("sc_rollcalls")
    return CouncilTexts(
        symbol=np.array([*symbols, *(draft for draft, _, _, _ in failed)], dtype=np.str_),
        title=np.array([*map(str, made["title"]), *(a for _, a, _, _ in failed)], dtype=object),
        date=days,
        adopted=np.arange(len(days)) < len(symbols),
        topic=np.array([by_symbol.get(s, "") for s in symbols] + [""] * len(failed), dtype=np.str_),
        counts=counts,
        stances=stances_of(counts),
    )
