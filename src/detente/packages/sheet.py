"""The sheet: what is to be settled, and what is known of what each party wants.

Values, weights and no-deal values stand on one scale from 0 to 100. What is not known exactly is
an interval or an order; nothing known is the whole scale, never the middle of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from detente.language import Lang

SCALE = 100.0
MOST_PARTIES = 20
MOST_ISSUES = 200
MOST_OPTIONS = 100
UNKNOWN_NO_DEAL = (0.0, 50.0)

Use = Literal["convenor only", "paraphrase", "attribute"]
USES: tuple[Use, ...] = ("convenor only", "paraphrase", "attribute")
Kind = Literal["scores", "interval", "ranking", "range", "unknown"]
Choice = tuple[str, str]
"""An issue's code and one of its options' codes."""


@dataclass(frozen=True)
class Provenance:
    """Where a figure comes from and how far it may be used.

    Attributes:
        source: a document, a talk, a record; empty where nobody said.
        use: ``attribute`` may be said with its source, ``paraphrase`` without it, ``convenor only``
            never leaves the host's team. What is not declared is for the convenor only.
        estimate: it was worked out from the public record, not told by the party.
    """

    source: str = ""
    use: Use = "convenor only"
    estimate: bool = False


@dataclass(frozen=True)
class Party:
    """One who sits at the table."""

    code: str
    name_en: str
    name_fr: str

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en


@dataclass(frozen=True)
class Option:
    """A way to settle an issue."""

    code: str
    name_en: str
    name_fr: str

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en


@dataclass(frozen=True)
class Issue:
    """Something to be settled by exactly one of its options; ``topic`` ties it to the record."""

    code: str
    name_en: str
    name_fr: str
    options: tuple[Option, ...]
    topic: str = ""

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the options' codes, in order."""
        return tuple(option.code for option in self.options)


@dataclass(frozen=True)
class Stance:
    """What is known of a party's wishes on an issue.

    Attributes:
        kind: how it was told; it decides what the other fields hold.
        low, high: bounds of each option's value, in the order of the issue's options.
        order: groups of options from best to worst, equal ones in one group; empty where no order
            is known.
        red: options that the party refuses, whatever else is in the package.
        minimum, maximum: the acceptable minimum and the practical maximum, where told so.
    """

    party: str
    issue: str
    kind: Kind
    low: tuple[float, ...]
    high: tuple[float, ...]
    order: tuple[tuple[str, ...], ...] = ()
    red: tuple[str, ...] = ()
    minimum: str = ""
    maximum: str = ""
    provenance: Provenance = Provenance()


@dataclass(frozen=True)
class Weights:
    """How much each issue matters to a party.

    Attributes:
        numbers: share of each issue, summing to 100; empty where not known.
        order: groups of issues from the one that matters most; empty where no order is known.
    """

    party: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    order: tuple[tuple[str, ...], ...] = ()
    provenance: Provenance = Provenance()


@dataclass(frozen=True)
class NoDeal:
    """What a party has if there is no deal.

    Attributes:
        text: the alternative in words.
        low, high: bounds of its value, where it was told as a value.
        outcome: the option that would hold on every issue, where it was told so; its value is then
            that of this package.
    """

    party: str
    text: str = ""
    low: float = UNKNOWN_NO_DEAL[0]
    high: float = UNKNOWN_NO_DEAL[1]
    outcome: Mapping[str, str] = field(default_factory=dict)
    known: bool = True
    provenance: Provenance = Provenance()


@dataclass(frozen=True)
class Requires:
    """``when`` may be chosen only together with one of ``then`` (options of one other issue)."""

    when: Choice
    then: tuple[Choice, ...]
    reason: str = ""


@dataclass(frozen=True)
class Forbids:
    """Two options that cannot stand in one package."""

    pair: tuple[Choice, Choice]
    reason: str = ""


@dataclass(frozen=True)
class Interaction:
    """What two options together are worth to a party beyond the sum of both, in points of 100."""

    party: str
    pair: tuple[Choice, Choice]
    low: float
    high: float
    provenance: Provenance = Provenance()


@dataclass(frozen=True)
class Sheet:
    """Issues, options and what is known of the parties, complete: a stance for every party on every
    issue, weights and a no-deal value for every party, in the order of ``parties`` and ``issues``.
    """

    name: str
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    stances: tuple[Stance, ...]
    weights: tuple[Weights, ...]
    no_deals: tuple[NoDeal, ...]
    requires: tuple[Requires, ...] = ()
    forbids: tuple[Forbids, ...] = ()
    interactions: tuple[Interaction, ...] = ()

    def issue(self, code: str) -> Issue:
        """Return the issue with this code."""
        return next(issue for issue in self.issues if issue.code == code)

    def stance(self, party: str, issue: str) -> Stance:
        """Return what is known of a party on an issue."""
        place = [p.code for p in self.parties].index(party) * len(self.issues)
        return self.stances[place + [i.code for i in self.issues].index(issue)]

    @property
    def packages(self) -> int:
        """Return how many packages there are before any is ruled out."""
        total = 1
        for issue in self.issues:
            total *= len(issue.options)
        return total


def unknown_stance(party: str, issue: Issue) -> Stance:
    """Return the stance of a party of which nothing is known on an issue."""
    n = len(issue.options)
    return Stance(party, issue.code, "unknown", (0.0,) * n, (SCALE,) * n)
