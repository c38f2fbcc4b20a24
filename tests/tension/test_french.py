"""Every message that tension can say has its French, and no French message is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from detente.language import catalogue
from detente.tension import wording

SOURCE = Path(__file__).parents[2] / "src" / "detente"
FILES = [
    SOURCE / "tension" / "wording.py",
    SOURCE / "tension" / "telling.py",
    SOURCE / "cli" / "tension.py",
    SOURCE / "dossier" / "sections" / "tension.py",
]


def said() -> set[str]:
    """Return every literal message handed to ``say``, or kept under a name that is."""
    found: set[str] = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
                if (name.id if isinstance(name, ast.Name) else name) == "say":
                    for argument in node.args[:2]:
                        found |= _texts(argument)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in _KEPT:
                found |= _texts(node.value)
    for table in (wording.TRENDS, wording.TITLES, wording.BIASES):
        found |= set(table.values())
    return found | set(wording.SEASONS)


_KEPT = ("kind", "text")


def _texts(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    return set()


def test_every_message_has_its_french() -> None:
    assert len(said()) > 60
    assert sorted(said() - set(catalogue("fr", "tension"))) == []


def test_no_french_message_is_left_over() -> None:
    assert sorted(set(catalogue("fr", "tension")) - said()) == []


def test_french_uses_its_own_apostrophe_and_quotation_marks() -> None:
    wrong = [text for text in catalogue("fr", "tension").values() if re.search("['\"“”]", text)]
    assert wrong == []
