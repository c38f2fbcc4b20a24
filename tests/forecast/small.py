"""A small made-up record: two camps of states, recurring titles, a state that changes camp."""

from __future__ import annotations

import numpy as np

from detente.forecast.record import Record

CODES = ("BRA", "CHN", "CUB", "FRA", "IND", "ISR", "RUS", "USA", "ZAF")
WEST = np.isin(CODES, ("FRA", "ISR", "USA"))
TITLES = (
    "Nuclear disarmament and the renunciation of nuclear weapons",
    "Situation of human rights in a certain country",
    "Embargo imposed by a great power against an island",
    "Report of the agency for atomic energy",
    "Cooperation with a regional organization",
)


def small_record(sessions: int = 8, seed: int = 1) -> Record:
    rng = np.random.default_rng(seed)
    title, day, session, votes = [], [], [], []
    for number in range(sessions):
        for month in (10, 11, 12):
            for k, words in enumerate(TITLES):
                title.append(f"{words} part {'abc'[month - 10]}")
                day.append(np.datetime64(f"{1990 + number}-{month:02d}-0{1 + k // 2}"))
                session.append(45 + number)
                usual = np.where(WEST, (0, 2, 0, 2, 1)[k], (2, 0, 2, 2, 2)[k])
                noise = rng.random(len(CODES))
                cast = np.where(noise < 0.05, 1, usual)
                votes.append(np.where(noise > 0.95, -1, cast))
    order = np.argsort(np.array(day), kind="stable")
    words = np.empty(len(title), object)
    words[:] = [title[i] for i in order]
    headings = np.empty(len(title), object)
    headings[:] = ["" if i % 3 else "nuclear_weapons" for i in range(len(title))]
    return Record(
        iso3=np.array(CODES),
        vote_id=np.array([f"v{i:04d}" for i in range(len(title))]),
        symbol=np.array([f"A/RES/{i}" for i in range(len(title))]),
        title=words,
        headings=headings,
        day=np.array(day, "datetime64[D]")[order],
        session=np.array(session)[order],
        votes=np.array(votes, np.int8)[order],
        sponsors=_sponsors(np.array(votes, np.int8)[order]),
    )


def _sponsors(votes: np.ndarray) -> np.ndarray:
    """Every fifth text has the two first states that voted yes on it as sponsors."""
    found = (votes == 2) & (np.cumsum(votes == 2, axis=1) <= 2)
    found[np.arange(len(votes)) % 5 > 0] = False
    return np.asarray(found)
