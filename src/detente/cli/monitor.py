"""`detente monitor`: what changed since a day; the weekly note for the host."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.options import Day, as_json, as_of, case_file, lang
from detente.errors import CaseError, OutputError
from detente.language import Lang

if TYPE_CHECKING:
    from detente.case import Case
    from detente.monitor import Note

FORMATS = (".html", ".pdf", ".docx", ".md", ".txt")


@click.command("monitor")
@case_file
@click.option(
    "--since", type=Day(), required=True, metavar="DATE", help="What was known on this day is old."
)
@as_of
@click.option(
    "--plan",
    "plan_path",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="A plan of steps whose days to watch.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the note: .html, .pdf, .docx, .md or .txt.",
)
@lang
@as_json
def command(
    case_path: Path,
    since: date,
    as_of: date | None,
    plan_path: Path | None,
    out: Path | None,
    lang: Lang,
    as_json: bool,
) -> None:
    """What changed for the parties of CASE since a day."""
    from detente.case import open_case
    from detente.cli.document import paper, show
    from detente.dossier.sections.monitor import section
    from detente.monitor import monitor
    from detente.steps import read_plan
    from detente.steps.tense import percentiles

    if out is not None and out.suffix.lower() not in FORMATS:
        raise OutputError(
            f"{out} has no ending of a known format: name it {', '.join('*' + f for f in FORMATS)}"
        )
    plan = None if plan_path is None else read_plan(plan_path)
    case, after = open_case(case_path, as_of)
    if since >= case.as_of:
        raise CaseError(
            f"--since {since} is not before the as-of date {case.as_of}: give an earlier day, or a "
            "later one with --as-of"
        )
    earlier, before = open_case(case_path, since)
    known = (percentiles(before, earlier, case.codes), percentiles(after, case, case.codes))
    found = monitor(before, earlier, after, case, known, plan)
    made = section(found, case, lang)
    if plan is not None and found.steps is None:
        click.echo(
            f"{plan_path}: the meeting has no day, so no step falls due; add “meeting” to the plan",
            err=True,
        )
    if as_json:
        told = {"case": case.stem, **_plain(found), "quiet": found.quiet}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    elif out is None:
        show([made])
    if out is not None:
        document = paper(
            [made],
            lang,
            stem=f"{case.stem}-monitor-{case.as_of.isoformat()}-{lang}",
            title=case.name(lang),
            subtitle=made.title,
            facts=_facts(case, found, lang),
            as_of=case.as_of,
        )
        _write(document, out)


def _facts(case: Case, found: Note, lang: Lang) -> list[tuple[str, str]]:
    from detente.dossier.words import words
    from detente.language import translator

    say, house = translator(lang, "monitor"), words(lang)
    return [
        (say("Host"), case.host.name(lang)),
        (say("Parties"), ", ".join(party.name(lang) for party in case.parties)),
        (say("As of"), house.day(case.as_of)),
        (say("Last record"), house.day(found.last_after)),
    ]


def _write(document: Any, out: Path) -> None:
    from detente.cli.document import content
    from detente.cli.output import write_file

    suffix = out.suffix.lower()
    write_file(out, content(document, ".md" if suffix == ".txt" else suffix))
    click.echo(out, err=True)


def _plain(value: Any) -> Any:
    """Return a note as JSON values: dataclasses by field, dates as 2018-11-20."""
    from detente.topics import Topic

    if isinstance(value, Topic):
        return value.code
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return round(value, 6) if isinstance(value, float) else value
