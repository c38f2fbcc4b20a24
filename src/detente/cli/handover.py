"""`detente handover`: what a Council member, or who carried a topic, leaves to the next."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.options import as_json, as_of, csv_file, lang
from detente.cli.output import write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.archive import Archive
    from detente.dossier.blocks import Document
    from detente.dossier.sections.handover import Part
    from detente.handover import Handover
    from detente.handover.hosting import Hosting, Meeting
    from detente.handover.recurring import Due
    from detente.handover.seats import Passing, Term
    from detente.handover.texts import Text
    from detente.language import Lang


class Years(click.ParamType[tuple[int, int]]):
    """A span of years, written 2017-2018, or one year."""

    name = "years"

    def convert(
        self,
        value: str | tuple[int, int],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[int, int]:
        """Return the first and last year, or refuse with the form they should have."""
        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"(\d{4})(?:[-–](\d{4}))?", value.strip())
        if match is None or "0000" in match.groups():
            self.fail(f"“{value}” is not a span of years: write it as 2017-2018", param, ctx)
        return int(match[1]), int(match[2] or match[1])


@click.command()
@click.option("--from", "giver", metavar="STATE", required=True, help="Who hands over, as KAZ.")
@click.option("--to", "receiver", metavar="STATE", required=True, help="Who takes over, as BEL.")
@click.option(
    "--body",
    type=click.Choice(["SC", "GA", "SUMMIT"]),
    default="SC",
    help="Security Council; General Assembly (needs --years); or summits that it hosted.",
)
@click.option(
    "--topic", metavar="WORDS", help="A topic, or words of titles; may be left out for SUMMIT."
)
@click.option(
    "--years", type=Years(), metavar="YEARS", help="As 2017-2018; the last term by default."
)
@click.option(
    "--parties",
    metavar="LIST",
    help="Whose objection counts in the Assembly; by default the Council's permanent members.",
)
@as_of
@lang
@as_json
@csv_file
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a paper instead: .docx, .html, .pdf or .md.",
)
def command(
    giver: str,
    receiver: str,
    body: str,
    topic: str | None,
    years: tuple[int, int] | None,
    parties: str | None,
    as_of: date | None,
    lang: Lang,
    as_json: bool,
    csv_path: Path | None,
    out: Path | None,
) -> None:
    """Show what one state leaves to another on a topic at the end of its term.

    The texts of the term and how all voted, what falls due next and how that is known, what stands
    unresolved and what commands no objection. Nothing later than the last day of the term enters
    it; what came of it since is shown beside it.
    """
    from detente.archive import open_archive
    from detente.cli.document import check, show, write
    from detente.dossier.blocks import Section
    from detente.dossier.sections.handover import parts
    from detente.handover import handover

    if out is not None:
        check(out)
    if body == "SUMMIT":
        _host(
            open_archive(as_of=as_of), giver, receiver, topic, years, lang, as_json, csv_path, out
        )
        return
    if topic is None:
        raise click.UsageError("name a topic with --topic, such as Afghanistan")
    found = handover(
        open_archive(as_of=as_of),
        giver,
        receiver,
        topic,
        body="SC" if body == "SC" else "GA",
        years=years,
        parties=None
        if parties is None
        else tuple(code.strip().upper() for code in parties.split(",") if code.strip()),
    )
    if csv_path:
        write_rows(csv_path, _rows(found))
    if out is not None:
        write(handover_paper(found, lang), out)
    if as_json:
        import json

        click.echo(json.dumps(_as_dict(found), ensure_ascii=False, indent=1))
    elif out is None:
        show([Section(part.anchor, part.title, part.blocks) for part in parts(found, lang)])


def _host(
    archive: Archive,
    giver: str,
    receiver: str,
    topic: str | None,
    years: tuple[int, int] | None,
    lang: Lang,
    as_json: bool,
    csv_path: Path | None,
    out: Path | None,
) -> None:
    """Show what a host of summits leaves to the next."""
    from detente.cli.document import show, write
    from detente.dossier.blocks import Section
    from detente.dossier.sections.handover_hosting import hosting_parts, hosting_title
    from detente.handover.hosting import hosting

    found = hosting(archive, giver, receiver, topic or "", years)
    parts = hosting_parts(found, lang)
    if csv_path:
        write_rows(csv_path, _host_rows(found))
    if out is not None:
        write(_paper(found, hosting_title(found, lang), "Summits", parts, lang), out)
    if as_json:
        import json

        click.echo(json.dumps(_host_as_dict(found), ensure_ascii=False, indent=1))
    elif out is None:
        show([Section(part.anchor, part.title, part.blocks) for part in parts])


def _host_rows(found: Hosting) -> list[list[object]]:
    rows: list[list[object]] = [["what", "date", "id", "name", "agreed", "held", "outcome"]]
    for one in found.meetings:
        rows.append(["meeting", one.day, one.id, one.name, one.agreed, one.held, one.outcome])
    for turn in found.rounds:
        followed = turn.followed.id if turn.followed else ""
        rows.append(["due", turn.day, turn.meeting.id, turn.meeting.name, "", turn.held, followed])
    return rows


def _host_as_dict(found: Hosting) -> dict[str, Any]:
    def meeting(one: Meeting) -> dict[str, Any]:
        return {
            "id": one.id,
            "name": one.name,
            "date": one.day.isoformat(),
            "mechanism": one.mechanism,
            "outcome": one.outcome,
            "agreed": one.agreed,
            "held": one.held,
            "memory": one.memory,
            "source": one.source,
        }

    return {
        "body": "SUMMIT",
        "from": found.giver.iso3,
        "to": found.receiver.iso3,
        "first": found.first.isoformat(),
        "handed_over": found.end.isoformat(),
        "as_of": found.as_of.isoformat(),
        "meetings": [meeting(one) for one in found.meetings],
        "due": [
            {
                "day": turn.day.isoformat(),
                "meeting": turn.meeting.id,
                "years": turn.years,
                "followed_by": turn.followed.id if turn.followed else None,
                "in_time": turn.held,
            }
            for turn in found.rounds
        ],
        "receiver_since": [meeting(one) for one in found.since],
    }


def handover_paper(found: Handover, lang: Lang) -> Document:
    """Return the handover as a document of its own."""
    from detente.dossier.sections.handover import parts, title

    body = "Security Council" if found.body == "SC" else "General Assembly"
    return _paper(found, title(found, lang), body, parts(found, lang), lang)


def _paper(
    found: Handover | Hosting, title: str, body: str, parts: Sequence[Part], lang: Lang
) -> Document:
    from detente.cli.document import paper
    from detente.dossier.blocks import Section
    from detente.dossier.words import words
    from detente.language import translator

    say, w = translator(lang, "handover"), words(lang)
    first, *rest = parts
    sections = [Section(first.anchor, say("Handover"), first.blocks)]
    sections += [Section(part.anchor, part.title, part.blocks) for part in rest]
    return paper(
        sections,
        lang,
        stem=f"handover-{found.giver.iso3}-{found.receiver.iso3}",
        title=title,
        subtitle=say(body),
        facts=(
            (say("From"), found.giver.name(lang)),
            (say("To"), found.receiver.name(lang)),
            (say("As of"), w.day(found.end)),
        ),
        as_of=found.end,
    )


def _rows(found: Handover) -> list[list[object]]:
    """Return a row a text of the term, a failed draft or a due date."""
    rows: list[list[object]] = [
        ["what", "date", "symbol", "title", "yes", "no", "abstain", "not_yes", "sponsors", "detail"]
    ]
    for text in found.texts:
        apart = "; ".join(f"{vote}: {' '.join(who)}" for vote, who in sorted(text.apart.items()))
        totals = text.totals or ("", "", "")
        sponsors = " ".join(text.sponsors or ())
        rows.append(["text", text.day, text.symbol, text.title, *totals, apart, sponsors, ""])
    for draft in found.failed:
        detail = f"{draft.outcome} {' '.join(draft.vetoed_by)}".strip()
        rows.append(["failed", draft.day, draft.draft, draft.agenda, "", "", "", "", "", detail])
    for one in found.due:
        followed = one.followed.symbol if one.followed else ""
        rows.append(
            ["due", one.day, one.text.symbol, one.text.title, "", "", "", "", "",
             f"{one.basis}; ends {one.ends[0]}/{one.ends[1]}; rhythm {one.rhythm[0]}/"
             f"{one.rhythm[1]}; followed by {followed or '-'}"]
        )  # fmt: skip
    return rows


def _term(term: Term | None) -> dict[str, Any] | None:
    if term is None:
        return None
    return {
        "state": term.iso3,
        "first": term.first.isoformat(),
        "last": term.last.isoformat() if term.last else None,
        "permanent": term.permanent,
        "group": term.group,
    }


def _passing(found: Passing | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "group": found.group,
        "day": found.day.isoformat(),
        "left": list(found.left),
        "entered": list(found.entered),
        "plain": found.plain,
    }


def _text(text: Text) -> dict[str, Any]:
    return {
        "symbol": text.symbol,
        "date": text.day.isoformat(),
        "title": text.title,
        "totals": list(text.totals) if text.totals else None,
        "apart": {vote: list(who) for vote, who in sorted(text.apart.items())},
        "sponsors": None if text.sponsors is None else list(text.sponsors),
        "unopposed": text.unopposed,
    }


def _due(one: Due) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "basis": one.basis,
        "symbol": one.text.symbol,
        "title": one.text.title,
        "interval_days": one.interval,
        "ends_met": list(one.ends),
        "rhythm_met": list(one.rhythm),
        "followed_by": one.followed.symbol if one.followed else None,
        "followed_on": one.followed.day.isoformat() if one.followed else None,
        "in_time": one.held,
    }


def _as_dict(found: Handover) -> dict[str, Any]:
    denominator = found.denominator
    return {
        "body": found.body,
        "from": found.giver.iso3,
        "to": found.receiver.iso3,
        "topic": found.subject.topic.code if found.subject.topic else None,
        "words": found.subject.words,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "handed_over": found.end.isoformat(),
        "as_of": found.as_of.isoformat(),
        "seat": {
            "term": _term(found.term),
            "came_from": _passing(found.came_from),
            "passed_to": _passing(found.passed_to),
            "next_terms": [_term(term) for term in found.next_terms],
            "earlier_terms": [_term(term) for term in found.earlier_terms],
            "presided_derived": [one.month.isoformat() for one in found.presided],
        },
        "special_sessions_asked_for": [session for session, _, _ in found.called],
        "texts": [_text(text) for text in found.texts],
        "sponsors": dict(found.sponsored),
        "due": [_due(one) for one in found.due],
        "failed": [
            {
                "draft": draft.draft,
                "date": draft.day.isoformat(),
                "outcome": draft.outcome,
                "vetoed_by": list(draft.vetoed_by),
                "agenda": draft.agenda,
            }
            for draft in found.failed
        ],
        "contested": [_text(text) for text in found.contested],
        "standing": [_text(text) for text in found.standing],
        "denominator": None
        if denominator is None
        else {
            "topic": denominator.topic.code,
            "tier": denominator.tier.name.lower().replace("_", " "),
            "probability": None
            if denominator.probability is None
            else round(denominator.probability, 4),
            "low": None if denominator.low is None else round(denominator.low, 4),
            "high": None if denominator.high is None else round(denominator.high, 4),
            "cases": denominator.cases,
            "short": list(denominator.short),
            "agreed": [one.symbol for one in denominator.agreed],
        },
    }
