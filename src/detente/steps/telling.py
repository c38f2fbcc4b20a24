"""A ladder told: sentences, rows and plain values, in English and French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from detente import typography
from detente.denominators import Denominator, Tier
from detente.language import Lang
from detente.parties import Party
from detente.steps.first import Reason
from detente.steps.instruments import instruments
from detente.steps.ladder import Ladder, Rung
from detente.steps.rules import Check
from detente.steps.suiting import Suited
from detente.steps.wording import (
    ANSWERS,
    BINDINGS,
    BOUNDS,
    EXTENTS,
    MISSED,
    NEEDS,
    REASONS,
    TIERS,
    UNKNOWN_REASONS,
    VERDICTS,
    WHYS,
    invitation,
    rule_title,
    say,
    why_of,
)

_INITIALS_FR = {"EU": "UE"}


def short_code(code: str, lang: Lang) -> str:
    """Return the code that lists call a party by: UE in French for the European Union."""
    return _INITIALS_FR.get(code, code) if lang == "fr" else code


def party_name(parties: Sequence[Party], code: str, lang: Lang) -> str:
    """Return what a party is called; ``all`` acts together."""
    if code == "all":
        return say(lang, "all together")
    return next((party.name(lang) for party in parties if party.code == code), code)


def offset_words(offset: int, meeting: date | None, lang: Lang, full: bool = False) -> str:
    """Write when a step falls: a date where the meeting has one, else days from the meeting.

    ``full`` says from what they count, for a sentence outside a list of them.
    """
    if meeting is not None:
        return typography.day(lang, meeting + timedelta(days=offset))
    if offset == 0:
        return say(lang, "at the meeting")
    if full:
        return say(
            lang,
            "{n} days before the meeting" if offset < 0 else "{n} days after the meeting",
            n=abs(offset),
        )
    return say(lang, "{n} days before" if offset < 0 else "{n} days after", n=abs(offset))


def reason_words(reason: Reason, lang: Lang) -> str:
    """Return a reason for who moves first, without the party that it names."""
    if reason.party is None:
        return say(lang, UNKNOWN_REASONS[reason.kind])
    values = dict(reason.values)
    day = values.get("day")
    if isinstance(day, date):
        values["day"] = typography.day(lang, day)
    if reason.kind == "last act":
        instrument = instruments()[str(values["instrument"])]
        act = next(act for act in instrument.acts if (act.day, act.party) == (day, values["by"]))
        values |= {"instrument": instrument.name(lang), "what": act.what(lang)}
    return say(lang, REASONS[reason.kind], **values)


def first_lines(found: Ladder, lang: Lang) -> list[str]:
    """Return who moves first and each reason, one a line; what rests on memory says so."""
    first = found.first
    name = party_name(found.parties, first.party, lang)
    if first.known:
        head = say(
            lang,
            "{party} ({votes} of the {known} reasons that can be known point to it)",
            party=name,
            votes=first.votes,
            known=first.known,
        )
    else:
        head = say(
            lang,
            "{party}, as the first in the order of the case, for no reason can be known",
            party=name,
        )
    lines = [head]
    for reason in first.reasons:
        text = reason_words(reason, lang)
        if reason.party is not None:
            who = party_name(found.parties, reason.party, lang)
            text = say(lang, "{party}: {text}", party=who, text=text)
        if reason.memory:
            text = say(lang, "{text} [from memory]", text=text)
        lines.append(text)
    return lines


def _instrument(code: str, lang: Lang) -> str:
    """Return an instrument with how far it binds: Vienna Document, political."""
    one = instruments()[code]
    return say(
        lang, "{name}, {binding}", name=one.name(lang), binding=say(lang, BINDINGS[one.binding])
    )


def _who_takes_part(one: Suited, lang: Lang) -> str:
    """Return each instrument with who is in it: Vienna Document, political (EU, USA, RUS)."""
    told = []
    for code in one.measure.instruments:
        bound = [
            short_code(party, lang) + ("" if stands.whole else f" {stands.bound}/{stands.of}")
            for party, own in one.standings.items()
            for stands in own
            if stands.instrument.code == code and stands.bound
        ]
        if bound:
            told.append(f"{_instrument(code, lang)} ({', '.join(bound)})")
    return ", ".join(told)


def bound_words(one: Suited, lang: Lang) -> str:
    """Return who takes part already in what the measure comes from."""
    if one.by is not None:
        return say(lang, BOUNDS[one.bound], instrument=_instrument(one.by, lang))
    return say(lang, BOUNDS[one.bound], who=_who_takes_part(one, lang))


def record_words(topic: Denominator | None, lang: Lang) -> str:
    """Return what the parties accepted on a measure's topic before: tier, chance, newest text."""
    if topic is None:
        return say(lang, "no text on record speaks of it")
    text = say(lang, TIERS[topic.tier])
    if topic.tier == Tier.ONE_SHORT:
        text = f"{text} ({', '.join(short_code(code, lang) for code in topic.short)})"
    if topic.probability is not None and topic.low is not None and topic.high is not None:
        chance = say(
            lang,
            "no objection to the next text {chance} ({low} to {high})",
            chance=typography.percent(lang, topic.probability),
            low=typography.percent(lang, topic.low),
            high=typography.percent(lang, topic.high),
        )
        text = f"{text}, {chance}"
    if topic.proof:
        text = f"{text}, {topic.proof[0].symbol}"
    return text


def record_parts(topic: Denominator | None, lang: Lang) -> list[str]:
    """Return the same for a table, without the text: the tier, and the chance with its interval."""
    if topic is None:
        return [say(lang, "no text on record speaks of it")]
    parts = [say(lang, TIERS[topic.tier])]
    if topic.short:
        parts[0] += f" ({', '.join(short_code(code, lang) for code in topic.short)})"
    if topic.probability is not None and topic.low is not None and topic.high is not None:
        span = typography.percent_range(lang, topic.low, topic.high)
        parts.append(f"{typography.percent(lang, topic.probability)} ({span})")
    return parts


def tension_words(found: Ladder, lang: Lang) -> str:
    """Return what the tension allows, or that it is not known and sets no limit."""
    if found.tension is None or found.tensest is None:
        return say(lang, "Tension is not known here and sets no limit.")
    pair = say(
        lang,
        "{one} and {other}",
        one=party_name(found.parties, found.tensest[0], lang),
        other=party_name(found.parties, found.tensest[1], lang),
    )
    limits = {
        2: "Tension is highest between {pair} (percentile {value} of their own history): no step "
        "brings foreigners to look or limits forces.",
        3: "Tension is highest between {pair} (percentile {value} of their own history): no step "
        "limits forces.",
        4: "Tension is highest between {pair} (percentile {value} of their own history) and sets "
        "no limit.",
    }
    return say(lang, limits[found.limit], pair=pair, value=round(found.tension))


def rung_title(number: int, rung: Rung, found: Ladder, lang: Lang) -> str:
    """Return the head of a step: its number, who takes it, and what it is."""
    return say(
        lang,
        "{number}. {party}: {name}",
        number=number,
        party=party_name(found.parties, rung.by, lang),
        name=rung.measure.name(lang),
    )


def missed_words(rung: Rung, lang: Lang) -> str:
    """Return what should follow where a step is not answered."""
    if rung.by == "all":
        return say(
            lang,
            "A step taken together waits until all are ready; the others stand as they are.",
        )
    return say(lang, MISSED[rung.measure.missed])


def rung_lines(rung: Rung, found: Ladder, lang: Lang) -> list[tuple[str, str]]:
    """Return the particulars of a step, each with its label."""
    m = rung.measure

    def when(offset: int) -> str:
        return offset_words(offset, found.meeting, lang)

    if rung.answer_by is None:
        days = say(
            lang, "announced {announce}, taken {do}", announce=when(rung.announce), do=when(rung.do)
        )
    else:
        days = say(
            lang,
            "announced {announce}, taken {do}, answer welcome until {answer}",
            announce=when(rung.announce),
            do=when(rung.do),
            answer=when(rung.answer_by),
        )
    lines = [
        (say(lang, "What"), m.what(lang)),
        (say(lang, "When"), days),
        (
            say(lang, "Taking part already"),
            say(
                lang,
                "{one}; {other}",
                one=bound_words(rung.suited, lang),
                other=say(lang, EXTENTS[rung.suited.bound]),
            ),
        ),
        (say(lang, "Accepted before"), record_words(rung.suited.topic, lang)),
        (say(lang, "It signals"), m.signals(lang)),
        (say(lang, "Invitation"), invitation(m, rung.by == "all", lang)),
        (say(lang, "To be answered"), say(lang, ANSWERS[m.reciprocity])),
        (say(lang, "Watch for"), m.watch(lang)),
        (say(lang, "If not answered"), missed_words(rung, lang)),
    ]
    if rung.instead:
        others = ", ".join(other.name(lang) for other in rung.instead)
        lines.append((say(lang, "Instead, of the same weight"), others))
    return lines


def left_out_words(one: Suited, lang: Lang) -> str:
    """Return why a measure is left out."""
    assert one.why is not None
    need = next((NEEDS[need] for need in one.measure.needs), "")
    return say(
        lang,
        WHYS[one.why],
        need=say(lang, need) if need else "",
        who=", ".join(short_code(code, lang) for code in one.who),
        topic="" if one.topic is None else one.topic.topic.name(lang),
    )


def check_words(check: Check, lang: Lang) -> tuple[str, str, str]:
    """Return a rule's title, the verdict and the reason."""
    return rule_title(check.rule, lang), say(lang, VERDICTS[check.verdict]), why_of(check, lang)


def met(checks: Sequence[Check]) -> int:
    """Return how many rules are met."""
    return sum(check.verdict == "met" for check in checks)
