"""The track record as a page: the ladder, novelty, calibration and the worst misses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.forecast.backtest import BANDS, METHODS, PARTIES, VARIANTS, Track
from detente.forecast.scores_arrays import (
    area_under_curve,
    brier,
    calibration_error,
    cell_losses,
    hits,
    interval_over_groups,
    reliability,
)

_MISSES = 12


def page(track: Track) -> str:
    """Return the page in Markdown."""
    sessions = np.unique(track.session)
    cells = int((track.votes >= 0).sum())
    return "\n".join(
        [
            "# Track record",
            "",
            f"Written by `detente backtest --sessions {sessions[0]}-{sessions[-1]}`; do not edit.",
            "",
            f"{len(track.text)} texts adopted by a recorded vote in sessions {sessions[0]} to "
            f"{sessions[-1]}, {cells:,} votes. Each session is forecast by what was fitted on the "
            "twelve sessions before it, each day from the days before it; absences are not votes. "
            "Intervals are 90 %, from drawing sessions anew.",
            "",
            *_ladder(track),
            *_less_known(track),
            *_joint(track),
            *_passage(track),
            *_novelty(track),
            *_by_session(track),
            *_misses(track),
        ]
    )


def _interval(
    values: NDArray[np.float64], keep: NDArray[np.bool_], session: NDArray[np.int64]
) -> str:
    """Return a mean over cells with its interval over sessions."""
    groups = [values[keep & (session == one)] for one in np.unique(session)]
    total = np.array([np.nansum(group) for group in groups])
    count = np.array([np.count_nonzero(~np.isnan(group)) for group in groups], np.float64)
    low, high = interval_over_groups(total, count)
    return f"{total.sum() / count.sum():.3f} ({low:.3f}–{high:.3f})"


def _ladder(track: Track) -> list[str]:
    lines = [
        "## The ladder",
        "",
        f"Contested: under 90 % yes among those who voted ({int(track.contested.sum())} texts).",
        "",
        "| method | log loss | accuracy | log loss, contested | accuracy, contested |",
        "|---|---|---|---|---|",
    ]
    return [*lines, *(_row(track, method) for method in METHODS), ""]


def _row(track: Track, method: str) -> str:
    loss = cell_losses(track.chances[method], track.votes)
    hit = hits(track.chances[method], track.votes)
    columns = [
        _interval(values, keep, track.session)
        for keep in (np.ones(len(track.text), bool), track.contested)
        for values in (loss, hit)
    ]
    return f"| {method} | " + " | ".join(columns) + " |"


def _less_known(track: Track) -> list[str]:
    return [
        "## With less known",
        "",
        "The forecast above has a text's headings, its sponsors where they are on record (from "
        "October 2019 on), and the session's earlier votes. Title alone: without headings and "
        "sponsors. The other two know nothing later than the opening of the session, or than a "
        "year before it: what a record that has ended is still worth.",
        "",
        "| known | log loss | accuracy | log loss, contested | accuracy, contested |",
        "|---|---|---|---|---|",
        *(_row(track, variant) for variant in VARIANTS),
        "",
    ]


def _passage(track: Track) -> list[str]:
    found = track.passage
    if found is None:
        return []
    mine, base = (brier(chance, found.happened) for chance in (found.chance, found.base))
    area = area_under_curve(found.chance, found.happened)
    return [
        "## Passes without a vote",
        "",
        f"{len(found.chance)} texts whose titles are on record whether or not a vote was taken, "
        f"from November 2019 on; {found.happened.mean():.0%} passed without one. Brier score "
        f"{mine:.3f}, {1 - mine / base:.0%} below always stating the share of all earlier texts "
        f"({base:.3f}); area under the curve {area:.3f}; calibration "
        f"error {calibration_error(found.chance, found.happened):.3f}.",
        "",
    ]


def _joint(track: Track) -> list[str]:
    objected = track.objected()
    lines = [
        "## Who objects",
        "",
        "A party objects when it votes no; the European Union when one of its members does, as in "
        "the denominators. Calibration error: mean gap between chance and share over tenths.",
        "",
        "| | texts where it happened | area under the curve | Brier gain over base rate |"
        " calibration error |",
        "|---|---|---|---|---|",
    ]
    rows = [(party, track.party_no[:, i], objected[:, i]) for i, party in enumerate(PARTIES)]
    rows.append(("nobody objects", track.none, track.nobody()))
    for name, chance, happened in rows:
        base = float(happened.mean())
        gain = 1 - brier(chance, happened) / max(base * (1 - base), 1e-9)
        lines.append(
            f"| {name} | {int(happened.sum())} | {area_under_curve(chance, happened):.3f} | "
            f"{100 * gain:.0f} % | {calibration_error(chance, happened):.3f} |"
        )
    unanimous = track.votes[:, track.record.columns(PARTIES[:3])] == 0
    most = ((track.votes == 0) & track.eu).sum(1) > 0.5 * ((track.votes >= 0) & track.eu).sum(1)
    majority = ~(unanimous.any(1) | most)
    lines += [
        "",
        "With the European Union counted as objecting only where most of its voting members do, "
        f"nobody objected to {int(majority.sum())} texts and the same chance has an area of "
        f"{area_under_curve(track.none, majority):.3f}.",
        "",
        "![Reliability](track-record.svg)",
        "",
    ]
    return lines


def _novelty(track: Track) -> list[str]:
    lines = [
        "## By novelty",
        "",
        "Likeness of the nearest earlier title.",
        "",
        "| likeness | texts | forecast: accuracy | state majority: accuracy | forecast: log loss |"
        " state majority: log loss |",
        "|---|---|---|---|---|---|",
    ]
    for low, high in BANDS:
        here = (track.nearest >= low) & (track.nearest < high)
        if not here.any():
            continue
        votes = track.votes[here]
        cells = [
            float(np.nanmean(score(track.chances[method][here], votes)))
            for score in (hits, cell_losses)
            for method in ("forecast", "state majority")
        ]
        lines.append(
            f"| {low:g} to {min(high, 1):g} | {int(here.sum())} | "
            + " | ".join(f"{cell:.3f}" for cell in cells)
            + " |"
        )
    return [*lines, ""]


def _by_session(track: Track) -> list[str]:
    lines = ["## By session", "", "| session | texts | log loss | accuracy |", "|---|---|---|---|"]
    for session in np.unique(track.session):
        here = track.session == session
        loss = np.nanmean(cell_losses(track.chances["forecast"][here], track.votes[here]))
        hit = np.nanmean(hits(track.chances["forecast"][here], track.votes[here]))
        lines.append(f"| {session} | {int(here.sum())} | {loss:.3f} | {hit:.3f} |")
    return [*lines, ""]


def _misses(track: Track) -> list[str]:
    loss = np.nanmean(cell_losses(track.chances["forecast"], track.votes), axis=1)
    worst = np.argsort(-loss, kind="stable")[:_MISSES]
    lines = [
        "## The worst misses",
        "",
        "| text | date | title | log loss | nearest title |",
        "|---|---|---|---|---|",
    ]
    record = track.record
    for row in worst:
        i = int(track.text[row])
        title = str(record.title[i]).replace("|", "/")[:110]
        lines.append(
            f"| {record.symbol[i]} | {record.day[i]} | {title} | {loss[row]:.2f} | "
            f"{track.nearest[row]:.2f} |"
        )
    return [*lines, ""]


def diagram(track: Track) -> str:
    """Return reliability diagrams as SVG: each party's objections, and nobody's."""
    objected = track.objected()
    panels = [(party, track.party_no[:, i], objected[:, i]) for i, party in enumerate(PARTIES)]
    panels.append(("nobody objects", track.none, track.nobody()))
    parts: list[str] = []
    for number, (name, chance, happened) in enumerate(panels):
        parts += _panel(10 + 150 * number, name, chance, happened)
    width = 10 + 150 * len(panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 180" '
        f'font-family="sans-serif" font-size="11" role="img" '
        f'aria-label="Forecast chance against share that happened">\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _panel(
    left: int, name: str, chance: NDArray[np.float64], happened: NDArray[np.bool_]
) -> Sequence[str]:
    side, top = 130, 24
    mean, share, counts = reliability(chance, happened)
    found = [
        f'<text x="{left}" y="16">{name}</text>',
        f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        f'<line x1="{left}" y1="{top + side}" x2="{left + side}" y2="{top}" stroke="#bbb"/>',
    ]
    for x, y, count in zip(mean, share, counts, strict=True):
        found.append(
            f'<circle cx="{left + side * x:.1f}" cy="{top + side * (1 - y):.1f}" '
            f'r="{1.5 + np.log10(count) * 1.5:.1f}" fill="#1f5a8a" fill-opacity="0.8"/>'
        )
    return found


def figures(track: Track) -> str:
    """Return what the dossier says of the track record, as CSV, a row a session.

    Sums over votes: of losses and of right answers, for three methods; and over texts, of squared
    errors of “nobody objects”, with how often it was true.
    """
    methods = ("forecast", "nearest title", "state majority")
    head = ["session", "texts", "votes"]
    head += [f"{method} {what}" for method in methods for what in ("loss", "right")]
    head += ["nobody objects", "squared error"]
    lines = [",".join(head)]
    for session in np.unique(track.session):
        here = track.session == session
        votes = track.votes[here]
        line = [f"{session}", f"{here.sum()}", f"{(votes >= 0).sum()}"]
        for method in methods:
            chances = track.chances[method][here]
            line.append(f"{np.nansum(cell_losses(chances, votes)):.2f}")
            line.append(f"{np.nansum(hits(chances, votes)):.0f}")
        truth = track.nobody()[here]
        line += [f"{truth.sum()}", f"{np.sum((track.none[here] - truth) ** 2):.4f}"]
        lines.append(",".join(line))
    return "\n".join(lines) + "\n"


def write(track: Track, path: Path, data: Path | None = None) -> None:
    """Write the page, its diagram beside it, and the figures of the dossier where asked."""
    if data is not None:
        data.write_text(figures(track), encoding="utf-8")
    path.write_text(page(track), encoding="utf-8")
    path.with_suffix(".svg").write_text(diagram(track), encoding="utf-8")
