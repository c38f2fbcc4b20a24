"""Annexes: how the figures were made and from what, and how to make them again."""

from __future__ import annotations

from detente.dossier.blocks import Bullets, Column, Paragraph, Section, Table
from detente.dossier.findings import Findings
from detente.dossier.sections.distances import span
from detente.dossier.words import words
from detente.language import Lang


def method(findings: Findings, lang: Lang) -> Section:
    """Return the annex on methods and sources, with the terms of each source."""
    w = words(lang)
    spans = span(w, findings.now)
    if findings.before:
        spans = w.say("{now}, and {then} for comparison", now=spans, then=span(w, findings.before))
    return Section(
        "annex-method",
        w.say("Methods and sources"),
        (
            Bullets(
                (
                    w.runs(
                        "**Positions.** An ordered-response model of the votes of all states (no "
                        "before abstention before yes), one ideal point a state and session, which "
                        "moves as a random walk; texts that recur tie the sessions together "
                        "(Bailey, Strezhnev and Voeten 2017). The records are the contested roll "
                        "calls of the Assembly up to the as-of date; the command detente votes "
                        "prints each."
                    ),
                    w.runs(
                        "**Agreement.** Likeness of votes with abstention half-way, corrected for "
                        "what chance would give (Häge 2011), over the resolutions by roll call of "
                        "{spans} on which both had a position.",
                        spans=spans,
                    ),
                    w.runs(
                        "**Cohesion.** The agreement index of Hix, Noury and Roland, a roll call "
                        "at a time, then averaged."
                    ),
                    w.runs(
                        "**Denominators.** Tiers are read from recorded votes and from texts "
                        "adopted without a vote; older evidence counts less. One objection blocks; "
                        "an absence is missing. Agreement that matters ranks above agreement that "
                        "does not."
                    ),
                )
            ),
            Table(
                anchor="table-sources",
                caption=w.say("Sources and their terms"),
                columns=(Column(w.say("Source"), 2), Column(w.say("Terms"), 3)),
                rows=(
                    (
                        w.runs("United Nations Digital Library, voting records"),
                        w.runs("United Nations; non-commercial use with attribution, as is"),
                    ),
                    (
                        w.runs("United Nations Secretariat, lists of resolutions"),
                        w.runs("United Nations; as is, the source to be named"),
                    ),
                    (
                        w.runs("Erik Voeten, United Nations General Assembly voting data"),
                        w.runs("CC0"),
                    ),
                ),
                note=w.runs(
                    "Titles of texts stand in the language of the record. Corrections that "
                    "delegations made after a vote are not applied."
                ),
            ),
        ),
        kind="annex",
    )


def reproducibility(findings: Findings, lang: Lang) -> Section:
    """Return the annex that lets anyone make the same bytes again; it names no clock."""
    w = words(lang)
    made = findings.provenance
    rows = [
        (w.runs("As-of date"), w.plain(w.day(findings.case.as_of))),
        (w.runs("Last day in the record"), w.plain(w.day(made.last_day))),
        (w.runs("Fingerprint of the record"), w.plain(made.fingerprint)),
        (w.runs("Détente version"), w.plain(made.version)),
    ]
    named = {
        "denominators.half_life_years": w.say("Half-life of evidence, in years"),
        "denominators.strength": w.say("Texts’ worth of the average drawn into each topic"),
        "denominators.since": w.say("First day of the evidence on topics"),
        "positions.roll_calls": w.say("Roll calls behind the positions"),
        "positions.votes": w.say("Votes behind the positions"),
        "positions.bridges": w.say("Recurring texts that tie sessions together"),
    }
    rows += [(w.plain(named[name]), w.plain(value)) for name, value in made.settings]
    return Section(
        "annex-reproducibility",
        w.say("Reproducibility"),
        (
            Paragraph(
                w.runs(
                    "The same case, record and version give the same dossier, byte for byte. A "
                    "record later than the as-of date changes nothing in it."
                )
            ),
            Table(
                anchor="table-provenance",
                caption=w.say("What this dossier was made from"),
                columns=(Column(w.say("Item"), 1), Column(w.say("Value"), 2.4)),
                rows=tuple(rows),
            ),
        ),
        kind="annex",
    )
