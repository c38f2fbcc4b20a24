from __future__ import annotations

from detente.archive import Archive
from detente.archive.queries import vote_matrix


def test_the_matrix_holds_the_votes_row_by_row(whole: Archive) -> None:
    where = "session_number = 26 AND kind = 'resolution'"
    matrix = vote_matrix(whole, where)
    codes = {"yes": 1, "abstain": 2, "no": 3, "absent": 0}
    votes = {
        (iso3, vote_id): codes[vote]
        for iso3, vote_id, vote in whole.sql(
            f"SELECT iso3, vote_id, vote FROM votes JOIN rollcalls USING (vote_id) WHERE {where}"
        )
    }
    assert len(votes) > 5000
    for i, iso3 in enumerate(matrix.iso3):
        for j, vote_id in enumerate(matrix.vote_id):
            assert matrix.matrix[i, j] == votes.get((iso3, vote_id), 0)
    assert list(matrix.date) == sorted(matrix.date)
    assert set(matrix.session_number) == {26}


def test_concurrences_are_counts_of_members_and_no_part_of_a_year(whole: Archive) -> None:
    counted = whole.sql(
        "SELECT session, concurrences FROM special_sessions WHERE concurrences IS NOT NULL "
        "ORDER BY number"
    )
    assert counted == [("ES-5", 98), ("S-28", 150), ("S-31", 150)]
