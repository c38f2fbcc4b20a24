"""`detente dossier`: write the dossier of a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from detente.cli.options import as_of, case_file


@click.command("dossier")
@case_file
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    help="Folder for the files; “out” by default.",
)
@click.option("--lang", type=click.Choice(["en", "fr"]), help="One language; both by default.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "pdf", "docx", "json"]),
    help="One format; repeat for more; all by default.",
)
@as_of
def command(
    case_path: Path, out: Path, lang: str | None, formats: tuple[str, ...], as_of: date | None
) -> None:
    """Write the dossier of CASE: HTML, PDF, DOCX and JSON, in English and French."""
    from detente.case import open_case
    from detente.dossier import FORMATS, write_dossier
    from detente.language import LANGUAGES
    from detente.terminal import progress

    case, archive = open_case(case_path, as_of)
    languages = [known for known in LANGUAGES if lang in (None, known)]
    wanted = [known for known in FORMATS if not formats or known in formats]
    with progress("Dossier") as step:
        files = write_dossier(archive, case, out, languages, wanted, step)
    for path in files:
        click.echo(path)
