"""Every message that steps can say has its French, and no French message is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from detente.language import catalogue
from detente.steps import wording
from detente.steps.rules import RULES

SOURCE = Path(__file__).parents[2] / "src" / "detente"
FILES = [
    SOURCE / "steps" / "wording.py",
    SOURCE / "steps" / "telling.py",
    SOURCE / "steps" / "values.py",
    SOURCE / "cli" / "steps.py",
    SOURCE / "dossier" / "sections" / "steps.py",
]
TABLES = (
    wording.TIERS,
    wording.STAGES,
    wording.FIELDS,
    wording.VERDICTS,
    wording.BOUNDS,
    wording.BINDINGS,
    wording.EXTENTS,
    wording.ANSWERS,
    wording.MISSED,
    wording.WHYS,
    wording.NEEDS,
    wording.REASONS,
    wording.UNKNOWN_REASONS,
)


def _literals(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _literals(node.body) | _literals(node.orelse)
    return set()


def said() -> set[str]:
    """Return every literal message that is handed to a function called say, or looked up."""
    found: set[str] = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
                name = name.id if isinstance(name, ast.Name) else name
                if name == "say":
                    for argument in node.args[:2]:
                        found |= _literals(argument)
            if isinstance(node, ast.Dict):
                found |= {
                    value.value
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant)
                    and isinstance(key.value, int)
                    and isinstance(value, ast.Constant)
                }
            if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
                found |= set().union(*(_literals(item) for item in node.iter.elts))
    for table in TABLES:
        found |= set(table.values())
    found |= {text for rule in RULES for text in rule}
    return found | whys()


def whys() -> set[str]:
    """Return the reasons of the checks: what each test of checks.py says."""
    tree = ast.parse((SOURCE / "steps" / "checks.py").read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id != "_first":
                continue
            found |= _literals(node.args[2])
            tests = node.args[1]
            assert isinstance(tests, ast.Tuple)
            for test in tests.elts:
                assert isinstance(test, ast.Tuple)
                found |= _literals(test.elts[2])
    return found


def test_every_message_has_its_french() -> None:
    assert len(whys()) >= 30
    assert sorted(said() - set(catalogue("fr", "steps"))) == []


def test_no_french_message_is_left_over() -> None:
    assert sorted(set(catalogue("fr", "steps")) - said()) == []


def test_french_uses_its_own_apostrophe_and_quotation_marks() -> None:
    wrong = [text for text in catalogue("fr", "steps").values() if re.search("['\"“”]", text)]
    assert wrong == []
