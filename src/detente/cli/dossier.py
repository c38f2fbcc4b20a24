"""`detente dossier`: write the dossier of a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import as_of, case_file

if TYPE_CHECKING:
    from detente.case import Case
    from detente.dossier.build import Build


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
@click.option(
    "--team",
    is_flag=True,
    help="Also what was confided to the host alone, in files for its team, in DIR/team.",
)
@as_of
def command(
    case_path: Path,
    out: Path,
    lang: str | None,
    formats: tuple[str, ...],
    team: bool,
    as_of: date | None,
) -> None:
    """Write the dossier of CASE: HTML, PDF, DOCX and JSON, in English and French.

    A case with issues gets a section on packages. Where positions in it are for the convenor only,
    that section is left out, unless --team asks for a dossier for the host's team.
    """
    from detente.case import open_case
    from detente.dossier import FORMATS, write_dossier
    from detente.language import LANGUAGES
    from detente.terminal import progress

    case, archive = open_case(case_path, as_of)
    languages = [known for known in LANGUAGES if lang in (None, known)]
    wanted = [known for known in FORMATS if not formats or known in formats]
    further = _packages(case_path, case, as_of, team)
    if team:
        out = out / "team"
    with progress("Dossier") as step:
        files = write_dossier(archive, case, out, languages, wanted, step, further)
    for path in files:
        click.echo(path)


def _packages(path: Path, case: Case, as_of: date | None, team: bool) -> tuple[Build, ...]:
    """Return the section on packages, where the case has issues and their use is allowed."""
    if not case.sheet.get("issues"):
        return ()
    from detente.cli.packages_sheet import load
    from detente.dossier.sections.packages import confided, section
    from detente.packages import analyse
    from detente.terminal import progress

    sheet = load(path, as_of)
    kept = confided(sheet)
    if kept and not team:
        click.echo(
            f"{path.name}: {kept} positions are for the convenor only, so the section on packages "
            "is left out; --team writes a dossier for the host's team that has it",
            err=True,
        )
        return ()
    with progress("Packages") as step:
        found = analyse(sheet, progress=step)
    return (lambda _, lang: section(found, lang),)
