"""What a dossier says, before it is said in any language: values and the records behind them.

`detente.dossier.gather` fills these from the archive and the methods; sections turn them into
blocks; the JSON carries them as they are. Nothing here is later than the as-of date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from detente.denominators.agenda import Reason, Shelf
from detente.dossier.parts import Parts
from detente.language import Lang

Tier = Literal["all accept", "nobody objects", "one short", "split", "unknown"]
_INITIALS_FR = {"EU": "UE"}

TIERS: tuple[Tier, ...] = ("all accept", "nobody objects", "one short", "split", "unknown")


@dataclass(frozen=True)
class Named:
    """Something with a code and a name in both languages."""

    code: str
    name_en: str
    name_fr: str

    def name(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.name_fr if lang == "fr" else self.name_en


@dataclass(frozen=True)
class Delegation(Named):
    """A party as the dossier needs it; ``members`` are its states on the as-of date."""

    kind: Literal["state", "bloc"]
    members: tuple[Named, ...]

    def short(self, lang: Lang) -> str:
        """Return what tables and figures call it: the initials of a bloc, the name of a state."""
        if self.kind == "state":
            return self.name(lang)
        return _INITIALS_FR.get(self.code, self.code) if lang == "fr" else self.code


@dataclass(frozen=True)
class CaseFacts:
    """The case as the dossier states it."""

    stem: str
    name_en: str
    name_fr: str
    host: Named
    parties: tuple[Delegation, ...]
    as_of: date
    since: int | None

    def name(self, lang: Lang) -> str:
        """Return the case's name in one language."""
        return self.name_fr if lang == "fr" else self.name_en

    def party(self, code: str) -> Delegation:
        """Return the party with this code."""
        return next(party for party in self.parties if party.code == code)


@dataclass(frozen=True)
class Moment:
    """Where a party stood in one session.

    Attributes:
        position: ideal point of a state; median of a bloc's members.
        low, high: 90 % interval of a state; lowest and highest member of a bloc.
        lowest, highest: the members at the ends of a bloc's range, else empty.
    """

    session: int
    year: int
    position: float
    low: float
    high: float
    lowest: str = ""
    highest: str = ""


@dataclass(frozen=True)
class Change:
    """A quantity with its 90 % interval, and the session it is counted from (0 where none)."""

    session: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Track:
    """A party's positions over time, oldest first.

    Attributes:
        change: the movement over the last ten sessions, of a bloc that of the members that stayed;
            None where it cannot be told.
    """

    party: str
    moments: tuple[Moment, ...]
    change: Change | None = None


@dataclass(frozen=True)
class Pair:
    """How alike two parties vote in a window.

    Attributes:
        a, b: the parties' codes.
        value, low, high: agreement corrected for chance (1 always alike, 0 as by chance) with its
            90 % interval; None where they share too few roll calls.
        same: the plain share of roll calls in which they voted alike.
        calls: roll calls on which both had a position.
        distance: between their positions at the window's end, a bloc as the mean of its members.
    """

    a: str
    b: str
    value: float | None
    low: float | None
    high: float | None
    same: float | None
    calls: int
    distance: Change | None = None


@dataclass(frozen=True)
class Window:
    """Agreement of all pairs, and of all parties together, in one span of days."""

    first_day: date
    last_day: date
    pairs: tuple[Pair, ...]
    group: Change | None
    calls: int

    def pair(self, a: str, b: str) -> Pair | None:
        """Return the pair in either order."""
        return next((p for p in self.pairs if {p.a, p.b} == {a, b}), None)


@dataclass(frozen=True)
class Unity:
    """A bloc's cohesion in one session: 1 all alike, 0 evenly parted; ``calls`` it rests on."""

    session: int
    year: int
    cohesion: float
    calls: int


@dataclass(frozen=True)
class Split:
    """A text on which a bloc's members parted.

    Attributes:
        record: key of the record.
        yes, no, abstain: members' codes.
        cohesion: of the bloc on this text.
    """

    record: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]
    cohesion: float


@dataclass(frozen=True)
class BlocUnity:
    """How united a bloc is: over time, where it parts, and who stands apart.

    Attributes:
        over_time: cohesion a session.
        splits: texts of the last five years that parted its members most, newest first.
        apart: member's code and the number of texts of the span on which it left its bloc's
            majority, most first.
        calls, parted: roll calls of the span with the bloc, and those on which it was not of one
            vote; ``opposed`` of these, members voted yes and no against each other.
        first_day, last_day: the span, ten years.
    """

    party: str
    over_time: tuple[Unity, ...]
    splits: tuple[Split, ...]
    apart: tuple[tuple[str, int], ...]
    calls: int
    parted: int
    opposed: int
    first_day: date
    last_day: date


Direction = Literal["improving", "worsening", "steady"]


@dataclass(frozen=True)
class Denominator:
    """What the record says of one topic.

    Attributes:
        topic, subject: the topic, and the level-1 topic above it.
        tier: see `TIERS`.
        short: the parties without which the topic would draw no objection (tier one short).
        probability, low, high: that the next text put to a recorded vote draws no objection from
            any party, with its 90 % interval; None where no roll call is known.
        cases: roll calls with a known outcome; ``adopted`` texts without a vote beside them.
        accepted, unopposed: shares of the evidence, newer texts counting more, that all accepted
            and that nobody objected to.
        since, last: year of the first text and day of the newest; None where there is none.
        direction: improving or worsening only where the interval of the change excludes none.
        weight: from 0 to 1, how much the topic matters.
        objectors: party code and the number of texts it objected to, most first.
        agreed, opposed: keys of the newest records to which nobody objected, and to which a party
            did.
    """

    topic: Named
    subject: Named
    tier: Tier
    short: tuple[str, ...]
    probability: float | None
    low: float | None
    high: float | None
    cases: int
    adopted: int
    accepted: float
    unopposed: float
    since: int | None
    last: date | None
    direction: Direction
    weight: float
    objectors: tuple[tuple[str, int], ...]
    agreed: tuple[str, ...]
    opposed: tuple[str, ...]


@dataclass(frozen=True)
class Broken:
    """Where agreement broke: the last version nobody objected to, the first one somebody did."""

    topic: Named
    agreed: str
    broke: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Precedent:
    """A dated fact of the procedure record: something that the parties agreed on before."""

    record: str
    topic: str
    title: str
    day: date


@dataclass(frozen=True)
class Together:
    """How often the parties were of one mind lately.

    Attributes:
        calls: roll calls in which every party took part.
        accepted: of these, all voted yes (a bloc: every member that voted).
        unopposed: of these, none voted no.
        adopted: texts adopted without a vote in the same years.
    """

    first_year: int
    last_year: int
    calls: int
    accepted: int
    unopposed: int
    adopted: int


@dataclass(frozen=True)
class Item:
    """An item of the agenda, or a topic left out of it.

    Attributes:
        topic: code of the topic.
        shelf: where it stands; ``place`` is its number, 0 for what is left out.
        reason: why it stands there.
        objectors: parties expected to object.
        rests_on: keys of the records it rests on.
        broke: where agreement on it broke lately, or None.
        host_wish: whether the host itself wishes to raise it.
    """

    topic: str
    shelf: Shelf
    place: int
    reason: Reason
    objectors: tuple[str, ...]
    rests_on: tuple[str, ...]
    broke: Broken | None = None
    host_wish: bool = False


@dataclass(frozen=True)
class Fact:
    """A public record: what happened, and what each party did.

    Attributes:
        kind: ``roll call``, ``without a vote``, ``vote not recorded``, ``council`` or ``fact``.
        totals: yes, no, abstentions, absent (None where nobody counted them); None where no vote
            was recorded.
        votes: party code to the counts (yes, no, abstain, absent) among its members.
        undl_id: of the UN Digital Library, where known.
    """

    key: str
    symbol: str
    kind: Literal["roll call", "without a vote", "vote not recorded", "council", "fact"]
    day: date
    title: str
    totals: tuple[int, int, int, int | None] | None
    votes: Mapping[str, tuple[int, int, int, int]]
    undl_id: str | None
    source: str
    memory: bool = False


@dataclass(frozen=True)
class Gaps:
    """What the evidence lacks.

    Attributes:
        since, last_day: span of the evidence on topics.
        roll_calls, adopted: Assembly texts of that span by roll call, and without a vote with a
            title; ``untitled`` those without a vote whose title is not on record, which no topic
            can claim; ``inferred`` of both, those whose manner of adoption is inferred.
        absences: state's code, roll calls of the span, and those in which it took no part.
        unknown: topics without enough evidence.
        old: topics whose newest text is older than ten years.
    """

    since: int
    last_day: date
    roll_calls: int
    adopted: int
    untitled: int
    inferred: int
    absences: tuple[tuple[str, int, int], ...]
    unknown: tuple[Named, ...]
    old: tuple[Named, ...]


@dataclass(frozen=True)
class Provenance:
    """What makes the dossier reproducible: never a clock."""

    version: str
    fingerprint: str
    last_day: date
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Findings:
    """All findings of a case; ``states`` names every state that they mention by code.

    ``parts`` are those of the packages above the record, as their libraries return them.
    """

    case: CaseFacts
    states: Mapping[str, Named]
    tracks: tuple[Track, ...]
    now: Window
    before: Window | None
    together: Together
    unity: tuple[BlocUnity, ...]
    denominators: tuple[Denominator, ...]
    broken: tuple[Broken, ...]
    precedents: tuple[Precedent, ...]
    agenda: tuple[Item, ...]
    gaps: Gaps
    records: Mapping[str, Fact]
    provenance: Provenance
    parts: Parts = field(default_factory=Parts)

    def state(self, code: str, lang: Lang) -> str:
        """Return the name of a state."""
        return self.states[code].name(lang)

    def denominator(self, topic: str) -> Denominator:
        """Return what is found on a topic."""
        return next(d for d in self.denominators if d.topic.code == topic)

    def track(self, party: str) -> Track | None:
        """Return a party's positions, or None where it has none."""
        return next((t for t in self.tracks if t.party == party), None)
