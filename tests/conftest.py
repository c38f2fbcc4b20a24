"""Settings for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# A loaded machine must not fail a test for its slowness; CI tries the same examples every time,
# while a developer's run goes on looking for new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
