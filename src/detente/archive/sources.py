"""Where the record comes from and on what terms; NOTICE.md says the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A source of records.

    Attributes:
        name: as the `source` columns write it.
        tables: what it feeds.
        origin: who made it.
        terms: on what terms it may be used.
    """

    name: str
    tables: tuple[str, ...]
    origin: str
    terms: str


SOURCES = (
    Source(
        "UN Digital Library",
        ("rollcalls", "votes", "adoptions", "sc_rollcalls", "sc_votes"),
        "United Nations, Dag Hammarskjöld Library: UN Digital Library records",
        "as is; non-commercial use with attribution to the United Nations",
    ),
    Source(
        "UN Secretariat",
        ("adoptions", "sc_rollcalls", "sc_votes", "sc_failed"),
        "United Nations Secretariat (DGACM): XML extracts of resolutions and decisions",
        "as is; the United Nations is named as the source",
    ),
    Source(
        "Voeten",
        ("rollcalls", "votes", "bridges"),
        "Erik Voeten: roll-call votes in the General Assembly, and pairs of repeated texts",
        "CC0",
    ),
    Source(
        "UN list of vetoes",
        ("sc_failed",),
        "United Nations: vetoes in the Security Council, as compiled from public lists",
        "as is; the United Nations is named as the source",
    ),
    Source(
        "public pages",
        (
            "states",
            "state_names",
            "memberships",
            "special_sessions",
            "session_attempts",
            "summits",
            "measures",
            "agreements",
            "rules",
            "turning_points",
        ),
        "facts compiled by this project from public pages, named row by row, in its own words",
        "facts; the compilation is under the licence of this project",
    ),
    Source(
        "China with 25 partners",
        ("tension_series",),
        "China25: expert scores (Tsinghua) and monthly scores from GDELT, ICEWS and Phoenix events",
        "CC BY 4.0; scores turned in sign and rounded to hundredths",
    ),
    Source(
        "International Crisis Behavior",
        ("tension_series",),
        "International Crisis Behavior project, dyads of version 15",
        "no open terms stated: only derived values ship, the months of a crisis between a pair",
    ),
    Source(
        "peace scale",
        ("tension_series",),
        "Peace data (Goertz, Diehl, Owsiak), version 3.0",
        "no open terms stated: only derived values ship, a grade from 0 to 8 a year",
    ),
    Source(
        "geopolitical risk",
        ("tension_series",),
        "Caldara and Iacoviello: geopolitical risk index of countries",
        "no open terms stated: only derived values ship, quarter steps of a logarithm",
    ),
    Source(
        "dyad network",
        ("tension_series",),
        "Daily network of event scores between states, from GDELT, 2018 to 2024",
        "copyleft: only derived values ship, a pair's share of the month's total",
    ),
)
