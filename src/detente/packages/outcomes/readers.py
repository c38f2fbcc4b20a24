"""Read the raw files of real negotiations, from a folder that the user names.

None of these files ships. Positions that were left empty are unknown, and so left out.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from detente.errors import SheetError
from detente.packages.outcomes.issue import Contested, Stance


def _rows(path: Path, columns: set[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = columns - set(reader.fieldnames or ())
            if missing:
                raise SheetError(
                    f"{path.name} has no column {', '.join(sorted(missing))}: name the right file"
                )
            return list(reader)
    except FileNotFoundError:
        raise SheetError(f"there is no file {path}: name the folder that holds it") from None
    except UnicodeDecodeError:
        raise SheetError(f"{path.name} is not UTF-8 text: save it as UTF-8") from None


def _number(row: dict[str, str], column: str, path: Path, line: int) -> float | None:
    text = (row[column] or "").strip()
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise SheetError(
            f"{path.name}, line {line}: “{text}” under {column} is not a number: mend it"
        ) from None


def read_deu(path: Path) -> list[Contested]:
    """Read issues of European Union legislation, 1996 to 2003 (Thomson et al. 2006, CC BY 4.0).

    Only issues with a known outcome and at least one known position are returned, in file order.
    """
    found: dict[str, tuple[dict[str, str], int, list[Stance]]] = {}
    rows = _rows(
        path, {"proposal", "issue", "actor", "position", "salience", "rp", "outcome", "year"}
    )
    for line, row in enumerate(rows, 2):
        _, _, stances = found.setdefault(row["issue"], (row, line, []))
        position = _number(row, "position", path, line)
        salience = _number(row, "salience", path, line)
        if position is not None:
            stances.append(Stance(row["actor"], position, (salience or 0.0) / 100.0))
    return [
        Contested(
            code,
            tuple(stances),
            _number(row, "rp", path, line),
            _number(row, "outcome", path, line),
            row["proposal"],
            int(row["year"]),
        )
        for code, (row, line, stances) in found.items()
        if stances and _number(row, "outcome", path, line) is not None
    ]


def read_summit(path: Path) -> list[Contested]:
    """Read positions, salience and power at a climate summit, one contested issue an issue code."""
    found: dict[str, list[Stance]] = {}
    for line, row in enumerate(_rows(path, {"actor", "issue", "position", "salience", "power"}), 2):
        position = _number(row, "position", path, line)
        if position is not None:
            found.setdefault(row["issue"], []).append(
                Stance(
                    row["actor"],
                    position,
                    _number(row, "salience", path, line) or 0.0,
                    _number(row, "power", path, line),
                )
            )
    return [Contested(code, tuple(stances)) for code, stances in found.items()]


def read_actors(path: Path, code: str, low: float, high: float) -> Contested:
    """Read one issue from a table of actors with Capability, Position and Salience."""
    stances = []
    for line, row in enumerate(_rows(path, {"Actor", "Capability", "Position", "Salience"}), 2):
        position = _number(row, "Position", path, line)
        if position is not None:
            stances.append(
                Stance(
                    row["Actor"],
                    position,
                    _number(row, "Salience", path, line) or 0.0,
                    _number(row, "Capability", path, line),
                )
            )
    return Contested(code, tuple(stances), low=low, high=high)


def read_scales(path: Path, low: float = 0.0, high: float = 100.0) -> list[Contested]:
    """Read contested issues from a table of positions in either of the two usual forms.

    Raises:
        SheetError: neither form, a value that is no number, or one outside the scale.
    """
    if low >= high:
        raise SheetError(f"a scale cannot run from {low:g} to {high:g}: give its low end first")
    first = _rows(path, set())
    columns = set(first[0]) if first else set()
    if {"Actor", "Capability", "Position", "Salience"} <= columns:
        issues = [read_actors(path, path.stem, low, high)]
    elif {"actor", "issue", "position", "salience", "power"} <= columns:
        issues = [replace(issue, low=low, high=high) for issue in read_summit(path)]
    else:
        raise SheetError(
            f"{path.name} has neither the columns actor, issue, position, salience, power nor "
            "Actor, Capability, Position, Salience: name its columns so"
        )
    for issue in issues:
        for stance in issue.stances:
            if not low <= stance.position <= high:
                raise SheetError(
                    f"{path.name}: {stance.party} stands at {stance.position:g} on {issue.code}, "
                    f"outside the scale of {low:g} to {high:g}: mend it, or give --low and --high"
                )
            if not 0 <= stance.salience <= 1 or (stance.capability or 0.0) < 0:
                raise SheetError(
                    f"{path.name}: {stance.party} on {issue.code} has a salience outside 0 to 1 or "
                    "a negative power: mend it"
                )
    return issues
