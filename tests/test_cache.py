from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente import cache


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cache, "folder", lambda kind: tmp_path / kind)


def test_arrays_come_back_as_they_were() -> None:
    cache.save_arrays("a", "x", {"n": np.arange(3), "s": np.array(["é", "b"])})
    found = cache.load_arrays("a", "x")
    assert found is not None
    assert found["n"].tolist() == [0, 1, 2]
    assert found["s"].tolist() == ["é", "b"]
    assert cache.load_arrays("b", "x") is None


def test_a_damaged_file_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    cache.save_arrays("a", "x", {"n": np.arange(3)})
    (tmp_path / "a" / "x.npz").write_bytes(b"not a zip")
    assert cache.load_arrays("a", "x") is None


def test_what_was_made_is_made_once(tmp_path: Path) -> None:
    made = []
    assert cache.kept("k", "x", lambda: made.append(1) or "it") == "it"
    assert cache.kept("k", "x", lambda: made.append(1) or "other") == "it"
    assert made == [1]
    (tmp_path / "k" / "x.pickle").write_bytes(b"\x80")
    assert cache.kept("k", "x", lambda: "again") == "again"


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file stands where the folder should be")
    cache.save_arrays("a", "x", {"n": np.arange(3)})
    assert cache.load_arrays("a", "x") is None
    assert cache.kept("a", "x", lambda: 7) == 7


def test_what_was_not_used_for_longest_is_forgotten(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import os

    for day, named in enumerate(["old", "used", "new"]):
        cache.save_arrays("a", named, {"n": np.arange(1)})
        os.utime(tmp_path / "a" / f"{named}.npz", (day, day))
    cache.load_arrays("a", "old")
    monkeypatch.setattr(cache, "MOST_FILES", 2)
    cache.save_arrays("a", "newest", {"n": np.arange(1)})
    assert {path.stem for path in (tmp_path / "a").iterdir()} == {"old", "newest"}


def test_a_name_depends_on_every_part_and_its_place() -> None:
    names = {cache.name("a", "b"), cache.name("b", "a"), cache.name("ab"), cache.name("a", "b", "")}
    assert len(names) == 4


def test_the_code_of_a_package_is_part_of_a_name(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    for place, text in ((first, "x = 1"), (second, "x = 2")):
        place.mkdir()
        (place / "m.py").write_text(text)
    assert cache.code(first) != cache.code(second)
