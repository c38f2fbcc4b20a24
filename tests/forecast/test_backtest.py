"""What the backtest withholds, on the small made-up record."""

from __future__ import annotations

import numpy as np
from tests.forecast.small import small_record

from detente.forecast.features import Walk, feature_names
from detente.forecast.model import gather, opening, seen, withheld
from detente.forecast.wording import read_wording


def test_a_text_seen_from_the_opening_knows_nothing_later() -> None:
    record = small_record()
    wording = read_wording(record.title.tolist(), record.headings.tolist())
    walk = Walk(record, wording)
    gather(walk, np.unique(record.day)[1:])
    rows = np.flatnonzero(record.session == record.session[-1])[-3:]
    until = np.datetime64(opening(int(record.session[-1])), "D")
    early = seen(walk, rows, record.day[rows[0]], until=until)
    names = feature_names()
    silence = early[0, 0, names.index("silence")]
    assert silence > 0.2
    changed = small_record()
    changed.votes[changed.day >= until] = 0
    other = Walk(changed, wording)
    gather(other, np.unique(changed.day)[1:])
    again = seen(other, rows, record.day[rows[0]], until=until)
    assert early.tobytes() == again.tobytes()


def test_withholding_leaves_headings_and_sponsors_unknown_and_nothing_else() -> None:
    values = np.ones((1, 2, len(feature_names())), np.float32)
    gone = np.isnan(withheld(values)).all((0, 1))
    assert {name.split()[0] for name, out in zip(feature_names(), gone, strict=True) if out} == {
        "headings",
        "sponsor",
        "sponsors",
    }
    assert np.isfinite(values).all()
