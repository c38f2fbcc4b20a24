"""Positions: speed, convergence, coverage of the intervals, and agreement with others.

`python -m bench positions` takes under a minute. The slow reference, a Metropolis sampler of the
same model, is `python -c "import bench.positions as b; b.reference()"` (minutes). With the
published estimates at hand (github: evoeten/United-Nations-General-Assembly-Votes-and-Ideal-Points,
Output/IdealpointestimatesAll_Apr2020.csv), `b.published("FILE")` compares with all of them.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import log_ndtr
from tests.positions.published import PUBLISHED
from threadpoolctl import threadpool_limits

from detente.archive import open_archive
from detente.archive.queries import vote_matrix
from detente.positions import response_arrays
from detente.positions.agreement_arrays import pairwise
from detente.positions.fit_arrays import ENTRY_VARIANCE, STEP_VARIANCE, TOLERANCE, Fit, fit
from detente.positions.layout_arrays import Layout, lay_out
from detente.positions.model import USED, Z90, bridged, fit_positions
from detente.positions.posterior_arrays import posterior
from detente.positions.response_arrays import (
    CUT_POINT_SD,
    DISCRIMINATION_SD,
    HALF_A_VOTE,
    probabilities,
)
from detente.positions.walk_arrays import smooth

GRID = (0.01, 0.02, 0.04, 0.08, 0.16)
_ONE_FIT = """
import resource, time
wall = time.perf_counter()
from detente.archive import open_archive
from detente.positions import fit_positions
found = fit_positions(open_archive(), use_cache=False)
found.low, found.high
wall = time.perf_counter() - wall
use = resource.getrusage(resource.RUSAGE_SELF)
print(wall, use.ru_utime + use.ru_stime, use.ru_maxrss / 1024, found.sweeps, found.n_votes,
      len(found.iso3), found.residual)
"""


def _line(what: str, value: str) -> None:
    print(f"{what:<64} {value}", flush=True)


def _load() -> tuple[Any, Any]:
    archive = open_archive()
    votes = vote_matrix(archive, USED)
    return votes, bridged(archive, votes.vote_id)


def _within(a: Any, b: Any, seen: Any) -> Any:
    """Correlation within each session over the states seen in it."""
    return np.array(
        [
            np.corrcoef(a[t][seen[t]], b[t][seen[t]])[0, 1]
            for t in range(len(a))
            if seen[t].sum() > 2
        ]
    )


def simulate(layout: Layout, state: Fit, shape: tuple[int, int], seed: int) -> Any:
    """Draw votes from a fitted model in the cells that were observed."""
    rng = np.random.default_rng(seed)
    matrix = np.zeros(shape, np.int8)
    for t, block in enumerate(layout.blocks):
        g = block.items
        p = probabilities(
            state.theta[t, block.states][:, None],
            state.items.beta[g],
            state.items.k1[g],
            state.items.k2[g],
        )
        draw = rng.random(p.shape[1:])
        vote = np.where(draw < p[0], 3, np.where(draw < p[0] + p[1], 2, 1))
        cast = np.maximum(block.below, block.above) > 0
        matrix[np.ix_(block.states, layout.kept[block.calls])] = np.where(cast, vote, 0)
    return matrix


def coverage(votes: Any, pairs: Any, orient: Any, state: Fit, layout: Layout, seed: int) -> Any:
    """Refit simulated votes; return truth, estimate and sd of the state-sessions, standardised."""
    matrix = simulate(layout, state, votes.matrix.shape, seed)
    again = lay_out(matrix, votes.session_number, pairs)
    found = fit(again, orient)
    sd = np.sqrt(posterior(again, found, STEP_VARIANCE).variance)
    truth = state.theta[np.searchsorted(layout.sessions, again.sessions)]
    seen = again.observed
    truth = (truth - truth[seen].mean()) / truth[seen].std()
    return truth[seen], found.theta[seen], sd[seen]


def held_out(votes: Any, pairs: Any, orient: Any, grid: tuple[float, ...], seed: int = 0) -> Any:
    """Return for each step variance the log loss on 5 % of the votes, left out at random."""
    rng = np.random.default_rng(seed)
    hidden = (votes.matrix > 0) & (rng.random(votes.matrix.shape) < 0.05)
    layout = lay_out(np.where(hidden, 0, votes.matrix), votes.session_number, pairs)
    out = []
    for step in grid:
        state = fit(layout, orient, step_variance=step, tolerance=1e-3)
        loss, right, n = 0.0, 0, 0
        for t, block in enumerate(layout.blocks):
            cells = np.where(hidden, votes.matrix, 0)[:, layout.kept[block.calls]]
            s, c = np.nonzero(cells * layout.observed[t][:, None])
            g = block.items[c]
            p = probabilities(
                state.theta[t, s], state.items.beta[g], state.items.k1[g], state.items.k2[g]
            )
            vote = 3 - cells[s, c]  # rows of p: no, abstain, yes
            loss -= np.log(np.maximum(p[vote, np.arange(len(vote))], 1e-9)).sum()
            right += int((p.argmax(axis=0) == vote).sum())
            n += len(vote)
        out.append((step, loss / n, right / n))
    return out


def peer(layout: Layout, orient: Any) -> tuple[Any, int]:
    """Binary dynamic ideal points by variational EM, the algorithm of emIRT's dynIRT, in NumPy.

    Yes against not yes, probit, no bridges, its default prior and its default test: stop when one
    minus the correlation of successive positions falls under 1e-6. Unlike the original it sums
    information over cast votes only.
    """
    T, S = layout.votes.shape
    theta = np.broadcast_to(fit(layout, orient, tolerance=1e9).theta, (T, S)).copy()
    variance = np.zeros((T, S))
    ab = np.zeros((len(layout.kept), 2))
    cov = np.zeros((len(layout.kept), 2, 2))
    root = np.sqrt(2 * np.pi)
    sweep = 0
    while True:
        sweep += 1
        before = theta[layout.observed]
        score, information = np.zeros((T, S)), np.zeros((T, S))
        for t, block in enumerate(layout.blocks):
            x, v, j = theta[t, block.states], variance[t, block.states], block.calls
            cast = np.maximum(block.below, block.above)
            sign = np.where(block.lean > 0, 1.0, -1.0) * cast
            mean = ab[j, 0] + np.outer(x, ab[j, 1])
            mills = np.exp(-0.5 * mean**2 - log_ndtr(sign * mean)) / root
            latent = cast * mean + sign * mills
            X = np.stack([np.ones_like(x), x], axis=1)
            XX = np.einsum("sk,sl->skl", X, X)
            XX[:, 1, 1] += v
            cov[j] = np.linalg.inv(np.eye(2) / 25 + np.einsum("sj,skl->jkl", cast, XX))
            ab[j] = np.einsum("jkl,jl->jk", cov[j], latent.T @ X)
            a, b = ab[j].T
            score[t, block.states] = latent @ b - cast @ (a * b + cov[j][:, 0, 1])
            information[t, block.states] = cast @ (b * b + cov[j][:, 1, 1])
        reading = score / np.maximum(information, 1e-12)
        theta, variance = smooth(
            information, reading, np.full(T, 0.1), layout.first, layout.last, ENTRY_VARIANCE
        )
        after = theta[layout.observed]
        if 1 - np.corrcoef(before, after)[0, 1] < 1e-6:
            break
    return theta * np.sign((theta * orient).sum()), sweep


def _published_sample(votes: Any, layout: Layout, state: Fit) -> tuple[float, float, float, int]:
    column = {code: s for s, code in enumerate(votes.iso3.tolist())}
    line = {number: t for t, number in enumerate(layout.sessions.tolist())}
    pairs = [
        [(state.theta[line[session], column[code]], value) for code, value in row.items()]
        for session, row in PUBLISHED.items()
    ]
    r = [np.corrcoef(np.array(rows).T)[0, 1] for rows in pairs]
    every = np.array([pair for rows in pairs for pair in rows])
    return float(np.median(r)), min(r), float(np.corrcoef(every.T)[0, 1]), len(every)


def priors() -> None:
    """Print what a wider prior on the discrimination would do (docs/methods/positions.md)."""
    votes, pairs = _load()
    orient = (votes.iso3 == "USA").astype(float)
    layout = lay_out(votes.matrix, votes.session_number, pairs)
    with threadpool_limits(1):
        for sd in (0.6, 1.0, 1.7, 3.0):
            response_arrays.DISCRIMINATION_SD = sd
            ((_, loss, right),) = held_out(votes, pairs, orient, (STEP_VARIANCE,))
            state = fit(layout, orient)
            median, least, pooled, _ = _published_sample(votes, layout, state)
            _line(
                f"beta sd {sd}: held-out log loss, share right; r median (min), pooled",
                f"{loss:.4f}  {right:.4f}  {median:.4f} ({least:.4f})  {pooled:.4f}",
            )
    response_arrays.DISCRIMINATION_SD = DISCRIMINATION_SD


def run() -> None:
    """Print the table."""
    print("One fit from a cold start: all sessions, intervals, no cache (targets 3 s, 500 MiB)")
    for attempt in (1, 2, 3):
        done = subprocess.run(
            [sys.executable, "-c", _ONE_FIT], capture_output=True, text=True, check=True
        )
        wall, cpu, peak, sweeps, n, rows, residual = map(float, done.stdout.split())
        _line(f"  run {attempt}: wall s, CPU s, peak MiB", f"{wall:.2f}  {cpu:.2f}  {peak:.0f}")
    _line("  votes, state-sessions, sweeps", f"{n:,.0f}  {rows:,.0f}  {sweeps:.0f}")
    _line("  largest change in the last sweep (test: under 1e-5)", f"{residual:.1e}")

    votes, pairs = _load()
    orient = (votes.iso3 == "USA").astype(float)
    layout = lay_out(votes.matrix, votes.session_number, pairs)
    seen = layout.observed
    with threadpool_limits(1):
        clock = time.perf_counter()
        state = fit(layout, orient)
        _line("fit alone, wall s", f"{time.perf_counter() - clock:.2f}")
        strict = fit(layout, orient, tolerance=TOLERANCE / 10)
        shift = np.abs(strict.theta - state.theta)[seen].max()
        _line(f"ten times stricter ({strict.sweeps} sweeps): largest shift", f"{shift:.6f}")
        clock = time.perf_counter()
        other, sweeps = peer(layout, orient)
        took = time.perf_counter() - clock
        _line(f"peer, binary VB-EM at its loose default, {sweeps} sweeps, wall s", f"{took:.2f}")
        r = _within(state.theta, other, seen)
        _line("  r with it within a session, median (min)", f"{np.median(r):.3f} ({r.min():.3f})")
        print("Step variance by held-out votes (5 %): log loss, share right")
        scores = np.mean([held_out(votes, pairs, orient, GRID, seed) for seed in (0, 1)], axis=0)
        for step, loss, right in scores:
            _line(f"  {step:g}", f"{loss:.5f}  {right:.4f}")
        best = min(scores, key=lambda row: row[1])[0]
        _line("  chosen / in use", f"{best} / {STEP_VARIANCE}")
        print("Coverage of nominal 90 % intervals, refits of simulated votes")
        for seed in (1, 2):
            truth, found, sd = coverage(votes, pairs, orient, state, layout, seed)
            inside = np.abs(found - truth) <= Z90 * sd
            _line(f"  seed {seed}: all", f"{inside.mean():.3f}")
            for name, part in (
                ("below -2", truth < -2),
                ("-2 to 2", np.abs(truth) <= 2),
                ("above 2", truth > 2),
            ):
                bias = (found - truth)[part].mean()
                _line(
                    f"    {name}: share of rows, coverage, bias",
                    f"{part.mean():.3f}  {inside[part].mean():.3f}  {bias:+.3f}",
                )
            _line(
                "    RMSE, mean sd, r",
                f"{(found - truth).std():.3f}  {sd.mean():.3f}  "
                f"{np.corrcoef(found, truth)[0, 1]:.4f}",
            )
        clock = time.perf_counter()
        pairwise(votes.matrix)
        took = time.perf_counter() - clock
        size = " x ".join(map(str, votes.matrix.shape))
        _line(f"agreement of all pairs, {size}, wall s (target 0.7)", f"{took:.2f}")
    median, least, pooled, n = _published_sample(votes, layout, state)
    _line(
        f"published sample, {n} values: r in a session, median (min); pooled",
        f"{median:.4f} ({least:.4f})  {pooled:.4f}",
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _line("peak of the whole bench, MiB", f"{peak:.0f}")
    _line("not run here", "emIRT, pgIRT (R packages)")


def _log_likelihood(block: Any, theta: Any, beta: Any, k1: Any, k2: Any) -> Any:
    g = block.items
    eta = np.outer(theta[block.states], beta[g]).astype(np.float32)
    a, c = eta - k1[g].astype(np.float32), k2[g].astype(np.float32) - eta
    no, yes = block.lean < 0, block.lean > 0
    abstain = (block.below * block.above) > 0
    soft = lambda x: np.logaddexp(0, x)  # noqa: E731
    out = np.where(no, -soft(a), 0) + np.where(yes, -soft(c), 0)
    return out + np.where(abstain, -soft(-a) - soft(-c) + np.log(-np.expm1(k1[g] - k2[g])), 0)


def reference(sweeps: int = 1500, burn: int = 300, seed: int = 5) -> None:
    """Sample the same model by Metropolis within Gibbs, and compare means and spreads.

    Every sweep proposes all positions of the odd, then of the even sessions, then all items, and
    standardises the positions, as the published sampler does.
    """
    votes, pairs = _load()
    orient = (votes.iso3 == "USA").astype(float)
    layout = lay_out(votes.matrix, votes.session_number, pairs)
    with threadpool_limits(1), np.errstate(over="ignore"):
        state = fit(layout, orient, tolerance=1e-5)
        joint = posterior(layout, state, STEP_VARIANCE)
        rng = np.random.default_rng(seed)
        seen, chained, links = layout.observed, layout.chained, joint.links
        entry = np.arange(len(seen))[:, None] == layout.first
        theta, items = state.theta.copy(), state.items
        beta, k1, k2 = items.beta.copy(), items.k1.copy(), items.k2.copy()
        factor = np.linalg.cholesky(items.covariance) * 2.4 / 3**0.5
        scale = 2.0 * np.sqrt(state.variance)
        total, square, kept = np.zeros(theta.shape), np.zeros(theta.shape), 0
        clock = time.perf_counter()

        def prior(x: Any) -> Any:
            out = -0.5 * entry * x**2 / ENTRY_VARIANCE
            step = -0.5 * links[1:] * (x[1:] - x[:-1]) ** 2
            return out, step

        for sweep in range(sweeps):
            for parity in (0, 1):
                rows = np.arange(parity, len(theta), 2)
                move = np.zeros(theta.shape)
                move[rows] = rng.standard_normal((len(rows), theta.shape[1])) * scale[rows]
                new = theta + move * chained
                (e0, s0), (e1, s1) = prior(theta), prior(new)
                gain = e1 - e0
                gain[1:] += s1 - s0
                gain[:-1] += s1 - s0
                for t in rows:
                    block = layout.blocks[t]
                    gain[t, block.states] += (
                        _log_likelihood(block, new[t], beta, k1, k2)
                        - _log_likelihood(block, theta[t], beta, k1, k2)
                    ).sum(axis=1)
                take = np.zeros(theta.shape, bool)
                take[rows] = np.log(rng.random((len(rows), theta.shape[1]))) < gain[rows]
                theta = np.where(take, new, theta)
            step = np.einsum("gij,gj->gi", factor, rng.standard_normal((layout.n_items, 3)))
            b, l1, l2 = beta + step[:, 0], k1 + step[:, 1], k2 + step[:, 2]
            fine = l1 < l2
            b, l1, l2 = (np.where(fine, x, y) for x, y in ((b, beta), (l1, k1), (l2, k2)))
            lp = [
                -0.5 * (p[0] / DISCRIMINATION_SD) ** 2
                - 0.5 * (p[1] ** 2 + p[2] ** 2) / CUT_POINT_SD**2
                + HALF_A_VOTE * np.log(-np.expm1(p[1] - p[2]))
                for p in ((beta, k1, k2), (b, l1, l2))
            ]
            gain = lp[1] - lp[0]
            for t, block in enumerate(layout.blocks):
                change = _log_likelihood(block, theta[t], b, l1, l2) - _log_likelihood(
                    block, theta[t], beta, k1, k2
                )
                np.add.at(gain, block.items, change.sum(axis=0))
            take = fine & (np.log(rng.random(layout.n_items)) < gain)
            beta, k1, k2 = (np.where(take, x, y) for x, y in ((b, beta), (l1, k1), (l2, k2)))
            mean, sd = theta[seen].mean(), theta[seen].std()
            theta = (theta - mean) / sd
            k1, k2, beta = k1 - beta * mean, k2 - beta * mean, beta * sd
            if sweep >= burn:
                total += theta
                square += theta**2
                kept += 1
        mean = total / kept
        spread = np.sqrt(np.maximum(square / kept - mean**2, 0))
    _line(f"Metropolis, {sweeps} sweeps, wall s", f"{time.perf_counter() - clock:.0f}")
    r = _within(state.theta, mean, seen)
    _line(
        "  r with it, all state-sessions", f"{np.corrcoef(state.theta[seen], mean[seen])[0, 1]:.4f}"
    )
    _line("  r within a session, median (min)", f"{np.median(r):.4f} ({r.min():.4f})")
    ratio = np.sqrt(joint.variance)[seen] / spread[seen]
    _line(
        "  sd of ours over its sd, median (5 %, 95 %)",
        f"{np.median(ratio):.2f} ({np.quantile(ratio, 0.05):.2f}, {np.quantile(ratio, 0.95):.2f})",
    )
    inside = np.abs(mean - state.theta)[seen] <= Z90 * np.sqrt(joint.variance)[seen]
    _line("  its means inside our 90 % intervals", f"{inside.mean():.3f}")


def published(path: str | Path) -> None:
    """Compare with a file of published estimates: columns session, IdealPointAll, iso3c."""
    found = fit_positions(open_archive())
    by_session: dict[int, list[tuple[float, float]]] = defaultdict(list)
    with Path(path).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            at = found.row.get((row["iso3c"], int(row["session"])))
            if at is not None:
                by_session[int(row["session"])].append(
                    (float(found.position[at]), float(row["IdealPointAll"]))
                )
    r = np.array([np.corrcoef(np.array(rows).T)[0, 1] for rows in by_session.values()])
    every = np.array([pair for rows in by_session.values() for pair in rows])
    _line("published estimates, state-sessions compared", f"{len(every):,}")
    _line("  r within a session, median (min)", f"{np.median(r):.4f} ({r.min():.4f})")
    _line("  r pooled", f"{np.corrcoef(every.T)[0, 1]:.4f}")
