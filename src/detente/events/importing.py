"""Reading raw GDELT exports into a store, batch by batch; a batch is finished or never was."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from detente.errors import ImportRefused
from detente.events.batch import Found, read_batch
from detente.events.files import Export, Unreadable, find, lay_open
from detente.events.report import Actors, FileReport, Report
from detente.events.store import Store, users
from detente.terminal import Step

BATCH = 512 * 2**20
"""Bytes of text that are read and finished at once: what a killed import has to repeat at most."""


def import_files(
    paths: Sequence[Path],
    store: Store | None = None,
    as_of: date | None = None,
    step: Step = lambda done, total: None,
) -> Report:
    """Read files and folders of GDELT exports into a store; finished files are left out.

    While a batch is read, the zips of the next are unpacked.

    Args:
        paths: files, zipped or not, and folders, searched to any depth.
        store: by default the user's.
        as_of: an arrival after this day is a fault; by default today.
        step: told of the bytes of text read.

    Returns:
        What was counted, set aside and refused, by file.

    Raises:
        ImportRefused: there is nothing to read, or the store cannot be written.
    """
    chosen = store or users()
    until = as_of or date.today()
    exports, broken = find(paths)
    finished = {key for manifest in chosen.manifests() for key in manifest["finished"]}
    waiting = [export for export in exports if export.key not in finished]
    total = sum(export.size for export in waiting)
    files = [FileReport(each.name, refused=each.reason) for each in broken]
    actors = Actors()
    read = 0
    with chosen.incoming() as scratch, ThreadPoolExecutor(1) as ahead:
        batches = list(_batches(waiting))
        opened = [
            ahead.submit(_lay_open, batch, scratch / f"text-{number}")
            for number, batch in enumerate(batches[:1])
        ]
        for number, batch in enumerate(batches):
            texts, bad = opened.pop().result()
            if number + 1 < len(batches):
                following = batches[number + 1], scratch / f"text-{number + 1}"
                opened.append(ahead.submit(_lay_open, *following))
            found = _read(chosen, scratch, texts, until)
            files += [FileReport(each.name, refused=each.reason) for each in bad]
            for each in found:
                files += each.files
                actors += each.actors
            shutil.rmtree(scratch / f"text-{number}", ignore_errors=True)
            read += sum(export.size for export in batch)
            step(read, total)
    return Report(tuple(files), actors, len(exports) - len(waiting), chosen.folder)


def _batches(exports: Iterable[Export]) -> Iterator[list[Export]]:
    """Part files into batches of about `BATCH` bytes of text, in order."""
    batch: list[Export] = []
    size = 0
    for export in exports:
        if batch and size + export.size > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(export)
        size += export.size
    if batch:
        yield batch


def _lay_open(
    batch: list[Export], folder: Path
) -> tuple[list[tuple[Export, Path]], list[Unreadable]]:
    """Unpack the zips of a batch; return the texts, and the files that broke."""
    texts, broken = [], []
    for number, export in enumerate(batch):
        found = lay_open(export, folder / str(number))
        if isinstance(found, Unreadable):
            broken.append(found)
        else:
            texts.append((export, found))
    return texts, broken


def _read(
    store: Store, scratch: Path, texts: list[tuple[Export, Path]], as_of: date
) -> list[Found]:
    """Read a batch; where it fails, its files one by one, so that one bad file is alone."""
    if not texts:
        return []
    try:
        return [read_batch(store, scratch, texts, as_of)]
    except ImportRefused as error:
        if len(texts) == 1:
            reason = str(error)
            return [Found((FileReport(texts[0][0].name, refused=reason),), Actors())]
    return [found for text in texts for found in _read(store, scratch, [text], as_of)]
