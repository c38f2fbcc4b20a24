"""`detente positions`: where states stand over time, with intervals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import as_json, as_of, csv_file
from detente.cli.output import write_rows
from detente.errors import NotFound

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.positions import Positions

COLUMNS = ("iso3", "session", "year", "position", "low", "high")
_SHOWN = 10


@click.command("positions")
@click.option("--from", "first", type=int, metavar="S", help="First session (1 opened in 1946).")
@click.option("--to", "last", type=int, metavar="S", help="Last session (73 opened in 2018).")
@click.option(
    "--states", metavar="USA,RUS,…", help="Only these states: codes or names, parted by commas."
)
@click.option("--topic", "words", metavar="T", help="Only roll calls on a topic: code or name.")
@as_of
@as_json
@csv_file
def command(
    first: int | None,
    last: int | None,
    states: str | None,
    words: str | None,
    as_of: date | None,
    as_json: bool,
    csv_path: Path | None,
) -> None:
    """Where states stand over time, from their votes in the General Assembly.

    One position a state and session, on a scale with mean 0 and standard deviation 1, the United
    States positive; low and high are its 90 % interval. Without --states the table shows all states
    in the last session, with --states the last ten sessions unless --from says more.
    """
    from detente.archive import open_archive
    from detente.parties import find_state
    from detente.positions import fit_positions
    from detente.terminal import progress

    archive = open_archive(as_of)
    chosen = [find_state(archive, s.strip()).iso3 for s in (states or "").split(",") if s.strip()]
    calls = _about(archive, words) if words else None
    with progress("Positions") as step:
        found = fit_positions(archive, calls, told=step)
    begin, end = _span(found, first, last)
    rows = _rows(found, chosen, begin, end)
    if csv_path is not None:
        _write(csv_path, rows)
    if as_json:
        records = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        click.echo(json.dumps(records, indent=1))
    elif csv_path is None:
        begin = begin if first is not None else max(begin, end - _SHOWN + 1)
        _show(found, chosen, begin if chosen else end, end)


def _about(archive: Archive, words: str) -> frozenset[str]:
    """Return the roll calls on a topic."""
    from detente.topics import assign, find_topic

    topics = assign(archive)
    about = topics.about(find_topic(words).code) & (topics.table == "rollcalls")
    return frozenset(topics.key[about].tolist())


def _span(found: Positions, first: int | None, last: int | None) -> tuple[int, int]:
    """Return the wanted sessions, first and last, or refuse a range without any."""
    known = found.sessions.tolist()
    begin = known[0] if first is None else first
    end = known[-1] if last is None else last
    if not any(begin <= session <= end for session in known):
        raise NotFound(
            f"no position lies from session {begin} to {end}: give --from and --to between "
            f"{known[0]} and {known[-1]}, the earlier first"
        )
    return begin, end


def _rows(
    found: Positions, chosen: list[str], begin: int, end: int
) -> list[tuple[str, int, int, float, float, float]]:
    """Return the rows of the CSV: sorted by state, then session; rounded to 4 decimals."""
    wanted = set(chosen)
    low, high = found.low, found.high
    rows = []
    for i, (code, session) in enumerate(zip(found.iso3, found.session, strict=True)):
        if begin <= session <= end and (not wanted or code in wanted):
            # Adding 0.0 turns a rounded -0.0 into 0.0.
            x, a, b = (round(float(v), 4) + 0.0 for v in (found.position[i], low[i], high[i]))
            rows.append((str(code), int(session), int(found.year[i]), x, a, b))
    missing = sorted(wanted - {row[0] for row in rows})
    if missing:
        raise NotFound(
            f"{', '.join(missing)} cast no contested vote in sessions {begin} to {end}: "
            "choose other sessions or leave it out"
        )
    return rows


def _write(path: Path, rows: list[tuple[str, int, int, float, float, float]]) -> None:
    """Write the CSV, all of it or nothing."""
    numbers = ([*row[:3], *(f"{x:.4f}" for x in row[3:])] for row in rows)
    write_rows(path, [COLUMNS, *numbers])
    states = len({row[0] for row in rows})
    click.echo(f"Wrote {path}: {len(rows)} rows, {states} states.", err=True)


def _show(found: Positions, chosen: list[str], begin: int, end: int) -> None:
    """Print the table: chosen states by session, or all states of one session by position."""
    from rich.console import Console
    from rich.table import Table

    shown = [
        i
        for i, (code, session) in enumerate(zip(found.iso3, found.session, strict=True))
        if begin <= session <= end and (not chosen or code in chosen)
    ]
    if not chosen:
        shown.sort(key=lambda i: -float(found.position[i]))
    table = Table(
        title="Positions: mean 0, sd 1, United States +",
        caption="low to high: 90 % interval; votes: on contested roll calls",
    )
    for name in ("state", "session", "year", "position", "low", "high", "votes"):
        table.add_column(name, justify="left" if name == "state" else "right")
    for i in shown:
        numbers = (found.position[i], found.low[i], found.high[i])
        table.add_row(
            str(found.iso3[i]),
            str(found.session[i]),
            str(found.year[i]),
            *(f"{x:+.2f}" for x in numbers),
            str(found.votes[i]),
        )
    Console().print(table)
