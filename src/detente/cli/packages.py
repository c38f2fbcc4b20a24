"""`detente packages`: deals that every party prefers to no deal."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import as_json, as_of, csv_file, lang
from detente.cli.output import write_file, write_rows
from detente.cli.packages_sheet import from_case, load
from detente.cli.packages_text import (
    csv_rows,
    outcome_values,
    package_values,
    print_outcomes,
    rounded,
    show_analysis,
    show_text,
    values,
)
from detente.errors import NotFound, OutputError, SheetError
from detente.language import Lang

if TYPE_CHECKING:
    from detente.packages.sheet import Sheet


class _Default(click.Group):
    """A group whose first argument may be a sheet instead of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``detente packages CASE`` as ``detente packages show CASE``."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


sheet_file = click.argument("path", metavar="SHEET", type=click.Path(path_type=Path))


@click.group("packages", cls=_Default)
def command() -> None:
    """Deals that every party prefers to no deal.

    `detente packages SHEET` is short for `detente packages show SHEET`. A sheet is a case with
    issues, a TOML sheet, a spreadsheet, or a folder of Genius or JSON profiles.
    """


@command.command("show")
@sheet_file
@click.option(
    "--text",
    "text",
    metavar="TEXT",
    help="A half-agreed text: a file of issue=option lines, or “a=x, b=y”.",
)
@click.option("--record", is_flag=True, help="Estimate what nobody told from the public record.")
@click.option("--draws", type=click.IntRange(100, 100_000), default=2000, show_default=True,
              help="Utility profiles to draw.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(min=1), default=60.0, show_default=True,
              help="Most time for one question to the integer solver.")  # fmt: skip
@as_of
@lang
@as_json
@csv_file
def show(
    path: Path,
    text: str | None,
    record: bool,
    draws: int,
    seconds: float,
    as_of: date | None,
    lang: Lang,
    as_json: bool,
    csv_path: Path | None,
) -> None:
    """Which packages all parties prefer to no deal, what they trade, and how sure that is."""
    from detente.packages.analysis import analyse, improvements
    from detente.packages.sentences import Speaker
    from detente.terminal import progress

    sheet = load(path, as_of, record)
    speaker = Speaker(sheet, lang)
    if text is not None:
        show_text(sheet, speaker, improvements(sheet, _text(sheet, text)), as_json)
        return
    with progress("packages") as step:
        found = analyse(sheet, draws, seconds, step)
    if csv_path is not None:
        write_rows(csv_path, csv_rows(found))
    if as_json:
        click.echo(json.dumps(values(found), ensure_ascii=False, indent=1))
    else:
        show_analysis(found, speaker)


def _text(sheet: Sheet, text: str) -> list[str]:
    """Read the options of a half-agreed text; what it leaves out is open."""
    source = Path(text)
    where = "--text"
    if "=" not in text:
        where = source.name
        try:
            text = source.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise SheetError(
                f"{text} cannot be read: name a file of issue=option lines, or write “a=x, b=y”"
            ) from None
    chosen: dict[str, str] = {}
    for part in text.replace("\n", ",").split(","):
        part = part.split("#")[0].strip()
        if not part:
            continue
        issue, _, option = (piece.strip() for piece in part.partition("="))
        known = {one.code: one.codes for one in sheet.issues}
        if issue not in known:
            raise SheetError(
                f"{where}: there is no issue “{issue}”: the issues are {', '.join(known)}"
            )
        if option not in known[issue]:
            raise SheetError(
                f"{where}: “{issue}” has no option “{option}”: its options are "
                f"{', '.join(known[issue])}"
            )
        chosen[issue] = option
    return [chosen.get(issue.code, "") for issue in sheet.issues]


@command.command("steps")
@sheet_file
@click.option("--record", is_flag=True, help="Estimate what nobody told from the public record.")
@as_of
@lang
@as_json
def steps(path: Path, record: bool, as_of: date | None, lang: Lang, as_json: bool) -> None:
    """In which order the issues of a package can be agreed, and what to hold for the end."""
    from detente.packages.analysis import steps as order
    from detente.packages.sentences import Speaker

    sheet = load(path, as_of, record)
    try:
        package, found = order(sheet)
    except LookupError:
        raise NotFound(
            f"{path.name}: no package is acceptable to all, so there is nothing to agree in steps: "
            f"see `detente packages {path}` for what blocks"
        ) from None
    if as_json:
        click.echo(
            json.dumps(
                {
                    "package": package_values(package),
                    "steps": [rounded(asdict(step)) for step in found],
                },
                ensure_ascii=False,
                indent=1,
            )
        )
        return
    speaker = Speaker(sheet, lang)
    for n, step in enumerate(found, 1):
        click.echo(f"{n}. {speaker.step(step)}")
    click.echo(speaker.say("A result of the model; nothing is agreed until everything is agreed."))


@command.command("template")
@click.argument("path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The spreadsheet to write.")
@click.option("--force", is_flag=True, help="Replace the spreadsheet if it exists.")
@as_of
@lang
def template(path: Path, out: Path | None, force: bool, as_of: date | None, lang: Lang) -> None:
    """Write a spreadsheet to fill in, from the parties and issues of a case.

    CASE may be the case file or the .xlsx to write beside it.
    """
    from detente.packages.formats.xlsx_write import workbook_bytes

    if path.suffix.lower() == ".xlsx":
        out, path = out or path, path.with_suffix(".toml")
    target = out or path.with_suffix(".xlsx")
    if target.exists() and not force:
        raise OutputError(f"{target} exists: choose another name, or give --force to replace it")
    head = {}
    try:
        head = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        head = {"case": {}}  # open_case says what is wrong
    sheet = from_case(path, as_of, False, blank=True) if "case" in head else load(path)
    write_file(target, workbook_bytes(sheet, lang))
    click.echo(f"Wrote {target}. Fill it in, then: detente packages {target}")


@command.command("convert")
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path))
@click.argument("target", metavar="TO", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "form",
    type=click.Choice(["toml", "xlsx", "genius", "json"]),
    help="The form of TO, where its name does not say it.",
)
@click.option("--force", is_flag=True, help="Replace TO if it exists.")
@as_of
@lang
def convert(
    source: Path, target: Path, form: str | None, force: bool, as_of: date | None, lang: Lang
) -> None:
    """Turn a sheet into another form: TOML, a spreadsheet, a Genius folder, a folder of JSON."""
    from detente.packages.formats.genius import genius_files
    from detente.packages.formats.scenario import scenario_files
    from detente.packages.formats.toml import as_toml
    from detente.packages.formats.xlsx_write import workbook_bytes

    sheet = load(source, as_of)
    form = form or {".toml": "toml", ".xlsx": "xlsx"}.get(target.suffix.lower())
    if form is None:
        raise click.BadParameter(
            f"“{target.name}” does not say which form: give --to", param_hint="TO"
        )
    if target.exists() and not force:
        raise OutputError(f"{target} exists: choose another name, or give --force to replace it")
    if form == "toml":
        write_file(target, as_toml(sheet).encode())
    elif form == "xlsx":
        write_file(target, workbook_bytes(sheet, lang))
    else:
        files = genius_files(sheet) if form == "genius" else scenario_files(sheet)
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{target} cannot be made: {error.strerror}") from None
        for name, text in files.items():
            write_file(target / name, text.encode())
    click.echo(f"Wrote {target}.")


@command.command("outcome")
@click.argument("path", metavar="CSV", type=click.Path(path_type=Path))
@click.option("--issue", "code", metavar="CODE", help="One issue of the file; by default all.")
@click.option("--low", type=float, default=0.0, show_default=True, help="Low end of the scale.")
@click.option("--high", type=float, default=100.0, show_default=True, help="High end of it.")
@lang
@as_json
def outcome(
    path: Path, code: str | None, low: float, high: float, lang: Lang, as_json: bool
) -> None:
    """Where a single contested issue on a scale would settle, by several models and their record.

    CSV has the columns actor, issue, position, salience (0 to 1) and power, or Actor, Capability,
    Position and Salience.
    """
    from detente.packages.outcomes.readers import read_scales

    issues = read_scales(path, low, high)
    if code is not None:
        issues = [issue for issue in issues if issue.code == code]
        if not issues:
            raise SheetError(f"{path.name} has no issue “{code}”: leave --issue out to see all")
    told = [outcome_values(issue) for issue in issues]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print_outcomes(told, lang)
