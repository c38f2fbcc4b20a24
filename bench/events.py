"""How fast raw GDELT rows become dyad-days: DuckDB, Spark, pandas; and that cost grows linearly.

The rows are made from the 10,000 real rows of the sample in the official layout of GDELT 2.0 (61
columns, no header): each is repeated with an id and days of its own, a file of 100,000 rows a day.
Columns that the sample lacks are filled as GDELT fills them: a row is as long as a real one.
Of every 20 rows one is of an earlier day (a day, a week, a month or a year), and of every 1,000 one
repeats an event. Each engine runs in a process of its own, children counted, so that the memory
peaks are their own.

``python -m bench events`` measures one and six million rows and takes some ten minutes;
``BENCH_EVENTS_ROWS=30000000`` adds another size for DuckDB alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.import_csv import Timing

RAW = Path(__file__).parent.parent.parent / "shared" / "data"
SAMPLE = RAW / "events" / "gdelt_events_10000_2025_2026.parquet"
LABELS = RAW / "layouts" / "GDELT_2.0_Events_Column_Labels_Header_Row_Sep2016.csv"

A_FILE = 100_000
FIRST_DAY = date(2018, 1, 1)
SIZES = (1_000_000, 6_000_000)
AIM_SECONDS, AIM_MIB = 15.0, 2048

_IMPORT = """
import sys
from datetime import date
from pathlib import Path
from detente.events.importing import import_files
from detente.events.asking import Question, from_store
report = import_files([Path(sys.argv[1])])
assert not report.refused and not report.damage()
print(len(from_store(Question()).rows))
"""
_RAW = """
import sys
from pathlib import Path
from detente.events.asking import Question, from_raw
paths = sorted(str(path) for path in Path(sys.argv[1]).iterdir())
print(len(from_raw(Question(), paths, {engine!r}).rows))
"""
_PANDAS = """
import sys
from pathlib import Path
import pandas as pd
from detente.events.facts import actors, codes
from detente.events.rows import PLACES
wanted = {place: name for name, place in PLACES.items()}
text = {place: "str" for place in (7, 17, 26, 28)}
def read(path):
    frame = pd.read_csv(path, sep="\\t", header=None, usecols=sorted(wanted), dtype=text, quoting=3)
    return frame.rename(columns=wanted)
frame = pd.concat([read(path) for path in sorted(Path(sys.argv[1]).iterdir())])
frame = frame.drop_duplicates("id")
states = {actor.code: actor.iso3 for actor in actors()}
quads = {code.code: code.quad for code in codes()}
tenths = {code.code: code.tenths for code in codes()}
frame["a"] = frame["source"].map(states).fillna("")
frame["b"] = frame["target"].map(states).fillna("")
code = frame["code"].astype("str")
frame["quad"] = code.map(quads)
frame["weight"] = code.map(tenths).astype("int64") * frame["mentions"]
volume = frame.groupby("day")["mentions"].agg(["size", "sum"])
pairs = frame[(frame["a"] != "") & (frame["b"] != "") & (frame["a"] != frame["b"])]
flip = pairs["a"] > pairs["b"]
pairs = pairs.assign(
    a=pairs["a"].where(~flip, pairs["b"]), b=pairs["b"].where(~flip, pairs["a"])
)
counts = {f"q{quad}": pairs["quad"] == quad for quad in (1, 2, 3, 4)}
table = pairs.assign(events=1, **counts).groupby(["day", "a", "b"])[
    ["events", *counts, "mentions", "sources", "articles", "weight"]
].sum().join(volume, on="day")
print(len(table))
"""


@dataclass(frozen=True)
class Run:
    """A measured run: what, on how many rows, and how many dyad-days came of it."""

    name: str
    rows: int
    timing: Timing
    dyad_days: int


def make_files(folder: Path, rows: int) -> None:
    """Write files of a day each until there are this many rows."""
    folder.mkdir(parents=True, exist_ok=True)
    base = _base()
    lags = (1, 7, 30, 365)
    for start in range(0, rows, A_FILE):
        today = FIRST_DAY + timedelta(days=start // A_FILE)
        added = f"{today:%Y%m%d}120000"
        with (folder / f"{today:%Y%m%d}.export.CSV").open("w", encoding="utf-8") as file:
            for number in range(start, min(start + A_FILE, rows)):
                middle, url = base[number % len(base)]
                lag = lags[number // 20 % 4] if number % 20 == 0 else 0
                day = f"{today - timedelta(days=lag):%Y%m%d}" if lag else added[:8]
                key = number - 1 if number % 1000 == 999 else number
                file.write(f"{key}\t{day}\t{day[:6]}\t{day[:4]}\t{middle}\t{added}\t{url}\n")


def _base() -> list[tuple[str, str]]:
    """Return the real rows, from the fifth column to the last but two, and their addresses."""
    import csv

    import duckdb

    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = [row[0] for row in csv.reader(file)][1:]
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(SAMPLE)])
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    usual = {"FractionDate": "2018.0027", "IsRootEvent": "1"}
    place = {"ADM1Code": "USDC", "ADM2Code": "DC001", "FeatureID": "1702382"}

    def cell(row: dict[str, object], label: str) -> str:
        value = row.get(label)
        if label not in row and "Geo_" in label:
            part = label.split("_", 1)[1]
            value = row.get(f"ActionGeo_{part}", place.get(part))
        return usual.get(label, "" if value is None else str(value))

    return [
        ("\t".join(cell(row, label) for label in labels[4:-2]), str(row["SOURCEURL"]))
        for row in rows
    ]


def measured(name: str, code: str, folder: Path, rows: int) -> Run:
    """Run code in a new interpreter; time, CPU and memory are of it and all its children."""
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder)],
            env={**os.environ, "DETENTE_DATA": home, "OMP_NUM_THREADS": "2"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        peak = _Peak(process.pid)
        peak.start()
        out, _ = process.communicate()
        wall = time.perf_counter() - start
        peak.join()
    if process.returncode:
        raise RuntimeError(f"{name} ended with {process.returncode}")
    return Run(name, rows, Timing(wall, peak.cpu, peak.mib), int(out.split()[-1]))


class _Peak(threading.Thread):
    """Looks every tenth of a second at a process and its descendants: memory, and CPU seconds."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.mib, self.cpu = pid, 0.0, 0.0

    def run(self) -> None:
        """Look until the process has ended."""
        tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
        while True:
            found = [_stat(pid) for pid in [self.pid, *_descendants(self.pid)]]
            alive = [stat for stat in found if stat]
            if not alive:
                return
            self.mib = max(self.mib, sum(pages for _, pages in alive) * page / 2**20)
            self.cpu = max(self.cpu, sum(ticks for ticks, _ in alive) / tick)
            time.sleep(0.1)


def _stat(pid: int) -> tuple[int, int] | None:
    """Return CPU ticks and resident pages of a process; None where it has ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rsplit(")", 1)[1].split()
    return None if fields[0] == "Z" else (int(fields[11]) + int(fields[12]), int(fields[21]))


def _descendants(pid: int) -> Iterator[int]:
    """Return the ids of a process's children and theirs."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield int(child)
        yield from _descendants(int(child))


def _ways(rows: int) -> Iterator[tuple[str, str]]:
    yield "detente events import, then all dyads (DuckDB)", _IMPORT
    yield "detente events dyads --raw (DuckDB)", _RAW.format(engine="duckdb")
    if rows in SIZES:
        yield "detente events dyads --raw --engine local[2]", _RAW.format(engine="local[2]")
        yield "floor: pandas, nothing checked", _PANDAS


def run() -> list[Run]:
    """Measure, print the table, and return the figures."""
    if not SAMPLE.exists():
        print(f"the real sample {SAMPLE.name} is not there: nothing is measured")
        return []
    wanted = os.environ.get("BENCH_EVENTS_ROWS")
    sizes = sorted({*SIZES, *([int(wanted)] if wanted else [])})
    print(
        f"raw GDELT 2.0 rows to dyad-days; aims for six million: {AIM_SECONDS:.0f} s, {AIM_MIB} MiB"
    )
    head = (
        f"{'':<48}{'rows':>12}{'MiB':>8}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}{'dyad-days':>11}"
    )
    print(head, flush=True)
    runs = []
    for rows in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "raw"
            make_files(folder, rows)
            size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
            for name, code in _ways(rows):
                try:
                    done = measured(name, code, folder, rows)
                except RuntimeError as error:
                    print(f"{name:<48}{rows:>12,}  {error}", flush=True)
                    continue
                time_, days = done.timing, done.dyad_days
                print(
                    f"{name:<48}{rows:>12,}{size:>8,.0f}{time_.wall:>8.1f}{time_.cpu:>8.1f}"
                    f"{time_.peak:>10,.0f}{days:>11,}",
                    flush=True,
                )
                runs.append(done)
    return runs
