"""Tension: what the choices on the Council and on the level's step were made on.

`python -m bench tension_choices` prints, for the index without the Council, with it at the loading
that its correlations give and at the one it is held at, and for several steps of the level: the
areas under the curve of `bench.tension`, the correlation with held-out expert scores, and three
moments. About three minutes of CPU.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bench.tension import DECADES, as_known, auc, every_pair, onsets, soon, within_pairs
from detente.archive import open_archive
from detente.tension.filter_arrays import filtered
from detente.tension.latent_arrays import Floats, Parameters, smooth
from detente.tension.levels import CORE, HELD, PACE
from detente.tension.loading_arrays import QUICK, estimate
from detente.tension.panel import START, Panel, build_panel
from detente.tension.sources import CENSUS_ENDS, NAMES

# Council: absent, free (its own loading) or held; times the step of a walk with variance 1.
VARIANTS = (
    ("absent", 1), ("free", 1), ("held", 1), ("held", 2), ("held", 4), ("held", 8), ("absent", 4),
)  # fmt: skip
MOMENTS = ((1962, 10), (2018, 10), (2022, 12))
COUNCIL, CRISES, EXPERT = (NAMES.index(name) for name in ("council", "crises", "expert"))


def run() -> None:
    """Print the table."""
    with threadpool_limits(1):
        archive = open_archive()
        panel = build_panel(archive, every_pair())
        core = build_panel(archive, [(a, b) for a in CORE for b in CORE if a < b])
        heads = ("AUC", "AUC+", "within", "within+", "expert", *(f"{y}-{m}" for y, m in MOMENTS))
        print("Council, step" + "".join(f"{head:>9}" for head in heads) + "   (USA-RUS, per cent)")
        for council, step in VARIANTS:
            cells = [
                *_crises(panel, council, step),
                _expert(panel, council, step),
                *_moments(panel, core, council, step),
            ]
            print(f"{council:8}{step:5}" + "".join(f"{cell:9.3f}" for cell in cells), flush=True)


def _without(y: Floats, council: str) -> Floats:
    found = y.copy()
    if council == "absent":
        found[:, COUNCIL] = np.nan
    return found


def _made(y: Floats, council: str, step: int) -> Parameters:
    p = estimate(y, PACE, None if council == "free" else HELD).parameters
    return replace(p, q=p.q * step / QUICK)


def _crises(panel: Panel, council: str, step: int) -> tuple[float, float, float, float]:
    """Return areas for a crisis within twelve months of held-out decades, over all and in pairs."""
    y = _without(as_known(panel.y), council)
    years = (START // 12 + np.arange(len(y)) // 12)[:, None]
    list_ = panel.y[:, CRISES]
    counts = (list_ < 1.0) & (years < CENSUS_ENDS)
    counts &= np.arange(len(y))[:, None] >= panel.begun[None]
    target = soon(onsets(panel))
    columns = np.broadcast_to(np.arange(y.shape[2]), counts.shape)
    parts: list[tuple[Floats, Floats, NDArray[np.bool_], NDArray[np.int64]]] = []
    for first in DECADES:
        inside = (years >= first) & (years < first + 10)
        held = y.copy()
        held[inside[:, 0], CRISES] = np.nan
        p = _made(held, council, step)
        here = counts & inside
        parts.append(
            (filtered(held, p)[0][here], filtered(y, p)[0][here], target[here], columns[here])
        )
    index, more, outcome, pair = (np.concatenate(part) for part in zip(*parts, strict=True))
    return (
        auc(index, outcome),
        auc(more, outcome),
        within_pairs(index, outcome, pair),
        within_pairs(more, outcome, pair),
    )


def _expert(panel: Panel, council: str, step: int) -> float:
    """Return the mean rank correlation with expert scores that the index did not see."""
    from scipy.stats import spearmanr

    held = _without(panel.y, council)
    held[:, EXPERT] = np.nan
    mean = smooth(held, _made(held, council, step)).mean
    found = []
    for i in range(len(panel.pairs)):
        truth = panel.y[:, EXPERT, i]
        both = np.isfinite(truth) & (np.arange(len(truth)) >= panel.begun[i])
        if both.sum() >= 120:
            found.append(float(spearmanr(truth[both], mean[both, i])[0]))
    return float(np.mean(found))


def _moments(panel: Panel, core: Panel, council: str, step: int) -> list[float]:
    """Return the percentile of three months for the United States and Russia."""
    p = _made(_without(core.y, council), council, step)
    i = panel.pairs.index(("RUS", "USA"))
    level = smooth(_without(panel.y[:, :, [i]], council), p).mean[int(panel.begun[i]) :, 0]
    at = [year * 12 + month - 1 - START - int(panel.begun[i]) for year, month in MOMENTS]
    return [100.0 * float((level < level[t]).mean()) for t in at]
