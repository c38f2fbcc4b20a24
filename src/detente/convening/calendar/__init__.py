"""A wished opening planned backwards, as a calendar file and as a picture.

`plan` works out the days; `write_calendar` gives them to any calendar program; `timeline` draws
them in a look that the caller chooses (`detente.dossier.timeline` has the house's own, and writes
files). docs/calendar.md shows it.
"""

from detente.convening.calendar.ical import write_calendar
from detente.convening.calendar.planning import Plan, plan
from detente.convening.calendar.timeline import Style, timeline
from detente.convening.calendar.wording import verdict

__all__ = ["Plan", "Style", "plan", "timeline", "verdict", "write_calendar"]
