"""The whole Astana dossier, all formats and both languages, cold: wall, CPU and peak memory.

The target is 25 s on two cores. The floor beside it is the time to import and start the libraries
that draw (Altair, vl-convert, typst, python-docx), below which nothing can go.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASE = Path(__file__).parents[1] / "cases" / "astana.toml"
TARGET_S = 25.0

FLOOR = """
import altair, docx, typst, vl_convert
vl_convert.javascript_bundle()
chart = altair.Chart(altair.Data(values=[{"x": 1}])).mark_point().encode(x="x:Q")
vl_convert.vegalite_to_svg(chart.to_dict())
"""


def _measured(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Return wall seconds, CPU seconds and peak MiB of a command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, after.ru_maxrss / 1024


def run() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        # An empty cache folder: fits of earlier runs would make the run warm.
        cold = {**os.environ, "XDG_CACHE_HOME": str(Path(folder) / "cache")}
        floor = _measured([sys.executable, "-c", FLOOR], cold)
        command = [sys.executable, "-m", "bench.dossier", str(CASE), str(Path(folder) / "out")]
        whole = _measured(command, cold)
        warm = _measured(command, cold)
        sizes = sum(path.stat().st_size for path in (Path(folder) / "out").iterdir())
    print(f"{'':34}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}")
    for name, (wall, cpu, peak) in (
        ("libraries started (floor)", floor),
        ("dossier, 4 formats, 2 languages", whole),
        ("the same with the fit in the cache", warm),
    ):
        print(f"{name:34}{wall:8.1f}{cpu:8.1f}{peak:10.0f}")
    verdict = "met" if whole[0] <= TARGET_S else "missed (see the CPU time on a shared machine)"
    print(f"target {TARGET_S:.0f} s: {verdict}; files {sizes / 1e6:.1f} MB")


def _write(case_path: str, out: str) -> None:
    from detente.case import open_case
    from detente.dossier import write_dossier

    case, archive = open_case(Path(case_path))
    write_dossier(archive, case, Path(out))


if __name__ == "__main__":
    _write(*sys.argv[1:])
