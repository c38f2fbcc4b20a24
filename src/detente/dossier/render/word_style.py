"""The styles of the DOCX: set once on python-docx's blank template, then named by every block."""

from __future__ import annotations

from typing import Any

import docx as python_docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from detente.dossier.blocks import Document
from detente.dossier.render.word_parts import (
    borders,
    element,
    field,
    numbering,
    use_numbering,
)

TEXT_WIDTH_CM = 16.0
SERIF = "Cambria"
SANS = "Calibri"
HEADINGS, ANNEXES, BULLETS, NUMBERS, FIRST_RESTART = 90, 91, 92, 93, 100
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
_ACCENT = "1F4E79"
_INK = "1C1C1C"
_MUTED = "595959"


def _font(style: Any, face: str, size: float, colour: str = _INK, bold: bool = False) -> None:

    style.font.name = face
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]  # theme fonts would win over the names
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), face)
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.bold = bold
    style.font.italic = False


def _space(style: Any, before: float, after: float, line: float = 1.0, keep: bool = False) -> None:

    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = line
    form.keep_with_next = keep
    form.widow_control = True


def _style(word: Any, name: str, kind: str = "paragraph", base: str | None = "Normal") -> Any:

    types = {"paragraph": WD_STYLE_TYPE.PARAGRAPH, "character": WD_STYLE_TYPE.CHARACTER}
    if name in [style.name for style in word.styles]:
        return word.styles[name]
    made = word.styles.add_style(name, types[kind])
    if base is not None and kind == "paragraph":
        made.base_style = word.styles[base]
    made.quick_style = True
    return made


def _paragraph_styles(word: Any) -> None:

    # name: face, size, colour, bold, before, after, line, keep with next
    table: dict[str, tuple[str, float, str, bool, float, float, float, bool]] = {
        "Normal": (SERIF, 10.5, _INK, False, 0, 0, 1.0, False),
        "Body Text": (SERIF, 10.5, _INK, False, 0, 7, 1.15, False),
        "Lead": (SERIF, 11.5, _INK, False, 0, 8, 1.15, False),
        "Title": (SERIF, 20, _INK, False, 4, 4, 1.05, True),
        "Subtitle": (SERIF, 11, _MUTED, False, 0, 10, 1.1, False),
        "Kicker": (SANS, 9, _ACCENT, True, 0, 2, 1.0, True),
        "Fact Label": (SANS, 8, _MUTED, False, 2, 0, 1.0, True),
        "Fact": (SANS, 9.5, _INK, True, 0, 4, 1.0, False),
        "Heading 1": (SANS, 16, _ACCENT, True, 24, 8, 1.0, True),
        "Heading 2": (SANS, 12, _INK, True, 14, 5, 1.0, True),
        "First Heading": (SANS, 16, _ACCENT, True, 12, 8, 1.0, True),
        "Annex Heading": (SANS, 16, _ACCENT, True, 24, 8, 1.0, True),
        "Contents Heading": (SANS, 12, _ACCENT, True, 6, 6, 1.0, True),
        "TOC 1": (SANS, 10.5, _INK, False, 2, 2, 1.0, False),
        "Caption": (SANS, 9.5, _ACCENT, True, 14, 5, 1.0, True),
        "Figure": (SANS, 9.5, _INK, False, 0, 2, 1.0, True),
        "Source": (SANS, 8.5, _MUTED, False, 3, 12, 1.0, False),
        "Table Head": (SANS, 8.5, _INK, True, 2, 2, 1.0, False),
        "Table Text": (SANS, 8.5, _INK, False, 2, 2, 1.0, False),
        "Question": (SANS, 10.5, _ACCENT, True, 4, 4, 1.0, False),
        "Answer": (SERIF, 10.5, _INK, False, 4, 4, 1.1, False),
        "Note": (SANS, 9.5, _INK, False, 8, 10, 1.1, False),
        "Note Memory": (SANS, 9.5, _INK, False, 8, 10, 1.1, False),
        "List Bullet": (SERIF, 10.5, _INK, False, 0, 4, 1.12, False),
        "List Number": (SERIF, 10.5, _INK, False, 0, 4, 1.12, False),
        "Record": (SANS, 8.5, _INK, False, 0, 6, 1.0, False),
        "Header": (SANS, 8.5, _MUTED, False, 0, 0, 1.0, False),
        "Footer": (SANS, 8.5, _MUTED, False, 0, 0, 1.0, False),
    }
    for name, (face, size, colour, bold, before, after, line, keep) in table.items():
        style = _style(word, name)
        _font(style, face, size, colour, bold)
        _space(style, before, after, line, keep)

    title = word.styles["Title"].element.get_or_add_pPr()
    for old in title.findall("{*}pBdr"):
        title.remove(old)
    kicker = word.styles["Kicker"].element.get_or_add_pPr()
    kicker.insert_element_before(borders("w:pBdr", {"top": (24, _ACCENT)}), "w:spacing")
    for name, colour in (("Note", _ACCENT), ("Note Memory", "E69F00")):
        note = word.styles[name].element.get_or_add_pPr()
        note.insert_element_before(borders("w:pBdr", {"left": (24, colour)}), "w:spacing")
        fill = {"w:val": "clear", "w:color": "auto", "w:fill": "F4F6F8"}
        note.insert_element_before(element("w:shd", fill), "w:spacing")
        word.styles[name].paragraph_format.left_indent = Cm(0.35)
        word.styles[name].paragraph_format.keep_together = True
    record = word.styles["Record"].paragraph_format
    record.left_indent, record.first_line_indent, record.keep_together = Cm(0.9), Cm(-0.9), True
    record.tab_stops.add_tab_stop(Cm(0.9))
    contents = word.styles["TOC 1"].paragraph_format
    contents.tab_stops.add_tab_stop(Cm(2.0))
    for name in ("Table Head", "Table Text"):
        word.styles[name].paragraph_format.widow_control = False
    for name in ("Title", "Subtitle", "Header", "Footer"):
        # The template spaces letters and centres a tab; neither is the house's.
        for old in word.styles[name].element.xpath(".//w:rPr/w:spacing | .//w:rPr/w:kern"):
            old.getparent().remove(old)
        for old in word.styles[name].element.xpath(".//w:pPr/w:tabs"):
            old.getparent().remove(old)


def _character_styles(word: Any) -> None:

    table = {
        "Hyperlink": _ACCENT,
        "Record Number": _MUTED,
        "Contents Link": _INK,
        "Mark": _MUTED,
        "Mark Good": "00507D",
        "Mark Fair": "7A5200",
        "Mark Poor": "9A3D00",
    }
    for name, colour in table.items():
        style = _style(word, name, "character")
        style.font.color.rgb = RGBColor.from_string(colour)
        if name.startswith("Mark"):
            style.font.name = SANS
            style.font.bold = True
            style.font.size = Pt(8.5)
            box = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": colour}
            style.element.get_or_add_rPr().append(element("w:bdr", box))
    word.styles["Record Number"].font.size = Pt(8)


def _numberings(word: Any, annex_word: str) -> None:

    wide = {"left": "567", "hanging": "567"}
    numbering(word, HEADINGS, [{"format": "decimal", "text": "%1", "style": "Heading1"} | wide])
    annex = {"left": "1418", "hanging": "1418", "style": "AnnexHeading"}
    numbering(word, ANNEXES, [{"format": "upperLetter", "text": f"{annex_word} %1"} | annex])
    narrow = {"left": "397", "hanging": "397"}
    numbering(word, BULLETS, [{"format": "bullet", "text": "–"} | narrow])
    numbering(word, NUMBERS, [{"format": "decimal", "text": "%1."} | narrow])
    use_numbering(word.styles["Heading 1"], HEADINGS)
    use_numbering(word.styles["Annex Heading"], ANNEXES)
    level = word.styles["Annex Heading"].element.get_or_add_pPr()
    level.append(element("w:outlineLvl", {"w:val": "0"}))


def _running(word: Any, document: Document) -> None:

    section = word.sections[0]
    section.different_first_page_header_footer = True
    for part in (section.header, section.footer, section.first_page_footer):
        part.is_linked_to_previous = False
    lines = [(section.header, "Header"), (section.footer, "Footer")]
    lines += [(section.first_page_footer, "Footer")]
    for part, style in lines:
        paragraph = part.paragraphs[0]
        paragraph.style = word.styles[style]
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    section.header.paragraphs[0].add_run(f"{document.running}\t{document.labels['as_of']}")
    before, rest = document.labels["page_of"].split("{page}")
    between, after = rest.split("{total}")
    for part in (section.footer, section.first_page_footer):
        paragraph = part.paragraphs[0]
        paragraph.add_run(f"{document.labels['kicker']}\t{before}")
        field(paragraph, "PAGE", "1")
        paragraph.add_run(between)
        field(paragraph, "NUMPAGES", "1")
        paragraph.add_run(after)


def blank(document: Document) -> Any:
    """Return an empty A4 Word document in the house style and the document's language."""

    word: Any = python_docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.3)
    _paragraph_styles(word)
    _character_styles(word)
    _numberings(word, document.labels["annex"])
    _running(word, document)
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    properties = defaults.find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    code = _LANGUAGES[document.lang]
    properties.append(element("w:lang", {"w:val": code, "w:eastAsia": code, "w:bidi": "ar-SA"}))
    return word
