"""Milestones: what has to be done on the way to an opening, by whom, and how long before.

Rules give the clocks; practice gives the rest (expert meetings, invitations, mandates). Both name
the same events, such as ``request`` or ``opening``. The milestones are data (``tracks/*.toml``): a
track is a set of milestones that several routes share, and says which routes it serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from detente.convening.rulebook import Confidence, read_toml, shipped
from detente.language import Lang

Lane = Literal[
    "host", "invitees", "EU", "experts", "Assembly", "Council", "Secretary-General", "body"
]
LANES: tuple[Lane, ...] = get_args(Lane)
"""Who acts, in the order in which a picture shows them."""


@dataclass(frozen=True)
class Gap:
    """How long before a later event practice puts a milestone; in any event it comes no later.

    Attributes:
        before: the later event.
        usual: days that practice leaves between them.
    """

    before: str
    usual: int


@dataclass(frozen=True)
class Milestone:
    """Something to be done on the way to an opening.

    Attributes:
        event: its name in the clocks of the rules.
        lane: who acts.
        title_en, title_fr: what is done.
        needs_en, needs_fr: what must exist by then; may be empty.
        days: how many days it takes (a meeting of two days: 2).
        gaps: how long before later events practice puts it.
        rules: rules that ask for it beyond those whose clocks set it; it is left out where none of
            these is in force on the day and it is ``only by rule``.
        precedents: meetings of the archive's ``summits`` behind the practice.
        by_rule_only: True where it exists only by one of ``rules``.
    """

    event: str
    lane: Lane
    title_en: str
    title_fr: str
    needs_en: str = ""
    needs_fr: str = ""
    days: int = 1
    gaps: tuple[Gap, ...] = ()
    rules: tuple[str, ...] = ()
    precedents: tuple[str, ...] = ()
    by_rule_only: bool = False

    def title(self, lang: Lang) -> str:
        """Return what is done, in one language."""
        return self.title_fr if lang == "fr" else self.title_en

    def needs(self, lang: Lang) -> str:
        """Return what must exist by then, in one language."""
        return self.needs_fr if lang == "fr" else self.needs_en


@dataclass(frozen=True)
class Track:
    """Milestones that belong together.

    Attributes:
        id: the name of its file.
        routes: the routes it serves, by id.
        party: the party without which it is left out, or None.
    """

    id: str
    routes: frozenset[str]
    party: str | None
    milestones: tuple[Milestone, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Words = Annotated[str, Field(min_length=1)]


class _Both(_Strict):
    en: Words
    fr: Words


class _Gap(_Strict):
    before: Words
    usual: Annotated[int, Field(ge=0)]


class _Milestone(_Strict):
    event: Words
    lane: Lane
    title: _Both
    needs: _Both | None = None
    days: Annotated[int, Field(ge=1)] = 1
    gaps: list[_Gap] = []
    rules: list[str] = []
    precedents: list[str] = []
    by_rule_only: bool = False


class _Track(_Strict):
    routes: Annotated[list[str], Field(min_length=1)]
    party: str | None = None
    milestones: Annotated[list[_Milestone], Field(min_length=1)]


@cache
def tracks() -> tuple[Track, ...]:
    """Return every track that ships, by name.

    Raises:
        RuleError: a file cannot be used; the sentence names it and the line.
    """
    found = []
    for path in sorted((shipped("calendar") / "tracks").glob("*.toml")):
        raw = read_toml(path, _Track, "track")
        milestones = tuple(
            Milestone(
                one.event,
                one.lane,
                one.title.en,
                one.title.fr,
                one.needs.en if one.needs else "",
                one.needs.fr if one.needs else "",
                one.days,
                tuple(Gap(gap.before, gap.usual) for gap in one.gaps),
                tuple(one.rules),
                tuple(one.precedents),
                one.by_rule_only,
            )
            for one in raw.milestones
        )
        found.append(Track(path.stem, frozenset(raw.routes), raw.party, milestones))
    return tuple(found)


def milestones(route: str, parties: Sequence[str]) -> tuple[Milestone, ...]:
    """Return the milestones of a route, in the order of the tracks.

    Args:
        route: the route's id.
        parties: codes of those at the table; a track of a party that is absent is left out.
    """
    return tuple(
        one
        for track in tracks()
        if route in track.routes and (track.party is None or track.party in parties)
        for one in track.milestones
    )


__all__ = ["LANES", "Confidence", "Gap", "Lane", "Milestone", "Track", "milestones", "tracks"]
