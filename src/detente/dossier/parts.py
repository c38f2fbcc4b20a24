"""What the parts above the record found for a case; a part with nothing to say is None.

Their values are kept as their libraries return them: each has its own section, its own form in the
JSON, and a line on the first page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.convening.replay import Record
    from detente.dossier.gather.convening import Convening
    from detente.steps import Ladder
    from detente.tension import Tension


@dataclass(frozen=True)
class Parts:
    """Findings that rest on more than votes and texts.

    Attributes:
        tension: how tense it is between the parties.
        convening: the ways to bring them to a table, compared.
        replay: how special sessions were convened before.
        steps: a ladder of small reciprocal steps.
    """

    tension: Tension | None = None
    convening: Convening | None = None
    replay: Record | None = None
    steps: Ladder | None = None
