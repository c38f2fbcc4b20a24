"""The words of the replay: routes in short, thresholds, votes and windows, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from detente.convening.replay import Replayed
from detente.convening.replay.reading import Explanation
from detente.dossier.blocks import Mark, Runs, Text
from detente.dossier.sections.domain_words import DomainWords
from detente.language import Lang


class ReplayWords(DomainWords):
    """The words of the replay."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(lang, "replay")

    def route(self, one: Replayed) -> str:
        """Return in short who called a session."""
        return self.say(SHORT[one.route.id])

    def why(self, why: Explanation) -> Runs:
        """Return an explanation, marked where it rests on memory."""
        runs: Runs = (Text(self.spaced(why.text(self.lang))),)
        if why.confidence == "MEMORY":
            runs += (Text(" "), Mark(self.say("partly from memory"), "fair"))
        return runs


SHORT: Mapping[str, str] = {
    "special-assembly": "Assembly",
    "special-council": "Council",
    "special-majority": "majority of Members",
    "special-member": "one Member",
    "emergency-council": "emergency: Council",
    "emergency-members": "emergency: one Member",
}


def needed_votes(w: ReplayWords, one: Replayed) -> str:
    """Say what the rule of the day needed."""
    if one.needed.kind == "present and voting":
        return w.say("simple majority")
    return w.say("{votes} of {of}", votes=one.needed.votes, of=one.needed.of)


def got(w: ReplayWords, one: Replayed) -> str:
    """Say by what vote, or how many concurrences, a session was called."""
    decision = one.decision
    if decision is None:
        return w.say("not on record")
    if decision.how == "concurrences":
        text = w.say("{n} concurred", n=decision.yes)
        return text + " " + w.say("(from memory)") if decision.memory else text
    if decision.yes is not None:
        return f"{decision.yes}-{decision.no}-{decision.abstain}"
    return w.say(
        "without a vote" if decision.how == "without a vote" else "adopted, vote not on record"
    )


def window(w: ReplayWords, one: Replayed) -> str:
    """Say in how many days the clocks of the rule let a session open."""
    if one.latest is None:
        return w.say("no clock") if one.rule.id == "ga-7" else w.say("not known")
    return w.say("day {low} to {high}", low=one.earliest or 0, high=one.latest)


def days(w: ReplayWords, one: Replayed) -> str:
    """Say after how many days a session opened, and in how many the rule let it."""
    lead = "–" if one.lead is None else w.house.whole(one.lead)
    if one.latest is None:
        return lead
    return w.say("{lead} ({low} to {high})", lead=lead, low=one.earliest or 0, high=one.latest)
