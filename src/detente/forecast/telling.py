"""A forecast in plain words, in English or French."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente.archive import Archive
from detente.forecast.forecasting import Forecast
from detente.language import Lang, translator
from detente.parties import Party, states

Say = Callable[..., str]
# Words by which an English name of a state or bloc takes an article.
_ARTICLE = {
    *("Federation", "Union", "Republic", "Kingdom", "States", "Emirates", "Netherlands"),
    *("Philippines", "Bahamas", "Gambia", "Maldives", "Comoros", "Congo", "Marshall", "Group"),
}


def tell(
    archive: Archive, found: Forecast, parties: Sequence[Party], lang: Lang, all_states: bool
) -> str:
    """Return the forecast as lines of text."""
    _ = translator(lang, "forecast")
    lines = [
        f"“{found.title}”",
        _("From the record before {day}.", day=found.day.isoformat()),
        "",
        *_parties(_, found, parties, lang),
        "",
        _("Nobody at the table objects: {chance}.", chance=_percent(found.nobody_objects)),
        _("Passes without a vote: {chance}.", chance=_percent(found.without_vote))
        if found.without_vote is not None
        else _(
            "Passes without a vote: not known; titles of such texts are on record only from "
            "October 2019 on."
        ),
        "",
        *_hard(_, found, parties, lang),
        "",
        *_precedents(_, found, parties),
    ]
    if all_states:
        names = states(archive)
        lines += ["", _("Every member state: yes, abstain, no.")]
        lines += [
            f"  {names[one.code].name(lang):<44}"
            f"{_percent(one.yes):>6}{_percent(one.abstain):>6}{_percent(one.no):>6}"
            for one in found.states
        ]
    return "\n".join(lines)


def _percent(share: float) -> str:
    if share < 0.005:
        return "<1 %"
    return ">99 %" if share > 0.995 else f"{100 * share:.0f} %"


def _parties(_: Say, found: Forecast, parties: Sequence[Party], lang: Lang) -> list[str]:
    lines = [f"{'':<28}{_('yes'):>8}{_('abstain'):>12}{_('no'):>8}  {_('objects (90 % interval)')}"]
    for party, one in zip(parties, found.parties, strict=True):
        c = one.chances
        lines.append(
            f"{party.name(lang):<28}{_percent(c.yes):>8}{_percent(c.abstain):>12}"
            f"{_percent(c.no):>8}  {_percent(one.objects)} "
            f"({_percent(one.low)} – {_percent(one.high)})"
        )
    return lines


def _hard(_: Say, found: Forecast, parties: Sequence[Party], lang: Lang) -> list[str]:
    hard = found.hard
    party, one = parties[hard.place], found.parties[hard.place]
    e = one.evidence
    lines = [
        _("{party} is the hard party.", party=_opening(party.name(lang), lang))
        if hard.since is None
        else _(
            "{party} is the hard party: it has opposed every such text since {day}.",
            party=_opening(party.name(lang), lang),
            day=hard.since.isoformat(),
        ),
        _(
            "What moved it: votes no on {usual} of all texts, on {precedents} of the nearest ones; "
            "those that vote alike, {alike}; lately {lately} points against its precedents; "
            "together {together}.",
            usual=_percent(e.usual),
            precedents=_percent(e.precedents),
            alike=_percent(e.alike),
            lately=f"{100 * e.lately:+.0f}",
            together=_percent(e.together),
        ),
    ]
    if hard.accepted_words:
        lines.append(
            _("Versions it did not oppose speak of: {words}.", words=", ".join(hard.accepted_words))
        )
    if hard.refused_words:
        lines.append(
            _("Versions it opposed speak of: {words}.", words=", ".join(hard.refused_words))
        )
    return lines


def _opening(name: str, lang: Lang) -> str:
    """Return a party's name as an English sentence opens with it; French sets it after a colon."""
    takes = lang == "en" and "(" not in name and not _ARTICLE.isdisjoint(name.split())
    return f"The {name}" if takes else name


def _precedents(_: Say, found: Forecast, parties: Sequence[Party]) -> list[str]:
    if not found.has_precedent:
        head = _(
            "No precedent: the nearest earlier title is only {likeness} alike, so the "
            "intervals are wide.",
            likeness=_percent(found.likeness),
        )
    else:
        head = _("Nearest earlier texts (yes-abstain-no of each party):")
    lines = [head]
    for one in found.precedents:
        votes = "  ".join(
            f"{party.code} {_vote(_, counts)}"
            for party, counts in zip(parties, one.votes, strict=True)
        )
        lines.append(f"  {one.day.isoformat()}  {one.symbol:<14} {one.title[:70]}")
        lines.append(f"    {votes}")
    return lines


def _vote(_: Say, counts: tuple[int, int, int, int]) -> str:
    yes, abstain, no, silent = counts
    if yes + abstain + no + silent == 1:
        return _("yes") if yes else _("abstain") if abstain else _("no") if no else _("no vote")
    return f"{yes}-{abstain}-{no}"
