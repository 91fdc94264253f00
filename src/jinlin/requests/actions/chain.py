"""Where the chain of bodies, as the place's work method has it, goes on upwards, and where it ends or is broken."""

from django.utils.translation import gettext as _

from jinlin.organisations.models import Body
from jinlin.organisations.queries.chains import is_top, next_above
from jinlin.platform.errors import Invalid
from jinlin.playbooks.here import current_playbook


def must_have_above(body: Body) -> None:
    """Refuse to go up inside the chain from its top, and where it is broken.

    Raises:
        Invalid: with the way that is open instead.
    """
    playbook = current_playbook()
    above = next_above(playbook, body)
    if above is not None and above.active:
        return
    if is_top(playbook, body):
        raise Invalid(
            _("%(body)s stands at the top of the chain; there is no level above it.") % {"body": body.name},
            remedy=_(
                "Beyond the chain a request goes by the tiered route: take it up the ladder, or pass it on to a department."
            ),
        )
    raise Invalid(
        _("The chain is broken above %(body)s.") % {"body": body.name},
        remedy=_("Ask the community to enter the body above it, or pass the request on by hand."),
    )
