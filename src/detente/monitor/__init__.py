"""Monitor: what changed for the parties of a case between two days.

`monitor` compares two archives, each opened as of its day, so that nothing later than either is
used: new texts and how the parties voted, events, tension, denominators that moved, steps due.
"""

from detente.monitor.note import Note, monitor

__all__ = ["Note", "monitor"]
