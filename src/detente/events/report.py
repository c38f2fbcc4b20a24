"""What an import found: by file what was counted, set aside or refused, and who the actors were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.events.rows import FAULTS, LAYOUTS


@dataclass(frozen=True)
class Damage:
    """Rows of a file set aside for one reason, a key of `rows.FAULTS`, and some of their ids."""

    fault: str
    rows: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class FileReport:
    """What became of a file. ``rows`` is the sum of counted, repeated, known before and damaged."""

    name: str
    refused: str | None = None
    """Why nothing of it was read, a sentence; None where it was read."""
    layouts: tuple[int, ...] = ()
    """How many columns its rows have, of 57, 58 and 61."""
    rows: int = 0
    counted: int = 0
    late: int = 0
    """Rows, of those counted, of an event on an earlier day than the row's arrival."""
    repeated: int = 0
    """Rows of an event that stands in this batch already."""
    known_before: int = 0
    """Rows of an event that an earlier batch counted."""
    damage: tuple[Damage, ...] = ()

    @property
    def damaged(self) -> int:
        """Rows set aside, for whatever reason."""
        return sum(each.rows for each in self.damage)

    @property
    def layout(self) -> str:
        """Name its layout, or its layouts."""
        return " and ".join(LAYOUTS[width] for width in self.layouts) or "no layout"


@dataclass(frozen=True)
class Actors:
    """Who stood on the two sides of the events counted; every event has two sides."""

    states: int = 0
    missing: int = 0
    """Sides without a country code."""
    regions: int = 0
    """Sides that are a region, such as EUR, and no state."""
    unknown: tuple[tuple[str, int], ...] = ()
    """Codes that no table names, with the number of sides, most first."""

    def __add__(self, other: Actors) -> Actors:
        codes = Counter(dict(self.unknown)) + Counter(dict(other.unknown))
        return Actors(
            self.states + other.states,
            self.missing + other.missing,
            self.regions + other.regions,
            tuple(sorted(codes.items(), key=lambda item: (-item[1], item[0]))),
        )


@dataclass(frozen=True)
class Report:
    """What an import did."""

    files: tuple[FileReport, ...]
    actors: Actors
    skipped: int
    """Files left out because an earlier import finished them."""
    folder: Path

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """Return the files of which nothing was read."""
        return tuple(file for file in self.files if file.refused is not None)

    def total(self, field: str) -> int:
        """Return the sum of a count over all files."""
        return sum(int(getattr(file, field)) for file in self.files)

    def damage(self) -> dict[str, int]:
        """Return the rows set aside for each reason, in the order of the tests."""
        counts = dict.fromkeys(FAULTS, 0)
        for file in self.files:
            for each in file.damage:
                counts[each.fault] += each.rows
        return {fault: rows for fault, rows in counts.items() if rows}

    def sentences(self) -> Iterator[str]:
        """Say in sentences what a user must know: totals first, then each file with trouble."""
        read = len(self.files) - len(self.refused)
        yield (
            f"{_files(read)} read, {self.total('rows'):,} rows: {self.total('counted'):,} counted, "
            f"{self.total('repeated') + self.total('known_before'):,} counted already, "
            f"{self.total('damaged'):,} set aside."
        )
        if self.skipped:
            yield f"{_files(self.skipped)} left out: an earlier import finished them."
        if self.total("late"):
            yield f"{self.total('late'):,} rows arrived after the day of their event."
        sides = self.actors
        if sides != Actors():
            named = ", ".join(f"{code} {count:,}" for code, count in sides.unknown[:5])
            yield (
                f"Of {2 * self.total('counted'):,} sides of events {sides.states:,} are a state "
                f"or territory, {sides.missing:,} have no country, {sides.regions:,} are a region, "
                f"{sum(count for _, count in sides.unknown):,} have an unknown code"
                f"{f' ({named})' if named else ''}."
            )
        for fault, rows in self.damage().items():
            yield f"Set aside, {FAULTS[fault]}: {rows:,} rows."

    def trouble(self) -> Iterator[str]:
        """Say of each file with trouble what it is."""
        for file in self.files:
            if file.refused is not None:
                yield f"{file.name} was not read: {file.refused}."
            for each in file.damage:
                such = f", such as event {', '.join(each.examples)}" if each.examples else ""
                yield f"{file.name}: {each.rows:,} rows have {FAULTS[each.fault]}{such}."


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number:,} files"
