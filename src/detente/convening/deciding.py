"""The steps of a route on the day: thresholds with their numbers, and the odds of reaching them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import TYPE_CHECKING

from detente.archive import Archive
from detente.case import Case
from detente.convening.electorates import OFFICES, electorate
from detente.convening.findings import Chance, StepFinding
from detente.convening.routes import Route, in_force
from detente.convening.rulebook import Rule
from detente.convening.support import Odds, Support, all_accept, odds
from detente.convening.support.letters import AT_DAY
from detente.convening.thresholds import Needed, needed

if TYPE_CHECKING:
    from detente.convening.support import Acceptance


@dataclass(frozen=True)
class Polls:
    """Odds of thresholds from one set of simulated outcomes, each worked out once.

    Attributes:
        support: the outcomes; None where the record is too thin to say who would support it.
    """

    support: Support | None
    _known: dict[tuple[object, ...], Odds | None] = field(default_factory=dict, repr=False)

    def odds(self, rule: Rule, voters: Sequence[str], need: Needed) -> Odds | None:
        """Return the odds of a step; None where nothing can be said."""
        if self.support is None:
            return None
        days = letter_days(rule)
        key = (rule.electorate, need, days)
        if key not in self._known:
            inside = polled(self.support, voters)
            self._known[key] = (
                odds(self.support, inside, need, letter_days=days) if inside else None
            )
        return self._known[key]


def letter_days(rule: Rule) -> int | None:
    """Return within how many days letters count under a rule; None where votes are cast.

    Where all Members are counted and not those voting, they answer by letter: within the days that
    the rule gives for it, or within the days that the record knows of.
    """
    if rule.electorate != "UN" or rule.threshold.kind != "votes in favour":
        return None
    given = [clock.days for clock in rule.clocks if clock.sets == "concurrence"]
    return given[0] if given and given[0] is not None else AT_DAY


def polled(support: Support, voters: Sequence[str]) -> tuple[str, ...]:
    """Return those of the voters whose support is known: Members of the United Nations."""
    known = set(support.states)
    return tuple(code for code in voters if code in known)


def steps_of(
    archive: Archive, case: Case, route: Route, polls: Polls, answers: Mapping[str, bool]
) -> tuple[StepFinding, ...]:
    """Return the steps whose rules are in force and that concern somebody at the table."""
    day, found = case.as_of, []
    for step, rule in in_force(route, day):
        if step.party is not None and step.party not in case.codes:
            continue
        need = needed(archive, rule, day, case, answers)
        one = StepFinding(step, rule, need)
        if step.role == "decision" and rule.electorate not in ("parties", "host", *OFFICES):
            voters = electorate(archive, rule.electorate, day, case)
            one = replace(one, odds=polls.odds(rule, voters, need))
            if need.open_vetoes:
                vetoed = replace(need, vetoes=need.open_vetoes, open_vetoes=())
                one = replace(one, odds_if_vetoed=polls.odds(rule, voters, vetoed))
        found.append(one)
    return tuple(found)


def convened(steps: Sequence[StepFinding]) -> Chance | None:
    """Return the chance that every body on the way decides, each at its hardest step."""
    hardest: dict[str, Odds] = {}
    for one in steps:
        body = one.rule.electorate
        if one.odds is not None and (
            body not in hardest or one.odds.probability < hardest[body].probability
        ):
            hardest[body] = one.odds
    if not hardest:
        return None
    all_of = hardest.values()
    return Chance(
        prod(one.probability for one in all_of),
        prod(one.probability_low for one in all_of),
        prod(one.probability_high for one in all_of),
    )


def attendance(steps: Sequence[StepFinding], accepted: Sequence[Acceptance]) -> Chance | None:
    """Return the chance that all whose consent convenes come; None where others decide it too."""
    asked = {code for one in steps if one.step.role == "attendance" for code in one.needed.vetoes}
    given = [one for one in accepted if one.party in asked]
    return together(given) if asked and len(given) == len(asked) else None


def together(accepted: Sequence[Acceptance]) -> Chance:
    """Return the chance that every party accepts; refusals are linked (`support.all_accept`)."""
    found = all_accept(tuple(accepted))
    return Chance(found.p, found.low, found.high)
