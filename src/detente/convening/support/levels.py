"""The chance of acceptance by level: experts come more readily than ministers, these than leaders.

The record of proposals by level, held or not, moves an ordered prior (`levels_arrays`). Few failed
and hardly any below leaders, so the steps are mostly judgement, and their intervals wide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from detente.archive import Archive
from detente.convening.routes import Level
from detente.convening.support.acceptance import Acceptance
from detente.convening.support.levels_arrays import eased, shifts
from detente.convening.support.meetings import COLUMNS, meetings, names

RUNGS: tuple[Level, ...] = ("leaders", "ministers", "experts")
"""Levels with a chance of their own, from the hardest; ambassadors come as experts do."""


@dataclass(frozen=True)
class Levels:
    """How proposals to two or more of the parties fared by level, as of a day.

    Attributes:
        held, failed: proposals that led to a meeting, and that did not or collapsed, for each of
            `RUNGS`.
        records: ids of those that failed, by day.
        shifts: for each of `RUNGS`, values of equal weight that move the log odds.
    """

    held: tuple[int, ...]
    failed: tuple[int, ...]
    records: tuple[str, ...]
    shifts: tuple[tuple[float, ...], ...]

    def easier(self, level: Level) -> tuple[float, ...]:
        """Return by how much a level moves the log odds of leaders."""
        return self.shifts[RUNGS.index("experts" if level == "ambassadors" else level)]


def levels(archive: Archive, day: date) -> Levels:
    """Return how proposals to two or more of the parties on record fared, by level, as of a day.

    Not weighed by age: what parts a meeting of leaders from one of experts is taken to last.
    """
    held, failed, records = [0, 0, 0], [0, 0, 0], []
    for one in meetings(archive, day):
        asked = [code for code in COLUMNS if one.seats.get(code)]
        if not one.held:
            asked = [code for code in COLUMNS if names(one, code)]
        if len(asked) < 2:
            continue
        rung = next((i for i, word in enumerate(RUNGS[:2]) if word in one.level), 2)
        if one.held and not one.collapsed:
            held[rung] += 1
        else:
            failed[rung] += 1
            records.append((one.day, one.id))
    moved = shifts(held, failed)
    return Levels(
        tuple(held),
        tuple(failed),
        tuple(key for _, key in sorted(records)),
        tuple(tuple(row) for row in np.round(moved, 6).tolist()),
    )


def at_level(found: tuple[Acceptance, ...], levels: Levels, level: Level) -> tuple[Acceptance, ...]:
    """Return the acceptance of leaders as that of another level; what was reported stays."""
    return tuple(_eased(one, levels.easier(level)) for one in found)


def _eased(one: Acceptance, easier: tuple[float, ...]) -> Acceptance:
    if one.successes is None or one.failures is None or not any(easier):
        return one
    mean, low, high = eased(one.successes, one.failures, np.array(easier))
    return replace(
        one,
        p=round(mean, 4),
        low=round(low, 4),
        high=round(high, 4),
        easier=easier,
    )
