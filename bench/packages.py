"""Packages: exact frontiers, solutions, proofs and robustness, against NegMAS in the same run.

Agendas are random: weights uniform on the simplex, option values uniform, reservation 0.5 of the
greatest value, seed 0; real agendas are more opposed. NegMAS 0.16 runs in a throw-away environment
with a time limit; where it cannot be installed its column says so. Compare the CPU seconds.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from detente.packages.core.approximate import approximate_frontier
from detente.packages.core.blocking import blocking
from detente.packages.core.frontier import TooLargeError, frontier
from detente.packages.core.mip import exists, solve_mip
from detente.packages.core.problem import Problem, Requires
from detente.packages.core.robustness import most_acceptable, next_questions
from detente.packages.core.sampling import Profiles, simplex
from detente.packages.core.solutions import RULES, solve

PEER_SECONDS = 100


def agenda(issues: int, options: int, parties: int, reserve: float, seed: int = 0) -> Problem:
    """Return a random agenda: Dirichlet weights, uniform option values."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), parties)
    tables = tuple(weights[:, k : k + 1] * rng.random((parties, options)) for k in range(issues))
    return Problem(tables, np.full(parties, reserve))


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return the result, and CPU and wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.process_time() - cpu, time.perf_counter() - wall


PEER = """
import json, sys, time
import numpy as np
from negmas import make_issue, LinearAdditiveUtilityFunction
from negmas.outcomes import make_os
from negmas.preferences.value_fun import TableFun
from negmas.preferences.ops import pareto_frontier
I, O, P = map(int, sys.argv[1:4])
rng = np.random.default_rng(0)
w = rng.dirichlet(np.ones(I), P)
tables = [w[:, k:k+1] * rng.random((P, O)) for k in range(I)]
issues = [make_issue(O, f"i{k}") for k in range(I)]
os_ = make_os(issues)
ufuns = [
    LinearAdditiveUtilityFunction(
        values=[TableFun({o: float(tables[k][p, o]) for o in range(O)}) for k in range(I)],
        weights=[1.0] * I, issues=issues, reserved_value=0.5)
    for p in range(P)
]
start = time.process_time()
points, _ = pareto_frontier(ufuns, issues=issues, sort_by_welfare=False)
points = [p for p in points if all(v >= 0.5 for v in p)]
print(json.dumps([time.process_time() - start, len(points)]))
"""


class Peer:
    """NegMAS in an environment of its own, for as long as the bench runs."""

    def __init__(self, folder: str) -> None:
        self.python = Path(folder) / "venv" / "bin" / "python"
        self.why = ""
        try:
            subprocess.run(
                [sys.executable, "-m", "venv", str(self.python.parents[1])], check=True, timeout=120
            )
            install = [str(self.python), "-m", "pip", "install", "--quiet", "negmas==0.16.*"]
            subprocess.run(install, check=True, timeout=600, capture_output=True)
        except (subprocess.SubprocessError, OSError) as error:
            self.why = f"not installed here ({type(error).__name__})"

    def frontier(self, issues: int, options: int, parties: int) -> str:
        """Return what NegMAS needs for the frontier of the same agenda, in words."""
        if self.why:
            return self.why
        command = [str(self.python), "-W", "ignore", "-c", PEER]
        try:
            done = subprocess.run(
                [*command, str(issues), str(options), str(parties)],
                check=True,
                timeout=PEER_SECONDS,
                capture_output=True,
                text=True,
            )
        except subprocess.TimeoutExpired:
            return f"stopped at {PEER_SECONDS} s"
        except subprocess.SubprocessError as error:
            return f"failed ({type(error).__name__})"
        cpu, points = json.loads(done.stdout.strip().splitlines()[-1])
        return f"{cpu:.2f} CPU s, {points} points"


def _frontiers(peer: Peer) -> None:
    print("exact frontier and all four solutions, 4 parties (CPU s / wall s)")
    for issues, with_peer in [(6, True), (8, True), (10, True), (12, False), (15, False)]:
        problem = agenda(issues, 5, 4, 0.5)

        def work(problem: Problem = problem) -> int:
            front = frontier(problem)
            for rule in RULES:
                solve(front, problem.reservation, rule)
            return len(front)

        best = min((timed(work) for _ in range(3 if issues < 12 else 1)), key=lambda r: r[1])
        points, cpu, wall = best
        theirs = peer.frontier(issues, 5, 4) if with_peer else "out of reach (enumerates)"
        print(
            f"  {issues:2d} x 5 ({problem.n_packages:>14,} packages): {cpu:7.3f} / {wall:7.3f}, "
            f"{points:6,} points    NegMAS: {theirs}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory of this process so far: {peak:.0f} MiB")
    try:
        points, cpu, wall = timed(lambda: len(frontier(agenda(10, 5, 6, 0.5))))
        print(f"  6 parties, 10 x 5: {cpu:.2f} / {wall:.2f}, {points:,} points")
    except TooLargeError as error:
        print(f"  6 parties, 10 x 5: {error}")
    print("  a frontier within a certified error, at most 2,000 points kept a part")
    for issues, parties, reserve in [(15, 4, 0.5), (20, 6, 0.55), (40, 6, 0.55)]:
        problem = agenda(issues, 5, parties, reserve)
        spread = sum(np.ptp(table, axis=1) for table in problem.utilities)
        near, cpu, wall = timed(lambda problem=problem: approximate_frontier(problem))
        print(
            f"  {parties} parties, {issues} x 5: {cpu:.2f} / {wall:.2f}, {len(near):,} points, "
            f"error {float((near.epsilon / spread).max()):.1%} of a party's spread of values"
        )


def _programs() -> None:
    print("\n4 parties, 100 issues x 10 options, 40 dependencies: proved optima (CPU s / wall s)")
    problem = agenda(100, 10, 4, 0.5, 3)
    rng = np.random.default_rng(1)
    needs = []
    for _ in range(40):
        a, b = rng.choice(100, 2, replace=False)
        allowed = rng.choice(10, 4, replace=False)
        needs.append(Requires(int(b), int(rng.integers(10)), int(a), tuple(map(int, allowed))))
    problem = Problem(problem.utilities, problem.reservation, requires=tuple(needs))
    for rule in RULES:
        found, cpu, wall = timed(lambda rule=rule: solve_mip(problem, rule, 60))
        print(
            f"  {rule:18} {cpu:6.2f} / {wall:6.2f}, score {found.score:.6f}, "
            f"{'proved' if found.proved else f'bound {found.bound:.6f}'}"
        )
    high = Problem(problem.utilities, np.array([0.9, 0.9, 0.9, 0.5]), requires=tuple(needs))
    found, cpu, wall = timed(lambda: blocking(high, 60))
    told = "none" if found is None else f"{len(found.demands)} demands, {found.status}"
    print(f"  {'blocking set':18} {cpu:6.2f} / {wall:6.2f}, {told}")
    for reserve in (0.5, 0.9):
        problem = agenda(60, 5, 15, reserve, 3)
        (said, _), cpu, wall = timed(lambda problem=problem: exists(problem, 30))
        print(f"  15 parties x 60 issues, reserve {reserve}: {said}, {cpu:.2f} / {wall:.2f}")


def _robustness() -> None:
    problem = agenda(8, 5, 4, 0.5)
    rng = np.random.default_rng(0)
    samples = 10_000
    weights = np.stack([simplex(rng, samples, 8) for _ in range(4)], axis=1)
    centre = rng.random((4, 5))
    tables = tuple(
        weights[:, :, k : k + 1] * np.clip(centre + rng.normal(0, 0.1, (samples, 4, 5)), 0, 1)
        for k in range(8)
    )
    profiles = Profiles(tables, rng.uniform(0.4, 0.6, (samples, 4)))
    found, cpu, wall = timed(lambda: most_acceptable(problem, profiles))
    print(
        f"\n10,000 profiles x 390,625 packages: the 100 most acceptable in {cpu:.1f} CPU s / "
        f"{wall:.1f} wall s; best {found.all_accept[0]:.1%}, hundredth {found.all_accept[-1]:.1%}"
    )
    questions, cpu, wall = timed(lambda: next_questions(found, profiles))
    print(
        f"the next question among {len(questions)}: {cpu:.2f} / {wall:.2f}; worth "
        f"{questions[0].worth:.3f} of the chance"
    )


def run() -> None:
    """Print the whole table."""
    with tempfile.TemporaryDirectory() as folder:
        _frontiers(Peer(folder))
    _programs()
    _robustness()


if __name__ == "__main__":
    run()
