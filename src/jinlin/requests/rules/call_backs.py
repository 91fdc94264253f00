"""Who draws and makes call-backs, and when one can be made."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.requests.models import CallBack, CallBackRound, Request
from jinlin.requests.rules.parts import RECEPTION_ROLES, receives
from jinlin.requests.states import WAITING_FOR_RATING, State

CALLABLE = WAITING_FOR_RATING | {State.CLOSED}
ROUND_READERS = RECEPTION_ROLES | {Role.AUDITOR}


def rounds_visible_to(actor: Actor) -> QuerySet[CallBackRound]:
    """Return the rounds of the places where the actor receives requests or audits."""
    return CallBackRound.objects.filter(in_scope(actor.grants_as(ROUND_READERS)))


def may_call(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor writes down a call-back of this request."""
    if receives(actor, request):
        return YES
    return no(_("Only those who receive requests there make call-backs."))


def can_be_called(call_back: CallBack, request: Request) -> Ruling:
    """Say whether a call-back is still to be made, and the request is at rest."""
    if call_back.rating_id is not None:
        return no(_("Somebody else was first; the result is written down already."))
    if request.state not in CALLABLE:
        return no(_("It is at work again; call once it is handled."))
    return YES
