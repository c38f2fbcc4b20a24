"""Dyad-days: worked by hand, against a plain oracle, and added up in any order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.events import made, oracle
from tests.events.conftest import TODAY, table_of

from detente.events.dyads import KEYS, added_up, dyads, once, sums
from detente.events.engines import Duck
from detente.events.rows import from_lines, judge


def test_a_day_worked_by_hand(duck: Duck, tmp_path: Path) -> None:
    """A visit (1.9, 10 mentions) and a threat of force (-7.0, 30): (19 - 210) / 40 = -4.775."""
    path = made.write(
        tmp_path / "day.csv",
        [
            made.line(id=1),
            made.line(
                id=2, source="RUS", target="USA", code="138", score="-7.0", quad="3", mentions=30
            ),
            made.line(id=3, source="USA", target="USA"),
            made.line(id=4, source="EUR", target="USA", mentions=50),
            made.line(id=5, source="", target=""),
        ],
    )
    assert table_of(duck, [str(path)]) == [
        {
            "day": date(2018, 1, 2),
            "a": "RUS",
            "b": "USA",
            "events": 2,
            "verbal_cooperation": 1,
            "material_cooperation": 0,
            "verbal_conflict": 1,
            "material_conflict": 0,
            "mentions": 40,
            "sources": 4,
            "articles": 10,
            "goldstein": -4.775,
            "day_events": 5,
            "day_mentions": 110,
            "per_million": 400_000.0,
        }
    ]


def test_growing_coverage_does_not_change_the_share(duck: Duck, tmp_path: Path) -> None:
    def share(times: int) -> float:
        lines = [
            made.line(id=100 * copy + number, target=target)
            for copy in range(times)
            for number, target in enumerate(["RUS", "CHN", "USA", ""])
        ]
        rows = table_of(duck, [str(made.write(tmp_path / f"{times}.csv", lines))])
        return float(next(row["per_million"] for row in rows if row["a"] == "RUS"))

    assert share(1) == share(7) == 250_000.0


def test_without_mentions_the_mean_is_unknown(duck: Duck, tmp_path: Path) -> None:
    path = made.write(tmp_path / "none.csv", [made.line(mentions=0)])
    assert [row["goldstein"] for row in table_of(duck, [str(path)])] == [None]


def test_of_rows_of_one_event_the_first_known_counts_whatever_their_order(
    duck: Duck, tmp_path: Path
) -> None:
    early = made.line(id=9, mentions=3, added="20180103000000")
    late = made.line(id=9, mentions=99, added="20180109000000")
    other = made.line(id=8, mentions=1)
    tables = []
    for name, lines in {"a": [early, late, other, other], "b": [other, late, early]}.items():
        tables.append(table_of(duck, [str(made.write(tmp_path / name, lines))]))
    assert tables[0] == tables[1]
    assert [(row["events"], row["mentions"]) for row in tables[0]] == [(2, 4)]


@pytest.mark.skipif(not made.REAL_SECOND.exists(), reason="needs real rows of GDELT 2.0")
def test_real_rows_give_the_table_of_the_oracle(duck: Duck, tmp_path: Path) -> None:
    lines = [*made.real_first(), *made.real_second()]
    lines += lines[::7]  # some twice
    found = table_of(duck, [str(made.write(tmp_path / "real.csv", lines))])
    assert found == oracle.dyad_days(lines)
    assert len(found) > 500


def test_sums_added_up_in_parts_are_the_sums_of_the_whole(duck: Duck, tmp_path: Path) -> None:
    lines = [
        made.line(id=number, target=("RUS", "CHN", "EUR")[number % 3], mentions=number)
        for number in range(50)
    ]

    def table(name: str, part: list[str]) -> object:
        path = made.write(tmp_path / name, part)
        rows = judge(from_lines(duck.lines([str(path)])), duck.cameo, TODAY)
        return duck.keep(sums(once(rows), duck.actors), name)

    whole, one, two = table("whole", lines), table("one", lines[:20]), table("two", lines[20:])
    parts = added_up(one.union(two), KEYS)  # type: ignore[attr-defined]
    order = list(KEYS)
    assert duck.arrow(parts.order_by(order)).equals(duck.arrow(whole.order_by(order)))  # type: ignore[attr-defined]


def test_what_was_known_later_is_in_neither_dyad_nor_volume(duck: Duck, tmp_path: Path) -> None:
    lines = [made.line(id=1), made.line(id=2, added="20180601000000")]
    rows = judge(
        from_lines(duck.lines([str(made.write(tmp_path / "x.csv", lines))])), duck.cameo, TODAY
    )
    table = duck.keep(sums(once(rows), duck.actors), "sums")
    then = duck.arrow(dyads(table, as_of=date(2018, 5, 31))).to_pylist()
    now = duck.arrow(dyads(table)).to_pylist()
    assert [(row["events"], row["day_events"]) for row in then] == [(1, 1)]
    assert [(row["events"], row["day_events"]) for row in now] == [(2, 2)]


def test_a_pair_is_the_same_in_either_order_and_days_are_inclusive(
    duck: Duck, tmp_path: Path
) -> None:
    lines = [
        made.line(id=number, day=f"2018010{number}", target=("RUS", "CHN")[number % 2])
        for number in range(1, 9)
    ]
    rows = judge(
        from_lines(duck.lines([str(made.write(tmp_path / "x.csv", lines))])), duck.cameo, TODAY
    )
    table = duck.keep(sums(once(rows), duck.actors), "sums")
    span = (date(2018, 1, 2), date(2018, 1, 6))
    there, back = (
        duck.arrow(dyads(table, *span, pairs=[pair])) for pair in (("USA", "RUS"), ("RUS", "USA"))
    )
    assert there.equals(back)
    assert there.column("day").to_pylist() == [date(2018, 1, day) for day in (2, 4, 6)]
