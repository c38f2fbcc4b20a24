"""The command line: thin commands over the library, each loaded only when it is called."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any

import click

from detente.errors import DetenteError, OutputError

# name -> (module, one line of help). The line stands here so that `detente --help` imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "dossier": ("detente.cli.dossier", "Write the dossier of a case: HTML, PDF, DOCX and JSON."),
    "case": ("detente.cli.case", "Write a new case file, or check one."),
    "denominators": (
        "detente.cli.denominators",
        "What all parties accept, what nobody objects to, and who is one short.",
    ),
    "forecast": ("detente.cli.forecast", "How states would vote on a text, and why."),
    "monitor": ("detente.cli.monitor", "What changed since a day: the weekly note for the host."),
    "tension": ("detente.cli.tension", "How tense it is, beside every earlier moment."),
    "steps": ("detente.cli.steps", "Small reciprocal steps before a meeting, and in which order."),
    "backtest": ("detente.cli.backtest", "What the forecasts were worth, session by session."),
    "positions": ("detente.cli.positions", "Where states stand over time, with intervals."),
    "votes": ("detente.cli.votes", "The roll call behind a figure."),
    "packages": ("detente.cli.packages", "Deals that every party prefers to no deal."),
    "convene": ("detente.cli.convene", "Every way to bring the parties to a table, compared."),
    "replay": ("detente.cli.replay", "How special sessions were convened, by their rules."),
    "handover": ("detente.cli.handover", "What a member leaves to the next, and what falls due."),
    "events": ("detente.cli.events", "Read raw event data; who did what to whom, day by day."),
    "archive": ("detente.cli.archive", "What is in the record; verify, build or import."),
}

INTERRUPTED = 130


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return its ``command``."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; end without a traceback where the user or the terminal ends it."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (KeyboardInterrupt, click.Abort):
            click.echo("detente: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except RuntimeError as error:
            # What DuckDB makes of Ctrl-C while it works.
            if str(error) != "Query interrupted":
                raise
            click.echo("detente: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except SystemExit as end:
            # What rich makes of a reader that has enough.
            if not isinstance(end.__context__, BrokenPipeError):
                raise
            ctx.exit(0)
        except BrokenPipeError:
            # The reader of a pipe has enough, as in `detente votes … | head`.
            _discard_output()
            ctx.exit(0)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EIO):
                raise
            _discard_output()
            raise OutputError(
                f"the output cannot be written: {os.strerror(error.errno)}; make room, or send it "
                "elsewhere"
            ) from None
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="detente")
def root() -> None:
    """Détente prepares a summit of rival powers from the public record, offline."""


def _discard_output() -> None:
    """Send what is left of standard output nowhere, so that Python can close it in peace."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def _make_writable() -> None:
    """Let a terminal that lacks a letter show another; write UTF-8 into files and pipes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def main() -> None:
    """Run the command line; a refusal is one sentence on standard error and an exit code."""
    _make_writable()
    try:
        root(standalone_mode=True)
    except DetenteError as error:
        click.echo(f"detente: {error}", err=True)
        sys.exit(error.exit_code)
