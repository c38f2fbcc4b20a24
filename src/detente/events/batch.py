"""One batch of an import: lines to checked rows, counted once, summed and written."""

from __future__ import annotations

import shutil
from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from detente.events.dyads import KEYS, SUMS, once, repeated, sums
from detente.events.engines import Duck, literal
from detente.events.facts import actors
from detente.events.files import Export
from detente.events.report import Actors, Damage, FileReport
from detente.events.rows import FAULTS, LAYOUTS
from detente.events.store import Store

if TYPE_CHECKING:
    from ibis.expr.types import Table

EXAMPLES = 3
"""Ids of damaged rows that are named for each file and fault."""

_OTHER = {16: "a table of mentions", 27: "a knowledge graph", 11: "a knowledge graph of 2013"}


@dataclass(frozen=True)
class Found:
    """What a batch brought."""

    files: tuple[FileReport, ...]
    actors: Actors


def read_batch(store: Store, scratch: Path, texts: list[tuple[Export, Path]], as_of: date) -> Found:
    """Read files of plain text and make them the next batch of the store.

    Raises:
        ImportRefused: a file cannot be read as lines of text.
    """
    engine = Duck(scratch)
    judged = engine.judged([str(path) for _export, path in texts], as_of)
    sound = judged.filter(judged.fault == "")
    found = sound.select(month=sound.known.truncate("month")).distinct().order_by("month")
    months = [row["month"] for row in _rows(engine, found)]
    new = _new(engine, sound, store.ids({f"{month:%Y-%m}" for month in months}))
    twice = engine.keep(repeated(new), "twice")
    fresh = once(new, twice) if _rows(engine, twice.limit(1)) else new
    tallies = _tallies(engine, judged, new, fresh)
    files = tuple(_report(export.name, tallies[str(path)]) for export, path in texts)
    sides = _sides(_rows(engine, fresh.group_by("source", "target").agg(n=_.count())))
    finished = [
        export.key
        for (export, _path), file in zip(texts, files, strict=True)
        if file.refused is None
    ]
    if finished:
        written = scratch / "batch"
        shutil.rmtree(written, ignore_errors=True)
        engine.keep(sums(fresh, engine.actors), "batch_sums")
        for month in months:
            _write(engine, fresh, written / f"month={month:%Y-%m}", month)
        store.take(written, {"finished": finished, "files": [asdict(file) for file in files]})
    return Found(files, sides)


def _new(engine: Duck, sound: Table, before: list[str]) -> Table:
    """Leave out the rows whose events earlier batches counted: often none, so none is copied."""
    if not before:
        return sound
    (span,) = _rows(engine, sound.agg(low=sound.id.min(), high=sound.id.max()))
    # Numbers rise with time: of earlier batches' files, sorted by number, little is in this span.
    counted = engine.parquet(before).select("id")
    near = counted.filter(counted.id.between(span["low"], span["high"]))
    known = engine.keep(near.semi_join(sound, "id"), "known_before")
    return sound.anti_join(known, "id") if _rows(engine, known.limit(1)) else sound


@dataclass
class _Tally:
    """The rows of a file, by what became of them."""

    widths: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    new: int = 0
    counted: int = 0
    late: int = 0


def _tallies(engine: Duck, judged: Table, new: Table, fresh: Table) -> dict[str, _Tally]:
    """Count the rows of every file, by path."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for row in _rows(engine, judged.group_by("file", "width", "fault").agg(n=_.count())):
        tallies[row["file"]].widths[row["width"]] += row["n"]
        tallies[row["file"]].faults[row["fault"]] += row["n"]
    late = ibis.ifelse(fresh.day < fresh.known, 1, 0)
    for row in _rows(engine, fresh.group_by("file").agg(n=_.count(), late=late.sum())):
        tally = tallies[row["file"]]
        tally.new, tally.counted, tally.late = row["n"], row["n"], row["late"]
    if new is not fresh:
        for row in _rows(engine, new.group_by("file").agg(n=_.count())):
            tallies[row["file"]].new = row["n"]
    if any(fault for tally in tallies.values() for fault in tally.faults):
        for row in _rows(engine, _examples(judged)):
            tallies[row["file"]].examples[row["fault"]].append(str(row["id"]))
    return tallies


def _examples(judged: Table) -> Table:
    """Return the lowest ids of every file and fault."""
    bad = judged.filter((judged.fault != "") & judged.id.notnull()).select("file", "fault", "id")
    nth = ibis.row_number().over(group_by=[bad.file, bad.fault], order_by=bad.id)
    return bad.mutate(nth=nth).filter(_.nth < EXAMPLES).order_by("file", "fault", "id")


def _report(name: str, tally: _Tally) -> FileReport:
    """Say what became of a file; one without a row of a known width is no export of events."""
    rows = tally.widths.total()
    layouts = tuple(sorted(set(tally.widths) & set(LAYOUTS)))
    if not rows:
        return FileReport(name, refused="it is empty: download it again")
    if not layouts:
        width = min(tally.widths, key=lambda width: (-tally.widths[width], width))
        such = f", as in {_OTHER[width]}" if width in _OTHER else ""
        columns = "column" if width == 1 else "columns"
        return FileReport(
            name,
            refused=f"its rows have {width} {columns}{such}, and those of an export of events "
            "57, 58 or 61",
        )
    damage = tuple(
        Damage(fault, tally.faults[fault], tuple(tally.examples[fault]))
        for fault in FAULTS
        if tally.faults[fault]
    )
    return FileReport(
        name,
        layouts=layouts,
        rows=rows,
        counted=tally.counted,
        late=tally.late,
        repeated=tally.new - tally.counted,
        known_before=tally.faults[""] - tally.new,
        damage=damage,
    )


def _sides(pairs: list[dict[str, Any]]) -> Actors:
    """Say who stood on the two sides of events, counted by their country codes."""
    kinds = {actor.code: actor.kind for actor in actors()}
    sides: Counter[str] = Counter()
    for row in pairs:
        sides[row["source"]] += row["n"]
        sides[row["target"]] += row["n"]
    by_kind: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for code, count in sides.items():
        if code and code not in kinds:
            unknown[code] += count
        else:
            by_kind[kinds.get(code, "missing")] += count
    return Actors(
        by_kind["state"] + by_kind["territory"], by_kind["missing"], by_kind["region"]
    ) + Actors(unknown=tuple(unknown.items()))


def _write(engine: Duck, fresh: Table, folder: Path, month: date) -> None:
    """Write the sums and the ids of a month of knowledge, in order, so that bytes repeat."""
    folder.mkdir(parents=True, exist_ok=True)
    last = month.replace(day=monthrange(month.year, month.month)[1])
    stored = engine.con.table("batch_sums").select(*SUMS)
    parts = {
        "sums": stored.filter(stored.known.between(month, last)).order_by(*KEYS),
        "ids": fresh.filter(fresh.known.between(month, last)).select("id").order_by("id"),
    }
    for name, part in parts.items():
        engine.con.con.execute(
            f"COPY ({engine.con.compile(part)}) TO {literal(folder / f'{name}.parquet')} "
            "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"
        )


def _rows(engine: Duck, table: Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.arrow(table).to_pylist()
    return rows
