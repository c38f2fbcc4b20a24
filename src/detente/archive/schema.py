"""The schema of the archive: every table, and the words its coded columns use.

docs/archive.md explains it, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente.archive.schema_procedure import PROCEDURE
from detente.archive.schema_record import RECORD
from detente.archive.schema_tension import TENSION
from detente.archive.table import Table

SCHEMA_VERSION = 1
TABLES: Mapping[str, Table] = {table.name: table for table in (*RECORD, *PROCEDURE, *TENSION)}

VOTES = ("yes", "no", "abstain", "absent")
KINDS = ("resolution", "paragraph", "amendment", "other")
MODALITIES = ("without a vote", "vote not recorded")
SC_MODALITIES = ("recorded vote", "no recorded vote")
BODIES = (
    *("UN", "EU", "SC", "P5", "AFRICA", "ASIA-PACIFIC", "EASTERN-EUROPE", "GRULAC", "WEOG"),
    *("OSCE", "CICA", "SCO", "ASEM", "G20"),
)
# The tables whose rows are records of an event: they say from when to when the archive reaches.
EVIDENCE = ("rollcalls", "adoptions", "sc_rollcalls", "sc_failed")
