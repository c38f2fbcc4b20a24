"""The document as plain Markdown: for the JSON, for golden files, and for who reads with a screen
reader in a terminal. Figures become their captions and data."""

from __future__ import annotations

from detente.dossier.blocks import (
    Answers,
    Block,
    Bullets,
    Cite,
    Column,
    Document,
    Figure,
    Heading,
    Mark,
    Note,
    Paragraph,
    Records,
    Runs,
    Section,
    See,
    Table,
    Text,
)
from detente.dossier.render.plain import section_number


def cell_text(document: Document, runs: Runs) -> str:
    """Return one line or cell as Markdown."""
    out = []
    for it in runs:
        match it:
            case Text(text, strong, _):
                out.append(f"**{text}**" if strong else text)
            case Cite(key):
                record = document.records[key]
                memory = f" ({document.labels['memory']})" if record.memory else ""
                out.append(f"{record.symbol} [{record.number}]{memory}")
            case See(anchor):
                out.append(document.numbers[anchor])
            case Mark(text):
                out.append(text)
    return "".join(out)


def _grid(
    document: Document, columns: tuple[Column, ...], rows: tuple[tuple[Runs, ...], ...]
) -> list[str]:
    heads = "| " + " | ".join(column.title for column in columns) + " |"
    lines = [heads, "|" + "---|" * len(columns)]
    for row in rows:
        cells = (cell_text(document, cell).replace("|", "\\|") for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _block(document: Document, block: Block) -> list[str]:
    match block:
        case Heading(text):
            return [f"### {text}"]
        case Paragraph(runs):
            return [cell_text(document, runs)]
        case Bullets(items, numbered):
            return [
                f"{f'{n}.' if numbered else '-'} {cell_text(document, item)}"
                for n, item in enumerate(items, 1)
            ]
        case Answers(answers):
            return [f"- **{question}** {cell_text(document, runs)}" for question, runs in answers]
        case Note(runs):
            return [f"> {cell_text(document, runs)}"]
        case Table() | Figure():
            caption = f"**{document.numbers[block.anchor]}.** {block.caption}"
            lines = [caption, "", *_grid(document, block.columns, block.rows)]
            return [*lines, "", cell_text(document, block.note)] if block.note else lines
        case Records(records):
            lines = []
            for r in records:
                votes = "; ".join(f"{code} {what}" for code, what in r.votes)
                memory = f" ({document.labels['memory']})" if r.memory else ""
                parts = [f"{r.symbol}, {r.day_text}{memory}. {r.title}.", r.outcome, votes]
                parts += [r.address or "", r.source]
                lines.append(f"{r.number}. " + " ".join(part for part in parts if part))
            return lines


def section_text(document: Document, section: Section) -> str:
    """Return one section as Markdown."""
    title = " ".join(part for part in (section_number(document, section), section.title) if part)
    parts = [f"## {title}"]
    parts += ["\n".join(_block(document, block)) for block in section.blocks]
    return "\n\n".join(parts)


def markdown(document: Document) -> str:
    """Return the whole document as Markdown."""
    head = [f"# {document.title}", document.subtitle]
    head += ["\n".join(f"- {label}: {value}" for label, value in document.facts)]
    body = [section_text(document, section) for section in document.sections]
    return "\n\n".join(head + body) + "\n"
