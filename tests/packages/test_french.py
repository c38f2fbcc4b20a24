"""Every message that packages can say has its French, and no French message is left over."""

from __future__ import annotations

import ast
from pathlib import Path

from detente.language import catalogue
from detente.packages.core.solutions import RULES
from detente.packages.formats.xlsx_layout import (
    BOUNDS,
    EXAMPLE,
    GUIDANCE,
    GUIDE,
    KINDS,
    NO_DEAL_ISSUE,
    PAGES,
    YES,
)
from detente.packages.outcomes import shipped
from detente.packages.sentences import RULE_NAMES
from detente.packages.sheet import USES

SOURCE = Path(__file__).parents[2] / "src" / "detente"
FILES = [
    SOURCE / "packages" / "sentences.py",
    SOURCE / "packages" / "formats" / "xlsx_write.py",
    SOURCE / "cli" / "packages.py",
    SOURCE / "cli" / "packages_text.py",
    SOURCE / "dossier" / "sections" / "packages.py",
]


def said() -> set[str]:
    """Return every literal message that is handed to a function called say."""
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            name = name.id if isinstance(name, ast.Name) else name
            for argument in node.args[:2]:
                if name == "say" and isinstance(argument, ast.Constant):
                    found.add(str(argument.value))
    return found


def looked_up() -> set[str]:
    """Return the messages that tables hold."""
    found = {GUIDE, NO_DEAL_ISSUE, YES, *KINDS, *BOUNDS, *USES, *EXAMPLE[0]}
    for title, columns in PAGES.values():
        found |= {title} | {column.label for column in columns}
        found |= {column.hint for column in columns if column.hint}
    for title, text in GUIDANCE:
        found |= {title, text}
    found |= {RULE_NAMES[rule] for rule in RULES} | {shipped()[1].source}
    return found | {
        "predictor", "weighted mean", "weighted median", "Nash", "challenge, as programmed"
    }  # fmt: skip


def test_every_message_has_its_french() -> None:
    assert sorted((said() | looked_up()) - set(catalogue("fr", "packages"))) == []


def test_no_french_message_is_left_over() -> None:
    assert sorted(set(catalogue("fr", "packages")) - said() - looked_up()) == []
