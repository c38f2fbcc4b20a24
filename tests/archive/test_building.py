"""What ships is what the builder makes of the raw material, byte for byte."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from detente.archive import Archive, building
from detente.archive.folders import shipped
from detente.errors import ArchiveError

RAW = Path(__file__).parents[3] / "shared" / "data"
needs_raw = pytest.mark.skipif(
    not RAW.is_dir(), reason="the raw material lies beside the repository, and not here"
)


@needs_raw
def test_building_gives_the_bytes_that_ship_and_dates_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    write = building.write_archive

    def look_first(con: duckdb.DuckDBPyConnection, folder: Path, about: object) -> object:
        seen.append(building.date_order(con))
        return write(con, folder, about)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "write_archive", look_first)
    building.build(RAW, tmp_path)
    names = sorted(path.name for path in shipped().iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        assert (tmp_path / name).read_bytes() == (shipped() / name).read_bytes(), name
    ((checked, early),) = seen
    assert checked > 8000
    assert early / checked < 0.005


def test_a_folder_without_raw_material_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no raw material"):
        building.build(tmp_path, tmp_path / "out")


def test_titles_have_no_tail(whole: Archive) -> None:
    tails = whole.sql(
        "SELECT title FROM rollcalls WHERE title ILIKE '%adopted by the General Assembly'"
    )
    assert tails == []
    assert whole.sql("SELECT title FROM rollcalls WHERE symbol = 'A/RES/68/262'") == [
        ("Territorial integrity of Ukraine",)
    ]
    assert whole.sql("SELECT title FROM sc_rollcalls WHERE number = 2623") == [
        ("Convening an emergency special session of the General Assembly on Ukraine",)
    ]


def test_no_roll_call_is_dated_before_its_session_opened(whole: Archive) -> None:
    from importlib import resources

    facts = resources.files("detente") / "archive" / "facts" / "sessions.csv"
    early = whole.sql(
        f"SELECT vote_id FROM rollcalls r JOIN read_csv('{facts}') s "
        "ON r.session = s.session_number::VARCHAR WHERE r.date < s.first_day"
    )
    assert early == []


def test_an_inferred_text_is_never_known_before_the_numbers_below_it(whole: Archive) -> None:
    early = whole.sql(
        "SELECT a.symbol, r.symbol FROM adoptions a JOIN rollcalls r USING (session) "
        "WHERE a.date_basis = 'no later than' AND r.kind = 'resolution' "
        "AND regexp_full_match(r.symbol, 'A/RES/\\d+/\\d+') "
        "AND regexp_extract(r.symbol, '/(\\d+)$', 1)::INTEGER <= a.number AND r.date > a.date"
    )
    assert early == []


def test_sponsors_are_states_by_code_and_bodies_by_name(whole: Archive) -> None:
    ((sponsors,),) = whole.sql("SELECT sponsors FROM sc_rollcalls WHERE number = 2623")
    assert sponsors == ["ALB", "USA"]
    codes = {iso3 for (iso3,) in whole.sql("SELECT iso3 FROM states")} | {"PSE", "VAT"}
    named = whole.sql("SELECT unnest(sponsors) FROM rollcalls")
    share = sum(name in codes for (name,) in named) / len(named)
    assert share > 0.95


def test_a_seat_that_passed_on_has_one_holder_a_day(whole: Archive) -> None:
    """The Germanys, the Yemens, Tanzania, China: none sits twice, none is missing."""
    sits = (
        "SELECT iso3 FROM memberships WHERE body = 'UN' AND iso3 IN (SELECT unnest(?)) "
        "AND first_day <= ?::DATE AND (last_day IS NULL OR last_day >= ?::DATE) ORDER BY 1"
    )
    for states, day, expected in (
        (["DDR", "DEU"], "1990-10-02", [("DDR",), ("DEU",)]),
        (["DDR", "DEU"], "1990-10-03", [("DEU",)]),
        (["YEM", "YMD"], "1990-05-21", [("YEM",), ("YMD",)]),
        (["YEM", "YMD"], "1990-05-22", [("YEM",)]),
        (["TZA", "ZAN"], "1964-04-26", [("TZA",), ("ZAN",)]),
        (["TZA", "ZAN"], "1964-04-27", [("TZA",)]),
        (["SRB", "YUG"], "2000-10-31", [("YUG",)]),
        (["SRB", "YUG"], "2000-11-01", [("SRB",)]),
        (["EGY", "SYR"], "1960-01-01", [("EGY",)]),
        (["CSK", "CZE", "SVK"], "1992-12-31", [("CSK",)]),
    ):
        assert whole.sql(sits, (states, day, day)) == expected, (states, day)
