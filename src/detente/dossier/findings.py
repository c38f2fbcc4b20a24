"""What a dossier says, before it is said in any language: plain values with the records behind them.

`detente.dossier.gather` fills these from the archive and the methods; sections turn them into
blocks; the JSON carries them as they are. Nothing here is later than the as-of date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.language import Lang

Tier = Literal["all accept", "nobody objects", "one short", "split", "unknown"]
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
        """Return what tables and figures call it: the code of a bloc, the name of a state."""
        return self.code if self.kind == "bloc" else self.name(lang)


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
class Track:
    """A party's positions over time, oldest first."""

    party: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Pair:
    """How alike two parties vote in a window of sessions.

    Attributes:
        a, b: the parties' codes.
        value, low, high: agreement corrected for chance (1 always alike, 0 as by chance) with its
            90 % interval; None where they share too few roll calls.
        same: the plain share of roll calls in which they voted alike.
        calls: roll calls in which both voted.
    """

    a: str
    b: str
    value: float | None
    low: float | None
    high: float | None
    same: float | None
    calls: int


@dataclass(frozen=True)
class Window:
    """Agreement of all pairs in one span of sessions."""

    first_session: int
    last_session: int
    first_year: int
    last_year: int
    pairs: tuple[Pair, ...]

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
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Split:
    """A text on which a bloc's members parted.

    Attributes:
        record: key of the record.
        topic: code of its topic, or empty.
        yes, no, abstain: members' codes.
        cohesion: of the bloc on this text.
    """

    record: str
    topic: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]
    cohesion: float


@dataclass(frozen=True)
class BlocUnity:
    """How united a bloc is: over time, where it parts, and who stands apart.

    Attributes:
        apart: member's code and the number of recent texts on which it left its bloc's majority,
            most first.
        calls, parted: recent roll calls with the bloc, and those on which it was not of one vote.
        opposed: those on which members voted yes and no against each other.
    """

    party: str
    over_time: tuple[Unity, ...]
    splits: tuple[Split, ...]
    apart: tuple[tuple[str, int], ...]
    calls: int
    parted: int
    opposed: int
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Denominator:
    """What the record says of one topic.

    Attributes:
        topic: code and names.
        subject: the level-1 topic above it.
        tier: see `TIERS`.
        short: the parties that object where the tier is ``one short``, else those that objected
            lately.
        probability, low, high: that the next text draws no objection from any party, with its
            90 % interval; None where no case allows it.
        cases: how many texts it rests on; ``contested`` of them by roll call.
        since: year of the first of them.
        last: day of the newest.
        trend: change of the probability between the earlier and the later half, with ``trend_low``
            and ``trend_high``; None where it cannot be told.
        weight: from 0 to 1, how much agreement on it would matter.
        evidence: keys of the newest records on which the tier rests.
        breaks: keys of the newest records that a party objected to.
        objectors: party code and the number of texts it objected to.
        memory: True where it rests on what nobody read.
    """

    topic: Named
    subject: Named
    tier: Tier
    short: tuple[str, ...]
    probability: float | None
    low: float | None
    high: float | None
    cases: int
    contested: int
    since: int
    last: date
    trend: float | None
    trend_low: float | None
    trend_high: float | None
    weight: float
    evidence: tuple[str, ...]
    breaks: tuple[str, ...]
    objectors: tuple[tuple[str, int], ...] = ()
    memory: bool = False


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


Shelf = Literal["firm", "one short", "prepare", "leave out"]


@dataclass(frozen=True)
class Item:
    """An item of the agenda: the topic's code, its shelf and its place."""

    topic: str
    shelf: Shelf
    place: int
    host_wish: bool = False


@dataclass(frozen=True)
class Fact:
    """A public record: what happened, and what each party did.

    Attributes:
        kind: ``roll call``, ``without a vote``, ``vote not recorded``, ``council`` or ``fact``.
        totals: yes, no, abstentions, absent; None where no vote was recorded.
        votes: party code to the counts (yes, no, abstain, absent) among its members.
        undl_id: of the UN Digital Library, where known.
    """

    key: str
    symbol: str
    kind: Literal["roll call", "without a vote", "vote not recorded", "council", "fact"]
    day: date
    title: str
    totals: tuple[int, int, int, int] | None
    votes: Mapping[str, tuple[int, int, int, int]]
    undl_id: str | None
    source: str
    memory: bool = False


@dataclass(frozen=True)
class Gaps:
    """What the evidence lacks.

    Attributes:
        roll_calls, adoptions: Assembly texts by roll call and without a vote that were used.
        inferred: of the adoptions, those whose modality is inferred and not an official field.
        first_year, last_day: span of the record that was used.
        absences: party code, texts in the recent window, and those in which it took no part.
        unknown: topics without enough evidence.
        old: topics whose newest text is older than ten years.
    """

    roll_calls: int
    adoptions: int
    inferred: int
    first_year: int
    last_day: date
    recent_since: int
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
    """All findings of a case."""

    case: CaseFacts
    tracks: tuple[Track, ...]
    now: Window
    before: Window | None
    together: Together
    unity: tuple[BlocUnity, ...]
    denominators: tuple[Denominator, ...]
    agenda: tuple[Item, ...]
    gaps: Gaps
    records: Mapping[str, Fact]
    provenance: Provenance

    def denominator(self, topic: str) -> Denominator:
        """Return what is found on a topic."""
        return next(d for d in self.denominators if d.topic.code == topic)

    def track(self, party: str) -> Track | None:
        """Return a party's positions, or None where it has none."""
        return next((t for t in self.tracks if t.party == party), None)
