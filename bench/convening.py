"""Convening: how long a whole comparison takes, beside a plain loop over the simulated outcomes.

The loop does for one threshold (97 of 193) what the comparison does for all: it is the floor that
any reader can check by eye. Both are given in processor seconds too, for a machine that is busy.
"""

from __future__ import annotations

import time
from pathlib import Path

from detente.case import open_case
from detente.convening.comparing import compare
from detente.convening.support.record import YES

ASTANA = Path(__file__).parent.parent / "cases" / "astana.toml"
LOOPED = 1000


def run() -> None:
    """Print the time of the first comparison, of the next ones, and of the loop."""
    case, archive = open_case(ASTANA)
    times = []
    for _ in range(4):
        wall, cpu = time.perf_counter(), time.process_time()
        found = compare(archive, case)
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    support = found.support
    assert support is not None
    wall = time.perf_counter()
    answers, present = support.answers[:, :LOOPED], support.present[:, :LOOPED]
    reached = 0
    for outcome in range(LOOPED):
        votes = 0
        for state in range(len(support.states)):
            votes += bool(answers[state, outcome] == YES and present[state, outcome])
        reached += votes >= len(support.states) // 2 + 1
    looped = (time.perf_counter() - wall) * support.outcomes / LOOPED
    best = min(times[1:])
    print(
        f"{len(found.routes)} routes, {support.outcomes:,} outcomes, {len(support.states)} states"
    )
    print(f"first comparison   {times[0][0]:8.2f} s wall {times[0][1]:8.2f} s processor")
    print(f"best of the next   {best[0]:8.2f} s wall {best[1]:8.2f} s processor")
    print(
        f"plain loop, one threshold {looped:.1f} s (from {LOOPED:,} outcomes: {reached} reach it)"
    )
