"""What the forecast says of each topic's next texts: its latest ones put to the vote once more.

Most texts come back, slightly retitled. So the texts most likely to come next are the newest
versions of those of the last years, asked about as of the day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.archive import Archive, open_archive
from detente.beside import beside
from detente.cache import code, load_arrays, name, save_arrays
from detente.denominators.texts import series
from detente.parties import Party

YEARS = 3.2
"""Years whose texts are asked about again: a text that comes every third year is among them."""

HALF_LIFE = 2.0
"""Years after which a text counts half as likely to be the next."""

PULL = 0.5
"""Weight of the forgetting model beside the texts asked about, in new texts."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outlook:
    """Forecasts of the texts that may come next.

    Attributes:
        key: (n,) vote_id of each text's newest version.
        age: (n,) its age in years on the day.
        none: (n,) chance that no party objects to the next version.
        objects: (n, n_parties) chance that each party does.
    """

    key: NDArray[np.str_]
    age: Floats
    none: Floats
    objects: Floats


@dataclass(frozen=True, eq=False)
class Next:
    """Chances of each topic's next text.

    Attributes:
        none: (n_topics,) chance that no party objects.
        objects: (n_topics, n_parties) chance that each does; NaN where no text was asked about.
        asked: (n_topics,) texts asked about.
    """

    none: Floats
    objects: Floats
    asked: NDArray[np.int64]


def outlook(archive: Archive, parties: Sequence[Party], as_of: date) -> Outlook:
    """Return the forecasts as of the end of a day; none before a forecast can be made.

    Kept in the cache folder by what the archive lets through, the parties, and the code.
    """
    kept = _name(archive, parties, as_of)
    arrays = load_arrays("outlook", kept)
    if arrays is None:
        found = _ask(archive, parties, as_of + timedelta(days=1))
        arrays = {field: getattr(found, field) for field in Outlook.__dataclass_fields__}
        save_arrays("outlook", kept, arrays)
    return Outlook(**arrays)


def outlook_beside(archive: Archive, parties: Sequence[Party], as_of: date) -> Callable[[], object]:
    """Work the forecasts out in another process unless they are kept; return what waits for them.

    `outlook` then finds them kept. A first forecast takes some ten seconds of processor time.
    """
    if load_arrays("outlook", _name(archive, parties, as_of)) is not None:
        return lambda: None
    return beside(_keep, archive.folder, tuple(parties), as_of)


def _keep(folder: Path, parties: Sequence[Party], as_of: date) -> None:
    outlook(open_archive(as_of, folder), parties, as_of)


def _name(archive: Archive, parties: Sequence[Party], as_of: date) -> str:
    members = [",".join(party.members(archive, as_of)) for party in parties]
    return name(
        archive.fingerprint,
        (as_of + timedelta(days=1)).isoformat(),
        *(f"{party.code}={who}" for party, who in zip(parties, members, strict=True)),
        code(Path(__file__).parents[1] / "forecast"),
        code(Path(__file__).parent),
    )


def _ask(archive: Archive, parties: Sequence[Party], day: date) -> Outlook:
    from detente.forecast.asking import FIRST_FORECAST, Question, open_forecaster
    from detente.forecast.forecasting import party_columns
    from detente.forecast.joint_arrays import no_objection

    if day < FIRST_FORECAST:
        return Outlook(np.zeros(0, str), np.zeros(0), np.zeros(0), np.zeros((0, len(parties))))
    forecaster = open_forecaster(archive)
    record = forecaster.record
    age = (np.datetime64(day, "D") - record.day).astype(np.int64) / 365.25
    newest: dict[str, int] = {}
    for row in np.flatnonzero(age <= YEARS):
        newest[series(str(record.title[row]))] = int(row)
    rows = np.array(sorted(newest.values()), np.int64)
    if not len(rows):
        return Outlook(np.zeros(0, str), np.zeros(0), np.zeros(0), np.zeros((0, len(parties))))
    asked = [Question(str(title)) for title in record.title[rows]]
    chances = forecaster.ask(asked, day).chances
    columns = party_columns(archive, forecaster, parties, day)
    objects, none = no_objection(chances[:, :, 0], columns)
    # The last digits depend on the order of the parties; an answer must not.
    return Outlook(record.vote_id[rows], age[rows], none.round(9), objects.round(9))


def next_texts(found: Outlook, topic: NDArray[np.int64], usual: Floats, pull: float = PULL) -> Next:
    """Return the chances of each topic's next text.

    Args:
        found: the forecasts.
        topic: (n,) index of each text's topic, -1 where it has none.
        usual: (n_topics,) chance of the forgetting model, which stands alone where no text was
            asked about.
        pull: weight of it beside the texts.
    """
    used = topic >= 0
    count = len(usual)
    place = (topic[used][:, None] == np.arange(count)).astype(np.float64)
    weight = place * np.exp2(-found.age[used] / HALF_LIFE)[:, None]
    mass = weight.sum(0)
    none = (weight.T @ found.none[used] + pull * usual) / (mass + pull)
    objects = np.full((count, found.objects.shape[1]), np.nan)
    known = mass > 0
    objects[known] = (weight.T @ found.objects[used])[known] / mass[known, None]
    return Next(none, objects, place.sum(0).astype(np.int64))
