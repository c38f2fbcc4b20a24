"""Write a sheet as a spreadsheet that a delegation's staff can fill in Excel or LibreOffice.

The same sheet gives the same bytes: the file's dates are fixed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from detente.language import Lang
from detente.packages.formats.xlsx_layout import (
    BOUNDS,
    EXAMPLE,
    GUIDANCE,
    GUIDE,
    KINDS,
    NO_DEAL_ISSUE,
    PAGES,
    YES,
    Column,
    say,
)
from detente.packages.sheet import USES, Provenance, Sheet, Stance

Row = dict[str, Any]
FIXED = datetime(2000, 1, 1)  # a file's own date would change its bytes from run to run
BLANK_ROWS = 25
INK, HEAD, INPUT, RULE = "1F2A37", "1F4E79", "FFF9E5", "C9CED6"
_FILL = PatternFill("solid", fgColor=INPUT)
_SIDE = Side(style="hair", color=RULE)
_EDGE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
FIXED_KEYS = {"option_name", "issue_name"}


def _sourced(provenance: Provenance, lang: Lang) -> Row:
    return {
        "source": provenance.source or None,
        "use": say(lang, provenance.use) if provenance != Provenance() else None,
        "estimate": say(lang, YES) if provenance.estimate else None,
    }


def _issue_rows(sheet: Sheet) -> list[Row]:
    return [
        {
            "issue": issue.code,
            "issue_name": issue.name_en if first else None,
            "issue_name_fr": issue.name_fr if first and issue.name_fr != issue.name_en else None,
            "topic": issue.topic or None if first else None,
            "option": option.code,
            "option_name": option.name_en,
            "option_name_fr": option.name_fr if option.name_fr != option.name_en else None,
        }
        for issue in sheet.issues
        for first, option in zip([True] + [False] * len(issue.options), issue.options, strict=False)
    ]


def _wish_rows(sheet: Sheet, lang: Lang) -> list[Row]:
    rows = []
    for party in sheet.parties:
        for issue in sheet.issues:
            stance: Stance = sheet.stance(party.code, issue.code)
            rank = {code: n for n, group in enumerate(stance.order, 1) for code in group}
            for place, option in enumerate(issue.options):
                row: Row = {
                    "party": party.code,
                    "issue": issue.code,
                    "option": option.code,
                    "option_name": option.name(lang),
                }
                if stance.kind == "scores":
                    row["score"] = stance.low[place]
                elif stance.kind == "interval":
                    row |= {"low": stance.low[place], "high": stance.high[place]}
                elif stance.kind == "ranking":
                    row["rank"] = rank[option.code]
                elif stance.kind == "range":
                    ends = {stance.minimum: BOUNDS[0], stance.maximum: BOUNDS[1]}
                    if option.code in ends:
                        row["bound"] = say(lang, ends[option.code])
                    if stance.minimum == stance.maximum == option.code:
                        row["bound"] = " | ".join(say(lang, bound) for bound in BOUNDS)
                if option.code in stance.red:
                    row["red"] = say(lang, YES)
                if place == 0:
                    row |= _sourced(stance.provenance, lang)
                rows.append(row)
    return rows


def _weight_rows(sheet: Sheet, lang: Lang) -> list[Row]:
    rows = []
    for item in sheet.weights:
        rank = {code: n for n, group in enumerate(item.order, 1) for code in group}
        for place, issue in enumerate(sheet.issues):
            row: Row = {
                "party": item.party,
                "issue": issue.code,
                "issue_name": issue.name(lang),
                "weight": item.numbers.get(issue.code),
                "rank": rank.get(issue.code),
            }
            rows.append(row | (_sourced(item.provenance, lang) if place == 0 else {}))
    return rows


def _no_deal_rows(sheet: Sheet, lang: Lang) -> list[Row]:
    rows = []
    for deal in sheet.no_deals:
        row: Row = {"party": deal.party, "text": deal.text or None}
        if deal.known and not deal.outcome:
            if deal.low == deal.high:
                row["value"] = deal.low
            else:
                row |= {"low": deal.low, "high": deal.high}
        row |= {f"issue:{code}": option for code, option in deal.outcome.items()}
        rows.append(row | _sourced(deal.provenance, lang))
    return rows


def _rule_rows(sheet: Sheet, lang: Lang) -> list[Row]:
    rows: list[Row] = [
        {
            "kind": say(lang, KINDS[0]),
            "issue1": rule.when[0],
            "option1": rule.when[1],
            "issue2": rule.then[0][0],
            "option2": " | ".join(option for _, option in rule.then),
            "reason": rule.reason or None,
        }
        for rule in sheet.requires
    ]
    rows += [
        {
            "kind": say(lang, KINDS[1]),
            "issue1": ban.pair[0][0],
            "option1": ban.pair[0][1],
            "issue2": ban.pair[1][0],
            "option2": ban.pair[1][1],
            "reason": ban.reason or None,
        }
        for ban in sheet.forbids
    ]
    rows += [
        {
            "kind": say(lang, KINDS[2]),
            "party": item.party,
            "issue1": item.pair[0][0],
            "option1": item.pair[0][1],
            "issue2": item.pair[1][0],
            "option2": item.pair[1][1],
            "low": item.low,
            "high": item.high,
        }
        | _sourced(item.provenance, lang)
        for item in sheet.interactions
    ]
    return rows


def _fill(page: Worksheet, columns: Sequence[Column], rows: Sequence[Row], lang: Lang) -> None:
    """Write a page: a head that stays in sight, rows, and room for more."""
    head = Font(bold=True, color="FFFFFF", name="Calibri", size=11)
    for place, column in enumerate(columns, 1):
        label = (
            say(lang, NO_DEAL_ISSUE, issue=column.key.removeprefix("issue:"))
            if column.key.startswith("issue:")
            else say(lang, column.label)
        )
        cell = page.cell(1, place, label)
        cell.font = head
        cell.fill = PatternFill("solid", fgColor=HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if column.hint:
            note = Comment(say(lang, column.hint), "Détente")
            note.width, note.height = 260, 70
            cell.comment = note
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.row_dimensions[1].height = 32
    for line in range(2, len(rows) + 2 + BLANK_ROWS):
        row = rows[line - 2] if line - 2 < len(rows) else {}
        for place, column in enumerate(columns, 1):
            value = row.get(column.key)
            entry = page.cell(line, place, value)
            entry.border = _EDGE
            entry.font = Font(name="Calibri", size=11, color=INK)
            entry.alignment = Alignment(vertical="top", wrap_text=column.width >= 28)
            if column.key not in FIXED_KEYS or page.title == say(lang, "Issues"):
                entry.fill = _FILL
            if isinstance(value, float):
                entry.number_format = "0.##" if value % 1 else "0"
    page.freeze_panes = "A2"
    page.sheet_view.zoomScale = 110
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def _allow(page: Worksheet, columns: Sequence[Column], key: str, formula: str, lang: Lang) -> None:
    letter = get_column_letter([column.key for column in columns].index(key) + 1)
    rule = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.error = say(lang, "Choose from the list.")
    rule.errorTitle = "Détente"
    page.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}2000")


def _allow_number(
    page: Worksheet, columns: Sequence[Column], key: str, low: int, high: int, lang: Lang
) -> None:
    letter = get_column_letter([column.key for column in columns].index(key) + 1)
    rule = DataValidation(
        "decimal",
        operator="between",
        formula1=str(low),
        formula2=str(high),
        showErrorMessage=True,
    )
    rule.error = say(lang, "A number from {low} to {high}.", low=low, high=high)
    rule.errorTitle = "Détente"
    page.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}2000")


def _words(lang: Lang, words: Iterable[str]) -> str:
    return '"' + ",".join(say(lang, word) for word in words) + '"'


def _guide(page: Worksheet, sheet: Sheet, lang: Lang) -> None:
    page.column_dimensions["A"].width = 22
    page.column_dimensions["B"].width = 22
    for letter in "CDEFGH":
        page.column_dimensions[letter].width = 17
    page["A1"] = sheet.name
    page["A1"].font = Font(bold=True, size=16, color=HEAD, name="Calibri")
    line = 3
    for title, text in GUIDANCE:
        page.cell(line, 1, say(lang, title)).font = Font(bold=True, color=HEAD, name="Calibri")
        page.cell(line, 1).alignment = Alignment(vertical="top", wrap_text=True)
        cell = page.cell(line, 2, say(lang, text))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=line, start_column=2, end_row=line, end_column=8)
        page.row_dimensions[line].height = 16 * (1 + len(say(lang, text)) // 115)
        line += 1
    line += 1
    page.cell(line, 1, say(lang, "An example")).font = Font(bold=True, color=HEAD, name="Calibri")
    for row in EXAMPLE:
        line += 1
        for place, text in enumerate(row, 1):
            shown = (
                say(lang, text) if text and (row is EXAMPLE[0] or text in {YES, *BOUNDS}) else text
            )
            cell = page.cell(line, place, shown or None)
            cell.border = _EDGE
            if row is EXAMPLE[0]:
                cell.font = Font(bold=True, color="FFFFFF", name="Calibri")
                cell.fill = PatternFill("solid", fgColor=HEAD)
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def columns_of(key: str, issues: Iterable[str]) -> tuple[Column, ...]:
    """Return a page's columns; the page of no deal has one more for each issue."""
    columns = PAGES[key][1]
    if key == "no_deal":
        columns += tuple(Column(f"issue:{code}", NO_DEAL_ISSUE, 20) for code in issues)
    return columns


def workbook_bytes(sheet: Sheet, lang: Lang = "en") -> bytes:
    """Return a sheet as an .xlsx file; with no issues it is an empty form for the parties."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    guide.title = say(lang, GUIDE)
    _guide(guide, sheet, lang)
    rows: dict[str, list[Row]] = {
        "parties": [
            {
                "code": party.code,
                "name": party.name_en,
                "name_fr": party.name_fr if party.name_fr != party.name_en else None,
            }
            for party in sheet.parties
        ],
        "issues": _issue_rows(sheet),
        "wishes": _wish_rows(sheet, lang),
        "weights": _weight_rows(sheet, lang),
        "no_deal": _no_deal_rows(sheet, lang),
        "rules": _rule_rows(sheet, lang),
    }
    titles = {key: say(lang, title) for key, (title, _) in PAGES.items()}
    party_list = f"='{titles['parties']}'!$A$2:$A$60"
    issue_list = f"='{titles['issues']}'!$A$2:$A$2000"
    option_list = f"='{titles['issues']}'!$E$2:$E$2000"
    for key in PAGES:
        page = book.create_sheet(titles[key])
        columns = columns_of(key, [issue.code for issue in sheet.issues])
        _fill(page, columns, rows[key], lang)
        keys = {column.key for column in columns}
        if "party" in keys:
            _allow(page, columns, "party", party_list, lang)
        if "use" in keys:
            _allow(page, columns, "use", _words(lang, USES), lang)
            _allow(page, columns, "estimate", _words(lang, [YES]), lang)
        for name, formula in (
            ("red", _words(lang, [YES])),
            ("bound", _words(lang, BOUNDS)),
            ("kind", _words(lang, KINDS)),
            ("issue1", issue_list),
            ("issue2", issue_list),
            ("option1", option_list),
        ):
            if name in keys:
                _allow(page, columns, name, formula, lang)
        if key in ("wishes", "weights"):
            _allow(page, columns, "issue", issue_list, lang)
        if key == "wishes":
            _allow(page, columns, "option", option_list, lang)
        for issue in sheet.issues if key == "no_deal" else ():
            listed = '"' + ",".join(issue.codes) + '"'
            if len(listed) <= 255:  # a longer list is more than the format takes
                _allow(page, columns, f"issue:{issue.code}", listed, lang)
        for name in ("score", "weight", "value", "low", "high"):
            if name in keys:
                _allow_number(page, columns, name, -100 if key == "rules" else 0, 100, lang)
        page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows[key]) + 1}"
    book.properties.title = sheet.name
    book.properties.creator = "Détente"
    book.properties.created = book.properties.modified = FIXED
    return _still(book)


def _still(book: Workbook) -> bytes:
    """Save a workbook with fixed dates inside and in the archive around it."""
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as still:
        for name in made.namelist():
            data = made.read(name)
            if name == "docProps/core.xml":
                start, end = data.index(b"<dcterms:modified"), data.index(b"</dcterms:modified>")
                head = data.index(b">", start) + 1
                data = data[:head] + FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + data[end:]
            still.writestr(zipfile.ZipInfo(name, FIXED.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
