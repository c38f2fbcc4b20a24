"""`detente votes`: the roll call behind a figure, by symbol or by words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.options import Day, as_json, as_of, csv_file
from detente.cli.output import write_rows

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.archive.lookup import Text
    from detente.parties import Party

_ORDER = ("yes", "no", "abstain", "absent")
_SHORT = {"yes": "yes", "no": "no", "abstain": "abst.", "absent": "absent"}


@click.command()
@click.argument("symbol", nargs=-1)
@click.option("--search", metavar="WORDS", help="Find texts whose title holds every word.")
@click.option("--parties", metavar="LIST", help="Show how these voted, as EU,USA,CHN,RUS.")
@click.option("--since", type=Day(), metavar="DATE", help="With --search: not before this day.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="With --search: at most so many texts.",
)
@as_of
@as_json
@csv_file
def command(
    symbol: tuple[str, ...],
    search: str | None,
    parties: str | None,
    since: date | None,
    limit: int,
    as_of: date | None,
    as_json: bool,
    csv_path: Path | None,
) -> None:
    """Show how each state voted on the text SYMBOL, or find texts by words.

    SYMBOL is of the General Assembly (A/RES/73/65) or of the Security Council (S/RES/2231);
    drafts that were vetoed and texts adopted without a vote are found too.
    """
    from detente.archive import open_archive
    from detente.archive.lookup import find_texts, search_texts
    from detente.parties import find_party

    if bool(symbol) == bool(search):
        raise click.UsageError("name a SYMBOL, or words with --search")
    archive = open_archive(as_of=as_of)
    codes = [code.strip().upper() for code in (parties or "").split(",") if code.strip()]
    table = [find_party(archive, code) for code in codes]
    if search:
        texts = search_texts(archive, search, since, limit)
    else:
        texts = find_texts(archive, " ".join(symbol))
    if csv_path:
        _write_csv(archive, texts, table, csv_path, search is not None)
    if as_json:
        _print_json(archive, texts, table)
    elif search:
        _print_list(archive, texts, table)
    else:
        for text in texts:
            _print_text(archive, text, table)


def stance(archive: Archive, text: Text, party: Party) -> dict[str, tuple[str, ...]]:
    """Return vote -> the members of a party that cast it, by the membership of the day.

    A member for which the record has no line is listed under ``no record``; in a text without a
    roll call nobody is.
    """
    members = party.members(archive, text.date)
    split: dict[str, list[str]] = {}
    if text.votes:
        # On the Council only those of a bloc that sit there can vote.
        council = text.record.startswith("Security Council")
        for iso3 in members:
            if council and iso3 not in text.votes:
                continue
            split.setdefault(text.votes.get(iso3, "no record"), []).append(iso3)
    for iso3 in text.vetoed_by:
        if iso3 in members:
            split.setdefault("veto", []).append(iso3)
    return {vote: tuple(states) for vote, states in split.items()}


def _says(text: Text, party: Party, split: dict[str, tuple[str, ...]]) -> str:
    """Put a party's stance in a few words: ``yes``, ``27 yes, 1 abst.``, ``–``."""
    if not split:
        return "–"
    if len(split) == 1 and (party.kind == "state" or sum(map(len, split.values())) == 1):
        return next(_SHORT.get(vote, vote) for vote in split)
    ordered = sorted(split, key=lambda vote: _ORDER.index(vote) if vote in _ORDER else 9)
    return ", ".join(f"{len(split[vote])} {_SHORT.get(vote, vote)}" for vote in ordered)


def _outcome(text: Text) -> str:
    if text.totals:
        return "-".join(str(text.totals[vote]) for vote in ("yes", "no", "abstain"))
    return text.outcome


def _print_list(archive: Archive, texts: Sequence[Text], parties: Sequence[Party]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column("date", no_wrap=True)
    table.add_column("text", no_wrap=True)
    table.add_column("title", ratio=1)
    table.add_column("yes-no-abst.", max_width=12)
    for party in parties:
        table.add_column(party.code, max_width=16)
    for text in texts:
        table.add_row(
            text.date.isoformat(),
            text.symbol,
            text.title or "",
            _outcome(text),
            *(_says(text, party, stance(archive, text, party)) for party in parties),
        )
    Console().print(table)


def _print_text(archive: Archive, text: Text, parties: Sequence[Party]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from detente.parties import states

    console = Console()
    basis = "" if text.date_basis == "official" else f" ({text.date_basis})"
    console.print(f"[bold]{escape(text.symbol)}[/bold]  {text.date}{basis}", highlight=False)
    if text.title:
        console.print(escape(text.title), highlight=False)
    for label, value in (("agenda", text.agenda), ("meeting", text.meeting)):
        if value and value != text.title:
            console.print(f"{label}: {escape(value)}", highlight=False)
    console.print(f"{text.record}; source: {text.source}", highlight=False)
    if not text.votes:
        vetoed = f" by {', '.join(text.vetoed_by)}" if text.vetoed_by else ""
        console.print(f"outcome: {text.outcome}{vetoed}", highlight=False)
    if text.totals:
        console.print("  ".join(f"{vote} {text.totals[vote]}" for vote in _ORDER), style="bold")
    if parties and (text.votes or text.vetoed_by):
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("party")
        table.add_column("voted")
        table.add_column("apart from the most")
        for party in parties:
            split = stance(archive, text, party)
            most = max(split, key=lambda vote: len(split[vote]), default="")
            apart = "; ".join(
                f"{vote}: {', '.join(members)}" for vote, members in split.items() if vote != most
            )
            table.add_row(party.name_en, _says(text, party, split), apart)
        console.print(table)
    if text.votes:
        names = states(archive)
        for vote in _ORDER:
            cast = [names[iso3].name_en for iso3, v in text.votes.items() if v == vote]
            if cast:
                console.print(f"[bold]{vote} ({len(cast)})[/bold]", highlight=False)
                console.print(", ".join(sorted(cast)), highlight=False)
    console.print()


def _as_dict(archive: Archive, text: Text, parties: Sequence[Party]) -> dict[str, Any]:
    return {
        "symbol": text.symbol,
        "record": text.record,
        "date": text.date.isoformat(),
        "date_basis": text.date_basis,
        "outcome": text.outcome,
        "title": text.title,
        "agenda": text.agenda,
        "meeting": text.meeting,
        "totals": dict(text.totals),
        "vetoed_by": list(text.vetoed_by),
        "votes": dict(text.votes),
        "parties": {
            party.code: {vote: list(who) for vote, who in stance(archive, text, party).items()}
            for party in parties
        },
        "source": text.source,
    }


def _print_json(archive: Archive, texts: Sequence[Text], parties: Sequence[Party]) -> None:
    import json

    rows = [_as_dict(archive, text, parties) for text in texts]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))


def _write_csv(
    archive: Archive, texts: Sequence[Text], parties: Sequence[Party], path: Path, found: bool
) -> None:
    """Write a row a text (found by words) or a row a state (of a text named by its symbol)."""
    rows: list[list[object]] = []
    if found:
        rows.append(["symbol", "date", "title", "outcome", *_ORDER, *(p.code for p in parties)])
        for text in texts:
            totals = (text.totals.get(vote, "") for vote in _ORDER)
            says = (_says(text, p, stance(archive, text, p)) for p in parties)
            rows.append([text.symbol, text.date, text.title, text.outcome, *totals, *says])
    else:
        rows.append(["symbol", "date", "iso3", "vote"])
        rows += [[t.symbol, t.date, iso3, vote] for t in texts for iso3, vote in t.votes.items()]
    write_rows(path, rows)
