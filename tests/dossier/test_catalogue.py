"""The French catalogue of the dossier says all that the code says, and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import detente.dossier
from detente.language import catalogue

ROOT = Path(detente.dossier.__file__).parent


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


def _speaks(path: Path, tree: ast.AST) -> bool:
    """Whether a file takes its words from this catalogue (a section may have one of its own)."""
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "detente.dossier.words"
        for alias in node.names
    }
    return path.name == "words.py" or bool(taken & {"Words", "words"})


def _messages() -> set[str]:
    found: set[str] = set()
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not _speaks(path, tree):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = {"say": (0, 1), "runs": (0, 1), "count": (1, 3)}.get(node.func.attr)
                if first:
                    for argument in node.args[slice(*first)]:
                        found |= set(_strings(argument))
    return found


def test_every_message_has_french_and_every_french_a_message() -> None:
    messages, french = _messages(), catalogue("fr", "dossier")
    assert len(messages) > 200
    assert messages - set(french) == set()
    assert set(french) - messages == set()


def test_french_keeps_the_fields_of_each_message() -> None:
    def fields(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    # “{n} to …” may lose nothing; French puts the same facts in another order.
    wrong = {m: f for m, f in catalogue("fr", "dossier").items() if fields(m) != fields(f)}
    assert wrong == {}


def test_french_uses_its_own_apostrophe_and_quotation_marks() -> None:
    wrong = [f for f in catalogue("fr", "dossier").values() if re.search("['\"“”]", f)]
    assert wrong == []
