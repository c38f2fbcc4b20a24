"""`detente steps`: a ladder of small reciprocal steps, and a check of a plan of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import Day, as_json, as_of, case_file, csv_file, lang
from detente.cli.output import write_file, write_rows
from detente.errors import CaseError
from detente.language import Lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from detente.case import Case
    from detente.parties import Party
    from detente.steps import Check, Ladder


class _Default(click.Group):
    """A group whose first argument may be a case instead of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``detente steps CASE`` as ``detente steps show CASE``."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group("steps", cls=_Default)
def command() -> None:
    """Small reciprocal steps before a meeting, and in which order.

    `detente steps CASE` is short for `detente steps show CASE`.
    """


@command.command("show")
@case_file
@click.option("--pair", metavar="A-B", help="Two of the parties, such as USA-RUS; else all.")
@click.option(
    "--meeting", type=Day(), metavar="DATE", help="Day of the meeting, where it is fixed."
)
@click.option("--short", is_flag=True, help="The ladder and the rules without the particulars.")
@click.option("--all", "everything", is_flag=True, help="Also the measures left out, and why.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PLAN", help="Write the plan as TOML."
)
@as_of
@lang
@as_json
@csv_file
def show(
    case_path: Path,
    pair: str | None,
    meeting: date | None,
    short: bool,
    everything: bool,
    out: Path | None,
    as_of: date | None,
    lang: Lang,
    as_json: bool,
    csv_path: Path | None,
) -> None:
    """The ladder of confidence-building steps for the parties of CASE."""
    from detente.case import open_case
    from detente.steps import ladder, plan_of, plan_text
    from detente.steps.tense import percentiles
    from detente.steps.values import COLUMNS, row, values

    case, archive = open_case(case_path, as_of)
    parties = _pair(case, pair) if pair else case.parties
    tension = percentiles(archive, case, [party.code for party in parties])
    found = ladder(archive, case, parties, meeting, tension)
    if csv_path is not None:
        rows = [row(number, rung, lang) for number, rung in enumerate(found.rungs, 1)]
        write_rows(csv_path, [COLUMNS, *([one[name] for name in COLUMNS] for one in rows)])
    if out is not None:
        write_file(out, plan_text(plan_of(found, case.name(lang), lang)).encode())
    if as_json:
        told = values(found, case.name(lang), lang)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print_ladder(found, case.name(lang), lang, short, everything)


@command.command("check")
@click.argument("path", metavar="PLAN", type=click.Path(path_type=Path))
@click.option(
    "--case", "case_path", type=click.Path(path_type=Path), help="Whose parties it is for."
)
@click.option(
    "--on", "today", type=Day(), metavar="DATE", help="Steps due by this day must be done."
)
@lang
@as_json
def check(
    path: Path, case_path: Path | None, today: date | None, lang: Lang, as_json: bool
) -> None:
    """Test PLAN against Osgood’s ten rules; exit 3 where one is not met."""
    from detente.case import open_case
    from detente.errors import at
    from detente.steps import PlanError, check_plan, read_plan
    from detente.steps.values import check_values

    plan = read_plan(path)
    if case_path is not None:
        case, _ = open_case(case_path)
        strange = [code for code in plan.parties if code not in case.codes]
        if strange:
            raise PlanError(
                f"{at(path)}: {strange[0]} is no party of {at(case_path)}: name its parties "
                f"({', '.join(case.codes)}), or another case"
            )
    checks = check_plan(plan, today)
    if as_json:
        told = [check_values(one, lang) for one in checks]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _print_checks(checks, lang)
    if any(one.verdict == "not met" for one in checks):
        raise SystemExit(CaseError.exit_code)


@command.command("measures")
@lang
@as_json
def measures(lang: Lang, as_json: bool) -> None:
    """The catalogue of measures with their ratings."""
    from dataclasses import asdict

    from detente.steps.catalogue import measures as catalogue
    from detente.steps.wording import FIELDS, say

    if as_json:
        listed = [asdict(one) | {"weight": one.weight} for one in catalogue()]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for one in catalogue():
        click.echo(f"{one.id}  {one.weight}  {one.name(lang)} ({say(lang, FIELDS[one.field])})")


def _pair(case: Case, text: str) -> tuple[Party, ...]:
    """Return the two parties of a pair; a code may have a hyphen of its own."""
    known = {party.code.upper(): party for party in case.parties}
    parts = [part.strip().upper() for part in text.split("-")]
    for cut in range(1, len(parts)):
        one, other = "-".join(parts[:cut]), "-".join(parts[cut:])
        if one in known and other in known and one != other:
            return known[one], known[other]
    raise CaseError(
        f"“{text}” is no pair of this case: write two of {', '.join(case.codes)} as "
        f"{case.codes[0]}-{case.codes[1]}"
    )


def print_ladder(found: Ladder, name: str, lang: Lang, short: bool, everything: bool) -> None:
    """Print a ladder to the terminal; ``everything`` adds the measures left out."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from detente.steps import plan_of
    from detente.steps.telling import (
        first_lines,
        left_out_words,
        offset_words,
        rung_lines,
        rung_title,
        short_code,
        tension_words,
    )
    from detente.steps.wording import STAGES, say

    console = Console(highlight=False)
    plan = plan_of(found, name, lang)
    head, *reasons = first_lines(found, lang)
    _line(console, name, style="bold")
    _line(console, say(lang, "First to move: {who}", who=head))
    for line in reasons:
        _line(console, f"– {line}", indent=2)
    _line(console, tension_words(found, lang))
    when = offset_words(plan.intent_day, found.meeting, lang, full=True)
    _line(console, say(lang, "Announced {when}: “{words}”", when=when, words=plan.intent))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("No.", "Stage", "Taken", "By", "Step", "Weight"):
        table.add_column(say(lang, title), overflow="fold")
    for number, rung in enumerate(found.rungs, 1):
        table.add_row(
            str(number),
            say(lang, STAGES[rung.stage]),
            offset_words(rung.do, found.meeting, lang),
            say(lang, "all together") if rung.by == "all" else short_code(rung.by, lang),
            rung.measure.name(lang),
            str(rung.measure.weight),
        )
    console.print(table)
    if found.meeting is None:
        _line(console, say(lang, "Days count from the meeting; --meeting gives dates."))
    for number, rung in enumerate(found.rungs, 1):
        if short:
            break
        console.print()
        _line(console, rung_title(number, rung, found, lang), style="bold")
        for label, text in rung_lines(rung, found, lang):
            _line(console, say(lang, "{label}: {text}", label=label, text=text), indent=3)
    console.print()
    _print_checks(found.checks, lang)
    if everything:
        console.print()
        _line(console, say(lang, "Left out"), style="bold")
        for one in found.left_out:
            why = left_out_words(one, lang)
            told = say(lang, "{label}: {text}", label=one.measure.name(lang), text=why)
            _line(console, told, indent=3)


def _line(console: Console, text: str, style: str = "", indent: int = 0) -> None:
    """Print a paragraph; unlike rich it breaks no line at a no-break space, as French has many."""
    from textwrap import fill

    space = " " * indent
    wrapped = fill(
        text,
        console.width,
        initial_indent=space,
        subsequent_indent=space + ("  " if indent else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print(wrapped, style=style, markup=False, soft_wrap=True)


def _print_checks(checks: Sequence[Check], lang: Lang) -> None:
    from rich.console import Console

    from detente.steps.telling import check_words, met
    from detente.steps.wording import say

    console = Console(highlight=False)
    count = say(lang, "Osgood’s ten rules: {met} of {all} met", met=met(checks), all=len(checks))
    _line(console, count, style="bold")
    for one in checks:
        title, verdict, why = check_words(one, lang)
        text = say(
            lang,
            "{number}. {title}: {verdict}; {why}",
            number=one.rule,
            title=title,
            verdict=verdict,
            why=why,
        )
        style = {"met": "green", "not met": "red"}.get(one.verdict, "yellow")
        _line(console, text, style=style, indent=3 - len(str(one.rule)) + 1)
