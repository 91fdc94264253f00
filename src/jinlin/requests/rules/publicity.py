"""Who decides what becomes public of a request, and what is open to everybody then."""

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.requests.models import Publicity, Request
from jinlin.requests.rules.parts import is_reporter, receives
from jinlin.requests.states import State


def may_publish(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may look at a request and make it public: whoever receives them here, if its sender wished it."""
    if request.publicity == Publicity.PRIVATE:
        return no(_("Whoever raised it did not wish it to be public."))
    if request.state in {State.DECLINED, State.WITHDRAWN} and request.publicity != Publicity.PUBLIC:
        return no(_("It was declined or withdrawn; there is nothing to make public."))
    return _at_reception(actor, request)


def may_refuse_publication(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may decide that a request wished public does not become so."""
    if request.publicity != Publicity.WISHED:
        return no(_("It is not waiting for a look before publication."))
    return _at_reception(actor, request)


def may_take_from_public(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may take a public request out of view: its sender, or whoever receives requests here."""
    if request.publicity != Publicity.PUBLIC:
        return no(_("It is not public."))
    return YES if is_reporter(actor, request) else _at_reception(actor, request)


def _at_reception(actor: Actor, request: Request) -> Ruling:
    if receives(actor, request):
        return YES
    return no(_("Only those who receive requests at this place decide what becomes public."))


def is_readable_by_all(request: Request) -> bool:
    """Say whether everybody reads the request, in the words that a person has checked."""
    return request.publicity == Publicity.PUBLIC


def may_support(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may say me too to a public request: to one that goes on and was raised by somebody else."""
    if not request.is_open:
        return no(_("It is finished; if the trouble is there again, raise it anew."))
    if is_reporter(actor, request):
        return no(_("You raised it yourself; it counts for you already."))
    return YES
