"""Support for a meeting: accuracy on held-out decisions to convene, and speed.

`python -m bench support` prints both; `python -m bench.support --data` also writes
src/detente/convening/support/track.csv. CPU time, one thread.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path

import numpy as np

from detente.archive import open_archive
from detente.convening.support.calibration import SHARES, Held, calibration, hold_out
from detente.convening.support.fitting import fit_support
from detente.convening.support.model import Support, drawn
from detente.convening.support.odds import deeds, odds
from detente.convening.support.persuade import Persuasion, persuade
from detente.convening.support.record import YES, decisions
from detente.convening.thresholds import Needed
from detente.parties import members
from detente.terminal import progress

FIRST = 1972
DAY = date(2018, 11, 20)
ROUTES = 16
TRACK = Path(__file__).parents[1] / "src/detente/convening/support/track.csv"


def run() -> None:
    rows = held_out()
    if "--data" in sys.argv:
        write(rows)
    accuracy(rows)
    speed()


def held_out() -> tuple[Held, ...]:
    whole = open_archive()
    chosen = [row for row in decisions(whole) if row.day.year >= FIRST]
    rows = []
    with progress("Holding decisions out") as told:
        for number, row in enumerate(chosen):
            rows.append(hold_out(whole, row))
            told(number + 1, len(chosen))
    return tuple(rows)


def write(rows: tuple[Held, ...]) -> None:
    with TRACK.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, [field.name for field in fields(Held)], lineterminator="\n")
        out.writeheader()
        for row in rows:
            out.writerow(
                {k: round(v, 5) if isinstance(v, float) else v for k, v in asdict(row).items()}
            )


def accuracy(rows: tuple[Held, ...]) -> None:
    for first in (FIRST, 1990):
        found = calibration(date.max, tuple(row for row in rows if row.day.year >= first))
        assert found is not None
        print(f"{found.decisions} decisions to convene, {found.first} to {found.last}, held out")
        print("                       model   base rate   state's own")
        print(
            f"log loss of a vote     {found.loss:.3f}   {found.base_loss:.3f}       "
            f"{found.state_loss:.3f}"
        )
        print(
            f"squared error of a yes {found.brier:.3f}   {found.base_brier:.3f}       "
            f"{found.state_brier:.3f}"
        )
        print("                       shared errors   independent errors")
        print(f"coverage of 90 %       {found.coverage:.2f}            {found.alone_coverage:.2f}")
        print(f"width, states          {found.width:.0f}              {found.alone_width:.0f}")
        print(f"expected count: mean absolute error {found.error:.1f}, bias {found.bias:+.1f}")
        for share in SHARES:
            said, reached, shared, alone = found.thresholds[share]
            print(
                f"{share:4.0%} of members: forecast {said:.2f}, reached {reached:.2f}, squared "
                f"error {shared:.3f} (independent {alone:.3f})"
            )


def _timed(name: str, work: Callable[[], object]) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    print(
        f"{name:58s} {time.process_time() - cpu:6.2f} s cpu "
        f"{time.perf_counter() - wall:6.2f} s wall"
    )


def speed() -> None:
    archive = open_archive(as_of=DAY)
    assembly = members(archive, "UN", DAY)
    half = Needed("votes in favour", len(assembly) // 2 + 1, len(assembly), None)
    fitted = fit_support(archive, DAY)
    kept: list[Support] = []
    _timed("fit from the cache", lambda: fit_support(archive, DAY))
    _timed(
        "draw 100,000 outcomes of 193 states",
        lambda: kept.append(drawn(fitted, "KAZ", DAY, None, {})),
    )
    support = kept[0]

    def routes() -> None:
        for votes in range(ROUTES):
            odds(support, assembly, Needed("votes in favour", 90 + votes, len(assembly), None))

    _timed(f"odds of {ROUTES} routes of 193 states", routes)
    _timed("odds by letter", lambda: odds(support, assembly, half, letter_days=30))
    union, council = members(archive, "EU", DAY), members(archive, "SC", DAY)
    osce = tuple(code for code in members(archive, "OSCE", DAY) if code in support.states)
    permanent = members(archive, "P5", DAY)
    for name, voters, needed, days in (
        ("letters within 30 days", assembly, half, 30),
        ("letters within 20 days", assembly, half, 20),
        ("170 votes of the Assembly", assembly, replace(half, votes=170), None),
        ("consensus of the OSCE", osce, Needed("no objection", len(osce), len(osce), None), None),
        ("unanimity of the EU", union, Needed("unanimity", len(union), len(union), None), None),
        ("Council, vetoes", council, Needed("votes in favour", 9, 15, None, permanent), None),
    ):
        found: list[Persuasion] = []
        _timed(
            f"persuade: {name}",
            lambda f=found, v=voters, n=needed, d=days: f.append(
                persuade(support, v, n, letter_days=d)
            ),
        )
        sizes = [
            f"{one.target:.0%}: {len(one.states or ())}"
            + ("" if one.proved else f" (proved: not fewer than {one.fewest})")
            for one in found[0].lists
        ]
        print("    shortest lists " + ", ".join(sizes))
    did = deeds(support, assembly)[:, :1000]

    def loop() -> int:
        reached = 0
        for column in range(did.shape[1]):
            yes = 0
            for row in range(did.shape[0]):
                if did[row, column] == YES:
                    yes += 1
            reached += yes >= half.votes
        return reached

    _timed("floor: plain loop, one route, 1,000 outcomes only", loop)
    np.testing.assert_equal(loop(), int(((did == YES).sum(0) >= half.votes).sum()))


if __name__ == "__main__":
    run()
