"""The records behind the figures: what each cited text is, and what every party did with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detente.archive import Archive
from detente.case import Case
from detente.dossier.findings import Fact, Precedent
from detente.parties import Party

FACT = "fact:"
"""Begins the key of a dated fact of the procedure record."""

_DIGITAL_LIBRARY = "UN Digital Library"
_YES, _NO, _ABSTAIN, _ABSENT = range(4)
_SLOTS = {"yes": _YES, "no": _NO, "abstain": _ABSTAIN, "absent": _ABSENT}
_FOUR = ("usa", "rus", "chn", "eu")


def member_condition(party: Party) -> tuple[str, list[object]]:
    """Return the condition on ``v.iso3`` and ``r.date`` that a vote is of a party's member."""
    if party.body is not None:
        return (
            "exists (select 1 from memberships m where m.body = ? and m.iso3 = v.iso3 and "
            "m.first_day <= r.date and (m.last_day is null or m.last_day >= r.date))",
            [party.body],
        )
    marks = ", ".join("?" for _ in party.listed)
    return f"v.iso3 in ({marks})", list(party.listed)


def _votes(
    archive: Archive, parties: Iterable[Party], table: str, key: str, keys: list[str]
) -> dict[str, dict[str, tuple[int, int, int, int]]]:
    """Return record -> party -> counts of its members: yes, no, abstained, absent."""
    marks = ", ".join("?" for _ in keys)
    calls = "rollcalls" if table == "votes" else "sc_rollcalls"
    found: dict[str, dict[str, list[int]]] = {name: {} for name in keys}
    for party in parties:
        condition, params = member_condition(party)
        rows = archive.sql(
            f"select v.{key}, v.vote, count(*) from {table} v join {calls} r using ({key}) "
            f"where v.{key} in ({marks}) and {condition} group by all order by all",
            [*keys, *params],
        )
        for name, vote, count in rows:
            counts = found[name].setdefault(party.code, [0, 0, 0, 0])
            counts[_SLOTS[vote]] = int(count)
    return {
        name: {code: (c[0], c[1], c[2], c[3]) for code, c in sorted(votes.items())}
        for name, votes in found.items()
    }


def _roll_calls(archive: Archive, parties: tuple[Party, ...], keys: list[str]) -> dict[str, Fact]:
    marks = ", ".join("?" for _ in keys)
    votes = _votes(archive, parties, "votes", "vote_id", keys)
    rows = archive.sql(
        "select vote_id, symbol, date, title, yes, no, abstain, absent, undl_id, source "
        f"from rollcalls where vote_id in ({marks}) order by vote_id",
        keys,
    )
    return {
        key: Fact(
            key=key,
            symbol=symbol or key,
            kind="roll call",
            day=day,
            title=title or "",
            totals=(yes, no, abstain, absent),
            votes=votes[key],
            undl_id=None if undl is None else str(undl),
            source=source,
        )
        for key, symbol, day, title, yes, no, abstain, absent, undl, source in rows
    }


def _adoptions(archive: Archive, _: tuple[Party, ...], keys: list[str]) -> dict[str, Fact]:
    marks = ", ".join("?" for _ in keys)
    rows = archive.sql(
        "select symbol, modality, date, title, source "
        f"from adoptions where symbol in ({marks}) order by symbol",
        keys,
    )
    return {
        symbol: Fact(
            key=symbol,
            symbol=symbol,
            kind="without a vote" if modality == "without a vote" else "vote not recorded",
            day=day,
            title=title or "",
            totals=None,
            votes={},
            undl_id=None,
            source=source,
        )
        for symbol, modality, day, title, source in rows
    }


def _council(archive: Archive, parties: tuple[Party, ...], keys: list[str]) -> dict[str, Fact]:
    marks = ", ".join("?" for _ in keys)
    votes = _votes(archive, parties, "sc_votes", "symbol", keys)
    rows = archive.sql(
        "select symbol, date, title, yes, no, abstain, absent, undl_id "
        f"from sc_rollcalls where symbol in ({marks}) order by symbol",
        keys,
    )
    return {
        symbol: Fact(
            key=symbol,
            symbol=symbol,
            kind="council",
            day=day,
            title=title or "",
            totals=(yes, no, abstain, absent),
            votes=votes[symbol],
            undl_id=None if undl is None else str(undl),
            source=_DIGITAL_LIBRARY,
        )
        for symbol, day, title, yes, no, abstain, absent, undl in rows
    }


def records(archive: Archive, case: Case, keys: Iterable[str]) -> dict[str, Fact]:
    """Return the records with these keys: a vote_id, or the symbol of a text without one.

    Raises:
        KeyError: the archive, as of its date, has no such record.
    """
    wanted = sorted(set(keys))
    found: dict[str, Fact] = {}
    for read in (_roll_calls, _adoptions, _council):
        rest = [key for key in wanted if key not in found]
        if rest:
            found |= read(archive, case.parties, rest)
    missing = [key for key in wanted if key not in found]
    if missing:
        raise KeyError(f"the archive has no record {missing[0]}")
    return {key: found[key] for key in wanted}


def precedents(
    archive: Archive, case: Case, since: date
) -> tuple[tuple[Precedent, ...], dict[str, Fact]]:
    """Return dated facts on which the case's parties agreed, newest first, and their records.

    The procedure record knows four: the United States, Russia, China and the European Union. For a
    table with anybody else it has nothing to say. Where the archive holds the roll call itself,
    that is the record; otherwise the fact keeps its own mark, from a source or from memory.
    """
    if not {party.code.lower() for party in case.parties} <= set(_FOUR):
        return (), {}
    rows = archive.sql(
        "select a.id, a.topic, a.symbol, a.date, a.title, a.yes, a.no, a.abstain, a.confidence, "
        "a.source, (select min(vote_id) from rollcalls where symbol = a.symbol and "
        "kind = 'resolution'), (select symbol from sc_rollcalls where symbol = a.symbol) "
        "from agreements a where class <> 'split' and date >= ? order by date desc, id",
        [since],
    )
    listed = []
    own: dict[str, Fact] = {}
    held: list[str] = []
    for name, topic, symbol, day, title, yes, no, abstain, confidence, source, call, sc in rows:
        key = call or sc or FACT + name
        listed.append(Precedent(key, topic, title, day))
        if call or sc:
            held.append(key)
            continue
        memory = confidence == "MEMORY"
        own[key] = Fact(
            key=key,
            symbol=symbol or title,
            kind="fact",
            day=day,
            title=title,
            totals=None if yes is None else (yes, no or 0, abstain or 0, None),
            votes={},
            undl_id=None,
            source="" if memory else source,
            memory=memory,
        )
    return tuple(listed), own | (records(archive, case, held) if held else {})


def absences(archive: Archive, case: Case, since: date) -> tuple[tuple[str, int, int], ...]:
    """Return for each party that is a state its roll calls since a day, and those it missed."""
    out = []
    for party in case.parties:
        if party.kind != "state":
            continue
        ((listed, missed),) = archive.sql(
            "select count(*), count(*) filter (where vote = 'absent') from votes "
            "join rollcalls using (vote_id) "
            "where kind = 'resolution' and date >= ? and iso3 = ?",
            [since, party.code],
        )
        out.append((party.code, int(listed), int(missed)))
    return tuple(out)


def inferred(archive: Archive, since: date) -> int:
    """Return how many texts since a day were adopted in a manner that is inferred."""
    ((count,),) = archive.sql(
        "select count(*) from adoptions where date >= ? and evidence <> 'official record'", [since]
    )
    return int(count)
