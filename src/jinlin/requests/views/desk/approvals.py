"""The decision about what was asked for in a request, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, KeyReused, NotFound, Stale, WrongState
from jinlin.platform.sends import RepeatedSend
from jinlin.requests import actions
from jinlin.requests.actions import Door
from jinlin.requests.forms import show_refusal
from jinlin.requests.forms.approvals import DecisionForm
from jinlin.requests.models import Approval, Request
from jinlin.requests.queries.approvals import told
from jinlin.requests.rules import approvals as approving
from jinlin.requests.views.desk.door import desk_page, request_of
from jinlin.requests.views.sending import checked

MOVED = (Stale, WrongState, KeyReused)


def _approval(actor: Actor, request_id: int, approval_id: int) -> tuple[Request, Approval]:
    found = request_of(actor, request_id)
    approval = found.approvals.filter(pk=approval_id).first()
    if approval is None:
        raise NotFound
    return found, approval


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def decide(request: HttpRequest, actor: Actor, request_id: int, approval_id: int) -> HttpResponse:
    """Show what was asked for, or take the decision.

    Raises:
        NotAllowed: for whoever asked, and for a post that does not decide about it.
    """
    found, approval = _approval(actor, request_id, approval_id)
    if request.method == "POST":
        form = DecisionForm(request.POST)
        return (
            _taken(request, actor, found, approval, form) if checked(form) else _shown(request, found, approval, form)
        )
    approving.may_decide(actor, approval, found).enforce()
    return _shown(request, found, approval, DecisionForm(version=found.version))


def _taken(request: HttpRequest, actor: Actor, found: Request, approval: Approval, form: DecisionForm) -> HttpResponse:
    given = form.cleaned_data
    act = actions.grant_approval if given["decision"] == "grant" else actions.refuse_approval
    try:
        door = Door(given["version"], given["key"])
        act(actor=actor, request_id=found.pk, approval_id=approval.pk, words=given["words"], door=door)
    except RepeatedSend:
        pass
    except Invalid as error:
        show_refusal(form, error)
        return _shown(request, found, approval, form)
    except MOVED as error:
        found, approval = _approval(actor, found.pk, approval.pk)
        form.renew(found.version)
        form.add_error(None, str(error))
        return _shown(request, found, approval, form, status=error.status)
    messages.success(request, _("The decision about %(number)s is taken.") % {"number": found.number})
    return redirect("requests:desk-request", request_id=found.pk)


def _shown(
    request: HttpRequest, found: Request, approval: Approval, form: DecisionForm, status: int = 200
) -> HttpResponse:
    status = 422 if status == 200 and form.errors else status
    context = {"found": found, "approval": told(approval), "form": form}
    return render(request, "requests/desk/decide.html", context, status=status)


@never_cache
@require_POST
@desk_page
def take_back(request: HttpRequest, actor: Actor, request_id: int, approval_id: int) -> HttpResponse:
    """Take back what the actor asked for.

    Raises:
        NotAllowed, WrongState.
    """
    actions.take_back_approval(actor=actor, request_id=request_id, approval_id=approval_id)
    messages.success(request, _("It was taken back."))
    return redirect("requests:desk-request", request_id=request_id)
