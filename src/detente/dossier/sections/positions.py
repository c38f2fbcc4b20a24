"""Where each party stands over time: ideal points of states, the range of a bloc's members."""

from __future__ import annotations

from detente.dossier.blocks import Block, Column, Figure, Note, Paragraph, Section, See, Table
from detente.dossier.charts import Line, over_time, series_looks
from detente.dossier.findings import Findings, Moment, Track
from detente.dossier.words import Words, words
from detente.language import Lang

YEARS_BACK = 10


def _earlier(track: Track) -> Moment | None:
    """Return the moment nearest to ten years before the last, no more than a year off."""
    last = track.moments[-1]
    near = min(track.moments, key=lambda m: (abs(m.year - last.year + YEARS_BACK), m.session))
    return near if abs(near.year - last.year + YEARS_BACK) <= 1 else None


def _stand(findings: Findings, w: Words, track: Track, moment: Moment) -> str:
    party = findings.case.party(track.party)
    if party.kind == "state":
        return w.interval(moment.low, moment.high)
    return w.say(
        "members from {low} ({lowest}) to {high} ({highest})",
        low=w.decimal(moment.low),
        lowest=findings.state(moment.lowest, w.lang),
        high=w.decimal(moment.high),
        highest=findings.state(moment.highest, w.lang),
    )


def _figure(findings: Findings, w: Words) -> Figure:
    tracks = [track for track in findings.tracks if track.moments]
    lines = []
    for track, look in zip(tracks, series_looks(len(tracks)), strict=True):
        party = findings.case.party(track.party)
        points = tuple((m.year, m.position, m.low, m.high) for m in track.moments)
        lines.append(Line(party.short(w.lang), points, look, outlined=party.kind == "bloc"))
    first = min(track.moments[0].year for track in tracks)
    last = max(track.moments[-1].year for track in tracks)
    stands = [
        w.say(
            "{party} {value}",
            party=findings.case.party(track.party).short(w.lang),
            value=w.decimal(track.moments[-1].position),
        )
        for track in sorted(tracks, key=lambda t: -t.moments[-1].position)
    ]
    rows = tuple(
        (
            w.plain(findings.case.party(track.party).short(w.lang)),
            w.plain(str(m.year)),
            w.plain(str(m.session)),
            w.plain(w.decimal(m.position)),
            w.plain(w.decimal(m.low)),
            w.plain(w.decimal(m.high)),
        )
        for track in tracks
        for m in track.moments
    )
    words_ = {
        "year": w.say("Year"),
        "value": w.say("Position"),
        "low": w.say("from"),
        "high": w.say("to"),
    }
    return Figure(
        anchor="figure-positions",
        caption=w.say(
            "Positions in the General Assembly, {first} to {last}", first=first, last=last
        ),
        alt=w.say(
            "Lines with bands, a line a party, from {first} to {last}. In the last session, from "
            "the highest to the lowest: {stands}.",
            first=first,
            last=last,
            stands=", ".join(stands),
        ),
        chart=over_time(lines, w.say("Ideal point (no unit)"), words_),
        columns=(
            Column(w.say("Party"), 2),
            Column(w.say("Year"), 1, "right"),
            Column(w.say("Session"), 1, "right"),
            Column(w.say("Position"), 1, "right"),
            Column(w.say("from"), 1, "right"),
            Column(w.say("to"), 1, "right"),
        ),
        rows=rows,
        note=w.runs(
            "Band of a state: 90% interval. Band with an edge: from the lowest to the highest "
            "member of a bloc, with the median as its line; a bloc has no position of its own. "
            "Drawn from the votes of all states; {method} names the records.",
            method=See("annex-method"),
        ),
    )


def build(findings: Findings, lang: Lang) -> Section | None:
    """Return the section, or None where no party has a position."""
    w = words(lang)
    tracks = [track for track in findings.tracks if track.moments]
    if not tracks:
        return None
    last = max(track.moments[-1].session for track in tracks)
    year = max(track.moments[-1].year for track in tracks)
    high = max(tracks, key=lambda t: t.moments[-1].position)
    low = min(tracks, key=lambda t: t.moments[-1].position)
    blocks: list[Block] = []
    if high.party != low.party:
        blocks.append(
            Paragraph(
                w.runs(
                    "In session {session} ({year}) the parties stand between **{low}** "
                    "({low_value}) and **{high}** ({high_value}) on the scale that best explains "
                    "how all states vote.",
                    session=str(last),
                    year=str(year),
                    low=findings.case.party(low.party).short(lang),
                    low_value=w.decimal(low.moments[-1].position),
                    high=findings.case.party(high.party).short(lang),
                    high_value=w.decimal(high.moments[-1].position),
                ),
                lead=True,
            )
        )
    blocks.append(
        Paragraph(
            w.runs(
                "The scale is estimated from votes alone. It has no unit and no good end: only "
                "distances and movements count. It says how a state votes, not why, and nothing "
                "about matters that never come to a vote."
            )
        )
    )
    blocks.append(_figure(findings, w))
    rows = []
    for track in sorted(tracks, key=lambda t: -t.moments[-1].position):
        party = findings.case.party(track.party)
        now, then = track.moments[-1], _earlier(track)
        moved = "–"
        if (change := track.change) is not None:
            moved = w.say(
                "{value} ({interval})",
                value=w.decimal(change.value, sign=True),
                interval=w.interval(change.low, change.high),
            )
        rows.append(
            (
                w.plain(party.short(lang)),
                w.plain(w.decimal(now.position)),
                w.plain(_stand(findings, w, track, now)),
                w.plain("–" if then is None else w.decimal(then.position)),
                w.plain("–" if then is None else _stand(findings, w, track, then)),
                w.plain(moved),
            )
        )
    blocks.append(
        Table(
            anchor="table-positions",
            caption=w.say(
                "Positions in {year} and {years} years earlier", year=year, years=YEARS_BACK
            ),
            columns=(
                Column(w.say("Party"), 1.4),
                Column(w.say("Now"), 0.7, "right"),
                Column(w.say("90% interval, or range"), 2.2),
                Column(w.say("Then"), 0.7, "right"),
                Column(w.say("90% interval, or range"), 2.2),
                Column(w.say("Change (90% interval)"), 1.7, "right"),
            ),
            rows=tuple(rows),
            note=w.runs(
                "Change over ten sessions; of a bloc, the mean change of the members that stayed. "
                "An interval that holds 0 tells no movement."
            ),
        )
    )
    placed = {track.party for track in tracks}
    missing = [party.short(lang) for party in findings.case.parties if party.code not in placed]
    if missing:
        blocks.append(
            Note(w.runs("No position in the record: {parties}.", parties=w.listed(missing)))
        )
    return Section("positions", w.say("Where the parties stand"), tuple(blocks))
