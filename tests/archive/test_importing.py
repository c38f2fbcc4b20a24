"""Imports into a data folder of its own. The files are made from the facts that ship, in the layout
of the official ones (`detente.archive.exporting`)."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.archive import Archive, open_archive
from detente.archive.folders import default, shipped, users
from detente.archive.importing import generation, import_files
from detente.errors import ImportRefused

_ROLLCALLS = (
    "SELECT symbol, date, session, session_number, title, agenda, subjects, meeting, yes, no, "
    "abstain, absent, undl_id, votes_md5 FROM rollcalls WHERE source = 'UN Digital Library' "
    "AND date >= ? ORDER BY symbol"
)


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _edited(
    source: Path, target: Path, change: Callable[[dict[str, str], int], dict[str, str] | None]
) -> Path:
    """Copy a CSV, each row passed through ``change``; None drops it."""
    header, *rows = _lines(source)
    changed = (change(dict(zip(header, row, strict=True)), n) for n, row in enumerate(rows))
    return _write(target, [header, *(list(row.values()) for row in changed if row is not None)])


def test_the_assemblys_votes_survive_a_round_trip(
    official: Path, mine: Path, whole: Archive
) -> None:
    report = import_files([official / "ga_voting.csv"], replace=True)
    assert report.folder == users() == default()
    there = open_archive()
    since = (date(2023, 12, 1),)
    assert there.sql(_ROLLCALLS, since) == whole.sql(_ROLLCALLS, since)
    assert there.sql("SELECT count(*) FROM rollcalls WHERE date < ?", since) == [(0,)]


def test_the_councils_votes_and_the_outcomes_survive_a_round_trip(
    official: Path, mine: Path, whole: Archive
) -> None:
    import_files([official / "sc_voting.csv", official / "ga_outcomes.csv"], replace=True)
    there = open_archive()
    since = (date(2023, 12, 1),)
    council = (
        "SELECT symbol, number, date, title, agenda, subjects, yes, no, abstain, absent, votes_md5 "
        "FROM sc_rollcalls WHERE date >= ? ORDER BY number"
    )
    assert there.sql(council, since) == whole.sql(council, since)
    outcomes = (
        "SELECT symbol, modality, date, date_basis, session, session_number, number, title, "
        "agenda, subjects FROM adoptions WHERE date >= ? ORDER BY symbol"
    )
    assert there.sql(outcomes, since) == whole.sql(outcomes, since)


def test_voetens_votes_survive_a_round_trip(official: Path, mine: Path, whole: Archive) -> None:
    import_files([official / "voeten.csv"], replace=True)
    query = (
        "SELECT rcid, date, yes, no, abstain, issues, votes_md5 FROM rollcalls "
        "WHERE rcid IS NOT NULL AND date >= ? ORDER BY rcid"
    )
    mine_now = open_archive().sql(query, (date(2023, 1, 1),))
    shipped_now = whole.sql(query, (date(2023, 1, 1),))
    assert len(mine_now) == len(shipped_now) > 30
    assert mine_now == shipped_now


def test_new_texts_extend_and_the_same_symbol_replaces(small: Path, official: Path) -> None:
    before = open_archive().sql("SELECT count(*) FROM rollcalls")[0][0]
    report = import_files([official / "earlier.csv", official / "ga_voting.csv"])
    change = next(c for c in report.changes if c.table == "rollcalls")
    assert change.replaced == before
    assert open_archive().sql("SELECT count(*) FROM rollcalls")[0][0] == before + change.added


def test_the_generation_before_stays_until_the_next_import(small: Path, official: Path) -> None:
    reader = open_archive()
    import_files([official / "ga_voting.csv"])
    assert reader.sql("SELECT count(*) > 0 FROM votes") == [(True,)]
    second = users()
    import_files([official / "sc_voting.csv"])
    assert sorted(path.name for path in generation.home().glob("generation-*")) == [
        "generation-000002",
        "generation-000003",
    ]
    assert second is not None
    assert second.exists()
    assert not small.exists()


def test_an_import_keeps_what_no_official_file_brings(
    official: Path, mine: Path, tmp_path: Path
) -> None:
    """Issue codes and bridges of a text stay when its official record is read again."""
    import_files([official / "voeten.csv", official / "earlier.csv"], replace=True)
    query = "SELECT symbol, issues, rcid FROM rollcalls WHERE symbol IS NOT NULL ORDER BY symbol"
    before = open_archive().sql(query)
    import_files([official / "earlier.csv"])
    assert open_archive().sql(query) == before
    assert any(issues for _, issues, _ in before)


def test_columns_may_stand_in_any_order_with_a_byte_order_mark(
    official: Path, mine: Path, tmp_path: Path
) -> None:
    header, *rows = _lines(official / "ga_voting.csv")
    order = sorted(range(len(header)), key=lambda i: header[i])
    order = [i for i in order if header[i] != "vote_note"]
    path = _write(tmp_path / "any name.txt", [[row[i] for i in order] for row in (header, *rows)])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    import_files([path], replace=True)
    reordered = open_archive().fingerprint
    import_files([official / "ga_voting.csv"], replace=True)
    assert open_archive().fingerprint == reordered


def test_tabs_part_cells_as_well_as_commas(official: Path, mine: Path, tmp_path: Path) -> None:
    rows = _lines(official / "voeten.csv")
    path = tmp_path / "UNVotes.tab"
    path.write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
    report = import_files([path], replace=True)
    assert report.files[0].layout == "Voeten votes"
    assert report.files[0].rows == len(rows) - 1


def test_the_same_seat_has_the_code_of_the_day(mine: Path, tmp_path: Path) -> None:
    """China's seat is TWN to 24 October 1971; a former code is that of the state that goes on."""

    def row(number: int, code: str, name: str, day: str) -> dict[str, str]:
        return {
            "undl_id": str(number),
            "ms_code": code,
            "ms_name": name,
            "ms_vote": "Y",
            "date": day,
            "session": "26",
            "resolution": f"A/RES/{number}(XXVI)",
            "title": "T",
            "total_yes": "2.0",
            "total_no": "0.0",
            "total_abstentions": "0.0",
            "total_ms": "2.0",
        }

    rows = [
        row(2751, "CHN", "CHINA", "1971-10-24"),
        row(2751, "SUN", "USSR", "1971-10-24"),
        row(2800, "CHN", "CHINA", "1971-10-25"),
        row(2800, "", "BYELORUSSIAN SSR", "1971-10-25"),
    ]
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    import_files([_write(tmp_path / "x.csv", table)], replace=True)
    assert open_archive().sql(
        "SELECT symbol, iso3 FROM votes JOIN rollcalls USING (vote_id) ORDER BY ALL"
    ) == [
        ("A/RES/2751(XXVI)", "RUS"),
        ("A/RES/2751(XXVI)", "TWN"),
        ("A/RES/2800(XXVI)", "BLR"),
        ("A/RES/2800(XXVI)", "CHN"),
    ]


def _set(column: str, value: str, at: int = 3) -> Callable[[dict[str, str], int], dict[str, str]]:
    return lambda row, n: {**row, column: value} if n == at else row


# What is wrong with a file -> a piece of the sentence that says so.
REFUSALS: dict[str, tuple[str, Callable[[dict[str, str], int], dict[str, str] | None], str]] = {
    "an unknown vote": ("ga_voting.csv", _set("ms_vote", "Q"), "line 5, column ms_vote: “Q”"),
    "an unknown state": (
        "ga_voting.csv",
        lambda row, n: {**row, "ms_code": "QQQ", "ms_name": "ATLANTIS"} if n == 3 else row,
        "line 5, column ms_name: “ATLANTIS”",
    ),
    "an impossible date": (
        "ga_voting.csv",
        _set("date", "2023-02-30"),
        "column date: “2023-02-30”",
    ),
    "a date before 1946": (
        "ga_outcomes.csv",
        _set("date", "1023-02-20"),
        "column date: “1023-02-20”",
    ),
    "a symbol that is none": ("ga_voting.csv", _set("resolution", "A/78"), "“A/78”"),
    "a record number that is none": ("ga_voting.csv", _set("undl_id", "x"), "undl_id: “x”"),
    "totals of other votes": ("ga_voting.csv", _set("ms_vote", "X"), "the totals of"),
    "a missing row": (
        "ga_voting.csv",
        lambda row, n: None if n == 7 else row,
        "the totals of",
    ),
    "an unknown modality": ("ga_outcomes.csv", _set("modality", "acclaim"), "“acclaim”"),
    "an unknown Council vote": ("sc_voting.csv", _set("ms_vote", "?"), "column ms_vote: “?”"),
    "an unknown number of a state": ("voeten.csv", _set("ccode", "1"), "column ccode: “1”"),
    "an unknown coded vote": ("voeten.csv", _set("vote", "4"), "column vote: “4”"),
}


@pytest.mark.parametrize("wrong", REFUSALS)
def test_a_wrong_file_is_refused_in_one_sentence_and_changes_nothing(
    small: Path, official: Path, tmp_path: Path, wrong: str
) -> None:
    name, change, words = REFUSALS[wrong]
    path = _edited(official / name, tmp_path / name, change)
    before = {p: p.read_bytes() for p in small.iterdir()}
    with pytest.raises(ImportRefused) as refused:
        import_files([path])
    sentence = str(refused.value)
    assert words in sentence
    assert name in sentence
    assert ":" in sentence
    assert "\n" not in sentence
    assert users() == small
    assert {p: p.read_bytes() for p in small.iterdir()} == before
    assert list(generation.home().glob("incoming-*")) == []


def test_a_key_with_two_votes_is_refused_and_twice_the_same_is_not(
    official: Path, mine: Path, tmp_path: Path
) -> None:
    rows = _lines(official / "ga_voting.csv")
    same = _write(tmp_path / "same.csv", [*rows, rows[5]])
    import_files([same], replace=True, dry_run=True)
    other = list(rows[5])
    other[rows[0].index("ms_vote")] = "N" if other[3] != "N" else "Y"
    with pytest.raises(ImportRefused, match="stands twice with different votes"):
        import_files([_write(tmp_path / "other.csv", [*rows, other])], replace=True)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda raw: raw[: len(raw) // 2], "cut short"),
        (lambda raw: raw.replace(b"Palestin", b"Pal\xe9stin"), "not UTF-8"),
        (lambda raw: raw.decode().encode("utf-16"), "not UTF-8"),
        (lambda raw: b"", "is empty"),
        (lambda raw: raw.split(b"\n")[0] + b"\n", "no rows"),
        (lambda raw: b"name,age\nx,1\n", "no file that can be imported"),
    ],
)
def test_a_damaged_file_is_refused(
    official: Path, mine: Path, tmp_path: Path, damage: Callable[[bytes], bytes], words: str
) -> None:
    path = tmp_path / "2024_ga_voting.csv"
    path.write_bytes(damage((official / "ga_voting.csv").read_bytes()))
    with pytest.raises(ImportRefused, match=words) as refused:
        import_files([path], replace=True)
    assert "\n" not in str(refused.value)
    assert users() is None


def test_a_file_that_is_not_there_is_refused(mine: Path, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="cannot be read"):
        import_files([tmp_path / "absent.csv"])


def test_an_archive_that_would_fail_its_checks_is_not_taken(
    small: Path, official: Path, tmp_path: Path
) -> None:
    """A member of the Council that it has not: the codes are known, the seat is not."""

    def sits(row: dict[str, str], n: int) -> dict[str, str]:
        return {**row, "ms_code": "KAZ"} if row["ms_code"] == "FRA" else row

    path = _edited(official / "sc_voting.csv", tmp_path / "sc_voting.csv", sits)
    with pytest.raises(ImportRefused, match="every voter is a member on the day"):
        import_files([path])
    assert users() == small


def test_a_dry_run_changes_nothing(small: Path, official: Path) -> None:
    report = import_files([official / "ga_voting.csv"], dry_run=True)
    assert report.folder is None
    assert users() == small


STAGES = (
    "detente.archive.importing.merge",
    "detente.archive.importing.write_archive",
    "detente.archive.importing.verify",
    "detente.archive.importing.generation._flush",
    "pathlib.Path.rename",
    "pathlib.Path.replace",
)


@pytest.mark.parametrize("stage", STAGES)
def test_an_interrupted_import_leaves_the_old_archive(
    small: Path, official: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    before = open_archive().fingerprint

    def interrupt(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(stage, interrupt)
        with pytest.raises(KeyboardInterrupt):
            import_files([official / "ga_voting.csv"])
    assert users() == small
    assert open_archive().fingerprint == before


def test_a_killed_import_leaves_the_old_archive_and_the_next_one_works(
    small: Path, official: Path
) -> None:
    before = open_archive().fingerprint
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "import detente.archive.importing as importing\n"
        "importing.verify = lambda folder: os.kill(os.getpid(), signal.SIGKILL)\n"
        "importing.import_files([Path(sys.argv[1])])\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, str(official / "ga_voting.csv")],
        env=os.environ.copy(),
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert list(generation.home().glob("incoming-*"))
    assert open_archive().fingerprint == before
    import_files([official / "ga_voting.csv"])
    assert list(generation.home().glob("incoming-*")) == []


def test_reset_goes_back_to_what_ships(small: Path) -> None:
    assert generation.reset()
    assert default() == shipped()
    assert not small.exists()
    assert not generation.reset()


def test_two_imports_at_once_are_refused(small: Path, official: Path) -> None:
    with generation.incoming(), pytest.raises(ImportRefused, match="another import"):
        import_files([official / "ga_voting.csv"])
    assert users() == small


def test_an_import_says_what_was_read(small: Path) -> None:
    (imported,) = open_archive().manifest["imports"]
    assert imported["file"] == "earlier.csv"
    assert imported["layout"] == "Assembly voting"
    assert imported["first"] >= "2023-03-01"
    assert len(imported["sha256"]) == 64


@pytest.mark.parametrize(
    ("column", "value"),
    [("date", "2924-01-01x"), ("date", "2099-01-01"), ("resolution", "A/RES/79/1")],
)
def test_one_row_that_differs_from_its_record_is_named_by_its_line(
    official: Path, mine: Path, tmp_path: Path, column: str, value: str
) -> None:
    def stray(row: dict[str, str], n: int) -> dict[str, str]:
        return row | {column: value} if n == 40 else row

    path = _edited(official / "ga_voting.csv", tmp_path / "x_ga_voting.csv", stray)
    with pytest.raises(ImportRefused, match=f"line 42, column {column}: “{value}” is not what the"):
        import_files([path])
