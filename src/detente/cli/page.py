"""The page docs/cli.md, written from the commands themselves so that it cannot go stale.

Run ``python -m detente.cli.page docs/cli.md`` (``make docs``). A command remembers the help option
with which it was first called, so the page is written by a process that has called none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from detente.cli import root


def _sections(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command, info_name=name, parent=parent, max_content_width=96, **command.context_settings
    )
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from _sections(found, child, context)


def page() -> str:
    """Return the whole page: a heading and the help text of every command."""
    parts = [
        "# The command line",
        "Written by `make docs` from the commands themselves; do not edit.",
    ]
    for path, text in _sections(root, "detente", None):
        parts.append(f"## {path}\n\n```text\n{text.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
