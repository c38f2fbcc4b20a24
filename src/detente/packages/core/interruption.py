"""What an interrupted search still has to say."""

from __future__ import annotations

from typing import Generic, TypeVar

Found = TypeVar("Found")


class Interrupted(KeyboardInterrupt, Generic[Found]):
    """The user interrupted a search; it stays an interruption for whoever does not ask for more.

    Attributes:
        found: the best found so far, of the type that the search would have returned, marked as not
            proved; None where nothing was found.
    """

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found
