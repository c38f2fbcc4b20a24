"""The one document model: typed blocks that every renderer draws and every section is made of.

A section knows the case and no format; a renderer knows blocks and no section. Numbers of sections,
figures, tables and records are set once, by `detente.dossier.compose`, so that all formats agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from detente.language import Lang

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Text:
    """Words in a line.

    Attributes:
        text: the words, already in the document's language and typography.
        strong, emphasis: how they are set.
    """

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True)
class Cite:
    """A link to one record of the annex, shown as its symbol and its number there."""

    key: str


@dataclass(frozen=True)
class See:
    """A link to a section, table or figure of the document, shown as its kind and number."""

    anchor: str


@dataclass(frozen=True)
class Mark:
    """A tier or another verdict, shown as a small label that does not rest on colour alone.

    Attributes:
        text: what it says.
        tone: ``good``, ``fair``, ``poor`` or ``plain``; an ornament only.
    """

    text: str
    tone: Literal["good", "fair", "poor", "plain"] = "plain"


Inline = Text | Cite | See | Mark
Runs = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside a section, unnumbered."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``lead`` sets the one that sums up its section."""

    runs: Runs
    lead: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list, numbered where order matters."""

    items: tuple[Runs, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Answers:
    """Questions and their answers, side by side: the first page."""

    items: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        title: its head.
        share: its part of the width, relative to the other columns.
        align: how its cells stand.
    """

    title: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A numbered table; the first cell of each row is its head."""

    anchor: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    note: Runs = ()
    number: int = 0


@dataclass(frozen=True)
class Figure:
    """A numbered picture with the data behind it.

    Attributes:
        anchor: its name inside the document.
        caption: what it shows, in one sentence.
        alt: the same for who cannot see it, with the main finding.
        chart: a Vega-Lite specification that carries its own data.
        columns, rows: the data as a reader would want them: shown on request in HTML, kept in JSON.
        note: how to read it, and the records behind it.
    """

    anchor: str
    caption: str
    alt: str
    chart: Mapping[str, Any]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    note: Runs = ()
    number: int = 0


@dataclass(frozen=True)
class Note:
    """A remark set apart.

    Attributes:
        kind: ``caution`` for a limit of the evidence, ``memory`` for what rests on memory.
    """

    runs: Runs
    kind: Literal["caution", "memory"] = "caution"


@dataclass(frozen=True)
class Record:
    """A public record behind a figure, as the annex prints it.

    Attributes:
        key: what a `Cite` names: a vote_id, or the symbol of a text without a roll call.
        symbol: the document's symbol, or a name for a dated fact that has none.
        day: when it happened; ``day_text`` is it in words.
        title: of the text, in the language of the record.
        outcome: how it was adopted and with what totals, in the document's language.
        votes: each party's code and what it did, in words.
        address: the official public address, or None.
        source: who published it.
        memory: True where the fact rests on memory and not on a source that was read.
    """

    key: str
    symbol: str
    day: date
    day_text: str
    title: str
    outcome: str
    votes: tuple[tuple[str, str], ...]
    address: str | None
    source: str
    memory: bool = False
    number: int = 0


@dataclass(frozen=True)
class Records:
    """The annex of records; ``heads`` are the titles of its columns."""

    records: tuple[Record, ...]
    heads: tuple[str, str, str, str]


Block = Heading | Paragraph | Bullets | Answers | Table | Figure | Note | Records


@dataclass(frozen=True)
class Section:
    """A section or an annex.

    Attributes:
        anchor: its name inside the document.
        title: its heading, without a number.
        blocks: what stands in it.
        kind: ``first`` is the unnumbered first page, ``annex`` is lettered.
        number: ``3`` or ``B``; empty on the first page.
    """

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    kind: Literal["first", "section", "annex"] = "section"
    number: str = ""


@dataclass(frozen=True)
class Document:
    """A dossier in one language, ready for any renderer.

    Attributes:
        stem: file name without its ending.
        title, subtitle: of the title block.
        facts: label and value of the lines under the title: host, parties, as-of date.
        running: the short title of the running head.
        labels: words that renderers need (``Figure``, ``Contents`` and the like), by English name.
        numbers: what a `See` shows, by anchor.
        records: the annex, by key.
    """

    lang: Lang
    stem: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    running: str
    as_of: date
    sections: tuple[Section, ...]
    labels: Mapping[str, str]
    numbers: Mapping[str, str]
    records: Mapping[str, Record]

    def blocks(self) -> Iterator[Block]:
        """Yield every block in order."""
        for section in self.sections:
            yield from section.blocks

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures in order."""
        return tuple(block for block in self.blocks() if isinstance(block, Figure))


def runs_of(block: Block) -> Iterator[Inline]:
    """Yield every inline of a block in reading order."""
    match block:
        case Paragraph(runs=runs) | Note(runs=runs):
            yield from runs
        case Bullets(items=items):
            for item in items:
                yield from item
        case Answers(items=answers):
            for _, runs in answers:
                yield from runs
        case Table(rows=rows, note=note):
            for row in rows:
                for cell in row:
                    yield from cell
            yield from note
        case Figure(rows=rows, note=note):
            yield from note
            for row in rows:
                for cell in row:
                    yield from cell
        case Heading() | Records():
            return
