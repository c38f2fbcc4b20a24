"""`detente packages`: deals that every party prefers to no deal."""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import asdict
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.options import as_json, as_of, csv_file, lang
from detente.errors import NotFound, OutputError, SheetError
from detente.language import Lang

if TYPE_CHECKING:
    from detente.packages.findings import Analysis, Package
    from detente.packages.outcomes import Contested
    from detente.packages.sentences import Speaker
    from detente.packages.sheet import Sheet

MOST_TRADES, MOST_QUESTIONS = 5, 3


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


def load(path: Path, as_of: date | None = None, record: bool = False) -> Sheet:
    """Read whatever the user named as a sheet."""
    from detente.packages.formats.genius import is_genius, read_genius
    from detente.packages.formats.scenario import read_scenario
    from detente.packages.formats.toml import read_toml
    from detente.packages.formats.xlsx_read import read_workbook

    if path.is_dir():
        return read_genius(path) if is_genius(path) else read_scenario(path)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return read_workbook(path)
    try:
        head = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return read_toml(path)  # which says what is wrong
    return _from_case(path, as_of, record) if "case" in head else read_toml(path)


def _from_case(path: Path, as_of: date | None, record: bool, blank: bool = False) -> Sheet:
    from detente.case import open_case
    from detente.packages.formats.toml import line_places
    from detente.packages.reading import read_sheet
    from detente.packages.record import Support, start_from_record
    from detente.packages.sheet import Party, Sheet

    case, archive = open_case(path, as_of)
    parties = tuple(Party(p.code, p.name_en, p.name_fr) for p in case.parties)
    if blank and not case.sheet.get("issues"):
        return Sheet(case.name_en, parties, (), (), (), ())
    if not case.sheet.get("issues"):
        raise SheetError(
            f"{path.name} has no issues: write them, or start with `detente packages template "
            f"{path}`"
        )
    sheet = read_sheet(case.sheet, parties, case.name_en, line_places(path.name, case.lines))
    if not record:
        return sheet
    from detente.denominators import denominators
    from detente.packages.working import wilson

    topics = {issue.topic for issue in sheet.issues if issue.topic}
    supports = {}
    found = denominators(archive, case)
    for topic in sorted(topics):
        item = found.of(topic)
        if item is None or not item.cases:
            continue
        against = dict(item.objectors)
        for party in parties:
            share = 1.0 - against.get(party.code, 0) / item.cases
            low, high = wilson(share, item.cases)
            supports[party.code, topic] = Support(share, low, high, item.cases)
    return start_from_record(sheet, supports)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None


def _package_values(package: Package) -> dict[str, Any]:
    return {
        "options": list(package.options),
        "gains": [round(gain, 4) for gain in package.gains],
        "chance": round(package.chance, 4),
        "interval": [round(package.low, 4), round(package.high, 4)],
        "by_party": [round(share, 4) for share in package.by_party],
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def values(found: Analysis) -> dict[str, Any]:
    """Return an analysis as plain values for JSON."""
    plain = {
        key: value
        for key, value in asdict(found).items()
        if key not in ("sheet", "points", "solutions", "best", "offers", "settled")
    }
    return {
        "case": found.sheet.name,
        "parties": [party.code for party in found.sheet.parties],
        "issues": [issue.code for issue in found.sheet.issues],
        "solutions": [
            {
                "rule": one.rule,
                "proved": one.proved,
                "bound": round(one.bound, 4),
                "score": round(one.score, 4),
                "ties": one.ties,
                **_package_values(one.package),
            }
            for one in found.solutions
        ],
        "best": _package_values(found.best) if found.best else None,
        "offers": [_package_values(one) for one in found.offers],
        "settled": _package_values(found.settled) if found.settled else None,
        **_rounded(plain),
    }


def _csv_rows(found: Analysis) -> list[list[object]]:
    issues = [issue.code for issue in found.sheet.issues]
    parties = [party.code for party in found.sheet.parties]
    rows: list[list[object]] = [
        ["kind", *issues, *(f"gain {code}" for code in parties), "chance", "low", "high"]
    ]
    named: list[tuple[str, Package]] = [(one.rule, one.package) for one in found.solutions]
    named += [(f"offer {n}", one) for n, one in enumerate(found.offers, 1)]
    named += [("frontier", one) for one in found.points]
    for kind, one in named:
        gains = [round(gain, 4) for gain in one.gains]
        shares = [round(share, 4) for share in (one.chance, one.low, one.high)]
        rows.append([kind, *one.options, *gains, *shares])
    return rows


def _gain_table(speaker: Speaker, rows: list[tuple[str, Package]], title: str) -> None:
    parties = [party.code for party in speaker.sheet.parties]
    width = max(len(name) for name, _ in rows) + 2
    click.secho(f"\n{title}", bold=True)
    heads = "".join(f"{code:>9}" for code in parties)
    click.echo(f"  {'':{width}}{heads}   {speaker.say('all accept')}")
    for name, one in rows:
        cells = "".join(f"{speaker.points(gain, sign=True):>9}" for gain in one.gains)
        click.echo(f"  {name:{width}}{cells}   {speaker.chance(one)}")


def _list(title: str, lines: list[str]) -> None:
    if lines:
        click.secho(f"\n{title}", bold=True)
        for line in lines:
            click.echo(f"  {line}")


def _print(found: Analysis, speaker: Speaker) -> None:
    say = speaker.say
    click.secho(found.sheet.name, bold=True)
    click.echo(speaker.verdict(found))
    if found.interrupted:
        click.echo(say("Interrupted: what follows stands; what had not begun is left out."))
    if found.unknown:
        click.echo(
            say(
                "Positions of which nothing is known: {n} of {all}; they count as unknown, "
                "not neutral.",
                n=len(found.unknown),
                all=len(found.sheet.stances),
            )
        )
    guessed = sum(stance.provenance.estimate for stance in found.sheet.stances)
    if guessed:
        click.echo(
            say(
                "Positions that are estimates and were told by no party: {n} of {all}.",
                n=guessed,
                all=len(found.sheet.stances),
            )
        )
    kept = sum(stance.provenance.use == "convenor only" for stance in found.sheet.stances)
    kept -= len(found.unknown)
    if kept > 0:
        click.echo(
            say("For the host’s team only; positions that may not be passed on: {n}.", n=kept)
        )
    if found.found != "yes":
        title = (
            say("The smallest set of demands that together block")
            if found.smallest
            else say("Demands that together block (a smaller set may do)")
        )
        _list(title, [speaker.demand(one) for one in found.blocking])
        _list(say("The least concession"), [speaker.opening(one) for one in found.openings])
    if found.solutions:
        _gain_table(
            speaker,
            [(speaker.rule(one.rule), one.package) for one in found.solutions],
            say("Points of 100 gained over no deal, and the chance that all accept"),
        )
        for solved in found.solutions:
            if solved.proved:
                continue
            rule = speaker.rule(solved.rule)
            if not isfinite(solved.bound):
                text = say(
                    "{rule}: not proved best; how much better another can be is not known.",
                    rule=rule,
                )
            else:
                text = say(
                    "{rule}: not proved best; it scores {score}, and none can score above {bound}.",
                    rule=rule,
                    score=speaker.points(solved.score),
                    bound=speaker.points(solved.bound),
                )
            click.echo(f"  {text}")
    if found.aim is not None:
        _list(
            say("The package that favours nobody (Kalai-Smorodinsky)"),
            speaker.lines(found.aim),
        )
    _list(
        say("What is traded, beside settling each issue by itself"),
        [speaker.trade(one) for one in found.trades[:MOST_TRADES]],
    )
    _list(say("Asking for more"), [speaker.ask(one) for one in found.asks])
    _list(say("What each issue is worth to a deal"), [speaker.worth(one) for one in found.worths])
    if found.offers:
        _gain_table(
            speaker,
            [(say("Package {n}", n=n), one) for n, one in enumerate(found.offers, 1)],
            say("To offer together"),
        )
        for n, one in enumerate(found.offers, 1):
            click.echo("  " + say("Package {n}", n=n) + ". " + speaker.listed(speaker.lines(one)))
    if found.best is not None:
        scope = say("of all packages") if found.screened else say("of the efficient packages")
        _list(
            say("Most likely to be accepted by all, {scope}: {chance}", scope=scope,
                chance=speaker.chance(found.best)),
            speaker.lines(found.best),
        )  # fmt: skip
    told = [speaker.question(one) for one in found.questions if one.worth > 0.0005]
    _list(say("What to ask next"), told[:MOST_QUESTIONS])
    click.echo(
        "\n"
        + say(
            "Chances rest on {n} profiles drawn from what is known; points are on each party’s "
            "own scale from 0 to 100.",
            n=speaker.whole(found.draws),
        )
    )


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
        _show_text(sheet, speaker, improvements(sheet, _text(sheet, text)), as_json)
        return
    with progress("packages") as step:
        found = analyse(sheet, draws, seconds, step)
    if csv_path is not None:
        try:
            with csv_path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(_csv_rows(found))
        except OSError as error:
            raise OutputError(f"{csv_path} cannot be written: {error.strerror}") from None
    if as_json:
        click.echo(json.dumps(values(found), ensure_ascii=False, indent=1))
    else:
        _print(found, speaker)


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


def _show_text(sheet: Sheet, speaker: Speaker, found: tuple[Package, ...], as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps([_package_values(one) for one in found], ensure_ascii=False, indent=1)
        )
        return
    text, better = found[0], found[1:]
    say = speaker.say
    rows = [(say("The text"), text)]
    rows += [(say("Improvement {n}", n=n), one) for n, one in enumerate(better, 1)]
    _gain_table(
        speaker, rows, say("Points of 100 gained over no deal, and the chance that all accept")
    )
    for n, one in enumerate(better, 1):
        changes = [
            say(
                "{issue}: {option}",
                issue=issue.name(speaker.lang),
                option=speaker.option(issue.code, new),
            )
            for issue, old, new in zip(sheet.issues, text.options, one.options, strict=True)
            if old != new
        ]
        click.echo("  " + say("Improvement {n}", n=n) + ". " + speaker.listed(changes))
    if not better:
        click.echo(say("No change helps one party without hurting another."))


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
                    "package": _package_values(package),
                    "steps": [_rounded(asdict(step)) for step in found],
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
    sheet = _from_case(path, as_of, False, blank=True) if "case" in head else load(path)
    _write(target, workbook_bytes(sheet, lang))
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
        _write(target, as_toml(sheet).encode())
    elif form == "xlsx":
        _write(target, workbook_bytes(sheet, lang))
    else:
        files = genius_files(sheet) if form == "genius" else scenario_files(sheet)
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{target} cannot be made: {error.strerror}") from None
        for name, text in files.items():
            _write(target / name, text.encode())
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
    told = [_outcome_values(issue) for issue in issues]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _print_outcomes(told, lang)


def _outcome_values(issue: Contested) -> dict[str, Any]:
    import numpy as np

    from detente.packages.outcomes import (
        PROGRAM,
        challenge,
        forecast,
        nash_point,
        readings,
        shipped,
        weighted_mean,
        weighted_median,
    )

    given = issue.positions(), issue.salience(), issue.capability()
    weight = given[1] * given[2]
    finals = np.array([challenge(*given, reading)[-1].median for reading in readings()])
    own = forecast(shipped()[0], [issue])[0]
    low, high = np.quantile(finals, [0.1, 0.9])
    models = {
        "predictor": own.point,
        "weighted mean": issue.on_scale(weighted_mean(given[0], weight)),
        "weighted median": issue.on_scale(weighted_median(given[0], weight)),
        "Nash": issue.on_scale(nash_point(given[0], weight)),
        "challenge, as programmed": issue.on_scale(challenge(*given, PROGRAM)[-1].median),
    }
    return {
        "issue": issue.code,
        "parties": len(issue.stances),
        "models": {name: round(float(value), 2) for name, value in models.items()},
        "interval": [round(own.low, 2), round(own.high, 2)],
        "challenge_readings": [
            round(issue.on_scale(float(end)), 2) for end in (finals.min(), low, high, finals.max())
        ],
    }


def _print_outcomes(told: list[dict[str, Any]], lang: Lang) -> None:
    from detente.language import translator
    from detente.packages.outcomes import shipped

    say = translator(lang, "packages")
    record = shipped()[1]

    def number(value: float) -> str:
        return f"{value:g}".replace(".", "," if lang == "fr" else ".")

    error = {score.model: score for score in record.scores}
    for item in told:
        click.secho(f"{item['issue']}", bold=True)
        for name, value in item["models"].items():
            score = error[name]
            extra = ""
            if name == "predictor":
                extra = say(
                    "; four outcomes in five between {low} and {high}",
                    low=number(item["interval"][0]),
                    high=number(item["interval"][1]),
                )
            click.echo(
                f"  {say(name):34s} {number(value):>8}   "
                + say("error on the record {error}", error=number(round(score.error, 1)))
                + extra
            )
        first, _, _, last = item["challenge_readings"]
        click.echo(
            "  "
            + say(
                "The challenge model gives {low} to {high} over 32 defensible readings.",
                low=number(first),
                high=number(last),
            )
        )
    click.echo(
        say(
            "Record: mean absolute error in points of 100 on {n} issues of {source}, each forecast "
            "without its own proposal. A forecast, not advice.",
            n=record.issues,
            source=say(record.source),
        )
    )
