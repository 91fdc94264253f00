"""Who adopts a playbook and sets its values for the district."""

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor, Role
from jinlin.platform.rulings import YES, Ruling, no

SETTERS = frozenset({Role.ADMINISTRATOR, Role.DISTRICT_OFFICER})


def may_set_method(actor: Actor) -> Ruling:
    """Say whether the actor adopts a playbook for the district and sets its values."""
    if actor.is_system or actor.roles & SETTERS:
        return YES
    return no(_("The work method is adopted by an administrator or by the district's request centre."))
