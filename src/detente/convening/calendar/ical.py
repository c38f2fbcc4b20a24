"""A plan as an iCalendar file (RFC 5545), for any calendar program.

Every milestone is an all-day event; DTEND is the day after the last, as the standard has it. A
second event, shown as free, spans the days by which a milestone may still slip. Identifiers come
from the case, the route and the milestone, and the stamp from the as-of date, so that the same plan
gives the same bytes and a later plan replaces an earlier one in the reader's calendar.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from detente.convening.calendar.planning import OPENING, Plan, Planned
from detente.convening.calendar.wording import (
    advice_text,
    day_text,
    description,
    lane_text,
    sayer,
    slack_text,
    verdict,
)
from detente.errors import OutputError
from detente.language import Lang

ALARM_DAYS = 7  # a week's warning


def _uid(found: Plan, key: str) -> str:
    """Return an identifier that depends on what is planned and not on when."""
    name = f"{found.case}/{found.route.id}/{key}"
    return f"{sha256(name.encode()).hexdigest()[:24]}@detente.invalid"


def _event(found: Plan, key: str, first: date, last: date) -> Event:
    event = Event()
    event.add("uid", _uid(found, key))
    event.add("dtstamp", datetime.combine(found.day, time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("class", "CONFIDENTIAL")
    return event


def _milestone(found: Plan, one: Planned, lang: Lang) -> Event:
    say = sayer(lang)
    what = one.milestone.title(lang)
    event = _event(found, one.milestone.event, one.first, one.last)
    mark = say("from memory") if one.confidence == "MEMORY" else ""
    event.add("summary", f"{what} [{mark}]" if mark else what)
    lines = [description(one, lang)]
    if one.milestone.event == OPENING:
        lines += [verdict(found, lang), *(advice_text(a, found, lang) for a in found.advice)]
    event.add("description", "\n".join(lines))
    kinds = [lane_text(one.milestone.lane, lang), say("rule") if one.by_rule else say("practice")]
    # No comma inside a category: some readers split there even where it is escaped.
    event.add("categories", [*kinds, mark] if mark else kinds)
    event.add("transp", "OPAQUE" if one.milestone.event == OPENING else "TRANSPARENT")
    event.add("priority", 1 if one.slack == 0 else 5)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", say("Due on {day}: {what}", day=day_text(one.first, lang), what=what))
    alarm.add("trigger", timedelta(days=-ALARM_DAYS))
    event.add_component(alarm)
    return event


def _window(found: Plan, one: Planned, lang: Lang) -> Event:
    say = sayer(lang)
    what = one.milestone.title(lang)
    event = _event(found, f"{one.milestone.event}/window", one.first, one.latest)
    event.add("summary", say("Window: {what}", what=what))
    event.add("description", f"{what}: {slack_text(one, lang)}")
    event.add("categories", [lane_text(one.milestone.lane, lang), say("window")])
    event.add("transp", "TRANSPARENT")
    event.add("priority", 9)
    return event


def write_calendar(found: Plan, lang: Lang) -> bytes:
    """Return a plan as an iCalendar file.

    Args:
        found: the plan.
        lang: English or French.

    Raises:
        OutputError: the plan is impossible and has no days to write.
    """
    if not found.possible:
        raise OutputError(verdict(found, lang))
    say = sayer(lang)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Detente//convening calendar//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("Towards {route}", route=found.route.title(lang)))
    calendar.add("x-wr-caldesc", verdict(found, lang))
    for one in found.milestones:
        calendar.add_component(_milestone(found, one, lang))
        if one.timed and one.slack > 0 and one.milestone.event != OPENING:
            calendar.add_component(_window(found, one, lang))
    data: bytes = calendar.to_ical()
    return data
