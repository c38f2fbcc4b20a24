from __future__ import annotations

from datetime import date

import pytest

from detente.archive import open_archive
from detente.convening.support.record import ABSENT, YES, decisions, names_a_meeting, read_answers


@pytest.fixture(scope="module")
def found():
    return {row.symbol: row for row in decisions(open_archive())}


@pytest.mark.parametrize(
    ("symbol", "yes", "no", "abstain"),
    [
        ("A/RES/50/70F", 111, 2, 49),
        ("A/RES/75/44", 182, 0, 3),
        ("A/RES/75/4", 150, 0, 3),
        ("A/RES/75/260", 139, 0, 5),
        ("A/RES/3172(XXVIII)", 123, 0, 0),
        ("A/RES/40/97F", 148, 0, 6),
        ("A/RES/67/39", 179, 0, 4),
    ],
)
def test_known_votes_to_convene_are_found_with_their_totals(found, symbol, yes, no, abstain):
    row = found[symbol]
    assert (row.yes, row.no, row.abstain) == (yes, no, abstain)


def test_the_two_sessions_that_were_refused_are_among_them(found):
    refused = [row for row in decisions(open_archive()) if row.yes < row.no]
    assert [(row.day.year, row.yes, row.no) for row in refused] == [(1949, 20, 34), (1959, 26, 32)]
    assert {row.basis for row in refused} == {"procedure record"}


def test_what_was_named_from_memory_says_so(found):
    assert found["A/RES/38/58C"].confidence == "MEMORY"
    assert found["A/RES/71/258"].confidence == "SOURCE"


@pytest.mark.parametrize(
    ("title", "convenes"),
    [
        ("Convening of the 4th special session of the General Assembly devoted to disarmament", 1),
        ("Question of convening a world disarmament conference", 1),
        ("Organization of the 2021 High-Level Meeting on HIV/AIDS", 1),
        ("Follow-up to the 2013 High-Level Meeting of the General Assembly", 0),
        ("Report of the Conference on Disarmament", 0),
        ("Conference on Disarmament", 0),
        ("Implementation of the outcome of the World Summit for Social Development", 0),
        ("Credentials of representatives to the 6th special session", 0),
        ("United Nations Conference on Trade and Development", 0),
        ("The right to food", 0),
        ("", 0),
    ],
)
def test_a_title_counts_only_where_it_names_a_meeting_to_be_held(title, convenes):
    assert names_a_meeting(title) is bool(convenes)


def test_an_as_of_day_hides_later_decisions():
    early = decisions(open_archive(as_of=date(2018, 11, 20)))
    assert max(row.day for row in early) <= date(2018, 11, 20)
    assert "A/RES/73/42" not in {row.symbol for row in early}


def test_an_absence_is_kept_apart_from_a_vote_and_from_not_being_a_member():
    archive = open_archive()
    rows = decisions(archive)
    answers = read_answers(archive, rows)
    column = answers.votes.vote_id.tolist().index(
        next(row.vote_id for row in rows if row.symbol == "A/RES/75/4")
    )
    did = answers.did[:, column]
    assert (did == YES).sum() == 150
    assert (did == ABSENT).sum() == 40
    assert (did > 0).sum() == 193
