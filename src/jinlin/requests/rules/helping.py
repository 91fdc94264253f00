"""Who may move the part of a request that a body was asked to do."""

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.requests.models import RequestPart
from jinlin.requests.rules.parts import HANDLER_ROLES, Part, parts_by_post
from jinlin.requests.states import Verb


def may_move_part(actor: Actor, verb: Verb, part: RequestPart) -> Ruling:
    """Say whether the actor may take this step with this part: its body signs, returns and finishes, the others call it off.

    For a body that does not sign in, the reception enters what it answers.
    """
    if any(grant.body_id == part.body_id for grant in actor.grants_as(HANDLER_ROLES)) and verb != Verb.PART_OFF:
        return YES
    leads = bool(parts_by_post(actor, part.request) & {Part.RECEPTION, Part.HANDLER})
    if leads and (verb == Verb.PART_OFF or part.body.outside):
        return YES
    return no(_("This part was asked of another body."))
