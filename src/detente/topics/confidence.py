"""How sure an assignment is: the share of its kind that a hand-labelled sample found right.

The shares are measured by ``python -m bench topics`` against tests/topics/labels.csv and copied
here; a test compares the two.
"""

from __future__ import annotations

from detente.topics.reading import Reading

MEASURED: dict[tuple[str, int], float] = {
    ("title", 2): 0.9,
    ("title", 1): 0.85,
    ("title", 0): 0.6,
    ("heading", 2): 0.8,
    ("heading", 1): 0.8,
    ("heading", 0): 0.6,
    ("agenda", 2): 0.7,
    ("agenda", 1): 0.7,
    ("agenda", 0): 0.5,
    ("similar title", 0): 0.5,
    ("whole text", 0): 0.8,
    ("numbered block", 0): 0.8,
    ("issue code", 0): 0.6,
    ("none", 0): 0.0,
}
"""(basis, tier) -> share of main topics that were right."""


def confidence(reading: Reading) -> float:
    """Return the measured share of assignments of this basis and tier that were right, 0..1."""
    return MEASURED[reading.basis, reading.tier]
