"""Read a filled-in spreadsheet back as a sheet, in whichever language it was written.

Every refusal names the page and the cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from detente.errors import SheetError
from detente.language import LANGUAGES
from detente.packages.formats.xlsx_layout import (
    BOUNDS,
    GUIDE,
    KINDS,
    NO_DEAL_ISSUE,
    PAGES,
    YES,
    known_words,
    say,
)
from detente.packages.reading import read_sheet
from detente.packages.schema import Location
from detente.packages.sheet import USES, Party, Sheet

NUMBERS = {"score", "low", "high", "weight", "value", "rank"}


@dataclass
class _Row:
    """A row with values by column key, and where each stands."""

    page: str
    number: int
    letters: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)

    def cell(self, key: str = "") -> str:
        return f"page {self.page}, cell {self.letters.get(key, 'A')}{self.number}"


class _Book:
    """An open workbook, its rows by page, and the cells behind each location of the raw tables."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.cells: dict[Location, str] = {}
        self.book = _open(path)

    def refuse(self, where: str, message: str) -> SheetError:
        return SheetError(f"{self.name}, {where}: {message}")

    def place(self, where: Location) -> str:
        for depth in range(len(where), 0, -1):
            if where[:depth] in self.cells:
                return f"{self.name}, {self.cells[where[:depth]]}"
        return self.name

    def page(self, key: str) -> Worksheet | None:
        titles = known_words(PAGES[key][0])
        for page in self.book.worksheets:
            if page.title.strip().lower() in titles:
                return page
        return None

    def rows(self, key: str, needed: bool = False) -> list[_Row]:
        page = self.page(key)
        if page is None:
            if needed:
                raise SheetError(
                    f"{self.name} has no page “{PAGES[key][0]}”: start from `detente packages "
                    "template`"
                )
            return []
        for merged in page.merged_cells.ranges:
            raise self.refuse(
                f"page {page.title}, cells {merged.coord}",
                "the cells are merged: unmerge them and fill each row",
            )
        labels = {
            word: column.key for column in PAGES[key][1] for word in known_words(column.label)
        }
        letters: dict[str, str] = {}
        for cell in page[1]:
            text = str(cell.value or "").strip()
            if not text:
                continue
            found = labels.get(text.lower()) or self._issue_column(key, text)
            if found is None:
                raise self.refuse(
                    f"page {page.title}, cell {cell.coordinate}",
                    f"“{text}” is not a column of this page: use the heads of the template",
                )
            letters[found] = _letter(cell)
        columns = {letter: found for found, letter in letters.items()}
        rows = []
        for cells in page.iter_rows(min_row=2):
            row = _Row(page.title, cells[0].row or 0, letters)
            for cell in cells:
                known = columns.get(_letter(cell))
                value = cell.value.strip() if isinstance(cell.value, str) else cell.value
                if known is None or value is None or value == "":
                    continue
                row.values[known] = self._checked(known, value, row)
            reading_only = {"issue_name", "option_name"} if key in ("wishes", "weights") else set()
            if set(row.values) - reading_only:
                rows.append(row)
        return rows

    def _issue_column(self, key: str, text: str) -> str | None:
        if key != "no_deal":
            return None
        for lang in LANGUAGES:
            shape = re.escape(say(lang, NO_DEAL_ISSUE, issue="\0")).replace("\0", "(.+)")
            if match := re.fullmatch(shape, text):
                return f"issue:{match[1]}"
        return None

    def _checked(self, key: str, value: Any, row: _Row) -> Any:
        if key in NUMBERS:
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self.refuse(
                    row.cell(key), f"“{value}” stands where a number belongs: mend it"
                )
            return float(value)
        if key in ("red", "estimate"):
            if str(value).lower() not in known_words(YES):
                raise self.refuse(row.cell(key), f"“{value}” must be yes, or the cell empty")
            return True
        if key in ("use", "kind", "bound"):
            words = {"use": USES, "kind": KINDS, "bound": BOUNDS}[key]
            found = []
            for part in str(value).split("|"):
                word = next((w for w in words if part.strip().lower() in known_words(w)), None)
                if word is None:
                    raise self.refuse(row.cell(key), f"“{value}” must be one of {', '.join(words)}")
                found.append(word)
            return found if key == "bound" else found[0]
        if isinstance(value, float) and value == int(value):
            value = int(value)  # a code typed as a number
        return str(value)


def _letter(cell: Cell | MergedCell) -> str:
    return re.sub(r"\d", "", cell.coordinate)


def _open(path: Path) -> Workbook:
    try:
        return load_workbook(path, data_only=True)
    except FileNotFoundError:
        raise SheetError(f"there is no file {path}: check the name") from None
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError):
        raise SheetError(
            f"{path.name} is not an .xlsx workbook: save it from Excel or LibreOffice as .xlsx"
        ) from None


def _parties(book: _Book) -> tuple[Party, ...]:
    parties: list[Party] = []
    for row in book.rows("parties", needed=True):
        code = row.values.get("code")
        if code is None:
            raise book.refuse(row.cell("code"), "the party has no code: give it one")
        if code in [party.code for party in parties]:
            raise book.refuse(row.cell("code"), f"the party “{code}” is named twice: name it once")
        name = row.values.get("name", code)
        parties.append(Party(code, name, row.values.get("name_fr", name)))
    if not parties:
        raise SheetError(f"{book.name}, page Parties: there are no parties: name at least one")
    return tuple(parties)


def _issues(book: _Book) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = []
    for row in book.rows("issues", needed=True):
        values = row.values
        code = values.get("issue")
        if code is None:
            raise book.refuse(row.cell("issue"), "the row has no issue: repeat its code")
        if not issues or issues[-1]["code"] != code:
            book.cells["issues", len(issues)] = row.cell("issue")
            issues.append({"code": code, "options": []})
        issue = issues[-1]
        where = ("issues", len(issues) - 1)
        for key, name in (("issue_name", "name"), ("issue_name_fr", "name_fr"), ("topic", "topic")):
            if key in values and issue.setdefault(name, values[key]) != values[key]:
                raise book.refuse(row.cell(key), f"the issue “{code}” has two names: keep one")
        if "option" not in values:
            if "option_name" in values:
                raise book.refuse(row.cell("option"), "the option has no code: give it one")
            continue
        book.cells[(*where, "options")] = row.cell("option")
        option = {"code": values["option"]}
        for key, name in (("option_name", "name"), ("option_name_fr", "name_fr")):
            if key in values:
                option[name] = values[key]
        issue["options"].append(option)
    return issues


def _sourced(book: _Book, target: dict[str, Any], row: _Row) -> None:
    for key in ("source", "use", "estimate"):
        if key in row.values and target.setdefault(key, row.values[key]) != row.values[key]:
            raise book.refuse(
                row.cell(key), "differs from the row above for the same party and issue: keep one"
            )


def _ranked(book: _Book, ranks: list[tuple[float, str, _Row]]) -> list[str | list[str]]:
    groups: dict[float, list[str]] = {}
    for rank, code, row in ranks:
        if rank < 1 or rank != int(rank):
            raise book.refuse(row.cell("rank"), f"{rank:g} is not a rank: write 1, 2, 3")
        groups.setdefault(rank, []).append(code)
    return [groups[r][0] if len(groups[r]) == 1 else groups[r] for r in sorted(groups)]


def _grouped(book: _Book, key: str, by: tuple[str, ...]) -> dict[tuple[str, ...], list[_Row]]:
    groups: dict[tuple[str, ...], list[_Row]] = {}
    for row in book.rows(key):
        for name in by:
            if name not in row.values:
                raise book.refuse(row.cell(name), "the cell is empty: fill it in")
        groups.setdefault(tuple(row.values[name] for name in by), []).append(row)
    return groups


def _stances(book: _Book) -> list[dict[str, Any]]:
    stances: list[dict[str, Any]] = []
    for (party, issue), rows in _grouped(book, "wishes", ("party", "issue")).items():
        at: Location = ("stances", len(stances))
        stance: dict[str, Any] = {"party": party, "issue": issue}
        scores: dict[str, float] = {}
        spans: dict[str, list[float]] = {}
        ranks: list[tuple[float, str, _Row]] = []
        red = []
        seen: set[str] = set()
        book.cells[at] = rows[0].cell("option")
        for key in ("party", "issue"):
            book.cells[(*at, key)] = rows[0].cell(key)
        for row in rows:
            values = row.values
            told = set(values) - {"party", "issue", "option", "option_name", "source", "use"}
            if "option" not in values:
                raise book.refuse(row.cell("option"), "the row has no option: choose one")
            option = values["option"]
            if option in seen:
                raise book.refuse(
                    row.cell("option"), f"{party} on {issue} has “{option}” twice: keep one row"
                )
            seen.add(option)
            for key in ("scores", "interval"):
                book.cells[(*at, key, option)] = row.cell("score" if key == "scores" else "low")
            if told & {"score"} and told & {"low", "high"}:
                raise book.refuse(row.cell("score"), "the row has a score and a range: keep one")
            if "score" in values:
                scores[option] = values["score"]
            elif "low" in values or "high" in values:
                for key in ("low", "high"):
                    if key not in values:
                        raise book.refuse(row.cell(key), "the range has only one end: give both")
                spans[option] = [values["low"], values["high"]]
            if "rank" in values:
                ranks.append((values["rank"], option, row))
                book.cells[(*at, "ranking")] = row.cell("rank")
            if "red" in values:
                red.append(option)
                book.cells[(*at, "red_lines")] = row.cell("red")
            for bound in values.get("bound", ()):
                key = "minimum" if bound == BOUNDS[0] else "maximum"
                if key in stance:
                    raise book.refuse(
                        row.cell("bound"), f"{party} on {issue} has two {bound}s: keep one"
                    )
                stance[key] = option
                book.cells[(*at, key)] = row.cell("bound")
            _sourced(book, stance, row)
        if spans:
            stance["interval"] = {**spans, **scores}
        elif scores:
            stance["scores"] = scores
        if ranks:
            stance["ranking"] = _ranked(book, ranks)
        if red:
            stance["red_lines"] = red
        if len(stance) > 2:
            stances.append(stance)
    return stances


def _weights(book: _Book) -> list[dict[str, Any]]:
    weights: list[dict[str, Any]] = []
    for (party,), rows in _grouped(book, "weights", ("party",)).items():
        at: Location = ("weights", len(weights))
        item: dict[str, Any] = {"party": party}
        numbers: dict[str, float] = {}
        ranks: list[tuple[float, str, _Row]] = []
        book.cells[at] = rows[0].cell("weight")
        book.cells[(*at, "party")] = rows[0].cell("party")
        for row in rows:
            if "issue" not in row.values:
                raise book.refuse(row.cell("issue"), "the row has no issue: choose one")
            issue = row.values["issue"]
            if issue in numbers or issue in [code for _, code, _ in ranks]:
                raise book.refuse(row.cell("issue"), f"{party} weighs {issue} twice: keep one row")
            if "weight" in row.values:
                numbers[issue] = row.values["weight"]
                book.cells[(*at, "weights", issue)] = row.cell("weight")
            if "rank" in row.values:
                ranks.append((row.values["rank"], issue, row))
                book.cells[(*at, "ranks")] = row.cell("rank")
            _sourced(book, item, row)
        if numbers:
            item["weights"] = numbers
        if ranks:
            item["ranks"] = _ranked(book, ranks)
        if len(item) > 1:
            weights.append(item)
    return weights


def _no_deal(book: _Book) -> list[dict[str, Any]]:
    deals: list[dict[str, Any]] = []
    for (party,), rows in _grouped(book, "no_deal", ("party",)).items():
        if len(rows) > 1:
            raise book.refuse(rows[1].cell("party"), f"{party} stands twice: keep one row")
        row, at = rows[0], ("no_deal", len(deals))
        book.cells[at] = row.cell("party")
        book.cells[(*at, "value")] = row.cell("value" if "value" in row.values else "low")
        item: dict[str, Any] = {"party": party}
        if "text" in row.values:
            item["text"] = row.values["text"]
        if "value" in row.values:
            item["value"] = row.values["value"]
        elif "low" in row.values or "high" in row.values:
            for key in ("low", "high"):
                if key not in row.values:
                    raise book.refuse(row.cell(key), "the range has only one end: give both")
            item["value"] = [row.values["low"], row.values["high"]]
        outcome = {
            key.removeprefix("issue:"): value
            for key, value in row.values.items()
            if key.startswith("issue:")
        }
        if outcome:
            item["outcome"] = outcome
            book.cells[(*at, "outcome")] = row.cell(f"issue:{next(iter(outcome))}")
            for issue in outcome:
                book.cells[(*at, "outcome", issue)] = row.cell(f"issue:{issue}")
        _sourced(book, item, row)
        if len(item) > 1:
            deals.append(item)
    return deals


def _rules(book: _Book) -> dict[str, list[dict[str, Any]]]:
    rules: dict[str, list[dict[str, Any]]] = {"requires": [], "forbids": [], "interactions": []}
    for row in book.rows("rules"):
        values = row.values
        for key in ("kind", "issue1", "option1", "issue2", "option2"):
            if key not in values:
                raise book.refuse(row.cell(key), "the cell is empty: fill it in")
        first = f"{values['issue1']}={values['option1']}"
        others = [f"{values['issue2']}={part.strip()}" for part in values["option2"].split("|")]
        name = {KINDS[0]: "requires", KINDS[1]: "forbids", KINDS[2]: "interactions"}[values["kind"]]
        at: Location = (name, len(rules[name]))
        book.cells[at] = row.cell("issue1")
        if name == "requires":
            item: dict[str, Any] = {"when": first, "then": others}
        elif len(others) > 1:
            raise book.refuse(
                row.cell("option2"), "only “requires” takes several options: keep one"
            )
        elif name == "forbids":
            item = {"pair": [first, others[0]]}
        else:
            for key in ("party", "low"):
                if key not in values:
                    raise book.refuse(row.cell(key), "the cell is empty: fill it in")
            item = {
                "party": values["party"],
                "pair": [first, others[0]],
                "value": [values["low"], values.get("high", values["low"])],
            }
            book.cells[(*at, "value")] = row.cell("low")
            _sourced(book, item, row)
        if "reason" in values and name != "interactions":
            item["reason"] = values["reason"]
        rules[name].append(item)
    return rules


def read_workbook(path: Path) -> Sheet:
    """Read a spreadsheet.

    Raises:
        SheetError: the first fault, with its page and cell.
    """
    book = _Book(path)
    parties = _parties(book)
    raw = {
        "issues": _issues(book),
        "stances": _stances(book),
        "weights": _weights(book),
        "no_deal": _no_deal(book),
        **_rules(book),
    }
    guide = next(
        (page for page in book.book.worksheets if page.title.lower() in known_words(GUIDE)), None
    )
    name = str(guide["A1"].value) if guide is not None and guide["A1"].value else path.stem
    return read_sheet(raw, parties, name, book.place)
