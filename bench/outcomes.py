"""Forecasts of single contested issues against real negotiations, and how far readings differ.

``python -m bench outcomes`` prints the tables of docs/methods/outcomes.md. With ``--write``,
``python -m bench.outcomes`` also refits the predictor and writes its coefficients and record into
the package. Both need the raw data: ``--data FOLDER``, by default ``../shared/data`` beside the
repository.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from detente.errors import DetenteError
from detente.packages.outcomes.challenge_arrays import PRINTED, PROGRAM, challenge, readings
from detente.packages.outcomes.issue import Contested
from detente.packages.outcomes.predictor import dump
from detente.packages.outcomes.readers import read_actors, read_deu, read_summit
from detente.packages.outcomes.record import measure
from detente.packages.outcomes.scale_arrays import weighted_mean

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
FITTED = ROOT / "src" / "detente" / "packages" / "outcomes" / "fitted.json"
SOURCE = "European Union legislation 1996-2003 (Thomson et al., DEU, CC BY 4.0)"


def emission_rounds(folder: Path) -> None:
    issue = read_actors(folder / "emission_standards_actors.csv", "emission standards", 4, 10)
    positions = np.array([stance.position for stance in issue.stances])
    print("\nEmission standards for cars (outcome 8.833 years of delay): median and mean by round")
    for name, reading in (("as programmed", PROGRAM), ("as printed", PRINTED)):
        played = challenge(positions, issue.salience(), issue.capability(), reading)
        print(f"  {name:14s}", *(f"{state.median:.2f}/{state.mean:.2f}" for state in played))
    finals = [
        challenge(positions, issue.salience(), issue.capability(), reading)[-1].median
        for reading in readings()
    ]
    print(f"  final median over {len(finals)} readings: {min(finals):.2f} to {max(finals):.2f}")


def spread(issues: Iterable[Contested]) -> None:
    print("\nCOP21: weighted mean, and the challenge model's final median over the readings")
    widths = []
    for issue in issues:
        finals = np.array(
            [
                challenge(issue.positions(), issue.salience(), issue.capability(), reading)[
                    -1
                ].median
                for reading in readings()
            ]
        )
        low, middle, high = np.quantile(finals, [0.25, 0.5, 0.75])
        mean = weighted_mean(issue.positions(), issue.salience() * issue.capability())
        widths.append(float(np.ptp(finals)))
        print(
            f"  {issue.code:16s} mean {mean:5.1f}"
            f"  median reading {middle:5.1f}  middle half {low:5.1f} to {high:5.1f}"
            f"  all {finals.min():5.1f} to {finals.max():5.1f}"
        )
    print(
        f"  between the extreme readings: middle issue {np.median(widths):.0f} points, "
        f"mean {np.mean(widths):.0f}, most {max(widths):.0f}"
    )


def run(data: Path = DATA, write: bool = False) -> None:
    folder = data / "negotiation"
    if not folder.is_dir():
        print(f"no raw data in {folder}: give --data FOLDER")
        return
    started = time.process_time()
    issues = read_deu(folder / "deu_issues_1996_2003.csv")
    predictor, record = measure(issues, SOURCE)
    spent = time.process_time() - started
    print(
        f"{record.issues} issues of {record.proposals} proposals, held out by proposal; "
        f"{spent:.1f} CPU s"
    )
    print(f"  {'model':26s} {'error':>6s} {'95 %':>14s} {'gain':>6s} {'95 %':>16s}")
    for score in record.scores:
        print(
            f"  {score.model:26s} {score.error:6.2f} {score.low:6.1f} to {score.high:4.1f}"
            f" {score.gain:6.2f} {score.gain_low:6.2f} to {score.gain_high:5.2f}"
        )
    print(f"  the predictor's interval held {record.covered:.0%} of the outcomes")
    for test in record.later:
        print(
            f"  fitted to {test.until}, tried on {test.issues} later issues: "
            f"{test.error:.2f} against {test.base:.2f} of the weighted mean"
        )
    emission_rounds(folder)
    spread(read_summit(folder / "cop21_tidy.csv"))
    if write:
        FITTED.write_text(dump(predictor, record), encoding="utf-8")
        print(f"\nwrote {FITTED.relative_to(ROOT)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--write", action="store_true", help="write the fitted coefficients")
    given = parser.parse_args()
    try:
        run(given.data, given.write)
    except DetenteError as error:
        sys.exit(str(error))
