"""In which order pairs in fact joined the measures, beside their weights (the method page)."""

from __future__ import annotations

from datetime import date

import pytest
from scipy.stats import kendalltau

from detente.archive import Archive, open_archive
from detente.steps.catalogue import measures
from detente.steps.instruments import Instrument, instruments


def joined(archive: Archive, instrument: Instrument, state: str) -> date | None:
    days = [instrument.joined[state]] if state in instrument.joined else []
    for body in instrument.bodies:
        ((first,),) = archive.sql(
            "select min(first_day) from memberships where body = ? and iso3 = ?", (body, state)
        )
        days += [max(first, instrument.since)] if first else []
    return min(days, default=None)


@pytest.mark.parametrize(
    ("pair", "count", "tau"),
    [(("USA", "RUS"), 41, 0.16), (("USA", "CHN"), 16, 0.34), (("CHN", "RUS"), 25, 0.04)],
)
def test_the_record_itself_grew_only_loosely_from_light_to_heavy(
    pair: tuple[str, str], count: int, tau: float
) -> None:
    archive = open_archive()
    days, weights = [], []
    for measure in measures():
        both = [
            max(found)
            for code in measure.instruments
            if len(
                found := [
                    day
                    for state in pair
                    if (day := joined(archive, instruments()[code], state)) is not None
                ]
            )
            == 2
        ]
        if both:
            days.append(min(both).toordinal())
            weights.append(measure.weight)
    assert len(days) == count
    assert kendalltau(days, weights).statistic == pytest.approx(tau, abs=0.005)
