"""Two lock files: Spark stays out of the base installation, and both keep hashes, no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_extra_is_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert (
        project["project"]["optional-dependencies"]["spark"]
        == (project["dependency-groups"]["spark"])
    )


def test_spark_is_locked_apart_with_hashes_and_without_addresses() -> None:
    spark = (ROOT / "requirements-spark.lock").read_text(encoding="utf-8")
    base = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = re.findall(r"^([a-z0-9-]+)==", spark, re.MULTILINE)
    assert names == ["py4j", "pyspark"]
    assert spark.count("--hash=sha256:") >= len(names)
    assert "://" not in spark
    assert not re.search(r"^(pyspark|py4j)==", base, re.MULTILINE)
