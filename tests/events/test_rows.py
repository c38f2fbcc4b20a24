"""Lines to checked rows: layouts, and every fault by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.events import made
from tests.events.conftest import TODAY, Judge

from detente.events.engines import Duck
from detente.events.rows import (
    BACKFILE,
    FAULTS,
    FIRST,
    LAYOUTS,
    PLACES,
    SECOND,
    from_lines,
    judge,
)


def awkward(width: int) -> list[str]:
    """Return rows of one width, sound and not, with all that a reader may take for something."""
    cells = ["", " ", '"', "'", "\\", "#", "NULL", "\\N", "ü", "NaN", "1,5", "\ufeff"]
    rows = [made.line(id=number, width=width) for number in range(3)]
    rows += [made.line(id=10, width=width, day=day) for day in ("20180230", "2018-1-2", "")]
    for place in (0, 1, 7, 26, 30, 31, 36, width - 1):
        for cell in cells:
            row = made.line(id=20, width=width).split("\t")
            row[place] = cell
            rows.append("\t".join(row))
    return [*rows[:5], "", *rows[5:]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_duckdbs_reader_parts_rows_as_the_expression_does(
    duck: Duck, tmp_path: Path, end: str
) -> None:
    """Files of all layouts, read at once by DuckDB's reader and line by line."""
    paths = []
    for width in LAYOUTS:
        path = tmp_path / f"{width}.csv"
        path.write_bytes("".join(f"{row}{end}" for row in awkward(width)).encode())
        paths.append(str(path))
    quick, slow = duck.parted(paths), from_lines(duck.lines(paths))
    found = [duck.arrow(judge(table, duck.cameo, TODAY)).to_pylist() for table in (quick, slow)]
    first, second = (sorted(map(str, rows)) for rows in found)
    assert first == second
    assert len(first) == 3 * (6 + 8 * 12)


@pytest.mark.parametrize(
    "odd",
    [
        made.line(id=2).rsplit("\t", 1)[0],
        made.line(id=2) + "\t",
        made.line(id=2, width=FIRST),
        made.line(id=2) + "\tx\ty",
        "short",
    ],
)
def test_a_row_of_another_width_among_others_is_judged_by_its_own(
    duck: Duck, tmp_path: Path, odd: str
) -> None:
    """DuckDB's reader stops at such a row; then every row is read line by line."""
    path = made.write(tmp_path / "odd.csv", [made.line(id=1), odd, made.line(id=3)])
    rows = duck.arrow(duck.judged([str(path)], TODAY)).to_pylist()
    widths = sorted((row["width"], row["fault"]) for row in rows)
    own = odd.count("\t") + 1
    assert widths == sorted([(61, ""), (61, ""), (own, "" if own in LAYOUTS else "columns")])


def test_a_file_of_another_kind_does_not_hinder_the_others(duck: Duck, tmp_path: Path) -> None:
    paths = [
        str(made.write(tmp_path / "a.csv", [made.line(id=1)])),
        str(made.write(tmp_path / "b.csv", ["m\tn"])),
        str(made.write(tmp_path / "c.csv", [])),
    ]
    rows = duck.arrow(duck.judged(paths, TODAY)).to_pylist()
    assert sorted((row["width"], row["fault"]) for row in rows) == [(2, "columns"), (61, "")]


@pytest.mark.parametrize("width", [BACKFILE, FIRST, SECOND])
def test_a_row_of_every_layout_is_read_the_same(judged: Judge, width: int) -> None:
    (row,) = judged(
        [
            made.line(
                id=7,
                width=width,
            )
        ]
    )
    assert row["fault"] == ""
    assert (row["id"], row["source"], row["target"]) == (7, "USA", "RUS")
    assert (row["quad"], row["mentions"], row["weight"]) == (1, 10, 190)
    assert row["day"] == row["known"] == date(2018, 1, 2)


def test_a_late_arrival_is_known_from_its_arrival_and_the_backfile_from_its_own_day(
    judged: Judge,
) -> None:
    rows = judged(
        [
            made.line(id=1, day="20180102", added="20180215093000"),
            made.line(id=2, day="19830926", added="20130203", width=BACKFILE),
        ]
    )
    assert [row["known"] for row in rows] == [date(2018, 2, 15), date(1983, 9, 26)]


@pytest.mark.parametrize(
    ("fault", "changed"),
    [
        ("code", {"code": "999"}),
        ("code", {"code": "---", "root": "--"}),
        ("code", {"code": ""}),
        ("shifted", {"root": "19"}),
        ("shifted", {"quad": "5"}),
        ("shifted", {"mentions": "ten"}),
        ("shifted", {"mentions": "-1"}),
        ("shifted", {"mentions": "1e3"}),
        ("shifted", {"mentions": "10.0"}),
        ("shifted", {"mentions": " 10"}),
        ("shifted", {"id": "99999999999999999999"}),
        ("shifted", {"score": "1.9d"}),
        ("shifted", {"score": "high"}),
        ("shifted", {"sources": ""}),
        ("shifted", {"source": "UNITED STATES"}),
        ("shifted", {"month": "201802"}),
        ("shifted", {"year": "2017"}),
        ("date", {"day": "20180230"}),
        ("date", {"day": "19000229"}),
        ("date", {"day": "20180431"}),
        ("date", {"day": "20181301"}),
        ("date", {"day": "20180100"}),
        ("date", {"day": "201801021"}),
        ("date", {"day": "2018-1-2"}),
        ("date", {"day": ""}),
        ("date", {"added": "yesterday"}),
        ("future", {"day": "20180103", "added": "20180102120000"}),
        ("future", {"day": "20180102", "added": "20991231000000"}),
        ("score", {"score": "-10.0"}),
        ("score", {"score": ""}),
    ],
)
def test_a_fault_is_named(judged: Judge, fault: str, changed: dict[str, str]) -> None:
    (row,) = judged([made.line(**changed)])  # type: ignore[arg-type]
    assert row["fault"] == fault


@pytest.mark.parametrize("day", ["20000229", "20160229", "20180228", "20180430", "20181231"])
def test_the_last_day_of_a_month_is_a_day(judged: Judge, day: str) -> None:
    (row,) = judged([made.line(day=day)])
    assert row["fault"] == ""


@pytest.mark.parametrize("width", [1, 16, 27, 56, 59, 60, 62])
def test_a_row_of_another_width_is_set_aside(judged: Judge, width: int) -> None:
    cells = made.line().split("\t")
    cells = cells[:width] if width < SECOND else [*cells, *["x"] * (width - SECOND)]
    assert [row["fault"] for row in judged(["\t".join(cells)])] == ["columns"]


def test_no_shift_by_a_column_passes_for_a_sound_row_that_says_something_else(
    judged: Judge,
) -> None:
    """Take out a cell anywhere and add one at the end, or the other way round."""
    cells = made.line(id=5, source="USA", target="RUS").split("\t")
    moved = [[*cells[:at], *cells[at + 1 :], "x"] for at in range(len(cells))]
    moved += [[*cells[:at], "", *cells[at:-1]] for at in range(len(cells))]
    (truth,) = judged(["\t".join(cells)])
    named = {"file"}
    for row in judged(["\t".join(each) for each in moved]):
        said = {key: value for key, value in row.items() if key not in named}
        assert row["fault"] or said == {key: truth[key] for key in said}


def test_every_column_that_is_used_is_needed(judged: Judge) -> None:
    """Emptying a column sets the row aside, but for the countries, which may be unknown."""
    for name, place in PLACES.items():
        cells = made.line().split("\t")
        cells[place] = ""
        (row,) = judged(["\t".join(cells)])
        assert bool(row["fault"]) == (name not in ("source", "target", "root")), name


def test_the_names_of_faults_are_those_that_rows_bear(judged: Judge) -> None:
    assert list(FAULTS) == ["columns", "code", "shifted", "date", "future", "score"]


@pytest.mark.skipif(not made.REAL_FIRST.exists(), reason="needs real rows of GDELT 1.0")
def test_real_rows_of_gdelt_1_are_all_sound(judged: Judge) -> None:
    lines = made.real_first()
    assert made.widths(lines) == {BACKFILE: 201, FIRST: 509}
    rows = judged(lines)
    assert {row["fault"] for row in rows} == {""}
    given = {int(cells[0]): int(cells[29]) for cells in (line.split("\t") for line in lines)}
    assert {row["id"]: row["quad"] for row in rows} == given


@pytest.mark.skipif(not made.REAL_SECOND.exists(), reason="needs real rows of GDELT 2.0")
def test_real_rows_of_gdelt_2_are_all_sound(judged: Judge) -> None:
    lines = made.real_second()
    assert made.widths(lines) == {SECOND: 10_000}
    rows = judged(lines)
    assert {row["fault"] for row in rows} == {""}
    given = {int(cells[0]): int(cells[29]) for cells in (line.split("\t") for line in lines)}
    assert {row["id"]: row["quad"] for row in rows} == given
