"""`detente replay`: every special and emergency session through the rules of its own day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import as_json, as_of, csv_file, lang
from detente.cli.output import write_file, write_rows
from detente.errors import OutputError

if TYPE_CHECKING:
    from detente.convening.replay import Record
    from detente.language import Lang


@click.command()
@click.option("--session", metavar="SESSION", help="One session, as SS-28 or ESS-11.")
@as_of
@lang
@as_json
@csv_file
@click.option(
    "--picture",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw request to opening against the rule's window: .svg or .png.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a paper instead: .docx, .html, .pdf or .md.",
)
def command(
    session: str | None,
    as_of: date | None,
    lang: Lang,
    as_json: bool,
    csv_path: Path | None,
    picture: Path | None,
    out: Path | None,
) -> None:
    """Replay special and emergency sessions, and attempts that failed, through the rules.

    For each: who called it, the threshold of that day, the vote, the days from request to opening
    against the rule's window, and where history departs from the rule and why.
    """
    from detente.archive import open_archive
    from detente.cli.document import check, paper, show, write
    from detente.convening.replay import find_session, record
    from detente.convening.replay.values import rows, values
    from detente.dossier.sections.replay import one_session, written
    from detente.dossier.words import words
    from detente.language import translator

    if out is not None:
        check(out)
    if picture is not None and picture.suffix.lower() not in (".svg", ".png"):
        raise OutputError(f"{picture} has no ending of a picture: name it *.svg or *.png")
    archive = open_archive(as_of=as_of)
    one = find_session(archive, session) if session is not None else None
    found = record(archive)
    shown = found.sessions if one is None else (one,)
    if csv_path:
        write_rows(csv_path, rows(shown))
    if picture is not None:
        _draw(found, lang, picture)
    made = written(found, lang, whole=True) if one is None else one_session(one, lang)
    if out is not None:
        say, last = translator(lang, "replay"), as_of or archive.last_day
        document = paper(
            [made],
            lang,
            stem="replay",
            title=say("Convening special and emergency sessions: the record replayed"),
            subtitle=say("Sessions of the General Assembly, 1947 to today"),
            facts=((say("As of"), words(lang).day(last)),),
            as_of=last,
        )
        write(document, out)
    if as_json:
        import json

        click.echo(json.dumps(values(found, shown), ensure_ascii=False, indent=1))
    elif out is None and picture is None:
        show([made])


def _draw(found: Record, lang: Lang, path: Path) -> None:
    from detente.dossier.pictures import draw, png
    from detente.dossier.sections.replay_chart import picture

    made = draw(picture(found.sessions, lang), "replay", lang)
    write_file(path, made.svg.encode() if path.suffix.lower() == ".svg" else png(made))
    click.echo(path)
