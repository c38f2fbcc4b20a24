"""Where the archive lies: the record that ships, or the user's own generation of it."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from detente.errors import ArchiveError

CURRENT = "current"


def shipped() -> Path:
    """Return the folder of the record that ships inside the package."""
    return Path(str(resources.files("detente") / "archive" / "record"))


def data_home() -> Path:
    """Return the user's data folder: ``DETENTE_DATA``, else the platform's usual place."""
    chosen = os.environ.get("DETENTE_DATA")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("detente", appauthor=False)


def users() -> Path | None:
    """Return the folder of the user's current generation, or None where nothing was imported.

    Raises:
        ArchiveError: what should name it is no name.
    """
    home = data_home() / "archive"
    pointer = home / CURRENT
    if not pointer.is_file():
        return None
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if not name.isprintable() or Path(name).name != name or name in ("", ".."):
        raise ArchiveError(
            f"{pointer} does not name an archive: import the files again after "
            "`detente archive reset`, which goes back to what ships"
        )
    return home / name


def default() -> Path:
    """Return the folder that `open_archive` reads when none is named."""
    return users() or shipped()
