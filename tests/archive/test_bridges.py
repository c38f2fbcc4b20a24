from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.archive import Archive
from detente.archive.bridges import RollCalls, alike, find_pairs, measure, title_words


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_alikeness_counts_common_voters_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first = rng.integers(0, 4, (3, 12)).astype(np.int8)
    second = rng.integers(0, 4, (4, 12)).astype(np.int8)
    common, share = alike(first, second)
    for i, j in product(range(3), range(4)):
        both = [(x, y) for x, y in zip(first[i], second[j], strict=True) if x > 0 and y > 0]
        assert common[i, j] == len(both)
        same = sum(x == y for x, y in both)
        assert share[i, j] == pytest.approx(same / len(both) if both else 0)


def _calls(sessions: list[int], titles: list[str], votes: np.ndarray) -> RollCalls:
    return RollCalls(
        [str(i) for i in range(len(sessions))],
        np.array(sessions),
        [title_words(title) for title in titles],
        votes.astype(np.int8),
    )


def test_the_same_title_with_the_same_votes_is_one_text() -> None:
    yes, no = np.ones(40), np.full(40, 3)
    calls = _calls(
        [70, 70, 71, 71, 72],
        ["Moratorium on tests", "Other", "Moratorium on tests", "Moratorium on tests", "Other"],
        np.stack([yes, yes, no, yes, yes]),
    )
    assert find_pairs(calls) == [(0, 3), (1, 4)]


def test_a_later_roll_call_never_changes_an_earlier_pair(whole: Archive) -> None:
    rows = whole.sql(
        "SELECT vote_id, session_number, title FROM rollcalls "
        "WHERE kind = 'resolution' AND session_number BETWEEN 70 AND 73 ORDER BY date, vote_id"
    )
    from detente.archive.queries import vote_matrix

    votes = vote_matrix(whole, "kind = 'resolution' AND session_number BETWEEN 70 AND 73").matrix.T
    every = RollCalls(
        [row[0] for row in rows],
        np.array([row[1] for row in rows]),
        [title_words(row[2]) for row in rows],
        votes,
    )
    pairs = find_pairs(every)
    cut = len(rows) - 40
    fewer = RollCalls(every.vote_id[:cut], every.session[:cut], every.words[:cut], votes[:cut])
    assert find_pairs(fewer) == [(i, j) for i, j in pairs if j < cut]


def test_the_finder_finds_most_published_pairs_and_few_wrong_ones(whole: Archive) -> None:
    measured = measure(whole._connection)
    assert measured.published > 900
    assert measured.recall > 0.8
    assert measured.precision > 0.9


def test_found_bridges_are_newer_than_published_ones(whole: Archive) -> None:
    rows = dict(
        whole.sql(
            "SELECT b.basis, list(r.date) FROM bridges b "
            "JOIN rollcalls r ON r.vote_id = b.vote_id2 GROUP BY 1"
        )
    )
    assert set(rows) == {"published", "title and votes"}
    assert min(rows["title and votes"]) > max(rows["published"])
