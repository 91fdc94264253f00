"""The part of a request that a body was asked to do: what is asked, until when, and the steps that are open."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, JinlinError, NotFound, Words
from jinlin.platform.sends import RepeatedSend
from jinlin.requests import actions, rules
from jinlin.requests.actions import Door
from jinlin.requests.forms import show_refusal
from jinlin.requests.forms.cases import PartForm
from jinlin.requests.models import Request, RequestPart
from jinlin.requests.states import PARTS, Verb
from jinlin.requests.views.desk.door import desk_page, request_of


class PartStep(NamedTuple):
    """One step of a part as the desk offers it; `wordy` ones need words."""

    slug: str
    verb: Verb
    act: Callable[..., Request]
    word: Words
    wordy: bool = True


STEPS = (
    PartStep("sign", Verb.PART_SIGN, actions.sign_part, gettext_lazy("Sign for the part"), wordy=False),
    PartStep("finish", Verb.PART_DONE, actions.finish_part, gettext_lazy("Report the part as done")),
    PartStep("return", Verb.PART_RETURN, actions.return_part, gettext_lazy("Return the part")),
    PartStep("call-off", Verb.PART_OFF, actions.call_off_part, gettext_lazy("Call the part off")),
)


def open_steps(actor: Actor, part: RequestPart) -> list[PartStep]:
    """Return the steps of a part that the actor may take now."""
    possible = PARTS.verbs_from(part.state)
    return [step for step in STEPS if step.verb in possible and rules.may_move_part(actor, step.verb, part)]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def part(request: HttpRequest, actor: Actor, request_id: int, part_id: int) -> HttpResponse:
    """Show a part with the steps that are open to the actor, or take the one whose button was pressed.

    Raises:
        NotFound.
    """
    found = request_of(actor, request_id)
    shown = found.parts.select_related("body", "request__body").filter(pk=part_id).first()
    if shown is None:
        raise NotFound
    form = PartForm(request.POST if request.method == "POST" else None, request=found)
    status = 200
    if form.is_bound and form.is_valid():
        status = _taken(actor, shown, form, request.POST.get("step", ""))
        if status == 200:
            messages.success(request, _("Done: %(body)s.") % {"body": shown.body.name})
            return redirect("requests:desk-request", request_id=found.pk)
        form.renew(request_of(actor, found.pk).version)
    context: dict[str, Any] = {"found": found, "part": shown, "form": form, "steps": open_steps(actor, shown)}
    return render(request, "requests/desk/part.html", context, status=status)


def _taken(actor: Actor, shown: RequestPart, form: PartForm, slug: str) -> int:
    """Take the step of this name; return 200, or the status with which the form goes back."""
    step = next((step for step in STEPS if step.slug == slug), None)
    if step is None:
        raise NotFound
    given = form.cleaned_data
    words = {"words": given["words"]} if step.wordy else {}
    door = Door(given["version"], given["key"])
    try:
        step.act(actor=actor, request_id=shown.request_id, part_id=shown.pk, door=door, **words)
    except RepeatedSend:
        pass
    except (Invalid, JinlinError) as error:
        show_refusal(form, error)
        return error.status
    return 200
