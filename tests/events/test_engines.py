"""One expression, two engines: Spark gives the table of DuckDB, to the last bit."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.events import made, oracle

from detente.errors import ImportRefused, NotFound
from detente.events.asking import Question, from_raw, from_store
from detente.events.engines import EngineError, open_engine
from detente.events.importing import import_files
from detente.events.store import Store

# Spark's own: connections to the Java side that are closed when Python ends.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

LOCAL = "local[1]"
TODAY = date(2026, 11, 24)

needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs Java 17 and the extra detente[spark] (make test-spark)",
)


def lines() -> list[str]:
    """Return sound rows of every layout, repeats, late arrivals, and rows with every fault."""
    found = [
        made.line(id=number, source=("USA", "CHN", "")[number % 3], width=width, mentions=number)
        for width in (57, 58, 61)
        for number in range(width, width + 20)
    ]
    if made.REAL_SECOND.exists():
        found += [*made.real_first(), *made.real_second(3000)]
    found += found[::5]
    found += [
        made.line(id=3, mentions=0, added="20180301000000"),
        made.line(id=4, mentions=1, added="20180302000000"),
        made.line(id=4, mentions=2, added="20180303000000"),
        made.line(id=5, day="20180230"),
        made.line(id=6, day="2018-1 -2"),
        made.line(id=7, score="1,9"),
        made.line(id=8, added="20991231000000"),
        made.line(id=9, code="999"),
        made.line(id=10, mentions="1e3"),
        made.line(id=11, mentions="10.0"),
        made.line(id=12, sources="+2"),
        made.line(id=13, articles=" 5"),
        made.line(id=14, score="1.9d"),
        made.line(id=15, score="-7.0"),
        made.line(id=16, score="NaN"),
        made.line(id="99999999999999999999"),
        made.line(id="x"),
        "short",
        "",
        "a\tb",
    ]
    return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("raw")
    rows = lines()
    half = len(rows) // 2
    return [
        str(made.write(folder / "1.export.CSV", rows[:half])),
        str(made.write(folder / "2.export.CSV", rows[half:])),
    ]


@pytest.fixture(scope="module")
def spark() -> Iterator[str]:
    """Start one session for all tests of this module; stop it after."""
    engine = open_engine(LOCAL)
    yield LOCAL
    engine.session.stop()  # type: ignore[attr-defined]


@needs_spark
def test_raw_rows_give_the_same_table_and_the_same_faults(spark: str, files: list[str]) -> None:
    here = from_raw(Question(), files, today=TODAY)
    there = from_raw(Question(), files, spark, today=TODAY)
    assert there.set_aside == here.set_aside
    assert set(here.set_aside) == {"columns", "code", "shifted", "date", "future", "score"}
    assert there.rows == here.rows


@needs_spark
def test_the_store_gives_the_same_table(spark: str, files: list[str], tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    import_files([Path(path) for path in files], store, as_of=TODAY)
    question = Question(date(2018, 1, 1), date(2026, 12, 31), TODAY, (("USA", "RUS"),))
    assert from_store(question, store, spark).rows == from_store(question, store).rows


@needs_spark
def test_paths_that_spark_cannot_read_are_refused_by_a_sentence(spark: str) -> None:
    with pytest.raises(ImportRefused, match="cannot be read"):
        from_raw(Question(), ["/nowhere/*.CSV"], spark)


@pytest.mark.skipif(not made.REAL_SECOND.exists(), reason="needs real rows of GDELT 2.0")
def test_duckdb_gives_the_table_of_the_oracle_on_these_rows(files: list[str]) -> None:
    sound = [*made.real_first(), *made.real_second(3000)]
    real = {(row["day"], row["a"], row["b"]): row for row in oracle.dyad_days(sound)}
    found = from_raw(Question(first=date(2025, 1, 1)), files, today=TODAY).rows
    late = [row for row in found if row["day"] >= date(2025, 1, 1)]
    assert late == [row for key, row in real.items() if key[0] >= date(2025, 1, 1)]


def test_an_engine_that_is_none_is_refused() -> None:
    with pytest.raises(EngineError, match="there is no engine “hadoop”"):
        open_engine("hadoop")


def test_paths_that_duckdb_cannot_read_are_refused_by_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="cannot be read"):
        from_raw(Question(), [str(tmp_path / "nowhere.csv")])


def test_a_zip_is_refused_where_an_engine_reads_for_itself() -> None:
    with pytest.raises(ImportRefused, match=r"a\.export\.CSV\.ZIP is zipped"):
        from_raw(Question(), ["a.export.CSV.ZIP"])


def test_days_without_events_are_refused(files: list[str]) -> None:
    with pytest.raises(NotFound, match="no event"):
        from_raw(Question(first=date(2030, 1, 1)), files)
