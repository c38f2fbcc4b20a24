"""Whom to persuade for the recommended vote, for the section on convening."""

from __future__ import annotations

from detente.convening.support.persuade import Candidate, Persuasion, ShortList
from detente.dossier.blocks import Block, Bullets, Column, Heading, Paragraph, Runs, Table
from detente.dossier.sections.convening_words import ConveningWords

MOST_LISTED, MOST_BLOCKERS, MOST_CANDIDATES = 12, 8, 5


def _names(w: ConveningWords, states: tuple[Candidate, ...]) -> str:
    names = [w.name(one.iso3) for one in states[:MOST_LISTED]]
    left = len(states) - len(names)
    return (
        w.listed(names)
        if not left
        else w.say("{some} and {n} more", some=", ".join(names), n=w.whole(left))
    )


def _list(w: ConveningWords, one: ShortList) -> Runs:
    target = w.percent(one.target)
    if one.states is None:
        return w.runs(
            "**{target}:** out of reach, even with every state that can be asked.", target=target
        )
    if not one.states:
        return w.runs("**{target}:** reached as things stand.", target=target)
    found = w.runs(
        "**{target}:** {states}; the chance is then {reached}.",
        target=target,
        states=_names(w, one.states),
        reached=w.certain(one.reached),
    )
    if one.proved:
        return found
    return found + w.runs(" A shorter list may exist, of {n} at least.", n=w.whole(one.fewest))


def persuading(w: ConveningWords, route: str, found: Persuasion | None) -> list[Block]:
    """Return whom to persuade and who can block, for the vote of a route.

    Args:
        w: the words.
        route: the route's title.
        found: what `detente.convening.support.persuade` found; None where no vote is recommended.
    """
    if found is None:
        return []
    blocks: list[Block] = [
        Heading(w.say("Whom to persuade")),
        Paragraph(
            w.runs(
                "{route}: about {n} are expected to support it, and the chance is {chance}. The "
                "shortest lists of states whose support would bring the chance to a target:",
                route=route,
                n=w.whole(round(found.now.expected)),
                chance=w.certain(found.now.probability),
            )
        ),
        Bullets(tuple(_list(w, one) for one in found.lists)),
    ]
    if found.candidates:
        blocks.append(
            Table(
                "table-persuade",
                w.say("The states that add most for how far they have to move"),
                (
                    Column(w.say("State"), 2.0),
                    Column(w.say("Chance of its support now"), 1.3, "right"),
                    Column(w.say("Way to go"), 1.0, "right"),
                    Column(w.say("Points added if it alone is won"), 1.4, "right"),
                ),
                tuple(
                    (
                        w.plain(w.name(one.iso3)),
                        w.plain(w.certain(one.chance)),
                        w.plain(w.decimal(one.move, 1)),
                        w.plain(w.decimal(100 * one.adds, 1)),
                    )
                    for one in found.candidates[:MOST_CANDIDATES]
                ),
                w.runs(
                    "Way to go: in log odds, to a chance of 95% that it supports. Points are "
                    "percentage points of the chance of the whole."
                ),
            )
        )
    blocks += _blocking(w, found)
    return blocks


def _blocking(w: ConveningWords, found: Persuasion) -> list[Block]:
    if found.alone:
        listed = [
            f"{w.name(code)} ({w.certain(chance)})" for code, chance in found.alone[:MOST_BLOCKERS]
        ]
        return [
            Paragraph(
                w.runs(
                    "Each of {n} can block alone; likeliest to: {states}.",
                    n=w.whole(len(found.alone)),
                    states=w.listed(listed),
                )
            )
        ]
    if found.block > 1:
        n = w.whole(found.block)
        if found.by_noes:
            return [
                Paragraph(
                    w.runs(
                        "Nobody can block alone: {n} that vote no always do, fewer where not all "
                        "vote.",
                        n=n,
                    )
                )
            ]
        return [
            Paragraph(w.runs("Nobody can block alone: it takes {n} that withhold support.", n=n))
        ]
    return []
