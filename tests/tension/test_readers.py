"""Readers of raw series: small made-up files, the real ones where they are, and wrong ones."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from tests.tension.conftest import RAW

from detente.archive import open_archive
from detente.archive.building.tension import known_on
from detente.archive.building.tension_series import (
    LAYOUTS,
    Observation,
    month_number,
    read_file,
    state_numbers,
)
from detente.errors import ImportRefused
from detente.tension.panel import build_panel, read_folder
from detente.tension.sources import NAMES

BY_SOURCE = {layout.source: layout for layout in LAYOUTS}
NUMBERS = {"2": "USA", "365": "RUS", "710": "CHN", "200": "GBR", "678": "YEM", "679": "YEM"}


def _read(tmp_path: Path, source: str, text: str) -> list[Observation]:
    layout = BY_SOURCE[source]
    path = tmp_path / layout.file
    path.write_text(text, encoding="utf-8")
    return read_file(path, layout, NUMBERS)


HEAD = "crisno,statea,stateb,trgyrdy,trgmody,trgdady,trmyrdy,trmmody\n"


def test_a_crisis_counts_each_month_from_its_trigger_to_its_end(tmp_path: Path) -> None:
    seen = _read(tmp_path, "crises", HEAD + "196,2,365,1962,10,16,1962,11\n")
    assert [(o.a, o.b, o.month, o.value, o.day) for o in seen] == [
        ("RUS", "USA", month_number(1962, 10), 100, 16),
        ("RUS", "USA", month_number(1962, 11), 100, 1),
    ]


def test_a_trigger_of_unknown_day_is_known_late_in_its_month(tmp_path: Path) -> None:
    (one,) = _read(tmp_path, "crises", HEAD + "1,2,365,1962,10,77,1962,10\n")
    assert known_on(one).isoformat() == "1962-10-28"


def test_the_peace_scale_parts_its_dyads_and_turns_its_sign(tmp_path: Path) -> None:
    text = "2365,1962,0\n365710,1970,.\n2200,1990,1\n2365,2025,0.25\n2365,1945,0\n"
    seen = _read(tmp_path, "peace", text)
    assert [(o.a, o.b, o.month, o.value) for o in seen] == [
        ("GBR", "USA", month_number(1990, 12), 0),
        ("RUS", "USA", month_number(1962, 12), 800),
    ]
    assert [known_on(o).isoformat() for o in seen] == ["1991-07-01", "1963-07-01"]


def test_two_numbers_of_one_state_keep_the_higher_grade(tmp_path: Path) -> None:
    (one,) = _read(tmp_path, "peace", "2678,1990,0.75\n2679,1990,0.5\n")
    assert one.value == 400


def test_a_score_is_turned_so_that_more_is_more_tension(tmp_path: Path) -> None:
    (one,) = _read(tmp_path, "expert", "Country,YearMonth,Score\nRussia,1950-12,8.2\n")
    assert one == Observation("expert", "CHN", "RUS", month_number(1950, 12), -820)
    assert known_on(one).isoformat() == "1951-01-10"
    (two,) = _read(
        tmp_path,
        "gdelt-china",
        "Partner,Index_Type,YearMonth,Index_Value\nRussia,Aggregated,2002-01,-1.5\n"
        "Russia,CHN->Partner,2002-01,3\nRussia,Aggregated,2002-02,\n",
    )
    assert two.value == 150


def test_a_network_month_is_a_share_so_that_coverage_does_not_count(tmp_path: Path) -> None:
    def shares(scale: float) -> list[int]:
        path = tmp_path / BY_SOURCE["network"].file
        duckdb.connect().execute(
            "copy (select strftime(DATE '2018-01-01' + i::integer, '%Y-%m-%d') as date, "
            f"{scale} * 30.0 as USA_RUS, {scale} * -10.0 as CHN_RUS, 0 as USA_EU27 "
            f"from range(45) t(i)) to '{path}' (format parquet)"
        )
        seen = read_file(path, BY_SOURCE["network"], NUMBERS)
        assert {o.month for o in seen} == {month_number(2018, 1)}  # February has 14 days
        return [o.value for o in seen]

    assert shares(1.0) == shares(7.0) == [2500, -7500]


def test_risk_is_a_grade_in_quarter_steps(tmp_path: Path) -> None:
    path = tmp_path / BY_SOURCE["risk"].file
    duckdb.connect().execute(
        "copy (select TIMESTAMP '1962-10-01' as month, 1.5::double as GPRHC_USA) "
        f"to '{path}' (format parquet)"
    )
    (one,) = read_file(path, BY_SOURCE["risk"], NUMBERS)
    assert (one.a, one.b, one.value) == ("USA", "", 400)  # log2(1 + 15)


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("expert", "Partner,Month\nx,y\n", "lacks the column Country"),
        ("expert", "Country,YearMonth,Score\nRussia,195012,1\n", "line 2: “195012” is not a month"),
        ("expert", "Country,YearMonth,Score\nRussia,1950-12,high\n", "is not a number"),
        ("peace", "2365,1962\n", "line 1: a row has 2 cells"),
        ("risk", "not a parquet file", "cannot be read"),
        ("crises", "", "lacks the column crisno"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(
    tmp_path: Path, source: str, text: str, said: str
) -> None:
    with pytest.raises(ImportRefused, match=said):
        _read(tmp_path, source, text)


def test_a_folder_without_series_is_refused_and_names_what_is_read(tmp_path: Path) -> None:
    archive = open_archive()
    with pytest.raises(ImportRefused, match=r"holds none.*icbdy_v15\.csv"):
        read_folder(archive, tmp_path)
    with pytest.raises(ImportRefused, match="there is no folder"):
        read_folder(archive, tmp_path / "nowhere")


def test_a_users_series_stands_in_for_the_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / BY_SOURCE["expert"].file).write_text(
        "Country,YearMonth,Score\nRussia,2001-12,1.5\nRussia,2099-01,2\n"
    )
    archive = open_archive()
    own = read_folder(archive, tmp_path)
    assert len(own) == 1  # the month in the future is not known yet
    y = build_panel(archive, [("CHN", "RUS")], own).y[:, NAMES.index("expert"), 0]
    assert [float(v) for v in y[y == y]] == [-1.5]


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw series are not here")
def test_known_values_of_the_raw_files() -> None:
    archive = open_archive()
    numbers = state_numbers(archive.sql("select iso3, cow from states"))
    peace = BY_SOURCE["peace"]
    rows = {(o.a, o.b, o.month): o.value for o in read_file(RAW / peace.file, peace, numbers)}
    assert rows["RUS", "USA", month_number(1962, 12)] == 800
    assert rows["RUS", "USA", month_number(2018, 12)] == 600
    crises = BY_SOURCE["crises"]
    cuba = month_number(1962, 10)
    assert any(
        (o.a, o.b, o.month, o.day) == ("RUS", "USA", cuba, 16)
        for o in read_file(RAW / crises.file, crises, numbers)
    )
