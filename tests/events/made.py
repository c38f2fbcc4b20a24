"""Rows in the official layouts of GDELT, made for tests; and the real ones where they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from detente.events.rows import ARRIVAL, PLACES, SECOND

RAW = Path(__file__).parent.parent.parent.parent / "shared" / "data"
REAL_FIRST = RAW / "layouts" / "reed_events.csv"
REAL_SECOND = RAW / "events" / "gdelt_events_10000_2025_2026.parquet"
VERIFIED = RAW / "events" / "cameo_goldstein_verified.csv"


def line(
    id: int | str = 1,
    day: str = "20180102",
    source: str = "USA",
    target: str = "RUS",
    code: str = "042",
    score: str = "1.9",
    quad: str = "1",
    mentions: int | str = 10,
    added: str | None = None,
    width: int = SECOND,
    **other: str,
) -> str:
    """Return a row of an export: a visit, with ten mentions, unless told otherwise."""
    cells = [f"c{number}" for number in range(width)]
    cells[5:25] = [""] * 20
    cells[5], cells[15] = source, target
    arrival = added or (day if width != SECOND else f"{day}120000")
    values = {
        "id": str(id),
        "day": day,
        "month": day[:6],
        "year": day[:4],
        "source": source,
        "target": target,
        "code": code,
        "root": code[:2],
        "quad": quad,
        "score": score,
        "mentions": str(mentions),
        "sources": "2",
        "articles": "5",
        **other,
    }
    for name, place in PLACES.items():
        cells[place] = values[name]
    cells[ARRIVAL[width]] = arrival
    return "\t".join(cells)


def write(path: Path, lines: Iterable[str]) -> Path:
    """Write an export of plain text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in lines), encoding="utf-8")
    return path


def real_first() -> list[str]:
    """Return the 710 real rows of GDELT 1.0, of both its layouts."""
    return REAL_FIRST.read_text(encoding="utf-8").splitlines()


def real_second(rows: int = 10_000) -> list[str]:
    """Return real rows of GDELT 2.0, laid out again in 61 columns as they came.

    The sample has 43 columns, all that are used among them but the day of arrival, which is taken
    to be the day of the event.
    """
    import duckdb

    kept = "GLOBALEVENTID, SQLDATE, Actor1CountryCode, Actor2CountryCode, EventCode, EventRootCode"
    counts = "QuadClass, GoldsteinScale, NumMentions, NumSources, NumArticles"
    found = duckdb.execute(
        f"SELECT {kept}, {counts} FROM read_parquet(?) ORDER BY GLOBALEVENTID LIMIT ?",
        [str(REAL_SECOND), rows],
    ).fetchall()
    return [
        line(
            id=row[0],
            day=row[1],
            source=row[2] or "",
            target=row[3] or "",
            code=row[4],
            root=row[5],
            quad=str(row[6]),
            score=str(row[7]),
            mentions=row[8],
            sources=str(row[9]),
            articles=str(row[10]),
        )
        for row in found
    ]


def verified() -> dict[str, float]:
    """Return the verified Goldstein scores: as observed in GDELT, else as printed."""
    with VERIFIED.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: float(row["observed_in_gdelt"] or row["goldstein"])
            for row in csv.DictReader(file)
        }


def widths(rows: Sequence[str]) -> dict[int, int]:
    """Return how many rows have how many columns."""
    found: dict[int, int] = {}
    for row in rows:
        found[row.count("\t") + 1] = found.get(row.count("\t") + 1, 0) + 1
    return found
