"""From a sheet to arrays: the centre of what is known, and profiles drawn from all of it.

The centre answers “what if things are as they seem”; draws answer “how sure is that”. Every draw
is seeded by its party and issue, so that a figure learnt about one leaves the others' draws alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.packages.core.problem import (
    Flags,
    Floats,
    Forbidden,
    Interaction,
    Ints,
    Problem,
    Requires,
)
from detente.packages.core.sampling import Profiles, intervals, ordered_simplex, ranked, simplex
from detente.packages.sheet import SCALE, Issue, Sheet, Stance, Weights

SEED = 20181120


def _ranks(stance: Stance, issue: Issue) -> Ints | None:
    """Return each option's rank, 1 best, where only an order is known; None where values are.

    On a ladder the practical maximum and what lies beyond are one rank, the acceptable minimum and
    what lies below it another.
    """
    if stance.kind not in ("ranking", "range"):
        return None
    place = {code: k for k, code in enumerate(issue.codes)}
    ranks = np.zeros(len(place), np.int64)
    rank, last = 0, None
    for group in stance.order:
        first = place[group[0]]
        fixed = stance.kind == "range" and stance.low[first] == stance.high[first]
        value = stance.low[first] if fixed else None
        if not fixed or value != last:
            rank += 1
        last = value
        ranks[[place[code] for code in group]] = rank
    return ranks


def centre_values(stance: Stance, issue: Issue) -> Floats:
    """Return the middle of what is known of each option's value, 0 to 100: (n_options,).

    Of an order the best is worth 100, the worst 0, and the steps between are even.
    """
    ranks = _ranks(stance, issue)
    if ranks is None:
        return np.asarray((np.array(stance.low) + np.array(stance.high)) / 2.0)
    return np.asarray(SCALE * (1.0 - (ranks - 1) / max(int(ranks.max()) - 1, 1)))


def _drawn_values(stance: Stance, issue: Issue, n: int, rng: np.random.Generator) -> Floats:
    ranks = _ranks(stance, issue)
    if ranks is None:
        return intervals(rng, n, np.array(stance.low), np.array(stance.high))
    return ranked(rng, n, ranks) * SCALE


def _weight_ranks(weights: Weights, issues: Sequence[Issue]) -> Ints:
    rank = {code: r for r, group in enumerate(weights.order, 1) for code in group}
    return np.array([rank[issue.code] for issue in issues], np.int64)


def centre_weights(weights: Weights, issues: Sequence[Issue]) -> Floats:
    """Return shares that sum to 1: as told, by rank-order centroid (Barron and Barrett 1996), or
    alike where nothing is known: (n_issues,)."""
    n = len(issues)
    if weights.numbers:
        return np.array([weights.numbers[issue.code] for issue in issues]) / SCALE
    if not weights.order:
        return np.full(n, 1.0 / n)
    centroid = np.array([sum(1.0 / k for k in range(rank, n + 1)) / n for rank in range(1, n + 1)])
    ranks = _weight_ranks(weights, issues)
    out = np.empty(n)
    start = 0
    for rank in range(1, int(ranks.max()) + 1):
        tied = ranks == rank
        out[tied] = centroid[start : start + int(tied.sum())].mean()
        start += int(tied.sum())
    return out


def _drawn_weights(
    weights: Weights, issues: Sequence[Issue], n: int, rng: np.random.Generator
) -> Floats:
    if weights.numbers:
        return np.repeat(centre_weights(weights, issues)[None, :], n, axis=0)
    if weights.order:
        return ordered_simplex(rng, n, _weight_ranks(weights, issues))
    return simplex(rng, n, len(issues))


def _interactions(sheet: Sheet) -> tuple[Interaction, ...]:
    """Return one array a pair of issues, at the middle of what is known."""
    place = {issue.code: k for k, issue in enumerate(sheet.issues)}
    parties = {party.code: p for p, party in enumerate(sheet.parties)}
    tables: dict[tuple[int, int], Floats] = {}
    for item in sheet.interactions:
        (a, i), (b, j) = sorted(
            (place[issue], sheet.issue(issue).codes.index(option)) for issue, option in item.pair
        )
        shape = (len(parties), len(sheet.issues[a].options), len(sheet.issues[b].options))
        table = tables.setdefault((a, b), np.zeros(shape))
        table[parties[item.party], i, j] += (item.low + item.high) / 2.0
    return tuple(Interaction(a, b, tables[a, b]) for a, b in sorted(tables))


def _no_deal(
    sheet: Sheet, tables: Sequence[Floats], pairs: Sequence[Interaction], shares: Floats
) -> Floats:
    """Return (n, n_parties) values of no deal; ``shares`` place each within its bounds."""
    out = np.empty((len(shares), len(sheet.parties)))
    for party, deal in enumerate(sheet.no_deals):
        if not deal.outcome:
            out[:, party] = deal.low + (deal.high - deal.low) * shares[:, party]
            continue
        holds = [issue.codes.index(deal.outcome[issue.code]) for issue in sheet.issues]
        out[:, party] = sum(
            table[:, party, option] for table, option in zip(tables, holds, strict=True)
        )
        for pair in pairs:
            out[:, party] += pair.values[party, holds[pair.a], holds[pair.b]]
    return out


def _conditions(sheet: Sheet) -> tuple[tuple[Forbidden, ...], tuple[Requires, ...]]:
    place = {issue.code: k for k, issue in enumerate(sheet.issues)}

    def spot(choice: tuple[str, str]) -> tuple[int, int]:
        return place[choice[0]], sheet.issue(choice[0]).codes.index(choice[1])

    forbidden = tuple(Forbidden(*spot(ban.pair[0]), *spot(ban.pair[1])) for ban in sheet.forbids)
    requires = []
    for rule in sheet.requires:
        allowed = [spot(choice) for choice in rule.then]
        requires.append(
            Requires(*spot(rule.when), allowed[0][0], tuple(option for _, option in allowed))
        )
    return forbidden, tuple(requires)


def _red_lines(sheet: Sheet) -> tuple[Flags, ...]:
    return tuple(
        np.array(
            [
                [code in sheet.stance(party.code, issue.code).red for code in issue.codes]
                for party in sheet.parties
            ],
            dtype=np.bool_,
        )
        for issue in sheet.issues
    )


def problem_of(sheet: Sheet) -> Problem:
    """Return the problem at the centre of what is known, values on 0 to 100."""
    weights = [centre_weights(item, sheet.issues) for item in sheet.weights]
    tables = tuple(
        np.array(
            [
                weights[p][k] * centre_values(sheet.stance(party.code, issue.code), issue)
                for p, party in enumerate(sheet.parties)
            ]
        )
        for k, issue in enumerate(sheet.issues)
    )
    pairs = _interactions(sheet)
    middle = np.full((1, len(sheet.parties)), 0.5)
    reservation = _no_deal(sheet, [table[None] for table in tables], pairs, middle)[0]
    forbidden, requires = _conditions(sheet)
    return Problem(tables, reservation, _red_lines(sheet), pairs, forbidden, requires)


def draw(sheet: Sheet, n: int, seed: int = SEED) -> Profiles:
    """Draw ``n`` profiles from what is known; interactions stay at their middle.

    Returns:
        core profiles: values and no-deal values on 0 to 100; the same seed gives the same draws.
    """
    weights = [
        _drawn_weights(item, sheet.issues, n, np.random.default_rng([seed, 1, p]))
        for p, item in enumerate(sheet.weights)
    ]
    tables = tuple(
        np.stack(
            [
                weights[p][:, k, None]
                * _drawn_values(
                    sheet.stance(party.code, issue.code),
                    issue,
                    n,
                    np.random.default_rng([seed, 2, p, k]),
                )
                for p, party in enumerate(sheet.parties)
            ],
            axis=1,
        )
        for k, issue in enumerate(sheet.issues)
    )
    shares = np.stack(
        [np.random.default_rng([seed, 3, p]).random(n) for p in range(len(sheet.parties))], axis=1
    )
    return Profiles(tables, _no_deal(sheet, tables, _interactions(sheet), shares))
