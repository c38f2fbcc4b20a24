"""How likely each party is to come, and what that rests on, for the section on convening."""

from __future__ import annotations

from detente.convening.findings import Chance, Comparison
from detente.convening.routes import Level
from detente.convening.support.acceptance import Reason
from detente.convening.support.levels import RUNGS
from detente.dossier.blocks import Column, Inline, Runs, Table, Text
from detente.dossier.sections.convening_words import ConveningWords
from detente.typography import MINUS


def _reason(w: ConveningWords, one: Reason) -> str:
    """Say one thing that counts for or against acceptance."""
    values = one.values
    if one.kind == "met":
        return w.say(
            "It sat with others of them at {n} meetings on record, {agreed} of which agreed on a "
            "text; the weightiest: {names}.",
            n=w.whole(values["number"]),
            agreed=w.whole(values["agreed"]),
            names=w.listed(values["names"]),
        )
    if one.kind == "refused":
        return w.say("{proposal} was never taken up.", proposal=w.quoted(values["name"]))
    if one.kind == "distance":
        return w.say(
            "Furthest in votes: {party}, further than {share} of all pairs of Members.",
            party=w.name(values["party"]),
            share=w.certain(values["share"]),
        )
    if one.kind == "host":
        return w.say(
            "In votes it stands nearer to the host than do {share} of all pairs of Members.",
            share=w.certain(values["share"]),
        )
    if one.kind == "far host":
        return w.say(
            "In votes it stands farther from the host than do {share} of all pairs of Members.",
            share=w.certain(values["share"]),
        )
    if one.kind == "consensus":
        return w.say("It needs consensus among its {n} members.", n=w.whole(values["members"]))
    if one.kind == "reported":
        return w.say("Reported to the host.")
    return w.say("The record has no meeting of it with others of them.")


def _sign(one: Reason) -> str:
    return "+ " if one.counts > 0 else f"{MINUS} " if one.counts < 0 else ""


def _reasons(w: ConveningWords, reasons: tuple[Reason, ...]) -> Runs:
    out: list[Inline] = []
    for one in reasons:
        out.append(Text((" " if out else "") + _sign(one) + _reason(w, one)))
        out += w.memory("MEMORY" if one.confidence == "MEMORY" else "SOURCE")
    return tuple(out) or (Text("–"),)


def _at(w: ConveningWords, found: Comparison, level: Level, party: str) -> Runs:
    """Return the chance that a party comes at a level."""
    one = next(one for one in found.accepted[level] if one.party == party)
    return w.plain(w.chance(Chance(one.p, one.low, one.high)))


def acceptance_table(w: ConveningWords, found: Comparison) -> Table | None:
    """Return the chance that each party accepts, with its interval and its reasons."""
    if not found.acceptance:
        return None
    return Table(
        "table-acceptance",
        w.say("How likely each party is to accept an invitation of the host"),
        (
            Column(w.say("Party"), 0.9),
            Column(w.say("Leaders"), 0.8),
            Column(w.say("Ministers"), 0.8),
            Column(w.say("Experts"), 0.8),
            Column(w.say("What counts for it (+) and against it (−)"), 4.0),
        ),
        tuple(
            (
                w.plain(w.name(one.party)),
                *(_at(w, found, level, one.party) for level in RUNGS),
                _reasons(w, one.reasons),
            )
            for one in found.acceptance
        ),
        w.runs(
            "A judgement in numbers from a thin record, for hardly any refusal is on it; 90% "
            "intervals, which nothing could check. That a lower level comes more readily is taken "
            "as given. What an ambassador reports prevails over it."
        ),
    )
