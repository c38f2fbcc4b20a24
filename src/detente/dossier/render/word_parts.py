"""Pieces of WordprocessingML that python-docx lacks: fields, bookmarks, links, numbering."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Any) -> Any:
    """Return an element such as ``w:fldChar`` with ``w:`` attributes and children."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    for child in children:
        made.append(child)
    return made


def field(paragraph: Any, code: str, shown: str) -> None:
    """Append a field with the result it shows before Word computes it again."""
    run = paragraph.add_run()._r
    run.append(element("w:fldChar", {"w:fldCharType": "begin"}))
    text = element("w:instrText", {"xml:space": "preserve"})
    text.text = f" {code} "
    paragraph.add_run()._r.append(text)
    paragraph.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "separate"}))
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "end"}))


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Name the place of a paragraph; names have letters, digits and underscores only."""
    start = element("w:bookmarkStart", {"w:id": str(number), "w:name": place(name)})
    end = element("w:bookmarkEnd", {"w:id": str(number)})
    paragraph._p.append(start)
    paragraph._p.append(end)


def place(anchor: str) -> str:
    """Return an anchor as a bookmark name, which Word cuts at forty characters."""
    return "d_" + anchor.replace("-", "_")[:38]


def inner_link(paragraph: Any, anchor: str) -> Any:
    """Append a link to a place in the document and return it; add runs with `linked_run`."""
    link = element("w:hyperlink", {"w:anchor": place(anchor), "w:history": "1"})
    paragraph._p.append(link)
    return link


def outer_link(paragraph: Any, address: str) -> Any:
    """Append a link to a public address and return it."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink", {"r:id": relation, "w:history": "1"})
    paragraph._p.append(link)
    return link


def linked_run(paragraph: Any, link: Any, text: str, style_id: str) -> None:
    """Append text to a link in a character style."""
    run = paragraph.add_run(text)
    run._r.style = style_id
    link.append(run._r)


def borders(tag: str, sides: Mapping[str, tuple[int, str]]) -> Any:
    """Return a border element; a side is (eighths of a point, colour), 0 for none."""
    return element(
        tag,
        None,
        *(
            element(
                f"w:{side}",
                {
                    "w:val": "single" if size else "nil",
                    "w:sz": str(size),
                    "w:space": "0" if tag != "w:pBdr" else "6",
                    "w:color": colour,
                },
            )
            for side, (size, colour) in sides.items()
        ),
    )


def numbering(document: Any, number: int, levels: list[dict[str, str]]) -> None:
    """Define a numbering with this id, a level a dictionary.

    Keys: ``format`` (``decimal``, ``upperLetter``, ``bullet``), ``text`` (such as ``%1``),
    ``left`` and ``hanging`` in twentieths of a point, and ``style``, the style it numbers.
    """
    root = document.part.numbering_part.element
    abstract = element("w:abstractNum", {"w:abstractNumId": str(number)})
    abstract.append(element("w:multiLevelType", {"w:val": "multilevel"}))
    for n, level in enumerate(levels):
        made = element("w:lvl", {"w:ilvl": str(n)})
        made.append(element("w:start", {"w:val": "1"}))
        made.append(element("w:numFmt", {"w:val": level["format"]}))
        if "style" in level:
            made.append(element("w:pStyle", {"w:val": level["style"]}))
        made.append(element("w:suff", {"w:val": "tab"}))
        made.append(element("w:lvlText", {"w:val": level["text"]}))
        made.append(element("w:lvlJc", {"w:val": "left"}))
        indent = {"w:left": level["left"], "w:hanging": level["hanging"]}
        made.append(element("w:pPr", None, element("w:ind", indent)))
        abstract.append(made)
    first = root.find(qn("w:num"))
    if first is None:
        root.append(abstract)
    else:
        first.addprevious(abstract)
    numbered = element("w:num", {"w:numId": str(number)})
    numbered.append(element("w:abstractNumId", {"w:val": str(number)}))
    root.append(numbered)


def restart(document: Any, number: int, of: int) -> None:
    """Define numbering ``number`` as a fresh start of numbering ``of``."""
    numbered = element("w:num", {"w:numId": str(number)})
    numbered.append(element("w:abstractNumId", {"w:val": str(of)}))
    start = element("w:startOverride", {"w:val": "1"})
    numbered.append(element("w:lvlOverride", {"w:ilvl": "0"}, start))
    document.part.numbering_part.element.append(numbered)


def use_numbering(holder: Any, number: int) -> None:
    """Number a paragraph, or all paragraphs of a style, by a defined numbering."""
    properties = holder.element.get_or_add_pPr() if hasattr(holder, "element") else None
    if properties is None:
        properties = holder._p.get_or_add_pPr()
    made = element("w:numPr", None, element("w:ilvl", {"w:val": "0"}))
    made.append(element("w:numId", {"w:val": str(number)}))
    properties._insert_numPr(made)


def same_bytes(made: BytesIO) -> bytes:
    """Return a zip file with its parts' times fixed: the same content, the same bytes."""
    out = BytesIO()
    with ZipFile(made) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
