"""Steps: a ladder of small reciprocal measures that lower tension before and at a meeting.

`ladder` builds one for the parties of a case from the catalogue of measures, from what binds whom,
from the tension between them and from what they have accepted; `check_plan` tests a plan against
Osgood's ten rules.
"""

from detente.steps.checks import check_plan
from detente.steps.ladder import Ladder, Rung, ladder, plan_of
from detente.steps.plan import Plan, PlanError, Step, plan_text, read_plan
from detente.steps.rules import Check

__all__ = [
    "Check",
    "Ladder",
    "Plan",
    "PlanError",
    "Rung",
    "Step",
    "check_plan",
    "ladder",
    "plan_of",
    "plan_text",
    "read_plan",
]
