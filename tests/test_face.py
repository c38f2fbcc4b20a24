"""The Python face: exactly its names, imported late, and the page's example runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import detente

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_every_name_of_the_face_can_be_had_and_says_what_it_is() -> None:
    for name in detente.__all__:
        assert getattr(detente, name).__doc__, name
    assert set(detente.__all__) <= set(dir(detente))


def test_the_face_is_what_is_imported_late_and_no_module_hides_it() -> None:
    assert set(detente.__all__) == set(detente._FACE)
    modules = {path.stem for path in (ROOT / "src" / "detente").iterdir()}
    assert modules.isdisjoint(detente.__all__)


def test_the_page_lists_exactly_the_names_of_the_face() -> None:
    rows = re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE)
    listed = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(listed) == sorted(detente.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute “summit”"):
        detente.summit  # noqa: B018 - the access is the test


def test_importing_the_package_imports_no_other_module_of_it() -> None:
    code = (
        "import sys, detente; "
        "assert not [m for m in sys.modules if m.startswith('detente.')]; "
        "assert not {'numpy', 'duckdb', 'click', 'pydantic'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_example_of_the_page_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(example, "docs/python.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert "ALL_ACCEPT" in lines[0] or "NOBODY_OBJECTS" in lines[0]
    assert "1 firm" in lines[3]
    assert lines[-1].endswith("roll calls")
