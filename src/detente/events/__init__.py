"""Event data: what states were reported to do to each other, from raw GDELT files.

`import_files` reads exports of GDELT 1.0 and 2.0 into the user's own store of sums by day and pair
of states; `dyad_table` returns dyad-days from it and `dyad_series` the months of a pair. The sums
are one expression (`rows`, `dyads`) that runs on DuckDB here and on Spark on a cluster, and what is
kept are sums of whole numbers, so that both give the same table.
"""

from detente.events.series import Month, dyad_series
from detente.events.store import Store, users

__all__ = ["Month", "Store", "dyad_series", "users"]
