"""What an analysis of a sheet found, as plain values with codes for parties, issues and options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.packages.core.solutions import Rule
from detente.packages.sheet import Sheet

DRAWS = 2000


@dataclass(frozen=True)
class Package:
    """One option an issue, and what it does.

    Attributes:
        options: code of the option chosen on each issue, in order.
        gains: points of 100 that each party gains over no deal, at the centre of what is known.
        chance: share of the drawn profiles in which every party prefers it to no deal.
        low, high: 95 % interval of that share (Wilson), for the number of draws.
        by_party: the same share for each party alone.
    """

    options: tuple[str, ...]
    gains: tuple[float, ...]
    chance: float
    low: float
    high: float
    by_party: tuple[float, ...]


@dataclass(frozen=True)
class Solved:
    """The package that a rule chooses.

    Attributes:
        rule: which rule.
        ties: packages that the rule cannot tell apart.
        proved: whether it is proved best by its rule; else no package scores above ``bound``, and
            this one scores ``score``.
    """

    rule: Rule
    package: Package
    ties: int
    proved: bool
    score: float
    bound: float


@dataclass(frozen=True)
class Demand:
    """A demand that helps to block: a red line, or (both empty) what no deal is worth."""

    party: str
    issue: str = ""
    option: str = ""


@dataclass(frozen=True)
class Opening:
    """The least concession that opens a package.

    Attributes:
        package: that becomes acceptable.
        lifted: red lines that would have to go.
        given: points that each party would have to give below its no-deal value.
    """

    package: Package
    lifted: tuple[Demand, ...]
    given: tuple[float, ...]


@dataclass(frozen=True)
class Trade:
    """An exchange in which two parties each give on one issue and gain more on another.

    Attributes:
        giver, taker: their codes; the giver gives way on ``given``, the taker on ``taken``.
        given_option, taken_option: what is agreed on each.
        giver_net, taker_net: points that each gains on the two issues together.
        worse: parties that the two moves leave worse off.
    """

    giver: str
    taker: str
    given: str
    given_option: str
    taken: str
    taken_option: str
    giver_net: float
    taker_net: float
    worse: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    """What a party would gain by asking for more, who would lose by it and who would stop it."""

    party: str
    issue: str
    option: str
    gain: float
    losers: tuple[str, ...]
    stoppers: tuple[str, ...]


@dataclass(frozen=True)
class IssueWorth:
    """What an issue on the table is worth to reaching a deal; see the core's `IssueWorth`."""

    issue: str
    stays: str
    deal_with: bool
    deal_without: bool
    least_with: float
    least_without: float
    arms: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What to ask next: whom, about which issue (empty: about no deal), and what it is worth."""

    party: str
    issue: str
    kind: Literal["importance", "favourite", "no deal"]
    worth: float
    switch: float


@dataclass(frozen=True)
class Step:
    """An issue in an order of agreement; see the core's `Step`."""

    issue: str
    option: str
    kept: float
    lost: float
    early: bool


@dataclass(frozen=True)
class Analysis:
    """Everything found.

    Attributes:
        sheet: it rests on.
        packages: how many there are before any is ruled out.
        found: whether a package exists that all prefer to no deal.
        frontier: size of the Pareto frontier, or None where it is too large to list.
        points: packages of the frontier, or what stands for it, most likely first.
        solutions: by rule.
        best: the package most likely to be accepted by all.
        screened: whether all packages were tried for that, or only those near the frontier.
        offers: three to five packages to table together.
        blocking: demands that together block; empty where a package exists.
        smallest: whether no smaller set blocks.
        openings: the least concessions, by red lines and by no-deal values.
        settled: each issue settled by itself: the baseline that trades are told against.
        trades, asks, worths, questions, steps: see their classes.
        unknown: parties and issues of which nothing is known.
        draws: how many profiles were drawn.
        interrupted: the user stopped the search; what is here stands, the rest is left out.
    """

    sheet: Sheet
    packages: int
    found: Literal["yes", "no", "unknown"]
    frontier: int | None = None
    points: tuple[Package, ...] = ()
    solutions: tuple[Solved, ...] = ()
    best: Package | None = None
    screened: bool = True
    offers: tuple[Package, ...] = ()
    blocking: tuple[Demand, ...] = ()
    smallest: bool = True
    openings: tuple[Opening, ...] = ()
    settled: Package | None = None
    trades: tuple[Trade, ...] = ()
    asks: tuple[Ask, ...] = ()
    worths: tuple[IssueWorth, ...] = ()
    questions: tuple[Question, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    draws: int = DRAWS
    interrupted: bool = False

    def solved(self, rule: Rule) -> Solved | None:
        """Return the solution by a rule."""
        return next((one for one in self.solutions if one.rule == rule), None)

    @property
    def aim(self) -> Package | None:
        """Return the package that trades and asks are told of: Kalai-Smorodinsky's if there is
        one."""
        chosen = self.solved("kalai-smorodinsky") or next(iter(self.solutions), None)
        return chosen.package if chosen else None
