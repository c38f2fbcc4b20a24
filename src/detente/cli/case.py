"""`detente case`: write a new case file by asking, or check one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from detente.cli.options import as_of, case_file
from detente.errors import CaseError, DetenteError, OutputError, at

T = TypeVar("T")


@click.group("case")
def command() -> None:
    """Write a new case file, or check one."""


@command.command("check")
@case_file
@as_of
def check(case_path: Path, as_of: date | None) -> None:
    """Name every fault of CASE by its line; exit 3 if there is one."""
    from detente.case import check_case, open_case
    from detente.topics import find_topic

    faults = check_case(case_path, as_of)
    for fault in faults:
        click.echo(f"{at(case_path, fault.line)}: {fault.message}", err=True)
    unknown = 0
    if not faults:
        case, _ = open_case(case_path, as_of)
        for words in case.topics:
            try:
                find_topic(words)
            except DetenteError as error:
                unknown += 1
                line = case.lines.line(("case", "topics", 0), words) if case.lines else None
                click.echo(f"{at(case_path, line)}: {error}", err=True)
    if faults or unknown:
        raise SystemExit(CaseError.exit_code)
    parties = ", ".join(party.name_en for party in case.parties)
    click.echo(
        f"{case_path.name}: no fault. "
        f"Host {case.host.name_en}; parties {parties}; as of {case.as_of}."
    )


def _ask(
    question: str, given: str | None, read: Callable[[str], T], default: str | None = None
) -> T:
    """Ask until the answer can be read; an answer given as an option is read once."""
    if given is not None:
        return read(given)
    while True:
        try:
            return read(click.prompt(question, default=default, type=str).strip())
        except DetenteError as error:
            click.echo(f"  {error}", err=True)


@command.command("new")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--name", help="What the meeting is called.")
@click.option("--name-fr", help="The same in French.")
@click.option("--host", help="The host: an alpha-3 code or a name.")
@click.option("--parties", help="Codes or names, parted by commas: EU, USA, CHN, RUS.")
@click.option("--as-of", help="The day whose knowledge may be used: 2018-11-20.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def new(
    path: Path,
    name: str | None,
    name_fr: str | None,
    host: str | None,
    parties: str | None,
    as_of: str | None,
    force: bool,
) -> None:
    """Write a commented case file to FILE; what no option gives is asked."""
    from detente.archive import open_archive
    from detente.case import MOST_PARTIES, check_case
    from detente.parties import find_party, find_state

    if path.exists() and not force:
        raise OutputError(f"{path} exists: choose another name, or give --force to replace it")
    archive = open_archive()

    def read_day(text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise CaseError(f"“{text}” is not a date: write it as 2018-11-20") from None
        open_archive(as_of=day)
        return day

    def read_parties(text: str) -> list[str]:
        codes = [find_party(archive, part.strip()).code for part in text.split(",") if part.strip()]
        if not 2 <= len(set(codes)) <= MOST_PARTIES or len(set(codes)) != len(codes):
            raise CaseError(f"name from two to {MOST_PARTIES} parties, each once")
        return codes

    def read_text(text: str) -> str:
        if not text:
            raise CaseError("the name is empty: give the meeting a name")
        return text

    title = _ask("Name of the meeting", name, read_text)
    title_fr = _ask("The same in French", name_fr, read_text, default=title)
    convener = _ask("Host (code or name)", host, lambda text: find_state(archive, text).iso3)
    invited = _ask("Parties (codes or names, parted by commas)", parties, read_parties)
    day = _ask("As-of date", as_of, read_day, default=archive.last_day.isoformat())

    quote = json.dumps  # a TOML basic string is a JSON string
    listed = ", ".join(quote(code) for code in invited)
    text = f"""\
# A case for Détente; docs/case.md explains every field.
# Check it with `detente case check {path.name}`.

[case]
name = {quote(title, ensure_ascii=False)}
name_fr = {quote(title_fr, ensure_ascii=False)}

# The state that convenes, by its ISO 3166 alpha-3 code.
host = {quote(convener)}

# Those at the table: states by code, blocs such as "EU", or a bloc of your own from [blocs] below.
parties = [{listed}]

# Nothing later than this day is used in any computation.
as_of = {day.isoformat()}

# First year of the evidence. Without it each method uses its own window.
# since = 1998

# Ways of convening under consideration: "special-session", "forum".
formats = []

# Topics that the host itself wishes to raise: codes from docs/topics.md.
topics = []

# A bloc that the archive does not know, by its members.
# [blocs.V4]
# name = "Visegrád Group"
# name_fr = "Groupe de Visegrád"
# members = ["CZE", "HUN", "POL", "SVK"]
"""
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text(text, encoding="utf-8")
        faults = check_case(temporary)
        if faults:
            raise CaseError(faults[0].message)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        temporary.unlink(missing_ok=True)
    click.echo(f"Wrote {path}. Next: detente dossier {path}")
