"""Topics: accuracy against labels set by hand, coverage, neighbours by number, and speed.

The labels (tests/topics/labels.csv) were set by reading title, headings and agenda without the
method's answer. Sample A was drawn by decade and kind of text before the rules were tuned on it,
sample B likewise after that, sample C by basis with the rare bases drawn in full.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from detente.archive import Archive, open_archive
from detente.topics import Assignments, assign, topic
from detente.topics.blocks import neighbour_subject, number, number_subjects
from detente.topics.confidence import MEASURED, kind

LABELS = Path(__file__).parents[1] / "tests" / "topics" / "labels.csv"
HELD_OUT = ("B", "C")


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says a text is about: the main topic, and others that may stand as main.

    ``topic`` is empty where the text's own fields do not tell.
    """

    sample: str
    table: str
    key: str
    topic: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A label beside the method's answer."""

    label: Label
    main: str
    kind: str

    @property
    def exact(self) -> bool:
        return self.main == self.label.topic != ""

    @property
    def accepted(self) -> bool:
        return self.main != "" and self.main in (self.label.topic, *self.label.also)

    @property
    def subject(self) -> bool:
        """Right at level 1: the subject of the topic, or of one that may stand as main."""
        codes = [code for code in (self.label.topic, *self.label.also) if code]
        return self.main != "" and topic(self.main).subject in {topic(c).subject for c in codes}


def read_labels(path: Path = LABELS) -> list[Label]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Label(row["sample"], row["table"], row["key"], row["topic"], tuple(row["also"].split()))
            for row in csv.DictReader(lines)
        ]


def judge(found: Assignments, labels: Iterable[Label]) -> list[Judged]:
    """Set the method's answer beside every label."""
    pairs = zip(found.table.tolist(), found.key.tolist(), strict=True)
    rows = {pair: row for row, pair in enumerate(pairs)}
    judged = []
    for label in labels:
        row = rows[label.table, label.key]
        sort = kind(str(found.basis[row]), bool(found.telling[row]))
        judged.append(Judged(label, str(found.main[row]), sort))
    return judged


def wilson(hits: int, cases: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 per cent interval of a share (Wilson 1927)."""
    if not cases:
        return 0.0, 1.0
    part, spread = hits / cases, z * z / cases
    half = z * sqrt(part * (1 - part) / cases + spread / (4 * cases))
    return (part + spread / 2 - half) / (1 + spread), (part + spread / 2 + half) / (1 + spread)


def hidden_neighbours(archive: Archive, found: Assignments) -> tuple[int, int, int]:
    """Hide the titles of the consensus texts of sessions 74-78 and guess subjects by number.

    Only the texts put to a vote stay known, as in sessions 31-73. Returns (hidden, guessed, right);
    right is a guess that is the subject which the hidden title gives.
    """
    sessions = [str(session) for session in range(74, 79)]
    voted, titled = found.of("rollcalls"), found.of("adoptions")
    known = number_subjects(
        (session, symbol, voted.get(key))
        for key, symbol, session in archive.sql(
            "SELECT vote_id, symbol, session FROM rollcalls WHERE list_contains(?, session)",
            [sessions],
        )
    )
    hidden = [
        (session, number(symbol), topic(titled[symbol]).subject)
        for symbol, session in archive.sql(
            "SELECT symbol, session FROM adoptions WHERE list_contains(?, session)"
            " AND title IS NOT NULL",
            [sessions],
        )
        if symbol in titled
    ]
    guesses = [
        (neighbour_subject(known[session], sorted(known[session]), at), truth)
        for session, at, truth in hidden
        if at is not None
    ]
    made = [(guess, truth) for guess, truth in guesses if guess]
    return len(hidden), len(made), sum(guess == truth for guess, truth in made)


def measured_shares(archive: Archive, found: Assignments) -> dict[str, float]:
    """Return kind of assignment -> (right + 1) / (checked + 2), on the held-out samples.

    Right means the main topic, or one that may stand as main; for numbered neighbours, which give
    a subject only, the subject.
    """
    right, checked = Counter[str](), Counter[str]()
    for one in judge(found, read_labels()):
        if one.label.sample in HELD_OUT and one.main:
            checked[one.kind] += 1
            right[one.kind] += one.accepted
    _, made, hits = hidden_neighbours(archive, found)
    checked["numbered block"], right["numbered block"] = made, hits
    return {sort: round((right[sort] + 1) / (checked[sort] + 2), 2) for sort in sorted(checked)}


def _line(name: str, judged: list[Judged]) -> str:
    told = [one for one in judged if one.label.topic]
    answered = [one for one in told if one.main]
    cells = []
    for way in ("exact", "accepted", "subject"):
        hits = sum(getattr(one, way) for one in answered)
        low, high = wilson(hits, len(answered))
        cells.append(f"{hits / len(answered):6.1%} ({low:.0%}-{high:.0%})" if answered else "-")
    return f"{name:22}{len(told):6}{len(answered):9}  " + "  ".join(f"{cell:>17}" for cell in cells)


def _coverage(archive: Archive, found: Assignments) -> None:
    days: dict[tuple[str, str], int] = {}
    for table, key in (
        ("rollcalls", "vote_id"),
        ("adoptions", "symbol"),
        ("sc_rollcalls", "symbol"),
    ):
        for one, year in archive.sql(f"SELECT {key}, year(date) FROM {table}"):
            days[table, one] = year // 10 * 10
    texts, named, subject = (
        Counter[tuple[str, int]](),
        Counter[tuple[str, int]](),
        Counter[tuple[str, int]](),
    )
    for table, key, main in zip(
        found.table.tolist(), found.key.tolist(), found.main.tolist(), strict=True
    ):
        cell = (table, days[table, key])
        texts[cell] += 1
        named[cell] += "/" in main
        subject[cell] += main != ""
    print("\ncoverage: texts, share with a topic (level 2), share with a subject (level 1)")
    for table in ("rollcalls", "adoptions", "sc_rollcalls"):
        for cell in sorted(texts):
            if cell[0] == table:
                print(
                    f"  {table:13}{cell[1]}s{texts[cell]:7}"
                    f"{named[cell] / texts[cell]:8.0%}{subject[cell] / texts[cell]:8.0%}"
                )


def run() -> None:
    """Print accuracy, confusion, coverage, the hidden test and the time of a cold assignment."""
    archive = open_archive()
    archive.sql("SELECT count(*) FROM rollcalls")
    wall, cpu = time.perf_counter(), time.process_time()
    found = assign(archive)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    judged = judge(found, read_labels())
    print(
        f"{'':22}{'texts':>6}{'answered':>9}  "
        + "  ".join(f"{name:>17}" for name in ("topic exact", "topic accepted", "subject"))
    )
    for sample in "ABC":
        print(_line(f"sample {sample}", [one for one in judged if one.label.sample == sample]))
    held_out = [one for one in judged if one.label.sample in HELD_OUT]
    for sort in sorted({one.kind for one in held_out}):
        print(_line(f"  B+C {sort}", [one for one in held_out if one.kind == sort]))
    silent = [one for one in judged if not one.label.topic]
    print(
        f"texts that tell nothing: {len(silent)}, answered all the same: "
        f"{sum(one.main != '' for one in silent)}"
    )
    print("\nwrong in B and C (label -> answer)")
    wrong = Counter(
        (o.label.topic, o.main) for o in held_out if o.label.topic and o.main and not o.accepted
    )
    for (want, got), count in sorted(wrong.items()):
        print(f"  {count} {want} -> {got}")
    hidden, made, right = hidden_neighbours(archive, found)
    low, high = wilson(right, made)
    print(
        f"\nnumbered neighbours, sessions 74-78: {hidden} hidden, {made} guessed, "
        f"{right / made:.1%} right ({low:.0%}-{high:.0%})"
    )
    print("confidence by kind:", measured_shares(archive, found), "shipped:", MEASURED)
    _coverage(archive, found)
    print(f"\n{len(found)} texts assigned cold in {wall:.2f} s (processor {cpu:.2f} s)")


if __name__ == "__main__":
    run()
