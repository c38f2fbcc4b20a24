"""The taxonomy is complete, recognisable and alive, and its page is the one in the docs."""

from pathlib import Path

import pytest

from detente.archive import open_archive
from detente.errors import NotFound
from detente.topics import find_topic, taxonomy, topic
from detente.topics.page import page
from detente.topics.phrases import find, tokens
from detente.topics.reading import spoken_title
from detente.topics.taxonomy import book
from detente.topics.words import words

PAGE = Path(__file__).parents[2] / "docs" / "topics.md"


def test_codes_and_names_are_unique_within_a_level() -> None:
    for value in ("code", "name_en", "name_fr"):
        for level in (1, 2):
            named = [getattr(one, value) for one in taxonomy() if one.level == level]
            assert len(named) == len(set(named))


@pytest.mark.parametrize("one", taxonomy(), ids=lambda one: one.code)
def test_every_topic_has_names_and_definitions_in_both_languages(one) -> None:
    assert one.name("en")
    assert one.name("fr")
    assert one.definition("en").endswith(".")
    assert one.definition("fr").endswith(".")
    assert one.parent is None or topic(one.parent).level == 1


def test_no_phrase_stands_for_two_topics() -> None:
    seen: dict[tuple[tuple[str, ...], bool], set[str]] = {}
    for rule in book().rules:
        seen.setdefault((tokens(rule.phrase), rule.heading_only), set()).add(rule.code)
    assert {key: codes for key, codes in seen.items() if len(codes) > 1} == {}


def test_every_phrase_meets_a_real_text() -> None:
    archive = open_archive()
    met: set[int] = set()
    for table in ("rollcalls", "adoptions", "sc_rollcalls"):
        for title, agenda, subjects in archive.sql(
            f"SELECT DISTINCT title, agenda, subjects FROM {table}"
        ):
            fields = (
                (spoken_title(title or ""), False),
                (agenda or "", False),
                (" | ".join(subjects or ()), True),
            )
            for text, heading in fields:
                met |= {match.phrase.number for match in find(words(text), heading)}
    dead = [rule.phrase for number, rule in enumerate(book().rules) if number not in met]
    assert dead == []


def test_the_page_in_the_docs_is_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("disarmament/nuclear-testing", "disarmament/nuclear-testing"),
        ("nuclear testing", "disarmament/nuclear-testing"),
        ("Essais nucléaires", "disarmament/nuclear-testing"),
        ("essais nucleaires", "disarmament/nuclear-testing"),
        ("ukrain", "situations/ukraine"),
        ("cuba embargo", "situations/cuba-embargo"),
        ("Crimea", "situations/ukraine"),
        ("disarmament", "disarmament"),
    ],
)
def test_a_user_finds_a_topic_by_code_name_beginning_or_words(typed: str, code: str) -> None:
    assert find_topic(typed).code == code


@pytest.mark.parametrize("typed", ["", "xyzzy", "nucl"])
def test_what_names_no_topic_or_several_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(NotFound) as refusal:
        find_topic(typed)
    assert str(refusal.value).endswith(".")
    assert str(refusal.value).count("\n") == 0


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(NotFound, match="no topic with the code"):
        topic("disarmament/swords")
