"""What `detente convene --persuade` prints: whom to persuade, and who can block alone."""

from __future__ import annotations

from typing import Any

from detente.archive import Archive
from detente.case import Case
from detente.cli.convene_text import Page, print_title
from detente.convening.findings import Chance, Comparison
from detente.convening.persuading import persuading
from detente.convening.support.persuade import Candidate, Persuasion
from detente.convening.support.wording import list_words
from detente.convening.wording import Wording
from detente.errors import NotFound

MOST_ALONE = 6


def _named(one: Candidate, words: Wording) -> str:
    return f"{words.name(one.iso3)} ({words.share(one.chance)})"


def _together(found: Persuasion, words: Wording) -> str:
    """Say how many together can always block where nobody can alone."""
    if not found.block:
        return words.say("nobody")
    if found.by_noes:
        return words.say(
            "nobody; {count} that vote no always block, and fewer do where not all vote",
            count=found.block,
        )
    return words.say("nobody; {count} that withhold their yes always block", count=found.block)


def print_persuade(archive: Archive, case: Case, found: Comparison, words: Wording) -> None:
    """Print the shortest lists for each threshold, then the parties by how likely they accept.

    Raises:
        NotFound: the record is too thin to say who would support the route.
    """
    page, say = Page(words), words.say
    answers = persuading(archive, case, found)
    if not answers and found.support is None:
        raise NotFound(
            "the record holds too few votes to convene before this day to say whom to persuade: "
            "choose a later as-of date"
        )
    print_title(page, found)
    for one in answers:
        odds = one.found.now
        page.head(
            words.labelled(one.route.route.title(words.lang), one.step.rule.title(words.lang))
        )
        page.line(
            say(
                "{needed}; about {expected} expected in favour; chance {chance}",
                needed=words.needed(one.step.needed),
                expected=round(odds.expected),
                chance=words.chance(
                    Chance(odds.probability, odds.probability_low, odds.probability_high)
                ),
            )
        )
        page.line(say("Shortest lists of states whose support brings the chance to a target"))
        for short in one.found.lists:
            page.item(list_words(short, words.lang, words.name))
        if one.found.candidates:
            page.line(say("Each alone, by what it adds for how far it has to move"))
            for state in one.found.candidates[:MOST_ALONE]:
                page.item(
                    say(
                        "{state}: adds {adds} points",
                        state=_named(state, words),
                        adds=f"{100 * state.adds:.1f}".replace(
                            ".", "," if words.lang == "fr" else "."
                        ),
                    )
                )
        alone = [(code, p) for code, p in one.found.alone[:MOST_ALONE]]
        page.line(say("Who can block alone"))
        if not alone:
            page.item(_together(one.found, words))
        for code, p in alone:
            page.item(
                say("{state}: would with a chance of {p}", state=words.name(code), p=words.share(p))
            )
    page.head(say("The parties, the hardest first"))
    for party in sorted(found.acceptance, key=lambda one: one.p):
        page.item(
            words.labelled(
                words.name(party.party), words.chance(Chance(party.p, party.low, party.high))
            )
        )


def values(archive: Archive, case: Case, found: Comparison, words: Wording) -> list[dict[str, Any]]:
    """Return the same as JSON values."""
    return [
        {
            "route": one.route.route.id,
            "rule": one.step.rule.id,
            "needed": words.needed(one.step.needed),
            "chance": one.found.now.probability,
            "lists": [
                {
                    "target": short.target,
                    "states": None
                    if short.states is None
                    else [state.iso3 for state in short.states],
                    "reached": short.reached,
                    "fewest": short.fewest,
                    "proved": short.proved,
                }
                for short in one.found.lists
            ],
            "candidates": [
                {
                    "state": state.iso3,
                    "chance": state.chance,
                    "move": state.move,
                    "adds": state.adds,
                }
                for state in one.found.candidates
            ],
            "can_block_alone": [{"state": code, "chance": p} for code, p in one.found.alone],
            "block": one.found.block,
        }
        for one in persuading(archive, case, found)
    ]
