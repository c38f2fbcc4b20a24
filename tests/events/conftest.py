"""Engines and files that several tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.events import made

from detente.events.dyads import dyads, once, sums
from detente.events.engines import Duck, Engine
from detente.events.rows import from_lines, judge
from detente.events.store import Store

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def duck() -> Duck:
    return Duck(threads=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


Judge = Callable[[Iterable[str]], list[dict[str, Any]]]


@pytest.fixture
def judged(duck: Duck, tmp_path: Path) -> Judge:
    """Judge lines of a file; rows in the order of their ids."""

    def run(lines: Iterable[str]) -> list[dict[str, Any]]:
        path = made.write(tmp_path / "judged.csv", lines)
        table = judge(from_lines(duck.lines([str(path)])), duck.cameo, TODAY)
        rows: list[dict[str, Any]] = duck.arrow(table.order_by("id")).to_pylist()
        return rows

    return run


def table_of(engine: Engine, paths: list[str]) -> list[dict[str, Any]]:
    """Return the dyad-days of raw files on an engine."""
    rows = judge(from_lines(engine.lines(paths)), engine.cameo, TODAY)
    table = dyads(sums(once(rows.filter(rows.fault == "")), engine.actors))
    found: list[dict[str, Any]] = engine.arrow(table).to_pylist()
    return found
