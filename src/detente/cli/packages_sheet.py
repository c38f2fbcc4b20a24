"""Whatever a user may name as a sheet of issues, read: a case, TOML, a spreadsheet, a folder."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import SheetError

if TYPE_CHECKING:
    from detente.packages.sheet import Sheet


def load(path: Path, as_of: date | None = None, record: bool = False) -> Sheet:
    """Read whatever the user named as a sheet."""
    from detente.packages.formats.genius import is_genius, read_genius
    from detente.packages.formats.scenario import read_scenario
    from detente.packages.formats.toml import read_toml
    from detente.packages.formats.xlsx_read import read_workbook

    if path.is_dir():
        return read_genius(path) if is_genius(path) else read_scenario(path)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return read_workbook(path)
    try:
        head = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return read_toml(path)  # which says what is wrong
    return from_case(path, as_of, record) if "case" in head else read_toml(path)


def from_case(path: Path, as_of: date | None, record: bool, blank: bool = False) -> Sheet:
    """Return the sheet of a case with issues; ``blank`` allows one that has none yet."""
    from detente.case import open_case
    from detente.packages.formats.toml import line_places
    from detente.packages.reading import read_sheet
    from detente.packages.record import Support, start_from_record
    from detente.packages.sheet import Party, Sheet

    case, archive = open_case(path, as_of)
    parties = tuple(Party(p.code, p.name_en, p.name_fr) for p in case.parties)
    if blank and not case.sheet.get("issues"):
        return Sheet(case.name_en, parties, (), (), (), ())
    if not case.sheet.get("issues"):
        raise SheetError(
            f"{path.name} has no issues: write them, or start with `detente packages template "
            f"{path}`"
        )
    sheet = read_sheet(case.sheet, parties, case.name_en, line_places(path.name, case.lines))
    if not record:
        return sheet
    from detente.denominators import denominators
    from detente.packages.working import wilson

    topics = {issue.topic for issue in sheet.issues if issue.topic}
    supports = {}
    found = denominators(archive, case)
    for topic in sorted(topics):
        item = found.of(topic)
        if item is None or not item.cases:
            continue
        against = dict(item.objectors)
        for party in parties:
            share = 1.0 - against.get(party.code, 0) / item.cases
            low, high = wilson(share, item.cases)
            supports[party.code, topic] = Support(share, low, high, item.cases)
    return start_from_record(sheet, supports)
