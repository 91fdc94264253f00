"""A person's own pages of posts: answering an offer, leaving, being named or not, and the pledge of a post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinlin.organisations import actions
from jinlin.organisations.forms import AcceptForm, PledgeForm
from jinlin.organisations.models import Appointment
from jinlin.organisations.queries.mine import filings_about, my_posts
from jinlin.platform.access import actor_of
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.playbooks.here import current_playbook


@login_required
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the offers that wait for an answer, the posts that one holds, and what was written about the choice."""
    actor, playbook = actor_of(request), current_playbook()
    shown = {
        "posts": my_posts(request.user.person_id, today(), playbook),
        "filings": filings_about(actor, playbook),
        "form": AcceptForm(),
        "has_calls": any(kind.is_call for kind in playbook.filing),
    }
    return render(request, "organisations/my_posts.html", shown)


@login_required
@require_POST
def accept(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Accept an offer."""
    form = AcceptForm(request.POST)
    form.is_valid()
    try:
        actions.accept_post(actor=actor_of(request), appointment_id=appointment_id, **form.cleaned_data)
        messages.success(request, _("You hold this post now. You can leave it or hide your name at any time."))
    except WrongState as error:
        messages.error(request, str(error.why))
    return redirect("organisations:my-posts")


@login_required
@require_POST
def decline(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Decline an offer."""
    actions.decline_post(actor=actor_of(request), appointment_id=appointment_id)
    messages.success(request, _("You have declined. Nothing else follows from it."))
    return redirect("organisations:my-posts")


@login_required
@require_POST
def show_name(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Let one's name be shown with a post, or no longer."""
    listed = request.POST.get("listed") == "yes"
    actions.show_my_name(actor=actor_of(request), appointment_id=appointment_id, listed=listed)
    messages.success(request, _("Your name is shown now.") if listed else _("Your name is no longer shown."))
    return redirect("organisations:my-posts")


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def leave(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Ask once more, then leave a post."""
    appointment = _own_or_404(request, appointment_id)
    if request.method == "POST":
        actions.leave_post(actor=actor_of(request), appointment_id=appointment_id)
        messages.success(request, _("You have left the post. What you did until now stays counted."))
        return redirect("organisations:my-posts")
    shown = {
        "base": "web/resident.html",
        "act": _("Leave the post %(post)s") % {"post": appointment.post},
        "consequence": _("From today you are neither counted nor named there. No reason is asked."),
        "action_url": reverse("organisations:leave-post", args=[appointment_id]),
        "yes": _("Leave the post"),
        "no": _("Keep the post"),
        "back_url": reverse("organisations:my-posts"),
        "dangerous": True,
    }
    return render(request, "web/confirmation.html", shown)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def pledge(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Write the pledge of a post and publish it."""
    appointment = _own_or_404(request, appointment_id)
    form = PledgeForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.publish_pledge(actor=actor_of(request), appointment_id=appointment_id, items=form.items)
            messages.success(request, _("Your pledge is published."))
            return redirect("organisations:my-posts")
        except (Invalid, WrongState) as error:
            show_refusal(form, error)
    shown = {"form": form, "appointment": appointment}
    return render(request, "organisations/pledge.html", shown, status=status_of(form))


def _own_or_404(request: HttpRequest, appointment_id: int) -> Appointment:
    rows = Appointment.objects.filter(pk=appointment_id, person_id=request.user.person_id).select_related("body")
    if (appointment := rows.first()) is None:
        raise NotFound
    return appointment
