"""Pages and small answers about places."""

from jinlin.territory.views.answers import boundaries, children, near, picker, search
from jinlin.territory.views.desk import choose_register, places, register_findings, register_steps, register_template

__all__ = [
    "boundaries",
    "children",
    "choose_register",
    "near",
    "picker",
    "places",
    "register_findings",
    "register_steps",
    "register_template",
    "search",
]
