"""What a host of summits leaves: what was agreed, what was not, what comes round."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from detente.archive import Archive, open_archive
from detente.cli import root
from detente.dossier.sections.handover_hosting import hosting_parts
from detente.errors import CaseError, NotFound
from detente.handover.hosting import Hosting, hosting, series
from detente.language import LANGUAGES, Lang


@pytest.fixture(scope="module")
def archive() -> Archive:
    return open_archive()


@pytest.fixture(scope="module")
def found(archive: Archive) -> Hosting:
    return hosting(archive, "KAZ", "UZB", years=(2017, 2018))


def test_a_host_leaves_what_was_agreed_and_what_was_only_offered(found: Hosting) -> None:
    assert [one.id for one in found.agreed] == [
        "AST17-1", "AST17-4", "SCO17", "AST17-5", "AST17-6", "REL18",
    ]  # fmt: skip
    assert [one.id for one in found.open] == ["NAZ18"]
    assert found.open[0].held is None  # at the end of 2018 nobody could know
    assert found.open[0].memory


def test_a_stated_cycle_comes_round_and_a_missing_meeting_is_no_late_one(found: Hosting) -> None:
    (one,) = found.rounds
    assert (one.meeting.id, one.day, one.years) == ("REL18", date(2021, 10, 10), 3)
    assert one.followed is not None
    assert one.followed.id == "REL25"  # the 8th; the record lacks the 7th
    assert one.held is None


def test_meetings_of_a_cycle_are_one_series_whatever_their_number() -> None:
    assert series("6th Congress of Religions") == series("8th Congress of Religions")
    assert series("CICA 6th summit") != series("6th Congress of Religions")


def test_words_choose_meetings_and_the_as_of_date_hides_later_ones() -> None:
    then = open_archive(as_of=date(2018, 11, 20))
    found = hosting(then, "KAZ", "UZB", "congress")
    assert [one.id for one in found.meetings] == ["REL03", "REL06", "REL18"]
    assert found.end == date(2018, 11, 20)
    assert all(one.followed is None and one.held is None for one in found.rounds)


@pytest.mark.parametrize(
    ("call", "kind", "says"),
    [
        (("KAZ", "KAZ"), CaseError, "itself"),
        (("ALB", "KAZ"), NotFound, "no summit that Albania hosted"),
        (("KAZ", "UZB", "zeppelins"), NotFound, "zeppelins"),
        (("KAZ", "UZB", "", (1990, 1991)), NotFound, "run from 1999"),
        (("KAZ", "UZB", "", (2018, 2017)), CaseError, "earlier year first"),
    ],
)
def test_what_a_host_cannot_hand_over_is_refused_in_a_sentence(
    archive: Archive, call: tuple[object, ...], kind: type[Exception], says: str
) -> None:
    with pytest.raises(kind, match=says):
        hosting(archive, *call)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_paper_of_a_host_has_its_parts_in_both_languages(found: Hosting, lang: Lang) -> None:
    parts = hosting_parts(found, lang)
    assert len(parts) == 4
    assert len({part.anchor for part in parts}) == 4


def test_the_command_takes_a_host_without_a_topic() -> None:
    call = ["handover", "--from", "KAZ", "--to", "UZB", "--body", "SUMMIT", "--json"]
    data = json.loads(CliRunner().invoke(root, call).output)
    assert data["body"] == "SUMMIT"
    assert len(data["meetings"]) > 10
    without = CliRunner().invoke(root, ["handover", "--from", "KAZ", "--to", "UZB"])
    assert without.exit_code == 2
    assert "--topic" in without.output
