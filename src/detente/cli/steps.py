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
    from detente.steps.telling import COLUMNS, row, values
    from detente.steps.tense import percentiles

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
    from detente.steps.telling import check_values

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
    codes = [part.strip().upper() for part in text.split("-")]
    known = {party.code.upper(): party for party in case.parties}
    if len(codes) != 2 or codes[0] == codes[1] or not set(codes) <= set(known):
        raise CaseError(
            f"“{text}” is no pair of this case: write two of {', '.join(case.codes)} as "
            f"{case.codes[0]}-{case.codes[1]}"
        )
    return tuple(known[code] for code in codes)


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
        tension_words,
    )
    from detente.steps.wording import STAGES, say

    console = Console(highlight=False)
    plan = plan_of(found, name, lang)
    head, *reasons = first_lines(found, lang)
    console.print(name, style="bold", markup=False)
    console.print(say(lang, "First to move: {who}", who=head), markup=False)
    for line in reasons:
        console.print(f"  – {line}", markup=False)
    console.print(tension_words(found, lang), markup=False)
    console.print(
        say(
            lang,
            "Announced {when}: “{words}”",
            when=offset_words(plan.intent_day, found.meeting, lang, full=True),
            words=plan.intent,
        ),
        markup=False,
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("No.", "Stage", "Taken", "By", "Step", "Weight"):
        table.add_column(say(lang, title), overflow="fold")
    for number, rung in enumerate(found.rungs, 1):
        table.add_row(
            str(number),
            say(lang, STAGES[rung.stage]),
            offset_words(rung.do, found.meeting, lang),
            say(lang, "all together") if rung.by == "all" else rung.by,
            rung.measure.name(lang),
            str(rung.measure.weight),
        )
    console.print(table)
    if found.meeting is None:
        console.print(say(lang, "Days count from the meeting; --meeting gives dates."))
    if not short:
        for number, rung in enumerate(found.rungs, 1):
            console.print(rung_title(number, rung, found, lang), style="bold", markup=False)
            for label, text in rung_lines(rung, found, lang):
                console.print(
                    say(lang, "{label}: {text}", label=f"   {label}", text=text), markup=False
                )
            console.print()
    _print_checks(found.checks, lang)
    if everything:
        console.print(say(lang, "Left out"), style="bold")
        for one in found.left_out:
            console.print(
                say(
                    lang,
                    "{label}: {text}",
                    label=f"   {one.measure.name(lang)}",
                    text=left_out_words(one, lang),
                ),
                markup=False,
            )


def _print_checks(checks: Sequence[Check], lang: Lang) -> None:
    from rich.console import Console

    from detente.steps.telling import check_words, met
    from detente.steps.wording import say

    console = Console(highlight=False)
    console.print(
        say(lang, "Osgood’s ten rules: {met} of {all} met", met=met(checks), all=len(checks)),
        style="bold",
    )
    for one in checks:
        title, verdict, why = check_words(one, lang)
        style = {"met": "green", "not met": "red"}.get(one.verdict, "yellow")
        console.print(
            say(
                lang,
                "{number}. {title}: {verdict}; {why}",
                number=f"{one.rule:3}",
                title=title,
                verdict=verdict,
                why=why,
            ),
            style=style,
            markup=False,
        )
