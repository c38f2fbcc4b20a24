"""How far two states vote apart in a calendar year: the series that the archive itself holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from detente.archive import Archive
from detente.archive.queries import vote_matrix
from detente.positions.agreement_arrays import pairwise

FEWEST_COMMON = 15
"""Roll calls that both states must have voted in for a year to count."""


def apart(
    archive: Archive, states: Sequence[str], last_year: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return years (Y,) and disagreement (Y, S, S) beyond chance, NaN where too little is known.

    0 is always alike, 1 what chance gives, up to 2 opposed (`positions.agreement_arrays`). A year
    uses nothing but its own roll calls, so no later vote changes it.

    Args:
        archive: as of a day.
        states: alpha-3 codes; a state without votes has none.
        last_year: the last complete year.
    """
    votes = vote_matrix(archive)
    row = {code: i for i, code in enumerate(votes.iso3.tolist())}
    here = [i for i, code in enumerate(states) if code in row]
    matrix = votes.matrix[[row[states[i]] for i in here]]
    year = votes.date.astype("datetime64[Y]").astype(np.int64) + 1970
    years = np.unique(year[year <= last_year])
    found = np.full((len(years), len(states), len(states)), np.nan)
    with threadpool_limits(1):
        for y, number in enumerate(years):
            pairs = pairwise(matrix[:, year == number])
            found[y][np.ix_(here, here)] = np.where(
                pairs.common >= FEWEST_COMMON, 1.0 - pairs.pi, np.nan
            )
    return years, found
