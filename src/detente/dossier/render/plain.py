"""A document as plain values, for the two renderers that are templates (HTML and typst)."""

from __future__ import annotations

from typing import Any

from detente.dossier.blocks import (
    Answers,
    Block,
    Bullets,
    Cite,
    Column,
    Document,
    Figure,
    Heading,
    Inline,
    Mark,
    Note,
    Paragraph,
    Record,
    Records,
    Runs,
    Section,
    See,
    Table,
    Text,
)

Value = dict[str, Any]


def record_anchor(record: Record) -> str:
    """Return the name of a record's place in the annex."""
    return f"record-{record.number}"


def section_number(document: Document, section: Section) -> str:
    """Return what stands before a section's title: ``3``, ``Annex B`` or nothing."""
    if section.kind == "annex":
        return f"{document.labels['annex']} {section.number}"
    return section.number


def _inline(document: Document, it: Inline) -> Value:
    match it:
        case Text(text, strong, emphasis):
            return {"kind": "text", "text": text, "strong": strong, "emphasis": emphasis}
        case Cite(key):
            record = document.records[key]
            return {
                "kind": "cite",
                "anchor": record_anchor(record),
                "symbol": record.symbol,
                "number": record.number,
                "title": f"{record.title}, {record.day_text}",
                "memory": record.memory,
            }
        case See(anchor):
            return {"kind": "see", "anchor": anchor, "text": document.numbers[anchor]}
        case Mark(text, tone):
            return {"kind": "mark", "text": text, "tone": tone}


def _columns(columns: tuple[Column, ...]) -> list[Value]:
    total = sum(column.share for column in columns)
    return [
        {
            "title": column.title,
            "share": column.share,
            "percent": f"{100 * column.share / total:.1f}",
            "align": column.align,
        }
        for column in columns
    ]


def _record(record: Record) -> Value:
    return {
        "anchor": record_anchor(record),
        "number": record.number,
        "symbol": record.symbol,
        "day_text": record.day_text,
        "memory": record.memory,
        "title": record.title,
        "outcome": record.outcome,
        "votes": [list(vote) for vote in record.votes],
        "address": record.address,
        "source": record.source,
    }


def plain_block(document: Document, block: Block) -> Value:
    """Return one block as a dictionary with its ``kind``."""

    def runs(of: Runs) -> list[Value]:
        return [_inline(document, it) for it in of]

    def grid(of: Table | Figure) -> Value:
        return {
            "anchor": of.anchor,
            "label": document.numbers[of.anchor],
            "caption": of.caption,
            "columns": _columns(of.columns),
            "rows": [[runs(cell) for cell in row] for row in of.rows],
            "note": runs(of.note),
        }

    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Paragraph(of, lead):
            return {"kind": "paragraph", "runs": runs(of), "lead": lead}
        case Bullets(items, numbered):
            return {"kind": "bullets", "items": [runs(i) for i in items], "numbered": numbered}
        case Answers(answers):
            return {"kind": "answers", "items": [[question, runs(of)] for question, of in answers]}
        case Note(of, tone):
            return {"kind": "note", "runs": runs(of), "tone": tone}
        case Table():
            return {"kind": "table"} | grid(block)
        case Figure():
            return {"kind": "figure", "alt": block.alt} | grid(block)
        case Records(records, heads):
            return {"kind": "records", "items": [_record(r) for r in records], "heads": list(heads)}


def plain_document(document: Document) -> Value:
    """Return the whole document as dictionaries, lists, text and numbers."""
    return {
        "lang": document.lang,
        "title": document.title,
        "subtitle": document.subtitle,
        "running": document.running,
        "facts": [list(fact) for fact in document.facts],
        "date": [document.as_of.year, document.as_of.month, document.as_of.day],
        "labels": dict(document.labels),
        "sections": [
            {
                "anchor": section.anchor,
                "title": section.title,
                "kind": section.kind,
                "number": section.number,
                "number_text": section_number(document, section),
                "blocks": [plain_block(document, block) for block in section.blocks],
            }
            for section in document.sections
        ],
    }
