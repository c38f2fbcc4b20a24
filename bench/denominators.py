"""Denominators: do the chances hold, and how fast are the tiers of many people and statements.

Rolling origin: each session is forecast from the texts before its first roll call, memory and
pooling fitted on those alone. Beside the forgetting model and the forecast of the topic's latest
texts stand the base rate of all earlier texts and the mean of the topic's own earlier texts.
Groups are timed against red-dwarf (PyPI, Polis in Python), installed in a throw-away environment;
without it that row says so. The dated facts of the record and three public Polis sets
(``../shared/data/polis`` beside the repository, if it is there) are put through the tiers and
compared.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.archive import open_archive
from detente.denominators.groups_arrays import (
    group_counts,
    group_informed_consensus,
    group_tiers,
)
from detente.denominators.outlook import next_texts, outlook
from detente.denominators.rates_arrays import fit, rates
from detente.denominators.texts import Texts, read_council, read_texts
from detente.denominators.tiers_arrays import Stance, Tier, tiers
from detente.parties import Party, find_party
from detente.topics import taxonomy

POLIS = Path(__file__).parents[2] / "shared" / "data" / "polis"
FIRST, LAST = 60, 78
FIT_SESSIONS = 12
Floats = NDArray[np.float64]


def forecasts(texts: Texts, parties: list[Party]) -> dict[str, Floats]:
    """Return outcome, session, and the forecasts of four models, session by session."""
    topics = [t for t in taxonomy() if t.level == 2]
    codes = {topic.code: i for i, topic in enumerate(topics)}
    upper = sorted({code.split("/")[0] for code in codes})
    parent = np.array([upper.index(t.code.split("/")[0]) for t in topics], dtype=np.int64)
    index = np.array([codes.get(code, -1) for code in texts.topic.tolist()], dtype=np.int64)
    used = texts.recorded & (texts.unopposed >= 0) & (index >= 0)
    topic, y = index[used], texts.unopposed[used].astype(np.float64)
    years = texts.date[used].astype(np.int64) / 365.25
    session = texts.session[used]
    out: dict[str, list[Floats]] = {
        k: [] for k in ("y", "session", "base", "plain", "beta", "model")
    }
    of_key = dict(zip(texts.key.tolist(), index.tolist(), strict=True))
    for number in range(FIRST, LAST + 1):
        now, before = session == number, session < number
        chosen = fit(topic[before], parent, y[before], years[before], session[before], FIT_SESSIONS)
        age = np.maximum(years[now].min() - years[before], 0)
        known = rates(topic[before], parent, y[before], age, chosen)
        n = np.bincount(topic[before], minlength=len(topics))
        s = np.bincount(topic[before], y[before], len(topics))
        base = float(y[before].mean())
        plain = (s + base) / (n + 1)
        out["y"].append(y[now])
        out["session"].append(session[now].astype(np.float64))
        out["base"].append(np.full(int(now.sum()), base))
        out["plain"].append(plain[topic[now]])
        out["beta"].append(known.mean[topic[now]])
        eve = texts.date[used][now].min().astype(object) - timedelta(days=1)
        asked = outlook(open_archive(as_of=eve), parties, eve)
        about = np.array([of_key.get(key, -1) for key in asked.key.tolist()], np.int64)
        out["model"].append(next_texts(asked, about, known.mean).none[topic[now]])
    return {key: np.concatenate(value) for key, value in out.items()}


def scores(y: Floats, p: Floats) -> tuple[float, float, float, float]:
    """Return Brier score, log loss, area under the curve and calibration error (ten bins)."""
    q = np.clip(p, 1e-6, 1 - 1e-6)
    brier = float(((p - y) ** 2).mean())
    loss = float(-np.where(y > 0, np.log(q), np.log(1 - q)).mean())
    order = np.argsort(p, kind="stable")
    _, inverse, counts = np.unique(p[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    rank = (ends - (counts - 1) / 2)[inverse]
    positive = y[order] > 0
    n1, n0 = int(positive.sum()), int((~positive).sum())
    auc = (float(rank[positive].sum()) - n1 * (n1 + 1) / 2) / (n1 * n0)
    bins = np.minimum((p * 10).astype(int), 9)
    gaps = [
        abs(float(p[bins == b].mean() - y[bins == b].mean())) * int((bins == b).sum())
        for b in range(10)
        if (bins == b).any()
    ]
    return brier, loss, auc, sum(gaps) / len(y)


def _interval(found: dict[str, Floats], name: str) -> tuple[float, float]:
    """Return the 90 % bootstrap interval over sessions of the gain in Brier over the base rate."""
    rng = np.random.default_rng(0)
    numbers = np.unique(found["session"])
    gain = []
    for _ in range(500):
        rows = np.concatenate(
            [np.flatnonzero(found["session"] == s) for s in rng.choice(numbers, len(numbers))]
        )
        y = found["y"][rows]
        base = ((found["base"][rows] - y) ** 2).mean()
        gain.append(1 - ((found[name][rows] - y) ** 2).mean() / base)
    low, high = np.quantile(gain, [0.05, 0.95])
    return float(low), float(high)


def _chances() -> None:
    archive = open_archive(as_of=date(2024, 9, 6))
    parties = [find_party(archive, code) for code in ("EU", "USA", "CHN", "RUS")]
    texts = read_texts(archive, parties, date(1985, 1, 1))
    began = time.perf_counter()
    found = forecasts(texts, parties)
    spent = time.perf_counter() - began
    print(
        f"No objection by EU, USA, CHN, RUS: sessions {FIRST} to {LAST}, {len(found['y'])} roll "
        f"calls, {found['y'].mean():.1%} without an objection ({spent:.1f} s)"
    )
    print(f"{'model':28}{'Brier':>8}{'log loss':>10}{'AUC':>7}{'calib.':>8}  Brier gain (90 %)")
    for name, label in [
        ("base", "base rate"),
        ("plain", "mean of the topic"),
        ("beta", "forgetting beta-binomial"),
        ("model", "forecast of latest texts"),
    ]:
        brier, loss, auc, calibration = scores(found["y"], found[name])
        low, high = _interval(found, name)
        print(
            f"{label:28}{brier:8.4f}{loss:10.4f}{auc:7.3f}{calibration:8.3f}"
            f"  {low:+.0%} to {high:+.0%}"
        )
    print("reliability: forecast, seen, texts")
    bins = np.minimum((found["model"] * 10).astype(int), 9)
    for b in range(10):
        own = bins == b
        if own.any():
            mean, seen = found["model"][own].mean(), found["y"][own].mean()
            print(f"  {mean:5.2f}  {seen:5.2f}  {int(own.sum()):5d}")


def _votes(people: int, statements: int, filled: float) -> tuple[NDArray[Any], ...]:
    rng = np.random.default_rng(0)
    cells = np.flatnonzero(rng.random(people * statements) < filled)
    vote = rng.integers(-1, 2, len(cells)).astype(np.int8)
    return cells // statements, cells % statements, vote, rng.integers(0, 4, people)


PEER = """
import sys, time, json, random
import numpy as np
from reddwarf.implementations.base import run_pipeline
rng = np.random.default_rng(0)
P, S, F = 2000, 500, 0.08
cells = np.flatnonzero(rng.random(P * S) < F)
v = rng.integers(-1, 2, len(cells))
votes = [{"participant_id": int(c // S), "statement_id": int(c % S), "vote": int(x)}
         for c, x in zip(cells, v)]
a = time.process_time(); run_pipeline(votes=votes); print(json.dumps(time.process_time() - a))
"""


def _peer() -> str:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "venv"
        try:
            subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, timeout=120)
            python = place / "bin" / "python"
            install = [str(python), "-m", "pip", "install", "--quiet", "red-dwarf==0.4.0"]
            subprocess.run(install, check=True, timeout=400, capture_output=True)
            done = subprocess.run(
                [str(python), "-W", "ignore", "-c", PEER],
                check=True,
                timeout=200,
                capture_output=True,
                text=True,
            )
        except (subprocess.SubprocessError, OSError) as error:
            return f"not measured ({type(error).__name__}: red-dwarf could not be run here)"
    return f"{json.loads(done.stdout.strip().splitlines()[-1]):.2f} CPU s"


def _groups() -> None:
    person, statement, vote, group = _votes(2000, 500, 0.08)
    times = []
    for _ in range(9):
        began = time.perf_counter()
        counts = group_counts(person, statement, vote, group, 500)
        tier = group_tiers(counts)
        consensus = group_informed_consensus(counts)
        times.append(time.perf_counter() - began)
    print(
        f"\n2,000 people x 500 statements, {len(vote):,} votes, four groups given: tiers and "
        f"group-informed consensus in {1000 * float(np.median(times)):.2f} ms (median of 9); "
        f"red-dwarf 0.4.0, whole pipeline: {_peer()}"
    )
    assert len(tier) == len(consensus) == 500
    people = np.arange(24)
    probe = group_counts(
        people,
        np.zeros(24, np.int64),
        np.where(people < 18, 1, -1).astype(np.int8),
        people // 6,
        1,
    )
    print(
        "probe of 18 of 24 experts agreeing and the whole fourth delegation against: tier "
        f"{Tier(int(group_tiers(probe)[0])).name}; a plain share would be {19 / 26:.2f}, "
        "over Polis's bar of 0.5"
    )


def _polis() -> None:
    """Print, for each public set, how often Polis's bar declares what the truth table does not."""
    print("\npublic Polis sets: groups as published; statements with a vote in each group")
    if not POLIS.is_dir():
        print("  not measured: the sets are not here")
        return
    for folder in sorted(path for path in POLIS.iterdir() if path.is_dir()):
        with (folder / "participants-votes.csv").open(encoding="utf-8-sig", newline="") as file:
            people = [row for row in csv.DictReader(file) if row["group-id"] != ""]
        columns = [name for name in people[0] if name.isdigit()]
        names = sorted({row["group-id"] for row in people})
        group = np.array([names.index(row["group-id"]) for row in people], dtype=np.int64)
        cells = [
            (person, statement, int(float(row[name])))
            for person, row in enumerate(people)
            for statement, name in enumerate(columns)
            if row[name] not in ("", None)
        ]
        person, statement, vote = (np.array(part) for part in zip(*cells, strict=True))
        began = time.perf_counter()
        counts = group_counts(person, statement, vote.astype(np.int8), group, len(columns))
        tier = group_tiers(counts)
        spent = 1000 * (time.perf_counter() - began)
        voted = counts.agree + counts.disagree + counts.passed
        enough = (voted > 0).all(axis=0)
        share = (counts.agree.sum(axis=0) + 1) / (voted.sum(axis=0) + 2)
        declared = enough & (share > 0.5)
        opposed = declared & np.isin(tier, (Tier.ONE_SHORT, Tier.SPLIT))
        print(
            f"  {folder.name}: {len(people)} people in {len(names)} groups, {int(enough.sum())} "
            f"statements; over the bar {int(declared.sum())}, of these rejected by the majority of "
            f"a group {int(opposed.sum())}; all groups accept "
            f"{int((enough & (tier == Tier.ALL_ACCEPT)).sum())} ({spent:.1f} ms)"
        )


def _facts() -> None:
    """Print the share all four accepted, and how the dated facts come out."""
    archive = open_archive(as_of=date(2026, 1, 1))
    parties = [find_party(archive, code) for code in ("EU", "USA", "CHN", "RUS")]
    texts = read_texts(archive, parties, date(1990, 1, 1))
    council = read_council(archive, parties, date(1990, 1, 1))
    years = texts.date.astype("datetime64[Y]").astype(int) + 1970
    asked = texts.recorded & (years >= 2003) & (years <= 2020)
    every = asked & (texts.stances != Stance.MISSING).all(axis=1)
    all_yes = int((asked & (texts.tier == Tier.ALL_ACCEPT)).sum())
    united = int((asked & (texts.tier <= Tier.NOBODY_OBJECTS)).sum())
    print(
        f"\n2003-2020: {int(asked.sum())} roll calls on whole texts ({int(every.sum())} with all "
        f"four); all four voted yes in {all_yes} ({all_yes / asked.sum():.1%}); none objected to "
        f"{united} ({united / asked.sum():.1%})"
    )
    stances = dict(zip(council.symbol.tolist(), council.stances, strict=True))
    stances |= dict(zip(texts.symbol.tolist(), texts.stances, strict=True))
    seen: dict[tuple[str, str], list[str]] = {}
    for symbol, kind in archive.sql(
        "select symbol, class from agreements where confidence = 'SOURCE' order by date, symbol"
    ):
        if symbol in stances:
            tier = Tier(int(tiers(stances[symbol][None, :])[0])).name.lower().replace("_", " ")
        else:
            tier = "no text with this symbol and a title"
        seen.setdefault((kind, tier), []).append(symbol)
    print("dated facts marked SOURCE: class in the record, tier here, texts")
    for (kind, tier), symbols in sorted(seen.items()):
        few = len(symbols) <= 12
        print(f"  {kind:24}{tier:38}{len(symbols):3d}  {', '.join(symbols) if few else ''}")


def run() -> None:
    """Print the whole table."""
    _chances()
    _facts()
    _groups()
    _polis()


if __name__ == "__main__":
    run()
