"""Finding a text by its symbol or by words, and who voted how on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from detente.archive.opening import Archive
from detente.archive.symbols import folded
from detente.errors import NotFound

# Where a symbol is looked for: table, its symbol column, what kind of record it holds.
_PLACES = (
    ("rollcalls", "symbol", "General Assembly roll call"),
    ("adoptions", "symbol", "General Assembly text without a roll call"),
    ("sc_rollcalls", "symbol", "Security Council resolution"),
    ("sc_failed", "draft", "Security Council draft that failed"),
)


@dataclass(frozen=True)
class Text:
    """A text and what the record says of its fate.

    Attributes:
        symbol: its symbol; a roll call that has none is named by its id.
        record: which kind of record it is.
        date: the day, or the bound where ``date_basis`` is ``no later than``.
        date_basis: ``official`` or ``no later than``.
        outcome: ``recorded vote``, ``without a vote``, ``vote not recorded``, ``veto`` and so on.
        title, agenda, meeting: as the record has them; None where it has not.
        totals: vote -> number; empty where there is no roll call.
        votes: iso3 -> vote; empty where there is no roll call.
        vetoed_by: permanent members whose votes stopped it.
        source: whose record it is.
    """

    symbol: str
    record: str
    date: date
    date_basis: str
    outcome: str
    title: str | None
    agenda: str | None
    meeting: str | None
    source: str
    totals: Mapping[str, int] = field(default_factory=dict)
    votes: Mapping[str, str] = field(default_factory=dict)
    vetoed_by: tuple[str, ...] = ()


def find_texts(archive: Archive, symbol: str) -> list[Text]:
    """Return the texts that bear a symbol, forgiving about blanks, case and brackets.

    A Council draft with several votes gives several texts; a vote's id is taken too.

    Raises:
        NotFound: there is none; the sentence offers the nearest symbols.
    """
    wanted = folded(symbol)
    found: list[Text] = []
    index: dict[str, list[tuple[str, str]]] = {}
    for table, column, _ in _PLACES:
        for (value,) in archive.sql(f"SELECT DISTINCT {column} FROM {table} WHERE {column} != ''"):
            index.setdefault(_loose(folded(str(value))), []).append((table, str(value)))
    hits = index.get(_loose(wanted), [])
    if not hits:  # A/RES/217(III) was adopted in parts, and 217(III)[A] has a roll call of its own
        parts = re.compile(re.escape(_loose(wanted)) + r"[A-Z]{1,2}")
        hits = [hit for key in sorted(index) if parts.fullmatch(key) for hit in index[key]]
    for table, value in sorted(set(hits), key=lambda hit: (hit[1] != symbol, hit)):
        found += _read(archive, table, value)
    if not found:
        rows = archive.sql("SELECT vote_id FROM rollcalls WHERE vote_id = ?", (symbol.strip(),))
        found = [text for (vote_id,) in rows for text in _rollcall(archive, "vote_id", vote_id)]
    if not found:
        names = {key: hits[0][1] for key, hits in index.items()}
        near = get_close_matches(_loose(wanted), list(names), n=3, cutoff=0.75)
        raise NotFound(
            f"the record has no text “{symbol.strip()}”"
            + (f" as of {archive.as_of}" if archive.as_of else "")
            + (
                f": did you mean {', '.join(names[key] for key in near)}?"
                if near
                else ": search for its title with `detente votes --search`"
            )
        )
    return found


def _loose(key: str) -> str:
    """Fold what people leave out: the year of a Council resolution, the stroke before a session."""
    parts = key.split("/")
    return "/".join(parts[:3]) if key.startswith("S/RES/") else "/".join(parts)


def _read(archive: Archive, table: str, value: str) -> list[Text]:
    if table == "rollcalls":
        return _rollcall(archive, "symbol", value)
    if table == "adoptions":
        rows = archive.sql(
            "SELECT symbol, date, date_basis, modality, title, agenda, source FROM adoptions "
            "WHERE symbol = ?",
            (value,),
        )
        return [
            Text(symbol, _PLACES[1][2], day, basis, modality, title, agenda, None, source)
            for symbol, day, basis, modality, title, agenda, source in rows
        ]
    if table == "sc_rollcalls":
        return _council(archive, value)
    rows = archive.sql(
        "SELECT draft, date, outcome, agenda, meeting, vetoed_by, source FROM sc_failed "
        "WHERE draft = ? ORDER BY date, agenda",
        (value,),
    )
    return [
        Text(
            draft,
            _PLACES[3][2],
            day,
            "official",
            outcome,
            agenda,
            agenda,
            meeting,
            source,
            vetoed_by=tuple(vetoed_by or ()),
        )
        for draft, day, outcome, agenda, meeting, vetoed_by, source in rows
    ]


def _rollcall(archive: Archive, column: str, value: str) -> list[Text]:
    rows = archive.sql(
        "SELECT vote_id, symbol, date, kind, title, agenda, meeting, source, yes, no, abstain, "
        f"absent FROM rollcalls WHERE {column} = ? ORDER BY date, vote_id",
        (value,),
    )
    texts = []
    for vote_id, symbol, day, kind, title, agenda, meeting, source, *totals in rows:
        votes = archive.sql(
            "SELECT iso3, vote FROM votes WHERE vote_id = ? ORDER BY iso3", (vote_id,)
        )
        texts.append(
            Text(
                symbol or vote_id,
                _PLACES[0][2] if kind == "resolution" else f"{_PLACES[0][2]} on {_a(kind)}",
                day,
                "official" if source != "Voeten" else "approximate",
                "recorded vote",
                title,
                agenda,
                meeting,
                source,
                dict(zip(("yes", "no", "abstain", "absent"), totals, strict=True)),
                dict(votes),
            )
        )
    return texts


def _a(kind: str) -> str:
    return {"paragraph": "a paragraph", "amendment": "an amendment"}.get(kind, "another question")


def _council(archive: Archive, symbol: str) -> list[Text]:
    rows = archive.sql(
        "SELECT symbol, date, title, agenda, meeting, modality, yes, no, abstain, absent "
        "FROM sc_rollcalls WHERE symbol = ?",
        (symbol,),
    )
    votes = dict(
        archive.sql("SELECT iso3, vote FROM sc_votes WHERE symbol = ? ORDER BY iso3", (symbol,))
    )
    return [
        Text(
            symbol,
            _PLACES[2][2],
            day,
            "official",
            modality,
            title,
            agenda,
            meeting,
            "UN Digital Library",
            dict(zip(("yes", "no", "abstain", "absent"), totals, strict=True))
            if modality == "recorded vote"
            else {},
            votes,
        )
        for symbol, day, title, agenda, meeting, modality, *totals in rows
    ]


def search_texts(
    archive: Archive, words: str, since: date | None = None, limit: int = 20
) -> list[Text]:
    """Return the texts whose title or agenda holds every word, newest first.

    Raises:
        NotFound: there is none.
    """
    terms = [term for term in words.split() if term]
    if not terms:
        raise NotFound("no word to search for: name one or more words of a title")
    conditions = " AND ".join("contains(lower(haystack), lower(?))" for _ in terms)
    rows = archive.sql(
        f"""
        SELECT source, name FROM (
          SELECT 'rollcalls' AS source, vote_id AS name, date,
                 concat_ws(' ', symbol, title, agenda) AS haystack FROM rollcalls
          UNION ALL SELECT 'adoptions', symbol, date, concat_ws(' ', symbol, title, agenda)
          FROM adoptions WHERE title IS NOT NULL
          UNION ALL SELECT 'sc_rollcalls', symbol, date, concat_ws(' ', symbol, title, agenda)
          FROM sc_rollcalls
          UNION ALL SELECT DISTINCT 'sc_failed', draft, date, concat_ws(' ', draft, agenda)
          FROM sc_failed
        ) WHERE {conditions} AND (?::DATE IS NULL OR date >= ?::DATE)
        ORDER BY date DESC, name LIMIT ?
        """,
        (*terms, since, since, limit),
    )
    found: list[Text] = []
    for source, name in rows:
        found += (
            _rollcall(archive, "vote_id", name)
            if source == "rollcalls"
            else _read(archive, source, name)
        )
    if not found:
        raise NotFound(
            f"no text in the record speaks of “{words}”: try fewer words, or another spelling"
        )
    return found[:limit]
