"""A finding as a document of its own: shown in the terminal, or written as one file.

The same blocks that stand in a dossier become a paper of one finding (HTML, PDF, DOCX, Markdown)
or lines in a terminal, so that no format says more than another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.dossier.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Mark,
    Note,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from detente.errors import OutputError
from detente.language import Lang

if TYPE_CHECKING:
    from rich.console import Console

SHORT = 16
"""Cells up to so many letters are not broken in the terminal: dates and symbols."""

COLUMN = 16
"""Letters that a column needs in the terminal; a wider table is shown row by row."""

FORMATS = (".html", ".pdf", ".docx", ".md")


def check(path: Path) -> None:
    """Refuse a file name that no format goes with, before anything is worked out.

    Raises:
        OutputError: the ending is not one of `FORMATS`.
    """
    if path.suffix.lower() not in FORMATS:
        raise OutputError(
            f"{path} has no ending of a known format: name it {', '.join('*' + f for f in FORMATS)}"
        )


def paper(
    sections: Sequence[Section],
    lang: Lang,
    *,
    stem: str,
    title: str,
    subtitle: str,
    facts: Sequence[tuple[str, str]],
    as_of: date,
) -> Document:
    """Return a document of some sections, its figures and tables numbered."""
    from detente import __version__
    from detente.dossier.words import words
    from detente.typography import FIXED

    w = words(lang)
    counters: dict[str, int] = {}
    numbers: dict[str, str] = {}
    made = []
    for place, section in enumerate(sections, 1):
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Figure | Table):
                kind = w.say("Figure") if isinstance(block, Figure) else w.say("Table")
                counters[kind] = counters.get(kind, 0) + 1
                block = replace(block, number=counters[kind])
                numbers[block.anchor] = f"{kind}{FIXED}{block.number}"
            blocks.append(block)
        numbers[section.anchor] = f"{w.say('section')}{FIXED}{place}"
        made.append(replace(section, blocks=tuple(blocks), number=str(place)))
    return Document(
        lang=lang,
        stem=stem,
        title=title,
        subtitle=subtitle,
        facts=tuple(facts),
        running=title,
        as_of=as_of,
        sections=tuple(made),
        labels={
            "annex": w.say("Annex"),
            "as_of": w.say("As of {day}", day=w.day(as_of)),
            "author": w.say("Détente, for the host"),
            "contents": w.say("Contents"),
            "data": w.say("Show the data of this figure"),
            "kicker": w.say("Dossier from the public record"),
            "made_by": w.say("Made by Détente {version}", version=__version__),
            "memory": w.say("from memory, to be checked"),
            "page_of": w.say("Page {page} of {total}", page="{page}", total="{total}"),
            "skip": w.say("Skip to the first page"),
        },
        numbers=numbers,
        records={},
    )


def content(document: Document, suffix: str) -> bytes:
    """Return a document in the format of a file ending."""
    if suffix == ".md":
        return markdown(document).encode()
    from detente.dossier.pictures import draw

    pictures = {f.anchor: draw(f.chart, f.anchor, document.lang) for f in document.figures()}
    if suffix == ".html":
        from detente.dossier.render.web import html

        return html(document, pictures)
    if suffix == ".pdf":
        from detente.dossier.render.paper import pdf

        return pdf(document, pictures)
    from detente.dossier.render.word import docx

    return docx(document, pictures)


def _plain(runs: Runs, strong: str = "") -> str:
    parts = []
    for it in runs:
        if isinstance(it, Text):
            parts.append(f"{strong}{it.text}{strong}" if it.strong and strong else it.text)
        elif isinstance(it, Mark):
            parts.append(it.text)
    return "".join(parts)


def _cell(runs: Runs) -> str:
    return _plain(runs, "**").replace("|", "\\|").replace("\n", " ")


def _grid(block: Table | Figure) -> list[str]:
    rule = {"left": "---", "right": "---:", "center": ":---:"}
    lines = [
        "| " + " | ".join(column.title for column in block.columns) + " |",
        "|" + "|".join(rule[column.align] for column in block.columns) + "|",
    ]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in block.rows]
    return lines


def markdown(document: Document) -> str:
    """Return a document as Markdown; a figure stands as the table of its data."""
    lines = [f"# {document.title}", ""]
    lines += [f"{label}: {value}  " for label, value in document.facts] + [""]
    for section in document.sections:
        lines += [f"## {section.title}", ""]
        for block in section.blocks:
            match block:
                case Heading(text):
                    lines += [f"### {text}", ""]
                case Paragraph(runs):
                    lines += [_plain(runs, "**"), ""]
                case Note(runs):
                    lines += [f"> {_plain(runs, '**')}", ""]
                case Bullets(items):
                    lines += [f"- {_plain(item, '**')}" for item in items] + [""]
                case Table() | Figure():
                    label = document.numbers[block.anchor]
                    lines += [f"**{label}. {block.caption}**", "", *_grid(block), ""]
                    if block.note:
                        lines += [_plain(block.note, "**"), ""]
                case _:
                    continue
    return "\n".join(lines).rstrip() + "\n"


def show(sections: Sequence[Section]) -> None:
    """Print sections in the terminal; figures are left to the written formats."""
    from rich.console import Console
    from rich.markup import escape

    console = Console()
    for section in sections:
        console.print(f"[bold]{escape(section.title)}[/bold]", highlight=False)
        for block in section.blocks:
            _show(console, block)
        console.print()


def _show(console: Console, block: Block) -> None:
    from rich.markup import escape
    from rich.padding import Padding

    match block:
        case Heading(text):
            console.print(f"\n[bold]{escape(text)}[/bold]", highlight=False)
        case Paragraph(runs) | Note(runs):
            console.print(escape(_plain(runs)), highlight=False)
        case Bullets(items):
            for item in items:
                console.print(Padding(escape(f"– {_plain(item)}"), (0, 0, 0, 2)), highlight=False)
        case Table() if len(block.columns) > 1 and console.width < COLUMN * len(block.columns):
            _stack(console, block)
        case Table():
            _spread(console, block)
        case _:
            return


def _spread(console: Console, table: Table) -> None:
    """Print a table as such; dates and symbols are not broken while there is room."""
    from rich.markup import escape
    from rich.table import Table as Grid

    grid = Grid(
        title=escape(table.caption),
        title_justify="left",
        title_style="italic",
        box=None,
        pad_edge=False,
        expand=True,
        header_style="bold",
    )
    room = 0.55 * console.width
    for place, column in enumerate(table.columns):
        longest = max((len(_plain(row[place])) for row in table.rows), default=0)
        whole = longest <= min(SHORT, room)
        room -= longest if whole else 0
        grid.add_column(
            escape(column.title),
            ratio=None if whole else round(column.share * 10),
            no_wrap=whole,
            justify=column.align,
            overflow="fold",
        )
    for row in table.rows:
        grid.add_row(*(escape(_plain(cell)) for cell in row))
    console.print(grid)


def _stack(console: Console, table: Table) -> None:
    """Print a table that is too wide for the terminal row by row, a line a cell."""
    from rich.markup import escape
    from rich.padding import Padding

    console.print(f"[italic]{escape(table.caption)}[/italic]", highlight=False)
    for row in table.rows:
        console.print(f"[bold]{escape(_plain(row[0]))}[/bold]", highlight=False)
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            if text := _plain(cell):
                line = escape(f"{column.title}: {text}")
                console.print(Padding(line, (0, 0, 0, 2)), highlight=False)


def write(document: Document, path: Path) -> None:
    """Write a document in the format that the ending of its file names, and say where it is.

    Raises:
        OutputError: it cannot be written.
    """
    from detente.cli.output import write_file

    check(path)
    write_file(path, content(document, path.suffix.lower()))
    click.echo(path)
