"""Run every part of the bench in one go, each in a process of its own, and print its table.

A part is a module of this folder with a function ``run()`` that prints its table. A process of its
own keeps one part's memory peak out of the next one's.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

PARTS = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if not path.stem.startswith("_") and "def run(" in path.read_text(encoding="utf-8")
)


def main(wanted: list[str]) -> int:
    """Run the wanted parts, or all; return the number that failed."""
    unknown = sorted(set(wanted) - set(PARTS))
    if unknown:
        print(f"bench: no part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}")
    failed = 0
    for part in wanted or PARTS:
        print(f"\n== {part} ==", flush=True)
        code = f"import bench.{part} as part; part.run()"
        failed += subprocess.run([sys.executable, "-c", code], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
