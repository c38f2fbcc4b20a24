"""Imports: any packing, any order, any number of times; damage told, the rest goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.events import made

from detente.errors import ArchiveError, ImportRefused, NotFound
from detente.events import importing
from detente.events.asking import Question, from_raw, from_store
from detente.events.importing import import_files
from detente.events.report import Report
from detente.events.store import Store

ROOT = Path(__file__).parent.parent.parent
EVERYTHING = Question()


def day_lines(day: int, first: int = 0) -> list[str]:
    """Return a day's events, with ids of their own."""
    targets = ("RUS", "CHN", "EUR", "", "USA")
    return [
        made.line(
            id=1000 * day + number, day=f"201801{day:02d}", target=targets[number % 5], mentions=day
        )
        for number in range(first, first + 10)
    ]


def zipped(path: Path, lines: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{line}\n" for line in lines)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path.name.removesuffix(".zip"), text)
    return path


def rows(store: Store) -> list[dict[str, Any]]:
    return from_store(EVERYTHING, store).rows


def balanced(report: Report) -> bool:
    """Every row of every file is accounted for."""
    return all(
        file.rows == file.counted + file.repeated + file.known_before + file.damaged
        for file in report.files
    )


def test_zipped_plain_and_foldered_files_give_one_table(tmp_path: Path) -> None:
    plain = Store(tmp_path / "plain")
    import_files([made.write(tmp_path / "all.csv", day_lines(1) + day_lines(2))], plain)
    packed = Store(tmp_path / "packed")
    zipped(tmp_path / "in" / "deep" / "20180102.export.CSV.zip", day_lines(2))
    zipped(tmp_path / "in" / "20180101.export.CSV.zip", day_lines(1))
    report = import_files([tmp_path / "in"], packed)
    assert rows(plain) == rows(packed)
    assert [file.name for file in report.files] == [
        "20180101.export.CSV.zip",
        "20180102.export.CSV.zip",
    ]
    assert balanced(report)


def test_the_store_and_the_raw_files_give_one_table(store: Store, tmp_path: Path) -> None:
    path = made.write(tmp_path / "x.csv", day_lines(1) + day_lines(2))
    import_files([path], store)
    assert rows(store) == from_raw(EVERYTHING, [str(path)], today=date(2026, 1, 1)).rows


def test_a_finished_file_is_left_out(store: Store, tmp_path: Path) -> None:
    path = made.write(tmp_path / "x.csv", day_lines(1))
    import_files([path], store)
    again = import_files([path, made.write(tmp_path / "y.csv", day_lines(2))], store)
    assert (again.skipped, [file.name for file in again.files]) == (1, ["y.csv"])


def test_an_event_counts_once_within_a_file_across_files_and_across_imports(
    store: Store, tmp_path: Path
) -> None:
    first, second = day_lines(1), day_lines(2)
    one = made.write(tmp_path / "1.csv", first + first[:3])
    two = made.write(tmp_path / "2.csv", first[:2] + second)
    report = import_files([one, two], store)
    assert [(file.counted, file.repeated) for file in report.files] == [(10, 3), (10, 2)]
    later = import_files([made.write(tmp_path / "3.csv", second + day_lines(3))], store)
    assert [(file.counted, file.known_before) for file in later.files] == [(10, 10)]
    assert balanced(report)
    assert balanced(later)
    clean = Store(tmp_path / "clean")
    import_files([made.write(tmp_path / "c.csv", first + second + day_lines(3))], clean)
    assert rows(store) == rows(clean)


def test_an_event_of_an_old_day_that_arrives_later_joins_its_day(
    store: Store, tmp_path: Path
) -> None:
    import_files([made.write(tmp_path / "1.csv", [made.line(id=1)])], store)
    late = made.line(id=2, added="20180315000000")
    report = import_files([made.write(tmp_path / "2.csv", [late])], store)
    assert report.total("late") == 1
    assert [(row["day"], row["events"]) for row in rows(store)] == [(date(2018, 1, 2), 2)]
    before = from_store(Question(as_of=date(2018, 3, 14)), store).rows
    assert [(row["day"], row["events"]) for row in before] == [(date(2018, 1, 2), 1)]


def test_damaged_rows_are_counted_by_fault_and_named(store: Store, tmp_path: Path) -> None:
    bad = [
        made.line(id=90, day="20180230"),
        made.line(id=91, score="9.9"),
        made.line(id=92, score="9.9"),
        made.line(id=93, added="20991231000000"),
        made.line(id=94).rsplit("\t", 3)[0] + "\t",
        "no export at all",
    ]
    report = import_files([made.write(tmp_path / "x.csv", day_lines(1) + bad)], store)
    assert report.damage() == {"columns": 2, "date": 1, "future": 1, "score": 2}
    assert balanced(report)
    text = "\n".join([*report.sentences(), *report.trouble()])
    assert "16 rows: 10 counted, 0 counted already, 6 set aside" in text
    assert "such as event 91, 92" in text


def test_unknown_actors_are_counted_and_named(store: Store, tmp_path: Path) -> None:
    lines = [
        made.line(id=1, source="QQQ", target="RUS"),
        made.line(id=2, source="QQQ", target=""),
        made.line(id=3, source="EUR", target="WSB"),
    ]
    report = import_files([made.write(tmp_path / "x.csv", lines)], store)
    sides = report.actors
    assert (sides.states, sides.missing, sides.regions, sides.unknown) == (2, 1, 1, (("QQQ", 2),))


def test_a_zip_that_breaks_off_is_named_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    whole = zipped(tmp_path / "in" / "20180101.zip", day_lines(1)).read_bytes()
    zipped(tmp_path / "in" / "20180103.zip", day_lines(3))
    (tmp_path / "in" / "20180102.zip").write_bytes(whole[: len(whole) // 2])
    damaged = bytearray(whole)
    damaged[60] ^= 0xFF
    (tmp_path / "in" / "20180104.zip").write_bytes(damaged)
    report = import_files([tmp_path / "in"], store)
    assert {file.name for file in report.refused} == {"20180102.zip", "20180104.zip"}
    assert all("breaks off or is damaged" in (file.refused or "") for file in report.refused)
    assert report.total("counted") == 20
    # Downloaded again, it is read; what was finished is not.
    zipped(tmp_path / "in" / "20180102.zip", day_lines(2))
    again = import_files([tmp_path / "in"], store)
    assert (again.skipped, again.total("counted")) == (2, 10)


def test_other_tables_among_the_files_are_named_and_the_rest_goes_on(
    store: Store, tmp_path: Path
) -> None:
    made.write(tmp_path / "in" / "20180101.mentions.CSV", ["\t".join("m" * 16)] * 3)
    made.write(tmp_path / "in" / "20180101.gkg.csv", ["\t".join("g" * 27)] * 3)
    made.write(tmp_path / "in" / "empty.csv", [])
    (tmp_path / "in" / "noise.txt").write_bytes(bytes(range(256)) * 20_000)
    made.write(tmp_path / "in" / "20180102.export.CSV", day_lines(2))
    first = [made.line(id=1, width=58)]
    made.write(tmp_path / "in" / "20180103.export.CSV", first)
    report = import_files([tmp_path / "in"], store)
    why = {file.name: file.refused for file in report.refused}
    assert set(why) == {"20180101.mentions.CSV", "20180101.gkg.csv", "empty.csv", "noise.txt"}
    assert "16 columns, as in a table of mentions" in (why["20180101.mentions.CSV"] or "")
    assert "knowledge graph" in (why["20180101.gkg.csv"] or "")
    layouts = {file.name: file.layout for file in report.files if file.refused is None}
    assert layouts == {"20180102.export.CSV": "GDELT 2.0", "20180103.export.CSV": "GDELT 1.0"}


def test_bytes_that_are_not_utf8_lose_no_row(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    line = made.line().split("\t")
    line[36] = "Düsseldorf"
    path.write_bytes(("\t".join(line) + "\n").encode("latin-1"))
    report = import_files([path], store)
    assert (report.total("rows"), report.total("counted")) == (1, 1)


def test_windows_line_ends_are_line_ends(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    text = "".join(f"{made.line(id=number, width=57)}\r\n" for number in range(3))
    path.write_bytes(text.encode())
    assert import_files([path], store).total("counted") == 3


def test_a_path_that_is_not_there_and_a_folder_without_files_are_refused(
    store: Store, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefused, match="does not exist"):
        import_files([tmp_path / "nowhere"], store)
    (tmp_path / "bare").mkdir()
    with pytest.raises(ImportRefused, match="holds no"):
        import_files([tmp_path / "bare"], store)


def test_an_empty_store_and_days_without_events_are_refused_by_a_sentence(
    store: Store, tmp_path: Path
) -> None:
    with pytest.raises(NotFound, match="no event was imported"):
        rows(store)
    import_files([made.write(tmp_path / "x.csv", day_lines(1))], store)
    with pytest.raises(NotFound, match="nothing of these days"):
        from_store(Question(first=date(2020, 1, 1)), store)
    with pytest.raises(NotFound, match="no event between KAZ and UZB"):
        from_store(Question(pairs=(("KAZ", "UZB"),)), store)


def test_two_imports_at_once_are_refused(store: Store, tmp_path: Path) -> None:
    path = made.write(tmp_path / "x.csv", day_lines(1))
    with store.incoming(), pytest.raises(ImportRefused, match="another import"):
        import_files([path], store)


def test_a_damaged_batch_is_named(store: Store, tmp_path: Path) -> None:
    path = made.write(tmp_path / "x.csv", day_lines(1))
    import_files([path], store)
    (store.batches[0] / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ArchiveError, match="000001 is damaged"):
        import_files([path], store)


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    path = made.write(tmp_path / "x.csv", day_lines(2) + day_lines(1))
    found = []
    for name in ("a", "b"):
        import_files([path], Store(tmp_path / name))
        tables = sorted((tmp_path / name).rglob("*.parquet"))
        found.append([table.read_bytes() for table in tables])
    assert found[0] == found[1]
    assert len(found[0]) == 2


_KILLED = """
import os, signal, sys
from pathlib import Path
from detente.events import importing
from detente.events.store import Store
importing.BATCH = 1
when, store, folder = sys.argv[1:]
def kill():
    os.kill(os.getpid(), signal.SIGKILL)
if when == "between":
    def step(done, total):
        if len(Store(Path(store)).batches) == 2:
            kill()
else:
    take = Store.take
    def dying(self, written, manifest):
        if len(self.batches) == 2:
            kill()
        return take(self, written, manifest)
    Store.take = dying
    def step(done, total):
        pass
importing.import_files([Path(folder)], Store(Path(store)), step=step)
"""


@pytest.mark.parametrize("when", ["between", "within"])
def test_a_killed_import_goes_on_where_it_was(
    when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 5):
        zipped(tmp_path / "in" / f"2018010{day}.export.CSV.zip", day_lines(day))
    store = Store(tmp_path / "store")
    command = [sys.executable, "-c", _KILLED, when, str(store.folder), str(tmp_path / "in")]
    killed = subprocess.run(command, cwd=ROOT, env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(store.batches) == 2
    monkeypatch.setattr(importing, "BATCH", 1)
    report = import_files([tmp_path / "in"], store)
    assert (report.skipped, [file.name[:8] for file in report.files]) == (
        2,
        ["20180103", "20180104"],
    )
    assert list(store.folder.glob("incoming-*")) == []
    once = Store(tmp_path / "once")
    import_files([tmp_path / "in"], once)
    assert rows(store) == rows(once)
