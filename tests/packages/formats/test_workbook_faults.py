"""A spreadsheet filled in wrongly is refused with the page and the cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.packages.sheets import raw_without_cycle, read

from detente.errors import SheetError
from detente.packages.formats.xlsx_read import read_workbook
from detente.packages.formats.xlsx_write import workbook_bytes

Change = Callable[[Workbook], None]


def _write(page: str, cell: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[page][cell] = value

    return change


FAULTS: list[tuple[str, Change, str, str]] = [
    ("text in a number's place", _write("Wishes", "E5", "high"), "cell E5", "“high” stands where"),
    ("a date for a score", _write("Wishes", "E5", "3/5"), "cell E5", "a number belongs"),
    ("merged cells", lambda b: b["Wishes"].merge_cells("A2:A4"), "cells A2:A4", "merged"),
    ("outside the scale", _write("Wishes", "E5", 140), "cell E5", "140 lies outside the scale"),
    ("a range with one end", _write("Wishes", "F12", 3), "cell G12", "only one end"),
    ("weights that do not sum", _write("Weights", "D2", 90), "cell D2", "sum to 130"),
    ("an unknown use", _write("Wishes", "L2", "anyone"), "cell L2", "must be one of"),
    ("an unknown head", _write("Wishes", "E1", "Points"), "cell E1", "is not a column"),
    ("a party without a code", _write("Parties", "A2", None), "cell A2", "no code"),
    ("a party twice", _write("Parties", "A3", "EU"), "cell A3", "named twice"),
    ("an unknown party", _write("Wishes", "A2", "USA"), "page Wishes", "“USA” is not a party"),
    ("an issue without options", _write("Issues", "A12", "sea"), "A12", "“sea” has no options"),
    ("a row without an issue", _write("Issues", "E12", "x"), "cell A12", "no issue"),
    ("a red line that is no yes", _write("Wishes", "I3", "perhaps"), "cell I3", "must be yes"),
    ("a rank that is none", _write("Wishes", "H7", 1.5), "cell H7", "1.5 is not a rank"),
    ("no page of issues", lambda b: b.remove(b["Issues"]), "Issues", "has no page"),
]


@pytest.mark.parametrize(
    ("change", "cell", "said"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_fault_is_refused_with_its_cell(
    change: Change, cell: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(workbook_bytes(read(raw_without_cycle())))
    book = load_workbook(path)
    change(book)
    book.save(path)
    with pytest.raises(SheetError) as refused:
        read_workbook(path)
    message = str(refused.value)
    assert message.startswith("sheet.xlsx")
    assert cell in message
    assert said in message
    assert "\n" not in message


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_text("party,issue", encoding="utf-8")
    with pytest.raises(SheetError, match=r"is not an \.xlsx workbook"):
        read_workbook(path)
    with pytest.raises(SheetError, match="there is no file"):
        read_workbook(tmp_path / "other.xlsx")
