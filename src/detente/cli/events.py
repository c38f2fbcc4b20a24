"""`detente events`: raw event data in, dyad-days out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.options import Day, as_json, as_of, csv_file

if TYPE_CHECKING:
    from detente.events.report import Report

_SHOWN = 40
_TROUBLE = 20

_first = click.option(
    "--from", "first", type=Day(), metavar="DATE", help="The first day of events."
)
_last = click.option("--to", "last", type=Day(), metavar="DATE", help="The last day of events.")
_pairs_option = click.option(
    "--pairs", metavar="USA-RUS,…", help="Only these pairs of states: codes or names, any order."
)


@click.group()
def command() -> None:
    """Read raw event data (GDELT) into your own store; show what passed between states."""


@command.command(name="import")
@click.argument(
    "files", metavar="FILES...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@as_of
@as_json
def import_(files: tuple[Path, ...], as_of: date | None, as_json: bool) -> None:
    """Read exports of GDELT 1.0 and 2.0, zipped or not, and folders of them.

    What an earlier import finished is left out, so a killed import goes on where it was. Rows that
    cannot be used are counted and named; a file that cannot be read is named, the rest goes on, and
    the exit code is 5. With --as-of, an arrival after that day is a fault; by default after today.
    """
    import json
    from dataclasses import asdict

    from detente.errors import ImportRefused
    from detente.events.importing import import_files
    from detente.terminal import progress

    with progress("Reading events") as step:
        report = import_files(files, as_of=as_of, step=step)
    if as_json:
        told = {**asdict(report), "folder": str(report.folder), "damage": report.damage()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(report)
    if report.refused:
        names = ", ".join(file.name for file in report.refused[:3])
        more = f" and {len(report.refused) - 3} more" if len(report.refused) > 3 else ""
        raise ImportRefused(
            f"{len(report.refused)} of {len(report.files)} files could not be read: {names}{more} "
            "(why stands above); the others are imported"
        )


def _tell(report: Report) -> None:
    """Print what an import found; of files with trouble, the first."""
    for sentence in report.sentences():
        click.echo(sentence)
    trouble = list(report.trouble())
    for sentence in trouble[:_TROUBLE]:
        click.echo(sentence)
    if len(trouble) > _TROUBLE:
        click.echo(f"… and {len(trouble) - _TROUBLE:,} more such lines: --json has them all.")
    click.echo(f"Your events are in {report.folder}")


@command.command()
@_first
@_last
@_pairs_option
@click.option(
    "--raw",
    multiple=True,
    metavar="PATH",
    help="Read raw exports there (not zipped) and not your store; may be repeated.",
)
@click.option(
    "--engine",
    default="duckdb",
    show_default=True,
    metavar="ENGINE",
    help="duckdb, or a Spark master: local[2], spark://host:7077, yarn.",
)
@as_of
@as_json
@csv_file
def dyads(
    first: date | None,
    last: date | None,
    pairs: str | None,
    raw: tuple[str, ...],
    engine: str,
    as_of: date | None,
    as_json: bool,
    csv_path: Path | None,
) -> None:
    """Who with whom on which day: counts by quad class, mentions, mean Goldstein score, volume.

    The day's volume (day_events, day_mentions) counts all events of whatever actors; per_million is
    the pair's share of it, so that growing coverage does not look like conflict. The table is the
    same on every engine.
    """
    import json

    from detente.cli.output import write_rows
    from detente.events.asking import Question, from_raw, from_store
    from detente.events.dyads import DYADS
    from detente.events.rows import FAULTS

    question = Question(first, last, as_of, _pairs(pairs))
    answer = from_raw(question, raw, engine) if raw else from_store(question, engine=engine)
    for fault, count in answer.set_aside.items():
        click.echo(f"Set aside, {FAULTS[fault]}: {count:,} rows.", err=True)
    if csv_path is not None:
        cells = ([_cell(row[name]) for name in DYADS] for row in answer.rows)
        write_rows(csv_path, [DYADS, *cells])
        click.echo(f"Wrote {csv_path}: {len(answer.rows):,} rows.", err=True)
    if as_json:
        told = [{**row, "day": str(row["day"])} for row in answer.rows]
        click.echo(json.dumps(told, indent=1))
    elif csv_path is None:
        _show(answer.rows)


@command.command()
@click.option(
    "--dialect",
    type=click.Choice(["bigquery", "trino", "snowflake", "clickhouse"]),
    default="bigquery",
    show_default=True,
    help="The warehouse's dialect.",
)
@click.option(
    "--table",
    default="gdelt-bq.gdeltv2.events",
    show_default=True,
    help="The table of events, with the column names of GDELT.",
)
@_first
@_last
@_pairs_option
@as_of
def sql(
    dialect: str,
    table: str,
    first: date | None,
    last: date | None,
    pairs: str | None,
    as_of: date | None,
) -> None:
    """Print the query that gives the same table in a warehouse that holds GDELT.

    It joins two small tables that you load there first, cameo.csv and actors.csv of this package
    (events/facts). Nothing is sent anywhere: run the query yourself.
    """
    from detente.events.asking import Question
    from detente.events.warehouse import query

    click.echo(query(Question(first, last, as_of, _pairs(pairs)), dialect, table))


def _pairs(text: str | None) -> tuple[tuple[str, str], ...]:
    """Return the pairs of states in an option."""
    if not text:
        return ()
    from detente.archive import open_archive
    from detente.events.facts import actors
    from detente.parties import find_state

    territories = {actor.iso3 for actor in actors()}
    archive = open_archive()
    found = []
    for part in text.split(","):
        ends = [end.strip() for end in part.split("-")]
        if len(ends) != 2 or not all(ends):
            raise click.BadParameter(
                f"“{part}” is no pair: write it as USA-RUS", param_hint="--pairs"
            )
        a, b = (end if end in territories else find_state(archive, end).iso3 for end in ends)
        if a == b:
            raise click.BadParameter(f"“{part}” is one state: name two", param_hint="--pairs")
        found.append((a, b))
    return tuple(found)


def _cell(value: Any) -> str:
    """Return a value as it stands in the CSV: four decimals, nothing where unknown."""
    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _show(rows: list[dict[str, Any]]) -> None:
    """Print the first rows as a table that fits a terminal of 80 columns."""
    from rich.console import Console
    from rich.table import Table

    from detente.events.dyads import QUADS

    table = Table(
        box=None,
        pad_edge=False,
        caption="v verbal, m material, + cooperation, − conflict; per million: of the day's events",
    )
    for head in ("day", "pair"):
        table.add_column(head, no_wrap=True)
    for head in ("events", "v+", "m+", "v−", "m−", "mentions", "Goldstein", "per million"):
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows[:_SHOWN]:
        score = "—" if row["goldstein"] is None else f"{row['goldstein']:+.2f}"
        counts = (str(row[name]) for name in ("events", *QUADS, "mentions"))
        share = f"{row['per_million']:,.0f}"
        table.add_row(str(row["day"]), f"{row['a']}-{row['b']}", *counts, score, share)
    console = Console()
    console.print(table)
    if len(rows) > _SHOWN:
        console.print(f"… and {len(rows) - _SHOWN:,} more rows: --csv FILE or --json has all.")
