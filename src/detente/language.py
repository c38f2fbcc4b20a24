"""English and French: one catalogue a package, read at run time from ``locale/<lang>/<domain>.po``.

English text is the message key. A French catalogue that lacks a key is a defect and a test says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Literal

Lang = Literal["en", "fr"]
LANGUAGES: tuple[Lang, ...] = ("en", "fr")


@cache
def catalogue(lang: Lang, domain: str) -> dict[str, str]:
    """Return message -> translation for one language and domain; empty for English."""
    if lang == "en":
        return {}
    from babel.messages.pofile import read_po

    raw = (resources.files("detente") / "locale" / lang / f"{domain}.po").read_bytes()
    return {
        str(message.id): str(message.string)
        for message in read_po(BytesIO(raw), locale=lang)
        if message.id and message.string
    }


def translator(lang: Lang, domain: str) -> Callable[..., str]:
    """Return ``_(message, **values)``: the message in ``lang`` with ``{name}`` fields filled in.

    Raises KeyError where a French catalogue lacks the message: a half-translated page is worse
    than a failed test.
    """
    messages = catalogue(lang, domain)

    def translate(message: str, **values: object) -> str:
        text = message if lang == "en" else messages[message]
        return text.format(**values) if values else text

    return translate
