"""Osgood's ten rules of graduated reciprocation, each a check that a plan meets or not.

Osgood 1962, *An Alternative to War or Surrender*; the list of ten as Lindskold 1978 (Psychological
Bulletin 85) sums it up, in this project's words. What a rule asks of a plan in numbers is this
project's reading, given in docs/methods/steps.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["met", "not met", "cannot be known"]

LEAST_OPENING = 3
"""Steps that the first mover takes whatever the answer."""

LEAST_PERSISTENCE = 28
"""Days that these steps cover at least: time for an answer."""

LEAST_SEEN = 3
"""Verifiability of a step taken whatever the answer: others than the parties must see it."""

LEAST_FIELDS = 3

RULES: tuple[tuple[str, str], ...] = (
    (
        "Announce the intention",
        "Before the first step, the side that begins says in public that it means to lower tension "
        "by a series of steps of its own.",
    ),
    (
        "Announce each step",
        "Each step is announced in public before it is taken, as a part of the series.",
    ),
    (
        "Invite, never demand",
        "Each announcement invites an answer, leaves its form open, and makes it no condition.",
    ),
    (
        "Act as announced",
        "Each step is taken on the day announced, with time enough to prepare it.",
    ),
    (
        "Persist without an answer",
        "The side that begins goes on for some time even where no answer comes.",
    ),
    (
        "Let it be verified",
        "What is done can be seen and checked by others than the side that does it.",
    ),
    (
        "Keep the ability to answer",
        "No step takes away the ability to answer an attack, least of all a step taken alone.",
    ),
    (
        "Answer hostility precisely",
        "A hostile act is answered in kind and no further, and the series goes on.",
    ),
    (
        "Vary the fields",
        "The steps come from several fields, so that trouble in one does not end the series.",
    ),
    (
        "Match the answers",
        "Once answers come, steps match them, each as weighty as the last or a little more, and "
        "every side takes its turn.",
    ),
)
"""Title and statement of each rule; English is the key of the French."""

_DEMANDS = re.compile(
    r"\b(must|shall|demands?|requires?d?|ultimatum|or else|otherwise|unless|failing which|"
    r"on condition|provided that|obliged|insists?|"
    r"doit|doivent|devra|devront|exige(?:nt|ons|r|ra)?|sinon|faute de quoi|sous peine|"
    r"à condition|à défaut|impérativement|tenue?s? de|somme(?:nt|r)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Check:
    """What a rule finds in a plan.

    Attributes:
        rule: 1 to 10.
        verdict: met, not met, or cannot be known where the plan leaves out what the rule needs.
        why: the reason as an English message; ``values`` fill it in.
        steps: numbers of the steps it speaks of, from 1.
    """

    rule: int
    verdict: Verdict
    why: str
    steps: tuple[int, ...] = ()
    values: dict[str, object] = field(default_factory=dict)


def demanding(text: str) -> str | None:
    """Return the first word of an invitation that demands, in English or French, or None."""
    found = _DEMANDS.search(text)
    return found[0] if found else None
