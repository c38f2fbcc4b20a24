"""The subject of an Assembly text that has no title, from the texts numbered beside it.

The Assembly numbers the resolutions of a session committee by committee and item by item, so that a
text between two on disarmament is nearly always on disarmament too. Only level 1 is assigned, only
where the nearest known numbers below and above agree and lie at most ``SPAN`` apart, and only for
subjects that one Main Committee handles together (``block`` in the taxonomy). Parts of one number
(``40/94 A``, ``40/94 B``) share their subject, whatever it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from detente.topics.reading import Reading
from detente.topics.taxonomy import book, topic

SPAN = 6
"""Neighbours further apart than this many numbers say nothing about what stands between them."""

_NUMBER = re.compile(r"^A/RES/(?:[ES]+-\d+/|\d+/)?(\d+)")


def number(symbol: str) -> int | None:
    """Return the running number of a resolution within its session: ``A/RES/62/12A`` -> 12."""
    found = _NUMBER.match(symbol)
    return int(found.group(1)) if found else None


def number_subjects(
    texts: Iterable[tuple[str | None, str | None, str | None]],
) -> dict[str, dict[int, str | None]]:
    """Return session -> number -> the subject its texts share, None where they differ.

    ``texts`` holds (session, symbol, topic); what lacks one of them is passed over.
    """
    found: dict[str, dict[int, set[str]]] = {}
    for session, symbol, code in texts:
        at = number(symbol) if symbol else None
        if session and code and at is not None:
            found.setdefault(session, {}).setdefault(at, set()).add(topic(code).subject)
    return {
        session: {at: min(seen) if len(seen) == 1 else None for at, seen in numbers.items()}
        for session, numbers in found.items()
    }


def neighbour_subject(known: dict[int, str | None], order: list[int], at: int) -> str | None:
    """Return the subject that the nearest known numbers below and above ``at`` share.

    ``known`` maps a number to its subject (None where its parts differ), ``order`` holds the same
    numbers ascending. A known text of the very same number decides alone.
    """
    if at in known:
        return known[at]
    below, above = bisect_left(order, at) - 1, bisect_right(order, at)
    if below < 0 or above >= len(order):
        return None
    near, far = order[below], order[above]
    if far - near > SPAN or known[near] != known[far] or known[near] not in book().blocks:
        return None
    return known[near]


def from_neighbours(
    places: Sequence[tuple[str | None, str | None]], readings: Sequence[Reading]
) -> list[Reading]:
    """Return the readings with the untitled Assembly texts filled in from their neighbours.

    ``places`` holds (symbol, session) for each reading; only readings with no topic change.
    """
    known = number_subjects(
        (session, symbol, reading.main)
        for (symbol, session), reading in zip(places, readings, strict=True)
    )
    orders = {session: sorted(numbers) for session, numbers in known.items()}
    filled = list(readings)
    for row, ((symbol, session), reading) in enumerate(zip(places, readings, strict=True)):
        at = number(symbol) if symbol else None
        if reading.main or at is None or session not in known:
            continue
        subject = neighbour_subject(known[session], orders[session], at)
        if subject:
            filled[row] = Reading(subject, (), "numbered block")
    return filled
