"""The query for a warehouse: kept as it was, and true where an engine here can run it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.events import made
from tests.events.conftest import TODAY, table_of

from detente.events.asking import Question
from detente.events.dyads import dyads, once, sums
from detente.events.engines import Duck
from detente.events.rows import PUBLIC, from_lines, from_public, judge
from detente.events.warehouse import query

KEPT = Path(__file__).parent / "sql"
ASTANA = Question(
    date(2018, 1, 1), date(2018, 11, 20), date(2018, 11, 20), (("USA", "RUS"), ("USA", "CHN"))
)


@pytest.mark.parametrize("dialect", ["bigquery", "trino"])
def test_the_query_is_the_one_that_was_kept(dialect: str) -> None:
    kept = (KEPT / f"{dialect}.sql").read_text(encoding="utf-8")
    assert query(ASTANA, dialect) + "\n" == kept, (
        f"if this is meant: detente events sql --dialect {dialect} --from 2018-01-01 "
        "--to 2018-11-20 --as-of 2018-11-20 --pairs USA-RUS,USA-CHN"
    )


@pytest.mark.parametrize("dialect", ["snowflake", "clickhouse"])
def test_the_query_compiles_for_other_warehouses(dialect: str) -> None:
    assert query(ASTANA, dialect).count("'RUS-USA'") == 1


def test_a_table_may_have_any_number_of_parts() -> None:
    assert "FROM `events`" in query(ASTANA, table="events")
    assert "`mine`.`events`" in query(ASTANA, table="mine.events")


def test_a_public_table_gives_what_the_raw_file_gives(duck: Duck, tmp_path: Path) -> None:
    """Lay the rows out as a public table has them, typed and named, and ask both."""
    path = made.write(
        tmp_path / "raw.csv",
        [
            made.line(id=number, source=("USA", "CHN", "")[number % 3], mentions=number)
            for number in range(1, 30)
        ]
        + [made.line(id=99, score="9.9"), made.line(id=98, day="20180230")],
    )
    columns = from_lines(duck.lines([str(path)]))
    whole = {"id", "day", "month", "year", "quad", "mentions", "sources", "articles"}
    public = duck.keep(
        columns.select(
            **{
                PUBLIC[name]: columns[name].cast(
                    "int64" if name in whole else "float64" if name == "score" else "string"
                )
                for name in PUBLIC
                if not name.startswith("added")
            },
            DATEADDED=columns.added_second.cast("int64"),
        ),
        "public",
    )
    rows = judge(from_public(public), duck.cameo, TODAY)
    there = dyads(sums(once(rows.filter(rows.fault == "")), duck.actors))
    assert duck.arrow(there).to_pylist() == table_of(duck, [str(path)])
    faults = duck.arrow(rows.filter(rows.fault != "").order_by("id").select("id", "fault"))
    assert faults.to_pylist() == [{"id": 98, "fault": "date"}, {"id": 99, "fault": "score"}]
