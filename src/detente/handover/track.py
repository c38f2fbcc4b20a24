"""How often stated ends and foretold dates held, over the whole Council record.

Run ``python -m detente.handover.track``; docs/handover.md shows the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.archive import Archive, open_archive
from detente.handover.recurring import Dated, group, kept_ends, kept_rhythm

SINCE = date(2000, 1, 1)


@dataclass(frozen=True)
class Track:
    """Hits and cases of the two derivations, over all series of Council resolutions."""

    ends: tuple[int, int]
    rhythm: tuple[int, int]


def track(archive: Archive, since: date = SINCE) -> Track:
    """Return how often both derivations held for the resolutions since a day."""
    texts = [
        Dated(symbol, day, title)
        for symbol, day, title in archive.sql(
            "SELECT symbol, date, title FROM sc_rollcalls WHERE date >= ? AND title IS NOT NULL "
            "ORDER BY date, number",
            (since,),
        )
    ]
    series = group(texts)
    ends = [kept_ends(one, archive.last_day) for one in series]
    rhythm = [kept_rhythm(one) for one in series]
    return Track(
        (sum(hits for hits, _ in ends), sum(cases for _, cases in ends)),
        (sum(hits for hits, _ in rhythm), sum(cases for _, cases in rhythm)),
    )


if __name__ == "__main__":
    found = track(open_archive())
    print(f"stated ends met: {found.ends[0]} of {found.ends[1]}")
    print(f"dates foretold: {found.rhythm[0]} of {found.rhythm[1]}")
