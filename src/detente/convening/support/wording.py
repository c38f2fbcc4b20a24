"""The findings on support in words, English and French."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from detente.convening.support.acceptance import Reason
from detente.convening.support.calibration import Calibration
from detente.convening.support.letters import counted
from detente.convening.support.levels import Levels
from detente.convening.support.persuade import ShortList
from detente.convening.support.shares import share_text
from detente.language import Lang, translator

DOMAIN = "support"

REASONS: Mapping[str, str] = {
    "met": "It came to {number} meetings with others of the table, of which {agreed} agreed a "
    "text; those that count most: {names}.",
    "refused": "A proposal that named it has led to no meeting so far: {name}.",
    "distance": "In its votes it stands farther from {party} than {share} of all pairs of members "
    "stand apart.",
    "host": "In its votes it stands nearer to {host} than {share} of all pairs of members stand.",
    "far host": "In its votes it stands farther from {host} than {share} of all pairs of members "
    "stand apart.",
    "consensus": "It decides by consensus of {members} members: one can keep it away.",
    "no record": "The record of summits does not say at which it was present.",
    "reported": "An ambassador reported {chance}.",
}

CAVEATS: Mapping[str, str] = {
    "support": "Only proposals that came to a vote left a record, and most of those had support: "
    "the true chance of a proposal that nobody has sounded out is lower.",
    "council": "Votes in the Council and consensus are read from votes in the Assembly; their "
    "chances are not calibrated.",
    "acceptance": "The chance that a party accepts is a judgement from few records, not "
    "calibrated.",
}


def reason_words(reason: Reason, lang: Lang, name: Callable[[str], str]) -> str:
    """Return a reason as a sentence; what is from memory says so.

    Args:
        reason: of a party's acceptance.
        lang: the language.
        name: a code's name in that language.
    """
    _ = translator(lang, DOMAIN)
    values = dict(reason.values)
    for key in ("share", "chance"):
        if key in values:
            values[key] = share_text(float(values[key]), lang)
    for key in ("party", "host"):
        if key in values:
            values[key] = name(str(values[key]))
    if "names" in values:
        values["names"] = ", ".join(values["names"])
    said = _(REASONS[reason.kind], **values)
    return f"{said} {_('From memory.')}" if reason.confidence == "MEMORY" else said


def levels_words(found: Levels, lang: Lang) -> str:
    """Return what the record says of levels, and how far a lower one changes the chance."""
    _ = translator(lang, DOMAIN)
    leaders, ministers, experts = zip(found.held, found.failed, strict=True)
    return _(
        "Of proposals on record to two or more of the European Union, the United States, China and "
        "Russia, {leaders} of {of_leaders} of leaders led to a meeting that did not collapse, "
        "{ministers} of {of_ministers} of ministers and {experts} of {of_experts} below them; that "
        "a lower level comes more readily is taken as given, and by how much is mostly judgement.",
        leaders=leaders[0],
        of_leaders=sum(leaders),
        ministers=ministers[0],
        of_ministers=sum(ministers),
        experts=experts[0],
        of_experts=sum(experts),
    )


def caveat(which: str, lang: Lang) -> str:
    """Return what is not calibrated about ``support``, ``council`` or ``acceptance``."""
    return translator(lang, DOMAIN)(CAVEATS[which])


def letters_caveat(day: date, lang: Lang) -> str:
    """Return on what the chance of enough letters rests, as of a day."""
    _ = translator(lang, DOMAIN)
    proposals = tuple(dict.fromkeys(one.proposal for one in counted(day)))
    if not proposals:
        return _(
            "Letters are not calibrated: by that day the record holds no count of them, so half of "
            "the members within 30 days is assumed, with a wide error."
        )
    if len(proposals) == 1:
        return _(
            "Letters are not calibrated: by that day the record knows how many had come for one "
            "proposal only ({year}), and requests that failed in silence left no trace.",
            year=proposals[0],
        )
    return _(
        "Letters are not calibrated: by that day the record knows how many had come for "
        "{number} proposals only ({years}), and requests that failed in silence left no trace.",
        number=len(proposals),
        years=", ".join(proposals),
    )


def list_words(found: ShortList, lang: Lang, name: Callable[[str], str]) -> str:
    """Return a shortest list as a sentence, with how far it is proved."""
    _ = translator(lang, DOMAIN)
    target = share_text(found.target, lang)
    if found.states is None:
        return _("Not even all of them together would bring it to {target}.", target=target)
    if not found.states:
        return _("It stands at {target} or more already.", target=target)
    count = len(found.states)
    names = ", ".join(name(one.iso3) for one in found.states)
    if found.proved:
        said = _(
            "{count} states would bring it to {target}, and no fewer could: {names}.",
            count=count,
            target=target,
            names=names,
        )
        one = _("One state would bring it to {target}: {names}.", target=target, names=names)
        return one if count == 1 else said
    return _(
        "{count} states would bring it to {target}; fewer than {fewest} could not, and whether "
        "fewer than {count} could is not proved: {names}.",
        count=count,
        fewest=found.fewest,
        target=target,
        names=names,
    )


def calibration_words(found: Calibration | None, lang: Lang) -> str:
    """Return how such forecasts fared, as far as the as-of day allows to know."""
    _ = translator(lang, DOMAIN)
    if found is None:
        return _("No such forecast could be compared with a vote by that day.")
    return _(
        "Held against {decisions} past decisions to convene ({first} to {last}), each forecast "
        "from the day before: the interval held the number of yes votes in {coverage}, and the "
        "expected number was {error} off in the mean.",
        decisions=found.decisions,
        first=found.first.year,
        last=found.last.year,
        coverage=share_text(found.coverage, lang),
        error=round(found.error),
    )
