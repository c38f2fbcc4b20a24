"""`detente tension`: how tense it is between the parties, beside every earlier moment."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import as_json, as_of, case_file, csv_file, lang
from detente.cli.output import write_file, write_rows
from detente.errors import NotFound
from detente.language import Lang

if TYPE_CHECKING:
    from detente.tension import Tension

_FIRST_YEAR = 1946


class Pairs(click.ParamType[tuple[tuple[str, str], ...]]):
    """Pairs of parties, written USA-RUS,EU-CHN."""

    name = "pairs"

    def convert(
        self,
        value: str | tuple[tuple[str, str], ...],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[tuple[str, str], ...]:
        """Return the pairs, or refuse with the form they should have."""
        if isinstance(value, tuple):
            return value
        found = []
        for text in value.upper().split(","):
            codes = [code.strip() for code in text.split("-")]
            if len(codes) != 2 or not all(codes):
                self.fail(f"“{text.strip()}” is not a pair: write it as USA-RUS", param, ctx)
            found.append((codes[0], codes[1]))
        return tuple(dict.fromkeys(found))


@click.command("tension")
@case_file
@click.option("--pairs", type=Pairs(), metavar="USA-RUS,…", help="Only these pairs, of any states.")
@click.option("--from", "first", type=int, metavar="YEAR", help="Show months from this year on.")
@click.option(
    "--sources",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Raw series of your own, in place of those that ship (docs/tension.md).",
)
@click.option(
    "--picture",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Draw the pairs over time into FILE.svg or FILE.png.",
)
@as_of
@as_json
@csv_file
@lang
def command(
    case_path: Path,
    pairs: tuple[tuple[str, str], ...] | None,
    first: int | None,
    sources: Path | None,
    picture: Path | None,
    as_of: date | None,
    as_json: bool,
    csv_path: Path | None,
    lang: Lang,
) -> None:
    """How tense it is between the parties, compared with every earlier moment.

    One index a pair, from votes, crises, a peace scale, expert scores, newspapers and event data,
    as a percentile of the pair's own history with a 90 % interval; the trend, the turning points,
    the moments most like now, October 1962, and where the sources disagree.
    """
    from detente.case import open_case
    from detente.tension import tension
    from detente.tension.telling import COLUMNS, plain, rows

    if picture is not None and picture.suffix not in (".svg", ".png"):
        raise click.UsageError(f"{picture.name} is no picture: end its name in .svg or .png")
    case, archive = open_case(case_path, as_of)
    year = _FIRST_YEAR if first is None else first
    if not _FIRST_YEAR <= year <= case.as_of.year:
        raise NotFound(
            f"the index has no month from {year} on: give --from a year between {_FIRST_YEAR} and "
            f"{case.as_of.year}"
        )
    found = tension(archive, case, pairs, sources=sources)
    if csv_path is not None:
        table = rows(found, year)
        write_rows(csv_path, [COLUMNS, *table])
        click.echo(f"Wrote {csv_path}: {len(table)} rows.", err=True)
    if picture is not None:
        _draw(found, picture, year, lang)
    if as_json:
        click.echo(json.dumps(plain(found, year), ensure_ascii=False, indent=1))
    elif csv_path is None and picture is None:
        _show(found, year, lang)


def _draw(found: Tension, picture: Path, year: int, lang: Lang) -> None:
    """Write the picture of the pairs, as SVG or PNG by the file's ending."""
    from detente.dossier.pictures import draw, png
    from detente.dossier.sections.tension_charts import pairs_chart

    drawn = draw(pairs_chart(found, lang, year), "tension", lang)
    write_file(picture, png(drawn) if picture.suffix == ".png" else drawn.svg.encode())
    click.echo(f"Wrote {picture}.", err=True)


def _show(found: Tension, year: int, lang: Lang) -> None:
    """Print a table of all pairs, then what is to be said of each."""
    from rich.console import Console
    from rich.table import Table

    from detente.tension.telling import (
        crisis_words,
        disagreement_lines,
        nearest_words,
        pair_name,
        silent_words,
        since_words,
        spread_words,
        trend_words,
        turn_words,
        unknown_words,
    )
    from detente.tension.wording import chance, say
    from detente.typography import day, percent

    console = Console(highlight=False, soft_wrap=True)
    everything = found.pairs if found.whole is None else (*found.pairs, found.whole)
    known = [pair for pair in everything if pair.known]
    table = Table(
        title=say(lang, "Tension on {day}", day=day(lang, found.as_of)), title_justify="left"
    )
    heads = (
        say(lang, "Pair"),
        say(lang, "Now higher than"),
        say(lang, "90% interval"),
        say(lang, "Over a year"),
        say(lang, "Over five years"),
        say(lang, "Higher than in October 1962"),
    )
    for head in heads:
        table.add_column(head, justify="left" if head == heads[0] else "right")
    for pair in known:
        table.add_row(
            f"{pair.a} – {pair.b}" if pair in found.pairs else pair_name(found, pair, lang),
            percent(lang, pair.percentile / 100),
            f"{percent(lang, pair.low / 100)} – {percent(lang, pair.high / 100)}",
            *(trend_words(x, lang) for x in (pair.trend_year, pair.trend_five)),
            "–" if pair.crisis is None else chance(lang, pair.crisis.higher_now),
        )
    console.print(table)
    console.print(
        say(
            lang,
            "“Now higher than”: share of the pair’s own months since 1946 with less tension; a "
            "change is in units of the index, and clear where its interval leaves out 0.",
        )
    )
    for pair in everything:
        console.print()
        if not pair.known:
            console.print(unknown_words(found, pair, lang))
            continue
        console.print(f"[bold]{pair_name(found, pair, lang)}[/bold]")
        if pair.lowest_pair is not None:
            console.print(spread_words(found, pair, lang))
        if silent := silent_words(found, pair, lang):
            console.print(silent)
        if since := since_words(pair, lang):
            console.print(since)
        console.print(nearest_words(pair, lang))
        console.print(crisis_words(pair, lang))
        for turn in pair.turns:
            if turn.month.year >= year:
                console.print("  " + turn_words(turn, lang))
        for line in disagreement_lines(pair, lang):
            console.print("  " + line)
