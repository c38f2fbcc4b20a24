"""The document as DOCX: real Word styles, numbering, fields and links, to be edited in Word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from detente.dossier.blocks import (
    Answers,
    Block,
    Bullets,
    Cite,
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
from detente.dossier.house import WIDTH
from detente.dossier.pictures import Picture, png
from detente.dossier.render.plain import record_anchor, section_number
from detente.dossier.render.word_parts import (
    bookmark,
    borders,
    element,
    field,
    inner_link,
    linked_run,
    outer_link,
    restart,
    same_bytes,
    use_numbering,
)
from detente.dossier.render.word_style import (
    BULLETS,
    FIRST_RESTART,
    NUMBERS,
    TEXT_WIDTH_CM,
    blank,
)

_TONES = {"good": "Mark Good", "fair": "Mark Fair", "poor": "Mark Poor", "plain": "Mark"}


class _Word:
    """Builds one document, block by block."""

    def __init__(self, document: Document, pictures: Mapping[str, Picture]) -> None:
        self.document = document
        self.pictures = pictures
        self.word: Any = blank(document)
        # By id: python-docx looks a style up by name in time that grows with the styles.
        self.ids = {style.name: style.style_id for style in self.word.styles}
        self._bookmarks = 0
        self._restarts = FIRST_RESTART

    # -- lines -----------------------------------------------------------------------------------

    def paragraph(self, style: str, runs: Runs = ()) -> Any:
        made = self.word.add_paragraph()
        made._p.style = self.ids[style]
        self.runs(made, runs)
        return made

    def styled(self, paragraph: Any, text: str, style: str) -> None:
        """Append text in a character style."""
        paragraph.add_run(text)._r.style = self.ids[style]

    def link(self, paragraph: Any, link: Any, text: str, style: str = "Hyperlink") -> None:
        """Append text to a link."""
        linked_run(paragraph, link, text, self.ids[style])

    def runs(self, paragraph: Any, runs: Runs) -> None:
        for it in runs:
            self.inline(paragraph, it)

    def inline(self, paragraph: Any, it: Inline) -> None:

        match it:
            case Text(text, strong, emphasis):
                run = paragraph.add_run(text)
                run.bold = True if strong else None
                run.italic = True if emphasis else None
            case Cite(key):
                record = self.document.records[key]
                link = inner_link(paragraph, record_anchor(record))
                self.link(paragraph, link, record.symbol)
                self.link(paragraph, link, f"\u202f[{record.number}]", "Record Number")
                if record.memory:
                    paragraph.add_run(" ")
                    self.styled(paragraph, self.document.labels["memory"], "Mark Fair")
            case See(anchor):
                link = inner_link(paragraph, anchor)
                self.link(paragraph, link, self.document.numbers[anchor])
            case Mark(text, tone):
                self.styled(paragraph, text, _TONES[tone])

    def name(self, paragraph: Any, anchor: str) -> None:

        self._bookmarks += 1
        bookmark(paragraph, anchor, self._bookmarks)

    # -- blocks ----------------------------------------------------------------------------------

    def block(self, block: Block) -> None:
        match block:
            case Heading(text):
                self.word.add_heading(text, 2)
            case Paragraph(runs, lead):
                self.paragraph("Lead" if lead else "Body Text", runs)
            case Bullets(items, numbered):
                self.bullets(items, numbered)
            case Answers(answers):
                self.answers(answers)
            case Note(runs, kind):
                self.paragraph("Note Memory" if kind == "memory" else "Note", runs)
            case Table():
                self.caption(block, "Table")
                self.table(block)
                self.paragraph("Source", block.note)
            case Figure():
                self.caption(block, "Figure")
                self.picture(block)
                self.paragraph("Source", block.note)
            case Records(records):
                for record in records:
                    self.record(record)

    def bullets(self, items: tuple[Runs, ...], numbered: bool) -> None:

        number = BULLETS
        if numbered:
            number = self._restarts
            restart(self.word, number, NUMBERS)
            self._restarts += 1
        for item in items:
            style = "List Number" if numbered else "List Bullet"
            use_numbering(self.paragraph(style, item), number)

    def caption(self, block: Table | Figure, kind: str) -> None:

        label = self.document.numbers[block.anchor]
        word, number = label.rsplit("\u00a0", 1)
        made = self.paragraph("Caption")
        made.add_run(word + "\u00a0")
        field(made, f"SEQ {kind} \\* ARABIC", number)
        made.add_run("  ")
        run = made.add_run(block.caption)
        run.bold = False
        run.font.color.rgb = None
        self.name(made, block.anchor)

    def picture(self, figure: Figure) -> None:

        picture = self.pictures[figure.anchor]
        made = self.paragraph("Figure")
        width = Cm(TEXT_WIDTH_CM * min(1.0, picture.width / WIDTH))
        made.add_run().add_picture(BytesIO(png(picture)), width=width)
        for described in made._p.iter("{*}docPr"):
            described.set("descr", figure.alt)
            described.set("name", self.document.numbers[figure.anchor])

    def table(self, table: Table) -> None:
        from docx.shared import Cm

        sides = {
            "left": WD_ALIGN_PARAGRAPH.LEFT,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
            "center": WD_ALIGN_PARAGRAPH.CENTER,
        }
        total = sum(column.share for column in table.columns)
        widths = [Cm(TEXT_WIDTH_CM * column.share / total) for column in table.columns]
        made = self.word.add_table(rows=1 + len(table.rows), cols=len(table.columns))
        made.autofit = False
        properties = made._tbl.tblPr
        lines = {"top": (12, "1C1C1C"), "bottom": (8, "1C1C1C"), "insideH": (2, "C9C9C9")}
        properties.append(borders("w:tblBorders", lines))
        properties.append(
            element(
                "w:tblCellMar",
                None,
                element("w:left", {"w:w": "60", "w:type": "dxa"}),
                element("w:right", {"w:w": "60", "w:type": "dxa"}),
            )
        )
        properties.append(element("w:tblCaption", {"w:val": table.caption}))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for row in made.rows:
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        made.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
        for cell, column, width in zip(made.rows[0].cells, table.columns, widths, strict=True):
            cell.width = width
            head = cell.paragraphs[0]
            head._p.style = self.ids["Table Head"]
            head.alignment = sides[column.align]
            head.add_run(column.title)
        for row, line in zip(list(made.rows)[1:], table.rows, strict=True):
            for n, (cell, runs) in enumerate(zip(row.cells, line, strict=True)):
                cell.width = widths[n]
                text = cell.paragraphs[0]
                text._p.style = self.ids["Table Head" if n == 0 else "Table Text"]
                text.alignment = sides[table.columns[n].align]
                self.runs(text, runs)

    def answers(self, answers: tuple[tuple[str, Runs], ...]) -> None:

        made = self.word.add_table(rows=len(answers), cols=2)
        made.autofit = False
        lines = {"top": (12, "1F4E79"), "bottom": (4, "C9C9C9"), "insideH": (4, "C9C9C9")}
        made._tbl.tblPr.append(borders("w:tblBorders", lines))
        widths = [Cm(3.6), Cm(TEXT_WIDTH_CM - 3.6)]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for row, (question, runs) in zip(made.rows, answers, strict=True):
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))
            left, right = row.cells
            left.width, right.width = widths
            left.paragraphs[0]._p.style = self.ids["Question"]
            left.paragraphs[0].add_run(question)
            right.paragraphs[0]._p.style = self.ids["Answer"]
            self.runs(right.paragraphs[0], runs)
        self.paragraph("Source")

    def record(self, record: Record) -> None:

        made = self.paragraph("Record")
        self.name(made, record_anchor(record))
        made.add_run(f"{record.number}\t")
        made.add_run(record.symbol).bold = True
        made.add_run(f", {record.day_text}")
        if record.memory:
            made.add_run(" ")
            self.styled(made, self.document.labels["memory"], "Mark Fair")
        made.add_run().add_break()
        made.add_run(record.title)
        made.add_run().add_break()
        made.add_run(record.outcome)
        if record.votes:
            made.add_run().add_break()
        for n, (code, what) in enumerate(record.votes):
            made.add_run("; " if n else "")
            made.add_run(code).bold = True
            made.add_run(f"\u00a0{what}")
        made.add_run().add_break()
        if record.address:
            self.link(made, outer_link(made, record.address), record.address)
            made.add_run(". ")
        made.add_run(record.source)

    # -- the whole -------------------------------------------------------------------------------

    def facts(self) -> None:

        facts = self.document.facts
        made = self.word.add_table(rows=2, cols=len(facts))
        made.autofit = False
        width = Cm(TEXT_WIDTH_CM / len(facts))
        for n, (label, value) in enumerate(facts):
            made.columns[n].width = width
            for cell, style, text in zip(
                made.columns[n].cells, ("Fact Label", "Fact"), (label, value), strict=True
            ):
                cell.width = width
                cell.paragraphs[0]._p.style = self.ids[style]
                cell.paragraphs[0].add_run(text)

    def contents(self) -> None:
        """A table of contents without page numbers: right before Word computes it, and after."""

        head = self.paragraph("Contents Heading", (Text(self.document.labels["contents"]),))
        head.paragraph_format.page_break_before = True
        listed = [section for section in self.document.sections if section.kind != "first"]
        for n, section in enumerate(listed):
            made = self.paragraph("TOC 1")
            if n == 0:
                made.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "begin"}))
                code = element("w:instrText", {"xml:space": "preserve"})
                code.text = ' TOC \\n \\h \\t "Heading 1,1,Annex Heading,1" '
                made.add_run()._r.append(code)
                made.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "separate"}))
            link = inner_link(made, section.anchor)
            text = f"{section_number(self.document, section)}\t{section.title}"
            self.link(made, link, text, "Contents Link")
            if n == len(listed) - 1:
                made.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "end"}))

    def section(self, section: Section) -> None:
        styles = {"first": "First Heading", "section": "Heading 1", "annex": "Annex Heading"}
        made = self.paragraph(styles[section.kind], (Text(section.title),))
        if section.kind == "annex" and section.number == "A":
            made.paragraph_format.page_break_before = True
        self.name(made, section.anchor)
        for block, after in zip(section.blocks, (*section.blocks[1:], None), strict=True):
            self.block(block)
            if isinstance(block, Paragraph) and isinstance(after, Table | Figure):
                self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        if section.kind == "first":
            self.contents()

    def build(self) -> Any:
        self.paragraph("Kicker", (Text(self.document.labels["kicker"].upper()),))
        self.paragraph("Title", (Text(self.document.title),))
        self.paragraph("Subtitle", (Text(self.document.subtitle),))
        self.facts()
        for section in self.document.sections:
            self.section(section)
        return self.word


def docx(document: Document, pictures: Mapping[str, Picture]) -> bytes:
    """Return the document as DOCX; its dates are the as-of date, its parts' times fixed."""

    word = _Word(document, pictures).build()
    about = word.core_properties
    day = datetime(document.as_of.year, document.as_of.month, document.as_of.day)
    about.title, about.subject = document.title, document.subtitle
    about.author = about.last_modified_by = document.labels["author"]
    about.created = about.modified = day
    about.language, about.revision, about.comments = document.lang, 1, ""
    out = BytesIO()
    word.save(out)
    return same_bytes(out)
