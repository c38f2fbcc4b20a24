"""From raw tables to a sheet: one way in for the case file and the spreadsheet.

Raw tables are plain dicts and lists in the shape of docs/packages-sheet.md. ``Place`` turns a
location such as ``("stances", 3, "scores")`` into words, so that each refusal names the line or the
cell it speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from detente.packages import sheet as model
from detente.packages.reading_issues import read_issues, refuse_twice
from detente.packages.schema import (
    Location,
    Order,
    Place,
    RawInteraction,
    RawNoDeal,
    RawOption,
    RawSheet,
    RawSourced,
    RawStance,
    RawWeights,
    refuse,
    refuse_first,
)
from detente.packages.sheet import Choice, Issue, Party, Provenance, Sheet, Stance

KEYS = ("issues", "stances", "weights", "no_deal", "requires", "forbids", "interactions")
SUM_TOLERANCE = 0.5  # weights typed as whole numbers may miss 100 by rounding


class _Builder:
    """Checks what depends on the issues, the parties and on one another."""

    def __init__(self, raw: RawSheet, parties: Sequence[Party], place: Place) -> None:
        self.raw, self.place = raw, place
        self.issues = read_issues(raw, place)
        self.by_code = {issue.code: issue for issue in self.issues}
        self.actors = tuple(parties)
        self.parties = tuple(party.code for party in parties)

    def party(self, code: str, where: Location) -> str:
        if code not in self.parties:
            refuse(
                self.place(where),
                f"“{code}” is not a party at the table: the parties are {', '.join(self.parties)}",
            )
        return code

    def issue(self, code: str, where: Location) -> Issue:
        if code not in self.by_code:
            refuse(
                self.place(where),
                f"there is no issue “{code}”: the issues are {', '.join(self.by_code)}",
            )
        return self.by_code[code]

    def option(self, issue: Issue, code: str, where: Location) -> str:
        if code not in issue.codes:
            refuse(
                self.place(where),
                f"“{issue.code}” has no option “{code}”: its options are {', '.join(issue.codes)}",
            )
        return code

    def choice(self, text: str, where: Location) -> Choice:
        issue, separator, option = text.partition("=")
        if not separator:
            refuse(self.place(where), f"“{text}” must be written issue=option")
        found = self.issue(issue.strip(), where)
        return found.code, self.option(found, option.strip(), where)

    def span(
        self, value: float | list[float], where: Location, floor: float = 0.0
    ) -> tuple[float, float]:
        low, high = (value, value) if isinstance(value, float | int) else (value[0], value[1])
        if not (floor <= low <= model.SCALE and floor <= high <= model.SCALE):
            refuse(
                self.place(where),
                f"{high if floor <= low <= model.SCALE else low:g} lies outside the scale of "
                f"{floor:g} to {model.SCALE:g}: mend it",
            )
        if low > high:
            refuse(self.place(where), f"the interval {low:g} to {high:g} is upside down: turn it")
        return float(low), float(high)

    def order(self, raw: Order, known: Sequence[str], what: str, where: Location) -> tuple[
        tuple[str, ...], ...
    ]:  # fmt: skip
        groups = tuple((item,) if isinstance(item, str) else tuple(item) for item in raw)
        named = [code for group in groups for code in group]
        for code in named:
            if code not in known:
                refuse(self.place(where), f"“{code}” is not one of the {what}: mend the ranking")
            if named.count(code) > 1:
                refuse(self.place(where), f"“{code}” is ranked twice: rank it once")
        missing = [code for code in known if code not in named]
        if missing:
            refuse(self.place(where), f"the ranking leaves out “{missing[0]}”: rank it too")
        return groups

    def stance(self, raw: RawStance, index: int) -> Stance:
        at: Location = ("stances", index)
        party = self.party(raw.party, (*at, "party"))
        issue = self.issue(raw.issue, (*at, "issue"))
        told = [
            name
            for name, value in (
                ("scores", raw.scores),
                ("interval", raw.interval),
                ("ranking", raw.ranking),
                ("minimum and maximum", raw.minimum or raw.maximum),
            )
            if value is not None
        ]
        if len(told) > 1:
            refuse(
                self.place(at), f"{party} on {issue.code} has both {' and '.join(told)}: keep one"
            )
        red = [self.option(issue, code, (*at, "red_lines")) for code in raw.red_lines]
        plain = model.unknown_stance(party, issue)
        kind: model.Kind = "unknown"
        low, high = list(plain.low), list(plain.high)
        order: tuple[tuple[str, ...], ...] = ()
        if raw.scores is not None or raw.interval is not None:
            key = "scores" if raw.scores is not None else "interval"
            kind = "scores" if raw.scores is not None else "interval"
            given: Mapping[str, float | list[float]] = (
                raw.scores if raw.scores is not None else raw.interval or {}
            )
            for code, value in given.items():
                self.option(issue, code, (*at, key, code))
                place = issue.codes.index(code)
                low[place], high[place] = self.span(value, (*at, key, code))
            missing = [code for code in issue.codes if code not in given and code not in red]
            if kind == "scores" and missing:
                refuse(
                    self.place((*at, key)),
                    f"{party} has no score for “{missing[0]}” of {issue.code}: add it, or give an "
                    "interval of 0 to 100",
                )
        elif raw.ranking is not None:
            kind = "ranking"
            order = self.order(raw.ranking, issue.codes, "options", (*at, "ranking"))
        elif raw.minimum is not None or raw.maximum is not None:
            kind = "range"
            low, high, order, beyond = self._ladder(raw, issue, at)
            red += [code for code in beyond if code not in red]
        for code in red:
            place = issue.codes.index(code)
            if kind in ("scores", "interval", "unknown") and code not in (
                raw.scores or raw.interval or {}
            ):
                low[place] = high[place] = 0.0
        if len(red) == len(issue.options):
            refuse(
                self.place((*at, "red_lines")),
                f"the red lines of {party} exclude every option of {issue.code}: leave one open, "
                "or add an option that it could accept",
            )
        return Stance(
            party,
            issue.code,
            kind,
            tuple(low),
            tuple(high),
            order,
            tuple(code for code in issue.codes if code in red),
            raw.minimum or "",
            raw.maximum or "",
            _provenance(raw),
        )

    def _ladder(
        self, raw: RawStance, issue: Issue, at: Location
    ) -> tuple[list[float], list[float], tuple[tuple[str, ...], ...], list[str]]:
        """Read the options as a ladder from the acceptable minimum to the practical maximum.

        Below the minimum are red lines; the minimum is worth 0, the maximum and what lies beyond it
        100; what lies between is ordered and no more.
        """
        for end, value in (("minimum", raw.minimum), ("maximum", raw.maximum)):
            if value is None:
                refuse(
                    self.place(at),
                    f"{raw.party} has no acceptable {end} on {issue.code}: give both ends",
                )
            self.option(issue, value, (*at, end))
        assert raw.minimum is not None
        assert raw.maximum is not None
        codes = list(issue.codes)
        start, stop = codes.index(raw.minimum), codes.index(raw.maximum)
        if start > stop:
            codes.reverse()
            start, stop = codes.index(raw.minimum), codes.index(raw.maximum)
        bounds = dict.fromkeys(codes, (0.0, model.SCALE))
        for place, code in enumerate(codes):
            if place < start or (place == start and start != stop):
                bounds[code] = (0.0, 0.0)
            elif place >= stop:
                bounds[code] = (model.SCALE, model.SCALE)
        groups = [tuple(codes[stop:])] + [(code,) for code in reversed(codes[:stop])]
        return (
            [bounds[code][0] for code in issue.codes],
            [bounds[code][1] for code in issue.codes],
            tuple(groups),
            codes[:start],
        )

    def weights(self, raw: RawWeights, index: int) -> model.Weights:
        at: Location = ("weights", index)
        party = self.party(raw.party, (*at, "party"))
        if raw.weights is not None and raw.ranks is not None:
            refuse(self.place(at), f"{party} has both weights and ranks: keep one")
        numbers: dict[str, float] = {}
        order: tuple[tuple[str, ...], ...] = ()
        if raw.weights is not None:
            for code, value in raw.weights.items():
                self.issue(code, (*at, "weights", code))
                if not 0 <= value <= model.SCALE:
                    refuse(
                        self.place((*at, "weights", code)),
                        f"the weight {value:g} lies outside 0 to {model.SCALE:g}: mend it",
                    )
            missing = [issue.code for issue in self.issues if issue.code not in raw.weights]
            if missing:
                refuse(
                    self.place((*at, "weights")),
                    f"{party} has no weight for {missing[0]}: weigh every issue, or give ranks",
                )
            total = sum(raw.weights.values())
            whole = next(
                (
                    size
                    for size in (model.SCALE, 1.0)
                    if abs(total / size - 1) * 100 <= SUM_TOLERANCE
                ),
                None,
            )
            if whole is None:
                refuse(
                    self.place((*at, "weights")),
                    f"the weights of {party} sum to {total:g}: make them sum to 100",
                )
            share = 1.0 if abs(total - model.SCALE) < 1e-6 else model.SCALE / total
            numbers = {
                issue.code: round(raw.weights[issue.code] * share, 10) for issue in self.issues
            }
        elif raw.ranks is not None:
            known = [issue.code for issue in self.issues]
            order = self.order(raw.ranks, known, "issues", (*at, "ranks"))
        return model.Weights(party, numbers, order, _provenance(raw))

    def no_deal(self, raw: RawNoDeal, index: int) -> model.NoDeal:
        at: Location = ("no_deal", index)
        party = self.party(raw.party, (*at, "party"))
        if raw.value is not None and raw.outcome:
            refuse(self.place(at), f"{party} has both a no-deal value and an outcome: keep one")
        outcome = {}
        for code, option in raw.outcome.items():
            issue = self.issue(code, (*at, "outcome", code))
            outcome[code] = self.option(issue, option, (*at, "outcome", code))
        if outcome:
            missing = [issue.code for issue in self.issues if issue.code not in outcome]
            if missing:
                refuse(
                    self.place((*at, "outcome")),
                    f"the no-deal outcome of {party} leaves out {missing[0]}: add it",
                )
        low, high = model.UNKNOWN_NO_DEAL
        if raw.value is not None:
            low, high = self.span(raw.value, (*at, "value"))
        known = raw.value is not None or bool(outcome)
        return model.NoDeal(party, raw.text, low, high, outcome, known, _provenance(raw))

    def links(self) -> tuple[tuple[model.Requires, ...], tuple[model.Forbids, ...]]:
        requires = []
        for index, issue in enumerate(self.raw.issues):
            for option in issue.options:
                if isinstance(option, RawOption) and option.only_if:
                    where: Location = ("issues", index, "options")
                    requires.append(
                        self._requirement(f"{issue.code}={option.code}", option.only_if, "", where)
                    )
        for index, rule in enumerate(self.raw.requires):
            then = [rule.then] if isinstance(rule.then, str) else rule.then
            requires.append(self._requirement(rule.when, then, rule.reason, ("requires", index)))
        forbids = []
        for index, ban in enumerate(self.raw.forbids):
            at: Location = ("forbids", index, "pair")
            first, second = self.choice(ban.pair[0], at), self.choice(ban.pair[1], at)
            if first[0] == second[0]:
                refuse(
                    self.place(at),
                    f"a pair must be of two issues; options of {first[0]} exclude one another",
                )
            forbids.append(model.Forbids((first, second), ban.reason))
        self._no_cycle(requires)
        return tuple(requires), tuple(forbids)

    def _requirement(
        self, when: str, then: Sequence[str], reason: str, at: Location
    ) -> model.Requires:
        first = self.choice(when, at)
        others = tuple(self.choice(text, at) for text in then)
        if not others:
            refuse(self.place(at), f"“{when}” requires nothing: name an option, or remove the rule")
        if any(other[0] == first[0] for other in others):
            refuse(self.place(at), f"“{when}” requires an option of its own issue: name another")
        if len({other[0] for other in others}) > 1:
            refuse(
                self.place(at),
                f"“{when}” requires options of several issues in one rule: write a rule an issue",
            )
        return model.Requires(first, others, reason)

    def _no_cycle(self, rules: Sequence[model.Requires]) -> None:
        """Refuse options that wait for one another: nobody could settle the first."""
        next_of: dict[Choice, list[Choice]] = {}
        for rule in rules:
            next_of.setdefault(rule.when, []).extend(rule.then)
        done: set[Choice] = set()

        def walk(choice: Choice, path: tuple[Choice, ...]) -> None:
            if choice in path:
                loop = [*path[path.index(choice) :], choice]
                words = ", which requires ".join("=".join(step) for step in loop)
                refuse(
                    self.place(("requires",)),
                    f"the dependencies go round in a circle ({words}): take one of them out",
                )
            if choice in done:
                return
            for other in next_of.get(choice, ()):
                walk(other, (*path, choice))
            done.add(choice)

        for choice in next_of:
            walk(choice, ())

    def interaction(self, raw: RawInteraction, index: int) -> model.Interaction:
        at: Location = ("interactions", index)
        party = self.party(raw.party, (*at, "party"))
        first = self.choice(raw.pair[0], (*at, "pair"))
        second = self.choice(raw.pair[1], (*at, "pair"))
        if first[0] == second[0]:
            refuse(self.place((*at, "pair")), "an interaction is between two different issues")
        low, high = self.span(raw.value, (*at, "value"), floor=-model.SCALE)
        return model.Interaction(party, (first, second), low, high, _provenance(raw))

    def sheet(self, name: str) -> Sheet:
        given: dict[tuple[str, str], Stance] = {}
        for index, raw_stance in enumerate(self.raw.stances):
            stance = self.stance(raw_stance, index)
            if (stance.party, stance.issue) in given:
                refuse(
                    self.place(("stances", index)),
                    f"{stance.party} on {stance.issue} is given twice: give it once",
                )
            given[stance.party, stance.issue] = stance
        weights = [self.weights(item, index) for index, item in enumerate(self.raw.weights)]
        refuse_twice([item.party for item in weights], "party", self.place, "weights")
        no_deals = [self.no_deal(item, index) for index, item in enumerate(self.raw.no_deal)]
        refuse_twice([item.party for item in no_deals], "party", self.place, "no_deal")
        weight_of = {item.party: item for item in weights}
        no_deal_of = {item.party: item for item in no_deals}
        requires, forbids = self.links()
        return Sheet(
            name,
            self.actors,
            self.issues,
            tuple(
                given.get((party, issue.code), model.unknown_stance(party, issue))
                for party in self.parties
                for issue in self.issues
            ),
            tuple(weight_of.get(party, model.Weights(party)) for party in self.parties),
            tuple(
                no_deal_of.get(party, model.NoDeal(party, known=False)) for party in self.parties
            ),
            requires,
            forbids,
            tuple(self.interaction(item, i) for i, item in enumerate(self.raw.interactions)),
        )


def _provenance(raw: RawSourced) -> Provenance:
    return Provenance(raw.source, raw.use, raw.estimate)


def read_sheet(raw: Mapping[str, Any], parties: Sequence[Party], name: str, place: Place) -> Sheet:
    """Turn raw tables into a sheet.

    Args:
        raw: tables named as in `KEYS`.
        parties: those at the table, in order.
        name: what the case is called.
        place: names the line or cell of a location.

    Raises:
        SheetError: the first fault, with its place.
    """
    if not 1 <= len(parties) <= model.MOST_PARTIES:
        refuse(
            place(("issues",)),
            f"{len(parties)} parties cannot be handled: name from one to {model.MOST_PARTIES}",
        )
    try:
        tables = RawSheet.model_validate(dict(raw))
    except ValidationError as error:
        refuse_first(error, place)
    return _Builder(tables, parties, place).sheet(name)
