"""The grid workbench: plans, proposals, comparison, editing, and the steps to approval."""

from jinlin.territory.views.grids.files import import_plan, plan_map, plan_sheet
from jinlin.territory.views.grids.plans import compare, plan, plans, propose
from jinlin.territory.views.grids.steps import approve, drop, hand_in, move, send_back

__all__ = [
    "approve",
    "compare",
    "drop",
    "hand_in",
    "import_plan",
    "move",
    "plan",
    "plan_map",
    "plan_sheet",
    "plans",
    "propose",
    "send_back",
]
