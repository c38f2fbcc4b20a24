"""The tension of a case: as of a day, in any order, the same bytes; blocs; what is unknown."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
from tests.tension.conftest import ROOT

from detente.archive import Archive, open_archive
from detente.archive.folders import shipped
from detente.case import Case, open_case
from detente.errors import NotFound
from detente.parties import find_party
from detente.tension import Tension, tension
from detente.tension.behind import council_between, events_between
from detente.tension.filter_arrays import filtered
from detente.tension.levels import chained, levels, parameters
from detente.tension.panel import START, build_panel, date_of, last_full_year
from detente.tension.sources import NAMES
from detente.tension.telling import plain, rows

S = {name: i for i, name in enumerate(NAMES)}


def _bytes(found: Tension) -> str:
    return json.dumps(plain(found, 1946))


def test_every_two_parties_have_a_level_and_so_has_the_table(found: Tension) -> None:
    assert [(p.a, p.b) for p in found.pairs] == [
        ("EU", "USA"),
        ("EU", "CHN"),
        ("EU", "RUS"),
        ("USA", "CHN"),
        ("USA", "RUS"),
        ("CHN", "RUS"),
    ]
    assert found.whole is not None
    for pair in (*found.pairs, found.whole):
        assert 0 <= pair.low <= pair.percentile <= pair.high <= 100
    assert found.percentiles["RUS", "USA"] == found.percentiles["USA", "RUS"]


def test_in_2018_russia_and_america_are_far_from_1962_and_worse_than_in_2001(
    found: Tension,
) -> None:
    pair = found.of("USA", "RUS")
    assert pair.crisis is not None
    assert pair.crisis.percentile > 95
    assert pair.crisis.higher_now < 0.05
    assert pair.mean is not None
    assert pair.mean[-1] > pair.mean[(2001 - 1946) * 12] + 1.0


def test_china_and_russia_show_experts_against_machines(found: Tension) -> None:
    told = {(d.one, d.other): d for d in found.of("CHN", "RUS").disagreements}
    assert told["expert", "gdelt-china"].correlation == pytest.approx(-0.65, abs=0.05)


def test_nothing_known_later_than_the_as_of_date_changes_a_byte(
    found: Tension, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later values are turned round, later votes and turning points deleted: the same bytes."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # the parameters are made anew
    folder = tmp_path / "record"
    shutil.copytree(shipped(), folder)
    con = duckdb.connect()
    day = "DATE '2018-11-20'"
    for table, query in {
        "tension_series": "select source, a, b, month, case when known > {day} then -value * 2 + 7 "
        "else value end::smallint as value, known from {table}",
        "turning_points": "select * from {table} where day <= {day}",
        "rollcalls": "select * from {table} where date <= {day}",
        "sc_failed": "select * from {table} where date <= {day}",
        "sc_rollcalls": "select * from {table} where date <= {day}",
        "sc_votes": "select * from {table} where symbol in "
        f"(select symbol from read_parquet('{shipped() / 'sc_rollcalls.parquet'}') "
        "where date <= {day})",
    }.items():
        path = folder / f"{table}.parquet"
        source = f"read_parquet('{path}')"
        con.execute(f"create or replace table t as {query.format(table=source, day=day)}")
        con.execute(f"copy t to '{path}' (format parquet)")
    case, archive = open_case(ROOT / "cases" / "astana.toml", folder=folder)
    assert _bytes(tension(archive, case, use_events=False)) == _bytes(found)


def test_the_same_question_gives_the_same_bytes_in_any_order(
    astana: tuple[Case, Archive], found: Tension
) -> None:
    case, archive = astana
    pairs = [("RUS", "CHN"), ("RUS", "USA"), ("USA", "EU")]
    moved = tension(archive, case, pairs, use_events=False)
    for one, other in pairs:
        a, b = moved.of(one, other), found.of(one, other)
        assert a.mean is not None
        assert b.mean is not None
        np.testing.assert_allclose(a.mean, b.mean, atol=1e-9)
        assert a.percentile == pytest.approx(b.percentile, abs=1e-6)


def test_a_pair_without_data_says_so_and_is_left_out_of_the_whole(
    astana: tuple[Case, Archive],
) -> None:
    case, archive = astana
    found = tension(
        archive, case, [("TWN", "DDR"), ("USA", "RUS"), ("CHN", "RUS")], use_events=False
    )
    assert [pair.known for pair in found.pairs] == [False, True, True]
    assert ("TWN", "DDR") not in found.percentiles
    with pytest.raises(NotFound, match="no series speaks of TWN-DDR"):
        tension(archive, case, [("TWN", "DDR")], use_events=False)


def test_a_party_is_not_paired_with_itself(astana: tuple[Case, Archive]) -> None:
    case, archive = astana
    with pytest.raises(NotFound, match="paired with itself"):
        tension(archive, case, [("USA", "USA")])


def test_a_blocs_level_is_the_mean_of_its_members_of_the_day(
    astana: tuple[Case, Archive], found: Tension
) -> None:
    _, archive = astana
    pair = found.of("EU", "RUS")
    members = find_party(archive, "EU").members(archive, date(2018, 11, 20))
    assert pair.pairs == len(members) == 28
    russia = find_party(archive, "RUS")
    alone, _ = levels(archive, [(find_party(archive, code), russia) for code in members])
    now = [one.mean[-1] for one in alone]
    assert pair.level is not None
    assert pair.level.value == pytest.approx(np.mean(now), abs=1e-9)
    assert pair.lowest is not None
    assert pair.lowest[-1] == pytest.approx(min(now), abs=1e-9)


def test_an_accession_alone_makes_no_step() -> None:
    mean = np.array([[1.0, np.nan], [1.0, np.nan], [1.0, 5.0], [1.0, 5.0]])
    assert chained(mean).tolist() == [3.0, 3.0, 3.0, 3.0]


def test_a_yearly_value_is_not_known_before_its_time() -> None:
    pair = ("RUS", "USA")
    for day, last in ((date(2015, 6, 30), 2013), (date(2015, 7, 1), 2014)):
        panel = build_panel(open_archive(day), [pair])
        known = np.flatnonzero(np.isfinite(panel.y[:, S["peace"], 0]))
        assert date_of(int(known[-1])) == date(last, 12, 1)


def test_the_votes_of_a_year_count_once_it_is_over() -> None:
    assert last_full_year(open_archive(date(2018, 12, 30))) == 2017
    assert last_full_year(open_archive(date(2018, 12, 31))) == 2018
    # The record ends in September 2024.
    assert last_full_year(open_archive()) == 2023


def test_a_crisis_counts_from_its_day_and_fades_after_it() -> None:
    pair = ("RUS", "USA")
    cuba = (1962 - 1946) * 12 + 9

    def pressure(day: date) -> float:
        return float(build_panel(open_archive(day), [pair]).y[cuba, S["crises"], 0])

    assert np.isnan(pressure(date(1962, 10, 15)))
    assert pressure(date(1962, 10, 16)) == 1.0
    whole = build_panel(open_archive(), [pair]).y[:, S["crises"], 0]
    assert whole[cuba + 1] == 1.0
    assert whole[cuba + 2] == pytest.approx(0.5 ** (1 / 24))
    assert np.isnan(whole[(2020 - 1946) * 12 :]).all()


def test_risk_is_the_mean_of_the_two_states() -> None:
    archive = open_archive(date(2018, 11, 20))
    y = build_panel(archive, [("RUS", "USA")]).y[:, S["risk"], 0]
    values = archive.sql(
        "select value from tension_series where source = 'risk' and a in ('RUS', 'USA') "
        "and month = DATE '1962-10-01'"
    )
    assert y[(1962 - 1946) * 12 + 9] == pytest.approx(sum(v for (v,) in values) / 200)


def test_chinas_series_begin_with_its_present_government() -> None:
    panel = build_panel(open_archive(date(1960, 1, 1)), [("CHN", "USA")])
    assert date_of(int(panel.begun[0])) >= date(1949, 10, 1)
    assert START == 1946 * 12


def test_events_are_those_that_touch_both_sides() -> None:
    archive = open_archive(date(1963, 1, 1))
    texts = [event.text_en for event in events_between(archive, {"USA"}, {"RUS"})]
    assert "Cuban missile crisis" in texts
    assert "War between China and India" not in texts
    assert all(
        event.day <= date(1963, 1, 1) for event in council_between(archive, {"USA"}, {"RUS"})
    )


def test_a_table_has_a_row_a_pair_and_month(found: Tension) -> None:
    table = rows(found, 2010)
    assert {(row[0], row[1]) for row in table} >= {("USA", "RUS"), ("whole", "whole")}
    assert min(str(row[2]) for row in table) == "2010-01"
    assert max(str(row[2]) for row in table) == "2018-11"


def test_every_turning_point_of_the_record_has_both_languages_and_a_known_state() -> None:
    archive = open_archive()
    states = {code for (code,) in archive.sql("select iso3 from states")} | {"EU"}
    table = archive.sql(
        "select id, precision, parties, direction, text_en, text_fr, confidence from turning_points"
    )
    assert len(table) > 80
    for name, precision, parties, direction, english, french, confidence in table:
        assert set(parties) <= states, name
        assert len(parties) >= 2, name
        assert precision in ("day", "month")
        assert direction in ("rise", "fall")
        assert english
        assert french
        assert confidence in ("SOURCE", "MEMORY")


def test_the_level_follows_the_sources_that_are_left_once_others_end() -> None:
    """Peace scale and crisis list say 0 for forty years and end; the others then rise by two units.

    They are followed more than half of the way in five years, and not where the peace scale goes on
    to say 0: an ended source leaves the level free.
    """
    p = parameters(open_archive(date(2018, 11, 20))).parameters
    T, end, jump = 600, 480, 540
    y = np.full((T, len(NAMES), 2), np.nan)
    for name in ("council", "risk"):
        y[:, S[name]] = p.a[S[name]]
        y[jump:, S[name]] += 2.0 * p.b[S[name]]
    for name in ("votes", "peace"):
        y[11::12, S[name]] = p.a[S[name]]
    y[jump + 11 :: 12, S["votes"]] += 2.0 * p.b[S["votes"]]
    y[:, S["crises"]] = p.a[S["crises"]]
    y[end:, [S["peace"], S["crises"]], 0] = np.nan
    level, variance = filtered(y, p)
    assert abs(level[jump - 1]).max() < 0.1
    assert level[-1, 0] > 1.0
    assert level[-1, 1] < 0.6 * level[-1, 0]
    assert variance[-1, 0] > variance[-1, 1]


def test_in_2022_russia_and_america_are_worse_than_at_any_time_since_the_cold_war() -> None:
    archive = open_archive()
    sides = [(find_party(archive, "USA"), find_party(archive, "RUS"))]
    (one,), _ = levels(archive, sides)

    def at(year: int, month: int) -> float:
        return float(one.mean[year * 12 + month - 1 - START])

    assert at(2022, 3) > at(2018, 10) > at(2014, 3) > at(2001, 9)
    assert at(2022, 3) > max(at(year, 3) for year in range(1991, 2022))
    assert at(1983, 11) > at(1972, 5)


def test_imported_events_move_a_pair_by_their_movements_only() -> None:
    archive = open_archive(date(2018, 11, 20))
    sides = [(find_party(archive, "USA"), find_party(archive, "KAZ"))]
    pair = ("KAZ", "USA")
    months = [2010 * 12 + t for t in range(100)]
    step = [(month, -2.0 if n < 50 else 2.0) for n, month in enumerate(months)]
    shifted = [(month, value + 3.0) for month, value in step]
    (without,), _ = levels(archive, sides)
    (with_,), _ = levels(archive, sides, events={pair: step})
    (moved,), _ = levels(archive, sides, events={pair: shifted})
    assert with_.mean[-8] - with_.mean[-80] > without.mean[-8] - without.mean[-80] + 0.3
    assert abs(moved.mean[-8] - with_.mean[-8]) < 0.3
