"""HiGHS without a word on the terminal, and with the same answer every time."""

from __future__ import annotations

import highspy


class _Quiet(highspy.Highs):
    """HiGHS prints a banner when its callbacks are set up, before a user can ask it not to."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
        """Turn the output off, then do what the library does."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def solver(**options: float | int | str | bool) -> highspy.Highs:
    """Return a silent solver on one thread with a fixed seed, and further options by name."""
    made = _Quiet()  # type: ignore[no-untyped-call]
    for name, value in {"random_seed": 1, "threads": 1, **options}.items():
        made.setOptionValue(name, value)
    return made
