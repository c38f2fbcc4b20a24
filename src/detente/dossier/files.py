"""The files of a dossier: every format and language from one set of findings, written whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from detente.archive import Archive
from detente.case import Case
from detente.dossier.blocks import Document
from detente.dossier.build import Build
from detente.dossier.compose import compose
from detente.dossier.findings import Findings
from detente.dossier.gather import STEPS, gather
from detente.dossier.pictures import draw
from detente.errors import OutputError
from detente.language import LANGUAGES, Lang
from detente.terminal import Step

FORMATS = ("html", "pdf", "docx", "json")


def render(
    document: Document, findings: Findings, formats: Iterable[str] = FORMATS
) -> Iterator[tuple[str, bytes]]:
    """Yield each wanted format of a document with its bytes; figures are drawn once for all."""
    wanted = list(formats)
    pictures = {}
    if set(wanted) != {"json"}:
        pictures = {f.anchor: draw(f.chart, f.anchor, document.lang) for f in document.figures()}
    for name in wanted:
        if name == "html":
            from detente.dossier.render.web import html

            yield name, html(document, pictures)
        elif name == "pdf":
            from detente.dossier.render.paper import pdf

            yield name, pdf(document, pictures)
        elif name == "docx":
            from detente.dossier.render.word import docx

            yield name, docx(document, pictures)
        else:
            from detente.dossier.render.data import json_bytes

            yield name, json_bytes(document, findings)


def write_dossier(
    archive: Archive,
    case: Case,
    out: Path,
    languages: Iterable[Lang] = LANGUAGES,
    formats: Iterable[str] = FORMATS,
    step: Step = lambda done, total: None,
    further: Iterable[Build] = (),
) -> list[Path]:
    """Write the dossier of a case and return its files.

    All files are made before the first is put in place, each by a rename, so that an interruption
    or a fault leaves what stood there before.

    Args:
        archive: opened as of the case's date.
        case: the summit in preparation.
        out: folder; made if it is not there.
        languages, formats: which files.
        step: told of progress.
        further: sections that rest on more than the public record; they stand before those that
            say how far to trust it.

    Raises:
        OutputError: the folder cannot be written to.
    """
    languages, formats = tuple(languages), tuple(formats)
    total = STEPS + len(languages) * (1 + len(formats))
    findings = gather(archive, case, lambda done, _: step(done, total))
    done = STEPS
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".dossier-", dir=out) as folder:
            made: list[tuple[Path, Path]] = []
            for lang in languages:
                document = compose(findings, lang, tuple(further))
                done += 1
                step(done, total)
                for name, content in render(document, findings, formats):
                    target = out / f"{document.stem}.{name}"
                    if target.is_dir():
                        raise OutputError(f"{target} is a folder: move it, or name another folder")
                    part = Path(folder) / target.name
                    part.write_bytes(content)
                    made.append((part, target))
                    done += 1
                    step(done, total)
            for part, target in made:
                part.replace(target)
    except OSError as error:
        raise OutputError(
            f"the dossier cannot be written to {out}: {error.strerror or error}; "
            "name another folder with --out"
        ) from None
    return [target for _, target in made]
