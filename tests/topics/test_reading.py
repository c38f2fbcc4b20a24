"""Well-known texts land where a diplomat would look, and the ranking rules hold."""

import pytest

from detente.archive import open_archive
from detente.topics import assign, assign_text
from detente.topics.phrases import GAP_WORDS, match_end
from detente.topics.reading import read, read_issues, spoken_title
from detente.topics.words import BREAK, words

KNOWN = [
    ("A/RES/73/65", "disarmament/fissile-material"),
    ("A/RES/68/262", "situations/ukraine"),
    ("A/RES/ES-11/1", "situations/ukraine"),
    ("A/RES/73/8", "situations/cuba-embargo"),
    ("A/RES/73/86", "disarmament/nuclear-testing"),
    ("A/RES/73/72", "disarmament/space-confidence"),
    ("A/RES/73/27", "disarmament/information-security"),
    ("A/RES/74/247", "crime/cybercrime"),
    ("A/RES/73/175", "human-rights/death-penalty"),
    ("A/RES/2758(XXVI)", "organisation/membership"),
    ("A/RES/73/48", "disarmament/nuclear-prohibition"),
]
COUNCIL = [
    ("S/RES/678(1990)", "middle-east/iraq"),
    ("S/RES/435(1978)", "southern-africa/namibia"),
    ("S/RES/1325(2000)", "peace-security/civilians"),
    ("S/RES/2231(2015)", "middle-east/iran"),
]


@pytest.mark.parametrize(("symbol", "code"), KNOWN)
def test_a_well_known_assembly_text_has_its_topic(symbol: str, code: str) -> None:
    archive = open_archive()
    rows = archive.sql(
        "SELECT 'rollcalls', vote_id FROM rollcalls WHERE symbol = ? AND kind = 'resolution'"
        " UNION ALL SELECT 'adoptions', symbol FROM adoptions WHERE symbol = ?",
        [symbol, symbol],
    )
    if not rows:
        pytest.fail(f"{symbol} is not in the record")
    table, key = rows[0]
    assert assign(archive).of(table)[key] == code


@pytest.mark.parametrize(("symbol", "code"), COUNCIL)
def test_a_well_known_council_text_has_its_topic(symbol: str, code: str) -> None:
    assert assign(open_archive()).of("sc_rollcalls")[symbol] == code


def test_the_longer_phrase_wins_within_a_tier() -> None:
    assert read("Situation of human rights in Iraq").main == "human-rights/country-situations"


def test_a_weak_phrase_yields_to_a_telling_one_of_a_lesser_field() -> None:
    found = read("General and complete disarmament", agenda="Question of Namibia")
    assert (found.main, found.basis) == ("southern-africa/namibia", "agenda")


def test_in_the_council_a_named_conflict_outranks_the_means() -> None:
    title = "Extension of sanctions and of the peacekeeping operation in Cyprus"
    assert read(title).main == "peace-security/peacekeeping"
    assert read(title, council=True).main == "situations/cyprus"


def test_a_second_subject_of_a_title_is_kept_beside_the_main_one() -> None:
    found = read("Situation of human rights in the Syrian Arab Republic")
    assert found.main == "human-rights/country-situations"
    assert "middle-east/syria" in found.others


def test_the_president_s_words_give_the_title_of_the_draft_named_last() -> None:
    spoken = (
        "The President: Draft resolution I is entitled _Missiles<d3>. It was adopted. Draft "
        "resolution II is entitled _Nuclear disarmament<d3>. I shall put to the vote paragraph 2."
    )
    assert spoken_title(spoken) == "Nuclear disarmament"
    assert spoken_title("The President: I shall now put to the vote paragraph 2.") == ""
    assert spoken_title("Nuclear disarmament") == "Nuclear disarmament"


def test_a_title_no_phrase_meets_has_no_topic() -> None:
    assert assign_text("Qwertz").main is None
    assert assign_text("").basis == "none"


def test_issue_codes_name_a_subject_and_nothing_finer() -> None:
    assert read_issues(["hr"]).main == "human-rights"
    assert read_issues([]).main is None


def test_spellings_of_eighty_years_become_the_same_words() -> None:
    assert words("Co-operation between the U.N. and O.A.U.") == words("Cooperation between UN, OAU")
    assert words("The United States of America") == ("us",)
    assert words("Peace-keeping operations") == words("peacekeeping operation")
    assert words("Namibia : resolution / adopted by the General Assembly")[0] == "namibia"


def test_a_gap_reaches_so_many_words_and_never_across_a_break() -> None:
    pattern = ("embargo", "..", "cuba")
    near = ("embargo", *["x"] * GAP_WORDS, "cuba")
    far = ("embargo", *["x"] * (GAP_WORDS + 1), "cuba")
    assert match_end(pattern, near, 0) == len(near)
    assert match_end(pattern, far, 0) == -1
    assert match_end(pattern, ("embargo", BREAK, "cuba"), 0) == -1
