"""Which measures suit a set of parties on a day, and why the others do not.

A measure is left out where it was not yet known, where a party lacks what it needs, where the
tension between two of them is too high for it, or where one of them objects to what it is about
and no agreement on it, other than a voluntary one, has them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Literal

from detente.archive import Archive
from detente.denominators import Denominator, Denominators, Tier
from detente.parties import Party
from detente.steps.catalogue import Measure, Need, measures
from detente.steps.facts import has
from detente.steps.instruments import Standing, bound_states, instruments, standing_of

Bound = Literal["together", "apart", "some", "nobody"]
Why = Literal[
    "not yet known",
    "lacks what it needs",
    "need not known",
    "tension too high",
    "objected to",
]

TENSION_LIMITS: tuple[tuple[float, int], ...] = ((90.0, 2), (75.0, 3))
"""From this percentile of a pair's own history on, the most intrusive step that is proposed."""


@dataclass(frozen=True)
class Suited:
    """A measure as it stands for the parties on a day.

    Attributes:
        standings: party code -> how far it is bound, by each instrument that stands.
        bound: by one instrument together, by several apart, only some of them, or nobody.
        by: the instrument that binds all, where one does.
        topic: what the record says of the closest topic with a known tier; None where of none.
        why: why it is left out; None where it suits. ``who`` names the parties concerned.
    """

    measure: Measure
    standings: Mapping[str, tuple[Standing, ...]]
    bound: Bound
    by: str | None
    topic: Denominator | None
    why: Why | None = None
    who: tuple[str, ...] = ()

    @property
    def joined(self) -> bool:
        """Return whether all have joined an agreement on it; a voluntary register is none."""
        return self.by is not None and instruments()[self.by].binding != "voluntary"


def most_intrusive(
    parties: Sequence[str], tension: Mapping[tuple[str, str], float] | None
) -> tuple[int, float | None, tuple[str, str] | None]:
    """Return the most intrusive step that the tensest pair allows, its percentile, and the pair.

    Args:
        parties: codes.
        tension: percentile of each pair's tension in its own history, 0 to 100; a pair's order
            does not matter.

    Pairs without a percentile set no limit: what is not known is not guessed.
    """
    known = [
        (value, pair)
        for pair in combinations(parties, 2)
        if (value := (tension or {}).get(pair, (tension or {}).get((pair[1], pair[0])))) is not None
    ]
    if not known:
        return 4, None, None
    highest, pair = max(known, key=lambda item: (item[0], item[1]))
    limit = next((most for least, most in TENSION_LIMITS if highest >= least), 4)
    return limit, highest, pair


def _bound(standings: Mapping[str, tuple[Standing, ...]]) -> tuple[Bound, str | None]:
    whole = {
        code: {s.instrument.code for s in stands if s.whole} for code, stands in standings.items()
    }
    common = set.intersection(*whole.values())
    if common:
        order = list(instruments())
        firmest = min(
            common, key=lambda code: (instruments()[code].binding == "voluntary", order.index(code))
        )
        return "together", firmest
    if all(whole.values()):
        return "apart", None
    some = any(s.bound for stands in standings.values() for s in stands)
    return ("some" if some else "nobody"), None


def _topic(measure: Measure, found: Denominators | None) -> Denominator | None:
    if found is None:
        return None
    for code in measure.topics:
        known = found.of(code)
        if known.tier != Tier.UNKNOWN:
            return known
    return None


def _known(archive: Archive, measure: Measure, day: date, catalogued: frozenset[str]) -> bool:
    """Return whether a measure was in the catalogue, or bound anybody, by a day."""
    if measure.id in catalogued:
        return True
    return any(instruments()[code].since <= day for code in measure.instruments)


def _standings(
    archive: Archive, parties: Sequence[Party], day: date
) -> dict[tuple[str, str], Standing]:
    """Return party and instrument -> how far it is bound, for what stands on the day.

    An agreement of two is left out unless both sit at the table: what one of them owes a third
    binds it to nobody here.
    """
    own = {party.code: party.members(archive, day) for party in parties}
    out: dict[tuple[str, str], Standing] = {}
    for code, instrument in instruments().items():
        inside = bound_states(archive, instrument, day)
        found = {
            (party.code, code): standing_of(instrument, inside, party, own[party.code], day)
            for party in parties
        }
        both = sum(stand.bound > 0 or stand.left for stand in found.values()) >= 2
        if inside and (both or not instrument.bilateral):
            out |= found
    return out


def _why(
    one: Suited,
    able: Mapping[Need, bool | None],
    known: bool,
    limit: int,
    pair: tuple[str, str] | None,
) -> tuple[Why | None, tuple[str, ...]]:
    """Return why a measure is left out and whom that concerns; None where it suits."""
    measure, topic = one.measure, one.topic
    if not known:
        return "not yet known", ()
    if any(able[need] is False for need in measure.needs):
        return "lacks what it needs", ()
    if any(able[need] is None for need in measure.needs):
        return "need not known", ()
    if topic is not None and topic.tier in (Tier.ONE_SHORT, Tier.SPLIT) and not one.joined:
        return "objected to", topic.short or tuple(code for code, _ in topic.objectors)
    if measure.intrusiveness > limit and pair is not None:
        return "tension too high", pair
    return None, ()


def suit(
    archive: Archive,
    parties: Sequence[Party],
    day: date,
    found: Denominators | None = None,
    tension: Mapping[tuple[str, str], float] | None = None,
) -> tuple[Suited, ...]:
    """Return every measure of the catalogue with how it stands for the parties, by id.

    Args:
        archive: opened as of the day.
        parties: who would take part, two or more.
        day: what is known by it counts.
        found: denominators of these parties; None leaves the record of votes out.
        tension: see `most_intrusive`.
    """
    catalogued = frozenset(str(code) for (code,) in archive.sql("select id from measures"))
    codes = [party.code for party in parties]
    limit, _, pair = most_intrusive(codes, tension)
    stands = _standings(archive, parties, day)
    needed = {need for measure in measures() for need in measure.needs}
    able = {need: has(archive, need, parties, day) for need in sorted(needed)}
    out = []
    for measure in measures():
        own = {
            code: tuple(
                stands[code, name] for name in measure.instruments if (code, name) in stands
            )
            for code in codes
        }
        bound, by = _bound(own)
        one = Suited(measure, own, bound, by, _topic(measure, found))
        why, who = _why(one, able, _known(archive, measure, day, catalogued), limit, pair)
        out.append(replace(one, why=why, who=who))
    return tuple(out)
