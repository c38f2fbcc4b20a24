"""What stands when time runs out or the user interrupts: never more than is proved."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from detente.packages.core import blocking as block
from detente.packages.core.blocking import blocking, demands, least_concession
from detente.packages.core.interruption import Interrupted
from detente.packages.core.mip import exists, ideal, solve_mip
from detente.packages.core.problem import Problem, all_packages
from detente.packages.core.program import Answer, Model
from detente.packages.core.solutions import RULES, criteria, ideal_gains


def agenda(issues: int, options: int, parties: int, reserve: float, seed: int = 0) -> Problem:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), parties)
    tables = tuple(weights[:, k : k + 1] * rng.random((parties, options)) for k in range(issues))
    return Problem(tables, np.full(parties, reserve))


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, bool], None]:
    """Let the n-th question be the last one that is answered; then stop, or be interrupted."""

    def after(n: int, interrupt: bool) -> None:
        plain, asked = Model.maximise, [0]

        def maximise(self: Model, objective: dict[int, float]) -> Answer:
            asked[0] += 1
            if asked[0] <= n:
                return plain(self, objective)
            self.interrupted |= interrupt
            return Answer("stopped", None, -np.inf, np.inf)

        monkeypatch.setattr(Model, "maximise", maximise)

    return after


@pytest.mark.parametrize("interrupt", [False, True])
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("n", range(8))
def test_a_search_cut_short_never_claims_more_than_a_full_listing_shows(
    rule: str, n: int, interrupt: bool, stopping: Callable[[int, bool], None]
) -> None:
    problem = agenda(4, 3, 3, 0.35)
    packages = all_packages(problem.sizes)
    packages = packages[problem.acceptable(packages)]
    gains = problem.values(packages) - problem.reservation
    compared = criteria(rule, gains, ideal_gains(gains))  # type: ignore[arg-type]
    best = float((np.log(gains).sum(axis=1) if rule == "nash" else compared[:, 0]).max())
    stopping(n, interrupt)
    try:
        found = solve_mip(problem, rule, 20)  # type: ignore[arg-type]
    except Interrupted as stop:
        assert interrupt
        found = stop.found
        assert found is None or not found.proved
    if found is None:
        assert n == 0
        return
    assert problem.acceptable(found.package[None, :])[0]
    assert found.score <= best + 1e-6
    assert found.bound >= best - 1e-6
    if found.proved:
        assert found.score == pytest.approx(best, abs=1e-5)


@pytest.mark.parametrize("n", range(12))
@pytest.mark.parametrize("interrupt", [False, True])
def test_a_set_said_to_block_does_block_however_early_the_search_ends(
    n: int, interrupt: bool, stopping: Callable[[int, bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = agenda(4, 3, 5, 0.55)
    assert not problem.acceptable(all_packages(problem.sizes)).any()
    # Nothing smallest is found, so that the deletions have to answer.
    monkeypatch.setattr(block, "_smallest", lambda soft: None)
    stopping(n, interrupt)
    try:
        found = blocking(problem, 20)
    except Interrupted as stop:
        found = stop.found
    assert found is not None
    assert not found.smallest
    if n == 0:
        assert found.status == "unknown"
        return
    values = problem.values(all_packages(problem.sizes))
    own = [demand.party for demand in found.demands]
    assert not (values[:, own] >= problem.reservation[own]).all(axis=1).any()
    if found.status == "irreducible":
        for out in own:
            fewer = [party for party in own if party != out]
            assert (values[:, fewer] >= problem.reservation[fewer]).all(axis=1).any()


def test_the_deletions_end_with_a_set_of_which_nothing_can_be_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(block, "_smallest", lambda soft: None)
    found = blocking(agenda(4, 3, 5, 0.55), 20)
    assert found is not None
    assert found.status == "irreducible"
    assert len(found.demands) < 5


def test_without_any_time_nothing_is_claimed() -> None:
    problem = agenda(6, 4, 4, 0.9)
    assert exists(problem, 0.0) == ("unknown", None)
    assert solve_mip(problem, "nash", 0.0) is None
    assert least_concession(problem, False, seconds=0.0) is None
    found = blocking(problem, 0.0)
    assert found is not None
    assert found.status == "unknown"
    assert found.demands == demands(problem)


@pytest.mark.parametrize(
    "search",
    [
        lambda p: exists(p, 30),
        lambda p: ideal(p, 30),
        lambda p: solve_mip(p, "leximin", 30),
        lambda p: blocking(p, 30),
        lambda p: least_concession(p, False, seconds=30),
    ],
)
def test_an_interruption_reaches_the_caller_with_what_was_found(
    search: Callable[[Problem], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The interruption comes while the solver is waited for, as Ctrl-C does.
    plain = threading.Thread.join
    first = [True]

    def join(self: threading.Thread, timeout: float | None = None) -> None:
        if first[0]:
            first[0] = False
            raise KeyboardInterrupt
        plain(self, timeout)

    monkeypatch.setattr(threading.Thread, "join", join)
    with pytest.raises(KeyboardInterrupt) as stopped:
        search(agenda(12, 5, 6, 0.6))
    assert isinstance(stopped.value, Interrupted)


def test_a_limit_that_leaves_no_time_to_prove_gives_the_best_found_with_its_bound() -> None:
    problem = agenda(60, 10, 6, 0.5, 3)
    found = solve_mip(problem, "leximin", 0.2)
    full = solve_mip(problem, "leximin", 2.0)
    assert full is not None
    if found is not None:
        assert problem.acceptable(found.package[None, :])[0]
        assert found.score <= full.bound + 1e-6
        assert found.bound >= full.score - 1e-6


def test_a_program_solved_twice_gives_the_same_package() -> None:
    problem = agenda(20, 5, 4, 0.5, 7)
    for rule in RULES:
        one, other = solve_mip(problem, rule, 60), solve_mip(problem, rule, 60)
        assert one is not None
        assert other is not None
        assert one.package.tolist() == other.package.tolist(), rule
        assert (one.score, one.bound, one.proved) == (other.score, other.bound, other.proved)
    high = Problem(problem.utilities, np.array([0.9, 0.9, 0.9, 0.5]))
    assert blocking(high) == blocking(high)
