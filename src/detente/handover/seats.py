"""Seats of the Security Council: who sat when, from which group, and to whom the seat passed.

Non-permanent seats rotate within the regional groups of A/RES/1991(XVIII), which first applied to
the terms of 1966. Where one seat of a group changes hands at a turn of the year, it is plain who
followed whom; where two do, the record does not say which passed to whom, and neither do we.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from detente.archive import Archive
from detente.errors import CaseError, NotFound
from detente.parties import BODIES, State

GROUPS = ("AFRICA", "ASIA-PACIFIC", "EASTERN-EUROPE", "GRULAC", "WEOG")
FIRST_BY_GROUP = 1966
"""First year whose terms were filled by regional group (A/RES/1991(XVIII), A)."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """A term on the Council.

    Attributes:
        iso3: who sat.
        first, last: its first and last day; ``last`` is None while it runs and its end is not
            known on the as-of date.
        permanent: True for a permanent member.
        group: the regional group it sat for; None for a permanent member and before 1966.
    """

    iso3: str
    first: date
    last: date | None
    permanent: bool
    group: str | None

    def covers(self, first: date, last: date) -> bool:
        """Return whether the term covers a span of days."""
        return self.first <= first and (self.last is None or last <= self.last)

    @property
    def years(self) -> str:
        """Return its years, as 2017–2018."""
        if self.last is None:
            return f"{self.first.year}–"
        if self.first.year == self.last.year:
            return str(self.first.year)
        return f"{self.first.year}–{self.last.year}"


@dataclass(frozen=True)
class Passing:
    """A turn of the year at which seats of one group changed hands.

    Attributes:
        group: whose seats; None where seats did not go by group.
        day: the first day of the new members.
        left, entered: who left and who came, sorted. One each: the seat passed from the one to
            the other. More: the record does not say which of them followed whom.
    """

    group: str | None
    day: date
    left: tuple[str, ...]
    entered: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Whether it is plain who followed whom."""
        return len(self.left) == len(self.entered) == 1


# Read once an archive: who followed whom asks for all terms again and again.
_read: WeakKeyDictionary[Archive, tuple[Term, ...]] = WeakKeyDictionary()


def terms(archive: Archive, iso3: str | None = None) -> tuple[Term, ...]:
    """Return the terms of one state, or of all, in order of their first day, then of state."""
    if archive not in _read:
        _read[archive] = _terms(archive)
    return tuple(term for term in _read[archive] if iso3 in (None, term.iso3))


def _terms(archive: Archive) -> tuple[Term, ...]:
    groups = ", ".join(f"'{group}'" for group in GROUPS)
    rows = archive.sql(
        f"""
        SELECT s.iso3, s.first_day, s.last_day,
               s.iso3 IN (SELECT iso3 FROM memberships WHERE body = 'P5') AS permanent,
               (SELECT min(g.body) FROM memberships g WHERE g.iso3 = s.iso3
                AND g.body IN ({groups}) AND g.first_day <= s.first_day
                AND (g.last_day IS NULL OR g.last_day >= s.first_day)) AS region
        FROM memberships s WHERE s.body = 'SC' ORDER BY s.first_day, s.iso3
        """
    )
    return tuple(
        Term(
            code,
            first,
            last,
            permanent,
            None if permanent or first.year < FIRST_BY_GROUP else region,
        )
        for code, first, last, permanent, region in rows
    )


def _changing(archive: Archive, group: str, day: date) -> Passing:
    """Return who of a group left the Council the day before, and who came on the day."""
    seated = [term for term in terms(archive) if not term.permanent and term.group == group]
    return Passing(
        group,
        day,
        tuple(sorted(term.iso3 for term in seated if term.last == day - _DAY)),
        tuple(sorted(term.iso3 for term in seated if term.first == day)),
    )


def came_from(archive: Archive, term: Term) -> Passing | None:
    """Return from whom the seat of a term came; None where seats did not go by group."""
    if term.group is None or term.first.year <= FIRST_BY_GROUP:
        return None
    return _changing(archive, term.group, term.first)


def passed_to(archive: Archive, term: Term) -> Passing | None:
    """Return to whom the seat of a term passed; None where the as-of date does not tell."""
    if term.group is None or term.last is None:
        return None
    found = _changing(archive, term.group, term.last + _DAY)
    return found if found.entered else None


def years_of(found: tuple[Term, ...]) -> str:
    """Return the years of some terms in words: “1971–1972 and 2007–2008”."""
    spans = [term.years for term in found]
    return spans[0] if len(spans) == 1 else f"{', '.join(spans[:-1])} and {spans[-1]}"


def find_term(archive: Archive, state: State, years: tuple[int, int] | None) -> Term:
    """Return the term that is handed over: that of the years named, else the state's last.

    Raises:
        NotFound: the state never sat, or not in those years.
        CaseError: a permanent member without years: it has no term of its own.
    """
    held = terms(archive, state.iso3)
    when = f" as of {archive.as_of}" if archive.as_of else ""
    if not held:
        raise NotFound(
            f"{state.name_en} has not sat on the Security Council{when}, so it has no term to hand "
            "over: name a state that has, or another --body"
        )
    if years is None:
        if held[-1].permanent:
            raise CaseError(
                f"{state.name_en} is a permanent member of the Security Council and has no term: "
                "name the years with --years 2017-2018"
            )
        return held[-1]
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    for term in held:
        end = min(last, archive.as_of) if archive.as_of and term.last is None else last
        if term.covers(first, end) or (term.permanent and term.first.year <= years[0]):
            until = last if term.last is None else min(last, term.last)
            return Term(term.iso3, max(first, term.first), until, term.permanent, term.group)
    raise NotFound(
        f"{state.name_en} did not sit on the Security Council in {_span(years)}{when}: its terms "
        f"are {years_of(held)}; choose --years within one"
    )


def _span(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


def group_name(group: str, french: bool) -> str:
    """Return what a regional group is called."""
    return BODIES[group][2 if french else 1]
