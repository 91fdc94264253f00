"""Division of a city's communities into grids of about equal households: plans, their figures, and checks of edits."""

from jinlin.algorithms.gridding.assessment import Assessment, GridFigures, assess
from jinlin.algorithms.gridding.checks import Finding, Reason, find_faults, is_contiguous, why_not
from jinlin.algorithms.gridding.city import City, make_city
from jinlin.algorithms.gridding.division import TARGET_HOUSEHOLDS, Mode, Plan, divide, grids_per_community, warm_up
from jinlin.algorithms.gridding.faults import CannotDivide, DisconnectedCommunity, Fault, Table
from jinlin.algorithms.gridding.policies import POLICIES, Policy, Weights

__all__ = [
    "POLICIES",
    "TARGET_HOUSEHOLDS",
    "Assessment",
    "CannotDivide",
    "City",
    "DisconnectedCommunity",
    "Fault",
    "Finding",
    "GridFigures",
    "Mode",
    "Plan",
    "Policy",
    "Reason",
    "Table",
    "Weights",
    "assess",
    "divide",
    "find_faults",
    "grids_per_community",
    "is_contiguous",
    "make_city",
    "warm_up",
    "why_not",
]
