"""How fast an official-layout CSV of 1.1 million rows becomes an archive.

The file is made from the facts that ship, in the layout of ``*_ga_voting.csv``: every roll call of
the record, and copies of the newest ones under made-up symbols of a later session until it has 1.1
million rows. The floor is Python's own csv reader, which only reads the rows and does nothing.
Each runs in a process of its own, so that the memory peaks are their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROWS = 1_100_000

_IMPORT = """
import sys
from pathlib import Path
from detente.archive.importing import import_files
report = import_files([Path(sys.argv[1])])
assert report.files[0].rows >= {rows}
"""
_FLOOR = """
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    assert sum(1 for _ in csv.reader(file)) > {rows}
"""


@dataclass(frozen=True)
class Timing:
    """Wall and CPU seconds, and the peak of resident memory in MiB, of one process."""

    wall: float
    cpu: float
    peak: float


def make_file(path: Path | str) -> None:
    """Write the file, in a process that is not measured: it takes memory of its own."""
    from detente.archive import exporting, open_archive
    from detente.archive.folders import shipped

    archive = open_archive(folder=shipped())
    record = exporting.assembly_voting()
    exporting.write_csv(
        archive,
        f"""
        WITH record AS ({record}), missing AS (
          SELECT greatest({ROWS} - count(*), 0) AS rows FROM record
        ), copies AS (
          SELECT *, row_number() OVER (ORDER BY date DESC, undl_id, ms_code) AS nth,
                 dense_rank() OVER (ORDER BY date DESC, undl_id) AS text
          FROM record WHERE date >= DATE '2000-01-01'
        ), enough AS (
          SELECT max(text) AS last FROM copies, missing WHERE nth <= rows
        )
        SELECT * FROM record
        UNION ALL
        SELECT * EXCLUDE (nth, text, last) REPLACE (
          undl_id + 50000000 AS undl_id, DATE '2025-12-01' AS date, '80' AS session,
          'A/RES/80/' || (1000 + text) AS resolution)
        FROM copies, enough WHERE text <= last + 1
        """,
        Path(path),
    )


def timed(code: str, path: Path, home: Path) -> Timing:
    """Run code in a new interpreter with the file as its argument."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        env={**os.environ, "DETENTE_DATA": str(home)},
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the measured process ended with {process.returncode}")
    return Timing(
        time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    )


def run() -> dict[str, Timing]:
    """Measure, print the table, and return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench_ga_voting.csv"
        subprocess.run(
            [
                sys.executable,
                "-c",
                f"from bench.import_csv import make_file; make_file({str(path)!r})",
            ],
            check=True,
        )
        with path.open("rb") as file:
            rows = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1
        size = path.stat().st_size / 2**20
        timings = {
            "detente archive import": timed(_IMPORT.format(rows=ROWS), path, Path(folder) / "data"),
            "floor: csv.reader, rows only": timed(_FLOOR.format(rows=ROWS), path, Path(folder)),
        }
    print(f"import of {rows:,} rows, {size:,.0f} MiB; aims: 5 s, 1,024 MiB")
    print(f"{'':<30}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}")
    for name, timing in timings.items():
        print(f"{name:<30}{timing.wall:>8.1f}{timing.cpu:>8.1f}{timing.peak:>10.0f}")
    return timings
