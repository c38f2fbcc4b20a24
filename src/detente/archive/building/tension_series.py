"""Readers of the raw series on tension: each file's rows as month, pair and a value of our own.

Every value grows with tension. Of files without open terms only a coarse value of our own is made:
grades and shares from which the original cannot be had back. docs/tension.md lists the sources.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from detente.errors import ImportRefused

FIRST_YEAR = 1946
_PAIR = re.compile(r"[A-Z]{3}_[A-Z]{3}")
PEACE_LAST_YEAR = 2020
MAJOR = (
    *("AFG", "ARG", "AUS", "BLR", "BRA", "CAN", "CHN", "CUB", "DEU", "EGY", "ESP", "FRA"),
    *("GBR", "GEO", "IDN", "IND", "IRN", "IRQ", "ISR", "ITA", "JPN", "KAZ", "KOR", "LBY"),
    *("MEX", "PAK", "POL", "PRK", "RUS", "SAU", "SYR", "TUR", "UKR", "USA", "VNM", "ZAF"),
)
"""The states all of whose pairs ship: the permanent members, G20 and the most frequent parties to
crises; every pair of China, Kazakhstan, Russia or the United States ships as well."""
CENTRES = ("CHN", "KAZ", "RUS", "USA")

# Correlates of War numbers that the table of states gives to no state or to another one.
_NUMBERS = {"260": "DEU", "678": "YEM"}
_PARTNERS = {
    "Australia": "AUS", "Belgium": "BEL", "Brazil": "BRA", "Canada": "CAN", "France": "FRA",
    "Germany": "DEU", "India": "IND", "Indonesia": "IDN", "Iran": "IRN", "Italy": "ITA",
    "Japan": "JPN", "Malaysia": "MYS", "Mexico": "MEX", "Netherlands": "NLD",
    "Pakistan": "PAK", "Philippines": "PHL", "Russia": "RUS", "Saudi Arabia": "SAU",
    "Singapore": "SGP", "South Korea": "KOR", "Spain": "ESP", "Thailand": "THA",
    "United Arab Emirates": "ARE", "United Kingdom": "GBR", "United States": "USA",
    "Vietnam": "VNM",
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Observation:
    """One value of one series.

    Attributes:
        source: the series' name (`LAYOUTS`).
        a, b: the pair, alpha-3 codes in alphabetical order; ``b`` is empty for a series of states.
        month: ``year * 12 + month - 1`` of the month it speaks of; the December of a year for a
            yearly series.
        value: in the hundredths of the series' unit, higher for more tension.
        day: the day of the month on which it came to be known, where that is within the month; 0
            where the series' own lag says when.
    """

    source: str
    a: str
    b: str
    month: int
    value: int
    day: int = 0


@dataclass(frozen=True)
class Layout:
    """A raw file that can be read.

    Attributes:
        source: the series it makes.
        file: its name.
        columns: columns that its head must name; empty where it has no head.
        read: reader, from the file and state numbers (Correlates of War to alpha-3) to rows.
    """

    source: str
    file: str
    columns: tuple[str, ...]
    read: Callable[[Path, Mapping[str, str]], Iterator[Observation]]


def month_number(year: int, month: int) -> int:
    """Return the number of a month: ``year * 12 + month - 1``."""
    return year * 12 + month - 1


def pair(one: str, other: str) -> tuple[str, str]:
    """Return two codes in alphabetical order."""
    return (one, other) if one < other else (other, one)


def ships(a: str, b: str) -> bool:
    """Return whether a pair's derived values ship."""
    return (a in MAJOR and b in MAJOR) or a in CENTRES or b in CENTRES


def _rows(path: Path, encoding: str = "utf-8-sig") -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding=encoding, newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def _number(path: Path, line: int, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ImportRefused(
            f"{path.name}, line {line}: “{text}” is not a number: mend the line "
            "or leave the file out"
        )
    return value


def _month(path: Path, line: int, text: str) -> int:
    year, _, month = text.partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        raise ImportRefused(
            f"{path.name}, line {line}: “{text}” is not a month: write it as 2018-11"
        )
    return month_number(int(year), int(month))


def read_crises(path: Path, numbers: Mapping[str, str]) -> Iterator[Observation]:
    """Read International Crisis Behavior dyads: 1.00 a month in which a pair is in a crisis.

    A crisis counts from the day of its trigger to the month of its end; a month without one is not
    in the rows and means none, over the span of the file.
    """
    months: dict[tuple[str, str, int], int] = {}
    for line, row in _rows(path, "latin-1"):
        one, other = numbers.get(row["statea"]), numbers.get(row["stateb"])
        if one is None or other is None or one == other:
            continue
        a, b = pair(one, other)
        first = _moment(path, line, row["trgyrdy"], row["trgmody"], 12)
        last = _moment(path, line, row["trmyrdy"], row["trmmody"], 12)
        day = _code(path, line, row["trgdady"])
        # Where the day is not known, the month's last one gives nothing away too early.
        days = {first: day if 1 <= day <= 28 else 28}
        for month in range(first, max(first, last) + 1):
            known = min(days.get(month, 1), months.get((a, b, month), 28))
            months[a, b, month] = known
    for (a, b, month), day in sorted(months.items()):
        if month >= month_number(FIRST_YEAR, 1):
            yield Observation("crises", a, b, month, 100, day)


def _code(path: Path, line: int, text: str) -> int:
    return int(_number(path, line, text)) if text.strip() else 0


def _moment(path: Path, line: int, year: str, month: str, otherwise: int) -> int:
    """Return a month; codes such as 77 mean that the month is not known."""
    number = _code(path, line, month)
    return month_number(int(_number(path, line, year)), number if 1 <= number <= 12 else otherwise)


def read_peace(path: Path, numbers: Mapping[str, str]) -> Iterator[Observation]:
    """Read the peace scale: grades 0 (security community) to 8 (severe rivalry), a year each.

    The file has no head; a dyad is two glued Correlates of War numbers, the smaller first. A dyad
    that can be parted in two ways is left out. Where two numbers mean one state (Yemen and the
    Yemen Arab Republic in 1990), the higher grade counts.
    """
    grades: dict[tuple[str, str, int], int] = {}
    parted: dict[str, tuple[str, str] | None] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.reader(file), start=1):
            if len(row) != 3:
                raise ImportRefused(
                    f"{path.name}, line {line}: a row has {len(row)} cells, not dyad, year and "
                    "scale: give the file of dyad-years as it was published"
                )
            dyad, year, scale = row
            if scale in (".", ""):
                continue
            when = int(_number(path, line, year))
            if not FIRST_YEAR <= when <= PEACE_LAST_YEAR:
                continue
            if dyad not in parted:
                parted[dyad] = _part(dyad, numbers)
            states = parted[dyad]
            if states is not None:
                grade = round(8.0 * (1.0 - _number(path, line, scale)))
                key = (*states, month_number(when, 12))
                grades[key] = max(grade, grades.get(key, 0))
    for (a, b, month), grade in grades.items():
        yield Observation("peace", a, b, month, 100 * grade)


def _part(dyad: str, numbers: Mapping[str, str]) -> tuple[str, str] | None:
    found = [
        pair(numbers[dyad[:i]], numbers[dyad[i:]])
        for i in range(1, len(dyad))
        if dyad[:i] in numbers and dyad[i:] in numbers and int(dyad[:i]) < int(dyad[i:])
    ]
    return found[0] if len(found) == 1 and found[0][0] != found[0][1] else None


def read_expert(path: Path, numbers: Mapping[str, str]) -> Iterator[Observation]:
    """Read expert scores of China with partners, -9 to 9, turned so that 9.00 is most tension."""
    for line, row in _rows(path):
        partner = _PARTNERS.get(row["Country"])
        if partner is not None and row["Score"]:
            score = _number(path, line, row["Score"])
            month = _month(path, line, row["YearMonth"])
            yield Observation("expert", *pair("CHN", partner), month, round(-100 * score))


def _machine(source: str) -> Callable[[Path, Mapping[str, str]], Iterator[Observation]]:
    def read(path: Path, numbers: Mapping[str, str]) -> Iterator[Observation]:
        for line, row in _rows(path):
            partner = _PARTNERS.get(row["Partner"])
            if partner is not None and row["Index_Type"] == "Aggregated" and row["Index_Value"]:
                score = _number(path, line, row["Index_Value"])
                month = _month(path, line, row["YearMonth"])
                yield Observation(source, *pair("CHN", partner), month, round(-100 * score))

    return read


def read_risk(path: Path, numbers: Mapping[str, str]) -> Iterator[Observation]:
    """Read geopolitical risk: a grade for each state and month, quarter steps of a logarithm.

    The grade is log2(1 + 10 s) of the share s of articles (per cent, historical newspapers),
    rounded to quarters: a doubling of the share above a tenth of a per cent is one step.
    """
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    columns = [str(row[0]) for row in con.execute(
        "DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()]  # fmt: skip
    states = sorted(name for name in columns if name.startswith("GPRHC_"))
    listed = ", ".join(states)
    rows = con.execute(
        f"SELECT year(month), month(month), {listed} FROM read_parquet(?) "
        f"WHERE year(month) >= {FIRST_YEAR} ORDER BY month",
        [str(path)],
    ).fetchall()
    for year, month, *shares in rows:
        for name, share in zip(states, shares, strict=True):
            if share is not None and math.isfinite(share):
                grade = round(4.0 * math.log2(1.0 + 10.0 * max(share, 0.0)))
                when = month_number(year, month)
                yield Observation("risk", name.removeprefix("GPRHC_"), "", when, 25 * grade)


FEWEST_DAYS = 15


def read_network(path: Path, numbers: Mapping[str, str]) -> Iterator[Observation]:
    """Read the daily network of event scores: a pair's share of the month's total, in per cent.

    A pair's sum of scores grows with coverage, so it is divided by the sum of absolute scores of
    all pairs on the same days, and its sign turned. A month with fewer than 15 days is left out.
    """
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    columns = [str(row[0]) for row in con.execute(
        "DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()]  # fmt: skip
    pairs = [name for name in columns if _PAIR.fullmatch(name)]
    total = " + ".join(f"abs({name})" for name in pairs)
    sums = ", ".join(f"sum({name})" for name in pairs)
    rows = con.execute(
        f"SELECT date[1:7], count(*), sum({total}), {sums} FROM read_parquet(?) "
        "GROUP BY 1 ORDER BY 1",
        [str(path)],
    ).fetchall()
    for month, days, volume, *scores in rows:
        if days < FEWEST_DAYS or not volume:
            continue
        when = _month(path, 0, month)
        for name, score in zip(pairs, scores, strict=True):
            if score is not None:
                share = round(-10_000 * score / volume)
                yield Observation("network", *pair(*name.split("_")), when, share)


LAYOUTS: tuple[Layout, ...] = (
    Layout("crises", "icbdy_v15.csv", ("crisno", "statea", "stateb", "trgyrdy", "trgmody",
           "trmyrdy", "trmmody"), read_crises),
    Layout("peace", "peacedatav30dyadyrmean.csv", (), read_peace),
    Layout("expert", "china25_tsinghua_scores.csv", ("Country", "YearMonth", "Score"), read_expert),
    Layout("risk", "geopolitical_risk_monthly.parquet", ("month", "GPRHC_USA"), read_risk),
    Layout("gdelt-china", "china25_gdelt_scores.csv", ("Partner", "Index_Type", "YearMonth",
           "Index_Value"), _machine("gdelt-china")),
    Layout("icews-china", "china25_icews_scores.csv", ("Partner", "Index_Type", "YearMonth",
           "Index_Value"), _machine("icews-china")),
    Layout("phoenix-china", "china25_phoenix_scores.csv", ("Partner", "Index_Type", "YearMonth",
           "Index_Value"), _machine("phoenix-china")),
    Layout("network", "gdelt_dyads_daily_2018_2024.parquet", ("date", "USA_RUS"), read_network),
)  # fmt: skip


def state_numbers(rows: list[tuple[str, int | None]]) -> dict[str, str]:
    """Return Correlates of War number -> alpha-3; Serbia takes Yugoslavia's, as its heir."""
    listed = sorted((iso3, str(number)) for iso3, number in rows if number is not None)
    numbers = {number: iso3 for iso3, number in listed if iso3 != "YUG"}
    return numbers | _NUMBERS


def check_columns(path: Path, layout: Layout) -> None:
    """Refuse a file that lacks a column of its layout, or cannot be read.

    Raises:
        ImportRefused: it is not the file that its name says.
    """
    try:
        if path.suffix == ".parquet":
            con = duckdb.connect()
            found = {str(row[0]) for row in con.execute(
                "DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()}  # fmt: skip
        else:
            with path.open(encoding="latin-1", newline="") as file:
                head = next(csv.reader(file), [])
            found = {name.removeprefix("ï»¿").strip('"') for name in head}
    except (OSError, duckdb.Error, csv.Error):
        raise ImportRefused(
            f"{path.name} cannot be read: get the file again or leave it out"
        ) from None
    missing = [name for name in layout.columns if name not in found]
    if missing:
        raise ImportRefused(
            f"{path.name} lacks the column {missing[0]}: it is not the file of its name; give the "
            "file as it was published, or leave it out"
        )


def read_file(path: Path, layout: Layout, numbers: Mapping[str, str]) -> list[Observation]:
    """Read one raw file into observations, sorted.

    Raises:
        ImportRefused: it is another file, or a line of it is damaged.
    """
    check_columns(path, layout)
    try:
        return sorted(layout.read(path, numbers))
    except (UnicodeDecodeError, csv.Error, duckdb.Error):
        raise ImportRefused(
            f"{path.name} cannot be read: get the file again or leave it out"
        ) from None
