"""The files of a dossier: every format and language from one set of findings, written whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from detente.archive import Archive
from detente.beside import beside
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
Files = dict[str, bytes]
"""A document's formats, each with its bytes."""


def render(document: Document, findings: Findings, formats: Iterable[str] = FORMATS) -> Files:
    """Return each wanted format of a document with its bytes."""
    return _whole(drawn(document, tuple(formats)), document, findings, tuple(formats))


def drawn(document: Document, formats: Sequence[str]) -> Files:
    """Return the formats that have a look; a document's figures are drawn once for all."""
    wanted = [name for name in formats if name != "json"]
    if not wanted:
        return {}
    pictures = {f.anchor: draw(f.chart, f.anchor, document.lang) for f in document.figures()}
    made: Files = {}
    for name in wanted:
        if name == "html":
            from detente.dossier.render.web import html

            made[name] = html(document, pictures)
        elif name == "pdf":
            from detente.dossier.render.paper import pdf

            made[name] = pdf(document, pictures)
        else:
            from detente.dossier.render.word import docx

            made[name] = docx(document, pictures)
    return made


def _whole(made: Files, document: Document, findings: Findings, formats: Sequence[str]) -> Files:
    """Add the JSON, which needs the findings, in the order of the formats."""
    from detente.dossier.render.data import json_bytes

    if "json" in formats:
        made["json"] = json_bytes(document, findings)
    return {name: made[name] for name in formats}


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
            documents = [compose(findings, lang, tuple(further)) for lang in languages]
            done += len(documents)
            step(done, total)
            # The first document is drawn here, the second beside it.
            waits: list[Callable[[], Files]] = [
                partial(drawn, one, formats) for one in documents[:1]
            ]
            waits += [beside(drawn, one, formats) for one in documents[1:]]
            for document, wait in zip(documents, waits, strict=True):
                for name, content in _whole(wait(), document, findings, formats).items():
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
