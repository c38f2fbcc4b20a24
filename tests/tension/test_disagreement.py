"""Where two sources disagree."""

from __future__ import annotations

import numpy as np

from detente.tension.disagreement import disagreements, sources_now
from detente.tension.sources import NAMES

EXPERT, GDELT, PEACE, CRISES = (
    NAMES.index(name) for name in ("expert", "gdelt-china", "peace", "crises")
)


def _series(**columns: np.ndarray) -> np.ndarray:
    series = np.full((240, len(NAMES)), np.nan)
    for name, values in columns.items():
        series[:, NAMES.index(name.replace("_", "-"))] = values
    return series


def test_opposite_directions_now_are_a_disagreement_with_both_directions() -> None:
    line = np.linspace(0, 5, 240)
    series = _series(expert=-line, gdelt_china=line)
    now = sources_now(series, 1990)
    assert {source.name: source.direction for source in now} == {
        "expert": "falling",
        "gdelt-china": "rising",
    }
    (one,) = disagreements(series, now)
    assert (one.one, one.other, one.kind, one.years) == ("expert", "gdelt-china", "now", 20)
    assert one.correlation is not None
    assert one.correlation < -0.99


def test_sources_that_move_together_do_not_disagree() -> None:
    line = np.linspace(0, 5, 240)
    series = _series(expert=line, gdelt_china=line * 2)
    assert disagreements(series, sources_now(series, 1990)) == ()


def test_a_stale_source_says_nothing_of_now() -> None:
    line = np.linspace(0, 5, 240)
    old = -line
    old[150:] = np.nan
    now = sources_now(_series(expert=old, gdelt_china=line), 1990)
    assert [source.current for source in now] == [False, True]


def test_a_trace_that_only_fades_is_not_compared() -> None:
    series = _series(crises=0.97 ** np.arange(240), gdelt_china=np.linspace(0, 5, 240))
    found = disagreements(series, sources_now(series, 1990))
    assert [one for one in found if one.kind == "history"] == []


def test_a_source_with_a_single_value_is_left_out() -> None:
    values = np.full(240, np.nan)
    values[3] = 1.0
    assert sources_now(_series(peace=values), 1990) == ()
