"""`detente forecast`: how would they vote on this text?"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import as_json, as_of, csv_file, lang
from detente.cli.output import write_rows
from detente.language import Lang

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.forecast import Forecast
    from detente.parties import Party

DEFAULT_PARTIES = ("EU", "USA", "CHN", "RUS")


@click.command("forecast")
@click.argument("text", required=False)
@click.argument("case_path", metavar="[CASE]", required=False, type=click.Path(path_type=Path))
@click.option("--file", "file_path", type=click.Path(path_type=Path), help="A .docx or .txt draft.")
@click.option("--batch", type=click.Path(path_type=Path), help="A CSV of id, date, title.")
@click.option("--case", "case_option", type=click.Path(path_type=Path), help="The case, as CASE.")
@click.option("--sponsors", metavar="CODES", help="Who sponsors the text, as USA,FRA.")
@click.option("--states", "all_states", is_flag=True, help="Show every member state.")
@as_of
@as_json
@csv_file
@lang
def command(
    text: str | None,
    case_path: Path | None,
    file_path: Path | None,
    batch: Path | None,
    case_option: Path | None,
    sponsors: str | None,
    all_states: bool,
    as_of: date | None,
    as_json: bool,
    csv_path: Path | None,
    lang: Lang,
) -> None:
    """Forecast how the parties and every state would vote on TEXT.

    TEXT is a title or a paragraph; the parties are those of CASE, by default the European Union,
    the United States, China and Russia. With --file the first argument is CASE.
    """
    from detente.archive import open_archive
    from detente.case import open_case
    from detente.forecast import forecast, open_forecaster
    from detente.forecast.asking import check_day
    from detente.forecast.batch import known_words
    from detente.forecast.reading import plain_text, read_file, read_question, read_sponsors
    from detente.parties import find_party

    if text is not None and (file_path or batch) and case_path is None:
        case_path, text = Path(text), None
    given = [source for source in (text, file_path, batch) if source is not None]
    if len(given) != 1:
        raise click.UsageError("give one of TEXT, --file and --batch")
    if batch is not None and sponsors is not None:
        raise click.UsageError("a batch names sponsors in its column “sponsors”")
    place = case_path or case_option
    if batch is not None:
        _batch(batch, place, as_of, csv_path)
        return
    draft = plain_text(read_file(file_path) if file_path else text or "")
    if as_of is not None:
        check_day(as_of)
    if place is not None:
        case, archive = open_case(place, as_of)
        parties: tuple[Party, ...] = case.parties
    else:
        archive = open_archive(as_of)
        parties = tuple(find_party(archive, code) for code in DEFAULT_PARTIES)
    forecaster = open_forecaster(archive)
    day = (archive.as_of or archive.last_day) + timedelta(days=1)
    who = read_sponsors(archive, sponsors or "", day)
    question = read_question(draft, known_words(forecaster), sponsors=who)
    found = forecast(archive, forecaster, question, parties, day)
    if csv_path is not None:
        write_rows(csv_path, _rows(found))
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    elif csv_path is None:
        from detente.forecast.telling import tell

        click.echo(tell(archive, found, parties, lang, all_states))


def _batch(batch: Path, place: Path | None, as_of: date | None, csv_path: Path | None) -> None:
    from detente.archive import open_archive
    from detente.case import open_case
    from detente.forecast import open_forecaster
    from detente.forecast.batch import known_words, parties_path, read_batch, write_batch
    from detente.parties import find_party
    from detente.terminal import progress

    if csv_path is None:
        raise click.UsageError("--batch needs --csv FILE to write to")
    archive = _reaching(as_of)
    if place is not None:
        case, _ = open_case(place)
        parties = case.parties
    else:
        archive = open_archive() if archive is None else archive
        parties = tuple(find_party(archive, code) for code in DEFAULT_PARTIES)
    forecaster = open_forecaster(archive)
    rows = read_batch(batch, known_words(forecaster), archive)
    with progress("Forecasting") as step:
        count = write_batch(archive, forecaster, rows, parties, csv_path, step)
    click.echo(f"Wrote {count} texts to {csv_path} and {parties_path(csv_path)}.", err=True)


def _reaching(as_of: date | None) -> Archive:
    """Open the archive as of a day; a day after its last one lets everything through."""
    from detente.archive import open_archive

    archive = open_archive()
    return archive if as_of is None or as_of >= archive.last_day else open_archive(as_of)


def _plain(found: Forecast) -> dict[str, object]:
    plain = _rounded(asdict(found))
    assert isinstance(plain, dict)
    plain["has_precedent"] = found.has_precedent
    plain["hard"]["party"] = found.parties[found.hard.place].chances.code
    return plain


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value


def _rows(found: Forecast) -> list[list[str]]:
    rows = [["iso3", "p_yes", "p_abstain", "p_no"]]
    for one in (
        *(party.chances for party in found.parties if len(party.chances.code) != 3),
        *found.states,
    ):
        rows.append([one.code, f"{one.yes:.6f}", f"{one.abstain:.6f}", f"{one.no:.6f}"])
    return rows
