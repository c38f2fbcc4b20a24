"""What the record must show: known signs and orders, published estimates, the as-of rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.positions.published import PUBLISHED

from detente.archive import Archive, open_archive
from detente.cache import load_arrays, save_arrays
from detente.errors import NotFound
from detente.parties import find_party
from detente.positions import Positions, cache, distance, fit_positions, spread, trend
from detente.positions.model import to_arrays


def _at(positions: Positions, iso3: str, session: int) -> float:
    return float(positions.position[positions.row[iso3, session]])


@pytest.mark.parametrize("session", [1, 40, 73], ids=["1946", "1985", "2018"])
def test_the_united_states_stand_right_of_france_and_france_of_russia(
    positions: Positions, session: int
) -> None:
    usa, fra, rus = (_at(positions, iso3, session) for iso3 in ("USA", "FRA", "RUS"))
    assert usa > 0
    assert usa > fra > rus


@pytest.mark.parametrize("session", [40, 73], ids=["1985", "2018"])
def test_china_stands_left_of_france(positions: Positions, session: int) -> None:
    assert _at(positions, "CHN", session) < _at(positions, "FRA", session)


def test_russia_moved_right_as_the_cold_war_ended(positions: Positions) -> None:
    move = trend(positions, ["RUS"], over=8, until=47)
    assert move.low > 1.0


def test_within_a_session_the_published_estimates_agree(positions: Positions) -> None:
    r = []
    for session, row in PUBLISHED.items():
        ours = [_at(positions, iso3, session) for iso3 in row]
        r.append(np.corrcoef(ours, list(row.values()))[0, 1])
    assert np.median(r) > 0.99
    assert min(r) > 0.97


def test_a_state_has_no_position_where_it_cast_no_vote(
    archive: Archive, positions: Positions
) -> None:
    assert ("ZAF", 35) not in positions.row
    assert ("CHN", 20) not in positions.row
    assert ("TWN", 30) not in positions.row
    assert (positions.votes > 0).all()
    assert len(positions.row) == len(positions.iso3)
    keys = list(zip(positions.iso3.tolist(), positions.session.tolist(), strict=True))
    assert keys == sorted(keys)


def test_south_africas_absence_widens_its_interval(positions: Positions) -> None:
    column = positions.states.tolist().index("ZAF")
    line = {number: t for t, number in enumerate(positions.sessions.tolist())}
    sd = np.sqrt(positions.joint.variance[:, column])
    assert sd[line[38]] > 2 * sd[line[27]]
    assert sd[line[38]] > sd[line[31]]
    assert sd[line[38]] > sd[line[46]]


def test_the_scale_is_pinned_over_the_rows(positions: Positions) -> None:
    assert positions.position.mean() == pytest.approx(0, abs=1e-3)
    assert positions.position.std() == pytest.approx(1, abs=1e-3)
    assert (positions.low < positions.position).all()
    assert (positions.position < positions.high).all()
    assert positions.year[positions.row["USA", 73]] == 2018


def test_positions_as_of_a_day_rest_on_nothing_later() -> None:
    then = fit_positions(open_archive(date(1960, 12, 31)), use_cache=False)
    assert then.sessions.max() == 15
    assert _at(then, "USA", 15) > 0 > _at(then, "RUS", 15)


def test_a_selection_of_roll_calls_gives_wider_intervals(
    archive: Archive, positions: Positions
) -> None:
    some = [
        row[0]
        for row in archive.sql(
            "select vote_id from rollcalls where title ilike '%nuclear%' and date > '1995-01-01'"
        )
    ]
    part = fit_positions(archive, some, use_cache=False)
    assert set(part.vote_id.tolist()) <= set(some)
    shared = sorted(set(part.row) & set(positions.row))
    ratio = [part.sd[part.row[k]] / positions.sd[positions.row[k]] for k in shared]
    assert np.median(ratio) > 1.3
    with pytest.raises(NotFound, match="too few"):
        fit_positions(archive, some[:5], use_cache=False)


def test_distance_and_trend_come_from_the_joint_posterior(
    archive: Archive, positions: Positions
) -> None:
    far = distance(positions, ["USA"], ["RUS"], 73)
    assert far.low > 2
    assert far.value == pytest.approx(_at(positions, "USA", 73) - _at(positions, "RUS", 73))
    back = distance(positions, ["RUS"], ["USA"], 73)
    assert (back.value, back.low, back.high) == pytest.approx((far.value, far.low, far.high))
    same = distance(positions, ["RUS"], ["RUS"], 73)
    assert (same.value, same.low, same.high) == pytest.approx((0, 0, 0), abs=1e-3)
    union = find_party(archive, "EU").members(archive, date(2018, 11, 20))
    near = distance(positions, union, ["USA"], 73)
    assert near.low < near.value < near.high
    with pytest.raises(NotFound, match="TWN"):
        distance(positions, ["TWN"], ["USA"], 73)
    with pytest.raises(NotFound, match="longer span"):
        trend(positions, ["TWN"], over=3)


def test_a_bloc_is_shown_by_its_spread(archive: Archive, positions: Positions) -> None:
    union = find_party(archive, "EU").members(archive, date(2018, 11, 20))
    shown = spread(positions, union, 73)
    assert len(shown.members) == 28
    assert shown.members[-1] == "GBR"
    assert list(shown.positions) == sorted(shown.positions)
    first, third = shown.quartiles
    assert shown.lowest <= first <= shown.median <= third <= shown.highest


def test_the_cache_never_changes_a_result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("detente.cache.folder", lambda kind: tmp_path / kind)
    early = open_archive(date(1950, 12, 31))
    plain = fit_positions(early, use_cache=False)
    first, second = fit_positions(early), fit_positions(early)
    kept = list((tmp_path / "positions").iterdir())
    assert len(kept) == 1
    for name, array in to_arrays(plain).items():
        assert np.array_equal(array, to_arrays(first)[name]), name
        assert np.array_equal(array, to_arrays(second)[name]), name
    kept[0].write_bytes(kept[0].read_bytes()[:1000])
    assert np.array_equal(fit_positions(early).position, plain.position)
    later = open_archive(date(1951, 12, 31))
    assert cache.key(early.fingerprint, None, 1, 1) != cache.key(later.fingerprint, None, 1, 1)
    assert cache.key("x", None, 1, 1) != cache.key("x", [], 1, 1)
    assert cache.key("x", ["b", "a"], 1, 1) == cache.key("x", ["a", "b"], 1, 1)


def test_a_cache_that_cannot_be_written_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr("detente.cache.folder", lambda kind: blocked)
    save_arrays("positions", "name", {"a": np.ones(2)})
    assert load_arrays("positions", "name") is None
