"""Many texts at once, from a CSV file into two: a row a state, and a row a text for the parties."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.archive import Archive
from detente.errors import OutputError, at
from detente.forecast.asking import Forecaster, Question
from detente.forecast.forecasting import party_columns
from detente.forecast.joint_arrays import no_objection
from detente.forecast.reading import TextRefused, read_question, read_sponsors, words_of
from detente.forecast.record import ABSTAIN, NO, YES
from detente.parties import Party, members


@dataclass(frozen=True)
class Row:
    """A row of the batch: a text and the day whose eve it is forecast for."""

    code: str
    day: date
    question: Question


def known_words(forecaster: Forecaster) -> frozenset[str]:
    """Return the words of the record's titles."""
    return frozenset(word for title in forecaster.record.title for word in words_of(str(title)))


def read_batch(path: Path, words: frozenset[str], archive: Archive) -> list[Row]:
    """Return the rows of a batch file.

    Args:
        path: columns id, date and title; optionally subjects, sponsors and body.
        words: lower-case words of the record's titles.
        archive: where sponsors are looked up.

    Raises:
        TextRefused: the file or a row of it cannot be used; the sentence names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"id", "date", "title"} - set(reader.fieldnames or ())
            if missing:
                raise TextRefused(
                    f"{path.name} has no column “{min(missing)}”: a batch has the columns id, "
                    "date and title"
                )
            return [_row(path, reader.line_num, row, words, archive) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TextRefused(
            f"{path.name} cannot be read ({type(error).__name__}): save it as CSV in UTF-8"
        ) from None


def _row(
    path: Path, line: int, row: dict[str, str | None], words: frozenset[str], archive: Archive
) -> Row:
    where = at(path, line)
    try:
        day = date.fromisoformat((row["date"] or "")[:10])
    except ValueError:
        raise TextRefused(
            f"{where}: “{row['date']}” is not a date: write it as 2018-11-20"
        ) from None
    subjects = tuple(part.strip() for part in (row.get("subjects") or "").split("|"))
    text = (row["title"] or "").strip() or (row.get("body") or "")[:600]
    try:
        sponsors = read_sponsors(archive, row.get("sponsors") or "", day)
        question = read_question(text, words, tuple(filter(None, subjects)), sponsors)
    except TextRefused as error:
        raise TextRefused(f"{where}: {error}") from None
    return Row(row["id"] or "", day, question)


def parties_path(path: Path) -> Path:
    """Return the second file's path: the first one's with `_parties` before the extension."""
    return path.with_name(f"{path.stem}_parties{path.suffix}")


def write_batch(
    archive: Archive,
    forecaster: Forecaster,
    rows: Sequence[Row],
    parties: Sequence[Party],
    path: Path,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write both files, whole or not at all; return the number of texts.

    Rows of one day are forecast together and none is known to another.
    """
    by_state: dict[int, list[list[str]]] = {}
    by_text: dict[int, list[str]] = {}
    for number, day in enumerate(days := sorted({row.day for row in rows})):
        places = [i for i, row in enumerate(rows) if row.day == day]
        answer = forecaster.ask([rows[i].question for i in places], day)
        columns = party_columns(archive, forecaster, parties, day)
        _, none = no_objection(answer.chances[:, :, NO], columns)
        states = [
            (code, int(place[0]))
            for code in members(archive, "UN", day)
            if len(place := forecaster.record.columns((code,)))
        ]
        for text, i in enumerate(places):
            by_text[i] = [rows[i].code, f"{none[text]:.6f}"]
            by_state[i] = [
                [rows[i].code, code]
                + [f"{answer.chances[text, place, one]:.6f}" for one in (YES, ABSTAIN, NO)]
                for code, place in states
            ]
        step(number + 1, len(days))
    _write(
        {
            path: [["id", "iso3", "p_yes", "p_abstain", "p_no"]]
            + [line for i in range(len(rows)) for line in by_state[i]],
            parties_path(path): [["id", "p_no_objection"]] + [by_text[i] for i in range(len(rows))],
        }
    )
    return len(rows)


def _write(files: dict[Path, list[list[str]]]) -> None:
    temporary = {path: path.with_name(path.name + ".part") for path in files}
    try:
        for path, lines in files.items():
            with temporary[path].open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(lines)
        for path, part in temporary.items():
            part.replace(path)
    except OSError as error:
        raise OutputError(f"{error.filename} cannot be written: {error.strerror}") from None
    finally:
        for part in temporary.values():
            part.unlink(missing_ok=True)
