"""Every message of the note has its French, and no French message is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from detente.dossier.sections import monitor as written
from detente.language import catalogue

SOURCE = Path(__file__).parents[2] / "src" / "detente"
FILES = [SOURCE / "dossier" / "sections" / "monitor.py", SOURCE / "cli" / "monitor.py"]


def said() -> set[str]:
    found = set(written.STATES.values())
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            name = name.id if isinstance(name, ast.Name) else name
            first = node.args[0]
            if name in ("say", "told") and isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found


def test_every_message_has_its_french_and_none_is_left_over() -> None:
    assert said() == set(catalogue("fr", "monitor"))


def test_french_uses_its_own_apostrophe_and_quotation_marks() -> None:
    wrong = [text for text in catalogue("fr", "monitor").values() if re.search("['\"“”]", text)]
    assert wrong == []
