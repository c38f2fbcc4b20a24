"""Points published with test domains, each difference explained."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from detente.packages.core.frontier import frontier
from detente.packages.core.problem import Problem
from detente.packages.core.solutions import solve

DOMAINS = Path(__file__).parents[4] / "shared" / "data" / "negotiation" / "negolog"
FOLDERS = sorted(DOMAINS.iterdir()) if DOMAINS.exists() else []


def read(folder: Path) -> tuple[Problem, dict[str, float]]:
    profiles = [json.loads((folder / f"profile{p}.json").read_text()) for p in "AB"]
    utilities = tuple(
        np.array([[p["issueWeights"][k] * v for v in p["issues"][k].values()] for p in profiles])
        for k in profiles[0]["issues"]
    )
    # The published points were found without the reservation values.
    return Problem(utilities, np.zeros(2)), json.loads((folder / "specs.json").read_text())


@pytest.mark.skipif(not FOLDERS, reason="the test domains are not beside this checkout")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nash_points_are_those_published(folder: Path) -> None:
    problem, published = read(folder)
    found = solve(frontier(problem), problem.reservation, "nash")
    assert found is not None
    product = float(np.prod(found.values))
    assert product == pytest.approx(published["Nash_A"] * published["Nash_B"], abs=1e-6)


@pytest.mark.skipif(not FOLDERS, reason="the test domains are not beside this checkout")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_published_kalai_points_are_the_greatest_sums_and_never_lift_the_worse_off_higher(
    folder: Path,
) -> None:
    # What the domains call the Kalai point is the point of greatest sum: all 33 agree with the
    # utilitarian score. Where the two differ, ours leaves the worse-off party no worse.
    problem, published = read(folder)
    front = frontier(problem)
    total = solve(front, problem.reservation, "utilitarian")
    ours = solve(front, problem.reservation, "kalai-smorodinsky")
    assert total is not None
    assert ours is not None
    theirs = np.array([published["Kalai_A"], published["Kalai_B"]])
    assert theirs.sum() == pytest.approx(total.score, abs=1e-6)
    ideal = front.values.max(axis=0)
    assert (ours.values / ideal).min() >= (theirs / ideal).min() - 1e-9
