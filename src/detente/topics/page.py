"""The page of all topics: ``python -m detente.topics.page docs/topics.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from detente.topics.taxonomy import taxonomy

HEAD = """# Topics

Every text of the record is about one main topic, and may bear others. A subject (level 1) is a
heading below, its topics (level 2) are the rows. Use a code, a name in either language or the
beginning of one after `--topic`. How texts come to their topics, and how surely:
[methods/topics.md](methods/topics.md).

*Written by `python -m detente.topics.page docs/topics.md`. ° marks the upkeep of the Organization
(money, staff, elections, procedure), which weighs half.*
"""


def page() -> str:
    """Return the page in Markdown: every topic with its code, names and definitions."""
    lines = [HEAD]
    for one in taxonomy():
        mark = "" if one.substantive else "°"
        if one.level == 1:
            lines += [
                f"## {one.name_en}{mark} / {one.name_fr}",
                "",
                f"`{one.code}`. {one.definition_en} / {one.definition_fr}",
                "",
                "| code | English | français |",
                "|---|---|---|",
            ]
        else:
            lines.append(
                f"| `{one.code}` | **{one.name_en}**{mark}. {one.definition_en} "
                f"| **{one.name_fr}**. {one.definition_fr} |"
            )
    text = "\n".join(lines).replace("\n## ", "\n\n## ")
    return text + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
