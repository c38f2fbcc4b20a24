"""The sentences of a comparison, in English and French."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from detente.archive import Archive, open_archive
from detente.case import Case
from detente.convening.calendar.wording import day_text, days_text, short_day
from detente.convening.clocks import Clock
from detente.convening.electorates import bodies
from detente.convening.findings import (
    Chance,
    Comparison,
    Obstacle,
    Precedent,
    RouteFinding,
    Standing,
    Starter,
)
from detente.convening.messages import (
    EVENTS,
    HELD,
    LEVELS,
    OBSTACLES,
    OFFICES,
    REASONS,
    ROLES,
    SEATS,
)
from detente.convening.recommending import Advice, Reason
from detente.convening.routes import routes
from detente.convening.rulebook import rulebook
from detente.convening.support.acceptance import Reason as AcceptanceReason
from detente.convening.support.levels import RUNGS
from detente.convening.support.shares import chance_text, share_text
from detente.convening.support.wording import reason_words
from detente.convening.thresholds import Needed
from detente.language import Lang, translator
from detente.parties import states

DOMAIN = "convening"
_FIXED = "\u00a0"


@dataclass(frozen=True)
class Wording:
    """Sentences for one case in one language.

    Attributes:
        archive: for the names of states.
        case: whose parties are named.
        lang: English or French.
    """

    archive: Archive
    case: Case
    lang: Lang

    @cached_property
    def say(self) -> Callable[..., str]:
        """Return the translator of this part."""
        return translator(self.lang, DOMAIN)

    @cached_property
    def _names(self) -> dict[str, str]:
        # States that joined the United Nations later can sit in other bodies before that.
        whole = states(open_archive(folder=self.archive.folder)) | states(self.archive)
        names = {code: state.name(self.lang) for code, state in whole.items()}
        others = (other for body in bodies().values() for other in body.others)
        names |= {other.code: other.name(self.lang) for other in others if other.code not in names}
        return names | {party.code: party.name(self.lang) for party in self.case.parties}

    def name(self, code: str) -> str:
        """Return what a state, a party or a member of a body is called."""
        return self._names.get(code, code)

    def names(self, codes: Iterable[str]) -> str:
        """Return several names in a row."""
        return ", ".join(self.name(code) for code in codes)

    def listed(self, parts: Iterable[str]) -> str:
        """Join parts of a sentence with semicolons, as the language sets them."""
        return (f"{_FIXED}; " if self.lang == "fr" else "; ").join(parts)

    def labelled(self, label: str, text: str) -> str:
        """Put a label and a colon before a text, as the language sets them."""
        return f"{label}{_FIXED if self.lang == 'fr' else ''}: {text}"

    def body(self, name: str) -> str:
        """Return what a body is called."""
        known = bodies()
        return known[name].name(self.lang) if name in known else self.say(OFFICES[name])

    def day(self, day: date | None) -> str:
        """Write a day in full, or a dash."""
        return "–" if day is None else day_text(day, self.lang)

    def share(self, p: float) -> str:
        """Write a probability in per cent; never as certain what is not."""
        return share_text(p, self.lang)

    def chance(self, chance: Chance | None) -> str:
        """Write a probability with its interval, or a dash."""
        return "–" if chance is None else chance_text(chance.p, chance.low, chance.high, self.lang)

    def needed(self, need: Needed) -> str:
        """Say what a threshold needs on the day."""
        say = self.say
        if need.kind == "votes in favour":
            return say("{votes} of {of}", votes=need.votes, of=need.of)
        if need.kind == "present and voting" and need.share == "majority":
            return say(
                "more yes than no ({votes} of {of} if all vote)", votes=need.votes, of=need.of
            )
        if need.kind == "present and voting":
            return say(
                "two thirds of yes and no ({votes} of {of} if all vote)",
                votes=need.votes,
                of=need.of,
            )
        if need.kind == "no objection":
            return say("no objection among {of}", of=need.of)
        if need.kind == "unanimity":
            return say("unanimity of {of}, abstentions aside", of=need.of)
        if need.kind == "each":
            return say("acceptance by each of {of}", of=need.of)
        return say("one acts alone")

    def needs(self, found: RouteFinding) -> str:
        """Say what a route needs: the threshold of its deciding steps."""
        roles = ("decision", "attendance")
        steps = [one for one in found.steps if one.step.role in roles]
        said = dict.fromkeys(self.needed(one.needed) for one in steps)
        return self.listed(said) or self.say("one acts alone")

    def starter(self, one: Starter) -> str:
        """Say who can start, and whether the host can."""
        who = self.say(OFFICES[one.who])
        if one.who in ("host", "Secretary-General", "presidency", "parties"):
            return who
        host = self.say("the host is one") if one.host else self.say("the host is none")
        return f"{who} ({self.listed([str(one.count), host])})"

    def seat(self, one: Standing) -> str:
        """Say how a party sits in the body."""
        inside, of = one.members or (0, 0)
        if one.seat == "through members":
            return self.say(SEATS[one.seat], inside=inside, of=of)
        return self.say(SEATS[one.seat])

    def opening(self, found: RouteFinding) -> str:
        """Say when a route can open if it is asked for on the as-of date."""
        if found.route.dated_by_body:
            return self.say("on the body’s own date, not in the record")
        window = found.opening
        if window.latest is None:
            return self.say(
                "from {first}; no rule sets a last day", first=self.day(window.earliest)
            )
        if window.earliest == window.latest:
            return self.day(window.earliest)
        return self.say(
            "from {first} to {last}", first=self.day(window.earliest), last=self.day(window.latest)
        )

    def days(self, found: RouteFinding) -> str:
        """Write the days on which a route can open, in short, for a table."""
        if found.route.dated_by_body:
            return self.say("its own date")
        first, last = found.opening.earliest, found.opening.latest
        if first is None:
            return "–"
        if last is None:
            return self.say("from {first}", first=short_day(first, self.lang))
        if first == last:
            return short_day(first, self.lang)
        return f"{short_day(first, self.lang)} – {short_day(last, self.lang)}"

    def usual(self, found: RouteFinding) -> str:
        """Say how long its precedents took."""
        if found.usual is None:
            return self.say("no lead on record")
        low, middle, high = found.usual
        if low == high:
            return days_text(low, self.lang)
        return self.say(
            "{low} to {high}, median {middle}",
            low=low,
            high=days_text(high, self.lang),
            middle=middle,
        )

    def obstacle(self, one: Obstacle | Reason) -> str:
        """Say what is in the way."""
        values = self._values(one.values)
        if one.key == "open question":
            asked = rulebook()[str(one.values["rule"])].open_question
            assert asked is not None
            values["question"] = asked.text(self.lang)
        return self.say(OBSTACLES[one.key], **values)

    def reason(self, one: Reason) -> str:
        """Say why."""
        if one.key in OBSTACLES:
            return self.obstacle(one)
        return self.say(REASONS[one.key], **self._values(one.values))

    def by_level(self, found: Comparison, party: str) -> str:
        """Say how likely a party is to accept at each level; once where all are alike."""
        chances = {
            level: next(one for one in found.accepted[level] if one.party == party)
            for level in RUNGS
        }
        said = {
            level: self.chance(Chance(one.p, one.low, one.high)) for level, one in chances.items()
        }
        if len(set(said.values())) == 1:
            return said["leaders"]
        return self.listed(f"{self.say(LEVELS[level])} {text}" for level, text in said.items())

    def accepts(self, one: AcceptanceReason) -> str:
        """Say why a party may accept or not, with the records behind it."""
        records = f" [{', '.join(one.records)}]" if one.records else ""
        return reason_words(one, self.lang, self.name) + records

    def refs(self, one: Reason) -> str:
        """Return the rules and records behind a reason, in brackets."""
        cited = [*dict.fromkeys(one.rules), *one.records[:6]]
        if len(one.records) > 6:
            cited.append("…")
        return f"[{', '.join(cited)}]" if cited else ""

    def advice(self, one: Advice, titles: Mapping[str, str]) -> str:
        """Say what is meant by a piece of advice: its role, and its routes or parties."""
        meant = [titles[route] for route in one.routes] + [self.name(code) for code in one.parties]
        return self.labelled(self.say(ROLES[one.role]), self.listed(meant))

    def clock(self, clock: Clock) -> str:
        """Say what falls due by a clock, how long before or after which event."""
        title = clock.title_fr if self.lang == "fr" else clock.title_en
        hours = clock.hours is not None
        length = (
            self.say("{n} hours", n=clock.hours) if hours else days_text(clock.length, self.lang)
        )
        bound = {
            "at most after": "at most {length} after: {event}",
            "at least after": "at least {length} after: {event}",
            "at least before": "at least {length} before: {event}",
            "at most before": "at most {length} before: {event}",
        }[clock.kind]
        event = self.say(EVENTS.get(clock.counted_from, "opening"))
        if clock.kind == "at most after" and clock.length == 0:
            return f"{title} ({self.say('together with: {event}', event=event)})"
        return f"{title} ({self.say(bound, length=length, event=event)})"

    def precedent(self, one: Precedent) -> str:
        """Say what a precedent was, when, how long it took and what came of it."""
        parts = [f"{one.name} ({self.day(one.opened)})"]
        if one.lead_days is not None:
            parts.append(days_text(one.lead_days, self.lang))
        if one.status is not None:
            parts.append(self.say(HELD[one.status]))
        if one.outcome:
            parts.append(one.outcome)
        return self.listed(parts)

    def memory(self, mark: str) -> str:
        """Return the mark of what is from memory, or nothing."""
        return f" [{self.say('from memory')}]" if mark == "MEMORY" else ""

    def _values(self, values: Mapping[str, object]) -> dict[str, object]:
        """Turn codes, days and probabilities into words; ``p, low, high`` make ``chance``."""
        said: dict[str, object] = {}
        for key, value in values.items():
            if isinstance(value, date):
                said[key] = self.day(value)
            elif isinstance(value, Needed):
                said[key] = self.needed(value)
            elif isinstance(value, tuple):
                said[key] = self.names(value)
            elif key == "route" and isinstance(value, str):
                said[key] = routes()[value].title(self.lang)
            elif key in ("party", "first", "second", "host") and isinstance(value, str):
                said[key] = self.name(value)
            elif key == "body" and isinstance(value, str):
                said[key] = self.body(value)
            elif key in ("level", "other") and isinstance(value, str):
                said[key] = self.say(value)
            elif key in ("p", "q", "low", "high") and isinstance(value, int | float):
                said[key] = self.share(value)
            elif isinstance(value, float):
                said[key] = round(value)
            else:
                said[key] = value
        numbers = [values.get(key) for key in ("p", "low", "high")]
        if all(isinstance(number, int | float) for number in numbers):
            p, low, high = (float(str(number)) for number in numbers)
            said["chance"] = self.chance(Chance(p, low, high))
        return said


def titles(found: Sequence[RouteFinding], lang: Lang) -> dict[str, str]:
    """Return the title of every route found, by id."""
    return {one.route.id: one.route.title(lang) for one in found}
