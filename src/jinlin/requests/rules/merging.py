"""Which requests are answered as one, and which stay apart."""

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, Words
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.requests.models import Publicity, Request
from jinlin.requests.rules.parts import Part, parts_by_post
from jinlin.requests.states import BEFORE_ANSWER


def may_lead_merge(actor: Actor, lead: Request) -> Ruling:
    """Say whether the actor may let others be answered through this request: who receives it, or has it to work on."""
    if parts_by_post(actor, lead) & {Part.RECEPTION, Part.HANDLER}:
        return YES
    return no(_("Only those who receive or handle the request that leads merge another into it."))


def must_go_together(request: Request, lead: Request) -> None:
    """Refuse a merge that would answer too late, go in a circle, or tie something private to something public.

    Raises:
        Invalid: with what to do instead.
    """
    if lead.pk == request.pk:
        raise _stay_apart(
            _("This one is answered through the request itself; merging would go in a circle. Choose another one.")
        )
    if request.asked or request.stopped_at is not None:
        raise _stay_apart(
            _("An approval of this request waits, or its work is suspended. Decide that first, and merge it then.")
        )
    if lead.state not in BEFORE_ANSWER:
        words = _("%(number)s has been answered already. Relate the two instead, and answer this one by itself.")
        raise _stay_apart(words % {"number": lead.number})
    if lead.publicity == Publicity.PUBLIC and request.publicity in {Publicity.PRIVATE, Publicity.REFUSED}:
        words = _(
            "%(number)s is public and this one is private. Relate the two instead: officers read both, the public only the one."
        )
        raise _stay_apart(words % {"number": lead.number})


def _stay_apart(why: Words) -> Invalid:
    return Invalid(fields={"into": why})


def may_take_out(lead: Request) -> Ruling:
    """Say whether a request may still be taken out of the merge: until the one that leads has been answered."""
    if lead.state in BEFORE_ANSWER:
        return YES
    return no(
        _(
            "The request that leads has been answered, and so has this one. If that is not enough, raise it anew and relate both."
        )
    )
