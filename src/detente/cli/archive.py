"""`detente archive`: what is in the record; verify, build, import, reset."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import as_json
from detente.errors import ArchiveError

_RAW = Path("..") / "shared" / "data"


@click.group()
def command() -> None:
    """Say what is in the public record; verify it, build it, or add files to it."""


_folder = click.option(
    "--folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="An archive folder; by default your own if there is one, else what ships.",
)


@command.command()
@_folder
@as_json
def info(folder: Path | None, as_json: bool) -> None:
    """Say which tables there are, from when to when, from where and on what terms."""
    import json

    from detente.archive.folders import default, shipped
    from detente.archive.opening import read_manifest

    place = folder or default()
    manifest = read_manifest(place)
    if as_json:
        click.echo(json.dumps({"folder": str(place), **manifest}, ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    whose = "what ships with Détente" if place == shipped() else "your own"
    console.print(f"The archive in {place} ({whose})", highlight=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False)
    table.add_column("table")
    table.add_column("rows", justify="right")
    table.add_column("from")
    table.add_column("to")
    for name, about in manifest["tables"].items():
        table.add_row(name, f"{about['rows']:,}", *about.get("span", ("", "")))
    console.print(table)
    for source in manifest["sources"]:
        console.print(
            f"\n[bold]{source['name']}[/bold]: {source['origin']}. Terms: {source['terms']}.",
            highlight=False,
        )
    for imported in manifest.get("imports", []):
        console.print(
            f"\nImported: {imported['file']} ({imported['layout']}), {imported['rows']:,} rows, "
            f"{imported['first']} to {imported['last']}, sha256 {imported['sha256'][:16]}…",
            highlight=False,
        )


@command.command()
@_folder
@as_json
def verify(folder: Path | None, as_json: bool) -> None:
    """Check the record: totals, known facts, symbols, voters, terms; exit 4 if a check fails."""
    import json
    from dataclasses import asdict

    from detente.archive.verifying import verify as run

    checks = run(folder)
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(box=None, pad_edge=False)
        table.add_column("check")
        table.add_column("looked at", justify="right")
        table.add_column("faults", justify="right")
        table.add_column("such as")
        for check in checks:
            table.add_row(
                check.name,
                f"{check.looked_at:,}",
                str(len(check.faults)),
                "; ".join(check.faults[:3]),
            )
        Console().print(table)
    failed = [check.name for check in checks if not check.passed]
    if failed:
        raise ArchiveError(
            f"{len(failed)} of {len(checks)} checks failed, first “{failed[0]}”: import the files "
            "again, or go back to what ships with `detente archive reset`"
        )


@command.command()
@click.option(
    "--raw",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    default=_RAW,
    show_default=True,
    help="The folder that holds un/, procedure/ and events/.",
)
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the tables go; by default where what ships lies.",
)
def build(raw: Path, out: Path | None) -> None:
    """Build the record that ships from raw material (for those who work on Détente)."""
    from detente.archive.building import build as run
    from detente.archive.folders import shipped

    place = out or shipped()
    manifest = run(raw, place)
    rows = sum(about["rows"] for about in manifest["tables"].values())
    click.echo(f"{len(manifest['tables'])} tables, {rows:,} rows in {place}")


@command.command(name="import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--replace", is_flag=True, help="Start from nothing but the files.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, change nothing.")
def import_(files: tuple[Path, ...], replace: bool, dry_run: bool) -> None:
    """Add official files to your own archive; it is untouched if anything is wrong.

    Takes *_ga_voting.csv, *_ga_outcomes.csv, *_sc_voting.csv and Voeten's Dataverse tables; the
    layout is told by the columns. A text that is there already is replaced.
    """
    from detente.archive.importing import import_files
    from detente.terminal import progress

    with progress("Importing") as step:
        report = import_files(files, replace=replace, dry_run=dry_run, step=step)
    for file in report.files:
        span = f", {file.first} to {file.last}" if file.first else ""
        click.echo(f"{file.file}: {file.layout}, {file.rows:,} rows{span}")
    for change in report.changes:
        if change.added or change.replaced:
            click.echo(f"{change.table}: {change.added:,} added, {change.replaced:,} replaced")
    if report.folder is None:
        click.echo("Nothing was changed: this was a dry run.")
    else:
        click.echo(f"Your archive is now {report.folder}")


@command.command()
def reset() -> None:
    """Go back to the record that ships; what you imported is removed."""
    from detente.archive.importing.generation import reset as run

    click.echo("Back to what ships." if run() else "You had imported nothing.")
