"""The sentences of a plan, in English and French."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from detente import typography
from detente.convening.calendar.citing import cited
from detente.convening.calendar.clashes import ClashKind
from detente.convening.calendar.milestones import Lane
from detente.convening.calendar.planning import OPENING, Advice, Plan, Planned, Precedent
from detente.convening.rulebook import Confidence, Rule
from detente.language import Lang, translator
from detente.typography import percent


def sayer(lang: Lang) -> Callable[..., str]:
    """Return the translator of this part."""
    return translator(lang, "calendar")


def day_text(day: date, lang: Lang) -> str:
    """Write a day in full: 20 November 2018; 1er mai 2011."""
    return typography.day(lang, day)


def short_day(day: date, lang: Lang) -> str:
    """Write a day for a picture: 20 Nov 2018; 20 nov. 2018."""
    return typography.short_day(lang, day)


def month_text(day: date, lang: Lang) -> str:
    """Write a month for an axis: Nov; nov."""
    return typography.short_month(lang, day)


def days_text(days: int, lang: Lang) -> str:
    """Write a number of days."""
    say = sayer(lang)
    single = days < 2 if lang == "fr" else days == 1
    return say("{n} day", n=days) if single else say("{n} days", n=days)


def lane_text(lane: Lane, lang: Lang) -> str:
    """Say who acts."""
    say = sayer(lang)
    names: dict[Lane, str] = {
        "host": say("Host"),
        "invitees": say("Invited parties"),
        "EU": say("European Union"),
        "experts": say("Experts"),
        "Assembly": say("General Assembly"),
        "Council": say("Security Council"),
        "Secretary-General": say("Secretary-General"),
        "body": say("Members of the body"),
    }
    return names[lane]


def mark_text(confidence: Confidence, lang: Lang) -> str:
    """Say what a fact rests on; empty where a source was read."""
    return sayer(lang)("from memory, to be checked") if confidence == "MEMORY" else ""


def _marked(text: str, confidence: Confidence, lang: Lang) -> str:
    mark = mark_text(confidence, lang)
    return f"{text} ({mark})" if mark else text


def rule_text(rule: Rule, lang: Lang) -> str:
    """Name a rule with its provision and its mark."""
    say = sayer(lang)
    text = say("{title}: {provision}", title=rule.title(lang), provision=cited([rule], lang))
    return _marked(text, rule.confidence, lang)


def precedent_text(one: Precedent, lang: Lang) -> str:
    """Name a meeting of the record with its lead."""
    text = one.name
    if one.lead_days is not None:
        text = sayer(lang)(
            "{meeting}, {days} from proposal to meeting",
            meeting=one.name,
            days=days_text(one.lead_days, lang),
        )
    return _marked(text, one.confidence, lang)


def dates_text(one: Planned, lang: Lang) -> str:
    """Say when it is planned."""
    if one.first == one.last:
        return day_text(one.first, lang)
    return sayer(lang)(
        "{first} to {last}", first=day_text(one.first, lang), last=day_text(one.last, lang)
    )


def slack_text(one: Planned, lang: Lang) -> str:
    """Say by how much it may slip while the rules and the opening hold."""
    say = sayer(lang)
    if one.milestone.event == OPENING:
        return say("the wished day")
    if not one.timed:
        return say("no rule sets its day")
    if one.slack == 0:
        return say("cannot slip")
    return say(
        "may slip by {days}, to {day}",
        days=days_text(one.slack, lang),
        day=day_text(one.latest, lang),
    )


def basis_text(one: Planned, lang: Lang) -> str:
    """Say in two or three words what asks for it: a rule or practice, and its mark."""
    say = sayer(lang)
    if one.milestone.event == OPENING and not one.by_rule:
        return say("the wished day")
    return _marked(say("rule") if one.by_rule else say("practice"), one.confidence, lang)


def description(one: Planned, lang: Lang) -> str:
    """Return all there is to say of a milestone, a line each, as a calendar entry shows it."""
    say = sayer(lang)
    lines = [say("Who: {who}", who=lane_text(one.milestone.lane, lang))]
    if needs := one.milestone.needs(lang):
        lines.append(say("Must exist by then: {what}", what=needs))
    lines += [say("Rule: {rule}", rule=rule_text(rule, lang)) for rule in one.rules]
    if not one.by_rule and one.milestone.event != OPENING:
        lines.append(say("No rule asks for it; practice does."))
        if one.confidence == "MEMORY":
            lines.append(say("The usual lead is from memory, to be checked."))
    lines += [
        say("Precedent: {meeting}", meeting=precedent_text(other, lang)) for other in one.precedents
    ]
    lines.append(say("Slack: {slack}", slack=slack_text(one, lang)))
    if one.shortened:
        lines.append(say("Shorter than usual."))
    return "\n".join(lines)


def verdict(found: Plan, lang: Lang) -> str:
    """Say in one sentence whether the opening can be had, and if not, when it can.

    A sentence before it says where the Assembly's calendar moves the wished day, or the body's own
    calendar decides on it.
    """
    say = sayer(lang)
    moved = ""
    if found.route.dated_by_body:
        moved = say(
            "The body’s own calendar fixes the day, and the record does not hold it: check "
            "{opening} against it.",
            opening=day_text(found.opening, lang),
        )
    if found.opening != found.wished:
        moved = say(
            "The calendar of the Assembly moves the wished {wished} to {opening}.",
            wished=day_text(found.wished, lang),
            opening=day_text(found.opening, lang),
        )
    return f"{moved} {_verdict(found, lang)}".strip()


def _verdict(found: Plan, lang: Lang) -> str:
    say = sayer(lang)
    route, opening = found.route.title(lang), day_text(found.opening, lang)
    if not found.possible:
        rules = cited(found.binding, lang)
        values = {
            "route": route,
            "opening": opening,
            "earliest": day_text(found.earliest_opening, lang),
        }
        if rules:
            return say(
                "{route}: an opening on {opening} is too near; the earliest possible opening is "
                "{earliest} ({rules}).",
                rules=rules,
                **values,
            )
        return say(
            "{route}: an opening on {opening} is too near; the earliest possible opening is "
            "{earliest}.",
            **values,
        )
    if found.share == 1:
        return say(
            "{route}: an opening on {opening} leaves time for all that practice asks for.",
            route=route,
            opening=opening,
        )
    return say(
        "{route}: an opening on {opening} keeps the rules, and leaves {share} of the time that "
        "practice takes; with all of it the opening would be on {usual}.",
        route=route,
        opening=opening,
        share=percent(lang, found.share),
        usual=day_text(found.usual_opening, lang),
    )


def advice_text(one: Advice, found: Plan, lang: Lang) -> str:
    """Say what falls on hard days."""
    say = sayer(lang)
    titles = {item.milestone.event: item.milestone.title(lang) for item in found.milestones}
    what = "; ".join(titles[event] for event in one.events)
    first, last = day_text(one.clash.first, lang), day_text(one.clash.last, lang)
    sentences: dict[ClashKind, str] = {
        "weekend": say("On a weekend, {first}: {what}.", first=first, what=what),
        "general debate": say(
            "In the week of the general debate, {first} to {last}, when leaders and ministers are "
            "in New York: {what}.",
            first=first,
            last=last,
            what=what,
        ),
        "end of the year": say(
            "At the end of the year, {first} to {last}: {what}.", first=first, last=last, what=what
        ),
    }
    return _marked(sentences[one.clash.kind], one.clash.confidence, lang)


def values(found: Plan, lang: Lang) -> dict[str, object]:
    """Return a plan as JSON values."""
    return {
        "opening": found.opening.isoformat(),
        "possible": found.possible,
        "verdict": verdict(found, lang),
        "milestones": [
            {
                "event": one.milestone.event,
                "title": one.milestone.title(lang),
                "who": lane_text(one.milestone.lane, lang),
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "latest": one.latest.isoformat() if one.timed else None,
                "rules": [rule.id for rule in one.rules],
                "confidence": one.confidence,
            }
            for one in found.milestones
        ],
    }
