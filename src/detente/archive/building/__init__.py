"""Building the record that ships from raw material (``detente archive build``)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from detente.archive.bridges import fill_bridges
from detente.archive.building.adoptions import (
    bound_dates,
    date_order,
    fill_adoptions,
    read_inferred,
    read_numbers,
)
from detente.archive.building.assembly import fill_rollcalls, mend_dates, read_texts, read_votes
from detente.archive.building.corrections import CORRECTIONS
from detente.archive.building.council import fill_council
from detente.archive.building.procedure import fill_procedure
from detente.archive.building.states import build_states
from detente.archive.building.tension import fill_tension
from detente.archive.cleaning import install
from detente.archive.sources import SOURCES
from detente.archive.sponsors import name_codes, parse_sponsors
from detente.archive.writing import insert_rows, new_tables, write_archive
from detente.errors import ArchiveError

__all__ = ["bound_dates", "build", "date_order"]


def build(raw: Path, folder: Path) -> dict[str, Any]:
    """Build the archive from raw material and write it; return its manifest.

    Args:
        raw: the folder that holds ``un/``, ``procedure/`` and ``events/`` (data/README.md).
        folder: where the Parquet files and the manifest go.

    Raises:
        ArchiveError: the raw material is not there.
    """
    if not (raw / "un" / "ga_resolutions.parquet").is_file():
        raise ArchiveError(
            f"there is no raw material in {raw}: name the folder that holds un/, procedure/ "
            "and events/ with `detente archive build --raw FOLDER`"
        )
    con = new_tables()
    install(con)
    build_states(con, raw)
    read_texts(con, raw)
    read_votes(con, raw)
    mend_dates(con)
    _sponsors(con, raw)
    fill_rollcalls(con)
    read_inferred(con, raw)
    read_numbers(con, raw)
    fill_adoptions(con)
    fill_council(con, raw)
    fill_bridges(con, raw)
    fill_procedure(con, raw)
    fill_tension(con, raw)
    about = {
        "sources": [asdict(source) for source in SOURCES],
        "corrections": [asdict(correction) for correction in CORRECTIONS],
    }
    return write_archive(con, folder, about)


def _sponsors(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    council = raw / "un" / "sc_resolutions.parquet"
    rows = con.execute(
        "SELECT vote_id, raw_sponsors, raw_more_sponsors FROM texts "
        "WHERE coalesce(raw_sponsors, raw_more_sponsors, '') <> '' UNION ALL "
        f"SELECT resolution, sponsors, additional_sponsors FROM read_parquet('{council}') "
        "WHERE coalesce(sponsors, additional_sponsors, '') <> ''"
    ).fetchall()
    codes = name_codes(con)
    con.execute("CREATE TEMP TABLE sponsors (vote_id VARCHAR, sponsors VARCHAR[])")
    insert_rows(
        con, "sponsors", [(key, parse_sponsors((first, more), codes)) for key, first, more in rows]
    )
