"""`detente backtest`: test the forecasts on what happened next."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import as_of
from detente.errors import OutputError


class Sessions(click.ParamType[tuple[int, int]]):
    """A run of regular sessions, written 60-78."""

    name = "sessions"

    def convert(
        self,
        value: str | tuple[int, int],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[int, int]:
        """Return first and last, or refuse with the form they should have."""
        if isinstance(value, tuple):
            return value
        first, _, last = value.partition("-")
        if not first.isdigit() or not (last or first).isdigit() or int(last or first) < int(first):
            self.fail(f"“{value}” is not a run of sessions: write it as 60-78", param, ctx)
        if int(first) < 48:
            self.fail("a backtest begins with session 48 at the earliest", param, ctx)
        return int(first), int(last or first)


@click.command("backtest")
@click.option("--sessions", type=Sessions(), default="60-78", help="First and last session.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("docs/track-record.md"),
    help="The page to write; its diagram goes beside it.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Write the dossier's figures too: src/detente/forecast/track.csv in the repository.",
)
@as_of
def command(sessions: tuple[int, int], out: Path, data: Path | None, as_of: object) -> None:
    """Forecast past sessions from the ones before, and write the track record."""
    from datetime import date

    from detente.archive import open_archive
    from detente.forecast import open_forecaster
    from detente.forecast.backtest import run_backtest
    from detente.forecast.report import write
    from detente.terminal import progress

    archive = open_archive(as_of if isinstance(as_of, date) else None)
    forecaster = open_forecaster(archive)
    last = min(sessions[1], int(forecaster.record.session[-1]))
    with progress("Forecasting past sessions") as step:
        track = run_backtest(archive, forecaster, min(sessions[0], last), last, step)
    try:
        write(track, out, data)
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror}") from None
    click.echo(f"Wrote {out} and {out.with_suffix('.svg')}.")
