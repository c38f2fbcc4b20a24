"""Options that several commands share, so that they read and refuse the same way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click


class Day(click.ParamType[date]):
    """A calendar day, written 2018-11-20."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or refuse with the form it should have."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a date: write it as 2018-11-20", param, ctx)


case_file = click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
as_of = click.option(
    "--as-of", type=Day(), metavar="DATE", help="Use nothing later than this day (2018-11-20)."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
lang = click.option(
    "--lang", type=click.Choice(["en", "fr"]), default="en", help="English or French."
)
csv_file = click.option(
    "--csv", "csv_path", metavar="FILE", type=click.Path(path_type=Path), help="Write CSV to FILE."
)
