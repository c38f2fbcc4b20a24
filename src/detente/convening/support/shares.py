"""Probabilities as a page shows them, one form for the terminal and for documents: 31% (8–62%)."""

from __future__ import annotations

from detente.language import Lang
from detente.typography import JOIN, NARROW, percent, percent_range

SURE = 0.995
"""From here on, and as near to nothing, a probability is written as a bound: nothing is certain."""


def share_text(p: float, lang: Lang) -> str:
    """Write a probability: 31%; >99%; <1%."""
    gap = NARROW if lang == "fr" else ""
    if p >= SURE:
        return f">{gap}{percent(lang, 0.99)}"
    if p < 1.0 - SURE:
        return f"<{gap}{percent(lang, 0.01)}"
    return percent(lang, p)


def chance_text(p: float, low: float, high: float, lang: Lang) -> str:
    """Write a probability with its interval, or alone where both ends read the same."""
    shown = share_text(p, lang)
    if share_text(low, lang) == share_text(high, lang):
        return shown
    # Lines of the terminal break at spaces alone, so nothing has to hold the two ends together.
    ends = percent_range(lang, max(low, 0.01), min(high, 0.99)).replace(JOIN, "")
    return f"{shown} ({ends})"
