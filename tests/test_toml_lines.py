from __future__ import annotations

from detente.toml_lines import Lines

TEXT = """\
# a comment
[case]
name = "x"
parties = [
  "EU",
  "USA",  # the "RUS" of this comment is no item
  "RUS",
]
as_of = 2018-11-20

[blocs.V4]
members = ["CZE", "HUN"]

[[issues]]
name = "first"
[[issues.options]]
name = "a"
[[issues.options]]
name = "b"

[[issues]]
name = "second"
[[issues.options]]
name = "c"
"""


def test_a_key_is_found_on_its_line() -> None:
    lines = Lines(TEXT)
    assert lines.line(("case",)) == 2
    assert lines.line(("case", "as_of")) == 9
    assert lines.line(("blocs", "V4", "members")) == 12


def test_a_list_item_on_its_own_line_is_found_by_its_value() -> None:
    lines = Lines(TEXT)
    assert lines.line(("case", "parties", 1), "USA") == 6
    assert lines.line(("case", "parties", 2), "RUS") == 7


def test_an_item_on_the_line_of_its_key_is_found_there() -> None:
    assert Lines(TEXT).line(("blocs", "V4", "members", 1), "HUN") == 12


def test_repeated_tables_are_told_apart() -> None:
    lines = Lines(TEXT)
    assert lines.line(("issues",)) == 14
    assert lines.line(("issues", 0, "name")) == 15
    assert lines.line(("issues", 1, "name")) == 22
    assert lines.line(("issues", 0, "options", 1, "name")) == 19
    assert lines.line(("issues", 1, "options", 0, "name")) == 24


def test_a_missing_key_is_placed_at_the_table_that_lacks_it() -> None:
    assert Lines(TEXT).line(("case", "host")) == 2


def test_a_place_that_is_nowhere_has_no_line() -> None:
    assert Lines(TEXT).line(("weights",)) is None
