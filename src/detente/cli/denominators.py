"""`detente denominators`: what all accept, what nobody objects to, and who is one short."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import as_json, as_of, case_file, csv_file, lang
from detente.cli.output import write_rows
from detente.language import Lang

if TYPE_CHECKING:
    from detente.denominators import Agenda, Denominator, Denominators

_WIDE = 110
"""Columns from which the table has room for trend and weight."""

_STYLES = ("bold green", "green", "yellow", "red", "dim")


@click.command("denominators")
@case_file
@click.option("--topic", "words", metavar="T", help="One topic in full: its code or its name.")
@click.option("--since", type=int, metavar="YEAR", help="First year of the evidence.")
@click.option("--agenda", "as_agenda", is_flag=True, help="The agenda instead of the table.")
@click.option("--all", "everything", is_flag=True, help="Also the topics with too little evidence.")
@as_of
@lang
@as_json
@csv_file
def command(
    case_path: Path,
    words: str | None,
    since: int | None,
    as_agenda: bool,
    everything: bool,
    as_of: date | None,
    lang: Lang,
    as_json: bool,
    csv_path: Path | None,
) -> None:
    """What all parties of CASE accept, what nobody objects to, and who is one short."""
    from detente.case import open_case
    from detente.denominators import Tier, agenda, denominators
    from detente.denominators.wording import COLUMNS, row, values, whole
    from detente.terminal import progress
    from detente.topics import find_topic

    wanted = find_topic(words) if words else None
    case, archive = open_case(case_path, as_of)
    if since is not None and not archive.first_day.year <= since <= case.as_of.year:
        raise click.BadParameter(
            f"“{since}” is outside the record: give a year from {archive.first_day.year} to "
            f"{case.as_of.year}",
            param_hint="--since",
        )
    with progress("Forecasting"):
        found = denominators(archive, case, since)
    one = found.of(wanted.code) if wanted else None
    if one and wanted and wanted.level == 1:
        shown = [d for d in found.topics if d.topic.code.startswith(f"{wanted.code}/")]
    else:
        shown = [one] if one else list(found.topics)
    if csv_path is not None:
        rows = [row(item, lang) for item in shown]
        write_rows(csv_path, [COLUMNS, *([one[name] for name in COLUMNS] for one in rows)])
    wishes = tuple(find_topic(topic).code for topic in case.topics)
    if as_json:
        result = (
            values(one, found.parties, lang) if one else whole(found, agenda(found, wishes), lang)
        )
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
    elif as_agenda:
        _print_agenda(agenda(found, wishes), lang)
    elif one:
        _print_topic(one, found, lang)
    else:
        known = [item for item in shown if everything or item.tier != Tier.UNKNOWN]
        _print_table(known, found, lang, len(shown) - len(known))


def _chance(found: Denominator) -> str:
    if found.probability is None or found.low is None or found.high is None:
        return "–"
    return f"{found.probability:.0%} ({found.low:.0%}–{found.high:.0%})"


def _print_table(shown: list[Denominator], found: Denominators, lang: Lang, hidden: int) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from detente.denominators.wording import DIRECTIONS, TIERS, words

    console = Console()
    wide = console.width >= _WIDE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words(lang, "Topic"), overflow="fold")
    table.add_column(words(lang, "Tier"), min_width=8)
    table.add_column(words(lang, "Short of"))
    table.add_column(words(lang, "No objection, 90 %"), justify="right", min_width=14)
    table.add_column(words(lang, "Votes"), justify="right")
    if wide:
        table.add_column(words(lang, "Trend"))
        table.add_column(words(lang, "Weight"), justify="right")
    table.add_column(words(lang, "Newest evidence"), min_width=10)
    for item in shown:
        beside = (words(lang, DIRECTIONS[item.direction]), f"{item.weight.weight:.2f}")
        table.add_row(
            item.topic.name(lang),
            f"[{_STYLES[item.tier]}]{words(lang, TIERS[item.tier])}[/]",
            ", ".join(item.short),
            _chance(item),
            str(item.cases),
            *(beside if wide else ()),
            item.proof[0].symbol if item.evidence else "–",
        )
    from detente.language import translator

    say = translator(lang, "denominators")
    console.print(table)
    console.print(
        say(
            "{recorded} recorded votes since {year} with all of {parties}: all accepted "
            "{accepted}, nobody objected to {unopposed}. As of {day}.",
            recorded=found.recorded,
            year=found.since.year,
            parties=", ".join(found.parties),
            accepted=found.accepted,
            unopposed=found.unopposed,
            day=found.as_of.isoformat(),
        ),
        highlight=False,
    )
    console.print(
        say(
            "Of all texts known of these years, {silent} more were adopted without a vote, so that "
            "nobody objected: {titled} with a title on record, which count for the tiers, and "
            "{untitled} without, which do not.",
            silent=found.adopted + sum(found.untitled.values()),
            titled=found.adopted,
            untitled=sum(found.untitled.values()),
        ),
        highlight=False,
    )
    console.print(
        say(
            "The chance is that the next text put to a recorded vote draws no objection: the "
            "forecast for the topic's latest texts, asked about again. In the tiers, evidence "
            "counts half after {years:g} years.",
            years=found.settings.half_life,
        ),
        highlight=False,
    )
    if not wide:
        console.print(
            say("A terminal of {n} columns also shows trend and weight.", n=_WIDE), highlight=False
        )
    if hidden:
        console.print(
            say("{n} topics have too little evidence; --all shows them.", n=hidden), highlight=False
        )


def _print_topic(item: Denominator, found: Denominators, lang: Lang) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from detente.denominators.wording import DIRECTIONS, STANCES, TIERS, words
    from detente.language import translator

    say = translator(lang, "denominators")
    console = Console()
    name = item.topic.name(lang)
    console.print(f"[bold]{name}[/] ({item.topic.code})", highlight=False)
    short = f": {', '.join(item.short)}" if item.short else ""
    console.print(f"{words(lang, TIERS[item.tier])}{short}", style=_STYLES[item.tier])
    console.print(
        say(
            "No objection to the next recorded vote: {chance}; {cases} votes; {trend}.",
            chance=_chance(item),
            cases=item.cases,
            trend=words(lang, DIRECTIONS[item.direction]),
        ),
        highlight=False,
    )
    if item.chances:
        console.print(
            say(
                "Forecast for its latest texts ({n}), put to the vote again; objects: {chances}.",
                n=item.asked,
                chances=", ".join(f"{code} {chance:.0%}" for code, chance in item.chances),
            ),
            highlight=False,
        )
    if item.council.adopted:
        console.print(
            say(
                "Security Council: {adopted} resolutions, {accepted} accepted by all parties then "
                "seated.",
                adopted=item.council.adopted,
                accepted=item.council.accepted,
            ),
            highlight=False,
        )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("Date", "Symbol", "Title", *found.parties):
        table.add_column(title if title in found.parties else words(lang, title), overflow="fold")
    for text in item.evidence:
        cells = []
        for stance, (yes, abstain, no, members) in zip(text.stances, text.counts, strict=True):
            counts = f" {yes}-{no}-{abstain}" if members > 1 and text.recorded else ""
            cells.append(words(lang, STANCES[stance]) + counts)
        table.add_row(text.date.isoformat(), text.symbol, text.title, *cells)
    console.print(table)
    for broke in item.breaks[:3]:
        console.print(
            say(
                "Agreement broke: nobody objected to {before} ({before_day}); {who} objected to "
                "{after} ({after_day}).",
                before=broke.agreed.symbol,
                before_day=broke.agreed.date.isoformat(),
                who=", ".join(broke.by),
                after=broke.broke.symbol,
                after_day=broke.broke.date.isoformat(),
            ),
            highlight=False,
        )


def _print_agenda(items: Agenda, lang: Lang) -> None:
    from rich.console import Console

    from detente.denominators.wording import REASONS, SHELVES, words

    console = Console()
    for shelf, title in SHELVES.items():
        kept = items.shelf(shelf)
        if not kept:
            continue
        console.print(f"\n[bold]{words(lang, title)}[/]")
        for item in kept:
            number = f"{item.place:2}. " if item.place else "  – "
            who = f" [{', '.join(item.objectors)}]" if item.objectors else ""
            rests = ", ".join(text.symbol for text in item.rests_on)
            console.print(
                f"{number}{item.found.topic.name(lang)}: {words(lang, REASONS[item.reason])}{who}; "
                f"{_chance(item.found)}; {rests}",
                markup=False,
                highlight=False,
            )
