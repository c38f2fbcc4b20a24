"""Rules as data: what a file must hold, and what is refused, by file and line."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from detente.archive import open_archive
from detente.convening.electorates import bodies
from detente.convening.rulebook import rulebook, shipped
from detente.errors import RuleError

GOOD = """\
body = "UN"
provision = "Charter 20"
confidence = "SOURCE"
source = "Charter"
since = 1945-10-24
who = ["UN"]
electorate = "UN"

[title]
en = "A rule"
fr = "Une règle"

[text]
en = "What it says."
fr = "Ce qu’elle dit."

[threshold]
kind = "votes in favour"
share = "majority"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_rule_of_ones_own_is_read(tmp_path: Path) -> None:
    rule = rulebook(written(tmp_path, GOOD))["mine"]
    assert (rule.id, rule.provision, rule.threshold.share) == ("mine", "Charter 20", "majority")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"votes in favour"', '"acclamation"', r"mine.toml, line 18: .*acclamation.*unknown"),
        ('provision = "Charter 20"\n', "", r"mine.toml.*“provision” is missing"),
        ('source = "Charter"\n', 'source = ""\n', r"mine.toml, line 4: “source” is empty"),
        (
            "since = 1945-10-24\n",
            "since = 1945-10-24\nuntil = 1940-01-01\n",
            r"until 1940-01-01 is before since 1945-10-24",
        ),
        ("since = 1945-10-24", 'since = "1945"', r"line 5: “since” is not a date"),
        ('electorate = "UN"', 'electorate = "NATO"', r"mine.toml.*NATO.*no electorate"),
        ('share = "majority"\n', "", r"mine.toml.*needs a share or counts"),
        ('share = "majority"', 'share = "majority"\nveto = "open"', r"leaves a veto open"),
        ("[threshold]", "[threshold", r"mine.toml: this is not TOML"),
        ('who = ["UN"]', 'who = ["UN"]\nwhy = "?"', r"line 7: “why” is not a field"),
        ('confidence = "SOURCE"', 'confidence = "SURE"', r"line 3: .*SURE.*unknown"),
    ],
)
def test_a_faulty_rule_is_refused_by_file_and_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(RuleError, match=said):
        rulebook(written(tmp_path, GOOD.replace(old, new)))


def test_a_clock_needs_one_length(tmp_path: Path) -> None:
    clock = (
        '\n[[clocks]]\nkind = "at most after"\nsets = "opening"\ncounted_from = "request"\n'
        'days = 1\nhours = 2\ntitle = { en = "a", fr = "b" }\n'
    )
    with pytest.raises(RuleError, match=r"mine.toml, line 21: .*give exactly one"):
        rulebook(written(tmp_path, GOOD + clock))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rules"):
        rulebook(tmp_path)


def test_what_ships_can_be_copied_and_read_as_ones_own(tmp_path: Path) -> None:
    place = tmp_path / "rules"
    shutil.copytree(shipped("rules"), place)
    assert rulebook(place) == rulebook()


def test_every_row_of_the_archive_that_a_rule_names_is_there_and_no_surer_than_the_rule() -> None:
    surety = dict(open_archive().sql("SELECT rule, confidence FROM rules"))
    for rule in rulebook().rules.values():
        for record in rule.records:
            assert record in surety, f"{rule.id} names {record}"
    # A rule may rest on rows read in a source and add a part from memory, never the reverse,
    # save where the row's own doubt is about its number and not its substance.
    for rule in rulebook().rules.values():
        if rule.confidence == "SOURCE" and rule.records:
            assert "SOURCE" in {surety[record] for record in rule.records}, rule.id


def test_a_rule_from_memory_says_so_in_its_source() -> None:
    for rule in rulebook().rules.values():
        if "memory" in rule.source:
            assert rule.confidence == "MEMORY", rule.id


def test_rules_are_dated() -> None:
    book = rulebook()
    assert "ga-8b-council" not in book.on(date(1950, 11, 2))
    assert "ga-8b-council" in book.on(date(1950, 11, 3))
    assert "vi-1" not in book.on(date(2018, 11, 20))
    assert "ga-9a-provisional" in book.on(date(1947, 4, 2))
    assert "ga-9a" not in book.on(date(1947, 4, 2))


@pytest.mark.parametrize("year", range(1958, 2025))
def test_on_every_day_since_1958_one_rule_says_how_the_union_gives_a_mandate(year: int) -> None:
    mandates = {"eu-apart", "eu-epc", "eu-j", "eu-15-4"} & set(rulebook().on(date(year, 6, 1)))
    assert len(mandates) == 1


def test_each_rule_is_written_in_two_languages_of_its_own_words() -> None:
    for rule in rulebook().rules.values():
        assert rule.text_en != rule.text_fr, rule.id
        assert rule.title_en != rule.title_fr or rule.id == "ga-40", rule.id
        for ending in (" ;", " :", " ?", " »", "« "):
            assert ending not in rule.title_fr + rule.text_fr, rule.id


def test_no_rule_speaks_of_a_year_after_it_came_into_force_save_in_its_practice() -> None:
    for rule in rulebook().rules.values():
        years = re.findall(
            r"\b(?:19|20)\d\d\b", rule.text_en + rule.title_en + rule.text_fr + rule.cited("en")
        )
        assert all(int(year) <= rule.since.year for year in years), rule.id
        assert rule.cited("fr") != rule.cited("en") or "/" in rule.cited("en"), rule.id
        for one in rule.practice:
            told = re.findall(r"\b(?:19|20)\d\d\b", one.en + one.fr)
            assert all(int(year) <= one.since.year for year in told), rule.id


def test_practice_is_told_from_its_day_on() -> None:
    rule = rulebook()["ga-8a-council"]
    assert rule.practised("en", date(1948, 3, 31)) == ""
    assert "1948" in rule.practised("fr", date(1948, 4, 1))


def test_each_body_of_an_electorate_is_described() -> None:
    named = {rule.electorate for rule in rulebook().rules.values()}
    assert named - {"parties", "host", "Secretary-General", "presidency"} <= set(bodies())
