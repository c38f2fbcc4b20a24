"""Tension: is the index worth more than its parts, and what does it say of known moments?

`python -m bench tension` prints the figures of docs/methods/tension.md. It uses what ships; the
index of each decade is made without the crisis list of that decade, month by month with nothing
later (the Kalman filter).
"""

from __future__ import annotations

import time
from datetime import date

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from detente.archive import open_archive
from detente.tension.filter_arrays import filtered
from detente.tension.history_arrays import percentile
from detente.tension.latent_arrays import Floats, smooth
from detente.tension.levels import HELD, PACE, parameters
from detente.tension.loading_arrays import estimate
from detente.tension.panel import START, Panel, build_panel, date_of
from detente.tension.sources import CENSUS_ENDS, NAMES

AHEAD = 12
SHOWN = ("votes", "council", "crises", "peace", "expert", "risk")
DECADES = tuple(range(1950, 2020, 10))
MOMENTS = {
    ("RUS", "USA"): ("1950-06", "1962-10", "1972-05", "1983-11", "1991-12", "2001-09", "2014-03",
                     "2018-10", "2022-03", "2022-12", "2023-12"),
    ("CHN", "USA"): ("1950-11", "1962-10", "1972-02", "1989-06", "2001-04", "2019-06", "2020-08",
                     "2021-06"),
    ("CHN", "RUS"): ("1950-06", "1962-10", "1969-03", "1989-05", "2001-07", "2018-10"),
}  # fmt: skip


def run() -> None:
    """Print every table."""
    with threadpool_limits(1):
        archive = open_archive()
        panel = build_panel(archive, every_pair())
        print(f"{len(panel.pairs)} pairs, {len(panel.y)} months")
        _parameters()
        _crises(panel)
        _expert(panel)
        _moments(panel)
        _speed()


def every_pair() -> list[tuple[str, str]]:
    """Return every pair of which something about the pair ships."""
    rows = open_archive().sql(
        "select distinct a, b from tension_series where source in ('peace', 'expert', 'network') "
        "order by a, b"
    )
    return [(a, b) for a, b in rows]


def auc(score: Floats, outcome: NDArray[np.bool_]) -> float:
    """Return the area under the curve: the chance that a case scores above a non-case."""
    known = np.isfinite(score)
    score, outcome = score[known], outcome[known]
    if outcome.all() or not outcome.any():
        return float("nan")
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    # Ties share their mean rank.
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.bincount(inverse, ranks) / counts)[inverse]
    n1 = int(outcome.sum())
    return float((ranks[outcome].sum() - n1 * (n1 + 1) / 2) / (n1 * (len(score) - n1)))


def onsets(panel: Panel) -> NDArray[np.bool_]:
    """Return (T, N): whether a crisis of the pair begins in the month."""
    s = NAMES.index("crises")
    full = panel.y[:, s] >= 1.0
    before = np.zeros_like(full)
    before[1:] = full[:-1]
    return np.asarray(full & ~before)


def soon(begins: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return (T, N): whether a crisis begins within the twelve months after the month."""
    found = np.zeros_like(begins)
    for ahead in range(1, AHEAD + 1):
        found[:-ahead] |= begins[ahead:]
    return found


def as_known(y: Floats) -> Floats:
    """Return the panel with the peace scale moved to the July in which it counts as known."""
    moved = y.copy()
    s = NAMES.index("peace")
    moved[:, s] = np.nan
    moved[7:, s] = y[:-7, s]
    return moved


def carried(values: Floats) -> Floats:
    """Return (T, N) the last value known so far."""
    found = values.copy()
    for t in range(1, len(found)):
        gone = ~np.isfinite(found[t])
        found[t, gone] = found[t - 1, gone]
    return found


def _crises(panel: Panel) -> None:
    """Print the area under the curve for a crisis within twelve months, by held-out decade."""
    y = as_known(panel.y)
    crises = NAMES.index("crises")
    target = soon(onsets(panel))
    on = panel.y[:, crises] >= 1.0
    # A month counts where the list covers the twelve that follow.
    census = (CENSUS_ENDS - START // 12) * 12
    months = START // 12 + np.arange(len(y)) // 12
    singles = {name: carried(y[:, s]) for s, name in enumerate(NAMES)}
    standard = np.stack([_standard(singles[name]) for name in NAMES if name != "crises"])
    plain = _mean(standard)
    rows = {}
    print("\nAUC, a crisis of the pair within 12 months; months already in a crisis left out")
    head = ["index", "index+", "average", *SHOWN]
    print(f"{'decade':8}{'months':>9}{'cases':>7}" + "".join(f"{name:>10}" for name in head))
    for decade in (*DECADES, "all"):
        years = DECADES if decade == "all" else (decade,)
        scores: dict[str, list[Floats]] = {name: [] for name in head}
        outcomes, columns = [], []
        for first in years:
            if first not in rows:
                held = y.copy()
                inside = (months >= first) & (months < first + 10)
                held[inside, crises] = np.nan
                found = estimate(held, PACE, HELD).parameters
                rows[first] = (inside, filtered(held, found)[0],
                               filtered(y, found)[0])  # fmt: skip
            inside, without, with_ = rows[first]
            here = inside[:, None] & (np.arange(len(y))[:, None] >= panel.begun[None]) & ~on
            here &= np.isfinite(panel.y[:, crises]) & (np.arange(len(y))[:, None] < census)
            outcomes.append(target[here])
            columns.append(np.broadcast_to(np.arange(y.shape[2]), here.shape)[here])
            for name in head:
                values = {"index": without, "index+": with_, "average": plain}
                source = values[name] if name in values else singles[name]
                scores[name].append(source[here])
        outcome = np.concatenate(outcomes)
        cells = [auc(np.concatenate(scores[name]), outcome) for name in head]
        print(
            f"{decade!s:8}{len(outcome):9}{int(outcome.sum()):7}"
            + "".join(f"{value:10.3f}" for value in cells)
        )
    pooled = {name: np.concatenate(scores[name]) for name in head}
    pair = np.concatenate(columns)
    print(f"{'peace':24}" + "".join(
        f"{auc(np.where(np.isfinite(pooled['peace']), pooled[name], np.nan), outcome):10.3f}"
        for name in head) + "   all decades, where the peace scale has a value")  # fmt: skip
    print(f"{'within pairs':24}" + "".join(
        f"{within_pairs(pooled[name], outcome, pair):10.3f}" for name in head
    ) + "   all decades, mean over pairs by cases")  # fmt: skip
    print("index: without the decade's crises; index+: with those before each month; others alone")


def within_pairs(score: Floats, outcome: NDArray[np.bool_], pair: NDArray[np.int64]) -> float:
    """Return the mean area under the curve within pairs, weighted by cases."""
    total, weight = 0.0, 0
    for one in np.unique(pair[outcome]):
        here = pair == one
        area, cases = auc(score[here], outcome[here]), int(outcome[here].sum())
        if np.isfinite(area):
            total, weight = total + area * cases, weight + cases
    return total / max(weight, 1)


def _standard(values: Floats) -> Floats:
    """Return a series in standard deviations over all pairs and months."""
    if not np.isfinite(values).any():
        return values
    return (values - np.nanmean(values)) / (np.nanstd(values) or 1.0)


def _mean(stack: Floats) -> Floats:
    seen = np.isfinite(stack)
    n = seen.sum(0)
    found: Floats = np.where(n > 0, np.where(seen, stack, 0.0).sum(0) / np.maximum(n, 1), np.nan)
    return found


def _parameters() -> None:
    """Print what each source is taken for, today and as of November 2018."""
    print("\nloading (correlation with the level within pairs) and slowness of the noise")
    print(f"{'source':16}{'2018-11':>16}{'today':>16}")
    then = parameters(open_archive(date(2018, 11, 20)))
    now = parameters(open_archive())
    for s, name in enumerate(NAMES):
        cells = [f"{e.loading[s]:8.2f}{e.slowness[s]:8.1f}" for e in (then, now)]
        print(f"{name:16}" + "".join(cells))
    level = now.parameters
    print(f"step variance a month: {level.q:.5f}; what EM would give: {_em_step():.5f}")


def _em_step() -> float:
    """Return the step's variance after one sweep of EM, the other parameters as they are."""
    from detente.tension.latent_arrays import spans
    from detente.tension.levels import CORE

    panel = build_panel(open_archive(), [(a, b) for a in CORE for b in CORE if a < b])
    post = smooth(panel.y, parameters(open_archive()).parameters)
    within = spans(panel.y)
    both = within[1:] & within[:-1]
    moves = np.diff(post.mean, axis=0) ** 2 + post.variance[1:] + post.variance[:-1]
    return float((moves - 2.0 * post.step)[both].mean())


def _expert(panel: Panel) -> None:
    """Print rank correlations with the expert scores, held out, within each pair and over all."""
    from scipy.stats import spearmanr

    s = NAMES.index("expert")
    truth = panel.y[:, s]
    held = panel.y.copy()
    held[:, s] = np.nan
    core = estimate(held, PACE, HELD).parameters
    post = smooth(held, core)
    plain = _mean(np.stack([_standard(carried(held[:, k])) for k in range(len(NAMES)) if k != s]))
    rows = [i for i in range(len(panel.pairs)) if np.isfinite(truth[:, i]).sum() >= 120]
    names = (
        "index",
        "average",
        "votes",
        "council",
        "crises",
        "peace",
        "risk",
        "gdelt-china",
        "icews-china",
    )
    print("\nSpearman correlation with the expert scores of a pair, expert scores held out")
    print(f"{'pair':10}" + "".join(f"{name:>13}" for name in names))
    table = []
    for i in rows:
        cells = []
        for name in names:
            if name == "index":
                column = post.mean[:, i]
            elif name == "average":
                column = plain[:, i]
            else:
                column = panel.y[:, NAMES.index(name), i]
            both = np.isfinite(truth[:, i]) & np.isfinite(column)
            both &= np.arange(len(column)) >= panel.begun[i]
            some = both.sum() >= 24 and np.ptp(column[both]) > 0
            cells.append(float(spearmanr(truth[both, i], column[both])[0]) if some else np.nan)
        table.append(cells)
        print(f"{'-'.join(panel.pairs[i]):10}" + "".join(f"{c:13.2f}" for c in cells))
    print(f"{'mean':10}" + "".join(f"{c:13.2f}" for c in np.nanmean(table, axis=0)))


def _moments(panel: Panel) -> None:
    """Print known moments as the model sees them, of the whole record and as known then."""
    core = parameters(open_archive()).parameters
    post = smooth(panel.y, core)
    print("\nknown moments: percentile in the pair's whole history; the last earlier month"
          " that was higher; in its history until then")  # fmt: skip
    for pair, months in MOMENTS.items():
        i = panel.pairs.index(pair)
        begun = int(panel.begun[i])
        history = post.mean[begun:, i]
        print("-".join(pair))
        for month in months:
            year, number = int(month[:4]), int(month[5:])
            t = year * 12 + number - 1 - START
            share = 100.0 * float((history < post.mean[t, i]).mean())
            known = _then(pair, date(year, number, 28))
            level = post.mean[: t + 1, i]
            above = np.flatnonzero(level[begun:] > level[-1])
            since = str(date_of(begun + int(above[-1])))[:7] if len(above) else "never"
            print(f"  {month}  level {level[-1]:6.2f}   {share:5.0f} %   higher before: {since}"
                  f"   then: {known}")  # fmt: skip


def _then(pair: tuple[str, str], day: date) -> str:
    archive = open_archive(day)
    panel = build_panel(archive, [pair])
    post = smooth(panel.y, parameters(archive).parameters)
    begun = int(panel.begun[0])
    if begun >= len(panel.y) - 1:
        return "unknown"
    found = percentile(post.mean[begun:, 0].copy(), post.variance[begun:, 0], post.last[begun:, 0])
    return f"{found.value:3.0f} % ({found.low:.0f} to {found.high:.0f})"


def _speed() -> None:
    """Print the time of the whole answer for Astana."""
    from pathlib import Path

    from detente.case import open_case
    from detente.tension import tension

    path = Path(__file__).parents[1] / "cases" / "astana.toml"
    case, archive = open_case(path)
    for what in ("first", "second"):
        wall, cpu = time.perf_counter(), time.process_time()
        tension(archive, case, use_events=False)
        print(
            f"\nAstana, {what} call: {time.perf_counter() - wall:.1f} s, "
            f"CPU {time.process_time() - cpu:.1f} s",
            end="",
        )
    print()


if __name__ == "__main__":
    run()
