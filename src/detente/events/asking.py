"""Dyad-days asked for: from the user's store, or straight from raw files, on any engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from detente.errors import ImportRefused, NotFound
from detente.events.dyads import dyads, once, sums
from detente.events.engines import Engine, open_engine
from detente.events.rows import FAULTS
from detente.events.store import Store, users


@dataclass(frozen=True)
class Question:
    """Which dyad-days are wanted; None stands for no limit."""

    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """Dyad-days, a mapping a row with the fields `dyads.DYADS`, in order of day, a, b."""

    rows: list[dict[str, Any]]
    set_aside: dict[str, int] = field(default_factory=dict)
    """Raw rows set aside, by fault; empty where the store was read, which has counted them."""


def from_store(question: Question, store: Store | None = None, engine: str = "duckdb") -> Answer:
    """Return dyad-days from a store of events, by default the user's.

    Raises:
        NotFound: nothing was imported, or nothing answers the question.
        EngineError: there is no such engine.
    """
    files = (store or users()).must_hold(question.first, question.as_of)
    opened = open_engine(engine)
    return Answer(_ask(opened, opened.parquet(files), question))


def from_raw(
    question: Question, paths: Sequence[str], engine: str = "duckdb", today: date | None = None
) -> Answer:
    """Return dyad-days straight from raw exports, which the engine itself reads.

    Nothing is stored. On a cluster the paths may be any that Spark reads (``hdfs:``, ``s3a:``),
    with wildcards; there as here they are plain text or gzip, not zip.

    Args:
        question: what is wanted.
        paths: raw exports of either version.
        engine: where to run.
        today: an arrival after this day is a fault; by default the as-of date, else today.

    Raises:
        NotFound: nothing answers the question.
        EngineError: there is no such engine.
        ImportRefused: it cannot read the paths, or one is a zip.
    """
    for path in paths:
        if path.lower().endswith(".zip"):
            raise ImportRefused(
                f"{path} is zipped, which no engine reads by itself: unpack it, or read it with "
                "`detente events import`"
            )
    opened = open_engine(engine)
    until = today or question.as_of or date.today()
    judged = opened.judged(paths, until)
    counts = opened.arrow(judged.group_by("fault").agg(n=judged.count())).to_pylist()
    by_fault = {row["fault"]: int(row["n"]) for row in counts}
    sound = judged.filter(judged.fault == "")
    rows = _ask(opened, sums(once(sound), opened.actors), question)
    return Answer(rows, {fault: by_fault[fault] for fault in FAULTS if fault in by_fault})


def _ask(engine: Engine, table: Any, question: Question) -> list[dict[str, Any]]:
    wanted = dyads(table, question.first, question.last, question.as_of, question.pairs)
    rows: list[dict[str, Any]] = engine.arrow(wanted).to_pylist()
    if not rows:
        raise NotFound(
            f"no event {_between(question.pairs)}was recorded in these days: choose other days or "
            "pairs, or import more files with `detente events import`"
        )
    return rows


def _between(pairs: Iterable[tuple[str, str]]) -> str:
    named = [f"{a} and {b}" for a, b in pairs]
    return f"between {', or '.join(named)} " if named else ""
