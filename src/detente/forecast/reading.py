"""The text a user asks about: read from a file, measured, and its language told.

Titles of the record are English. A text in French, Russian, Chinese, Spanish or Arabic is compared
by sentence vectors alone; any other language is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from detente.archive import Archive
from detente.errors import CaseError, ImportRefused
from detente.forecast.asking import Question
from detente.parties import find_party

LONGEST = 20_000  # characters; about eight pages
_TITLE = 600
NAMES = {
    "en": "English", "fr": "French", "ru": "Russian", "zh": "Chinese", "es": "Spanish",
    "ar": "Arabic", "de": "German", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "tr": "Turkish", "sv": "Swedish", "ja": "Japanese", "ko": "Korean",
    "fa": "Persian", "uk": "Ukrainian", "kk": "Kazakh", "hi": "Hindi", "ur": "Urdu",
    "vi": "Vietnamese", "id": "Indonesian", "el": "Greek", "he": "Hebrew", "bg": "Bulgarian",
    "sr": "Serbian", "ro": "Romanian", "hu": "Hungarian", "cs": "Czech", "fi": "Finnish",
    "da": "Danish", "th": "Thai", "be": "Belarusian", "ka": "Georgian", "hy": "Armenian",
}  # fmt: skip
SERVED = ("en", "fr", "ru", "zh", "es", "ar")


class TextRefused(ImportRefused):
    """A text that no forecast can be made for."""


def read_file(path: Path) -> str:
    """Return the text of a .docx or .txt file.

    Raises:
        TextRefused: another kind of file, or one that cannot be read.
    """
    kind = path.suffix.lower()
    if kind not in (".docx", ".txt"):
        raise TextRefused(f"{path.name} is not a .docx or .txt file: save the draft as one of them")
    try:
        if kind == ".txt":
            return path.read_text(encoding="utf-8-sig")
        import docx

        return "\n".join(part.text for part in docx.Document(str(path)).paragraphs)
    except Exception as error:
        raise TextRefused(
            f"{path.name} cannot be read ({type(error).__name__}): open it in a word processor and "
            "save it again"
        ) from None


def read_sponsors(archive: Archive, text: str, day: date) -> tuple[str, ...]:
    """Return the alpha-3 codes of sponsors, from codes or names of states and bodies.

    Args:
        archive: where they are looked up.
        text: parted by commas, semicolons or upright strokes; a body stands for its members.
        day: on which the members are counted.

    Raises:
        TextRefused: one of them is not known.
    """
    found: list[str] = []
    for name in filter(None, (part.strip() for part in re.split(r"[,;|]", text))):
        try:
            found += find_party(archive, name).members(archive, day)
        except CaseError as error:
            raise TextRefused(f"sponsors: {error}") from None
    return tuple(dict.fromkeys(found))


def read_question(
    text: str,
    known_words: Collection[str],
    subjects: tuple[str, ...] = (),
    sponsors: tuple[str, ...] = (),
) -> Question:
    """Return a question from a title or a short draft, of which the opening is read.

    Args:
        text: what the user wrote.
        known_words: lower-case words of the record's titles.
        subjects: UNBIS headings, where known.
        sponsors: alpha-3 codes of the states that sponsor it, where known.

    Raises:
        TextRefused: it is empty, too long, or in a language that is not served.
    """
    plain = plain_text(text)
    language = language_of(plain, known_words)
    if language not in SERVED:
        raise TextRefused(
            f"the text seems to be {NAMES.get(language, language)}; a forecast reads English, "
            "French, Russian, Chinese, Spanish and Arabic: translate it into one of them"
        )
    return Question(plain[:_TITLE], subjects, language, sponsors)


def plain_text(text: str) -> str:
    """Return a text on one line.

    Raises:
        TextRefused: it is empty or too long.
    """
    if len(text) > LONGEST:
        raise TextRefused(
            f"the text has {len(text):,} characters and a forecast reads at most {LONGEST:,}: give "
            "its title, or the paragraph in question"
        )
    plain = re.sub(r"\s+", " ", text).strip()
    if not re.search(r"[^\W\d_]", plain):
        raise TextRefused("the text is empty: give a title or a paragraph")
    return plain


def words_of(text: str) -> list[str]:
    """Return the lower-case words of three letters and more."""
    return [word for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) > 2]


def language_of(text: str, known_words: Collection[str]) -> str:
    """Return the ISO 639-1 code of a text's language.

    A text most of whose words the record's titles use is English: detectors go astray on titles of
    two words.
    """
    words = words_of(text)
    if words and sum(word in known_words for word in words) >= 0.6 * len(words):
        return "en"
    if re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    if re.search(r"[\uac00-\ud7af]", text):
        return "ko"
    if re.search(r"[\u4e00-\u9fff]", text):
        return "zh"
    code = str(_detector().classify(text)[0])
    return {"wuu": "zh", "yue": "zh"}.get(code, code)


@cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = {str(label) for label in detector.labels}
    detector.set_languages(sorted(({*NAMES} | {"wuu", "yue"}) & known))
    return detector
