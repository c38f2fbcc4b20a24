"""What it takes on a day: a rule's threshold with the numbers of that day's electorate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from detente.archive import Archive
from detente.case import Case
from detente.convening.electorates import bodies, electorate, size
from detente.convening.rulebook import Rule, Share, ThresholdKind

SHARES: Mapping[Share, Fraction] = {"majority": Fraction(1, 2), "two-thirds": Fraction(2, 3)}


@dataclass(frozen=True)
class Needed:
    """What a rule needs on a day.

    Attributes:
        kind: the kind of threshold.
        votes: how many: of all in the electorate for ``votes in favour``; the most that can be
            needed, when all vote yes or no, for ``present and voting``; all of them where anybody
            can block; one where one may act alone.
        of: how many are in the electorate, with members that are no states.
        share: what share of those who count, where the number follows from one: more than a half,
            or two thirds at least.
        vetoes: the alpha-3 codes (or parties' codes) of those who can block alone.
        open_vetoes: those who could if the rule's open question were answered yes, while the user
            has not answered it.
    """

    kind: ThresholdKind
    votes: int
    of: int
    share: Share | None
    vetoes: tuple[str, ...] = ()
    open_vetoes: tuple[str, ...] = ()

    def met(self, yes: int, no: int = 0) -> bool:
        """Return whether so many yes and no votes reach it; vetoes are for the caller to look at.

        For ``no objection``, ``each`` and ``unanimity`` a no is an objection; ``each`` also needs
        every yes.
        """
        if self.kind == "votes in favour":
            return yes >= self.votes
        if self.kind == "present and voting":
            assert self.share is not None
            if self.share == "majority":
                return yes > no
            return yes > 0 and yes >= SHARES[self.share] * (yes + no)
        if self.kind == "each":
            return yes >= self.of
        if self.kind == "one":
            return yes >= 1
        return no == 0


def of_all(share: Share, members: int) -> int:
    """Return how many of all members make more than a half of them, or two thirds at least."""
    if share == "majority":
        return members // 2 + 1
    return -(-2 * members // 3)


def needed(
    archive: Archive,
    rule: Rule,
    day: date,
    case: Case | None = None,
    answers: Mapping[str, bool] | None = None,
) -> Needed:
    """Return what a rule needs on a day.

    Args:
        archive: the record, opened on its as-of date.
        rule: the rule.
        day: the day on which the electorate is counted.
        case: whose parties and host are meant where the electorate is theirs.
        answers: the user's answers to open questions, by key: True where the veto is taken to
            apply.
    """
    threshold = rule.threshold
    voters = electorate(archive, rule.electorate, day, case)
    of = size(archive, rule.electorate, day, case)
    vetoes: tuple[str, ...] = ()
    open_vetoes: tuple[str, ...] = ()
    if threshold.kind in ("no objection", "each", "unanimity"):
        body = bodies().get(rule.electorate)
        extra = [o.code for o in body.others if o.seat == "member" and o.sits(day)] if body else []
        vetoes = tuple(voters) + tuple(sorted(extra))
    elif threshold.veto != "none":
        permanent = tuple(code for code in electorate(archive, "P5", day) if code in set(voters))
        answer = (answers or {}).get(rule.open_question.key) if rule.open_question else None
        if threshold.veto == "P5" or answer is True:
            vetoes = permanent
        elif answer is None:
            open_vetoes = permanent
    if threshold.counts:
        votes = next(
            (count.votes for count in reversed(threshold.counts) if count.since <= day),
            threshold.counts[0].votes,
        )
    elif threshold.share is not None:
        votes = of_all(threshold.share, of)
    else:
        votes = 1 if threshold.kind == "one" else of
    return Needed(threshold.kind, votes, of, threshold.share, vetoes, open_vetoes)
