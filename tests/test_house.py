"""The house itself: layers, pages that cannot go stale, a quick start."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from detente import errors
from detente.cli import COMMANDS
from detente.language import catalogue

ROOT = Path(__file__).parent.parent


def test_the_command_line_page_says_what_the_commands_say(tmp_path: Path) -> None:
    # In a process of its own: a command remembers the help option of its first call.
    made = tmp_path / "cli.md"
    subprocess.run([sys.executable, "-m", "detente.cli.page", str(made)], check=True)
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == made.read_text(encoding="utf-8"), "run `make docs`"


def test_every_command_has_a_page_that_names_it() -> None:
    pages = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "docs").glob("*.md")
        if path.name != "cli.md"
    )
    missing = [name for name in COMMANDS if f"detente {name}" not in pages]
    assert missing == []


def test_every_exit_code_is_documented() -> None:
    text = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.DetenteError)
    ]
    assert {kind.exit_code for kind in kinds} <= documented
    specific = [kind for kind in kinds if kind.__bases__ == (errors.DetenteError,)]
    assert len({kind.exit_code for kind in specific}) == len(specific)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from detente.cli import root; "
        "result = CliRunner().invoke(root, ['--help']); assert result.exit_code == 0; "
        "heavy = {'numpy', 'duckdb', 'scipy', 'altair', 'pydantic', 'rich'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_tracked_file_names_an_address_of_a_package_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "http://" not in lock
    assert "https://" not in lock


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert broken == []


@pytest.mark.parametrize(
    "domain",
    sorted(path.stem for path in (ROOT / "src/detente/locale/fr").glob("*.po")),
)
def test_a_french_message_has_the_fields_of_the_english(domain: str) -> None:
    field = re.compile(r"\{(\w+)[^}]*\}")
    for english, french in catalogue("fr", domain).items():
        assert set(field.findall(english)) == set(field.findall(french)), english
