"""`detente convene`: every way to bring the parties to a table, and what each needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from detente.cli.options import Day, as_json, as_of, case_file, csv_file, lang
from detente.cli.output import write_file, write_rows
from detente.language import Lang

if TYPE_CHECKING:
    from detente.convening.calendar import Plan
    from detente.convening.routes import Fact

ENDINGS = (".svg", ".png")


@click.command("convene")
@case_file
@click.option("--route", metavar="R", help="One route in full, by its id (see the list).")
@click.option(
    "--opening", type=Day(), metavar="DATE", help="A wished opening; deadlines count back from it."
)
@click.option("--persuade", is_flag=True, help="Whom to persuade, and who can block alone.")
@click.option(
    "--believe",
    multiple=True,
    metavar="STATE=P",
    help="What an ambassador reports: USA=0.4 (repeat); shows what it changes.",
)
@click.option(
    "--fact",
    "facts",
    multiple=True,
    type=click.Choice(["threat", "deadlock"]),
    help="A fact only you can set: a threat to the peace; a Council blocked by a veto (repeat).",
)
@click.option(
    "--open-question",
    "answers",
    multiple=True,
    metavar="KEY=yes|no",
    help="Answer what law leaves open, to see what follows: veto=yes.",
)
@click.option(
    "--calendar",
    metavar="FILE.ics",
    type=click.Path(path_type=Path),
    help="Write the plan of --route for --opening as a calendar.",
)
@click.option(
    "--timeline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Draw the plan of --route for --opening (.svg or .png).",
)
@as_of
@lang
@as_json
@csv_file
def command(
    case_path: Path,
    route: str | None,
    opening: date | None,
    persuade: bool,
    believe: Sequence[str],
    facts: Sequence[Fact],
    answers: Sequence[str],
    calendar: Path | None,
    timeline: Path | None,
    as_of: date | None,
    lang: Lang,
    as_json: bool,
    csv_path: Path | None,
) -> None:
    """Compare every way to bring the parties of CASE to a table, and recommend."""
    believed = {key: _probability(key, value) for key, value in _pairs(believe, "--believe")}
    answered = {key: _yes(value) for key, value in _pairs(answers, "--open-question")}
    if (calendar or timeline) and (route is None or opening is None):
        raise click.UsageError("--calendar and --timeline need --route and --opening: give both")
    ending = timeline.suffix.lower() if timeline else ""
    if timeline and ending not in ENDINGS:
        raise click.BadParameter(
            f"“{timeline.name}” is no picture: end it in .svg or .png", param_hint="--timeline"
        )
    from detente.case import open_case
    from detente.convening.comparing import compare
    from detente.convening.values import COLUMNS, row, whole
    from detente.convening.wording import Wording

    case, archive = open_case(case_path, as_of)
    found = compare(
        archive,
        case,
        route=route,
        opening=opening,
        overrides=believed,
        facts=dict.fromkeys(facts, True),
        answers=answered,
    )
    words = Wording(archive, case, lang)
    planned = None
    if route is not None and opening is not None:
        from detente.convening.calendar import plan
        from detente.convening.routes import find_route

        planned = plan(archive, case, find_route(route), opening, case.as_of)
        _write(planned, calendar, timeline, lang)
    if csv_path is not None:
        rows = [row(one, words) for one in found.routes]
        write_rows(csv_path, [COLUMNS, *([one[name] for name in COLUMNS] for one in rows)])
    if as_json:
        result = whole(found, words)
        if planned is not None:
            from detente.convening.calendar.wording import values as milestones

            result["plan"] = milestones(planned, lang)
        if persuade:
            from detente.cli.convene_persuade import values as persuaded

            result["persuade"] = persuaded(archive, case, found, words)
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
        return
    from detente.cli.convene_text import print_comparison, print_route

    if persuade:
        from detente.cli.convene_persuade import print_persuade

        print_persuade(archive, case, found, words)
    elif route is not None:
        print_route(found, found.routes[0], words, planned)
    else:
        print_comparison(found, words)


def _pairs(given: Sequence[str], option: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given:
        key, equals, value = text.partition("=")
        if not (key and equals and value):
            raise click.BadParameter(f"“{text}” is not KEY=VALUE: mend it", param_hint=option)
        pairs.append((key.strip(), value.strip()))
    return pairs


def _probability(key: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise click.BadParameter(
            f"“{value}” for {key} is no number: give a probability such as 0.4",
            param_hint="--believe",
        ) from None


def _yes(value: str) -> bool:
    if value not in ("yes", "no"):
        raise click.BadParameter(
            f"“{value}” is neither yes nor no: give one of them", param_hint="--open-question"
        )
    return value == "yes"


def _write(found: Plan, calendar: Path | None, timeline: Path | None, lang: Lang) -> None:
    if calendar is not None:
        from detente.convening.calendar import write_calendar

        write_file(calendar, write_calendar(found, lang))
    if timeline is not None:
        from detente.dossier.timeline import timeline_file

        ending: Literal["svg", "png"] = "svg" if timeline.suffix.lower() == ".svg" else "png"
        write_file(timeline, timeline_file(found, lang, ending))
