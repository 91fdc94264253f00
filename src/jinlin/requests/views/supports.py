"""Me too beside a public request: how many households say so, and the button."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinlin.disclosure.models import Disclosure
from jinlin.disclosure.providers import show_beside
from jinlin.disclosure.queries import record
from jinlin.people.supports import has_supported
from jinlin.platform.access import actor_of
from jinlin.platform.errors import NotAllowed, NotFound
from jinlin.platform.limits import address_of
from jinlin.platform.sends import RepeatedSend
from jinlin.requests import actions, rules
from jinlin.requests.actions import Door
from jinlin.requests.forms import new_key
from jinlin.requests.models import Request
from jinlin.requests.supporting import support_subject


@show_beside(Request._meta.label_lower)
def beside_record(request: HttpRequest, shown: Disclosure) -> str:
    """Return how many households say me too, and the button for those who may."""
    actor, found = actor_of(request), Request.objects.filter(pk=shown.subject_id).first()
    if found is None:
        return ""
    supported = has_supported(actor, support_subject(found.pk))
    context = {
        "found": found,
        "supported": supported,
        "may": found.is_open and (supported or bool(rules.may_support(actor, found))),
        "signed_in": actor.is_signed_in,
        "key": new_key(),
    }
    return render_to_string("requests/parts/me_too.html", context, request=request)


@require_POST
def me_too(request: HttpRequest, number: str) -> HttpResponse:
    """Say me too, or take it back; whoever is not signed in does that first.

    Raises:
        NotFound: for what is not public; TooMany.
    """
    here = reverse("disclosure:record", args=[number])
    actor = actor_of(request)
    if not actor.is_signed_in:
        return redirect_to_login(here)
    shown = record(number)
    if shown is None or shown.subject_kind != Request._meta.label_lower:
        raise NotFound
    back = "withdraw" in request.POST
    act = actions.withdraw_support if back else actions.support_request
    door = Door(key=request.POST.get("key", ""), sender=address_of(request))
    try:
        act(actor=actor, request_id=shown.subject_id, door=door)
    except RepeatedSend:
        pass
    except NotAllowed as error:
        messages.error(request, str(error.why))
        return redirect(here)
    messages.success(request, _("Taken back.") if back else _("It counts. You will hear how it goes on."))
    return redirect(here)
