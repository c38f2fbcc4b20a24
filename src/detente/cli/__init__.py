"""The command line: thin commands over the library, each loaded only when it is called."""

from __future__ import annotations

import sys

import click

from detente.errors import DetenteError

# name -> (module, one line of help). The line stands here so that `detente --help` imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "dossier": ("detente.cli.dossier", "Write the dossier of a case: HTML, PDF, DOCX and JSON."),
    "case": ("detente.cli.case", "Write a new case file, or check one."),
    "denominators": (
        "detente.cli.denominators",
        "What all parties accept, what nobody objects to, and who is one short.",
    ),
    "forecast": ("detente.cli.forecast", "How states would vote on a text, and why."),
    "backtest": ("detente.cli.backtest", "What the forecasts were worth, session by session."),
    "positions": ("detente.cli.positions", "Where states stand over time, with intervals."),
    "votes": ("detente.cli.votes", "The roll call behind a figure."),
    "packages": ("detente.cli.packages", "Deals that every party prefers to no deal."),
    "archive": ("detente.cli.archive", "What is in the record; verify, build or import."),
}


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="detente")
def root() -> None:
    """Détente prepares a summit of rival powers from the public record, offline."""


def main() -> None:
    """Run the command line; a refusal is one sentence on standard error and an exit code."""
    try:
        root(standalone_mode=True)
    except DetenteError as error:
        click.echo(f"detente: {error}", err=True)
        sys.exit(error.exit_code)
