"""What `detente convene` prints: the comparison, and one route in full."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from detente.convening.calendar import Plan, verdict
from detente.convening.calendar.wording import advice_text, basis_text, dates_text, lane_text
from detente.convening.findings import Chance, Comparison, RouteFinding, StepFinding
from detente.convening.messages import EVENTS, FACTS, FAMILIES, LEVELS, STATUSES, STEP_ROLES
from detente.convening.support.calibration import calibration
from detente.convening.support.wording import (
    calibration_words,
    caveat,
    letters_caveat,
    levels_words,
)
from detente.convening.wording import Wording, titles

MOST_PRECEDENTS = 8
MOST_NAMES = 12
WIDE = 100
"""Columns from which the table has room for the usual lead."""


class Page:
    """A console with the few forms of line that the page knows."""

    def __init__(self, words: Wording) -> None:
        self.console, self.words = Console(highlight=False), words

    def line(self, text: str = "", indent: int = 0, style: str = "", lead: str = "") -> None:
        """Print a line that folds under its own beginning.

        Folded here and not by rich, which breaks at the fixed spaces of French.
        """
        width = max(self.console.width, 40)
        lines = wrap(
            lead + text,
            width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + len(lead)),
            break_on_hyphens=False,
        )
        for one in lines or [""]:
            shown = f"[{style}]{escape(one)}[/]" if style else escape(one)
            self.console.print(shown, soft_wrap=True)

    def item(self, text: str, indent: int = 2) -> None:
        """Print a line with a dash before it."""
        self.line(text, indent, lead="– ")

    def head(self, text: str) -> None:
        """Print a heading after an empty line."""
        self.console.print()
        self.line(text, style="bold")

    def pair(self, label: str, text: str) -> None:
        """Print a label and what it says."""
        self.line(self.words.labelled(label, text))


def print_title(page: Page, found: Comparison) -> None:
    """Print the case, its host and parties, the day, and what the user set."""
    words, say = page.words, page.words.say
    page.line(words.case.name(words.lang), style="bold")
    page.line(
        say(
            "Host: {host}. Parties: {parties}. As of {day}.",
            host=words.name(found.host),
            parties=words.names(found.parties),
            day=words.day(found.day),
        )
    )
    if found.wished is not None:
        page.line(say("Wished opening: {day}.", day=words.day(found.wished)))
    facts = [say(FACTS[fact]) for fact, there in found.facts.items() if there]
    if facts:
        page.line(say("Facts set by the user: {facts}.", facts=words.listed(facts)))


def print_comparison(found: Comparison, words: Wording) -> None:
    """Print the recommendation, the table of routes, what is closed, and who would come."""
    page, say = Page(words), words.say
    print_title(page, found)
    named = titles(found.routes, words.lang)
    page.head(say("Recommendation"))
    number = 0
    for advice in found.recommendation.advice:
        if advice.role == "avoid":
            continue
        number += 1
        page.line(words.advice(advice, named), lead=f"{number}. ")
        for reason in advice.reasons:
            page.item(f"{words.reason(reason)} {words.refs(reason)}".strip(), 3)
    page.head(say("Routes"))
    page.console.print(_table(page, found))
    _closed(page, found)
    _questions(page, found.routes)
    _acceptance(page, found)
    _changes(page, found)
    page.head(say("How to read this"))
    page.item(say("Chances come with an interval of 90%, and rest on past votes to convene."))
    if found.support is None:
        page.item(
            say(
                "The record holds too few votes to convene before this day to say who would "
                "support one."
            )
        )
    else:
        page.item(calibration_words(calibration(found.day), words.lang))
    page.item(caveat("support", words.lang))
    page.item(letters_caveat(found.day, words.lang))
    page.item(caveat("council", words.lang))
    page.item(caveat("acceptance", words.lang))
    page.item(say("m: a rule that decides or dates it is from memory; check it before use."))
    page.item(say("In brackets: rules and records. One route in full: --route and its id."))


def _table(page: Page, found: Comparison) -> Table:
    words, say = page.words, page.words.say
    wide = page.console.width >= WIDE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("Route"), overflow="fold", min_width=16)
    table.add_column(say("Needs"), overflow="fold", min_width=10)
    table.add_column(say("Chance, 90%"), no_wrap=True)
    table.add_column(say("Opens"), overflow="fold", min_width=13)
    if wide:
        table.add_column(say("Usual lead"), overflow="fold")
    table.add_column(say("No vote"), overflow="fold", min_width=7)
    for one in found.routes:
        if one.status == "closed":
            continue
        mark = " (m)" if one.confidence == "MEMORY" else ""
        if one.open_questions:
            mark += f" – {say('open in law')}"
        table.add_row(
            f"{escape(one.route.title(words.lang) + mark)}\n[dim]{one.route.id}[/]",
            escape(words.needs(one)),
            escape(words.chance(one.chance).replace(" (", "\n(")),
            escape(words.days(one)),
            *([escape(words.usual(one))] if wide else []),
            ", ".join(one.lacking) or "–",
        )
    return table


def _closed(page: Page, found: Comparison) -> None:
    words, say = page.words, page.words.say
    closed = [one for one in found.routes if one.status == "closed"]
    if not closed:
        return
    page.head(say("Closed, and the way out"))
    for one in closed:
        bars = words.listed(words.obstacle(bar) for bar in one.obstacles if bar.closes)
        page.item(words.labelled(one.route.id, bars))


def _questions(page: Page, routes: Sequence[RouteFinding]) -> None:
    words, say = page.words, page.words.say
    bars = [(one, bar) for one in routes for bar in one.obstacles if bar.key == "open question"]
    if not bars:
        return
    page.head(say("Open in law"))
    for one, bar in bars:
        page.item(words.obstacle(bar))
        for step in one.steps:
            if step.odds is not None and step.odds_if_vetoed is not None:
                page.item(
                    say(
                        "{route}: {without} if no permanent member can veto, {vetoed} if one can.",
                        route=one.route.id,
                        without=words.share(step.odds.probability),
                        vetoed=words.share(step.odds_if_vetoed.probability),
                    ),
                    4,
                )


def _acceptance(page: Page, found: Comparison) -> None:
    words, say = page.words, page.words.say
    if not found.acceptance:
        return
    page.head(say("Who would accept the host’s invitation"))
    for one in found.acceptance:
        page.item(words.labelled(words.name(one.party), words.by_level(found, one.party)))
        for reason in one.reasons:
            said = words.accepts(reason)
            weighs = "for" if reason.counts > 0 else "against"
            page.item(words.labelled(say(weighs), said) if reason.counts else said, 4)
    page.line(levels_words(found.levels, words.lang), 2)


def _changes(page: Page, found: Comparison) -> None:
    words, say = page.words, page.words.say
    if not found.before:
        return
    page.head(say("What your own probabilities change"))
    believed = ", ".join(f"{code} {words.share(p)}" for code, p in found.overrides.items())
    page.line(believed)
    for one in found.routes:
        old = found.before.get(one.route.id)
        if old is None or one.chance is None or words.chance(old) == words.chance(one.chance):
            continue
        page.item(
            say(
                "{route}: {now}, was {before}",
                route=one.route.id,
                now=words.chance(one.chance),
                before=words.chance(old),
            )
        )


def print_route(
    found: Comparison, one: RouteFinding, words: Wording, planned: Plan | None = None
) -> None:
    """Print one route in full, with its plan for the wished opening."""
    page, say, lang = Page(words), words.say, words.lang
    print_title(page, found)
    page.head(one.route.title(lang))
    page.line(one.route.text(lang))
    page.pair(say("Kind"), f"{say(FAMILIES[one.route.family])}, {say(LEVELS[one.route.level])}")
    page.pair(say("Status"), say(STATUSES[one.status]))
    page.pair(say("Chance"), words.chance(one.chance))
    page.pair(say("Opens"), words.opening(one))
    page.pair(say("Usual lead"), words.usual(one))
    page.pair(say("Others in the room"), str(one.others))
    bars = [bar for bar in one.obstacles if bar.key != "open question"]
    if bars:
        page.head(say("In the way"))
        for bar in bars:
            page.item(words.obstacle(bar))
    page.head(say("Who can start it"))
    for starter in one.starters:
        lacking = words.names(starter.missing)
        cannot = say("cannot: {parties}", parties=lacking) if lacking else ""
        said = words.listed(part for part in (words.starter(starter), cannot) if part)
        page.item(f"{said} [{starter.rule.id}]{words.memory(starter.rule.confidence)}")
    page.head(say("Steps"))
    for step in one.steps:
        _step(page, step)
    page.head(say("Standing of the parties"))
    for standing in one.standing:
        mark = words.memory(standing.confidence)
        page.item(words.labelled(words.name(standing.party), words.seat(standing)) + mark)
        for rule in standing.rules:
            page.item(f"{rule.text(lang)} [{rule.id}]{words.memory(rule.confidence)}", 4)
    _blockers(page, one)
    _deadlines(page, one)
    if planned is not None:
        _plan(page, planned)
    _precedents(page, one)
    _questions(page, [one])
    _changes(page, found)
    if found.recommendation.advice:
        page.head(say("For the comparison with the other routes, leave out --route."))


def _step(page: Page, step: StepFinding) -> None:
    words, say, lang = page.words, page.words.say, page.words.lang
    rule = step.rule
    page.item(
        words.labelled(say(STEP_ROLES[step.step.role]), rule.title(lang))
        + f" [{rule.id}]{words.memory(rule.confidence)}"
    )
    facts = [words.needed(step.needed)] if step.step.role in ("decision", "attendance") else []
    if step.step.role in ("mandate", "option", "in session") and step.needed.kind != "one":
        facts.append(words.needed(step.needed))
    if step.odds is not None:
        facts.append(
            say(
                "about {expected} expected in favour; chance {chance}",
                expected=round(step.odds.expected),
                chance=words.chance(
                    Chance(
                        step.odds.probability,
                        step.odds.probability_low,
                        step.odds.probability_high,
                    )
                ),
            )
        )
    facts += [words.clock(clock) for clock in rule.clocks]
    facts.append(rule.cited(lang))
    page.line(words.listed(facts), 4, "dim")
    if step.step.role in ("start", "condition", "decision", "attendance", "mandate"):
        practised = rule.practised(lang, words.case.as_of)
        page.line(f"{rule.text(lang)} {practised}".strip(), 4)


def _blockers(page: Page, one: RouteFinding) -> None:
    words, say = page.words, page.words.say
    page.head(say("Who can block it alone"))
    if not one.blockers:
        page.item(say("nobody"))
    for blocker in one.blockers:
        names = words.names(blocker.who[:MOST_NAMES])
        if len(blocker.who) > MOST_NAMES:
            names = say("each of {count}", count=len(blocker.who))
        mark = f" ({say('open in law')})" if blocker.open else ""
        page.item(f"{names}{mark} [{blocker.rule.id}]")


def _deadlines(page: Page, one: RouteFinding) -> None:
    words, say = page.words, page.words.say
    if not one.deadlines:
        return
    page.head(say("Deadlines for the wished opening"))
    for deadline in one.deadlines:
        rules = ", ".join(rule.id for rule in deadline.rules)
        page.item(
            say(
                "{event}: from {first} to {last}",
                event=say(EVENTS[deadline.event]),
                first=words.day(deadline.window.earliest),
                last=words.day(deadline.window.latest),
            )
            + (f" [{rules}]" if rules else "")
        )


def _plan(page: Page, planned: Plan) -> None:
    """Print the milestones of a plan, with who acts and what asks for each."""
    words, say, lang = page.words, page.words.say, page.words.lang
    page.head(say("Plan towards the opening"))
    page.line(verdict(planned, lang))
    for one in planned.milestones:
        said = words.labelled(dates_text(one, lang), one.milestone.title(lang))
        asks = ", ".join(rule.id for rule in one.rules) or basis_text(one, lang)
        page.item(f"{said} ({lane_text(one.milestone.lane, lang)}) [{asks}]")
    for hard in planned.advice:
        page.item(advice_text(hard, planned, lang))


def _precedents(page: Page, one: RouteFinding) -> None:
    words, say = page.words, page.words.say
    page.head(say("Precedents"))
    if not one.precedents:
        page.item(say("none on record"))
    for precedent in one.precedents[:MOST_PRECEDENTS]:
        page.item(
            f"{words.precedent(precedent)} [{precedent.id}]{words.memory(precedent.confidence)}"
        )
    more = len(one.precedents) - MOST_PRECEDENTS
    if more > 0:
        page.item(say("and {count} more: --json lists them", count=more))
