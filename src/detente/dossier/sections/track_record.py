"""How far the forecasts may be trusted: what they said of past sessions, and what happened."""

from __future__ import annotations

from babel.numbers import format_decimal

from detente.dossier.blocks import Column, Paragraph, Runs, Section, Table, Text
from detente.dossier.findings import Findings
from detente.forecast.past import METHODS, Past, track_record
from detente.language import Lang, translator
from detente.typography import french_spaces

NEWEST = 5


def build(findings: Findings, lang: Lang) -> Section | None:
    """Return the section, or None without a forecast to judge.

    That is where no session had been forecast by the case's date, or the dossier shows no chance.
    """
    everything = track_record(findings.case.as_of)
    if everything is None or all(d.probability is None for d in findings.denominators):
        return None
    newest = track_record(findings.case.as_of, NEWEST) or everything
    _ = translator(lang, "forecast")

    def runs(text: str) -> Runs:
        return (Text(french_spaces(text) if lang == "fr" else text),)

    def number(value: float, digits: int) -> str:
        return str(format_decimal(round(value, digits), format="0." + "0" * digits, locale=lang))

    def percent(value: float) -> str:
        return f"{100 * value:.0f}\N{NO-BREAK SPACE}%"

    def row(name: str, past: Past, place: int) -> tuple[Runs, ...]:
        score = past.methods[place]
        return (
            runs(name),
            runs(f"{past.first}–{past.last}"),
            runs(percent(score.right)),
            runs(number(score.loss, 3)),
        )

    named = (_("forecast"), _("nearest title"), _("state majority"))
    return Section(
        "track-record",
        _("Track record of the forecasts"),
        (
            Paragraph(
                runs(
                    _(
                        "Sessions {first} to {last} were forecast one by one, each from the ones "
                        "before: {texts} texts. The likeliest answer was right in {right} of the "
                        "votes; copying the vote on the nearest earlier title, in {copied}.",
                        first=everything.first,
                        last=everything.last,
                        texts=everything.texts,
                        right=percent(everything.methods[0].right),
                        copied=percent(everything.methods[1].right),
                    )
                ),
                lead=True,
            ),
            Paragraph(
                runs(
                    _(
                        "The chance that none of the United States, China, Russia and the European "
                        "Union objects had a squared error {gain} below always stating how often "
                        "that happens.",
                        gain=percent(everything.gain),
                    )
                )
            ),
            Table(
                "table-track-record",
                _("Forecasts of past votes and two simple methods"),
                (
                    Column(_("Method"), 2.0),
                    Column(_("Sessions")),
                    Column(_("Right"), align="right"),
                    Column(_("Log loss"), align="right"),
                ),
                tuple(
                    row(named[place], past, place)
                    for past in (everything, newest)
                    for place in range(len(METHODS))
                ),
                note=runs(
                    _(
                        "Log loss: mean of minus the log chance given to the vote cast; lower is "
                        "better."
                    )
                ),
            ),
        ),
    )
