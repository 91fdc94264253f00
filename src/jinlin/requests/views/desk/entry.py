"""Entry of what somebody says by telephone or at the desk, with a receipt to read out or print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinlin.platform.access import Actor, Role
from jinlin.platform.errors import Invalid, KeyReused
from jinlin.requests import actions, rules
from jinlin.requests.actions import Receipt
from jinlin.requests.forms import show_refusal
from jinlin.requests.forms.entry import EntryForm
from jinlin.requests.queries.field import recent_places
from jinlin.requests.triage import danger_words, emergency_words
from jinlin.requests.views.desk.door import desk_page
from jinlin.requests.views.sending import checked

ENTRY_ROLES: frozenset[Role] = frozenset(rules.ENTRY_ROLES)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def enter(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take down what somebody says; the answer is the receipt, the same one when it is sent again.

    Raises:
        NotAllowed: for somebody who does not enter for others.
    """
    actor.must_hold(ENTRY_ROLES)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EntryForm(*bound)
    form.offer_places(actor, recent_places(actor))
    receipt = _entered(actor, form) if form.is_bound and checked(form) else None
    if receipt is not None:
        return _receipt(request, receipt)
    context = {"form": form, "danger_list": " ".join(emergency_words())}
    return render(request, "requests/desk/entry.html", context, status=422 if form.is_bound and form.errors else 200)


def _entered(actor: Actor, form: EntryForm) -> Receipt | None:
    """Return the receipt, or None after saying in the form what was wrong."""
    try:
        return actions.enter_request(
            actor=actor, report=form.report(), contact=form.contact(), key=form.cleaned_data["key"]
        )
    except KeyReused:
        form.renew()
        form.add_error(
            None, _("This form was sent before, with other words. Send it once more to enter it beside the first.")
        )
    except Invalid as error:
        show_refusal(form, error)
    return None


def _receipt(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    found = receipt.request
    context = {
        "found": found,
        "code": receipt.code,
        "draft_key": f"desk-new-{request.user.pk}",
        "link": request.build_absolute_uri(reverse("requests:follow-link", args=[found.number, receipt.code])),
        "danger": bool(danger_words(found.text)),
    }
    return render(request, "requests/desk/entered.html", context)
