"""Likeness of titles against the formula worked out densely."""

from __future__ import annotations

import numpy as np
import pytest

from detente.forecast.wording import WORD_SHARE, read_wording, title_likeness

EARLIER = (
    "Nuclear disarmament",
    "Prevention of an arms race in outer space",
    "Situation of human rights in a certain country",
    "Nuclear disarmament verification",
)
NOW = ("Nuclear disarmament verification", "Fisheries", "Human rights and disarmament")


def _dense(earlier: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Cosine of vectors weighted by rarity among the earlier ones (Salton & Buckley 1988)."""
    weight = np.log((1 + len(earlier)) / (1 + earlier.sum(0))) + 1
    a, b = now * weight, earlier * weight
    return np.asarray((a @ b.T) / np.outer(np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1)))


def test_likeness_is_the_cosine_of_words_and_letters_by_their_rarity() -> None:
    earlier, now = (read_wording(titles, [""] * len(titles)) for titles in (EARLIER, NOW))
    words, letters = (
        _dense(getattr(earlier, kind).toarray(), getattr(now, kind).toarray())
        for kind in ("words", "letters")
    )
    found = title_likeness(earlier, now)
    np.testing.assert_allclose(
        found, WORD_SHARE * words + (1 - WORD_SHARE) * letters, rtol=1e-5, atol=1e-6
    )
    assert found[0, 3] == pytest.approx(1)
    assert found[1, 0] == pytest.approx(0, abs=0.05)


def test_a_later_text_never_changes_an_earlier_comparison() -> None:
    earlier, now = (read_wording(titles, [""] * len(titles)) for titles in (EARLIER, NOW))
    np.testing.assert_allclose(
        title_likeness(earlier, now.rows(0, 1))[0], title_likeness(earlier, now)[0], rtol=1e-6
    )
