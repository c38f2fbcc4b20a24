"""The French catalogue of the calendar says all that the code says, and nothing else."""

import ast
import re
from pathlib import Path

import detente.convening.calendar
from detente.convening.calendar.citing import cited
from detente.convening.calendar.milestones import tracks
from detente.convening.rulebook import rulebook
from detente.language import catalogue

ROOT = Path(detente.convening.calendar.__file__).parent


def messages() -> set[str]:
    found = set()
    for path in ROOT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", "")
                inner = node.func.func if isinstance(node.func, ast.Call) else None
                named = name == "say" or getattr(inner, "id", "") == "sayer"
                if named and isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
    return found


def test_every_message_has_french_and_every_french_a_message() -> None:
    assert len(messages()) > 40
    assert messages() == set(catalogue("fr", "calendar"))


def test_french_uses_its_own_apostrophe_and_quotation_marks() -> None:
    texts = [*catalogue("fr", "calendar").values()]
    texts += [
        text for t in tracks() for one in t.milestones for text in (one.title_fr, one.needs_fr)
    ]
    assert [text for text in texts if re.search("['\"“”]", text)] == []


def test_no_milestone_is_named_in_one_language_only() -> None:
    for track in tracks():
        for one in track.milestones:
            assert bool(one.needs_en) == bool(one.needs_fr)
            assert one.title_en != one.title_fr


def test_rules_of_one_text_are_cited_together() -> None:
    rules = rulebook().rules
    three = [rules["ga-20"], rules["ga-9a"], rules["ga-10-members"], rules["ga-10-council"]]
    assert cited(three, "en") == "Rules of procedure of the General Assembly, rules 9(a), 10 and 20"
    union = [rules["eu-31-1"], rules["eu-27-2"]]
    assert cited(union, "fr") == "Traité sur l’Union européenne, articles 24(1), 27(2) et 31(1)"
    assert cited([rules["ga-40"]], "en") == (
        "Rules of procedure of the General Assembly, rules 21 to 23 and 40"
    )
    assert cited([rules["forum-consent"], rules["ga-17"]], "fr") == (
        "Charte, Article 33 ; consentement d’États souverains ; "
        "Règlement intérieur de l’Assemblée générale, article 17"
    )
