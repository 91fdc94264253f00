"""A request goes up the chain of bodies, one level at a time, as the place's work method has it."""

from django.utils.translation import gettext as _

from jinlin.organisations.models import Body
from jinlin.organisations.queries.chains import is_top, next_above
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.platform.sends import sent_once
from jinlin.playbooks.here import current_playbook
from jinlin.requests import rules
from jinlin.requests.actions.handling import LONGEST_NOTE, NO_DOOR
from jinlin.requests.actions.steps import Change, Door, advance, locked
from jinlin.requests.models import Request
from jinlin.requests.states import Verb


def hand_up_request(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Hand a request to the body above the one that it lies with; each level is a line of its history.

    Raises:
        Invalid: without a reason, at the top of the chain, and where the chain is broken; and what `take_step` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_NOTE, field="reason", needed=True)
    contents = [request_id, "hand-up", words]
    with sent_once(sender=f"account:{actor.account_id}", key=door.key, contents=contents) as send:
        request = locked(actor, request_id, door.seen_version)
        above = _body_above(request.body)
        change = Change({"body_id": above.pk, "transfers": request.transfers + 1}, internal_note=words)
        advance(actor, request, Verb.TRANSFER, change, send)
    return request


def _body_above(body: Body) -> Body:
    playbook = current_playbook()
    above = next_above(playbook, body)
    if above is not None and above.active:
        return above
    if is_top(playbook, body):
        raise Invalid(
            _("%(body)s stands at the top of the chain; there is no level above it.") % {"body": body.name},
            remedy=_(
                "Beyond the chain a request goes by the tiered route: pass it on to the subdistrict or a department."
            ),
        )
    raise Invalid(
        _("The chain is broken above %(body)s.") % {"body": body.name},
        remedy=_("Ask the community to enter the body above it, or pass the request on by hand."),
    )
