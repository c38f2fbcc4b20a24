"""Positions, agreement and cohesion as findings of the dossier."""

from __future__ import annotations

from detente.archive import Archive
from detente.case import Case
from detente.dossier.findings import BlocUnity, Track, Window


class Stands:
    """Where the parties stand, for the dossier."""

    def __init__(self, archive: Archive, case: Case) -> None:
        year = case.as_of.year
        self.tracks: tuple[Track, ...] = ()
        self.now = Window(0, 0, year, year, ())
        self.before: Window | None = None
        self.unity: tuple[BlocUnity, ...] = ()

    def keys(self) -> set[str]:
        """Return the keys of every record that the findings name."""
        return {split.record for bloc in self.unity for split in bloc.splits}

    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return the settings of the position model, for the annex."""
        return ()
