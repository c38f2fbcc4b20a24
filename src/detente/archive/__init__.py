"""The public record at rest: tables, readers of official files, queries.

`open_archive` is how everybody reads it; docs/architecture.md lists the tables.
"""

from detente.archive.opening import Archive, open_archive

__all__ = ["Archive", "open_archive"]
